"""Quotations: which lines stand inside one that was opened above, and so are payload and no provisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REVERSED = (
    re.compile(r"(?:(?<=^)|(?<=[\s(]))»([^«»\n]{1,90}?)«(?=[\s.,;:)]|$)"),
    re.compile(r"(?:(?<=^)|(?<=[\s(]))”([^“”\n]{1,90}?)“(?=[\s.,;:)]|$)"),
)
_PAIRS = {"«": "»", "“": "”", "„": "“”", "‘": "’", '"': '"', "'": "'"}
_SIGNS = re.compile("[«»“”„‘’\"']")
_CLOSES_LINE = re.compile("[»”“\"’'][.;,)]{0,2}$")
_FARTHEST = 400


def right_way_round(text: str) -> str:
    """Quotation marks that stand the wrong way round (»word«) are turned."""
    return _REVERSED[1].sub(r"“\1”", _REVERSED[0].sub(r"«\1»", text))


class Quotations:
    """The quotations of a text that reach over several lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._inside: set[int] = set()
        self.unclosed: list[str] = []
        self._find()

    def holds(self, index: int) -> bool:
        """Whether a line begins inside a quotation."""
        return index in self._inside

    def _find(self) -> None:
        open_ones: list[tuple[int, int, str]] = []
        for index, line in enumerate(self._lines):
            for match in _SIGNS.finditer(line):
                self._take(open_ones, index, match)
        for index, place, _sign in open_ones:
            self._find_end(index, place)

    def _take(self, open_ones: list[tuple[int, int, str]], index: int, match: re.Match[str]) -> None:
        sign, line = match[0], match.string
        before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
        top = open_ones[-1][2] if open_ones else ""
        closes = top and sign in _PAIRS[top]
        if sign in "\"'‘’":
            inside_word = before.isalpha() and after.isalpha()
            free = not before or before.isspace() or before in "([«“"
            if inside_word or (sign in "'’" and not free and not closes):
                return
            if closes and sign in "'’" and (after.isalnum() or after.isspace()):
                return  # an apostrophe: the States' duty
            closes = closes and not (free and after and not after.isspace())
        if closes:
            started, _place, _sign = open_ones.pop()
            self._inside.update(range(started + 1, index + 1))
        elif sign in _PAIRS and after and not after.isspace():
            open_ones.append((index, match.start(), sign))

    def _find_end(self, index: int, place: int) -> None:
        """A quotation whose end closed an inner one too: it reaches to the first line that ends with a mark."""
        line = self._lines[index]
        if place and line[max(0, place - 8) : place].rstrip()[-1:] not in {":", "–", "—", "-"}:
            return
        for end in range(index, min(index + _FARTHEST, len(self._lines))):
            if (end > index or place < len(line) - 40) and _CLOSES_LINE.search(self._lines[end][-4:]):
                self._inside.update(range(index + 1, end + 1))
                return
        self.unclosed.append(line[place : place + 60])
