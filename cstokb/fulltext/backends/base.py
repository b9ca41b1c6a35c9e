"""What the engine asks of a database's full text search, in terms that Python made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connection
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


#: In place of the number of a set: that a row says which letter is what, or that it is a kept answer.
LETTER, KEPT = -1, -2


@dataclass(frozen=True, slots=True)
class Joined:
    """The number and the letters of a set of records.

    Where `part` is LETTER, a letter's number, facet and value; where it is KEPT, kept counts and first records.
    """

    part: int
    number: int
    facet: str
    text: str


class Backend(Protocol):
    """Full text of one database."""

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

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""

    def holders(self, terms: Collection[str]) -> dict[str, int]:
        """How many records hold each of the terms; those that none holds are left out."""

    def opened(self, ranges: Sequence[Range], each: int) -> list[OpeningRow]:
        """Openings as (record, kind, place, start, text): of every range the first by the alphabet."""

    def joined(self, parts: Sequence[QuerySet[Any]], ready: Ready | None = None) -> list[Joined]:
        """For each set of letters how many there are and all of them as one text; and which letter is what.

        Where the answer is kept, that one row instead, and nothing is counted.
        """

    def ranked(self, ids: QuerySet[Any], by: Ranked, limit: int, offset: int) -> list[tuple[int, int]]:
        """One page of the ids, best first, with their score; the same on every database.

        First records of which the query is a whole title or name; then those that bear a name which stands in
        the query; then those whose titles and names hold all that is asked, the shortest first; then the others.
        Those named and the others stand by the sum of their terms' weights. Among equals the newest comes
        first, and the id decides last.
        """


_PART = """
SELECT {part} AS part, 0 AS number, '' AS facet, CASE WHEN {known} THEN '' ELSE (
    SELECT COUNT(*) || ' ' || COALESCE({joined}, '') FROM ({letters}) AS part{part}
) END AS text
"""
_LETTERS = f"SELECT {LETTER}, id, facet, value FROM fulltext_facetletter WHERE NOT {{known}}"  # noqa: S608 - a number of ours
_NONE = "SELECT '' AS letters WHERE 1 = 0"
_KEPT = """
WITH kept AS MATERIALIZED (
    SELECT counts, {column} AS hits FROM fulltext_kept JOIN fulltext_stamp ON number = stamp WHERE key = %s
)
"""
_AS_KEPT = f"SELECT {KEPT}, 0, counts, hits FROM kept"  # noqa: S608 - a number of ours
# Where the answer is kept nothing is counted: a part of a CASE is the one thing that neither database begins before
# it is wanted.
_IS_KEPT, _NEVER = "EXISTS (SELECT 1 FROM kept)", "1 = 0"


def joined(parts: Sequence[QuerySet[Any]], function: str, ready: Ready | None) -> list[Joined]:
    """`Backend.joined` by a function of the database that joins texts."""
    known = _IS_KEPT if ready else _NEVER
    statements, parameters = list[str](), list[Any]()
    for part, letters in enumerate(parts):
        try:
            sql, own = letters.query.sql_with_params()
        except EmptyResultSet:
            sql, own = _NONE, ()
        statements.append(_PART.format(part=part, joined=function, letters=sql, known=known))
        parameters += own
    first = _KEPT.format(column=ready.column or "''") if ready else ""
    statements += [_LETTERS.format(known=known), *([_AS_KEPT] if ready else [])]
    with connection.cursor() as cursor:
        cursor.execute(first + " UNION ALL ".join(statements), [*([ready.key] if ready else []), *parameters])
        return [Joined(*row) if row[0] < 0 else _as_joined(row[0], row[3]) for row in cursor.fetchall()]


def _as_joined(part: int, text: str) -> Joined:
    number, _, letters = text.partition(" ")
    return Joined(part, int(number or 0), "", letters)


# Tiers of relevance: the score of a record is its tier and its terms' weights.
EQUAL, NAMED, TITLED = 3_000_000, 2_000_000, 1_000_000
# Whole titles, names and headings decide where they fill the page: only where they do not are the other records, many
# more, weighed; and of these only those are looked at whose weight may bring them on the page. The order is the same
# either way: each of the first stands above every other, and among the others the weight is what counts first.
RANKED = f"""
WITH found AS MATERIALIZED ({{found}}), high AS (
    SELECT record_id, {EQUAL} AS tier FROM ({{equal}}) AS equal UNION ALL
    SELECT record_id, {NAMED} FROM ({{named}}) AS named UNION ALL
    SELECT record_id, {TITLED} FROM ({{titled}}) AS titled
), best AS MATERIALIZED (
    SELECT record_id, MAX(tier) AS tier FROM high WHERE record_id IN (SELECT record_id FROM found) GROUP BY record_id
), others AS MATERIALIZED (
    SELECT record_id FROM found
    WHERE (SELECT COUNT(*) FROM best) < %s AND record_id NOT IN (SELECT record_id FROM best)
), needy AS MATERIALIZED (
    SELECT record_id FROM others UNION ALL SELECT record_id FROM best WHERE tier = {NAMED}
), weighed AS MATERIALIZED ({{weighed}}), weights AS MATERIALIZED (
    SELECT record_id, COALESCE(weight, 0) AS weight FROM others LEFT JOIN weighed ON id = record_id
), least AS MATERIALIZED (
    SELECT weight FROM weights ORDER BY weight DESC LIMIT 1 OFFSET %s
), pool AS MATERIALIZED (
    SELECT record_id, tier, COALESCE(weight, 0) AS weight FROM best LEFT JOIN weighed ON id = record_id UNION ALL
    SELECT record_id, 0, weight FROM weights WHERE weight >= COALESCE((SELECT weight FROM least), 0)
)
SELECT pool.record_id, tier + weight FROM pool
JOIN fulltext_indexedrecord AS record ON record.record_id = pool.record_id
ORDER BY
    tier DESC, weight DESC, CASE WHEN tier = {TITLED} THEN title_words END, date_min DESC NULLS LAST, pool.record_id
LIMIT %s OFFSET %s
"""  # noqa: S608 - numbers of ours are all that is put in here
