"""Servers that only this machine can reach: their ports and their certificates."""

import socket
import subprocess
from pathlib import Path


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens on it."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def certify(folder: Path) -> str:
    """Make server.pem and server.key for localhost in a folder; gives the authority that vouches for it, as base64."""

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words, "-days", "2"], cwd=folder, check=True, capture_output=True)

    run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Test authority")
    run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial",
        "-out", "server.pem", "-extfile", "names")
    lines = (folder / "authority.pem").read_text().splitlines()
    return "".join(line for line in lines if not line.startswith("-----"))
