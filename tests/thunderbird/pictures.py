"""The pictures of the documentation: every state that a reader can meet, in a real Thunderbird, written to
docs/screenshots.

usage: pictures.py XPI [NAME...]

With names, the pictures whose names contain one of them are taken and no others.
"""

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import releases
from bench_many import write_mbox
from display import Box, VirtualScreen, virtual_screen
from driver import Thunderbird
from samples import HONEST, HOSTILE, MESSAGES, TOP

PLACE = "three-pane"
PICTURES = TOP / "docs" / "screenshots"
OWN = Path(__file__).resolve().parent / "messages"

# The messages on show, in this order.
SHOWN = {
    "seed": HOSTILE[0].path,
    "honest": HONEST[0].path,
    "hostile-name": OWN / "markup-in-every-field.eml",
    "thirty-links": OWN / "thirty-links.eml",
    "twenty-hops": OWN / "twenty-hops.eml",
}

# How many messages are checked at once.
MANY = 540

# What of the screen a picture shows.
MESSAGE: Box = (580, 60, 700, 560)
POPUP: Box = (520, 50, 760, 720)
PAGE: Box = (0, 40, 1280, 860)
NARROW_PAGE: Box = (0, 40, 520, 860)


class Camera:
    """Takes pictures of one Thunderbird; what it takes ends with the name of the look."""

    def __init__(self, screen: VirtualScreen, thunderbird: Thunderbird, look: str, wanted: list[str]):
        self._screen = screen
        self._thunderbird = thunderbird
        self._look = look
        self._wanted = wanted

    def wants(self, *names: str) -> bool:
        return not self._wanted or any(wanted in f"{name}-{self._look}" for wanted in self._wanted for name in names)

    def take(self, name: str, box: Box) -> None:
        if self.wants(name):
            self._thunderbird.painted()
            print(self._screen.photograph(PICTURES / f"{name}-{self._look}.png", box).relative_to(TOP))

    def narrow(self, page: str, part: str, name: str) -> None:
        """Take a part of the page in the tab on show where it has little room."""
        self._thunderbird.narrow_page(page, 470)
        self._thunderbird.turn_to(page, part)
        self._thunderbird.after(200)
        self.take(name, NARROW_PAGE)
        self._thunderbird.narrow_page(page, 0)

    def banner(self, message: str) -> None:
        """Show a message with a banner."""
        self._thunderbird.show(PLACE, list(SHOWN).index(message))
        self._thunderbird.banner_shown(PLACE)

    @contextmanager
    def popup(self, message: str):
        """The dissection of a message in the popup."""
        self._thunderbird.show(PLACE, list(SHOWN).index(message))
        self._thunderbird.after(200)
        self._thunderbird.open_popup(PLACE)
        yield
        self._thunderbird.close_popup(PLACE)

    @contextmanager
    def page(self, message: str):
        """The dissection of a message in a tab."""
        self._thunderbird.show(PLACE, list(SHOWN).index(message))
        self._thunderbird.after(200)
        self._thunderbird.open_popup(PLACE)
        self._thunderbird.press_in_dissection(PLACE, "button.page")
        self._thunderbird.page_filled()
        yield
        self._thunderbird.close_all()


def take_banners(camera: Camera, thunderbird: Thunderbird) -> None:
    for message in ("seed", "hostile-name"):
        camera.banner(message)
        camera.take(f"banner-{message}", MESSAGE)
    camera.banner("seed")
    thunderbird.narrow(PLACE, 340)
    camera.take("banner-narrow", MESSAGE)
    thunderbird.narrow(PLACE, 0)
    thunderbird.go_offline(True)
    camera.banner("hostile-name")
    camera.banner("seed")
    camera.take("banner-offline", (0, 90, 1280, 810))
    thunderbird.go_offline(False)


def take_held_link(camera: Camera, thunderbird: Thunderbird) -> None:
    if camera.wants("banner-held-link"):
        camera.banner("seed")
        thunderbird.click(PLACE, "a[href]")
        thunderbird.link_held(PLACE)
        camera.take("banner-held-link", MESSAGE)


def take_dissections(camera: Camera, thunderbird: Thunderbird) -> None:
    for message in SHOWN:
        if camera.wants(f"popup-{message}"):
            with camera.popup(message):
                camera.take(f"popup-{message}", POPUP)
    for message, parts in {"seed": ["summary", "links", "headers"], "thirty-links": ["links"], "twenty-hops": ["way"]}.items():
        if not camera.wants(*(f"page-{message}-{part}" for part in [*parts, "narrow"])):
            continue
        with camera.page(message):
            for part in parts:
                if part != "summary":
                    thunderbird.turn_to("page", f"#{part}")
                camera.take(f"page-{message}-{part}", PAGE)
            if message == "seed":
                camera.narrow("page", "main", "page-seed-narrow")


def take_check(camera: Camera, thunderbird: Thunderbird) -> None:
    if camera.wants("scan", "scan-narrow"):
        thunderbird.show_folder("Many")
        thunderbird.open_check()
        thunderbird.begin_check()
        thunderbird.check_is("done")
        thunderbird.press_in_dissection("check", "tr[data-outcome] .pick input")
        camera.take("scan", PAGE)
        camera.narrow("check", "#check", "scan-narrow")
        thunderbird.close_all()
        thunderbird.show_folder("Mekiki")


def take_pages(camera: Camera, thunderbird: Thunderbird) -> None:
    for name, show, parts in (
        ("settings", thunderbird.open_settings, ["own", "ownDomains"]),
        ("welcome", thunderbird.open_welcome, ["button"]),
    ):
        if not camera.wants(name, f"{name}-narrow", *(f"{name}-{part}" for part in parts)):
            continue
        show()
        camera.take(name, PAGE)
        for part in parts:
            thunderbird.turn_to(name, f"#{part}")
            thunderbird.after(200)
            camera.take(f"{name}-{part}", PAGE)
        camera.narrow(name, "main", f"{name}-narrow")
        thunderbird.close_all()


def take_unchecked(camera: Camera, thunderbird: Thunderbird) -> None:
    thunderbird.suspend()
    thunderbird.wake()
    thunderbird.break_off()
    thunderbird.show(PLACE, list(SHOWN).index("honest"))
    thunderbird.button_tells(PLACE, "unchecked")
    thunderbird.open_popup(PLACE)
    camera.take("popup-unchecked", POPUP)
    thunderbird.close_popup(PLACE)


# What an administrator might set, one value of it broken.
POLICY = {
    "ownDomains": ["example.com", "example.co.jp"],
    "ownBrands": [{"names": ["Example Payroll"], "domains": ["payroll.example.net"]}],
    "holdLinks": True,
    "reportTo": ["security"],
    "presets": {"sensitivity": "cautious"},
}


def take_managed(screen: VirtualScreen, xpi: Path, wanted: list[str]) -> None:
    with Thunderbird(releases.newest(), screen.variables, managed=POLICY) as thunderbird:
        camera = Camera(screen, thunderbird, "en", wanted)
        if camera.wants("settings-managed"):
            thunderbird.install(xpi.resolve())
            thunderbird.open_settings()
            camera.take("settings-managed", PAGE)


def main(xpi: Path, wanted: list[str]) -> None:
    with virtual_screen() as screen, tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many"
        write_mbox(many, MANY)
        take_managed(screen, xpi, wanted)
        for locale, dark in (("en-US", False), ("ja", False), ("en-US", True), ("ja", True)):
            look = locale.split("-")[0] + ("-dark" if dark else "")
            with Thunderbird(releases.newest(), screen.variables, locale, dark) as thunderbird:
                thunderbird.install(xpi.resolve())
                thunderbird.make_folder_of("Many", many)
                thunderbird.make_folder("Mekiki", [str(path) for path in SHOWN.values()])
                camera = Camera(screen, thunderbird, look, wanted)
                for take in (take_banners, take_dissections, take_check, take_pages, take_unchecked, take_held_link):
                    take(camera, thunderbird)


if __name__ == "__main__":
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_file():
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
