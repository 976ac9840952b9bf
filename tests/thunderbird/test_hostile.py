"""No trick in a mail takes the banner away, covers it, changes its look or puts words into it."""

import pytest

import tricks
from paint import Paint, colour
from samples import HONEST
from test_windows import is_in_full_view

PLACE = "three-pane"
GROUND = colour("#ffe0e3")
SCROLL_BAR = 12


@pytest.fixture(scope="module")
def hostile(running, tmp_path_factory):
    """The folder of tricks; keeps how the banner looks where nothing is tried."""
    paths = tricks.write(tmp_path_factory.mktemp("tricks"))
    running.make_folder("Tricks", [str(path) for path in [*paths, HONEST[0].path]])
    return {}


@pytest.fixture
def shown(running, screen, hostile):
    """Show the message with a trick, do what the reader is made to do; gives banner and paint."""
    running.show_folder("Tricks")

    def show(trick):
        running.show(PLACE, 1 + tricks.TRICKS.index(trick) if trick in tricks.TRICKS else 0)
        running.banner_shown(PLACE)
        if trick.press:
            running.click(PLACE, trick.press)
        # Bars of Thunderbird's own may push the message down meanwhile.
        where = None
        for _ in range(20):
            running.painted()
            banner = running.banner(PLACE)
            if banner and banner["screen"] == where:
                break
            where = banner and banner["screen"]
        return banner, Paint(screen.pixels(without_scroll_bar(banner["screen"])))

    yield show
    running.close_all()
    assert running.new_errors() == []


def without_scroll_bar(box):
    """The message's own scroll bar lies over the right edge of what it scrolls, the banner's edge included."""
    x, y, width, height = box
    return x, y, width - SCROLL_BAR, height


def lines_of(banner):
    return {(each["sign"], each["text"]) for each in banner["evidence"]}


@pytest.mark.parametrize("trick", [tricks.PLAIN, *tricks.TRICKS], ids=str)
def test_banner_holds(running, shown, hostile, photograph, trick):
    if not hostile:
        plain, paint = shown(tricks.PLAIN)
        assert len(plain["evidence"]) == 3
        hostile |= {"banner": plain, "paint": paint}
    banner, paint = shown(trick)
    photograph(f"trick-{trick}")
    is_in_full_view(banner, "dangerous")
    assert banner["box"]["height"] >= banner["natural"]
    assert paint.share_of(GROUND) > 0.6
    assert 0.005 < paint.ink_on(GROUND) < 0.35
    plain = hostile["banner"]
    assert banner["sentence"] == plain["sentence"]
    changed = {sign for sign, _ in lines_of(banner) ^ lines_of(plain)}
    assert changed == tricks.CHANGES.get(trick.name, set())
    if not changed:
        # Pushed between two rows of pixels by a bar of Thunderbird's own, lines of text fall a row higher or lower.
        limit = 0.001 if banner["between"] == plain["between"] else 0.03
        assert paint.differs_from(hostile["paint"]) < limit


@pytest.mark.parametrize("trick", [each for each in tricks.TRICKS if each.name.startswith("frame-")], ids=str)
def test_button_tells_of_a_mail_with_empty_frames(running, shown, trick):
    running.show(PLACE, 1 + len(tricks.TRICKS))
    running.button_tells(PLACE, "none")
    shown(trick)
    running.button_tells(PLACE, "dangerous")
