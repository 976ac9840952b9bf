"""A real Thunderbird under our control: its own profile, the add-on installed, messages in a local folder.

What happens inside Thunderbird is written in harness.sys.mjs; every function exported there is a method here.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from marionette_driver.errors import JavascriptException
from marionette_driver.marionette import Marionette

from releases import Release

HERE = Path(__file__).resolve().parent
START_SECONDS = 90

# Nothing asks, nothing is fetched, nothing opens by itself.
PREFERENCES = {
    "app.donation.eoy.version.viewed": 999,
    "app.update.disabledForTesting": True,
    "browser.cache.disk.enable": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultClient": False,
    "datareporting.healthreport.uploadEnabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.autoDisableScopes": 0,
    "extensions.getAddons.cache.enabled": False,
    "extensions.langpacks.signatures.required": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "mail.instrumentation.askUser": False,
    "mail.openMessageBehavior.version": 1,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.server.default.check_new_mail": False,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.tabs.loadInBackground": False,
    "mail.winsearch.firstRunDone": True,
    "mailnews.default_sort_order": 1,  # ascending
    "mailnews.default_sort_type": 21,  # in the order of arrival
    "mailnews.default_view_flags": 0,  # no threads
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "marionette.port": 0,
    "messenger.account_hub.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "xpinstall.signatures.required": False,
}

# Where nobody sits in front: no animation stands in a picture, and a popup stays though no window has the focus.
UNATTENDED = {
    "toolkit.cosmeticAnimations.enabled": False,
    "ui.popup.disable_autohide": True,
    "ui.prefersReducedMotion": 1,
}


class Failed(Exception):
    """Something inside Thunderbird did not come to pass."""


class Thunderbird:
    """Start with `with Thunderbird(...) as thunderbird`, or `start()` and `stop()`."""

    def __init__(self, release: Release, display: dict[str, str], locale: str = "en-US", dark: bool = False,
                 attended: bool = False, managed: dict | None = None):
        self.release = release
        self._display = display
        self._locale = locale
        self._dark = dark
        self._attended = attended
        self._managed = managed  # what an administrator set for the add-on
        self._session = None
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="mekiki-thunderbird-"))
        profile = self._home / "profile"
        self._write_profile(profile)
        if self._managed is not None:
            self._write_managed_storage()
        self._log = (self._home / "log").open("wb")
        self.process = subprocess.Popen(
            [self.release.program, "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._session = Marionette("127.0.0.1", port=self._port(profile))
            self._session.start_session()
            self._session.timeout.script = START_SECONDS
            self._session.set_context("chrome")
            self._load_harness()
            self.ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def leave_to_the_user(self) -> None:
        """Let go of the controls and wait until the user closes Thunderbird."""
        self._session.delete_session()
        self.process.wait()

    def __getattr__(self, name: str):
        """Call the function `name` of harness.sys.mjs (written there in camelCase)."""
        if name.startswith("_"):
            raise AttributeError(name)
        head, *rest = name.split("_")
        function = head + "".join(word.capitalize() for word in rest)

        def call(*given):
            plain = [str(each) if isinstance(each, Path) else each for each in given]
            try:
                return self._run(
                    "const [name, ...given] = arguments;"
                    "return ChromeUtils.importESModule('resource://mekiki-tests/harness.sys.mjs')[name](...given);",
                    function,
                    *plain,
                )
            except JavascriptException as error:
                raise Failed(f"{name}{given}: {error}") from None

        return call

    def click(self, place: str, selector: str, button: int = 0, in_banner: bool = False) -> None:
        """Click, as a person's mouse does, on what `selector` names in the mail or in the banner at `place`."""
        x, y = (self.spot_in_banner if in_banner else self.spot)(place, selector)
        mouse = self._session.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
        mouse.pointer_move(x, y).pointer_down(button).pointer_up(button).perform()

    def press_key(self, *keys: str) -> None:
        """Press keys one after the other, as a person's keyboard does; the names stand in marionette_driver.keys."""
        keyboard = self._session.actions.sequence("key", "keyboard")
        for key in keys:
            keyboard.key_down(key).key_up(key)
        keyboard.perform()

    def _run(self, script: str, *given):
        return self._session.execute_script(script, script_args=given, sandbox="system")

    def _load_harness(self) -> None:
        self._run(
            "Services.io.getProtocolHandler('resource').QueryInterface(Ci.nsIResProtocolHandler)"
            ".setSubstitution('mekiki-tests', Services.io.newURI(arguments[0]));",
            HERE.as_uri() + "/",
        )

    def _write_profile(self, profile: Path) -> None:
        (profile / "extensions").mkdir(parents=True)
        preferences = PREFERENCES | ({} if self._attended else UNATTENDED)
        if self._locale != "en-US":
            wanted = f"langpack-{self._locale}@thunderbird.mozilla.org.xpi"
            packs = [pack for pack in self.release.language_packs if pack.name == wanted]
            if not packs:
                raise Failed(f"no {wanted} for Thunderbird {self.release.version}")
            shutil.copy(packs[0], profile / "extensions" / wanted)
            preferences["intl.locale.requested"] = self._locale
        if self._dark:
            preferences["ui.systemUsesDarkTheme"] = 1
            preferences["extensions.activeThemeID"] = "thunderbird-compact-dark@mozilla.org"
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
        (profile / "user.js").write_text("".join(lines))

    def _write_managed_storage(self) -> None:
        name = "mekiki@mekiki.example"
        folder = self._home / ".mozilla" / "managed-storage"
        folder.mkdir(parents=True)
        manifest = {"name": name, "description": "what the organisation set", "type": "storage", "data": self._managed}
        (folder / f"{name}.json").write_text(json.dumps(manifest))

    def _environment(self) -> dict[str, str]:
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        if "WAYLAND_DISPLAY" not in self._display:
            environment |= {"GDK_BACKEND": "x11", "MOZ_ENABLE_WAYLAND": "0"}
        own = {"HOME": str(self._home), "MOZ_CRASHREPORTER_DISABLE": "1", "NO_AT_BRIDGE": "1"}
        return environment | own | self._display

    def _port(self, profile: Path) -> int:
        """The port Marionette chose, written by Thunderbird into its profile once it listens."""
        told = profile / "MarionetteActivePort"
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if told.exists() and told.read_text().strip():
                return int(told.read_text())
            if self.process.poll() is not None:
                raise Failed(f"Thunderbird {self.release.version} ended: {(self._home / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        raise Failed(f"Thunderbird {self.release.version} did not start in {START_SECONDS} seconds")
