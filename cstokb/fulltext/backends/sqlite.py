"""SQLite: two FTS5 tables. Python has made the terms, so the tokenizer only cuts at blanks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends.answering import NEEDS_WEIGHT, Asked, Ways, ranked, reply
from cstokb.fulltext.backends.base import (
    WEIGHTS,
    Known,
    OpeningRow,
    Page,
    Places,
    Range,
    Ranked,
    Ready,
    RecordTerms,
    Reply,
    Row,
    Rows,
    Set,
    Stream,
    Terms,
)
from cstokb.fulltext.tree import And, Phrase, Prefix, Term

# A stream's rowid is its record's id and, in the lower bits, its number.
STREAM_BITS = 20
COLUMNS = dict(zip(WEIGHTS, ("heading", "often", "several", "seldom"), strict=True))

_BEARING = "SELECT record_id FROM fulltext_titlekey WHERE key IN (SELECT value FROM json_each(%s))"
_NOTHING = "SELECT record_id FROM fulltext_titlekey WHERE 1 = 0"
_MATCHING = "SELECT rowid AS record_id FROM fulltext_terms WHERE fulltext_terms MATCH %s"
# A subquery that nothing of its row stands in is read once, and only when a record wants to know.
_HELD = "record_id IN (SELECT rowid FROM fulltext_terms WHERE fulltext_terms MATCH %s)"
#: How records hold most terms most often, so that most are asked for one or two weights only.
_COMMONEST_FIRST = ("C", "B", "D", "A")

_WAYS = Ways(join="group_concat", ids="{ids}", among="IN ({ids})")
_AMONG = "{key} IN (SELECT value FROM json_each(%s))"

_OPENED = """
SELECT * FROM (
    SELECT record_id, kind, place, start, text FROM fulltext_opening
    WHERE kind = %s AND place = %s AND {column} >= %s AND {column} < %s ORDER BY {column}, record_id LIMIT %s
)
"""


class SQLite:
    """Full text by FTS5."""

    by_sets = False

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO fulltext_terms(rowid, heading, often, several, seldom) VALUES (%s, %s, %s, %s, %s)",
                [(one.record_id, *map(" ".join, one.by_weight())) for one in records],
            )
            cursor.executemany(
                "INSERT INTO fulltext_streams(rowid, terms) VALUES (%s, %s)",
                [((one.record_id << STREAM_BITS) + one.number, " ".join(one.terms)) for one in streams],
            )

    def remove(self, ids: Sequence[int]) -> None:
        """Forget the terms of records."""
        spans = [(one << STREAM_BITS, ((one + 1) << STREAM_BITS) - 1) for one in ids]
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM fulltext_terms WHERE rowid = %s", [(one,) for one in ids])
            cursor.executemany("DELETE FROM fulltext_streams WHERE rowid BETWEEN %s AND %s", spans)

    def clear(self) -> None:
        """Forget all terms."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fulltext_terms")
            cursor.execute("DELETE FROM fulltext_streams")

    def write(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write rows into a table; other columns than these are left to the database."""
        _insert("INSERT", table, columns, rows)

    def write_new(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write those of the rows that stand there under no unique key yet."""
        _insert("INSERT OR IGNORE", table, columns, rows)

    def read(self, table: str, columns: Sequence[str], key: str, values: Sequence[Any]) -> list[Row]:
        """The rows of a table whose key is among some values, by an index of the key."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {_AMONG.format(key=key)}"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [_json(values)])
            return list(cursor.fetchall())

    def delete(self, table: str, key: str, values: Sequence[Any]) -> None:
        """Delete the rows whose key is among some values."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {_AMONG.format(key=key)}", [_json(values)])  # noqa: S608 - ours

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""
        return RawSQL(_MATCHING, [expression(terms)])  # noqa: S611 - terms are parameters

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""
        sql = "SELECT rowid >> %s AS record_id FROM fulltext_streams WHERE fulltext_streams MATCH %s"
        parameters = [STREAM_BITS, " OR ".join(map(_placed, places))]
        return RawSQL(sql, parameters)  # noqa: S611 - terms are parameters

    def among(self, ids: RawSQL) -> Q:
        """The condition that a record is one of these."""
        return Q(record_id__in=ids)

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term FROM fulltext_forms WHERE term IN (SELECT value FROM json_each(%s))",
                [_json(forms)],
            )
            return {row[0] for row in cursor.fetchall()}

    def holders(self, terms: Collection[str]) -> dict[str, int]:
        """How many records hold each of the terms; those that none holds are left out."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term, doc FROM fulltext_forms WHERE term IN (SELECT value FROM json_each(%s))",
                [_json(terms)],
            )
            return dict(cursor.fetchall())

    def opened(self, ranges: Sequence[Range], each: int) -> list[OpeningRow]:
        """Openings as (record, kind, place, start, text): of every range the first by the alphabet."""
        parts = [_OPENED.format(column=one.column) for one in ranges]
        parameters = [value for one in ranges for value in (one.kind, one.place, one.first, one.last, each)]
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
    heading = [f"{{heading}} : {expression(by.terms)}"] if by.terms else []
    titled = _MATCHING if heading else _NOTHING
    high = [_json(by.keys), _json(by.named), *heading]
    return Asked(page, _BEARING, _BEARING, titled, high, *_weighed(by))


def _insert(verb: str, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"{verb} INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _weighed(by: Ranked) -> tuple[str, list[str]]:
    """A subquery that adds up the weights of terms, and its parameters."""
    asked = by.scored()
    parts = [_AS_CASE if isinstance(term, Term) else _AS_SUM for term in asked]
    weight = f"CASE WHEN {NEEDS_WEIGHT} THEN {' + '.join(parts) or '0'} ELSE 0 END"
    sql = f"SELECT record_id, tier, {weight} AS weight FROM needy"  # noqa: S608 - no word of a reader
    return sql, [f"{COLUMNS[weight]} : {expression(term)}" for term in asked for weight in _COMMONEST_FIRST]


# A record holds a term with one weight, but words with one beginning with several.
_AS_CASE = (
    f"CASE {' '.join(f'WHEN {_HELD} THEN {WEIGHTS[weight]}' for weight in _COMMONEST_FIRST)} ELSE 0 END"
)
_AS_SUM = " + ".join(f"{WEIGHTS[weight]} * ({_HELD})" for weight in _COMMONEST_FIRST)


def expression(terms: Terms) -> str:
    """A tree of terms in the language of FTS5. Every term is quoted, so nothing in it can be an operator."""
    match terms:
        case Term(term):
            return f'"{term}"'
        case Prefix(form):
            return f'"={form}" *'
        case And(parts):
            return "(" + " AND ".join(expression(part) for part in parts) + ")"  # type: ignore[arg-type]
        case _:
            return "(" + " OR ".join(expression(part) for part in terms.parts) + ")"  # type: ignore[arg-type]


def _placed(place: Places) -> str:
    if isinstance(place, Phrase):
        return f'"{" ".join(place.terms)}"'
    pairs = ((left, right) for left in place.left for right in place.right)
    # FTS5 counts the words between the two, so neighbours are 0 apart.
    return " OR ".join(
        f'NEAR("{" ".join(left)}" "{" ".join(right)}", {place.distance - 1})'  # type: ignore[arg-type]
        for left, right in pairs
    )


def _json(values: Iterable[str] | Iterable[int]) -> str:
    return json.dumps(list(values))
