"""Files are looked into: after the first verdict, without holding it up; banner, button and dissection follow."""

import pytest

from samples import TOP, words

PLACE = "three-pane"
FOLDER = "Files"
MESSAGES = TOP / "tests" / "messages"
HIDDEN, TICKET, DISGUISED = range(3)
PATHS = [
    MESSAGES / "hostile" / "code-and-template.eml",
    MESSAGES / "attach.qr-code" / "quiet" / "own-page.eml",
    MESSAGES / "attach.disguised" / "fires" / "program-called-pdf.eml",
]
TEXTS = words("en")


@pytest.fixture
def files(thunderbird):
    if not thunderbird.has_folder(FOLDER):
        thunderbird.make_folder(FOLDER, [str(path) for path in PATHS])
    thunderbird.show_folder(FOLDER)
    return thunderbird


def test_banner_follows_when_files_were_looked_into(files, photograph):
    files.show(PLACE, HIDDEN)
    files.banner_shown(PLACE)
    banner = files.banner(PLACE)
    assert banner["level"] == "suspicious" and "login.example.net" in banner["text"]
    photograph("inside-banner")
    popup = files.open_popup(PLACE)
    assert {"attach.qr-code", "attach.macros"} <= set(popup["signs"])
    assert "https://login.example.net/mfa" in popup["sections"]["attachments"]
    assert TEXTS["attachment_macros"] in popup["sections"]["attachments"]
    photograph("inside-popup")
    files.press_in_dissection(PLACE, "button.page")
    page = files.page_filled()
    assert page["level"] == "suspicious"
    files.turn_to("page", "#attachments")
    photograph("inside-page")


def test_program_that_pretends_is_told_at_once(files, photograph):
    files.show(PLACE, DISGUISED)
    files.banner_shown(PLACE)
    assert "meisai.pdf" in files.banner(PLACE)["text"]
    photograph("inside-disguised")


def test_ticket_is_let_pass(files):
    files.show(PLACE, TICKET)
    popup = files.open_popup(PLACE)
    assert popup["level"] == "none" and "login.example.net" in popup["sections"]["attachments"]
