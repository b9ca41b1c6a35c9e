"""Thirty questions, five of each sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cstokb.operations.benchmark.vocabulary import Vocabulary

#: Ranks of words that one document in sixty to one in a thousand holds.
RARE_RANKS = (2_500, 5_000, 8_000, 11_000, 14_000)
_FIXED = {
    "common word": ("security", "forces", "council", "treaty", "joint"),
    "two words": (
        "peacekeeping afghanistan",
        "border ministers",
        "military exercise",
        "missile kazakhstan",
        "leaders agenda",
    ),
    "phrase": (
        '"collective security"',
        '"rapid reaction"',
        '"foreign affairs"',
        '"joint staff"',
        '"afghan border"',
    ),
    "prefix": ("secur*", "terror*", "peace*", "minist*", "defen*"),
    "Russian": ("безопасности", "договор афганистан", '"иностранных дел"', "миротвор*", "глава"),
}


@dataclass(frozen=True)
class Asked:
    """One question and what sort of one it is."""

    sort: str
    text: str

    @property
    def words(self) -> list[str]:
        """Its words without signs."""
        return self.text.replace('"', "").replace("*", "").split()


def thirty(english: Vocabulary) -> Sequence[Asked]:
    """The questions, those of the rarest words first."""
    rare = [Asked("rare word", english.words[rank]) for rank in RARE_RANKS]
    return [*rare, *(Asked(sort, text) for sort, texts in _FIXED.items() for text in texts)]
