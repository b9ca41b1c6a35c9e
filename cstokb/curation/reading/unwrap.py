"""Lines as they stand on paper become paragraphs: wrapped lines join, broken words heal, running titles go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cstokb.curation.reading.cleaning import vocabulary

_ENDS = tuple('.;:!?»”"…')
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_FIRST = re.compile(r"[^\W\d_]+")
#: Stems after which Russian joins two words with a hyphen: военно-политический, северо-западный.
_COMPOUND = re.compile(r"(?:нно|ско|ько|льно|еро|юго|вно)$")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ых|их|ыми|ими|ую|юю)$")
_FREE_PREFIXES = frozenset({"non", "vice", "self", "ex", "вице", "экс", "контр"})
_PAGE_WORDS = frozenset({"", "page", "p", "of", "стр", "страница", "с", "из", "лист", "bet", "саҳ"})
_OUTER_NUMBER = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")


@dataclass(frozen=True)
class Line:
    """A printed line: its text, where it begins and ends across, and the gap above it in lines.

    ``left`` and ``right`` are in one unit of any size. ``gap`` is 1 for a line directly below the one before.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    gap: float = 1.0


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of lines."""
    known = vocabulary(" ".join(line.text for line in lines if not line.text.endswith("-")))
    layout = _Layout.of(lines)
    held: list[Line] = []
    for line in lines:
        if held and layout.begins(held[-1], line):
            yield _join(held, known)
            held = []
        held.append(line)
    if held:
        yield _join(held, known)


@dataclass(frozen=True)
class _Layout:
    """How a text is set: its margins, and whether it marks paragraphs by gaps or indents at all."""

    left: float
    right: float
    marked: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Layout:
        lefts = Counter(round(line.left, 1) for line in lines)
        left = min((one for one, count in lefts.items() if count * 5 >= len(lines)), default=0.0)
        rights = sorted(line.right for line in lines)
        right = rights[int(len(rights) * 0.9)] if rights else 0.0
        width = max(right - left, 1.0)
        marks = sum(line.gap > 1.4 or line.left > left + 0.02 * width for line in lines[1:])
        return cls(left, right, marks >= 3 and marks * 12 >= len(lines))

    def begins(self, before: Line, line: Line) -> bool:
        """Whether a paragraph begins with a line."""
        if line.gap > 1.4:
            return True
        if _BROKEN.search(before.text):
            return False
        width = max(self.right - self.left, 1.0)
        indented = line.left > before.left + 0.02 * width
        ended = before.text.endswith(_ENDS)
        small = line.text[:1].islower()
        if small and not ended:
            return False
        if indented or self._is_short(before):
            return True
        return ended and not small and (not self.marked or self._is_short(line))

    def _is_short(self, line: Line) -> bool:
        return line.right < self.left + 0.72 * max(self.right - self.left, 1.0)


def _join(lines: Sequence[Line], known: frozenset[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = heal(text, line.text, known)
    return text


def heal(before: str, after: str, known: frozenset[str]) -> str:
    """Two lines as one: a word that was broken at the end of the first is whole again.

    The hyphen stays where it belongs to the word: before a capital or a figure, where the text has the word with its
    hyphen elsewhere, after a prefix that stands apart, and in a compound adjective of Russian.
    """
    broken, first = _BROKEN.search(before), _FIRST.match(after)
    if broken is None:
        return f"{before} {after}"
    if first is None or not _heals(broken[1].lower(), first[0], known):
        return before + after
    return before[:-1] + after


def _heals(head: str, tail: str, known: frozenset[str]) -> bool:
    if not tail[0].islower():
        return False
    if head + tail in known:
        return True
    parts_stand = head in known and tail in known and len(head) > 2
    compound = _COMPOUND.search(head) and _ADJECTIVE.search(tail)
    return not (parts_stand or compound or head in _FREE_PREFIXES)


def without_running_titles(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without what is printed on top or at the foot of each: titles that repeat, and numbers that count pages."""
    counts = Counter(
        text for number, page in enumerate(pages) for text in {*_running_in(page, number)} if text
    )
    enough = max(2, len(pages) // 3)
    return [
        _from_the_top(
            line
            for line in page
            if line not in _edges(page) or max(counts[text] for text in _ways(line.text, number)) < enough
        )
        for number, page in enumerate(pages)
    ]


def _running_in(page: Sequence[Line], number: int) -> Iterator[str]:
    return (text for line in _edges(page) for text in _ways(line.text, number))


def _ways(text: str, page: int) -> tuple[str, str]:
    """A line with its number as one that counts pages, and as it stands ("Bulletin No. 47" on every page)."""
    return _running(text, page), text if _FIRST.search(text) else ""


def _from_the_top(lines: Iterable[Line]) -> list[Line]:
    """Lines of a page of which the first stands on top: nothing tells of a gap above it."""
    held = list(lines)
    return [replace(held[0], gap=1.0), *held[1:]] if held else held


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:2], *page[-2:]] if len(page) > 4 else list(page[:1]) + list(page[-1:])


def _running(text: str, page: int) -> str:
    """What is the same on every page: the number of a page counts from the first. Empty for what cannot run."""
    number = _OUTER_NUMBER.search(text)
    if number is None:
        return text
    words = [word.lower() for word in _FIRST.findall(text)]
    if len(words) < 2 and not set(words) <= _PAGE_WORDS:
        return ""  # "Article 4" on top of the fourth page is no number of a page
    digits = number[1] or number[2]
    start, end = number.span(1 if number[1] else 2)
    return f"{text[:start]}#{int(digits) - page}{text[end:]}"
