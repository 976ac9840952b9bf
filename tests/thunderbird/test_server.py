"""Mail on a real server, over slow lines and broken ones: the banner comes as soon as Thunderbird has the source, and what
is not known yet is never said to be known."""

import time

import pytest

from driver import Failed, Thunderbird
from samples import HONEST, words
from server import MailServer, Proxy
from tricks import PLAIN

PLACE = "three-pane"
TEXTS = words("en")
HONEST_SUBJECT = "Invitation: Monthly meeting"
SLOW = 150_000  # bytes a second
QUICK = 60
MEGABYTES = 4.1  # on the line: a file of 3 MB


def with_attachment(megabytes: float, number: int = 0) -> bytes:
    """The seed mail, dangerous by its text, with an attachment behind it."""
    header, _, body = PLAIN.message().replace(b"-4a39-a6f6-", b"-%04d-a6f6-" % number).partition(b"\n\n")
    kept = [line for line in header.split(b"\n") if not line.lower().startswith(b"content-")]
    line = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n"
    file = (b"--apart\nContent-Type: application/octet-stream; name=a.bin\nContent-Disposition: attachment; filename=a.bin\n"
            b"Content-Transfer-Encoding: base64\n\n" + line * int(megabytes * 1e6 / len(line)))
    text = b"--apart\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body
    return b"\n".join([*kept, b'Content-Type: multipart/mixed; boundary="apart"', b"", text, file, b"--apart--", b""])


@pytest.fixture(scope="module")
def server():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def connected(running, request, screen):
    """A Thunderbird of its own: accounts are for good."""
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(request.config.getoption("--xpi").resolve())
        thunderbird.make_folder("Elsewhere", [])
        yield thunderbird


@pytest.fixture
def account(connected, server, request):
    """Gives the mail that is there, by what it makes, and an account with it behind a proxy."""
    number = connected.release.major
    user = f"{request.node.name.split('[')[0].removeprefix('test_')[:20]}-{number}-{time.monotonic_ns() % 100_000}".replace("_", "-")
    with Proxy(server.imap) as proxy:

        def account(messages, folder="", **options):
            server.deliver(user, messages, folder)
            connected.make_account("imap", user, proxy.port, options)
            connected.show_folder_of(user, folder or "Inbox", len(messages))
            return proxy, user

        yield account
        left(connected, user)


def left(connected, user: str) -> None:
    """Its server goes away: Thunderbird would complain."""
    connected.close_all()
    connected.show_folder("Elsewhere")
    connected.remove_account(user)
    assert connected.new_errors() == []


def patiently(look, seconds: float):
    """Waits longer than the harness itself does."""
    end = time.monotonic() + seconds
    while True:
        try:
            return look()
        except Failed:
            if time.monotonic() > end:
                raise


@pytest.mark.parametrize("place", ["three-pane", "tab", "window"])
def test_slow_download_does_not_lose_the_banner(connected, account, photograph, place):
    proxy, _ = account([HONEST[0].path.read_bytes(), with_attachment(MEGABYTES)])
    connected.show(PLACE, 0)
    connected.button_tells(PLACE, "none")
    proxy.rate = SLOW
    begun = time.monotonic()
    connected.open(place, 1)
    patiently(lambda: connected.banner_shown(place), 40)
    stood = time.monotonic() - begun
    print(f"{place}: banner after {stood:.1f} s, {proxy.carried / 1e6:.1f} MB carried")
    photograph(f"server-slow-{place}", connected)
    connected.button_tells(place, "dangerous")


def test_mail_over_tls(connected, server):
    user = f"tls-{connected.release.major}"
    server.deliver(user, [with_attachment(0.01)])
    connected.trust_authority(server.authority)
    connected.make_account("imap", user, server.imaps, {"socketType": 3})
    connected.show_folder_of(user, "Inbox", 1)
    connected.show(PLACE, 0)
    assert connected.banner_shown(PLACE)["level"] == "dangerous"
    left(connected, user)


def test_message_that_does_not_come_is_told_as_such(connected, account, photograph):
    """Neither the button nor the popup shows what was found of the mail before, and the popup is never empty."""
    proxy, _ = account([with_attachment(0.01), with_attachment(0.02, 1), HONEST[0].path.read_bytes()])
    connected.show(PLACE, 0)
    connected.button_tells(PLACE, "dangerous")
    connected.banner_shown(PLACE)
    proxy.stalls = True
    connected.open(PLACE, 1)
    assert TEXTS["fetching"] in connected.button_tells(PLACE, "fetching")["title"]
    assert connected.button(PLACE)["badge"] == ""
    popup = connected.open_waiting_popup(PLACE)
    assert popup["verdict"] == TEXTS["fetching"] and TEXTS["fetching_note"] in popup["text"]
    photograph("server-stalled-popup", connected)
    assert not connected.is_loaded(PLACE)
    proxy.stalls = False
    popup = patiently(lambda: connected.popup_filled(PLACE), 20)
    assert (popup["state"], popup["level"]) == ("report", "dangerous")
    connected.close_popup(PLACE)
    connected.banner_shown(PLACE)
    connected.button_tells(PLACE, "dangerous")


def test_where_no_mail_arrives_it_is_silent(connected, account, server, photograph):
    """By the message's own marks: Thunderbird tells add-ons of folders only where they may know them."""
    _, user = account([with_attachment(0.01)])
    connected.show(PLACE, 0)
    assert connected.banner_shown(PLACE)["level"] == "dangerous"
    server.deliver(user, [unsent(with_attachment(0.01, 1))], "Drafts")
    server.deliver(user, [unsent(with_attachment(0.01, 2))], "Sent")
    for folder in ("Drafts", "Sent"):
        connected.show_folder_of(user, folder, 1)
        connected.show(PLACE, 0)
        assert TEXTS["not_received"] in connected.button_tells(PLACE, "none")["title"]
        assert connected.banner(PLACE) is None
        popup = connected.open_popup(PLACE)
        assert popup["verdict"] == TEXTS["not_received"]
        photograph(f"server-{folder}", connected)
        connected.close_popup(PLACE)


def test_partial_message_of_pop3(connected, server, photograph):
    """What was not downloaded was not checked; once the rest is here it is."""
    user = f"partial-{connected.release.major}"
    server.deliver(user, [with_attachment(0.01)])
    with Proxy(server.pop3) as proxy:
        connected.make_account("pop3", user, proxy.port, {"headers_only": True, "leave_on_server": True})
        connected.show_folder_of(user, "Inbox", 1)
        connected.show(PLACE, 0)
        assert TEXTS["cause_incomplete"] in connected.button_tells(PLACE, "unchecked")["title"]
        assert connected.banner(PLACE) is None
        photograph("server-partial", connected)
        connected.click(PLACE, "a[href]")
        assert connected.banner_shown(PLACE)["level"] == "dangerous"
        connected.button_tells(PLACE, "dangerous")
        left(connected, user)


def test_folder_that_may_only_be_read(connected, account, server, photograph):
    """What was done is told by what is seen afterwards: the server copies, and takes nothing away."""
    _, user = account([with_attachment(0.01)])
    server.deliver(user, [with_attachment(0.01, 1)], "Shared")
    server.restrict(user, "Shared", "lr")
    connected.show_folder_of(user, "Shared", 1)
    connected.show(PLACE, 0)
    connected.banner_shown(PLACE)
    for act in ("trash", "junk"):
        connected.open_popup(PLACE)
        connected.press_in_dissection(PLACE, f"#act .{act}")
        # Allowed to see the folders, the add-on starts afresh: the first popup is gone by then.
        connected.answer_permission(True)
        connected.after(3000)
        if act == "junk":
            connected.status_told(PLACE, TEXTS["junk_copied"])
            photograph("server-copied", connected)
        connected.close_all()
        connected.show_folder_of(user, "Shared", 1)
        connected.show(PLACE, 0)
    assert [len(server.flags(user, folder)) for folder in ("Shared", "Trash", "Junk")] == [1, 1, 1]
    connected.withdraw_permissions()


def test_quick_succession_over_a_slow_line(connected, account):
    """No banner on another mail, none missing at the end, each fetched once and none marked as read but those shown."""
    messages = [with_attachment(0.005, number) if number % 2 else HONEST[0].path.read_bytes() for number in range(QUICK)]
    proxy, user = account(messages)
    proxy.delay = 0.1
    connected.watch(PLACE)
    for index in range(QUICK):
        connected.select(index)
        connected.after(index * 37 % 250)
    connected.show(PLACE, QUICK - 2)
    patiently(lambda: connected.button_tells(PLACE, "none"), 20)
    assert connected.banner(PLACE) is None
    connected.show(PLACE, QUICK - 1)
    patiently(lambda: connected.banner_shown(PLACE), 20)
    connected.button_tells(PLACE, "dangerous")
    honest = connected.numbers_of(HONEST_SUBJECT)
    banners = [note["url"] for note in connected.noted(PLACE) if note["what"] == "banner"]
    assert banners and not [url for url in banners if url.rsplit("%3E", 1)[1].split("?")[0] in honest]


def test_folder_check_outlasts_its_server(connected, account, photograph):
    """Cut off in the middle it says so and rests; nothing found is lost, and what did not come is asked for once more."""
    count = 24
    proxy, user = account([with_attachment(0.1, number) for number in range(count)])
    proxy.rate = SLOW
    connected.select(0)
    connected.open_check()
    connected.begin_check()
    patiently(lambda: connected.check_found("dangerous", 2), 30)
    proxy.refuses = True
    proxy.cut()
    shown = connected.check_is("paused")
    found = shown["counts"]["dangerous"]
    assert TEXTS["scan_server_silent"] in shown["verdict"] and "resume" in shown["buttons"] and 2 <= found < count
    photograph("server-check-paused", connected)
    proxy.rate, proxy.refuses = None, False
    connected.press_in_dissection("check", "button.resume")
    shown = connected.check_is("done")
    assert shown["counts"] == dict.fromkeys(shown["counts"], 0) | {"dangerous": count}
    connected.new_errors()  # Thunderbird's own, about the line.


def unsent(message: bytes) -> bytes:
    """A message as Thunderbird keeps it before it was sent: nobody received it."""
    header, _, body = message.partition(b"\n\n")
    kept, drop = [], False
    for line in header.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            drop = not line.lower().startswith((b"from:", b"to:", b"subject:", b"date:", b"mime-", b"content-", b"message-id:"))
        if not drop:
            kept.append(line)
    return b"X-Mozilla-Draft-Info: internal/draft; vcard=0\n" + b"\n".join(kept) + b"\n\n" + body
