"""PostgreSQL: two tables of tsvector with GIN indexes. The vectors hold Python's terms and no parser is asked.

A record's terms stand in a second vector once more, each behind the letter of its weight, so that the index alone knows
the weight: PostgreSQL's own weights stand in the vectors, which would have to be read for each record (ADR 21).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q
from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends.answering import NEEDS_WEIGHT, Asked, Ways, ranked, reply
from cstokb.fulltext.backends.base import (
    WEIGHTS,
    Known,
    OpeningRow,
    Page,
    Places,
    Range,
    Ready,
    RecordTerms,
    Reply,
    Rows,
    Set,
    Stream,
    Terms,
)
from cstokb.fulltext.backends.base import Row as Written
from cstokb.fulltext.tree import And, Phrase, Prefix, Term
from cstokb.fulltext.tree import Sequence as Row

# Of an array the planner believes that it holds few, and looks each up by index; of a query he believes what he likes.
_WAYS = Ways(join="string_agg", ids="SELECT unnest(ARRAY({ids}))", among="= ANY(ARRAY({ids}))")
_BEARING = "SELECT record_id FROM fulltext_titlekey WHERE key = ANY(%s)"
_NOTHING = "SELECT record_id FROM fulltext_titlekey WHERE 1 = 0"
# These functions are made in a migration, which says what they are for.
_HOLDING = "SELECT fulltext_holding FROM fulltext_holding(%s::tsquery)"
_HEADING = "SELECT fulltext_heading AS record_id FROM fulltext_heading(%s::tsquery)"
_PLACING = "SELECT fulltext_placing FROM fulltext_placing(%s::tsquery)"
_NEAR = "SELECT fulltext_placing FROM fulltext_placing(%s::tsquery, %s::tsquery)"
_WEIGHED = f"""
SELECT record_id, tier, CASE WHEN {NEEDS_WEIGHT} THEN COALESCE(own.weight, 0) ELSE 0 END AS weight
FROM needy LEFT JOIN (
    SELECT id, weight FROM fulltext_weighing(%s::text[]::tsquery[], %s::integer[])
    WHERE EXISTS (SELECT 1 FROM needy WHERE {NEEDS_WEIGHT})
) AS own ON id = record_id
"""  # noqa: S608 - a condition of ours

#: From so many records on, what GIN has put off is put in at once, and not left to be read by every search.
_MANY = 20
_PUT_IN = """
SELECT gin_clean_pending_list(indexrelid) FROM pg_index
JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
WHERE indrelid IN ('fulltext_terms'::regclass, 'fulltext_streams'::regclass) AND amname = 'gin'
"""

# One plan for every range: dozens joined by UNION take longer to plan than to read.
_OPENED = """
SELECT found.* FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[]) AS asked (kind, place, first, last)
CROSS JOIN LATERAL (
    SELECT record_id, kind, place, start, text FROM fulltext_opening AS own
    WHERE own.kind = asked.kind AND own.place = asked.place
      AND own.{column} >= asked.first COLLATE "C" AND own.{column} < asked.last COLLATE "C"
    ORDER BY own.{column}, record_id LIMIT %s
) AS found
"""


class _Among(Func):
    """Whether an id is among those of a subquery, which is asked once and then looked up in the index of the ids.

    Of IN (...) the planner makes a join in the way that he believes in, and of several of them under OR a look at every
    record.
    """

    template, arg_joiner = "%(expressions)s)", " = ANY(ARRAY"
    output_field = BooleanField()


class PostgreSQL:
    """Full text by tsvector."""

    by_sets = True

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""
        rows = [(one.record_id, *_vectors(one)) for one in records]
        parts = [(one.record_id, one.number, _in_order(one.terms)) for one in streams]
        self.write("fulltext_terms", ("record_id", "vector", "lettered"), rows)
        self.write("fulltext_streams", ("record_id", "number", "vector"), parts)
        if len(rows) >= _MANY:
            with connection.cursor() as cursor:
                cursor.execute(_PUT_IN)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the terms of records."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fulltext_terms WHERE record_id = ANY(%s)", [list(ids)])
            cursor.execute("DELETE FROM fulltext_streams WHERE record_id = ANY(%s)", [list(ids)])

    def clear(self) -> None:
        """Forget all terms."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fulltext_terms")
            cursor.execute("DELETE FROM fulltext_streams")

    def write(self, table: str, columns: Sequence[str], rows: Sequence[Written]) -> None:
        """Write rows into a table; other columns than these are left to the database."""
        sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        # Django hands COPY on as it is, with the errors of the driver.
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    def write_new(self, table: str, columns: Sequence[str], rows: Sequence[Written]) -> None:
        """Write those of the rows that stand there under no unique key yet."""
        marks = ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def read(self, table: str, columns: Sequence[str], key: str, values: Sequence[Any]) -> list[Written]:
        """The rows of a table whose key is among some values, by an index of the key."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ANY(%s)"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(values)])
            return list(cursor.fetchall())

    def delete(self, table: str, key: str, values: Sequence[Any]) -> None:
        """Delete the rows whose key is among some values."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [list(values)])  # noqa: S608 - ours

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""
        return RawSQL(_HOLDING, [expression(terms)])  # noqa: S611 - terms are parameters

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""
        text = any_of([way for place in places for way in _placed(place)])
        if all(isinstance(place, Phrase) for place in places):
            return RawSQL(_PLACING, [text])  # noqa: S611 - terms are parameters
        parameters = [any_of([_present(place) for place in places]), text]
        return RawSQL(_NEAR, parameters)  # noqa: S611 - terms are parameters

    def among(self, ids: RawSQL) -> Q:
        """The condition that a record is one of these."""
        return Q(_Among(F("record_id"), ids))

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""
        sql = """
            SELECT form FROM unnest(%s::text[], %s::text[]::tsquery[]) AS each (form, asked)
            WHERE EXISTS (SELECT 1 FROM fulltext_holding(asked))
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(forms), list(map(_quoted, forms))])
            return {row[0] for row in cursor.fetchall()}

    def holders(self, terms: Collection[str]) -> dict[str, int]:
        """How many records hold each of the terms; those that none holds are left out."""
        sql = """
            SELECT term, (SELECT count(*) FROM fulltext_holding(asked))
            FROM unnest(%s::text[], %s::text[]::tsquery[]) AS each (term, asked)
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(terms), list(map(_quoted, terms))])
            return {term: count for term, count in cursor.fetchall() if count}

    def opened(self, ranges: Sequence[Range], each: int) -> list[OpeningRow]:
        """Openings as (record, kind, place, start, text): of every range the first by the alphabet."""
        parts, parameters = [], list[Any]()
        for column in dict.fromkeys(one.column for one in ranges):
            own = [one for one in ranges if one.column == column]
            parts.append(_OPENED.format(column=column))
            parameters += [[one.kind for one in own], [one.place for one in own]]
            parameters += [[one.first for one in own], [one.last for one in own], each]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return list(cursor.fetchall())

    def reply(self, sets: Sequence[Set], known: Known, ready: Ready | None, page: Page | None) -> Reply:
        """What is to be told of some sets of records, and a page of the first; see Backend."""
        return reply(_WAYS, sets, known, ready, _asked(page) if page else None)

    def ranked(self, found: Set, page: Page) -> Rows:
        """One page of the found records, best first, with their score; see Backend."""
        return ranked(_WAYS, found, _asked(page))


def _asked(page: Page) -> Asked:
    """How what is found is put in order."""
    by = page.by
    heading = [expression(by.terms, "A")] if by.terms else []
    titled = _HEADING if heading else _NOTHING
    asked = {(term, weight): number for term in by.scored() for weight, number in WEIGHTS.items()}
    weights = [[expression(*one) for one in asked], list(asked.values())]
    return Asked(
        page, _BEARING, _BEARING, titled, [list(by.keys), list(by.named), *heading], _WEIGHED, weights
    )


def expression(terms: Terms, weight: str = "") -> str:
    """A tree of terms as tsquery text, for the lettered vector where it names a weight.

    Every term is quoted, so nothing in it can be an operator.
    """
    match terms:
        case Term(term):
            return _quoted(weight + term)
        case Prefix(form):
            return f"{_quoted(f'{weight}={form}')}:*"
        case And(parts):
            return "(" + " & ".join(expression(part, weight) for part in parts) + ")"  # type: ignore[arg-type]
        case _:
            return any_of([expression(part, weight) for part in terms.parts])  # type: ignore[arg-type]


def _quoted(term: str) -> str:
    return f"'{term}'"


def any_of(ways: Sequence[str]) -> str:
    """The ways joined by OR in pairs of pairs: a long row would nest as deep as it is long."""
    if len(ways) <= 2:
        return "(" + " | ".join(ways) + ")"
    middle = ceil(len(ways) / 2)
    return f"({any_of(ways[:middle])} | {any_of(ways[middle:])})"


def _placed(place: Places) -> Iterator[str]:
    if isinstance(place, Phrase):
        yield _chain(place.terms)
        return
    left, right = _rows(place.left), _rows(place.right)
    pairs = [(one, other) for one in left for other in right]
    yield from (_chain(row) for pair in pairs for row in _overlaps(*pair))
    for one in _sides(left):
        for other in _sides(right):
            for distance in range(1, place.distance + 1):
                yield f"{one} <{distance}> {other}"
                yield f"{other} <{distance}> {one}"


def _present(place: Places) -> str:
    """What a row holds that fits the place, wherever it holds it."""
    sides = ([place.terms],) if isinstance(place, Phrase) else (_rows(place.left), _rows(place.right))
    # The side with fewer ways first: a row without any of them is done with at once.
    return " & ".join(any_of([_all_of(row) for row in side]) for side in sorted(sides, key=len))


def _all_of(terms: Row) -> str:
    return " & ".join(f"'{term}'" for term in terms)


def _rows(operand: Sequence[Row | Prefix]) -> list[Row]:
    return [way for way in operand if isinstance(way, tuple)]


def _chain(terms: Row) -> str:
    return " <-> ".join(f"'{term}'" for term in terms)


def _sides(rows: Sequence[Row]) -> list[str]:
    """One text for all single terms together, one for each longer row; none with brackets around a row,
    since a distance is counted from the last term read."""
    single = [f"'{row[0]}'" for row in rows if len(row) == 1]
    longer = [_chain(row) for row in rows if len(row) > 1]
    return ([any_of(single)] if single else []) + longer


def _overlaps(first: Row, second: Row) -> Iterator[Row]:
    """The rows in which both stand with a term or more in common, which FTS5 takes for near."""
    for one, other in ((first, second), (second, first)):
        for offset in range(len(one)):
            shared = min(len(one) - offset, len(other))
            if one[offset : offset + shared] == other[:shared]:
                yield one + other[shared:]


def _vectors(record: RecordTerms) -> tuple[str, str]:
    """A record's terms, and the same behind the letters of their weights; no term begins with a capital."""
    terms = " ".join(map(_quoted, record.weights))
    return terms, " ".join(_quoted(weight + term) for term, weight in record.weights.items())


def _in_order(terms: Row) -> str:
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, start=1):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())
