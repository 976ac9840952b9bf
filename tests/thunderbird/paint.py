"""What a person would see of a painted box: its ground, its ink, and how far apart they are."""

from collections import Counter

Colour = tuple[int, int, int]

# What text of ordinary size needs at least (WCAG 2.2, 1.4.3, level AA), and what tells a control or an edge (1.4.11).
READABLE = 4.5
TELLABLE = 3.0


def colour(written: str) -> Colour:
    """A colour written `#rrggbb`."""
    return tuple(bytes.fromhex(written.removeprefix("#")))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance), from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(of: Colour) -> float:
    linear = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in of]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Paint:
    """The pixels of a box."""

    def __init__(self, rows: list[bytes]):
        self.rows = rows
        self._colours = Counter(
            tuple(row[at : at + 3]) for row in rows for at in range(0, len(row), 3)
        )

    def ground(self) -> Colour:
        """The colour of most of the box."""
        return self._colours.most_common(1)[0][0]

    def share_of(self, ground: Colour) -> float:
        """How much of the box has exactly this colour."""
        return self._colours[ground] / self._colours.total()

    def ink_on(self, ground: Colour) -> float:
        """How much of the box can be read as ink on this ground."""
        return sum(count for each, count in self._colours.items() if contrast(each, ground) >= READABLE) / self._colours.total()

    def differs_from(self, other: "Paint") -> float:
        """How much of the box is painted otherwise than the other; all of it where they differ in size."""
        if [len(row) for row in self.rows] != [len(row) for row in other.rows]:
            return 1.0
        different = sum(
            one[at : at + 3] != two[at : at + 3]
            for one, two in zip(self.rows, other.rows)
            if one != two
            for at in range(0, len(one), 3)
        )
        return different / self._colours.total()
