"""The Thunderbird releases at hand: the installed one, and the others unpacked beside the build.

`python releases.py fetch` downloads from the distribution's own archive every supported release that is not
installed (and the Japanese language pack of each) and unpacks it below `target/thunderbird/`; nothing is installed.
"""

import configparser
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
CACHE = TOP / "target" / "thunderbird"
INSTALLED = Path("/usr/lib/thunderbird")
LANGUAGE_PACK = "thunderbird-l10n-ja"

# The extended-support releases the add-on is promised for.
SUPPORTED = (140, 153)


@dataclass(frozen=True)
class Release:
    """One Thunderbird that can be started, with the language packs that fit it."""

    version: str
    program: Path
    language_packs: tuple[Path, ...]

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def at_hand() -> list[Release]:
    """Every supported release found on this machine, the newest last."""
    found = {}
    for folder in (INSTALLED, *CACHE.glob("*/usr/lib/thunderbird")):
        release = _release_in(folder)
        if release is not None:
            found.setdefault(release.major, release)
    return [found[major] for major in SUPPORTED if major in found]


def newest() -> Release:
    releases = at_hand()
    if not releases:
        raise SystemExit(
            f"No Thunderbird {' or '.join(map(str, SUPPORTED))} here: apt-get install thunderbird, "
            "or python tests/thunderbird/releases.py fetch"
        )
    return releases[-1]


def fetch() -> None:
    """Download and unpack what the archive has and this machine lacks; say plainly what cannot be had."""
    offered = _offered("thunderbird")
    for major in SUPPORTED:
        release = next((each for each in at_hand() if each.major == major), None)
        version = next((each for each in offered if _major(each) == major), None)
        if release is None and version is None:
            print(f"Thunderbird {major}: not in this distribution's archive, so it is not tested here")
            continue
        if release is None:
            _unpack("thunderbird", version)
            release = next(each for each in at_hand() if each.major == major)
        if not release.language_packs:
            packs = [each for each in _offered(LANGUAGE_PACK) if _major(each) == major]
            if packs:
                _unpack(LANGUAGE_PACK, packs[0])
            else:
                print(f"Thunderbird {major}: no Japanese language pack in this distribution's archive")
    for release in at_hand():
        print(f"Thunderbird {release.version}: {release.program}")


def _release_in(folder: Path) -> Release | None:
    program, ini = folder / "thunderbird", folder / "application.ini"
    if not (program.exists() and ini.exists()):
        return None
    application = configparser.ConfigParser()
    application.read(ini)
    version = application["App"]["Version"]
    major = version.split(".")[0]
    packs = [
        *folder.glob("extensions/langpack-*.xpi"),
        *CACHE.glob(f"{major}-{LANGUAGE_PACK}/usr/lib/thunderbird/extensions/langpack-*.xpi"),
    ]
    return Release(version, program, tuple(packs))


def _offered(package: str) -> list[str]:
    """Versions of `package` in the package sources, as `apt-cache madison` lists them, newest first."""
    table = subprocess.run(["apt-cache", "madison", package], capture_output=True, text=True, check=True).stdout
    return [line.split("|")[1].strip() for line in table.splitlines() if line.endswith("Packages")]


def _major(version: str) -> int | None:
    match = re.match(r"(?:\d+:)?(\d+)\.", version)
    return int(match[1]) if match else None


def _unpack(package: str, version: str) -> None:
    major = _major(version)
    downloads = CACHE / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "-q", "download", f"{package}={version}"], cwd=downloads, check=True)
    name = f"{package}_{version.replace(':', '%3a')}_"
    archive = next(path for path in downloads.iterdir() if path.name.startswith(name))
    folder = CACHE / (str(major) if package == "thunderbird" else f"{major}-{package}")
    subprocess.run(["dpkg", "-x", archive, folder], check=True)
    archive.unlink()


if __name__ == "__main__":
    if sys.argv[1:] != ["fetch"]:
        raise SystemExit(__doc__)
    fetch()
