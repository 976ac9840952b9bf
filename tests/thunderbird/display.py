"""Where Thunderbird's windows go: a virtual screen of our own that can be photographed, or the user's display."""

import os
import struct
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from PIL import Image

SIZE = "1280x900x24"

# Left, top, width and height in pixels.
Box = tuple[int, int, int, int]


class VirtualScreen:
    """An Xvfb. `variables` lead programs to it; `photograph` keeps all that a person would see."""

    def __init__(self, number: int, memory: Path):
        self.variables = {"DISPLAY": f":{number}"}
        self._memory = memory

    def photograph(self, path: Path, box: Box | None = None) -> Path:
        """Write the screen, or the `box` of it, to `path` as PNG."""
        rows = self.pixels(box)
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.frombytes("RGB", (len(rows[0]) // 3, len(rows)), b"".join(rows))
        # Few colours are on a screen of text: a palette takes a third of the room.
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        return path

    def pixels(self, box: Box | None = None) -> list[bytes]:
        """The rows of the screen, or of the `box` of it: three bytes a pixel, red, green, blue."""
        dump = self._memory.read_bytes()
        # The header of an X window dump (XWDFile.h): 25 numbers of 32 bits, big end first.
        header = struct.unpack(">25I", dump[:100])
        start = header[0] + header[19] * 12  # header and colour map
        line = header[12]
        x, y, width, height = box or (0, 0, header[4], header[5])
        rows = []
        for row in range(y, y + height):
            pixels = dump[start + row * line + x * 4 : start + row * line + (x + width) * 4]
            colours = bytearray(width * 3)
            for channel in range(3):
                colours[channel::3] = pixels[2 - channel :: 4]
            rows.append(bytes(colours))
        return rows


def users_display() -> dict[str, str]:
    """The variables that lead programs to the user's own display; empty where there is none."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return {}
    names = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR")
    return {name: os.environ[name] for name in names if name in os.environ}


@contextmanager
def virtual_screen():
    """Run an Xvfb for as long as the block lasts."""
    program = which("Xvfb")
    if program is None:
        raise SystemExit("Xvfb is missing: apt-get install xvfb")
    with tempfile.TemporaryDirectory(prefix="mekiki-screen-") as folder:
        read, write = os.pipe()
        server = subprocess.Popen(
            [program, "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-fbdir", folder],
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
            yield VirtualScreen(int(number), Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait()
