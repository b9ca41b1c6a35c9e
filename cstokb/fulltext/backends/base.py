"""What the engine asks of a database's full text search, in terms that Python made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cstokb.fulltext.tree import And, Near, Or, Phrase, Prefix, Term

# A tree over whole records: no places, no exclusions, each prefix with `exact`.
Terms = Term | Prefix | And | Or
# A tree over passages: each operand of NEAR in full, without prefixes.
Places = Phrase | Near


@dataclass(frozen=True, slots=True)
class RecordTerms:
    """The terms of one record with how often they occur, titles and names apart."""

    record_id: int
    title: dict[str, int]
    body: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stream:
    """Terms of one passage in their order; `number` tells the streams of a record apart."""

    record_id: int
    number: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """How to order found records by relevance."""

    terms: Terms | None
    keys: tuple[str, ...]


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

    def ranked(self, ids: QuerySet[Any], by: Ranked, limit: int, offset: int) -> list[tuple[int, float]]:
        """One page of the ids, best first, with their score.

        First records of which the query is a whole title or name, the newest first; then those whose titles
        and names hold all that is asked, the shortest first; then by how often and how early terms occur, the
        newest first. The id decides last.
        """
