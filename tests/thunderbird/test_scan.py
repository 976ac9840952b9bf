"""Many messages: folders and selections checked in a tab, what is done about them, and new mail as it arrives."""

import re
import time
from pathlib import Path

import pytest

import test_words
from bench_many import write_mbox
from conftest import set_up
from driver import Thunderbird
from samples import HONEST, HOSTILE, SAMPLES, words
from test_settings import put_back

TEXTS = words("en")
ROW = 62  # pixels, as every row is high
ALL = ("dangerous", "suspicious", "unchecked", "notice", "none")
STRINGS = {name: text for name, text in test_words.HOSTILE.items() if name != "unencodable"} | {
    "bidi": "KAGOYA \u202e\u2067gpj.exe\u2069 \u200f\u061c",
    "control": "KAGOYA \x01\x1b[31m\x07\x7f\u2028x",
    "word": "KAGOYA" + "W" * 600,
}


@pytest.fixture(scope="module")
def fresh(running, request, screen):
    """A Thunderbird of its own: what is allowed here, and the restarts of the add-on, are nobody else's."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        set_up(thunderbird, request.config)
        thunderbird.make_junk_folder("Junk")
        yield thunderbird


@pytest.fixture
def check(fresh):
    """The page of the check on show over the samples, nothing allowed."""
    fresh.withdraw_permissions()
    fresh.forget_check()
    fresh.show_folder("Samples")
    fresh.open_check()
    yield fresh
    fresh.close_all()
    assert fresh.new_errors() == []


@pytest.fixture(scope="module")
def crowd(fresh, tmp_path_factory):
    """A folder with so many messages that their check takes a while; gives how many."""
    mbox = tmp_path_factory.mktemp("crowd") / "mbox"
    write_mbox(mbox, 1_000)
    return fresh.make_folder_of("Crowd", mbox)


def begun(thunderbird, folder=None):
    """Begin the check of the listed messages of `folder`."""
    if folder:
        thunderbird.show_folder(folder)
        thunderbird.open_check()
    thunderbird.begin_check()


def show_all(thunderbird):
    for outcome in "notice", "none":
        thunderbird.press_in_dissection("check", f"#filter-{outcome}:not(:checked)")
    return thunderbird.check_lists(ALL)


def test_listed_messages(check, photograph):
    assert check.check_shown()["sources"] == [TEXTS["scan_from_list"], TEXTS["scan_from_selection"]]
    before = check.messages_in("Samples")
    begun(check)
    shown = check.check_is("done")
    assert {row["outcome"] for row in shown["rows"]} == {"dangerous"} and shown["total"] == len(HOSTILE)
    assert shown["verdict"].startswith(f"Dangerous: {len(HOSTILE)}, suspicious: 0")
    shown = show_all(check)
    assert shown["counts"] == {"dangerous": len(HOSTILE), "suspicious": 0, "unchecked": 0, "notice": 0, "none": len(HONEST)}
    assert [row["outcome"] for row in shown["rows"]] == ["dangerous"] * len(HOSTILE) + ["none"] * len(HONEST)
    assert all(row["sign"] and row["sentence"] for row in shown["rows"] if row["outcome"] == "dangerous")
    assert shown["nameless"] == [] and shown["markup"] == [] and shown["overflow"] <= 0
    # Checked is not read.
    assert check.messages_in("Samples") == before and not all(each["read"] for each in before)
    photograph("scan", check)


def test_nothing_found_is_not_called_safe(check, tmp_path):
    name = "Honest"
    check.make_folder(name, [str(HONEST[0].path)] * 3)
    begun(check, name)
    shown = check.check_is("done")
    assert shown["verdict"] == TEXTS["scan_found_nothing"].replace("$COUNT$", "3") and "safe" not in shown["verdict"]
    assert shown["rows"] == []


def test_selected_messages_by_their_menu(check):
    check.show_folder("Samples")
    picked = [HOSTILE[0].index, HONEST[0].index]
    check.pick_messages(picked)
    check.choose_in_menu_of_message(picked[0], TEXTS["menu_selection"])
    shown = check.check_is("done")
    assert shown["title"] == TEXTS["scan_title_selection"]
    assert (shown["counts"]["dangerous"], shown["counts"]["none"], sum(shown["counts"].values())) == (1, 1, 2)


def test_selected_messages_from_the_page(check):
    check.show_folder("Samples")
    check.pick_messages([HONEST[0].index])
    check.open_check()
    check.choose_in_dissection("check", "#source", "1")
    begun(check)
    assert check.check_is("done")["counts"] == dict.fromkeys(ALL, 0) | {"none": 1}


def test_folded_conversations_are_told_and_a_selection_has_them_whole(check, tmp_path):
    paths = []
    for number in range(3):
        raw = without_id(HONEST[0].path.read_bytes())
        answer = b"In-Reply-To: <0@threads.example>\nReferences: <0@threads.example>\n" if number else b""
        paths.append(tmp_path / f"{number}.eml")
        paths[-1].write_bytes(b"Message-ID: <%d@threads.example>\n" % number + answer + raw)
    check.make_folder("Threads", [str(path) for path in paths])
    begun(check, "Threads")
    assert not check.check_is("done")["remark"]
    check.show_folder("Threads")
    check.fold_threads(True)
    try:
        check.open_check()
        begun(check)
        shown = check.check_is("done")
        assert shown["remark"] and sum(shown["counts"].values()) == 1
        check.pick_messages([0])
        check.open_check()
        check.choose_in_dissection("check", "#source", "1")
        begun(check)
        shown = check.check_is("done")
        assert not shown["remark"] and sum(shown["counts"].values()) == 3
    finally:
        check.fold_threads(False)


def test_a_row_opens_its_message_and_its_dissection(check):
    begun(check)
    check.check_is("done")
    check.press_in_dissection("check", "tr[data-outcome] button.dissect")
    assert check.page_filled()["level"] == "dangerous"
    check.close_tab()
    check.press_in_dissection("check", "tr[data-outcome] button.open")
    assert "KAGOYA" in check.message_in_tab()


def test_pause_reload_and_resume(check, crowd):
    begun(check, "Crowd")
    check.present_in_dissection("check", "button.pause")
    something_looked_at(check)
    check.press_in_dissection("check", "button.pause")
    paused = check.check_is("paused")
    assert "resume" in paused["buttons"] and 0 < looked_at(paused) < crowd
    check.reload_check()
    check.suspend()
    assert looked_at(check.check_is("paused")) == looked_at(paused)
    check.press_in_dissection("check", "button.resume")
    done = check.check_is("done")
    assert looked_at(done) == sum(done["counts"].values()) == crowd
    # Only the rows in sight are in the page.
    assert len(show_all(check)["rows"]) < 100 and check.check_shown()["total"] == crowd


def test_a_check_goes_on_where_its_page_was_loaded_again(check, crowd):
    begun(check, "Crowd")
    check.present_in_dissection("check", "button.pause")
    check.reload_check()
    assert sum(check.check_is("done")["counts"].values()) == crowd


def test_cancelled_is_told_with_what_was_found(check, crowd):
    begun(check, "Crowd")
    check.present_in_dissection("check", "button.pause")
    check.press_in_dissection("check", "button.cancel")
    shown = check.check_is("cancelled")
    assert looked_at(shown) == sum(shown["counts"].values()) < crowd
    assert not {"pause", "resume", "cancel"} & set(shown["buttons"])


def something_looked_at(check) -> None:
    """Wait until the check has looked at a message."""
    end = time.monotonic() + 60
    while looked_at(check.check_shown()) == 0:
        assert time.monotonic() < end, "nothing was looked at"
        check.after(20)


def looked_at(shown) -> int:
    """How many messages the words about the progress name."""
    return int("".join(letter for letter in shown["progress"].split(" of ")[0] if letter.isdigit()))


def hostile_files(folder):
    paths = []
    for field in "From", "Subject":
        for name, text in STRINGS.items():
            path = folder / f"{field}-{name}.eml"
            path.write_bytes(test_words.message(field, text))
            paths.append(str(path))
    return paths


def test_hostile_strings_stay_text(check, photograph, tmp_path):
    paths = hostile_files(tmp_path)
    check.make_folder("Strings", paths)
    begun(check, "Strings")
    check.check_is("done")
    shown = show_all(check)
    assert shown["total"] == len(paths) and shown["counts"]["unchecked"] == 0
    assert shown["markup"] == [] and shown["overflow"] <= 0
    assert {row["height"] for row in shown["rows"]} == {ROW}
    told = " ".join(row["from"] + row["subject"] for row in shown["rows"])
    assert "<img" in told
    assert not any(letter in told for letter in "\u202e\u2067\u200f\u061c\x01\x1b\x07\u2028")
    photograph("scan-strings", check)


def test_what_thunderbird_fails_on_is_told(check, tmp_path):
    """One word of a thousand letters as a name, and Thunderbird lists nothing from there on, unless it may be asked for a folder."""
    broken = tmp_path / "unencodable.eml"
    raw = test_words.message("From", test_words.HOSTILE["unencodable"])
    # At a second of its own: within one, nothing can be listed around it.
    broken.write_bytes(re.sub(rb"\nDate: .*", b"\nDate: Mon, 12 Jun 2023 08:00:00 +0900", raw))
    check.make_folder("Broken", [str(HOSTILE[0].path), str(broken), str(HONEST[0].path)])
    begun(check, "Broken")
    shown = check.check_is("done")
    assert [row["sentence"] for row in shown["rows"] if row["outcome"] == "unchecked"] == [TEXTS["cause_unlisted"]]
    assert "not be checked: 1" in shown["verdict"]

    allow_folders(check)
    choose_folder(check, "Broken")
    begun(check)
    shown = check.check_is("done")
    assert shown["counts"] == dict.fromkeys(ALL, 0) | {"dangerous": 1, "unchecked": 1, "none": 1}
    assert [row["sentence"] for row in shown["rows"] if row["outcome"] == "unchecked"] == [TEXTS["cause_undescribed"]]
    check.new_errors()  # Thunderbird's own, about the name.


def allow_folders(thunderbird):
    """Allow folders to be seen: the add-on starts afresh, and its page comes back."""
    thunderbird.press_in_dissection("check", "button.allow")
    thunderbird.answer_permission(True)
    thunderbird.check_knows_folders()


def choose_folder(thunderbird, name):
    sources = thunderbird.check_shown()["sources"]
    at = next(at for at, source in enumerate(sources) if source.endswith(f"› {name}"))
    thunderbird.choose_in_dissection("check", "#source", str(at))


def test_a_folder_by_its_menu(check):
    check.choose_in_menu_of_folder("Samples", TEXTS["menu_folder"])
    assert TEXTS["scan_folders_wanted"] in check.check_shown()["begin"]
    allow_folders(check)
    check.choose_in_menu_of_folder("Samples", TEXTS["menu_folder"])
    shown = check.check_is("done")
    assert shown["title"] == TEXTS["scan_title_folder"].replace("$NAME$", "Samples")
    assert sum(shown["counts"].values()) == len(SAMPLES)


def test_tag_and_junk_in_bulk(check, photograph):
    name = "Bulk"
    check.make_folder(name, [str(HOSTILE[0].path)] * 4 + [str(HONEST[0].path)])
    begun(check, name)
    check.check_is("done")
    check.press_in_dissection("check", "button.pick-dangerous")
    check.press_in_dissection("check", "button.tag")
    check.answer_permission(False)
    check.check_told(TEXTS["scan_refused"])
    check.press_in_dissection("check", "button.tag")
    check.answer_permission(True)
    shown = check.check_told(TEXTS["scan_tag_done"].replace("$COUNT$", "4"))
    assert [row["deed"] for row in shown["rows"]] == [TEXTS["scan_acted_tag"]] * 4
    assert ["mekiki" in each["tags"] for each in check.messages_in(name)] == [True] * 4 + [False]

    # Thunderbird shows folders from the add-on's next start on: it starts afresh, its page comes back and tells.
    check.press_in_dissection("check", "button.junk")
    check.answer_permission(True)
    check.arrived("Junk", 4)
    shown = check.check_told(TEXTS["scan_junk_done"].replace("$COUNT$", "4"))
    assert [row["deed"] for row in shown["rows"]] == [TEXTS["scan_acted_junk"]] * 4
    assert all(row["picked"] is None for row in shown["rows"])
    assert len(check.messages_in(name)) == 1 and {each["junk"] for each in check.messages_in("Junk")} == {"100"}
    photograph("scan-junk", check)


# --- New mail as it arrives ------------------------------------------------------------------------------------------


@pytest.fixture
def arrivals(fresh):
    """A folder for new mail, and nothing switched on."""
    fresh.withdraw_permissions()
    if not fresh.has_folder("Arrivals"):
        fresh.make_folder("Arrivals", [])
    fresh.show_folder("Samples")
    fresh.catch_notifications()
    yield fresh
    put_back(fresh)


def switch_on(thunderbird, name):
    """Switch a setting on: what it needs is asked for; the add-on starts afresh where it must, and the page comes back."""
    thunderbird.open_settings()
    thunderbird.press_in_dissection("settings", f"#{name}")
    thunderbird.answer_permission(True)
    thunderbird.present_in_dissection("settings", f"#{name}:checked")
    thunderbird.sees_folders()
    thunderbird.close_all()


def test_nothing_happens_while_it_is_off(arrivals, tmp_path):
    first, second, third = (numbered(tmp_path / f"off-{number}.eml", HOSTILE[0].path.read_bytes()) for number in range(3))
    arrivals.receive("Arrivals", [first])
    # What the add-on may do is not enough: the reader must have wanted it.
    arrivals.open_settings()
    arrivals.press_in_dissection("settings", "#own button.allow")
    arrivals.answer_permission(True)
    arrivals.settings_told(TEXTS["options_own_allowed"])
    arrivals.receive("Arrivals", [second])
    arrivals.close_all()
    # By the time that a later mail was looked at, the others would have been.
    switch_on(arrivals, "tagArrivals")
    arrivals.receive("Arrivals", [third])
    arrivals.tagged("Arrivals", "mekiki-dangerous", 1)
    assert ["mekiki" in each["tags"] for each in arrivals.messages_in("Arrivals")] == [False, False, True]
    assert arrivals.notified() == []


def test_refused_is_not_switched_on(arrivals):
    arrivals.open_settings()
    arrivals.press_in_dissection("settings", "#tagArrivals")
    arrivals.answer_permission(False)
    assert "tagArrivals" not in arrivals.settings_told(TEXTS["options_arrival_refused"])["checked"]


def test_new_mail_is_tagged_and_told(arrivals, tmp_path):
    switch_on(arrivals, "tagArrivals")
    switch_on(arrivals, "notifyArrivals")
    arrivals.make_folder("Inbox 3", [])
    arrivals.show_folder("Samples")
    paths = [numbered(tmp_path / f"{at}.eml", sample.path.read_bytes()) for at, sample in enumerate((HOSTILE[0], HONEST[0], HOSTILE[1]))]
    arrivals.receive("Inbox 3", paths[:2])
    arrivals.tagged("Inbox 3", "mekiki-dangerous", 1)
    (told,) = arrivals.notified_times(1)
    assert told["title"] == TEXTS["arrival_title"] and told["text"] == "\u201cinfo@example.jp\u201d: dangerous"
    assert "mekiki" not in arrivals.messages_in("Inbox 3")[1]["tags"]
    # The background page may have ended meanwhile: an arrival wakes it, and so does a click.
    arrivals.suspend()
    arrivals.receive("Inbox 3", paths[2:])
    arrivals.tagged("Inbox 3", "mekiki-dangerous", 2)
    arrivals.notified_times(2)
    arrivals.suspend()
    arrivals.press_notification(1)
    assert "KAGOYA" in arrivals.message_in_tab()


def numbered(path, raw: bytes) -> str:
    """Write a message to `path` under a Message-ID of its own: Thunderbird tells of none twice."""
    path.write_bytes(b"Message-ID: <%s@arrivals.example>\n" % path.stem.lower().encode() + without_id(raw))
    return str(path)


def without_id(raw: bytes) -> bytes:
    return b"\n".join(line for line in raw.split(b"\n") if not line.lower().startswith(b"message-id:"))


def test_hostile_strings_in_notifications(arrivals, tmp_path):
    switch_on(arrivals, "notifyArrivals")
    for path in hostile_files(tmp_path):
        arrivals.receive("Arrivals", [numbered(Path(path), Path(path).read_bytes())])
    told = arrivals.notified_times(1)
    for each in told:
        for line in each["text"].split("\n"):
            assert len(line) < 200
            assert not any(letter in line for letter in "\u202e\u2067\u200f\u061c\x01\x1b\x07\u2028\r")


# --- Looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "dark"), [("en-US", False), ("ja", True)], ids=["en", "ja-dark"])
def test_looks(running, request, screen, photograph, tmp_path, locale, dark):
    name = f"scan-{locale[:2]}{'-dark' if dark else ''}"
    write_mbox(tmp_path / "mbox", 540)
    texts = words(locale[:2])
    with Thunderbird(running.release, screen.variables, locale, dark) as thunderbird:
        set_up(thunderbird, request.config)
        count = thunderbird.make_folder_of("Inbox 2", tmp_path / "mbox")
        begun(thunderbird, "Inbox 2")
        shown = thunderbird.check_is("done")
        assert shown["total"] > 50 and sum(shown["counts"].values()) == count
        assert shown["title"] == texts["scan_title_list"] and shown["nameless"] == [] and shown["overflow"] <= 0
        thunderbird.press_in_dissection("check", "tr[data-outcome] .pick input")
        photograph(name, thunderbird)
        thunderbird.narrow_page("check", 420)
        shown = thunderbird.check_shown()
        assert shown["overflow"] <= 0 and len({row["height"] for row in shown["rows"]}) == 1
        thunderbird.turn_to("check", "#check")
        photograph(f"{name}-narrow", thunderbird)
        assert thunderbird.new_errors() == []
