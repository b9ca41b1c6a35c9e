"""The one statement that answers a search: how many records are found, what they hold in each facet, the first of them.

What is found is asked for once, and everything is told from that. The databases differ in the functions that join
texts, and in how their full text is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from cstokb.fulltext.backends.base import Page, Ready, Reply, Rows

# Tiers of relevance: the score of a record is its tier and its terms' weights.
EQUAL, NAMED, TITLED = 3_000_000, 2_000_000, 1_000_000
#: In place of the number of a set: that a row holds the page, one letter, a kept answer, or the stamp.
_HITS, _LETTER, _KEPT, _STAMP = -1, -2, -3, -4


@dataclass(frozen=True, slots=True)
class Asked:
    """How a database is asked for a page of what is found, each subquery with its parameters.

    `equal` and `named` are of the records whose title or name is the query or stands in it, `titled` of those whose
    headings hold all of it. `weighed` gives of those that are `needy` the id, the tier and, where the tier needs one,
    the weight.
    """

    page: Page
    equal: str
    named: str
    titled: str
    high: Sequence[Any]
    weighed: str
    weights: Sequence[Any]

    @property
    def sql(self) -> str:
        """The page as tables made of those found."""
        return _RANKED.format(equal=self.equal, named=self.named, titled=self.titled, weighed=self.weighed)

    @property
    def given(self) -> list[Any]:
        """The parameters of that."""
        limit, offset = self.page.limit, self.page.offset
        need = offset + limit
        return [*self.high, need, *self.weights, need - 1, limit, offset]


# Whole titles, names and headings decide where they fill the page: only where they do not are the other records, many
# more, weighed; and of all only those are put in order whose score may bring them on the page. The order is the same
# either way: each of the first stands above every other, and among the others the weight is what counts first.
_ORDER = f"""
    tier DESC, weight DESC, CASE WHEN tier = {TITLED} THEN title_words END, date_min DESC NULLS LAST, record_id
"""
_RANKED = f"""
high AS (
    SELECT record_id, {EQUAL} AS tier FROM ({{equal}}) AS equal UNION ALL
    SELECT record_id, {NAMED} FROM ({{named}}) AS named UNION ALL
    SELECT record_id, {TITLED} FROM ({{titled}}) AS titled
), best AS MATERIALIZED (
    SELECT record_id, MAX(tier) AS tier FROM high WHERE record_id IN (SELECT record_id FROM found) GROUP BY record_id
), needy AS MATERIALIZED (
    SELECT record_id, tier FROM best UNION ALL
    SELECT record_id, 0 FROM found
    WHERE (SELECT COUNT(*) FROM best) < %s AND record_id NOT IN (SELECT record_id FROM best)
), weighed AS MATERIALIZED ({{weighed}}), least AS MATERIALIZED (
    SELECT tier + weight AS score FROM weighed ORDER BY score DESC LIMIT 1 OFFSET %s
), first AS MATERIALIZED (
    SELECT weighed.record_id AS record_id, tier, weight, title_words, date_min
    FROM weighed JOIN fulltext_indexedrecord AS record ON record.record_id = weighed.record_id
    WHERE tier + weight >= COALESCE((SELECT score FROM least), 0)
    ORDER BY {_ORDER.replace("record_id", "weighed.record_id")} LIMIT %s OFFSET %s
), page AS (
    SELECT record_id, tier + weight AS score, ROW_NUMBER() OVER (ORDER BY {_ORDER}) AS place FROM first
)
"""  # noqa: S608 - numbers of ours are all that is put in here
#: Only those whose tier says less than all are weighed.
NEEDS_WEIGHT = f"tier IN (0, {NAMED})"

_FOUND = "found AS MATERIALIZED ({found})"
_SET = "SELECT COUNT(*) || ' ' || COALESCE({join}(letters, ''), '') FROM ({found}) AS part{part}"
_PAGE = "SELECT COALESCE({join}(place || ' ' || record_id || ' ' || score, ','), '') FROM page"
_LETTERS = f"""
SELECT {_LETTER}, id, facet, value FROM fulltext_facetletter
WHERE NOT {{known}} AND NOT EXISTS (SELECT 1 FROM fulltext_stamp WHERE number = %s)
"""  # noqa: S608
_STAMPED = f"SELECT {_STAMP}, number, '', '' FROM fulltext_stamp"  # noqa: S608
_NONE = "SELECT 0 AS record_id, '' AS letters WHERE 1 = 0"
_READY = """
kept AS MATERIALIZED (
    SELECT counts, {column} AS hits FROM fulltext_kept JOIN fulltext_stamp ON number = stamp WHERE key = %s
)
"""
_AS_KEPT = f"SELECT {_KEPT}, 0, counts, hits FROM kept"  # noqa: S608
# Where the answer is kept nothing is counted: a part of a CASE is the one thing that neither database begins before
# it is wanted.
_TOLD = "SELECT {part} AS part, 0 AS number, '' AS facet, CASE WHEN {known} THEN '' ELSE ({told}) END AS text"
_IS_KEPT, _NEVER = "EXISTS (SELECT 1 FROM kept)", "1 = 0"


def reply(
    sets: Sequence[QuerySet[Any]], join: str, stamp: int, ready: Ready | None, asked: Asked | None
) -> Reply:
    """`Backend.reply` by a database's function that joins texts, and its way to put the page in order."""
    known = _IS_KEPT if ready else _NEVER
    before = [_READY.format(column=ready.column or "''")] if ready else []
    given: list[Any] = [ready.key] if ready else []
    told = []
    for part, found in enumerate(sets):
        sql, own = _compiled(found)
        if asked and not part:
            before += [_FOUND.format(found=sql), asked.sql]
            given += [*own, *asked.given]
            sql, own = "SELECT letters FROM found", ()
            told.append(_TOLD.format(part=_HITS, known=known, told=_PAGE.format(join=join)))
        told.append(_TOLD.format(part=part, known=known, told=_SET.format(join=join, found=sql, part=part)))
        given += own
    told += [_LETTERS.format(known=known), _STAMPED, *([_AS_KEPT] if ready else [])]
    given.append(stamp)
    return _read(_rows(before, " UNION ALL ".join(told), given))


def ranked(found: QuerySet[Any], asked: Asked) -> Rows:
    """`Backend.ranked` by a database's way to put the page in order."""
    sql, own = _compiled(found)
    told = "SELECT record_id, score FROM page ORDER BY place"
    return [
        (key, score)
        for key, score in _rows([_FOUND.format(found=sql), asked.sql], told, [*own, *asked.given])
    ]


def _compiled(found: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    try:
        return found.query.sql_with_params()
    except EmptyResultSet:
        return _NONE, ()


def _rows(before: Sequence[str], told: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    first = f"WITH {', '.join(before)} " if before else ""
    with connection.cursor() as cursor:
        cursor.execute(first + told, given)
        return list(cursor.fetchall())


def _read(rows: Sequence[tuple[Any, ...]]) -> Reply:
    """The rows by what they tell."""
    stamp: int | None = None
    letters: list[tuple[int, str, str]] = []
    sets: dict[int, tuple[int, str]] = {}
    page: list[tuple[int, ...]] = []
    for part, number, facet, text in rows:
        if part == _LETTER:
            letters.append((number, facet, text))
        elif part == _KEPT:
            return Reply(kept=(facet, text))
        elif part == _STAMP:
            stamp = number
        elif part == _HITS:
            page = sorted(tuple(map(int, one.split())) for one in text.split(",") if one)
        else:
            count, _, held = text.partition(" ")
            sets[part] = (int(count or 0), held)
    hits = [(key, score) for _, key, score in page]
    return Reply([told for _, told in sorted(sets.items())], stamp, letters, hits)
