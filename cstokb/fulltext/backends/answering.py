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
from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends.base import Known, Page, Ready, Reply, Rows, Set, Told

# Tiers of relevance: the score of a record is its tier and its terms' weights.
EQUAL, NAMED, TITLED = 3_000_000, 2_000_000, 1_000_000
#: In place of the number of a set: that a row holds the page, one letter, a kept answer, or the stamp.
_HITS, _LETTER, _KEPT, _STAMP = -1, -2, -3, -4
#: Of so many records the ids are told in place of the letters, where it is known who holds these.
MANY = 2_000
#: What stands before ids.
_IDS = "#"


@dataclass(frozen=True, slots=True)
class Ways:
    """What the databases say each in its own way: the function that joins texts, ids, and that a row is one of some."""

    join: str
    ids: str
    among: str


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

_STAMPED = "EXISTS (SELECT 1 FROM fulltext_stamp WHERE number = %s)"
_FOUND = "{name}(record_id) AS MATERIALIZED ({found})"
_SET = """
SELECT COUNT(*) || ' ' || COALESCE({join}(letters, ''), '') FROM fulltext_indexedrecord WHERE record_id {among}
"""
_SET_OF_IDS = f"""
SELECT CASE WHEN (SELECT COUNT(*) FROM {{name}}) > {{many}} AND {_STAMPED} THEN (
    SELECT '{_IDS}' || {{join}}(CAST(record_id AS TEXT), ',') FROM {{name}}
) ELSE ({{told}}) END
"""  # noqa: S608 - names of ours
_PAGE = "SELECT COALESCE({join}(place || ' ' || record_id || ' ' || score, ','), '') FROM page"
_LETTERS = f"""
SELECT {_LETTER}, id, facet, value FROM fulltext_facetletter
WHERE NOT {{kept}} AND NOT {_STAMPED}
"""  # noqa: S608
_OWN_STAMP = f"SELECT {_STAMP}, number, '', '' FROM fulltext_stamp"  # noqa: S608
_NONE = "SELECT 0 AS record_id WHERE 1 = 0"
_HOLDING = f"""
SELECT {_STAMP}, number, '' FROM fulltext_stamp UNION ALL SELECT 0, record_id, letters FROM fulltext_indexedrecord
"""  # noqa: S608
_READY = """
kept AS MATERIALIZED (
    SELECT counts, {column} AS hits FROM fulltext_kept JOIN fulltext_stamp ON number = stamp WHERE key = %s
)
"""
_AS_KEPT = f"SELECT {_KEPT}, 0, counts, hits FROM kept"  # noqa: S608
# Where the answer is kept nothing is counted: a part of a CASE is the one thing that neither database begins before
# it is wanted.
_TOLD = "SELECT {part} AS part, 0 AS number, '' AS facet, CASE WHEN {kept} THEN '' ELSE ({told}) END AS text"
_IS_KEPT, _NEVER = "EXISTS (SELECT 1 FROM kept)", "1 = 0"


def reply(ways: Ways, sets: Sequence[Set], known: Known, ready: Ready | None, asked: Asked | None) -> Reply:
    """`Backend.reply` by what a database says in its own way, and its way to put the page in order."""
    is_kept = _IS_KEPT if ready else _NEVER
    before = [_READY.format(column=ready.column or "''")] if ready else []
    given: list[Any] = [ready.key] if ready else []
    told, told_given = [], list[Any]()
    for part, found in enumerate(sets):
        name = f"part{part}" if part else "found"
        sql, own = _compiled(ways, found)
        before.append(_FOUND.format(name=name, found=sql))
        given += own
        if asked and not part:
            before.append(asked.sql)
            given += asked.given
            told.append(_TOLD.format(part=_HITS, kept=is_kept, told=_PAGE.format(join=ways.join)))
        text = _SET.format(join=ways.join, among=ways.among.format(ids=f"SELECT record_id FROM {name}"))  # noqa: S608
        if known.holders:
            text = _SET_OF_IDS.format(name=name, many=MANY, join=ways.join, told=text)
            told_given.append(known.stamp)
        told.append(_TOLD.format(part=part, kept=is_kept, told=text))
    told += [_LETTERS.format(kept=is_kept), _OWN_STAMP, *([_AS_KEPT] if ready else [])]
    return _read(_rows(before, " UNION ALL ".join(told), [*given, *told_given, known.stamp]))


def ranked(ways: Ways, found: Set, asked: Asked) -> Rows:
    """`Backend.ranked` by a database's way to put the page in order."""
    sql, own = _compiled(ways, found)
    before = [_FOUND.format(name="found", found=sql), asked.sql]
    told = "SELECT record_id, score FROM page ORDER BY place"
    return [(key, score) for key, score in _rows(before, told, [*own, *asked.given])]


def holding() -> tuple[int | None, list[tuple[int, str]]]:
    """The stamp of the index, and at that the letters of every record."""
    stamp: int | None = None
    records = []
    for part, number, letters in _rows((), _HOLDING, ()):
        if part == _STAMP:
            stamp = number
        else:
            records.append((number, letters))
    return stamp, records


def _compiled(ways: Ways, found: Set) -> tuple[str, Sequence[Any]]:
    if isinstance(found, RawSQL):
        return ways.ids.format(ids=found.sql), found.params
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
    sets: dict[int, Told] = {}
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
            sets[part] = _set(text)
    hits = [(key, score) for _, key, score in page]
    many = any(told.count > MANY for told in sets.values())
    return Reply([told for _, told in sorted(sets.items())], stamp, letters, hits, many=many)


def _set(text: str) -> Told:
    if text.startswith(_IDS):
        return Told(ids=text.removeprefix(_IDS))
    count, _, letters = text.partition(" ")
    return Told(int(count or 0), letters)
