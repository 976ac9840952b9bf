"""The page of settings: what is changed on it is in force at once, and lasts."""

import json

import pytest

from conftest import set_up
from driver import Thunderbird
from samples import HOSTILE, words

PLACE = "three-pane"
TEXTS = words("en")
DEFAULTS = {"kind": "mekiki-settings", "version": 1, "trustedDomains": [], "blockedSenders": [],
            "ownDomains": [], "ownBrands": [], "sensitivity": "normal", "reportTo": [], "holdLinks": True, "holdSuspicious": False,
            "bannerFrom": "suspicious", "tagArrivals": False, "notifyArrivals": False,
            "resolver": "", "registry": "", "blockLists": [], "proveShown": False, "language": "automatic"}
CHECKED = ["banner-suspicious", "hold-links", "sensitivity-normal", "resolver-nobody"]


@pytest.fixture(scope="module")
def fresh(running, request, screen):
    """A Thunderbird of its own: accounts, permissions and settings that other tests left behind are not in it."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        set_up(thunderbird, request.config)
        yield thunderbird


def put_back(thunderbird):
    """Every setting as it comes, every page closed, no error pending."""
    thunderbird.close_all()
    thunderbird.open_settings()
    thunderbird.import_settings(json.dumps(DEFAULTS))
    thunderbird.settings_told(TEXTS["import_done"])
    thunderbird.close_all()
    assert thunderbird.new_errors() == []


@pytest.fixture
def settings(fresh):
    """The page of settings on show, everything as it comes."""
    fresh.show_folder("Samples")
    fresh.withdraw_permissions()
    fresh.open_settings()
    yield fresh
    put_back(fresh)


def test_the_page_is_complete(settings, photograph):
    shown = settings.settings_shown()
    assert (shown["title"], shown["language"], shown["checked"]) == (TEXTS["options_title"], "en", CHECKED)
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
        assert settings.settings_shown()["checked"] == CHECKED
    settings.import_settings(json.dumps(DEFAULTS | {"bannerFrom": "dangerous", "reportTo": ["abuse@example.net"]}))
    shown = settings.settings_told(TEXTS["import_done"])
    assert shown["checked"] == ["banner-dangerous", "hold-links", "sensitivity-normal", "resolver-nobody"] and shown["entries"]["reportTo"] == ["abuse@example.net"]


def test_own_addresses_are_read_where_that_is_allowed(settings, photograph):
    settings.make_identity("Reader@example.jp")
    settings.press_in_dissection("settings", "#own button.allow")
    settings.answer_permission(False)
    assert settings.settings_told(TEXTS["options_own_refused"])["entries"]["own"] == []
    settings.press_in_dissection("settings", "#own button.allow")
    settings.answer_permission(True)
    assert "reader@example.jp" in settings.settings_told(TEXTS["options_own_allowed"])["entries"]["own"]
    settings.turn_to("settings", "#own")
    photograph("settings-own", settings)
    settings.press_in_dissection("settings", "#own button.forbid")
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


def test_contacts_are_read_where_that_is_allowed(settings, tmp_path, photograph):
    mail = tmp_path / "friend.eml"
    mail.write_bytes(FRIEND)
    settings.make_contact("Taro Yamada", "taro@example.com")
    settings.make_folder("Friend", [str(mail)])
    settings.open_settings()
    settings.press_in_dissection("settings", "#contacts button.allow")
    assert settings.answer_permission(True)
    settings.settings_told(TEXTS["options_contacts_allowed"])
    settings.turn_to("settings", "#contacts")
    photograph("settings-contacts", settings)
    settings.show_folder("Friend")
    settings.show(PLACE, 0)
    settings.after(200)
    assert "sender.contact-name" in settings.open_popup(PLACE)["signs"]
    settings.close_popup(PLACE)


def test_own_brand_is_added_and_judged_by(settings, tmp_path, photograph):
    mail = tmp_path / "payroll.eml"
    mail.write_bytes(FRIEND.replace(b"Taro Yamada", b"Loremipsum Payroll"))
    settings.enter_in_settings("#brand-names", "Loremipsum Payroll")
    settings.enter_in_settings("#brand-domains", "loremipsum.example, pay.test")
    settings.press_in_dissection("settings", "#ownBrands button.add")
    shown = settings.settings_told(TEXTS["options_added"].replace("$ENTRY$", "Loremipsum Payroll"))
    assert shown["entries"]["ownBrands"] == ["Loremipsum Payroll", "loremipsum.example, pay.test"]
    settings.turn_to("settings", "#ownBrands")
    photograph("settings-brands", settings)
    settings.make_folder("Payroll", [str(mail)])
    settings.show(PLACE, 0)
    settings.after(200)
    assert "sender.brand-name" in settings.open_popup(PLACE)["signs"]
    settings.close_popup(PLACE)


def test_what_the_organisation_set_is_locked(running, request, screen, photograph):
    policy = {"ownDomains": ["example.org"], "holdLinks": True, "trustedDomains": ["no domain"],
              "presets": {"sensitivity": "cautious"}}
    with Thunderbird(running.release, screen.variables, managed=policy) as thunderbird:
        set_up(thunderbird, request.config)
        shown = thunderbird.open_settings()
        assert set(shown["locked"]) == {"banner", "trustedDomains", "ownDomains"}
        assert set(shown["disabled"]) >= {"hold-links", "ownDomains-entry"}
        assert "sensitivity-cautious" in shown["checked"] and "hold-links" in shown["checked"]
        assert shown["entries"]["ownDomains"] == ["example.org"]
        assert '"no domain"' in shown["sections"]["policy"]
        photograph("settings-managed", thunderbird)
        assert thunderbird.new_errors() == []


FRIEND = b"""Received: from mail.example.org (mail.example.org [133.242.0.3])
\tby mx1.example.jp (Postfix) with ESMTPS id 4WyX0Q1x5dz9rxM
\tfor <info@example.jp>; Tue, 3 Sep 2024 10:15:00 +0900
From: Taro Yamada <someone@example.org>
To: info@example.jp
Subject: Hello
Date: Tue, 3 Sep 2024 10:15:00 +0900
Message-ID: <20240903101500.1A2B3C@example.org>

Are you there?
""".replace(b"\n", b"\r\n")
