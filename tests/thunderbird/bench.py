"""The time from a message's display to its banner, in every release at hand, over 200 messages none of which was judged
before. Fails where the median is over the budget.

usage: bench.py XPI
"""

import sys
import tempfile
from pathlib import Path

import releases
from display import virtual_screen
from driver import Thunderbird
from samples import HONEST
from timing import figures_of, waits
from tricks import PLAIN

PLACE = "three-pane"
MESSAGES = 200
BUDGET = 60  # milliseconds, median


def measure(thunderbird: Thunderbird, xpi: Path, folder: Path) -> dict[str, float]:
    thunderbird.install(xpi.resolve())
    paths = [HONEST[0].path]
    for number in range(MESSAGES):
        path = folder / f"{number}.eml"
        path.write_bytes(PLAIN.message().replace(b"-4a39-a6f6-", b"-%04d-a6f6-" % number))
        paths.append(path)
    thunderbird.make_folder("Bench", [str(path) for path in paths])
    # The program's own start is no part of it.
    waits(thunderbird, PLACE, 0, [1])
    return figures_of(waits(thunderbird, PLACE, 0, list(range(1, MESSAGES + 1))))


def main(xpi: Path) -> int:
    worst = 0.0
    with virtual_screen() as screen, tempfile.TemporaryDirectory() as folder:
        for release in releases.at_hand():
            with Thunderbird(release, screen.variables) as thunderbird:
                figures = measure(thunderbird, xpi, Path(folder))
            worst = max(worst, figures["median"])
            told = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in figures.items())
            print(f"Thunderbird {release.version}: {MESSAGES} messages, display to banner: {told}")
    return 0 if worst <= BUDGET else 1


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1])))
