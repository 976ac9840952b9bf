"""How long it takes from a message's display to its banner."""

import statistics


def waits(thunderbird, place: str, quiet: int, loud: list[int]) -> list[float]:
    """Show each message of `loud`, the message `quiet` before each; gives the milliseconds from each one's document to
    its banner, in order."""
    thunderbird.show(place, quiet)
    thunderbird.watch(place)
    for index in loud:
        thunderbird.show(place, index)
        thunderbird.banner_shown(place)
        thunderbird.show(place, quiet)
    shown, waited = None, []
    for note in thunderbird.noted(place):
        if note["what"] == "document":
            shown = note
        else:
            assert note["url"] == shown["url"]
            waited.append(note["at"] - shown["at"])
    assert len(waited) == len(loud)
    return waited


def figures_of(waited: list[float]) -> dict[str, float]:
    """Median, 95th percentile and longest, in milliseconds."""
    return {
        "median": statistics.median(waited),
        "p95": statistics.quantiles(waited, n=20, method="inclusive")[-1],
        "longest": max(waited),
    }
