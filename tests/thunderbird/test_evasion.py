"""Mail written to get past the checks: what was not read is told, a link is where a click goes first, one mail never holds
up another. Our own hostile messages as a person sees them; the mail that keeps the core busy is made here.

Mail that Thunderbird itself fails on stands in test_words.py.
"""

import json
import re
import statistics
import time

import pytest

from conftest import ARTEFACTS
from driver import Thunderbird
from samples import HONEST, MESSAGES, words
from tricks import PLAIN

PLACE = "three-pane"
TEXTS = words("en")
ACCUSED = ("suspicious", "dangerous")



def claimed(path) -> str:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["level"]


HOSTILE = sorted(path for path in (MESSAGES / "hostile").glob("*.eml")
                 if claimed(path) in ACCUSED and not path.with_suffix(".context.json").exists())
UNREAD = sorted((MESSAGES / "mime.unread" / "fires").glob("*.eml"))
FIELDS = MESSAGES / "hostile" / "header-behind-ten-thousand-fields.eml"
BAITS = [path for path in HOSTILE if path.stem.startswith("bait-")]
SEEDS = [path for path in HOSTILE if path.stem.startswith("seed-")]
BEHIND_IT = [*SEEDS, *BAITS[:3]]
REDIRECT = MESSAGES / "hostile" / "redirect-of-a-known-name-under-its-label.eml"
SHOWN = [*HOSTILE, *UNREAD]
FIRST_HOST = "login-check.example.net"

# Milliseconds from a message's document to its banner, for the mail behind one that keeps the core busy, and to the word
# that a mail is not checked yet. Promised are 300, and 2,000 from when judging begins, where nothing else uses the machine;
# on one that is shared they are longer. Were one mail to hold up another, it would be ten seconds and more.
BEHIND = 1000
LATE = 4000

# Twenty parts, in each a style sheet of 4 KB whose every rule meets every one of 3,000 elements.
STYLES = "<style>" + ",".join([".x"] * 50) + "{" + "color:red;" * 380 + "}</style>\n"
PART = (STYLES + "<b class=x>a</b>" * 3000 + "\n").encode()
PARTS = 20

# So many times over the core judges it: by itself it is no longer busy for long.
TIMES = 110


def bomb() -> bytes:
    """A dangerous mail of 1.1 MB with more styles than any other, in alternatives that Thunderbird itself passes over."""
    header, _, body = PLAIN.message().partition(b"\n\n")
    kept = [line for line in header.split(b"\n") if not line.lower().startswith(b"content-")]
    kind = b"--bomb\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    whole = [*kept, b'Content-Type: multipart/alternative; boundary="bomb"', b"", *[kind + PART] * PARTS, kind + body, b"--bomb--", b""]
    return b"\n".join(whole)


@pytest.fixture(scope="module")
def holding(running, request, screen):
    """A Thunderbird in which links of dangerous mail are held back, the hostile messages in it."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(request.config.getoption("--xpi").resolve())
        thunderbird.make_folder("Hostile", [str(path) for path in SHOWN])
        yield thunderbird


@pytest.fixture
def show(holding):
    holding.show_folder("Hostile")

    def show(path):
        holding.show(PLACE, SHOWN.index(path))
        return holding.banner_shown(PLACE)

    yield show
    holding.close_all()
    assert holding.new_errors() == []


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_mail_has_a_banner(holding, show, path):
    banner = show(path)
    assert banner["level"] in ACCUSED
    assert banner["hit"]["covered"] == []
    holding.button_tells(PLACE, banner["level"])


def test_header_beyond_what_is_read(holding, show, photograph):
    """What decides is read all the same, and that the rest was not is told."""
    banner = show(FIELDS)
    assert "sender.brand-name" in [each["sign"] for each in banner["evidence"]]
    popup = holding.open_popup(PLACE)
    assert TEXTS["trick_too_many_fields"] in popup["text"]
    photograph("evasion-fields", holding)
    holding.close_popup(PLACE)


@pytest.mark.parametrize("path", UNREAD, ids=lambda path: path.stem)
def test_parts_that_cannot_be_read(holding, show, photograph, path):
    banner = show(path)
    [told] = [each["text"] for each in banner["evidence"] if each["sign"] == "mime.unread"]
    assert re.fullmatch(re.escape(TEXTS["sign_mime_unread_summary"]).replace(r"\$TRICK\$", ".+"), told)
    photograph(f"evasion-unread-{path.stem}", holding)
    popup = holding.open_popup(PLACE)
    assert TEXTS["sign_mime_unread_meaning"] in popup["text"]
    holding.close_popup(PLACE)


@pytest.mark.parametrize("path", BAITS, ids=lambda path: path.stem)
def test_bait_is_not_where_a_link_leads(holding, show, photograph, path):
    show(path)
    popup = holding.open_popup(PLACE)
    links = popup["sections"]["links"]
    assert FIRST_HOST in links
    photograph(f"evasion-{path.stem}-popup", holding)
    holding.close_popup(PLACE)
    holding.catch_opened()
    holding.click(PLACE, "a[href]")
    held = holding.link_held(PLACE)["held"]
    assert held["target"].startswith(f"https://{FIRST_HOST}/")
    assert held["domain"] == "example.net"
    photograph(f"evasion-{path.stem}-held", holding)
    assert holding.opened_outside() == []


def test_known_redirect_names_both_hosts(holding, show, photograph):
    show(REDIRECT)
    holding.click(PLACE, "a[href]")
    held = holding.link_held(PLACE)["held"]
    assert held["domain"] == "example.net"
    assert "www.google.com" in held["through"]
    photograph("evasion-redirect-held", holding)


@pytest.fixture
def bombed(running, request, screen, tmp_path):
    """A Thunderbird of its own with the bomb, quiet mail and dangerous ones behind it."""
    paths = [tmp_path / "bomb.eml", HONEST[0].path, *BEHIND_IT]
    paths[0].write_bytes(bomb())
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(request.config.getoption("--xpi").resolve())
        thunderbird.make_folder("Bomb", [str(path) for path in paths])
        # The program's own start is no part of it.
        thunderbird.show(PLACE, 2)
        thunderbird.banner_shown(PLACE)
        thunderbird.show(PLACE, 1)
        thunderbird.watch(PLACE)
        yield thunderbird
        thunderbird.close_all()
        assert thunderbird.new_errors() == []


def test_mail_that_keeps_the_core_busy_holds_up_no_other(bombed, photograph):
    bombed.keep_busy(TIMES)
    bombed.show(PLACE, 0)
    late = bombed.banner_shown(PLACE)
    assert late["sentence"] == TEXTS["banner_late"] and late["evidence"] == []
    photograph("evasion-bomb-late", bombed)
    for index in range(len(BEHIND_IT)):
        bombed.show(PLACE, 2 + index)
        assert bombed.banner_shown(PLACE)["evidence"]
    bombed.show(PLACE, 0)
    assert bombed.banner_shown(PLACE)["sentence"] == TEXTS["banner_late"], "it ended before the others were shown"
    waited = waits_of(bombed.noted(PLACE))
    # Taken from it, though nothing waits for it, it would be told as too slow.
    end = time.monotonic() + 60
    while bombed.banner_shown(PLACE)["sentence"] == TEXTS["banner_late"] and time.monotonic() < end:
        bombed.after(500)
    assert bombed.banner_shown(PLACE)["sentence"] == TEXTS["level_dangerous"]
    bombed.button_tells(PLACE, "dangerous")
    photograph("evasion-bomb-judged", bombed)

    kept(bombed, {"word that it is not checked yet": waited[0], "banners meanwhile": waited[1:-1]})
    assert waited[0] < LATE
    assert statistics.median(waited[1:-1]) < BEHIND


def test_more_styles_than_are_read_are_judged_in_time(bombed):
    bombed.show(PLACE, 0)
    assert bombed.banner_shown(PLACE)["sentence"] == TEXTS["level_dangerous"]
    kept(bombed, {"banner of the bomb": waits_of(bombed.noted(PLACE))[0]})
    assert TEXTS["trick_too_many_styles"] in bombed.open_popup(PLACE)["text"]
    bombed.close_popup(PLACE)


def waits_of(notes: list[dict]) -> list[float]:
    """Milliseconds from each document to the first banner in it."""
    waited = []
    for at, note in enumerate(notes):
        if note["what"] == "document":
            waited.append(next(each["at"] for each in notes[at:] if each["what"] == "banner") - note["at"])
    return waited


def kept(thunderbird, figures: dict) -> None:
    """Keeps figures beside the pictures."""
    folder = ARTEFACTS / str(thunderbird.release.major)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "milliseconds-behind-a-busy-core.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | figures, indent=1) + "\n")
    print(thunderbird.release.major, figures)
