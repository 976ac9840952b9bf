"""The check of many messages: time for a message, the longest freeze of Thunderbird's windows meanwhile, and memory, in
every release at hand. The messages are those of tests/messages, over and over, each with a number of its own.

usage: bench_many.py XPI [COUNT]
"""

import sys
import tempfile
import time
from pathlib import Path

import releases
from display import virtual_screen
from driver import Thunderbird
from samples import MESSAGES

COUNT = 10_000
IDLE = 30  # seconds watched before the check begins, to compare with
BUDGET = 1_000  # milliseconds, the longest freeze


def write_mbox(path: Path, count: int) -> None:
    """Write `count` messages to `path`, in the form that Thunderbird keeps folders in."""
    sources = [source.read_bytes() for source in sorted(MESSAGES.rglob("*.eml"))]
    with path.open("wb") as mbox:
        for number in range(count):
            raw = sources[number % len(sources)].replace(b"\r\n", b"\n")
            quoted = b"\n".join(b">" + line if line.startswith(b"From ") else line for line in raw.split(b"\n"))
            mbox.write(b"From - Sun Jun 11 05:32:08 2023\nX-Number: %d\n" % number + quoted + b"\n\n")


def resident(process: int) -> float:
    """Memory of a process in use, in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def memory(thunderbird: Thunderbird) -> dict[str, float]:
    return {name: resident(process) for name, process in thunderbird.processes().items() if process}


def measure(thunderbird: Thunderbird, xpi: Path, mbox: Path) -> dict[str, float]:
    thunderbird.install(xpi.resolve())
    count = thunderbird.make_folder_of("Many", str(mbox))
    thunderbird.open_check()
    before = memory(thunderbird)
    thunderbird.watch_freezes()
    thunderbird.after(IDLE * 1_000)
    idle = thunderbird.freezes()
    thunderbird.watch_freezes()
    begun = time.monotonic()
    thunderbird.begin_check()
    while (shown := thunderbird.check_shown())["state"] != "done":
        thunderbird.after(1_000)
    spent = time.monotonic() - begun
    frozen = thunderbird.freezes()
    after = memory(thunderbird)
    print(f"  {shown['verdict']}")
    return {"count": count, "each": spent * 1_000 / count, "frozen": frozen, "idle": idle, "before": before, "after": after}


def main(xpi: Path, count: int) -> int:
    worst = 0.0
    with virtual_screen() as screen, tempfile.TemporaryDirectory() as folder:
        mbox = Path(folder) / "many"
        write_mbox(mbox, count)
        for release in releases.at_hand():
            with Thunderbird(release, screen.variables) as thunderbird:
                figures = measure(thunderbird, xpi, mbox)
            worst = max(worst, figures["frozen"])
            used = ", ".join(f"{name} {figures['before'][name]:.0f} -> {figures['after'][name]:.0f} MiB" for name in figures["after"])
            print(
                f"Thunderbird {release.version}: {figures['count']} messages, {figures['each']:.1f} ms each; "
                f"longest freeze {figures['frozen']:.0f} ms (idle: {figures['idle']:.0f} ms); {used}"
            )
    return 0 if worst <= BUDGET else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not Path(sys.argv[1]).is_file():
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else COUNT))
