"""Looking things up, with a real resolver over HTTPS on loopback: nobody is asked before the user says so, what was found
counts in both directions, and a resolver that is silent or lies changes nothing.
"""

import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import psutil
import pytest

from driver import Thunderbird
from resolver import Key, Resolver
from samples import HOSTILE, words

PLACE = "three-pane"
FOLDER = "Look-ups"
GENUINE, TOUCHED, SEED = range(3)
TEXTS = words("en")
SERVER = "103.251.94.111"  # where the seed's links led
NOTICE = """\
Received: from mail.kagoya.jp (mail.kagoya.jp [203.142.206.25])
\tby mx1.example.jp (Postfix) with ESMTPS id 4Qf8xS6Wm0z1xM
\tfor <info@example.jp>; {date}
From: KAGOYA <support@kagoya.jp>
To: info@example.jp
Subject: =?UTF-8?B?44Oh44Oz44OG44OK44Oz44K544Gu44GK55+l44KJ44Gb?=
Date: {date}
Message-ID: <20261101.1@kagoya.jp>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

いつもKAGOYAをご利用いただきありがとうございます。
下記の日程でメールサーバーのメンテナンスを実施いたします。
https://support.kagoya.jp/
"""


@pytest.fixture(scope="module")
def mails(tmp_path_factory):
    """A notice that is signed, the same with a word changed, the seed; and what the signer publishes."""
    key = Key()
    date = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
    signed = key.signed(NOTICE.format(date=date).encode(), "kagoya.jp", "mail")
    folder = tmp_path_factory.mktemp("look-ups")
    paths = [folder / "genuine.eml", folder / "touched.eml", HOSTILE[0].path]
    paths[GENUINE].write_bytes(signed)
    paths[TOUCHED].write_bytes(signed.replace("下記".encode(), "左記".encode()))
    records = [
        ("mail._domainkey.kagoya.jp.", "TXT", key.record),
        ("_dmarc.kagoya.jp.", "TXT", "v=DMARC1; p=none"),
        ("fablights.in.", "A", SERVER),
        ("fablights.in.list.test.", "A", "127.0.1.4"),
        ("fablights.in.refusing.test.", "A", "127.255.255.254"),
    ]
    return paths, records


@pytest.fixture
def resolver(mails):
    with Resolver(mails[1]) as resolver:
        yield resolver


@pytest.fixture(scope="module")
def fresh(running, request, screen, mails):
    """A Thunderbird of its own, that trusts nobody's authority yet."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(request.config.getoption("--xpi").resolve())
        thunderbird.make_folder(FOLDER, [str(path) for path in mails[0]])
        yield thunderbird


@pytest.fixture
def lookups(fresh):
    """The folder on show, nobody chosen, nothing allowed, nothing known."""
    fresh.show_folder(FOLDER)
    yield fresh
    fresh.close_all()
    fresh.open_settings()
    fresh.import_settings(json.dumps({"kind": "mekiki-settings", "version": 1, "resolver": "", "registry": "", "blockLists": [], "proveShown": False}))
    fresh.settings_told(TEXTS["import_done"])
    fresh.close_all()
    fresh.withdraw_permissions()
    # What a resolver answered is known to the background only.
    fresh.suspend()
    assert fresh.new_errors() == []


def choose(thunderbird, resolver, allow=True):
    """Choose a resolver on the page of settings; gives the words of the question that Thunderbird asks."""
    thunderbird.trust_authority(resolver.authority)
    thunderbird.open_settings()
    thunderbird.enter_in_settings("#resolver-address", resolver.address)
    thunderbird.press_in_dissection("settings", "#lookups button.use")
    words = thunderbird.answer_permission(allow)
    told = TEXTS["lookups_now"].replace("$HOST$", f"localhost:{resolver.port}") if allow else TEXTS["lookups_refused"]
    thunderbird.settings_told(told)
    return words


def page_of(thunderbird, index):
    """The dissection of a message in a tab."""
    thunderbird.close_all()
    thunderbird.show_folder(FOLDER)
    thunderbird.show(PLACE, index)
    thunderbird.after(200)
    thunderbird.open_popup(PLACE)
    thunderbird.press_in_dissection(PLACE, "button.page")
    return thunderbird.page_filled()


def look_up(thunderbird, words):
    """Press the button; gives the dissection once it says so."""
    thunderbird.press_in_dissection("page", "#proof button.look-up")
    shown = thunderbird.dissection_told("page", "proof", words)
    assert shown["focused"] == "look-up", "the keyboard stays where it was"
    return shown


def told(key, *values):
    """A text with its values, of which the first is named in it first."""
    words = TEXTS[key]
    for value in values:
        start, end = words.index("$"), words.index("$", words.index("$") + 1)
        words = words.replace(words[start:end + 1], value)
    return words


def asked_of(resolver):
    return told("proof_asked", f"localhost:{resolver.port}").partition("$COUNT$")[0]


def test_nothing_leaves_before_it_is_wanted(lookups, resolver):
    lookups.trust_authority(resolver.authority)
    seen = set()
    done = threading.Event()

    def watch():
        while not done.wait(0.01):
            for process in [psutil.Process(lookups.process.pid), *psutil.Process(lookups.process.pid).children(recursive=True)]:
                try:
                    seen.update(each.raddr for each in process.net_connections("inet") if each.raddr)
                except psutil.Error:
                    pass

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for index in (GENUINE, SEED):
            page = page_of(lookups, index)
            assert TEXTS["proof_nobody"] in page["sections"]["proof"]
        lookups.press_in_dissection("page", "#proof button.look-up")
        shown = lookups.settings_shown()
    finally:
        done.set()
        watcher.join()
    assert shown["title"] == TEXTS["options_title"] and "resolver-nobody" in shown["checked"]
    assert {address.ip for address in seen} <= {"127.0.0.1", "::1"}, "only this test is connected"
    assert resolver.asked() == [] and resolver.port not in {address.port for address in seen}


def test_what_is_not_allowed_is_not_asked(lookups, resolver):
    assert "localhost" in choose(lookups, resolver, allow=False)
    assert "resolver-nobody" in lookups.settings_shown()["checked"]
    lookups.enter_in_settings("#resolver-address", "http://localhost/dns-query")
    lookups.press_in_dissection("settings", "#lookups button.use")
    assert lookups.settings_told(TEXTS["lookups_invalid"])["isWrong"]
    assert resolver.asked() == []


def test_genuine_mail_is_proven_and_the_forged_one_is_not(lookups, resolver, photograph):
    page = page_of(lookups, GENUINE)
    assert (page["level"], TEXTS["vouched_unchecked_short"] in page["sections"]["summary"]) == ("none", True)
    choose(lookups, resolver)
    photograph("lookups-settings", lookups)
    page_of(lookups, GENUINE)
    assert resolver.asked() == [], "choosing asks nobody"
    page = look_up(lookups, asked_of(resolver))
    assert told("proof_signature_pass", "kagoya.jp") in page["sections"]["proof"]
    assert told("proof_dmarc_pass", "kagoya.jp") in page["sections"]["proof"]
    assert page["level"] == "none" and "trust.brand-authenticated" in page["signs"]
    assert TEXTS["vouched_proven"].replace("$DOMAIN$", "kagoya.jp") in page["sections"]["authentication"]
    lookups.turn_to("page", "#proof")
    photograph("lookups-genuine", lookups)
    names = {name for name, _ in resolver.asked()}
    assert {"mail._domainkey.kagoya.jp", "_dmarc.kagoya.jp", "support.kagoya.jp"} <= names

    page = page_of(lookups, TOUCHED)
    page = look_up(lookups, told("proof_signature_fail", "kagoya.jp"))
    assert "trust.brand-authenticated" not in page["signs"]

    before = page_of(lookups, SEED)
    page = look_up(lookups, TEXTS["proof_unsigned"])
    assert page["level"] == before["level"] == "dangerous"
    assert SERVER in page["sections"]["links"] and page["pins"] == ["Japan", TEXTS["map_links"].replace("$COUNTRY$", "India")]
    assert set(before["signs"]) < set(page["signs"]) and "link.host-location" in page["signs"]
    lookups.turn_to("page", "#way")
    photograph("lookups-map", lookups)
    lookups.turn_to("page", "#links")
    photograph("lookups-links", lookups)


def test_every_message_is_checked_where_that_is_wanted(lookups, resolver):
    choose(lookups, resolver)
    lookups.press_in_dissection("settings", "#prove-shown")
    lookups.close_all()
    lookups.show_folder(FOLDER)
    lookups.show(PLACE, TOUCHED)
    lookups.show(PLACE, GENUINE)
    page = page_of(lookups, GENUINE)
    assert told("proof_signature_pass", "kagoya.jp") in page["sections"]["proof"]
    assert "support.kagoya.jp" not in {name for name, _ in resolver.asked()}, "links are asked about on a press only"
    lookups.open_settings()
    lookups.press_in_dissection("settings", "#resolver-nobody")
    shown = lookups.settings_told(TEXTS["lookups_now_nobody"])
    assert "prove-shown" in shown["disabled"] and "resolver-nobody" in shown["checked"]
    lookups.close_all()
    page = page_of(lookups, GENUINE)
    assert TEXTS["proof_nobody"] in page["sections"]["proof"], "what is looked up no more is not shown any more"


@pytest.mark.parametrize("failing", ["stopped", "lying"])
def test_a_resolver_that_fails_changes_nothing(lookups, mails, failing):
    with Resolver([] if failing == "lying" else mails[1]) as resolver:
        choose(lookups, resolver)
        before = [page_of(lookups, index) for index in (GENUINE, SEED)]
        if failing == "stopped":
            resolver.stop()
            words = told("proof_silent", f"localhost:{resolver.port}")
        else:
            words = asked_of(resolver)
        for index, earlier in zip((GENUINE, SEED), before, strict=True):
            page_of(lookups, index)
            page = look_up(lookups, words)
            assert (page["level"], page["signs"]) == (earlier["level"], earlier["signs"])
            assert page["sections"]["summary"] == earlier["sections"]["summary"]


def test_registry_is_asked_only_where_that_is_wanted(lookups, resolver, photograph):
    registered = {"objectClassName": "domain", "events": [{"eventAction": "registration", "eventDate": "2023-06-08T09:00:00Z"}],
                  "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "Example Registrar"]]],
                                "entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "abuse@registrar.example"]]]}]}]}
    with resolver.registry({"fablights.in": registered}) as registry:
        lookups.trust_authority(resolver.authority)
        lookups.open_settings()
        lookups.import_settings(json.dumps({"kind": "mekiki-settings", "version": 1, "registry": registry.address}))
        lookups.settings_told(TEXTS["import_done"])
        assert "registry" not in lookups.settings_shown()["checked"], "a file allows nothing"
        lookups.press_in_dissection("settings", "#registry")
        assert "localhost" in lookups.answer_permission(True)
        lookups.settings_told(told("lookups_now", registry.address.removeprefix("https://").rstrip("/")))
        page_of(lookups, SEED)
        assert registry.asked == []
        page = look_up(lookups, "Example Registrar")
        assert sorted(registry.asked) == ["example.jp", "fablights.in"] and resolver.asked() == []
        assert told("registered_before", "2 days") in page["sections"]["proof"] and "abuse@registrar.example" in page["sections"]["share"]
        lookups.turn_to("page", "#proof")
        photograph("lookups-registry", lookups)


def test_block_lists_are_asked_by_the_resolver(lookups, resolver):
    choose(lookups, resolver)
    for entry in "list.test", "refusing.test":
        lookups.enter_in_settings("#blockLists-entry", entry)
        lookups.press_in_dissection("settings", "#blockLists button.add")
        lookups.settings_told(TEXTS["options_added"].replace("$ENTRY$", entry))
    page_of(lookups, SEED)
    page = look_up(lookups, told("listed", "fablights.in", "list.test"))
    assert told("listed_refused", "refusing.test") in page["sections"]["proof"]
    assert {"fablights.in.list.test", "example.jp.list.test"} <= {name for name, _ in resolver.asked()}


def test_what_was_looked_up_is_published(lookups, resolver):
    choose(lookups, resolver)
    page_of(lookups, SEED)
    look_up(lookups, TEXTS["proof_unsigned"])
    lookups.press_in_dissection("page", "#share button.publish")
    lookups.present_in_dissection("page", ".preview:not([hidden])")
    lookups.press_in_dissection("page", "button.copy")
    lookups.status_told("page", TEXTS["popup_copied"])
    assert SERVER in lookups.clipboard()
