"""What the engine asks of a database's full text search, in terms that Python made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
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

    def of(self, weight: str) -> Iterator[str]:
        """The terms with a weight."""
        return (term for term, own in self.weights.items() if own == weight)


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


class Backend(Protocol):
    """Full text of one database."""

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the terms of records."""

    def clear(self) -> None:
        """Forget all terms."""

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""

    def holders(self, terms: Collection[str]) -> dict[str, int]:
        """How many records hold each of the terms; those that none holds are left out."""

    def opened(self, ranges: Sequence[Range], each: int) -> list[OpeningRow]:
        """Openings as (record, kind, place, start, text): of every range the first by the alphabet."""

    def ranked(self, ids: QuerySet[Any], by: Ranked, limit: int, offset: int) -> list[tuple[int, int]]:
        """One page of the ids, best first, with their score; the same on every database.

        First records of which the query is a whole title or name; then those that bear a name which stands in
        the query; then those whose titles and names hold all that is asked, the shortest first; then the others.
        Those named and the others stand by the sum of their terms' weights. Among equals the newest comes
        first, and the id decides last.
        """


# Tiers of relevance: the score of a record is its tier and its terms' weights.
EQUAL, NAMED, TITLED = 3_000_000, 2_000_000, 1_000_000
TIER = f"""
CASE WHEN record_id IN ({{equal}}) THEN {EQUAL} WHEN record_id IN ({{named}}) THEN {NAMED}
     WHEN record_id IN ({{titled}}) THEN {TITLED} ELSE 0 END
"""
ORDER = f"""
tier DESC, CASE WHEN tier IN (0, {NAMED}) THEN weight ELSE 0 END DESC,
CASE WHEN tier = {TITLED} THEN title_words END, date_min DESC NULLS LAST, record_id
"""
