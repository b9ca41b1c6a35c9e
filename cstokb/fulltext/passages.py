"""The found words in their passages, marked as they are written, in HTML that is safe to show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from html import escape
from operator import itemgetter
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from cstokb.fulltext.counting import Span, Told
from cstokb.fulltext.matching import complete
from cstokb.fulltext.models import Passage
from cstokb.fulltext.query import Query
from cstokb.fulltext.terms import Place, analyse, exact
from cstokb.fulltext.tree import Leaf, Near, Node, Phrase, Prefix, Term, wanted

EXCERPT = 320  # characters
LEAD = 80  # characters before the first mark
EACH = 3  # passages of a record


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a passage; `anchor` is where it stands on the record's page. `html` is escaped but for `mark`."""

    anchor: str
    language: str
    role: str
    html: SafeString


def passages(ids: Sequence[int], query: Query, *, each: int = EACH) -> dict[int, list[Excerpt]]:
    """The best passages of the records shown, at most so many of each, the best first.

    A passage is better the more parts of the query it holds, then the more often, then the earlier it stands. Records
    whose passages hold nothing of the query, since a title or a filter found them, have none.
    """
    if query.tree is None or not ids:
        return {}
    return _best(ids, _passages(ids), query.tree, each)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the index says of the records shown: their best passages, their values in some facets, their possible days.

    A record without a date has no days.
    """

    passages: Mapping[int, Sequence[Excerpt]]
    values: Mapping[int, Mapping[str, Sequence[str]]]
    days: Mapping[int, tuple[date, date]]


def shown(ids: Sequence[int], query: Query | None, facets: Sequence[str], *, each: int = EACH) -> Shown:
    """Passages as ``passages`` gives them, none without a query, and all else, in one query."""
    tree = query.tree if query else None
    values: dict[int, dict[str, list[str]]] = {key: {} for key in ids}
    days: dict[int, tuple[date, date]] = {}
    rows: list[_Row] = []
    for row in _beside(ids, facets, also_passages=tree is not None) if ids else ():
        if row[1] == _IS_VALUE:
            values[row[0]].setdefault(row[2], []).append(row[5])
        elif row[1] == _IS_DAYS:
            days[row[0]] = (date.fromisoformat(row[2]), date.fromisoformat(row[3]))
        else:
            rows.append(row)
    return Shown(_best(ids, rows, tree, each) if tree else {}, values, days)


#: A passage as its table has it: record, place in the order, anchor, language, role, text, its words folded.
_Row = tuple[int, int, str, str, str, str, str]
_COLUMNS = ("record_id", "ordinal", "anchor", "language", "role", "text", "forms")
#: A value of a facet is read as such a row too, with this for its place and the facet for its anchor;
_IS_VALUE = -1
#: and so are the first and the last possible day, with this for their place.
_IS_DAYS = -2


def _passages(ids: Sequence[int]) -> QuerySet[Any, _Row]:
    return cast("QuerySet[Any, _Row]", Passage.objects.filter(record_id__in=list(ids)).values_list(*_COLUMNS))


# In the databases' own words, since each search asks it and Django takes longer to lay it out than they to answer.
_VALUES = f"""
SELECT record_id, {_IS_VALUE}, facet, '', '', value, '' FROM fulltext_facetvalue
WHERE record_id IN ({{ids}}) AND facet IN ({{facets}})
"""  # noqa: S608 - a number of ours is all that is put in here
_DAYS = f"""
SELECT record_id, {_IS_DAYS}, CAST(date_min AS TEXT), CAST(date_max AS TEXT), '', '', ''
FROM fulltext_indexedrecord WHERE record_id IN ({{ids}}) AND date_min IS NOT NULL
"""  # noqa: S608
_PASSAGES = f"SELECT {', '.join(_COLUMNS)} FROM fulltext_passage WHERE record_id IN ({{ids}})"  # noqa: S608


def _beside(ids: Sequence[int], facets: Sequence[str], *, also_passages: bool) -> list[_Row]:
    parts = [_VALUES, _DAYS, *([_PASSAGES] if also_passages else [])]
    sql = " UNION ALL ".join(parts).format(ids=_marks(ids), facets=_marks(facets))
    parameters: list[Any] = [*ids, *facets, *ids, *(ids if also_passages else ())]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cast("list[_Row]", cursor.fetchall())


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _best(ids: Sequence[int], rows: Iterable[_Row], tree: Node, each: int) -> dict[int, list[Excerpt]]:
    reader = _Reader(tuple(dict.fromkeys(wanted(complete(tree)))))
    held: dict[int, list[tuple[tuple[int, int, int], _Row]]] = {}
    for row in rows:
        found = reader.counts(row[5], row[6])
        parts, times = sum(map(bool, found)), sum(found)
        if parts:
            held.setdefault(row[0], []).append(((-parts, -times, row[1]), row))
    best = {key: nsmallest(each, held[key], key=itemgetter(0)) for key in ids if key in held}
    return {key: [reader.excerpt(row) for _worth, row in kept] for key, kept in best.items()}


class _Reader:
    """Reads passages, whose words are at hand folded, for the leaves of a completed tree.

    Most hold plain words alone, whose forms tell all; any other is read whole.
    """

    def __init__(self, sought: Sequence[Leaf]) -> None:
        self._sought, self._told = sought, Told(sought)

    def counts(self, text: str, forms: str) -> list[int]:
        """How often each of the leaves is found in a passage."""
        if not self._told.may_hold(forms):
            return [0] * len(self._sought)
        if self._told.is_told(text, forms):
            return self._told.counts(forms)
        whole = _Text(text)
        return [len(whole.spans(leaf)) for leaf in self._sought]

    def spans(self, text: str, forms: str) -> list[Span]:
        """Where the leaves are found in a passage, in order, none overlapping."""
        told = self._told.spans(text, forms) if self._told.is_told(text, forms) else None
        return spans(text, self._sought) if told is None else merged(told)

    def excerpt(self, row: _Row) -> Excerpt:
        """The part of a passage that is shown."""
        _record, _place, anchor, language, role, text, forms = row
        return Excerpt(anchor, language, role, excerpt(text, self.spans(text, forms)))


def spans(text: str, sought: Iterable[Leaf]) -> list[Span]:
    """Where the leaves of a completed tree are found in a text, in order, none overlapping."""
    found = _Text(text)
    return merged(span for leaf in sought for span in found.spans(leaf))


def highlight(text: str, query: Query) -> SafeString:
    """A whole text, such as a title, with what the query found in it marked."""
    if query.tree is None:
        return mark_safe(escape(text))  # noqa: S308 - escaped
    return marked(text, spans_of(text, query.tree))


def spans_of(text: str, tree: Node) -> list[Span]:
    """Where the words that a query asks for stand in a text, in order, none overlapping."""
    return spans(text, wanted(complete(tree)))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, spans: Sequence[Span]) -> SafeString:
    """The text escaped, with `mark` around the spans."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - every piece is escaped


def excerpt(text: str, spans: Sequence[Span]) -> SafeString:
    """The part of a text around its densest marks, cut between words."""
    start, end = window(text, spans)
    inside = [(first - start, last - start) for first, last in spans if first >= start and last <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{marked(text[start:end], inside)}{after}")  # noqa: S308 - escaped by marked()


def window(text: str, spans: Sequence[Span]) -> Span:
    """Where an excerpt begins and ends: it holds as many of the spans as can be, the first of them whole."""
    if len(text) <= EXCERPT:
        return 0, len(text)
    starts = [max(0, first - LEAD) for first, _ in spans]
    begin = max(
        starts, key=lambda at: (sum(at <= first and last <= at + EXCERPT for first, last in spans), -at)
    )
    first, last = spans[starts.index(begin)]
    start = 0 if begin == 0 else _after_blank(text, begin, first)
    limit = max(start + EXCERPT, last)
    return start, len(text) if limit >= len(text) else _before_blank(text, limit, last)


def _after_blank(text: str, start: int, least: int) -> int:
    """Behind the first blank from `start` on, but not behind `least`."""
    return next((at + 1 for at in range(start, least) if text[at].isspace()), least)


def _before_blank(text: str, end: int, least: int) -> int:
    """Before the last blank up to `end`, but not before `least`."""
    return next((at for at in range(end, least, -1) if text[at].isspace()), least)


class _Text:
    """A text with its terms, asked for one leaf after the other."""

    def __init__(self, text: str) -> None:
        self.found = analyse(text)

    @cached_property
    def terms(self) -> list[Place]:
        """By what the whole record is found."""
        return list(self.found.record_terms())

    @cached_property
    def rows(self) -> list[list[Place]]:
        """In what phrases are found."""
        return self.found.rows()

    def spans(self, leaf: Leaf) -> list[Span]:
        """Where a leaf of a completed tree is found."""
        match leaf:
            case Term(term):
                return [(start, end) for held, start, end in self.terms if held == term]
            case Prefix(form):
                begins = exact(form)
                return [(start, end) for held, start, end in self.terms if held.startswith(begins)]
            case Phrase(terms):
                length = len(terms)
                return [_whole(row, at, at + length) for row in self.rows for at in places(row, terms)]
            case Near():
                return [span for row in self.rows for span in _near(row, leaf)]
            case _:
                return []


def _whole(row: Sequence[Place], first: int, last: int) -> Span:
    return row[first][1], row[last - 1][2]


def places(row: Sequence[Place], terms: Sequence[str]) -> list[int]:
    """Where in a row of terms these follow each other."""
    return [
        at
        for at in range(len(row) - len(terms) + 1)
        if row[at][0] == terms[0] and all(row[at + i][0] == terms[i] for i in range(len(terms)))
    ]


def _near(row: Sequence[Place], near: Near) -> Iterator[Span]:
    """Both words of each pair that lies near enough."""
    left, right = (
        sorted((at, at + len(way)) for way in side if isinstance(way, tuple) for at in places(row, way))
        for side in (near.left, near.right)
    )
    widest = max((last - first for first, last in right), default=0)
    for first, last in left:
        low = bisect_left(right, (first - widest - near.distance,))
        high = bisect_left(right, (last + near.distance,))
        for other in right[low:high]:
            if first - other[1] < near.distance:
                yield _whole(row, first, last)
                yield _whole(row, *other)
