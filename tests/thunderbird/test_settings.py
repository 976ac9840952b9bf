"""The page of settings: what is changed on it is in force at once, and lasts."""

import json

import pytest

from conftest import set_up
from driver import Thunderbird
from samples import HOSTILE, words

PLACE = "three-pane"
TEXTS = words("en")
DEFAULTS = {"kind": "mekiki-settings", "version": 1, "trustedDomains": [], "reportTo": [], "holdLinks": False,
            "bannerFrom": "suspicious", "language": "automatic"}


@pytest.fixture(scope="module")
def fresh(running, request, screen):
    """A Thunderbird of its own: accounts, permissions and settings that other tests left behind are not in it."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        set_up(thunderbird, request.config)
        yield thunderbird


@pytest.fixture
def settings(fresh):
    """The page of settings on show, everything as it comes."""
    fresh.show_folder("Samples")
    fresh.withdraw_permissions()
    fresh.open_settings()
    yield fresh
    fresh.close_all()
    fresh.open_settings()
    fresh.import_settings(json.dumps(DEFAULTS))
    fresh.settings_told(TEXTS["import_done"])
    fresh.close_all()
    assert fresh.new_errors() == []


def test_the_page_is_complete(settings, photograph):
    shown = settings.settings_shown()
    assert (shown["title"], shown["language"], shown["checked"]) == (TEXTS["options_title"], "en", ["banner-suspicious"])
    assert shown["nameless"] == [] and shown["overflow"] <= 0
    photograph("settings", settings)
    settings.narrow_page("settings", 320)
    assert settings.settings_shown()["overflow"] <= 0
    photograph("settings-narrow", settings)


def test_language_is_that_of_page_button_and_banner(settings, photograph):
    ja = words("ja")
    settings.enter_in_settings("#language-choice", "ja")
    settings.present_in_dissection("settings", "html[lang=ja]")
    shown = settings.settings_shown()
    assert (shown["title"], shown["focused"]) == (ja["options_title"], "language-choice")
    photograph("settings-ja", settings)
    settings.suspend()
    settings.show_folder("Samples")
    settings.show(PLACE, HOSTILE[0].index)
    assert settings.button_tells(PLACE, "dangerous")["title"].endswith(ja["level_dangerous"])
    assert settings.banner_shown(PLACE)["buttons"]["details"] == ja["banner_details"]
    popup = settings.open_popup(PLACE)
    assert popup["verdict"] == ja["level_dangerous"]
    settings.close_popup(PLACE)
    settings.choose_in_menu_of_message(HOSTILE[0].index, ja["menu_dissect"])
    assert settings.page_filled()["verdict"] == ja["level_dangerous"]


def test_entries_are_added_and_removed(settings):
    settings.enter_in_settings("#trustedDomains-entry", "not a domain")
    settings.press_in_dissection("settings", "#trustedDomains button.add")
    assert settings.settings_told(TEXTS["options_trusted_wrong"])["isWrong"]
    for entry in "Example.com", "a@example.net":
        settings.enter_in_settings("#trustedDomains-entry", entry)
        settings.press_in_dissection("settings", "#trustedDomains button.add")
        settings.settings_told(TEXTS["options_added"].replace("$ENTRY$", entry.lower()))
    settings.close_all()
    assert settings.open_settings()["entries"]["trustedDomains"] == ["example.com", "a@example.net"]
    settings.press_in_dissection("settings", "#trustedDomains button.remove")
    shown = settings.settings_told(TEXTS["options_removed"].replace("$ENTRY$", "example.com"))
    assert shown["entries"]["trustedDomains"] == ["a@example.net"]
    assert shown["focused"] == "remove"


def test_broken_file_changes_nothing(settings):
    for text in "{", json.dumps(DEFAULTS | {"version": 2}), json.dumps(DEFAULTS | {"holdLinks": True, "reportTo": ["x"]}):
        settings.import_settings(text)
        assert settings.settings_told(TEXTS["import_unchanged"])["isWrong"]
        assert settings.settings_shown()["checked"] == ["banner-suspicious"]
    settings.import_settings(json.dumps(DEFAULTS | {"bannerFrom": "dangerous", "reportTo": ["abuse@example.net"]}))
    shown = settings.settings_told(TEXTS["import_done"])
    assert shown["checked"] == ["banner-dangerous"] and shown["entries"]["reportTo"] == ["abuse@example.net"]


def test_own_addresses_are_read_where_that_is_allowed(settings, photograph):
    settings.make_identity("Reader@example.jp")
    settings.press_in_dissection("settings", "button.allow")
    settings.answer_permission(False)
    assert settings.settings_told(TEXTS["options_own_refused"])["entries"]["own"] == []
    settings.press_in_dissection("settings", "button.allow")
    settings.answer_permission(True)
    assert "reader@example.jp" in settings.settings_told(TEXTS["options_own_allowed"])["entries"]["own"]
    settings.turn_to("settings", "#own")
    photograph("settings-own", settings)
    settings.press_in_dissection("settings", "button.forbid")
    assert settings.settings_told(TEXTS["options_own_forbidden"])["entries"]["own"] == []


def test_settings_in_the_dark(running, request, screen, photograph):
    with Thunderbird(running.release, screen.variables, dark=True) as thunderbird:
        set_up(thunderbird, request.config)
        thunderbird.open_settings()
        thunderbird.enter_in_settings("#trustedDomains-entry", "no domain")
        thunderbird.press_in_dissection("settings", "#trustedDomains button.add")
        thunderbird.settings_told(TEXTS["options_trusted_wrong"])
        photograph("settings-dark", thunderbird)
        assert thunderbird.new_errors() == []
