"""SQLite: two FTS5 tables. Python has made the terms, so the tokenizer only cuts at blanks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends.base import Places, Ranked, RecordTerms, Stream, Terms
from cstokb.fulltext.tree import And, Near, Or, Phrase, Prefix, Term

# A stream's rowid is its record's id and, in the lower bits, its number.
STREAM_BITS = 20
MOST_TIMES = 8  # more often in one record says no more

CREATE = (
    """CREATE VIRTUAL TABLE fulltext_terms USING fts5(title, body, tokenize = "ascii tokenchars '='")""",
    """CREATE VIRTUAL TABLE fulltext_streams USING fts5(terms, tokenize = "ascii tokenchars '='")""",
    """CREATE VIRTUAL TABLE fulltext_forms USING fts5vocab(fulltext_terms, 'row')""",
)
DROP = ("DROP TABLE fulltext_forms", "DROP TABLE fulltext_streams", "DROP TABLE fulltext_terms")

_RANKED = """
SELECT record.record_id,
       CASE WHEN record.record_id IN ({keyed}) THEN 2.0 WHEN record.record_id IN ({titled}) THEN 1.0 ELSE 0.0 END AS tier,
       COALESCE(scored.score, 0.0) AS score
FROM fulltext_indexedrecord AS record LEFT JOIN ({scored}) AS scored ON scored.id = record.record_id
WHERE record.record_id IN ({found})
ORDER BY tier DESC, CASE tier WHEN 1.0 THEN record.title_words END, CASE WHEN tier = 0.0 THEN score END DESC,
         record.date_min DESC NULLS LAST, record.record_id
LIMIT %s OFFSET %s
"""


class SQLite:
    """Full text by FTS5."""

    def add(self, records: Iterable[RecordTerms], streams: Iterable[Stream]) -> None:
        """Write the terms of records that have none yet."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO fulltext_terms(rowid, title, body) VALUES (%s, %s, %s)",
                [(one.record_id, _repeated(one.title), _repeated(one.body)) for one in records],
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

    def having(self, terms: Terms) -> RawSQL:
        """A subquery of the ids of records with these terms."""
        return RawSQL("SELECT rowid FROM fulltext_terms WHERE fulltext_terms MATCH %s", [expression(terms)])

    def placed(self, places: Sequence[Places]) -> RawSQL:
        """A subquery of the ids of records with any of these in one passage."""
        return RawSQL(
            f"SELECT rowid >> {STREAM_BITS} FROM fulltext_streams WHERE fulltext_streams MATCH %s",  # noqa: S608
            [" OR ".join(map(_placed, places))],
        )

    def alive(self, forms: Collection[str]) -> set[str]:
        """Those of the exact forms that some record still holds."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term FROM fulltext_forms WHERE term IN (SELECT value FROM json_each(%s))",
                [_json(forms)],
            )
            return {row[0] for row in cursor.fetchall()}

    def ranked(self, ids: QuerySet[Any], by: Ranked, limit: int, offset: int) -> list[tuple[int, float]]:
        """One page of the ids, best first, with their score."""
        found, parameters = ids.query.sql_with_params()
        scored, titled, matches = "SELECT 0 AS id, 0.0 AS score WHERE 0", "NULL", []
        if by.terms is not None:
            # FTS5 gives better rows a lower figure; a term in a title weighs like ten in the text.
            scored = (
                "SELECT rowid AS id, -bm25(fulltext_terms, 10.0, 1.0) AS score "
                "FROM fulltext_terms WHERE fulltext_terms MATCH %s"
            )
            titled = "SELECT rowid FROM fulltext_terms WHERE fulltext_terms MATCH %s"
            text = expression(by.terms)
            matches = [f"{{title}} : ({text})", text]
        sql = _RANKED.format(
            keyed="SELECT record_id FROM fulltext_titlekey WHERE key IN (SELECT value FROM json_each(%s))",
            titled=titled,
            scored=scored,
            found=found,
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [_json(by.keys), *matches, *parameters, limit, offset])
            return [(row[0], row[1] + row[2]) for row in cursor.fetchall()]


def expression(terms: Terms) -> str:
    """A tree of terms in the language of FTS5. Every term is quoted, so nothing in it can be an operator."""
    match terms:
        case Term(term):
            return f'"{term}"'
        case Prefix(form):
            return f'"={form}" *'
        case And(parts):
            return "(" + " AND ".join(expression(part) for part in parts) + ")"  # type: ignore[arg-type]
        case Or(parts):
            return "(" + " OR ".join(expression(part) for part in parts) + ")"  # type: ignore[arg-type]


def _placed(place: Places) -> str:
    if isinstance(place, Phrase):
        return f'"{" ".join(place.terms)}"'
    pairs = ((left, right) for left in place.left for right in place.right)
    # FTS5 counts the words between the two, so neighbours are 0 apart.
    return " OR ".join(
        f'NEAR("{" ".join(left)}" "{" ".join(right)}", {place.distance - 1})'  # type: ignore[arg-type]
        for left, right in pairs
    )


def _repeated(counts: dict[str, int]) -> str:
    return " ".join(" ".join([term] * min(count, MOST_TIMES)) for term, count in counts.items())


def _json(texts: Iterable[str]) -> str:
    import json

    return json.dumps(list(texts))
