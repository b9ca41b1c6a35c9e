"""A text as it is read: without marks that are not seen, letters whole; and its words with their place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cstokb.fulltext.folding import APOSTROPHES, DOUBLE_QUOTES, IGNORABLE
from treaty.citations.words import DASHES

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNSEEN = re.compile(f"[{IGNORABLE}\u0300-\u036f]")
_WORD = re.compile(rf"[{RAISED}]+|[0-9]+|[^\W\d_{RAISED}]+|\S")
_READ_AS = {
    **{ord(mark): "-" for mark in DASHES},
    **{ord(mark): '"' for mark in DOUBLE_QUOTES},
    **{ord(mark): "'" for mark in APOSTROPHES},
    ord("ё"): "е",
}
#: A wider gap than this parts words, whatever they are.
WIDEST_GAP = 24


class Word(NamedTuple):
    """A word, a number or a mark: its place in the plain text, and its form in lower case."""

    start: int
    end: int
    form: str


@dataclass(frozen=True)
class Plain:
    """A text as it is read. ``places`` gives where each character stands in the text as written."""

    text: str
    words: Sequence[Word]
    places: Sequence[tuple[int, int]] | None

    @classmethod
    def of(cls, written: str) -> Plain:
        """Read a text: linear in its length, whatever it holds."""
        text, places = (written, None) if not _UNSEEN.search(written) else _seen(written)
        low = _lower(text)
        # Of _READ_AS a text in plain letters can hold but one.
        low = low.replace("`", "'") if low.isascii() else low.translate(_READ_AS)
        return cls(text, [Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(low)], places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the plain text as one of the text as written."""
        if self.places is None:
            return start, end
        return self.places[start][0], self.places[end - 1][1]

    def near(self, index: int) -> bool:
        """Whether the word and the one before it belong to one paragraph."""
        if not 0 < index < len(self.words):
            return False
        end, start = self.words[index - 1].end, self.words[index].start
        return start - end <= WIDEST_GAP and self.text.count("\n", end, start) < 2

    def touches(self, index: int) -> bool:
        """Whether nothing stands between the word and the one before it."""
        return 0 < index < len(self.words) and self.words[index - 1].end == self.words[index].start

    def form(self, index: int) -> str:
        """The form of a word; empty beyond the last."""
        return self.words[index].form if 0 <= index < len(self.words) else ""

    def raw(self, index: int) -> str:
        """A word with its capitals; empty beyond the last."""
        if not 0 <= index < len(self.words):
            return ""
        word = self.words[index]
        return self.text[word.start : word.end]


def _seen(written: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without unseen marks and with accents on their letters, and where each character stood."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for at, letter in enumerate(written):
        if not unicodedata.combining(letter):
            if not _UNSEEN.match(letter):
                letters.append(letter)
                places.append((at, at + 1))
        elif letters and places[-1][1] == at:
            whole = unicodedata.normalize("NFC", letters[-1] + letter)
            letters[-1] = whole if len(whole) == 1 else letters[-1]
            places[-1] = (places[-1][0], at + 1)
    return "".join(letters), places


def _lower(text: str) -> str:
    """The text in lower case, character for character."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower()[:1] for one in text)
