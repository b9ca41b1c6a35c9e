"""PostgreSQL: two tables of tsvector with GIN indexes. The vectors hold Python's terms and no parser is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends.base import Places, Ranked, RecordTerms, Stream, Terms
from cstokb.fulltext.tree import And, Near, Or, Phrase, Prefix, Sequence as Row, Term

CREATE = (
    "CREATE TABLE fulltext_terms (record_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    """CREATE TABLE fulltext_streams (
        record_id bigint, number integer, vector tsvector NOT NULL, PRIMARY KEY (record_id, number)
    )""",
    "CREATE INDEX fulltext_terms_vector ON fulltext_terms USING gin (vector)",
    "CREATE INDEX fulltext_streams_vector ON fulltext_streams USING gin (vector)",
    # Python made the keys and forms to be compared by code point, as SQLite does.
    'ALTER TABLE fulltext_indexedrecord ALTER COLUMN sort_en TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_indexedrecord ALTER COLUMN sort_ru TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_facetvalue ALTER COLUMN value TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_word ALTER COLUMN form TYPE text COLLATE "C"',
)
DROP = ("DROP TABLE fulltext_streams", "DROP TABLE fulltext_terms")

# How much a place in weight D, C, B (text: seldom, several times, often) and A (title or name) counts.
_WEIGHTS = "'{0.1, 0.2, 0.4, 1.0}'"

_RANKED = """
SELECT found.record_id, found.tier, found.score FROM (
    SELECT record.record_id, record.date_min, record.title_words,
           CASE WHEN record.record_id IN ({keyed}) THEN 2.0 WHEN record.record_id IN ({titled}) THEN 1.0 ELSE 0.0 END AS tier,
           {score} AS score
    FROM fulltext_indexedrecord AS record JOIN fulltext_terms AS terms USING (record_id)
    WHERE record.record_id IN ({found})
) AS found
ORDER BY tier DESC, CASE tier WHEN 1.0 THEN title_words END, CASE WHEN tier = 0.0 THEN score END DESC,
         date_min DESC NULLS LAST, record_id
LIMIT %s OFFSET %s
"""


class PostgreSQL:
    """Full text by tsvector."""

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO fulltext_terms (record_id, vector) VALUES (%s, %s::tsvector)",
                [(one.record_id, _weighted(one)) for one in records],
            )
            cursor.executemany(
                "INSERT INTO fulltext_streams (record_id, number, vector) VALUES (%s, %s, %s::tsvector)",
                [(one.record_id, one.number, _in_order(one.terms)) for one in streams],
            )

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

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""
        return RawSQL("SELECT record_id FROM fulltext_terms WHERE vector @@ %s::tsquery", [expression(terms)])

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""
        text = any_of([way for place in places for way in _placed(place)])
        return RawSQL("SELECT record_id FROM fulltext_streams WHERE vector @@ %s::tsquery", [text])

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""
        sql = """
            SELECT form FROM unnest(%s::text[]) AS form
            WHERE EXISTS (SELECT 1 FROM fulltext_terms WHERE vector @@ quote_literal(form)::tsquery)
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(forms)])
            return {row[0] for row in cursor.fetchall()}

    def ranked(self, ids: QuerySet[Any], by: Ranked, limit: int, offset: int) -> list[tuple[int, float]]:
        """One page of the ids, best first, with their score."""
        found, parameters = ids.query.sql_with_params()
        score, titled, titles, scores = "0.0", "NULL", [], []
        if by.terms is not None:
            score = f"ts_rank({_WEIGHTS}, terms.vector, %s::tsquery)"
            titled = "SELECT record_id FROM fulltext_terms WHERE vector @@ %s::tsquery"
            titles = [expression(by.terms, "A")]
            scores = [any_of(sorted(set(_atoms(by.terms))))]
        sql = _RANKED.format(
            keyed="SELECT record_id FROM fulltext_titlekey WHERE key = ANY(%s)",
            titled=titled,
            score=score,
            found=found,
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(by.keys), *titles, *scores, *parameters, limit, offset])
            return [(row[0], float(row[1]) + float(row[2])) for row in cursor.fetchall()]


def expression(terms: Terms, weight: str = "") -> str:
    """A tree of terms as tsquery text. Every term is quoted, so nothing in it can be an operator."""
    match terms:
        case Term(term):
            return f"'{term}'{weight and ':' + weight}"
        case Prefix(form):
            return f"'={form}':*{weight}"
        case And(parts):
            return "(" + " & ".join(expression(part, weight) for part in parts) + ")"  # type: ignore[arg-type]
        case Or(parts):
            return any_of([expression(part, weight) for part in parts])  # type: ignore[arg-type]


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
    for first in left:
        for second in right:
            yield from map(_chain, _overlaps(first, second))
    for first in _sides(left):
        for second in _sides(right):
            for distance in range(1, place.distance + 1):
                yield f"{first} <{distance}> {second}"
                yield f"{second} <{distance}> {first}"


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


def _atoms(terms: Terms) -> Iterator[str]:
    if isinstance(terms, And | Or):
        for part in terms.parts:
            yield from _atoms(part)  # type: ignore[arg-type]
    else:
        yield expression(terms)


def _weighted(record: RecordTerms) -> str:
    title = (f"'{term}':1A" for term in record.title)
    body = (f"'{term}':1{_weight(count)}" for term, count in record.body.items() if term not in record.title)
    return " ".join((*title, *body))


def _weight(count: int) -> str:
    return "B" if count >= 4 else "C" if count >= 2 else "D"


def _in_order(terms: Row) -> str:
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, start=1):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())
