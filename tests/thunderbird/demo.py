"""Mekiki in a real Thunderbird: a throw-away profile, a folder of sample mails, the seed mail selected.

usage: demo.py XPI

On a display Thunderbird stays open until it is closed. Without one the same is done on a virtual screen, and what
would be seen is left as pictures in dist/demo/.
"""

import sys
from pathlib import Path

import releases
from display import users_display, virtual_screen
from driver import Thunderbird
from samples import HONEST, HOSTILE, SAMPLES, TOP

PLACE = "three-pane"
PICTURES = TOP / "dist" / "demo"


def set_up(thunderbird: Thunderbird, xpi: Path) -> None:
    thunderbird.install(xpi.resolve())
    thunderbird.make_folder("Mekiki", [str(sample.path) for sample in SAMPLES])
    thunderbird.show(PLACE, HOSTILE[0].index)
    thunderbird.banner_shown(PLACE)


def on_the_users_display(display: dict[str, str], xpi: Path) -> None:
    with Thunderbird(releases.newest(), display, attended=True) as thunderbird:
        set_up(thunderbird, xpi)
        print(f"Thunderbird {thunderbird.release.version} shows the seed mail; close it to end the demonstration.")
        thunderbird.leave_to_the_user()


def in_pictures(xpi: Path) -> None:
    def keep(name: str) -> None:
        thunderbird.painted()
        print(screen.photograph(PICTURES / f"{name}.png"))

    with virtual_screen() as screen, Thunderbird(releases.newest(), screen.variables) as thunderbird:
        set_up(thunderbird, xpi)
        print(f"There is no display: Thunderbird {thunderbird.release.version} in pictures instead.")
        thunderbird.button_tells(PLACE, HOSTILE[0].level)
        keep("1-banner")
        thunderbird.open_popup(PLACE)
        keep("2-dissection")
        thunderbird.close_popup(PLACE)
        thunderbird.show(PLACE, HONEST[0].index)
        thunderbird.button_tells(PLACE, HONEST[0].level)
        keep("3-honest-mail")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        raise SystemExit(__doc__)
    display = users_display()
    if display:
        on_the_users_display(display, Path(sys.argv[1]))
    else:
        in_pictures(Path(sys.argv[1]))
