"""The dissection in the popup and in a tab: what it shows, that nothing in it is markup, and what the reader can do."""

from pathlib import Path

import pytest

from samples import HONEST, HOSTILE, words

PLACE = "three-pane"
MESSAGES = Path(__file__).resolve().parent / "messages"
MARKUP, LINKS, HOPS = (MESSAGES / f"{name}.eml" for name in ("markup-in-every-field", "thirty-links", "twenty-hops"))
FOLDER = "Dissections"
TEXTS = words("en")


@pytest.fixture
def dissections(thunderbird):
    """The folder with the messages of this file on show: 0 markup, 1 links, 2 hops, 3 the seed mail."""
    if not thunderbird.has_folder(FOLDER):
        thunderbird.make_folder(FOLDER, [str(path) for path in (MARKUP, LINKS, HOPS, HOSTILE[0].path)])
    thunderbird.show_folder(FOLDER)
    thunderbird.withdraw_permissions()
    return thunderbird


def popup_of(thunderbird, index):
    thunderbird.show(PLACE, index)
    thunderbird.after(200)
    return thunderbird.open_popup(PLACE)


def page_of(thunderbird, index):
    popup_of(thunderbird, index)
    thunderbird.press_in_dissection(PLACE, "button.page")
    return thunderbird.page_filled()


def test_seed_mail(thunderbird, photograph):
    popup = popup_of(thunderbird, HOSTILE[0].index)
    assert popup["open"] == ["links", "signs"]
    assert popup["hops"] == ["outside", "inside"]
    assert "Microsoft" in popup["sections"]["summary"] and "fablights.in" in popup["sections"]["summary"]
    assert popup["pins"] == ["Japan"]
    thunderbird.press_in_dissection(PLACE, "button.page")
    page = thunderbird.page_filled()
    assert (page["state"], page["level"], page["signs"]) == ("report", "dangerous", popup["signs"])
    assert set(page["open"]) >= {"signs", "links", "way", "authentication", "proof", "who", "share"}
    assert "attachments" not in page["sections"], "there are none"
    assert page["links"] == [] and page["overflow"] <= 0
    photograph("dissection-page")
    thunderbird.turn_to("page", "#way")
    photograph("dissection-page-way")
    thunderbird.turn_to("page", "#headers")
    photograph("dissection-page-headers")


@pytest.mark.parametrize("index", range(3), ids=["markup", "links", "hops"])
def test_everything_stays_text(dissections, photograph, index):
    popup = popup_of(dissections, index)
    photograph(f"dissection-{index}-popup")
    dissections.press_in_dissection(PLACE, "button.page")
    page = dissections.page_filled()
    photograph(f"dissection-{index}-page")
    for seen in popup, page:
        assert seen["markup"] == [] and seen["links"] == []
        assert seen["overflow"] <= 0
    if index == 0:
        assert page["text"].count("<script>") >= 6
    elif index == 1:
        assert page["level"] == "none"
        assert page["sections"]["links"].count("https://") >= 30
    else:
        assert len(page["hops"]) == 20 and page["hops"].count("outside") == 1 and "untrusted" in page["hops"]
        assert len(page["pins"]) > 5
    dissections.turn_to("page", "#way")
    photograph(f"dissection-{index}-page-way")


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_copied_dissection_is_masked(dissections, format):
    popup_of(dissections, 0)
    assert dissections.choose_in_dissection(PLACE, "#share select", format) == format
    dissections.press_in_dissection(PLACE, "button.publish")
    dissections.present_in_dissection(PLACE, ".preview:not([hidden])")
    dissections.press_in_dissection(PLACE, "button.copy")
    dissections.status_told(PLACE, TEXTS["popup_copied"])
    copied = dissections.clipboard().replace("\\", "")
    assert TEXTS["publish_mail"] in copied and "***" in copied
    for trace in "taro", "yamada", "dgfyby", "https://":
        assert trace not in copied.lower()
    if format == "html":
        # The markup is the recipient's name too: masked wherever it stands, and what is left of it escaped.
        assert "<script" not in copied and "<img" not in copied and "&lt;***&gt;" in copied
    dissections.close_popup(PLACE)


def test_paper_is_unfolded_and_masked(dissections):
    page_of(dissections, 0)
    words = dissections.on_paper()
    assert words["folded"] == 0
    assert "taro" in words["screen"] and "***" in words["paper"]
    for trace in "taro", "yamada", "dGFyby":
        assert trace not in words["paper"]


def test_report_is_written(dissections):
    popup_of(dissections, 3)
    dissections.press_in_dissection(PLACE, "button.send")
    mail = dissections.composed()
    assert mail["to"] == "reportphishing@apwg.org"
    assert mail["subject"] == TEXTS["report_subject"]
    assert mail["attached"] == ["message.eml"]
    assert "fablights[.]in" in mail["text"] and "https://" not in mail["text"]


def test_nothing_is_moved_without_permission(dissections):
    popup_of(dissections, 3)
    for act in "junk", "trash", "tag":
        dissections.press_in_dissection(PLACE, f"button.{act}")
        dissections.answer_permission(False)
        dissections.status_told(PLACE, TEXTS[f"{act}_refused"])
    kept = dissections.messages_in(FOLDER)
    assert len(kept) == 4 and kept[3]["junk"] != "100" and "mekiki" not in kept[3]["tags"]
    dissections.close_popup(PLACE)


def test_mail_is_tagged_and_moved_with_permission(dissections):
    name = "To be moved"
    dissections.make_folder(name, [str(HOSTILE[0].path)] * 3)
    dissections.make_junk_folder("Junk")

    page = page_of(dissections, 0)
    assert page["state"] == "report"
    dissections.press_in_dissection("page", "button.tag")
    assert "tags" in dissections.answer_permission(True)
    dissections.status_told("page", TEXTS["tag_done"])
    assert "mekiki" in dissections.messages_in(name)[0]["tags"]

    # Thunderbird shows folders to an add-on that may see them from its next start on: it starts afresh by itself.
    dissections.press_in_dissection("page", "button.junk")
    dissections.answer_permission(True)
    dissections.arrived("Junk", 1)
    assert dissections.messages_in("Junk")[0]["junk"] == "100"

    dissections.show_folder(name)
    popup_of(dissections, 0)
    dissections.press_in_dissection(PLACE, "button.trash")
    dissections.status_told(PLACE, TEXTS["trash_done"])
    assert len(dissections.messages_in(name)) == 1
    dissections.close_popup(PLACE)
    dissections.show_folder("Samples")
    dissections.show(PLACE, HOSTILE[0].index)
    assert dissections.banner_shown(PLACE)["level"] == HOSTILE[0].level


def test_trust_is_given_to_what_authenticates_alone(dissections):
    popup_of(dissections, 3)
    dissections.press_in_dissection(PLACE, "button.genuine")
    assert "anyone can write that name" in dissections.popup_filled(PLACE)["question"]
    assert not dissections.press_in_dissection(PLACE, "button.trust")
    dissections.close_popup(PLACE)

    popup_of(dissections, 1)
    dissections.press_in_dissection(PLACE, "button.genuine")
    assert "example.net" in dissections.popup_filled(PLACE)["question"]
    assert dissections.press_in_dissection(PLACE, "button.trust")
    dissections.present_in_dissection(PLACE, "button.distrust")
    dissections.close_popup(PLACE)
    # It lasts past the end of the background page, and can be taken back.
    dissections.suspend()
    popup_of(dissections, 1)
    assert dissections.press_in_dissection(PLACE, "button.distrust")
    dissections.present_in_dissection(PLACE, "button.genuine")
    dissections.close_popup(PLACE)


def test_mail_is_deleted_for_good_once_that_was_asked_and_allowed(dissections):
    name = "To be deleted"
    dissections.make_folder(name, [str(HOSTILE[0].path)] * 2)
    page_of(dissections, 0)
    dissections.press_in_dissection("page", "button.delete")
    dissections.press_in_dissection("page", ".question button.close")
    assert len(dissections.messages_in(name)) == 2
    dissections.press_in_dissection("page", "button.delete")
    dissections.press_in_dissection("page", ".question button.sure")
    dissections.answer_permission(False)
    dissections.status_told("page", TEXTS["delete_refused"])
    dissections.press_in_dissection("page", "button.delete")
    dissections.press_in_dissection("page", ".question button.sure")
    assert "delete" in dissections.answer_permission(True)
    dissections.status_told("page", TEXTS["delete_done"])
    assert len(dissections.messages_in(name)) == 1


def test_sender_is_blocked_where_it_authenticates_alone(dissections, photograph):
    popup_of(dissections, 3)
    dissections.press_in_dissection(PLACE, "button.block")
    assert "forged" in dissections.popup_filled(PLACE)["question"]
    assert not dissections.press_in_dissection(PLACE, ".question button.sure")
    dissections.close_popup(PLACE)

    popup_of(dissections, 1)
    dissections.press_in_dissection(PLACE, "button.block")
    dissections.present_in_dissection(PLACE, ".question button.sure")
    photograph("dissection-block")
    dissections.press_in_dissection(PLACE, ".question button.sure")
    dissections.present_in_dissection(PLACE, "button.unblock")
    dissections.close_popup(PLACE)
    dissections.show(PLACE, 0)
    dissections.show(PLACE, 1)
    assert dissections.banner_shown(PLACE)["sentence"] == TEXTS["blocked_banner"].replace("$SENDER$", "example.net")
    photograph("banner-blocked")
    dissections.open_popup(PLACE)
    dissections.press_in_dissection(PLACE, "button.unblock")
    dissections.present_in_dissection(PLACE, "button.block")
    dissections.close_popup(PLACE)


def test_a_file_cannot_be_moved(thunderbird):
    thunderbird.show("file in a tab", 0, HOSTILE[0].path)
    thunderbird.open_popup("file in a tab")
    assert not thunderbird.press_in_dissection("file in a tab", "button.junk")
    assert thunderbird.press_in_dissection("file in a tab", "button.genuine")
    thunderbird.close_popup("file in a tab")


def test_context_menu_of_a_message(thunderbird):
    thunderbird.show_folder("Samples")
    thunderbird.show(PLACE, HONEST[0].index)
    thunderbird.choose_in_menu_of_message(HOSTILE[0].index, TEXTS["menu_dissect"])
    assert thunderbird.page_filled()["level"] == "dangerous"


def test_context_menu_of_a_link(thunderbird, photograph):
    thunderbird.show(PLACE, HOSTILE[0].index)
    thunderbird.choose_in_menu_of_link(PLACE, TEXTS["menu_link"])
    page = thunderbird.page_filled()
    assert "fablights.in" in page["sections"]["sought"]
    photograph("dissection-link")


def test_shortcut_opens_the_dissection(thunderbird):
    thunderbird.show(PLACE, HOSTILE[0].index)
    thunderbird.button_tells(PLACE, "dangerous")
    thunderbird.press_shortcut("k", True, True)
    assert thunderbird.popup_filled(PLACE)["level"] == "dangerous"
    thunderbird.close_popup(PLACE)
