"""Where Thunderbird's windows go: a virtual screen of our own, or the user's display."""

import os
import subprocess
from contextlib import contextmanager
from shutil import which

SCREEN = "1280x900x24"


def user_has_a_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def users_display() -> dict[str, str]:
    """The environment variables by which a program finds the user's own display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR")
    return {name: os.environ[name] for name in names if name in os.environ}


@contextmanager
def virtual_screen():
    """Run an Xvfb for as long as the block lasts; gives the variables that lead to it."""
    program = which("Xvfb")
    if program is None:
        raise SystemExit("Xvfb is missing: apt-get install xvfb")
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb ended before it had a display")
        yield {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()
