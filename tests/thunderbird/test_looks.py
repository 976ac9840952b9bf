"""The banner and the popup in Japanese, and in the dark."""

import pytest

from conftest import set_up
from driver import Thunderbird
from samples import HOSTILE, words

PLACE = "three-pane"


@pytest.mark.parametrize(("locale", "dark"), [("ja", False), ("en-US", True)], ids=["ja", "dark"])
def test_other_looks(running, request, screen, photograph, locale, dark):
    name = "dark" if dark else locale
    texts = words(locale.split("-")[0])
    with Thunderbird(running.release, screen.variables, locale, dark) as thunderbird:
        set_up(thunderbird, request.config)
        thunderbird.show(PLACE, HOSTILE[0].index)
        banner = thunderbird.banner_shown(PLACE)
        assert banner["hit"]["covered"] == []
        assert banner["buttons"]["details"] == texts["banner_details"]
        assert thunderbird.button_tells(PLACE, "dangerous")["title"].endswith(texts["level_dangerous"])
        assert thunderbird.is_dark() == dark
        photograph(f"{name}-banner", thunderbird)
        popup = thunderbird.open_popup(PLACE)
        assert popup["state"] == "report"
        assert popup["overflow"] <= 0
        photograph(f"{name}-popup", thunderbird)
        thunderbird.close_popup(PLACE)
        assert thunderbird.new_errors() == []
