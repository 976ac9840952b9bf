"""Every language fits: no words are cut or run out of their place, however long a language makes them."""

import json

import pytest
from marionette_driver.keys import Keys

from conftest import RELEASES
from samples import HOSTILE, TOP, words

PLACE = "three-pane"
LOCALES = sorted(folder.name for folder in (TOP / "extension" / "_locales").iterdir())
NARROW = 320
SETTINGS = {"kind": "mekiki-settings", "version": 1, "trustedDomains": ["example.com"], "reportTo": ["abuse@example.net"],
            "holdLinks": True, "holdSuspicious": False, "bannerFrom": "suspicious", "language": "automatic"}
LINK = "a[href]"


@pytest.fixture(scope="module")
def speaking(running):
    """Links are held back, and the lists of the settings have entries; put back as it was in the end."""
    if running.release != RELEASES[-1]:
        pytest.skip("words are as long in one release as in the other")
    running.catch_opened()
    running.open_settings()
    take_in(running, SETTINGS)
    yield running
    running.open_settings()
    take_in(running, SETTINGS | {"trustedDomains": [], "reportTo": []})
    running.close_all()
    assert running.new_errors() == []


def take_in(thunderbird, settings):
    thunderbird.import_settings(json.dumps(settings))
    thunderbird.settings_told(words("en")["import_done"])


@pytest.mark.parametrize("locale", LOCALES)
def test_words_fit(speaking, photograph, locale):
    texts = words(locale)
    speaking.close_all()
    speaking.open_settings()
    speaking.enter_in_settings("#language-choice", locale)
    speaking.present_in_dissection("settings", f"html[lang={locale.replace('_', '-')}]")
    assert fits(lambda: speaking.spills_of("settings"), lambda width: speaking.narrow_page("settings", width)) == []

    speaking.show_folder("Samples")
    speaking.show(PLACE, HOSTILE[0].index)
    assert speaking.banner_shown(PLACE)["sentence"] == texts["level_dangerous"]
    photograph(f"language-{locale}-banner")
    assert fits(lambda: speaking.spills_of_banner(PLACE), lambda width: speaking.narrow(PLACE, width)) == []
    speaking.focus_in_mail(PLACE, LINK)
    speaking.press_key(Keys.ENTER)
    assert speaking.link_held(PLACE)["held"]["choices"] == [texts["held_keep"], texts["held_open"]]
    assert fits(lambda: speaking.spills_of_banner(PLACE), lambda width: speaking.narrow(PLACE, width)) == []

    assert speaking.open_popup(PLACE)["verdict"] == texts["level_dangerous"]
    assert speaking.spills_of(PLACE) == []
    photograph(f"language-{locale}-popup")
    speaking.press_in_dissection(PLACE, "button.page")
    assert speaking.page_filled()["verdict"] == texts["level_dangerous"]
    assert fits(lambda: speaking.spills_of("page"), lambda width: speaking.narrow_page("page", width)) == []


def fits(look, narrow):
    """What does not fit, in a window as it is and in a narrow one."""
    usual = look()
    narrow(NARROW)
    spilled = usual + look()
    narrow(0)
    return spilled
