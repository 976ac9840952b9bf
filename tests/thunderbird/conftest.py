"""One Thunderbird a release for the whole run, with the add-on and the sample messages in it.

After each test the windows it opened are closed, and an error of the add-on, wherever it was written, fails it.
"""

from pathlib import Path

import pytest

import releases
from display import virtual_screen
from driver import Thunderbird
from samples import SAMPLES

ARTEFACTS = Path(__file__).resolve().parent / "artefacts"
RELEASES = releases.at_hand()


def pytest_addoption(parser):
    parser.addoption("--xpi", type=Path, required=True, help="the add-on to test, as ./build.sh packs it")
    parser.addoption("--pictures", action="store_true", help="keep the pictures of all tests, not of failed ones alone")


def pytest_report_header():
    missing = [major for major in releases.SUPPORTED if major not in [release.major for release in RELEASES]]
    lines = [f"Thunderbird {release.version}: {release.program}" for release in RELEASES]
    return lines + [f"Thunderbird {major}: NOT TESTED, it is not on this machine" for major in missing]


def pytest_configure(config):
    if not RELEASES:
        raise pytest.UsageError("no Thunderbird to test with: python tests/thunderbird/releases.py fetch")
    if not config.getoption("--xpi").is_file():
        raise pytest.UsageError(f"no such add-on: {config.getoption('--xpi')}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Each release has a process of its own: one Thunderbird stays one for the whole run."""
    for item in items:
        release = item.callspec.params.get("running") if hasattr(item, "callspec") else None
        if release:
            item.add_marker(pytest.mark.xdist_group(str(release.major)))


@pytest.fixture(scope="session")
def screen():
    with virtual_screen() as screen:
        yield screen


@pytest.fixture(scope="session", params=RELEASES, ids=lambda release: str(release.major))
def running(request, screen):
    with Thunderbird(request.param, screen.variables) as thunderbird:
        set_up(thunderbird, request.config)
        yield thunderbird


@pytest.fixture
def thunderbird(running):
    """The running Thunderbird, the folder of samples on show, no banner error pending."""
    running.show_folder("Samples")
    yield running
    running.close_all()
    assert running.new_errors() == []


@pytest.fixture
def photograph(request, screen, running):
    """Keep what is on the screen as artefacts/<release>/<name>.png, where pictures are asked for or the test fails."""

    def keep(name: str, thunderbird=running):
        thunderbird.painted()
        screen.photograph(ARTEFACTS / str(thunderbird.release.major) / f"{name}.png")

    yield keep if request.config.getoption("--pictures") else lambda *_: None
    if request.node.stash.get(FAILED, False):
        keep(f"failed-{request.node.name.replace('/', '-')}")


def set_up(thunderbird: Thunderbird, config) -> None:
    """Install the add-on and lay the samples into a folder."""
    thunderbird.install(config.getoption("--xpi").resolve())
    thunderbird.make_folder("Samples", [str(sample.path) for sample in SAMPLES])


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
