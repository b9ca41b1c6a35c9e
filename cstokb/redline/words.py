"""A text as words and the white space between them; joined in turn they are the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"\r\n?|\n")
#: From how many ends of lines on white space parts two paragraphs: a blank line does.
_BLANK_LINE = 2


def parts_paragraphs(space: str) -> bool:
    """Whether some white space holds a blank line."""
    return len(space) >= _BLANK_LINE and len(_LINE_END.findall(space)) >= _BLANK_LINE


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text without the white space that parts them; empty ones at its ends too."""
    found, end = [], 0
    for space in _SPACE.finditer(text):
        if parts_paragraphs(space[0]):
            found.append(text[end : space.start()])
            end = space.end()
    return [*found, text[end:]]


def _marks() -> str:
    """The marks of the basic plane that stand on the letter before them, as ranges of a character class.

    Without them a text in NFD would be cut inside a letter: й is и with a mark there.
    """
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)).startswith("M")]
    starts = [code for code in marks if not unicodedata.category(chr(code - 1)).startswith("M")]
    ends = [code for code in marks if not unicodedata.category(chr(code + 1)).startswith("M")]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


#: Marks, variation selectors, and signs without width that stand inside a word (soft hyphen, joiners).
_INSIDE = f"{_marks()}\u00ad\u200b-\u200d\u2060\ufeff\U000e0100-\U000e01ef"
_LETTERS = rf"[\w{_INSIDE}]+"
#: What joins two halves of one word: hyphens and apostrophes; and points and commas between figures.
_JOINED = rf"(?:['’ʼ‘\-‐‑]{_LETTERS}|(?<=\d)[.,](?=\d){_LETTERS})*"
_WORD = re.compile(rf"{_LETTERS}{_JOINED}|\S[{_INSIDE}]*")


@dataclass(frozen=True)
class Words:
    """The words and signs of a text; ``gaps[i]`` is the white space before word ``i``, the last one ends the text."""

    words: Sequence[str]
    gaps: Sequence[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """Take a text apart; a word is never cut, a sign of punctuation stands alone."""
        words, gaps, end = [], [], 0
        for found in _WORD.finditer(text):
            words.append(found[0])
            gaps.append(text[end : found.start()])
            end = found.end()
        return cls(words, [*gaps, text[end:]])

    def inner(self, start: int, end: int) -> str:
        """The words from ``start`` up to ``end`` with the white space between them."""
        return "".join(self._run(start, end))

    def _run(self, start: int, end: int) -> Iterator[str]:
        for place in range(start, end):
            if place > start:
                yield self.gaps[place]
            yield self.words[place]


def weight(words: Sequence[str]) -> int:
    """How much a reader reads in some words: their letters and figures; one for a sign of punctuation."""
    return sum(sum(map(str.isalnum, word)) or 1 for word in words)


def is_word(text: str) -> bool:
    """Whether it has a letter or a figure, and so is no mere sign of punctuation."""
    return any(map(str.isalnum, text))
