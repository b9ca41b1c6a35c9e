"""Facet values as single letters, so that all the values of many records are counted as the letters of one text.

Each value of each facet has a number for ever, and the letter of that number; a record keeps the letters of its values
in one short column. Joined by the database, they are counted in one pass and no row of any other table is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from cstokb.fulltext import tables
from cstokb.fulltext.backends.answering import holding
from cstokb.fulltext.backends.base import Told
from cstokb.fulltext.documents import UNCOUNTED, Document
from cstokb.fulltext.holders import Holders, holders
from cstokb.fulltext.models import FacetLetter

Value = tuple[str, str]  # a facet and one of its values

#: Letters before this one are signs and such that tools of databases may take for something else.
_FIRST = 0x100
#: Halves of pairs, which are no letters.
_GAP, _GAP_LENGTH = 0xD800, 0x800


def letter(number: int) -> str:
    """The letter of a number."""
    code = number + _FIRST
    return chr(code if code < _GAP else code + _GAP_LENGTH)


def learn(values: Iterable[Value]) -> dict[Value, str]:
    """The letter of each value, new ones numbered. In one order, so that two writers never wait for each other."""
    wanted = sorted(set(values))
    known = _known(wanted)
    new = [FacetLetter(facet=facet, value=value) for facet, value in wanted if (facet, value) not in known]
    if new:
        FacetLetter.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
        known = _known(wanted)
    return {value: known[value] for value in wanted}


def _known(values: Iterable[Value]) -> dict[Value, str]:
    every = sorted({value for _, value in values})
    rows = tables.rows(FacetLetter, ("facet", "value", "id"), "value", every)
    return {(facet, value): letter(number) for facet, value, number in rows}


def values_of(document: Document) -> Iterable[Value]:
    """Every value of a document that is counted."""
    for facet, values in document.facets.items():
        if facet not in UNCOUNTED:
            yield from ((facet, value) for value in dict.fromkeys(values))


@dataclass(frozen=True, slots=True)
class Book:
    """What letters stand for while the index has a stamp, no stamp being 0; and who holds them, where that is known."""

    stamp: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    holders: Holders | None = None

    def at(self, stamp: int | None, letters: Iterable[tuple[int, str, str]]) -> Book:
        """This book where the index still has its stamp, else that of the letters, which is kept for the next search.

        A value that is new comes with another stamp, and so does an index that was made anew with other numbers.
        """
        if stamp == self.stamp:
            return self
        told = Book(stamp or 0, {letter(number): (facet, value) for number, facet, value in letters})
        return _open(told) if stamp else told

    def counted(self, told: Told) -> tuple[int, dict[Value, int]]:
        """How many records a set has, and how many of them each value."""
        if told.ids and self.holders:
            # In order, as they lie in memory; PostgreSQL tells them in none.
            number, held = self.holders.counted(sorted(map(int, told.ids.split(","))))
        else:
            number, held = told.count, Counter(told.letters)
        return number, {self.values[one]: times for one, times in held.items()}


_book = Book()
#: Whoever reads who holds the letters, which takes a while where there are many records.
_reading = Lock()


def _open(told: Book) -> Book:
    """Have the next search read in this book."""
    global _book  # noqa: PLW0603 - one object put in the place of another
    _book = told
    return told


def with_holders(book: Book) -> Book:
    """A book with who holds the letters, which the next search reads in too.

    It is as it was where the index has another stamp by now, and where another thread reads the same already.
    """
    if not _reading.acquire(blocking=False):
        return book
    try:
        stamp, records = holding()
        return _open(replace(book, holders=holders(records))) if stamp == book.stamp else book
    finally:
        _reading.release()


def book() -> Book:
    """What this process knows of letters."""
    return _book
