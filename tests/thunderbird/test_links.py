"""Links in a dangerous mail are held back: every way of following one asks first."""

import pytest
from marionette_driver.keys import Keys

from driver import Thunderbird
from samples import words
from tricks import PIXEL, Trick

PLACE = "three-pane"
LEFT, MIDDLE = 0, 1
TO = "https://login.evil.example/a?b=c"
TARGET = "https://login.evil.example/a?b=c"
AT = "position:fixed;left:40px;top:60%;display:inline-block;width:120px;height:40px;font-size:16px"


def link(name: str, markup: str, **more) -> Trick:
    return Trick(name, before=markup, press="#press", **more)


LINKS = [
    link("a", f'<a id="press" style="{AT}" href="{TO}">Log in</a>'),
    link("a-blank", f'<a id="press" style="{AT}" href="{TO}" target="_blank" rel="opener" download ping="{TO}">Log in</a>'),
    link("a-picture", f'<a style="{AT}" href="{TO}"><img id="press" width="90" height="30" src="{PIXEL}"></a>'),
    link("a-relative", f'<a id="press" style="{AT}" href="a?b=c">Log in</a>', head='<base href="https://login.evil.example/x">'),
    link("a-in-shadow", f'<div><template shadowrootmode="closed"><p><a id="press" style="{AT}" href="{TO}">Log in</a></p></template></div>'),
    link("a-in-two-shadows", '<div><template shadowrootmode="closed"><section><template shadowrootmode="open">'
         f'<a id="press" style="{AT}" href="{TO}">Log in</a></template></section></template></div>'),
    link("a-around-shadow", f'<a style="{AT}" href="{TO}"><span><template shadowrootmode="closed"><b id="press">Log in</b></template></span></a>'),
    link("area", f'<img id="press" style="{AT}" src="{PIXEL}" usemap="#m"><map name="m"><area shape="rect" coords="0,0,120,40" href="{TO}"></map>'),
    link("svg", f'<svg style="{AT}" viewBox="0 0 120 40"><a href="{TO}"><rect id="press" width="120" height="40"/></a></svg>'),
    link("svg-xlink", f'<svg style="{AT}" viewBox="0 0 120 40"><a xlink:href="{TO}"><rect id="press" width="120" height="40"/></a></svg>'),
    link("mathml", f'<math style="{AT}" href="{TO}"><mtext id="press">Log in</mtext></math>'),
    link("form", f'<form action="{TO}" method="post"><input name="action"><button id="press" style="{AT}" name="submit">Log in</button></form>'),
    link("form-picture", f'<form action="{TO}"><input id="press" type="image" src="{PIXEL}" style="{AT}" alt="Log in"></form>'),
    link("form-action", f'<form action="https://example.com/"><button id="press" style="{AT}" formaction="{TO}">Log in</button></form>'),
    link("form-by-label", f'<form action="{TO}"><input type="submit" id="go"><label id="press" for="go" style="{AT}">Log in</label></form>'),
    link("form-in-shadow", '<div><template shadowrootmode="closed">'
         f'<form action="{TO}"><button id="press" style="{AT}">Log in</button></form></template></div>'),
]
OTHERS = [
    link("mailto", f'<a id="press" style="{AT}" href="mailto:help@evil.example?subject=x">Write</a>'),
    link("fragment", f'<a id="press" style="{AT}" href="#lure">Below</a>'),
    link("form-field", f'<form action="{TO}"><input id="press" style="{AT}" name="pin"></form>'),
    link("frame", f'<iframe id="press" style="{AT}" srcdoc="&lt;a href={TO} style=font-size:90px&gt;Log in"></iframe>'),
]
MESSAGES = [*LINKS, *OTHERS]


@pytest.fixture(scope="module")
def holding(running, request, screen, tmp_path_factory):
    """A Thunderbird as it comes, a folder of mails with links."""
    folder = tmp_path_factory.mktemp("links")
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(request.config.getoption("--xpi").resolve())
        thunderbird.make_folder("Links", write(folder))
        thunderbird.make_identity("info@example.jp")
        yield thunderbird


@pytest.fixture
def show(holding):
    """Show one of the mails."""
    holding.show_folder("Links")
    holding.catch_opened()

    def show(message):
        holding.show(PLACE, MESSAGES.index(message))
        holding.banner_shown(PLACE)
        holding.painted()
        return holding.address_shown(PLACE)

    yield show
    holding.close_all()
    assert holding.new_errors() == []


def write(folder) -> list[str]:
    paths = [folder / f"{message.name}.eml" for message in MESSAGES]
    for path, message in zip(paths, MESSAGES):
        path.write_bytes(message.message())
    return [str(path) for path in paths]


def is_held(holding, address, target=TARGET, domain="login.evil.example"):
    """The banner asks, nothing was opened, the message is still there."""
    banner = holding.link_held(PLACE)
    texts = words("en")
    held = banner["held"]
    assert held["question"] == texts["held_sentence"]
    assert held["target"] == target
    # The part that somebody registered where the message's source tells the link, else the whole host.
    assert held["domain"] and domain.endswith(held["domain"])
    assert held["choices"] == [texts["held_keep"], texts["held_open"]]
    assert banner["focused"] == "keep"
    assert banner["hit"]["covered"] == []
    holding.after(200)
    assert holding.opened_outside() == []
    assert holding.address_shown(PLACE) == address


@pytest.mark.parametrize("message", LINKS, ids=str)
def test_click_asks_first(holding, show, photograph, message):
    address = show(message)
    holding.click(PLACE, message.press, LEFT)
    is_held(holding, address)
    photograph(f"held-{message}", holding)
    holding.click(PLACE, "button.keep", in_banner=True)
    holding.link_answered(PLACE)
    holding.after(200)
    assert holding.opened_outside() == []
    assert holding.address_shown(PLACE) == address
    # Asked again the next time.
    holding.click(PLACE, message.press, LEFT)
    is_held(holding, address)


@pytest.mark.parametrize("message", LINKS[:8], ids=str)
def test_middle_click_asks_first(holding, show, message):
    address = show(message)
    holding.click(PLACE, message.press, MIDDLE)
    is_held(holding, address)


@pytest.mark.parametrize("name", ["a", "form"])
def test_link_opens_when_the_reader_says_so(holding, show, name):
    message = next(each for each in LINKS if each.name == name)
    show(message)
    holding.click(PLACE, message.press)
    holding.link_held(PLACE)
    holding.click(PLACE, "button.open", in_banner=True)
    opened = holding.something_opened()
    assert len(opened) == 1
    assert opened[0].startswith("https://login.evil.example/a")


def test_enter_asks_first_and_escape_does_not_open(holding, show):
    address = show(LINKS[0])
    holding.focus_in_mail(PLACE, "#press")
    holding.press_key(Keys.ENTER)
    is_held(holding, address)
    holding.press_key(Keys.ESCAPE)
    assert holding.link_answered(PLACE)["open"], "Escape answers the question, the banner stays"
    assert holding.opened_outside() == []


def test_enter_in_a_field_leads_nowhere(holding, show):
    address = show(OTHERS[2])
    holding.focus_in_mail(PLACE, "#press")
    holding.press_key("1", Keys.ENTER)
    holding.after(300)
    assert holding.opened_outside() == []
    assert holding.address_shown(PLACE) == address


def test_link_is_held_after_the_banner_was_closed(holding, show):
    address = show(LINKS[0])
    holding.click(PLACE, "button.dismiss", in_banner=True)
    holding.banner_gone(PLACE)
    holding.click(PLACE, "#press")
    is_held(holding, address)


def test_address_to_write_to_is_held_too(holding, show):
    address = show(OTHERS[0])
    holding.click(PLACE, "#press")
    is_held(holding, address, "mailto:help@evil.example?subject=x", "evil.example")
    holding.click(PLACE, "button.open", in_banner=True)
    assert holding.something_opened()[0].startswith("compose:")


def test_place_in_the_message_is_no_link(holding, show):
    show(OTHERS[1])
    holding.click(PLACE, "#press")
    holding.after(300)
    assert holding.banner(PLACE)["held"] is None


def test_nothing_in_a_frame_can_be_pressed(holding, show):
    address = show(OTHERS[3])
    holding.click(PLACE, "#press")
    holding.after(300)
    assert holding.opened_outside() == []
    assert holding.address_shown(PLACE) == address


def test_links_open_at_once_where_that_was_chosen(holding, show):
    """And so the tests above would see a link that opens."""
    switch_holding(holding)
    try:
        show(LINKS[0])
        holding.click(PLACE, "#press")
        assert holding.something_opened() == [TO]
        assert holding.banner(PLACE)["held"] is None
    finally:
        switch_holding(holding)


def switch_holding(holding):
    holding.close_all()
    holding.open_settings()
    holding.press_in_dissection("settings", "#hold-links")
    holding.close_all()
