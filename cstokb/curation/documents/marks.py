"""Quotation marks: which open and which close, in the habits of every language and typewriter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cstokb.curation.documents.model import Span

_SIGNS = re.compile("«|»|<<|>>|[“”„‟\"＂‹›]|[‘’‚‛']")
_SINGLE = frozenset("‘’‚‛'")
_STRAIGHT = frozenset('"＂')
#: Which signs end what a sign began; a double one that finds none of these ends any double one.
_CLOSERS = {
    "«": "»",
    "<<": ">>",
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "‹": "›",
    '"': '"',
    "＂": "＂",
    "‘": "’'",
    "‚": "‘’",
    "‛": "’",
    "'": "'’",
}
_OPEN_BEFORE = frozenset("([{—–-/=:") | frozenset(_CLOSERS)
_STOPS = frozenset(",.!?…;")
_AFTER = frozenset(")]}.,;:!?…—–-") | frozenset("»”›>")
#: What follows a mark that closes an outer and an inner quotation at once.
_BOTH_END = re.compile(r"[.,!?…]*\s*$|[,.!?…]{0,3}\s*[—–-]+\s+[^\W\d_A-ZА-ЯЁ]|,\s+[^\W\d_A-ZА-ЯЁ]")
_WORD = re.compile(r"\w[\w'’-]*")
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between two quotation marks, or between one and the end of its paragraph.

    ``start`` and ``end`` are those of the words; ``opened`` and ``ended`` are those with their marks.
    """

    start: int
    end: int
    opened: int
    ended: int
    closed: bool = True


@dataclass(slots=True)
class Line:
    """A paragraph with what is quoted in it, outermost only, and the first closing mark that nothing opened."""

    start: int
    end: int
    marked: list[Marked] = field(default_factory=list)
    closer: Span | None = None


@dataclass(slots=True)
class _Open:
    sign: str
    at: int
    start: int


def lines_of(text: str, paragraphs: Sequence[Span]) -> list[Line]:
    """The paragraphs of a text with what stands in quotation marks in each."""
    turned = _turned(text)
    return [_Scan(text, start, end, turned).line() for start, end in paragraphs]


def _turned(text: str) -> bool:
    """Whether a text writes »so«."""
    return len(re.findall(r"(?:^|\s)»\w", text)) > len(re.findall(r"«\s?\w", text))


class _Scan:
    """Goes through one paragraph once."""

    def __init__(self, text: str, start: int, end: int, turned: bool) -> None:
        self._text, self._start, self._end, self._turned = text, start, end, turned
        self._stack: list[_Open] = []
        self._standing: Counter[str] = Counter()
        self._pairs: list[Marked] = []
        self._closer: Span | None = None

    def line(self) -> Line:
        for match in _SIGNS.finditer(self._text, self._start, self._end):
            self._take(match)
        self._leave()
        outer = list(_outermost(self._pairs))
        return Line(self._start, self._end, outer, self._closer)

    def _take(self, match: re.Match[str]) -> None:
        sign = match[0]
        if self._turned and sign in "«»":
            sign = "«" if sign == "»" else "»"
        before = self._text[match.start() - 1] if match.start() > self._start else ""
        after = self._text[match.end()] if match.end() < self._end else ""
        act = (
            self._single(match, sign, before, after) if sign in _SINGLE else self._double(sign, before, after)
        )
        if act == "open":
            self._stack.append(_Open(sign, match.start(), match.end()))
            self._standing[sign] += 1
        elif act == "close":
            self._close(sign, match.start(), match.end())

    def _double(self, sign: str, before: str, after: str) -> str:
        if sign in {"«", "<<", "„", "‟", "‹"}:
            return "open"
        if sign in {"»", ">>", "›"}:
            return "close"
        free = not before or before.isspace() or before in _OPEN_BEFORE
        ends = not after or after.isspace() or after in _AFTER
        standing = self._stands_double()
        if sign == "”":
            return "open" if free and not ends and not self._closes_something(sign) else "close"
        if free and not ends:
            return "open"
        if not free and ends:
            return "open" if sign == "“" and not standing else "close"
        if not free and before in _STOPS:
            return "close" if standing else "open"
        return "close" if standing else "open"

    def _single(self, match: re.Match[str], sign: str, before: str, after: str) -> str:
        if before.isalnum() and after.isalnum():
            return ""  # an apostrophe
        free = not before or before.isspace() or before in _OPEN_BEFORE
        if free:
            opens = sign in "‘‚‛'" and after and not after.isspace() and not after.isdigit()
            return "open" if opens and after not in _AFTER else ""
        if not self._closes_something(sign):
            return ""
        plural = (
            before in "sS" and after.isspace() and self._text[match.end() + 1 : match.end() + 2].islower()
        )
        return "" if plural else "close"  # "the States’ duty"

    def _stands_double(self) -> bool:
        return any(count and sign not in _SINGLE for sign, count in self._standing.items())

    def _closes_something(self, sign: str) -> bool:
        return any(count and sign in _CLOSERS[opener] for opener, count in self._standing.items())

    def _close(self, sign: str, at: int, ended: int) -> None:
        if self._closes_something(sign):
            while sign not in _CLOSERS[(opener := self._pop()).sign]:
                pass
        elif sign not in _SINGLE and self._stands_double():
            while (opener := self._pop()).sign in _SINGLE:
                pass
        else:
            self._note_closer(sign, at, ended)
            return
        self._pairs.append(Marked(opener.start, at, opener.at, ended))

    def _pop(self) -> _Open:
        opener = self._stack.pop()
        self._standing[opener.sign] -= 1
        return opener

    def _note_closer(self, sign: str, at: int, ended: int) -> None:
        sound = sign not in _STRAIGHT or self._text[at - 1 : at] in {".", "!", "?", "…", ","}
        if self._closer is None and sound and not self._pairs and not self._stack and sign not in _SINGLE:
            self._closer = (at, ended)

    def _leave(self) -> None:
        """What is open at the end of the paragraph ends with it; a lonely apostrophe was no quotation mark."""
        for opener in self._stack:
            if opener.sign not in _SINGLE or self._is_long(opener):
                self._pairs.append(self._both_ended(opener) or self._unclosed(opener))
                return

    def _is_long(self, opener: _Open) -> bool:
        """Whether a single mark that nothing closes still began a quotation: a typographic one, at the beginning."""
        if opener.sign != "‘" or self._text[self._start : opener.at].strip():
            return False
        words = islice(_WORD.finditer(self._text, opener.start, self._end), _FEWEST)
        return sum(1 for _word in words) == _FEWEST

    def _both_ended(self, opener: _Open) -> Marked | None:
        """«A «B»: one mark that closes both; it stands with the words, for the inner quotation to be whole."""
        last = self._pairs[-1] if self._pairs else None
        if last is None or last.opened < opener.at or self._text[last.opened] != self._text[opener.at]:
            return None
        if not _BOTH_END.match(self._text[last.ended : min(self._end, last.ended + 12)]):
            return None
        return Marked(opener.start, last.ended, opener.at, last.ended)

    def _unclosed(self, opener: _Open) -> Marked:
        return Marked(opener.start, self._end, opener.at, self._end, closed=False)


def _outermost(pairs: list[Marked]) -> Iterator[Marked]:
    reached = -1
    for pair in sorted(pairs, key=lambda one: (one.opened, -one.ended)):
        if pair.opened >= reached:
            reached = pair.ended
            yield pair
