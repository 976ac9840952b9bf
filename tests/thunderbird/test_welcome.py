"""The page that opens once, when the add-on is installed (the harness waits for it there)."""

import pytest

from conftest import set_up
from driver import Thunderbird
from samples import words


@pytest.mark.parametrize(("locale", "dark"), [("en-US", False), ("ja", False), ("en-US", True)], ids=["en", "ja", "dark"])
def test_its_example_is_judged(running, request, screen, photograph, locale, dark):
    texts = words(locale.split("-")[0])
    with Thunderbird(running.release, screen.variables, locale, dark) as thunderbird:
        set_up(thunderbird, request.config)
        shown = thunderbird.open_welcome()
        assert (shown["title"], shown["sentence"]) == (texts["welcome_title"], texts["level_dangerous"])
        assert shown["evidence"] == 3 and "link.lookalike-domain" in shown["signs"]
        assert shown["links"] == [] and shown["overflow"] <= 0
        name = "welcome-dark" if dark else f"welcome-{shown['language']}"
        photograph(name, thunderbird)
        thunderbird.narrow_page("welcome", 320)
        assert thunderbird.welcome_shown()["overflow"] <= 0
        photograph(f"{name}-narrow", thunderbird)
        thunderbird.narrow_page("welcome", 0)
        thunderbird.press_in_dissection("welcome", "button.settings")
        assert thunderbird.settings_shown()["title"] == texts["options_title"]
        assert thunderbird.new_errors() == []
