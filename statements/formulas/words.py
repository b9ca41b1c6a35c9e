"""How alike two passages are: folded words, shingles of them, and the few shingles by which others are found.

Pure. A shingle is three words in a row. Two passages are alike by the share of their shingles that both hold, so that
common words alone make nothing alike. The thresholds are told in docs/travelling-formulas.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import blake2b

from cstokb.fulltext.folding import fold
from statements.choices import KinKind

#: Words in a shingle.
SHINGLE = 3
#: Of so many shingles in a row one at least is kept to find others by: a run of eight words in two texts is found.
WINDOW = 6
#: The share of shingles in both from which one passage is a version of the other.
ALIKE = 0.4
#: So many shingles must be in both, which is a run of five words: what is shorter is alike by chance.
FEWEST = 3
#: So many words in a row in two passages that are no versions of each other are words of the one in the other.
QUOTED = 12
#: Words of a passage that are looked at.
MOST_WORDS = 2_000

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Words:
    """A passage as it is compared: its words, folded; how it is punctuated makes no difference."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text."""
        return cls(tuple(_WORD.findall(fold(text))[:MOST_WORDS]))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every three words in a row; all the words of a text that has fewer."""
        return frozenset(self._in_order())

    def _in_order(self) -> Iterator[tuple[str, ...]]:
        for start in range(max(len(self.words) - SHINGLE + 1, min(len(self.words), 1))):
            yield self.words[start : start + SHINGLE]

    def digest(self, language: str) -> str:
        """The same for all passages of a language that have the same words in the same order."""
        return blake2b("\x1f".join((language, *self.words)).encode(), digest_size=16).hexdigest()

    def fingerprints(self, language: str) -> frozenset[int]:
        """The shingles by which others are found, as numbers: of each window the smallest (winnowing).

        Which ones are kept depends on nothing but the words near them, so that two texts keep the same ones of what
        both hold. The language is part of the number: texts in two languages have none in common.
        """
        numbers = [_number(language, shingle) for shingle in self._in_order()]
        last = max(len(numbers) - WINDOW, 0)
        return frozenset(min(numbers[start : start + WINDOW]) for start in range(last + 1) if numbers)


def _number(language: str, shingle: Iterable[str]) -> int:
    digest = blake2b("\x1f".join((language, *shingle)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1  # a database's largest whole number has 63 bits


def likeness(one: Words, other: Words) -> float:
    """The share of shingles that are in both, from 0 to 1; 1 for the same words."""
    if one.words == other.words:
        return 1.0
    common = len(one.shingles & other.shingles)
    return 2 * common / (len(one.shingles) + len(other.shingles)) if common >= FEWEST else 0.0


@dataclass(frozen=True)
class Kinship:
    """How two passages with different words are related, and how much of them both hold."""

    kin: KinKind
    share: float


def kinship(one: Words, other: Words) -> Kinship | None:
    """Whether one is a version of the other, or a long run of words of the one stands in the other."""
    share = likeness(one, other)
    if share >= ALIKE:
        return Kinship(KinKind.ALTERED, share)
    run = longest_run(one.words, other.words) if _may_share_run(one, other) else 0
    return Kinship(KinKind.QUOTED, share) if run >= QUOTED else None


def _may_share_run(one: Words, other: Words) -> bool:
    return len(one.shingles & other.shingles) > QUOTED - SHINGLE


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The most words in a row that are in both."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.find_longest_match(0, len(one), 0, len(other)).size
