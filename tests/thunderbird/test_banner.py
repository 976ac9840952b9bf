"""The banner in use: scrolled, printed, quoted, read aloud, reached by keyboard, zoomed, narrow, in other colours."""

import re
import zlib

import pytest
from marionette_driver.keys import Keys

from paint import TELLABLE, Paint, colour, contrast
from samples import TOP
from test_windows import is_in_full_view
from tricks import PLAIN, Trick

PLACE = "three-pane"
LONG = Trick("long-mail", after="<p>x</p>" * 400)
POSITIONED = Trick("positioned-mail", body='style="position:absolute;top:0;left:0;margin:0"')
TABS = Trick("mail-with-tab-stops", before='<a href="https://example.com/" tabindex="1">first</a><input tabindex="1" autofocus>')
QUOTED = Trick("mail-in-plain-clothes", whole="<html><body>LURE</body></html>")
MESSAGES = [PLAIN, LONG, POSITIONED, TABS, QUOTED]
FACE = (TOP / "extension" / "banner" / "face.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(running, tmp_path_factory):
    written = tmp_path_factory.mktemp("banner")
    paths = [written / f"{message.name}.eml" for message in MESSAGES]
    for path, message in zip(paths, MESSAGES):
        path.write_bytes(message.message())
    running.make_folder("Banner", [str(path) for path in paths])
    running.make_identity("info@example.jp")


@pytest.fixture
def show(running, folder):
    running.show_folder("Banner")

    def show(message):
        running.show(PLACE, MESSAGES.index(message))
        running.banner_shown(PLACE)
        running.painted()
        return running.banner(PLACE)

    yield show
    running.zoom(PLACE, 1)
    running.narrow(PLACE, 0)
    running.close_all()
    assert running.new_errors() == []


@pytest.mark.parametrize("message", [PLAIN, LONG, POSITIONED], ids=str)
def test_first_lines_of_the_mail_are_seen(running, show, message):
    banner = show(message)
    below = banner["box"]["y"] + banner["box"]["height"]
    assert below <= running.lure_top(PLACE) + 1
    # And little room is taken.
    assert below < 0.25 * banner["viewport"]["height"]


def test_room_is_given_back(running, show):
    show(PLAIN)
    assert running.press_in_banner(PLACE, "button.details") and running.popup_filled(PLACE)
    running.close_popup(PLACE)
    assert running.lure_top(PLACE) > 60
    running.click(PLACE, "button.dismiss", in_banner=True)
    running.banner_gone(PLACE)
    assert running.lure_top(PLACE) < 20


def test_banner_stays_while_scrolling(running, show):
    show(LONG)
    assert running.scroll_down(PLACE) > 1000
    running.painted()
    is_in_full_view(running.banner(PLACE), "dangerous")


def test_print_is_without_the_banner(running, show, tmp_path):
    show(PLAIN)
    running.print(PLACE, tmp_path / "with.pdf")
    running.click(PLACE, "button.dismiss", in_banner=True)
    running.banner_gone(PLACE)
    running.print(PLACE, tmp_path / "without.pdf")
    printed = drawn(tmp_path / "with.pdf")
    assert sum(map(len, printed)) > 500
    assert printed == drawn(tmp_path / "without.pdf")


def drawn(pdf) -> list[bytes]:
    """What the pages of a PDF draw: its compressed streams, without what names the moment."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf.read_bytes(), re.S)
    return sorted(unpacked for stream in streams if (unpacked := inflated(stream)) and b"CreationDate" not in unpacked)


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("how", ["Reply", "ForwardInline"])
@pytest.mark.parametrize("selected", [False, True], ids=["whole", "selection"])
def test_answers_are_without_the_banner(running, show, how, selected):
    said = show(QUOTED)
    if selected:
        copied = running.select_all(PLACE)
        assert "DKIM" in copied
        assert said["sentence"] not in copied
    html = running.written(PLACE, how)
    running.select_nothing(PLACE)
    assert "DKIM" in html
    for own in ("mekiki", "popover", "border-top", said["sentence"], *(each["text"] for each in said["evidence"])):
        assert own not in html


def test_keyboard_comes_to_the_banner_first(running, show):
    show(TABS)
    running.focus_pane(PLACE)
    seen = []
    for _ in range(5):
        running.press_key(Keys.TAB)
        seen.append(running.focus_at(PLACE))
    assert [each["name"] for each in seen] == ["junk", "details", "genuine", "dismiss", "a"]
    assert {each["ring"] for each in seen[:4]} == {"3px"}


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE, Keys.ESCAPE], ids=["enter", "space", "escape"])
def test_keyboard_closes_the_banner(running, show, key):
    show(PLAIN)
    running.focus_pane(PLACE)
    running.press_key(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB)
    assert running.focus_at(PLACE)["name"] == "dismiss"
    running.press_key(key)
    running.banner_gone(PLACE)


def test_escape_elsewhere_leaves_the_banner(running, show):
    show(PLAIN)
    running.focus_pane(PLACE)
    running.press_key(Keys.ESCAPE)
    running.after(200)
    assert running.banner(PLACE)["open"]


def test_banner_is_read_aloud(running, show):
    said = show(PLAIN)
    heard = running.spoken(PLACE)
    assert (heard["role"], heard["name"], heard["live"]) == ("alert", "Mekiki", "assertive")
    assert said["sentence"] in heard["text"]
    for each in said["evidence"]:
        for word in re.findall(r"[A-Za-z]{4,}", each["text"]):
            assert word in heard["text"]
    assert heard["buttons"] == ["Move to Spam", "Details", "It\u2019s genuine\u2026", "Close this warning"]


@pytest.mark.parametrize(("zoom", "width"), [(1, 320), (2, 0), (2, 640), (2, 320)], ids=["320", "zoom", "zoom-640", "zoom-320"])
def test_nothing_overflows(running, show, screen, photograph, zoom, width):
    show(PLAIN)
    running.zoom(PLACE, zoom)
    running.narrow(PLACE, width)
    running.painted()
    banner = running.banner(PLACE)
    photograph(f"banner-zoom-{zoom}-width-{width or 'whole'}")
    assert banner["overflow"] <= 0
    box, viewport = banner["box"], banner["viewport"]
    assert box["width"] >= viewport["width"] * 0.9
    # The message's own scroll bar lies over the right edge. Where even the fewest words would take most of the
    # message, they scroll in the banner; its buttons come first.
    most = viewport["height"] * 0.6
    assert [each for each in banner["hit"]["covered"] if each[0] < viewport["width"] - 12 and each[1] < most - 8] == []
    running.click(PLACE, "button.dismiss", in_banner=True)
    running.banner_gone(PLACE)


def colours(rules: str, selector: str) -> dict[str, str]:
    """The colours that a rule of the banner's style sheet sets, by property."""
    body = re.search(re.escape(selector) + r"\s*\{(.*?)\}", rules, re.S)[1]
    return {name: value for name, value in re.findall(r"([a-z-]*color|background):\s*(#[0-9a-f]{6})\b", body)}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("selector", ["section", 'section[data-level="dangerous"]'], ids=["suspicious", "dangerous"])
def test_contrast(dark, selector):
    light, in_the_dark = FACE.split("@media (prefers-color-scheme: dark)")
    rules = in_the_dark if dark else light
    of = colours(rules, selector)
    ring = re.search(r"button:focus-visible \{[^}]*(#[0-9a-f]{6})", rules)[1]
    assert contrast(colour(of["color"]), colour(of["background"])) >= 7
    assert contrast(colour(of["border-block-end-color"]) if "border-block-end-color" in of else colour("#a15c00"),
                    colour(of["background"])) >= TELLABLE
    assert contrast(colour(ring), colour(of["background"])) >= TELLABLE


def test_contrast_as_painted(running, show, screen):
    """The buttons' own ground is mixed from two colours: what is painted counts."""
    show(PLAIN)
    for selector in ("button.junk", "button.details", "button.genuine", "button.dismiss"):
        x, y = running.spot_in_banner(PLACE, selector)
        paint = Paint(screen.pixels((x - 12, y - 8, 24, 16)))
        assert paint.ink_on(paint.ground()) > 0.01
