"""The text with its findings marked: each paragraph as stretches of letters, each with the finding that it is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.spellings import Spelling


@dataclass(frozen=True)
class Stretch:
    """Letters that stand in the same findings.

    ``spelling`` is the innermost finding over them; ``begins`` says that it begins here, so that a link can lead to
    it. ``quoted`` is the index of a quotation of which they are part.
    """

    text: str
    spelling: Spelling | None = None
    begins: int | None = None
    quoted: int | None = None
    opens: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text, cut into stretches."""

    number: int
    is_heading: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class _Cover:
    start: int
    end: int
    spelling: Spelling | None = None
    quoted: int | None = None
    first: bool = True


def marked(found: Recognised, listed: Sequence[Spelling]) -> list[Paragraph]:
    """Every paragraph with what is found in it."""
    covers = sorted(_covers(found, listed), key=lambda one: (one.start, one.end))
    made, place = [], 0
    for number, (start, end) in enumerate(found.paragraphs, 1):
        while place < len(covers) and covers[place].end <= start:
            place += 1
        here = []
        for cover in covers[place:]:
            if cover.start >= end:
                break
            if cover.end > start:
                here.append(cover)
        stretches = tuple(_cut(found.text, start, end, here))
        made.append(Paragraph(number, (start, end) in found.headings, stretches))
    return made


def _covers(found: Recognised, listed: Iterable[Spelling]) -> Iterable[_Cover]:
    for spelling in listed:
        for place in spelling.places:
            yield _Cover(place.start, place.end, spelling)
    for index, quotation in enumerate(found.quotations):
        for number, (start, end) in enumerate(quotation.spans):
            yield _Cover(start, end, quoted=index, first=number == 0)


def _cut(text: str, start: int, end: int, covers: Sequence[_Cover]) -> Iterable[Stretch]:
    edges = {start, end}
    for cover in covers:
        edges |= {max(start, cover.start), min(end, cover.end)}
    marks = sorted(edges)
    for first, last in pairwise(marks):
        over = [cover for cover in covers if cover.start <= first and last <= cover.end]
        names = [cover for cover in over if cover.spelling is not None]
        said = next((cover for cover in over if cover.quoted is not None), None)
        inner = min(names, key=lambda cover: cover.end - cover.start, default=None)
        yield Stretch(
            text[first:last],
            spelling=inner.spelling if inner else None,
            begins=first if inner and inner.start == first else None,
            quoted=said.quoted if said else None,
            opens=said is not None and said.first and said.start == first,
        )
