"""What the engine asks of a database's full text search, in terms that Python made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from cstokb.fulltext.tree import And, Near, Or, Phrase, Prefix, Term

# A tree over whole records: no places, no exclusions, each prefix with `exact`.
Terms = Term | Prefix | And | Or
# A tree over passages: each operand of NEAR in full, without prefixes.
Places = Phrase | Near


# How much a term counts by where and how often a record holds it, weightiest first; a record holds it in one
# of these ways. PostgreSQL's names for four weights serve both databases.
WEIGHTS = {"A": 10, "B": 4, "C": 3, "D": 2}
# More parts of a query than this add nothing to its order.
MOST_SCORED = 60


@dataclass(frozen=True, slots=True)
class RecordTerms:
    """The terms of one record, each with its weight: A in a title or name, else B, C or D in its passages."""

    record_id: int
    weights: dict[str, str]

    def by_weight(self) -> list[list[str]]:
        """The terms with each weight, in the order of ``WEIGHTS``."""
        found: dict[str, list[str]] = {weight: [] for weight in WEIGHTS}
        for term, own in self.weights.items():
            found[own].append(term)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Stream:
    """Terms of one passage in their order; `number` tells the streams of a record apart."""

    record_id: int
    number: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Openings of a kind and place whose ``column``, start or sound, lies from ``first`` on and before ``last``."""

    column: str
    kind: str
    place: int
    first: str
    last: str


OpeningRow = tuple[int, str, int, str, str]
#: Values of one row of a table.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """How to order found records by relevance.

    `terms` are what they hold of the query, `keys` those of titles that it equals, `named` those of names in it.
    """

    terms: Terms | None
    keys: tuple[str, ...]
    named: tuple[str, ...] = ()

    def scored(self) -> list[Term | Prefix]:
        """The terms that add up to a record's score."""
        return sorted(set(atoms(self.terms)), key=str)[:MOST_SCORED] if self.terms else []


def atoms(terms: Terms) -> Iterator[Term | Prefix]:
    """Every term of a tree."""
    if isinstance(terms, Term | Prefix):
        yield terms
    else:
        for part in terms.parts:
            yield from atoms(part)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Ready:
    """Which kept answer would do: its key, and the column of its first records, empty where no order is kept."""

    key: str
    column: str


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the found records are wanted first: so many of them by relevance, behind so many."""

    by: Ranked
    limit: int
    offset: int


#: The ids of records with their scores.
Rows = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a set of records: how many they are and all their letters as one text, or else their ids."""

    count: int = 0
    letters: str = ""
    ids: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What whoever asks knows already: which letter is what at a stamp of the index, and maybe who holds each."""

    stamp: int
    holders: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What a search is told.

    What is to be told of each set of records; the stamp of the index and, if that is not the one known, which letter is
    what, as its number, facet and value; the page, if one is wanted; whether the letters of many records were told,
    so that to know who holds them is worth while. Where the answer is kept, its counts and first records alone.
    """

    sets: Sequence[Told] = ()
    stamp: int | None = None
    letters: Sequence[tuple[int, str, str]] = ()
    hits: Sequence[tuple[int, int]] = ()
    kept: tuple[str, str] | None = None
    many: bool = False


#: Records as a subquery of their ids.
Set = QuerySet[Any] | RawSQL


class Backend(Protocol):
    """Full text of one database."""

    #: Whether it is quicker to put the ids of a question together and then to look at their records, each once.
    by_sets: bool

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the terms of records."""

    def clear(self) -> None:
        """Forget all terms."""

    def write(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write rows into a table; other columns than these are left to the database."""

    def write_new(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write those of the rows that stand there under no unique key yet."""

    def read(self, table: str, columns: Sequence[str], key: str, values: Sequence[Any]) -> list[Row]:
        """The rows of a table whose key is among some values, by an index of the key."""

    def delete(self, table: str, key: str, values: Sequence[Any]) -> None:
        """Delete the rows whose key is among some values."""

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""

    def among(self, ids: RawSQL) -> Q:
        """The condition that a record is one of these."""

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""

    def holders(self, terms: Collection[str]) -> dict[str, int]:
        """How many records hold each of the terms; those that none holds are left out."""

    def opened(self, ranges: Sequence[Range], each: int) -> list[OpeningRow]:
        """Openings as (record, kind, place, start, text): of every range the first by the alphabet."""

    def reply(self, sets: Sequence[Set], known: Known, ready: Ready | None, page: Page | None) -> Reply:
        """What is to be told of some sets of records, and a page of the first set; see ``ranked``.

        Which letter is what is not told again while the index has the stamp that is known; nor are the letters of many
        records to whom it is known who holds them. Where the answer is kept it is that, and nothing is counted.
        """

    def ranked(self, found: Set, page: Page) -> Rows:
        """One page of the found records, best first, with their score; the same on every database.

        First records of which the query is a whole title or name; then those that bear a name which stands in
        the query; then those whose titles and names hold all that is asked, the shortest first; then the others.
        Those named and the others stand by the sum of their terms' weights. Among equals the newest comes
        first, and the id decides last.
        """
