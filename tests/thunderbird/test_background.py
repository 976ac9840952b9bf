"""The background page ends when it is idle, and the module may trap: neither may leave a message unjudged unnoticed."""

import pytest

from samples import BADGES, HONEST, HOSTILE, words

PLACE = "three-pane"


@pytest.mark.parametrize("sample", [HOSTILE[0], HONEST[0]], ids=str)
@pytest.mark.parametrize("place", ["three-pane", "tab", "window", "file in a tab"])
def test_suspended_background_wakes(thunderbird, place, sample):
    before = (HONEST if sample in HOSTILE else HOSTILE)[0]
    thunderbird.show(PLACE, before.index)
    thunderbird.button_tells(PLACE, before.level)
    thunderbird.suspend()
    assert thunderbird.background_state() == "stopped"
    thunderbird.show(place, sample.index, sample.path)
    thunderbird.button_tells(place, sample.level)
    if sample.raises_banner:
        assert thunderbird.banner_shown(place)["level"] == sample.level
    else:
        assert thunderbird.banner(place) is None


def test_popup_opens_after_suspension(thunderbird):
    thunderbird.show(PLACE, HOSTILE[0].index)
    thunderbird.button_tells(PLACE, HOSTILE[0].level)
    thunderbird.suspend()
    popup = thunderbird.open_popup(PLACE)
    assert (popup["state"], popup["level"]) == ("report", HOSTILE[0].level)
    thunderbird.close_popup(PLACE)


def test_failure_is_told_and_the_next_message_is_judged(thunderbird, photograph):
    thunderbird.show(PLACE, HONEST[0].index)
    thunderbird.button_tells(PLACE, "none")
    # Messages judged before may be remembered: a fresh page knows none.
    thunderbird.suspend()
    thunderbird.wake()
    thunderbird.break_off()

    thunderbird.show(PLACE, HOSTILE[0].index)
    button = thunderbird.button_tells(PLACE, "unchecked")
    assert button["badge"] == BADGES["unchecked"]
    unchecked = words("en")["level_unchecked"]
    assert unchecked in button["title"]
    assert thunderbird.banner_shown(PLACE)["sentence"].startswith(unchecked)
    photograph("could-not-be-checked")

    other = HOSTILE[-1]
    thunderbird.show(PLACE, other.index)
    thunderbird.button_tells(PLACE, other.level)
    assert thunderbird.banner_shown(PLACE)["level"] == other.level
    # A fresh page is not broken.
    thunderbird.suspend()
    thunderbird.wake()
