"""The messages shown in Thunderbird, from tests/messages, and what is to be seen of each."""

import json
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
MESSAGES = TOP / "tests" / "messages"
BADGES = {"none": "", "notice": "?", "suspicious": "!", "dangerous": "!!", "unchecked": "×"}


@dataclass(frozen=True)
class Sample:
    path: Path
    index: int  # its place in the folder of samples
    level: str

    @property
    def raises_banner(self) -> bool:
        return self.level in ("suspicious", "dangerous")

    def __str__(self) -> str:
        return self.path.stem


def _samples() -> tuple[Sample, ...]:
    seeds = [(path, "dangerous") for path in sorted((MESSAGES / "hostile").glob("seed-*.eml"))]
    honest = [(path, "none") for path in sorted((MESSAGES / "honest").glob("*.eml"))]
    if not seeds or not honest:
        raise SystemExit(f"no sample messages in {MESSAGES}")
    return tuple(Sample(path, index, level) for index, (path, level) in enumerate(seeds + honest))


# The seed mail in every encoding first, then honest mail. The folder a message lies in is the claim about it.
SAMPLES = _samples()
HOSTILE = [sample for sample in SAMPLES if sample.raises_banner]
HONEST = [sample for sample in SAMPLES if not sample.raises_banner]


def words(locale: str) -> dict[str, str]:
    """The texts of the add-on in `locale`, by key."""
    texts = json.loads((TOP / "extension" / "_locales" / locale / "messages.json").read_text(encoding="utf-8"))
    return {key: text["message"] for key, text in texts.items()}
