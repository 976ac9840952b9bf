"""Messages that follow each other quickly, and the time it takes until a banner stands."""

import json

from conftest import ARTEFACTS
from samples import HONEST, HOSTILE
from timing import figures_of, waits

PLACE = "three-pane"


def test_quick_changes_never_leave_a_wrong_banner(thunderbird):
    thunderbird.show(PLACE, HONEST[0].index)
    thunderbird.watch(PLACE)
    for turn in range(60):
        thunderbird.select((HOSTILE[turn % len(HOSTILE)] if turn % 2 else HONEST[0]).index)
        # Now and then long enough for the banner to come, mostly cut off at another moment of its coming.
        thunderbird.after(turn * 7 % 60)

    thunderbird.show(PLACE, HONEST[0].index)
    thunderbird.button_tells(PLACE, "none")
    assert thunderbird.banner(PLACE) is None

    documents = {}
    for note in thunderbird.noted(PLACE):
        documents.setdefault(note["what"], []).append(note["url"])
    numbers = {url.rsplit("=", 1)[1] for url in documents["document"]}
    assert len(numbers) >= 2, "no change of message was seen"
    # The document a banner stood in is always a hostile message's, never the honest one's.
    honest = thunderbird.address_shown(PLACE)
    assert honest not in documents.get("banner", [])

    thunderbird.show(PLACE, HOSTILE[0].index)
    assert thunderbird.banner_shown(PLACE)["level"] == HOSTILE[0].level


def test_banner_stands_soon(thunderbird):
    """Milliseconds from the message's document to its banner, kept beside the pictures. bench.py measures more of them."""
    waited = waits(thunderbird, PLACE, HONEST[0].index, [HOSTILE[turn % len(HOSTILE)].index for turn in range(20)])
    figures = figures_of(waited)
    folder = ARTEFACTS / str(thunderbird.release.major)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "milliseconds-to-banner.json").write_text(json.dumps(figures, indent=1) + "\n")
    assert figures["median"] < 500
