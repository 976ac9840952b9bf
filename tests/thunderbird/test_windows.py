"""Every way of opening a message: the banner, the button and the popup say the same, and what they say is right."""

import pytest

from samples import BADGES, HOSTILE, SAMPLES, words

PLACES = ("three-pane", "tab", "window", "file in a tab", "file in a window")

# What the seed mail is known by, whatever its encoding.
TELLING = {"sender.self-addressed", "path.forged-greeting", "path.no-reverse-name", "link.brand-mismatch",
           "text.recipient-in-subject"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_message_is_judged(thunderbird, photograph, place, sample):
    thunderbird.show(place, sample.index, sample.path)

    button = thunderbird.button_tells(place, sample.level)
    assert button["badge"] == BADGES[sample.level]
    assert button["title"].startswith("Mekiki: ")
    assert button["shown"] and not button["disabled"]
    if sample.raises_banner:
        is_in_full_view(thunderbird.banner_shown(place), sample.level)
    else:
        assert thunderbird.banner(place) is None
    photograph(f"{sample}-{place.replace(' ', '-')}")

    popup = thunderbird.open_popup(place)
    assert (popup["state"], popup["level"]) == ("report", sample.level)
    assert popup["verdict"]
    assert set(popup["sections"]) >= {"who", "way", "authentication", "links", "signs", "headers"}
    assert popup["links"] == [], "nothing in the popup may lead anywhere"
    assert "\ufffd" not in popup["text"], "a text was read in the wrong charset"
    assert popup["overflow"] <= 0, "the popup scrolls sideways"
    if sample in HOSTILE:
        assert TELLING <= set(popup["signs"])
        assert "fablights" in popup["sections"]["links"]
    photograph(f"{sample}-{place.replace(' ', '-')}-popup")
    thunderbird.close_popup(place)


def is_in_full_view(banner: dict, level: str) -> None:
    assert banner["level"] == level
    assert banner["role"] == "alert"
    assert banner["sentence"]
    assert 1 <= len(banner["evidence"]) <= 3
    assert all(each["sign"] and each["text"] for each in banner["evidence"])
    assert banner["buttons"]["details"] == words("en")["banner_details"]
    assert banner["buttons"]["dismiss"] == 1
    assert banner["visible"]
    box, viewport = banner["box"], banner["viewport"]
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["y"] + box["height"] <= viewport["height"]
    assert box["width"] >= viewport["width"] * 0.9
    assert box["height"] >= 40
    assert banner["hit"]["tried"] == 160
    assert banner["hit"]["covered"] == []


@pytest.mark.parametrize("place", PLACES)
def test_banner_goes_when_dismissed(thunderbird, place):
    thunderbird.show(place, HOSTILE[0].index, HOSTILE[0].path)
    thunderbird.banner_shown(place)
    assert thunderbird.press_in_banner(place, "button.dismiss")
    thunderbird.banner_gone(place)
    assert thunderbird.button_tells(place, HOSTILE[0].level)["badge"] == BADGES[HOSTILE[0].level]


@pytest.mark.parametrize("place", PLACES)
def test_details_of_the_banner_open_the_popup(thunderbird, place):
    thunderbird.show(place, HOSTILE[0].index, HOSTILE[0].path)
    thunderbird.banner_shown(place)
    assert thunderbird.press_in_banner(place, "button.details")
    popup = thunderbird.popup_filled(place)
    assert (popup["state"], popup["level"]) == ("report", HOSTILE[0].level)
    thunderbird.close_popup(place)


def test_several_selected_messages_show_nothing(thunderbird, photograph):
    shown = thunderbird.select_several([sample.index for sample in SAMPLES])
    assert shown == {"summary": True, "message": False}
    photograph("several-selected")
    # One message again afterwards is judged as ever.
    thunderbird.show("three-pane", HOSTILE[0].index)
    is_in_full_view(thunderbird.banner_shown("three-pane"), HOSTILE[0].level)
