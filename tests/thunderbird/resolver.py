"""A resolver of our own on loopback: Unbound, asked over HTTPS (RFC 8484), with a certificate that a test's own authority
made and a zone that a test gives it. Beside it a registry (RFC 9083), and a signer of messages. What is asked of them is
written down.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from loopback import answers, certify, free_port

START_SECONDS = 20

CONFIGURATION = """
server:
  directory: "{home}"
  chroot: ""
  username: ""
  pidfile: ""
  do-daemonize: no
  use-syslog: no
  logfile: "{home}/log"
  log-queries: yes
  interface: 127.0.0.1@{port}
  https-port: {port}
  http-endpoint: "/dns-query"
  tls-service-key: "{home}/server.key"
  tls-service-pem: "{home}/server.pem"
  module-config: "iterator"
  local-zone: "." static
{data}
"""


class Resolver:
    """Use as `with Resolver(records) as resolver`: records are names with a type and a text each. `address` is what the
    add-on is given, `authority` the certificate to be trusted, as base64."""

    def __init__(self, records: list[tuple[str, str, str]]):
        self._records = records

    def __enter__(self):
        self._home = Path(tempfile.mkdtemp(prefix="mekiki-unbound-"))
        self.port = free_port()
        self.address = f"https://localhost:{self.port}/dns-query"
        self.authority = certify(self._home)
        lines = [f"  local-data: '{name} 60 {kind} {_quoted(text) if kind == 'TXT' else text}'" for name, kind, text in self._records]
        (self._home / "unbound.conf").write_text(CONFIGURATION.format(home=self._home, port=self.port, data="\n".join(lines)))
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self) -> None:
        program = shutil.which("unbound", path=os.environ["PATH"] + ":/usr/sbin")
        if program is None:
            raise SystemExit("Unbound is missing: apt-get install unbound")
        self._process = subprocess.Popen([program, "-d", "-c", self._home / "unbound.conf"], stdin=subprocess.DEVNULL)
        end = time.monotonic() + START_SECONDS
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Unbound did not start: {self._log()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def registry(self, answers: dict[str, dict]):
        """A registry that vouches for itself by the same authority: what it answers, by domain."""
        return Registry(answers, self._home)

    def asked(self) -> list[tuple[str, str]]:
        """Names and types that were asked for, in order."""
        return re.findall(r"info: 127\.0\.0\.1 (\S+)\. (\S+) IN", self._log())

    def _log(self) -> str:
        path = self._home / "log"
        return path.read_text() if path.exists() else ""


class Registry:
    """Use as `with resolver.registry(answers) as registry`. `address` is what the add-on is given, `asked` the domains it
    was asked for."""

    def __init__(self, answers: dict[str, dict], certificates: Path):
        self._answers, self._certificates, self.asked = answers, certificates, []

    def __enter__(self):
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                domain = self.path.removeprefix("/domain/")
                registry.asked.append(domain)
                told = registry._answers.get(domain)
                self.send_response(200 if told else 404)
                self.send_header("Content-Type", "application/rdap+json")
                self.end_headers()
                self.wfile.write(json.dumps(told or {"errorCode": 404}).encode())

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificates / "server.pem", self._certificates / "server.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.address = f"https://localhost:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class Key:
    """A key to sign messages with (RFC 6376), made anew. `record` is what its domain publishes."""

    def __init__(self):
        made = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
        self._private = made
        public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=made, check=True, capture_output=True).stdout
        self.record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"

    def signed(self, message: bytes, domain: str, selector: str) -> bytes:
        """The message with a signature on top: relaxed header, simple body."""
        message = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        head, _, body = message.partition(b"\r\n\r\n")
        fields = re.split(rb"\r\n(?![ \t])", head)
        body = body.rstrip(b"\r\n") + b"\r\n"
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        names = ["from", "to", "subject", "date", "message-id"]
        signature = f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector}; h={':'.join(names)}; bh={digest}; b="
        by_name = {field.partition(b":")[0].strip().lower().decode(): field for field in fields}
        covered = b"".join(_relaxed(by_name[name]) + b"\r\n" for name in names) + _relaxed(signature.encode())
        with tempfile.NamedTemporaryFile() as key:
            key.write(self._private)
            key.flush()
            made = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key.name], input=covered, check=True, capture_output=True).stdout
        return (signature + base64.b64encode(made).decode()).encode() + b"\r\n" + head + b"\r\n\r\n" + body


def _relaxed(field: bytes) -> bytes:
    name, _, value = field.partition(b":")
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()


def _quoted(text: str) -> str:
    """A text in strings of no more than 255 bytes each."""
    return " ".join(f'"{text[start:start + 250]}"' for start in range(0, len(text), 250))
