"""A mail server of our own on loopback: Dovecot, started and stopped by the tests, with a proxy before it that throttles,
stalls and cuts. Any name is a user, any password is right; a user's mail is what `deliver` laid there.
"""

import asyncio
import getpass
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from loopback import answers, certify, free_port

START_SECONDS = 20
CHUNK = 8192

CONFIGURATION = """
base_dir = {home}/run
log_path = {home}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <{home}/server.pem
ssl_key = <{home}/server.key
disable_plaintext_auth = no
first_valid_uid = 1
{users}
mail_location = maildir:{home}/mail/%u:LAYOUT=fs
mailbox_list_index = no
mail_plugins = acl
protocol imap {{
  mail_plugins = acl imap_acl
  imap_idle_notify_interval = 30 s
}}
plugin {{
  acl = vfile
}}
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = home={home}/homes/%u {owner}
}}
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service pop3-login {{
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
"""


class MailServer:
    """Use as `with MailServer() as server`. `imap`, `imaps` (over TLS) and `pop3` are its ports, `authority` vouches for it."""

    def __enter__(self):
        self._home = Path(tempfile.mkdtemp(prefix="mekiki-dovecot-"))
        self._home.chmod(0o755)
        self.imap, self.imaps, self.pop3 = free_port(), free_port(), free_port()
        self.authority = certify(self._home)
        isRoot = os.geteuid() == 0
        self._owner = "nobody" if isRoot else getpass.getuser()
        users = "" if isRoot else f"default_internal_user = {self._owner}\ndefault_login_user = {self._owner}\n"
        for name in ("mail", "homes"):
            (self._home / name).mkdir()
            self._give(self._home / name)
        configuration = self._home / "dovecot.conf"
        group = "nogroup" if isRoot else _group()
        configuration.write_text(CONFIGURATION.format(home=self._home, imap=self.imap, imaps=self.imaps, pop3=self.pop3, users=users,
                                                      owner=f"uid={self._owner} gid={group}"))
        program = shutil.which("dovecot", path=os.environ["PATH"] + ":/usr/sbin")
        if program is None:
            raise SystemExit("Dovecot is missing: apt-get install dovecot-imapd dovecot-pop3d")
        self._process = subprocess.Popen([program, "-F", "-c", configuration], stdin=subprocess.DEVNULL)
        end = time.monotonic() + START_SECONDS
        while not (answers(self.imap) and answers(self.pop3)):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Dovecot did not start: {(self._home / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(20)
        shutil.rmtree(self._home, ignore_errors=True)

    def deliver(self, user: str, messages: list[bytes], folder: str = "") -> None:
        """Lay messages into a folder of a user, the inbox where none is named, as mail nobody has seen."""
        place = self._home / "mail" / user / folder
        for name in ("cur", "new", "tmp"):
            (place / name).mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(messages):
            path = place / "new" / f"{time.time_ns()}.{number:04}.test"
            path.write_bytes(message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        subscribed = self._home / "mail" / user / "subscriptions"
        subscribed.write_text("".join(f"{name}\n" for name in sorted({*_lines(subscribed), folder} - {""})))
        self._give(self._home / "mail" / user)

    def restrict(self, user: str, folder: str, rights: str) -> None:
        """Leave a user so many rights (RFC 4314) in a folder."""
        path = self._home / "mail" / user / folder / "dovecot-acl"
        path.write_text(f"owner {rights}\n")
        self._give(path)

    def flags(self, user: str, folder: str = "") -> list[str]:
        """The flags of the messages in a folder, by Maildir's letters: S is seen, T deleted."""
        place = self._home / "mail" / user / folder
        return sorted(path.name.partition(":2,")[2] for name in ("cur", "new") for path in (place / name).glob("*"))

    def _give(self, place: Path) -> None:
        """To whom Dovecot reads mail as."""
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                shutil.chown(path, self._owner)


class Proxy:
    """Stands before a port of the server. `rate` is in bytes a second, to the client; nothing passes while it `stalls`;
    `cut` ends what is open, `refuses` whatever comes. `carried` counts bytes to the client."""

    def __init__(self, port: int):
        self.port = free_port()
        self.rate = None
        self.delay = 0.0
        self.stalls = False
        self.refuses = False
        self.carried = 0
        self._server_port = port
        self._open = set()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listening = self._do(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_):
        self._listening.close()
        self.cut()
        self._do(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self) -> None:
        async def end():
            for writer in list(self._open):
                writer.transport.abort()

        self._do(end())

    async def _ended(self):
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _do(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(self, reader, writer):
        if self.refuses:
            writer.transport.abort()
            return
        inner, outer = await asyncio.open_connection("127.0.0.1", self._server_port)
        self._open |= {writer, outer}
        await asyncio.gather(self._carry(reader, outer, None), self._carry(inner, writer, lambda: self.rate), return_exceptions=True)
        self._open -= {writer, outer}

    async def _carry(self, reader, writer, rate):
        try:
            while chunk := await reader.read(CHUNK):
                while self.stalls:
                    await asyncio.sleep(0.05)
                if rate:
                    self.carried += len(chunk)
                    if self.delay:
                        await asyncio.sleep(self.delay)
                    if rate():
                        await asyncio.sleep(len(chunk) / rate())
                writer.write(chunk)
                await writer.drain()
        finally:
            writer.close()


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _group() -> str:
    import grp

    return grp.getgrgid(os.getegid()).gr_name
