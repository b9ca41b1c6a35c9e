"""One page of results: ids in order, how many there are, and how they divide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from cstokb.fulltext import kept, letters
from cstokb.fulltext.backends import backend
from cstokb.fulltext.backends.answering import EQUAL, TITLED
from cstokb.fulltext.backends.base import Known, Page, Ranked, Ready, Reply, Set, Terms
from cstokb.fulltext.documents import UNCOUNTED
from cstokb.fulltext.matching import complete, condition, dated, is_complete, of_records
from cstokb.fulltext.models import IndexedRecord
from cstokb.fulltext.query import Query
from cstokb.fulltext.sets import alone
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.tree import And, HasFacet, Near, Node, Or, Phrase, Prefix, Term, both, either

RELEVANCE = "relevance"
_ORDERS: dict[str, OrderBy] = {
    "date": F("date_min").asc(nulls_last=True),
    "-date": F("date_min").desc(nulls_last=True),
    "title_en": F("sort_en").asc(),
    "title_ru": F("sort_ru").asc(),
}
SORTS = (RELEVANCE, *_ORDERS)
#: The score of what stands before all that is weighed.
FOREMOST = EQUAL + TITLED


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record. Scores compare within one result only."""

    id: int
    score: int


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the found records have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What beside the query narrows a search.

    `facets`: for each facet the values of which a record has any. `kinds`: the record's kind is one of them.
    `after` and `before`: its possible days meet the range. `on`: it is of that day and can be of no other.
    """

    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    after: date | None = None
    before: date | None = None
    on: date | None = None

    def base(self) -> Q:
        """All but the facets."""
        kinds = Q(kind__in=list(self.kinds)) if self.kinds else Q()
        kinds &= Q(date_min=self.on, date_max=self.on) if self.on else Q()
        return kinds & dated(self.after, self.before) if self.after or self.before else kinds

    def conditions(self) -> dict[str, HasFacet]:
        """What is asked of each facet that narrows."""
        return {facet: HasFacet(facet, tuple(values), "") for facet, values in self.facets.items() if values}

    def whole(self) -> Q:
        """All of it as one condition."""
        return reduce(and_, map(condition, self.conditions().values()), self.base())


@dataclass(frozen=True, slots=True)
class Result:
    """One page of what a search found. `facets` hold every facet, the commonest value first."""

    hits: tuple[Hit, ...] = ()
    count: int = 0
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)


def search(
    query: Query | None = None,
    filters: Filters | None = None,
    *,
    sort: str = RELEVANCE,
    page: int = 1,
    size: int = 20,
    facets: bool = True,
    first: Sequence[Filters] = (),
) -> Result:
    """Find records. Without a query all that the filters let through; with one that has no tree, nothing.

    `sort` is one of SORTS; without a query relevance means newest first. Each facet counts what the query and
    every filter but its own let through. By relevance those found records that any of `first` lets through stand
    before all others, in the order of the first that does.

    Raises ValueError for another sort, or a page or size below 1.
    """
    if sort not in SORTS or page < 1 or size < 1:
        raise ValueError(f"No such page: sort={sort}, page={page}, size={size}.")
    if query is not None and query.tree is None:
        return Result()
    question = _Question(query, filters or Filters())
    offset = (page - 1) * size
    foremost = first if sort == RELEVANCE else ()
    told = (
        _told(question, "" if foremost else sort, offset, size)
        if facets
        else Result((), question.found.count())
    )
    if len(told.hits) == min(size, max(told.count - offset, 0)):
        return told
    before = _foremost(question.found, foremost, offset + size) if foremost else []
    hits = tuple(Hit(key, FOREMOST) for key in before[offset:])
    if len(before) < offset + size:
        rest = question.found.exclude(record_id__in=before) if before else question.found
        hits += _page(rest, question.by, sort, max(offset - len(before), 0), size - len(hits))
    return replace(told, hits=hits)


def keep(query: Query | None, alike: Sequence[Query] = ()) -> set[str]:
    """Have the answer to a question ready until the index changes, asked anew unless it is; the keys of what is kept.

    Nothing narrows the question, and a query has a tree. Those ``alike`` ask for other beginnings of the very same
    words: they are kept with it and not asked, unless they differ in more than that.
    """
    number = kept.stamp()  # before anything else is read
    question = _Question(query, Filters())
    others = [(one, _Question(one, Filters())) for one in alike]
    same = [other for _one, other in others if other.meaning == question.meaning]
    keys = [one.ready(RELEVANCE).key for one in (question, *same)]
    missing = [key for key in keys if not kept.is_kept(key, number)]
    if missing:
        _answer, told = _asked(question, page=question.weighed(RELEVANCE, 0, kept.MOST))
        facets = {facet: [(one.value, one.count) for one in values] for facet, values in told.facets.items()}
        first = {RELEVANCE: told.hits} if told.hits else {}
        first |= {
            sort: _page(question.found, question.by, sort, 0, kept.MOST)
            for sort in kept.COLUMNS
            if sort not in first
        }
        rows = {sort: [(hit.id, hit.score) for hit in hits] for sort, hits in first.items()}
        for key in missing:
            kept.keep(key, number, (told.count, facets), rows)
    return set(keys).union(*(keep(one) for one, other in others if other not in same))


def is_kept(query: Query | None) -> bool:
    """Whether the answer to a question that nothing narrows is ready."""
    return kept.look(_Question(query, Filters()).ready(RELEVANCE)) is not None


def count(query: Query, filters: Filters | None = None) -> int:
    """How many records a search finds; one query."""
    return _Question(query, filters or Filters()).found.count() if query.tree else 0


class _Question:
    """A query that was read and what narrows it, as conditions over records, made when they are wanted."""

    def __init__(self, query: Query | None, filters: Filters) -> None:
        self.query = query or Query("", None)
        self.narrowing, self.conditions = filters.base(), filters.conditions()

    @cached_property
    def tree(self) -> Node | None:
        """What is asked of a record, in full."""
        return complete(self.query.tree) if self.query.tree else None

    @cached_property
    def by(self) -> Ranked:
        """How what is found is ordered by relevance."""
        return Ranked(_outline(self.tree) if self.tree else None, self.query.keys, self.query.named)

    @property
    def meaning(self) -> tuple[Any, ...]:
        """What is asked but for which beginnings of words."""
        return self.query.keys, self.query.named, _begun_anyhow(self.tree) if self.tree else None

    def under(self, facets: Iterable[HasFacet]) -> QuerySet[Any]:
        """The records that it finds under the conditions of some facets, each of which counts without its own."""
        rows, asked = IndexedRecord.objects.filter(self.narrowing), both([self.tree, *facets])
        return rows.filter(of_records(asked)) if asked else rows

    @property
    def found(self) -> QuerySet[Any]:
        """The records that it finds."""
        return self.under(self.conditions.values())

    def ids(self, facets: Iterable[HasFacet]) -> Set:
        """The ids of what it finds under such conditions, without a look at any record where this can be."""
        asked = None if self.narrowing else both([self.tree, *facets])
        return (asked and alone(asked)) or self.under(facets).order_by().values("record_id")

    @property
    def counted(self) -> list[str]:
        """The facets that narrow and are counted, each without its own condition."""
        return [facet for facet in self.conditions if facet not in UNCOUNTED]

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the query narrows it; then its answer is kept nowhere."""
        return bool(self.narrowing or self.conditions)

    def weighed(self, sort: str, offset: int, size: int) -> Page | None:
        """The page of an order by relevance, which can be found with the counts; None where nothing is weighed."""
        return Page(self.by, size, offset) if sort == RELEVANCE and (self.by.terms or self.by.keys) else None

    def ready(self, sort: str) -> Ready:
        """Where its answer is kept if nothing narrows it."""
        return kept.place(self.query.tree, (self.query.keys, self.query.named), sort)


def _foremost(found: QuerySet[Any], first: Sequence[Filters], limit: int) -> list[int]:
    """The ids of those found that stand before all others, in order."""
    conditions = [one.whole() for one in first]
    place = Case(*(When(one, then=Value(number)) for number, one in enumerate(conditions)))
    among = found.filter(reduce(or_, conditions)).order_by(
        place, F("date_min").desc(nulls_last=True), "record_id"
    )
    return list(among.values_list("record_id", flat=True)[:limit])


def _page(found: QuerySet[Any], by: Ranked, sort: str, offset: int, size: int) -> tuple[Hit, ...]:
    if sort == RELEVANCE and (by.terms or by.keys):
        rows = backend().ranked(found.values("record_id"), Page(by, size, offset))
        return tuple(Hit(key, score) for key, score in rows)
    order = _ORDERS["-date" if sort == RELEVANCE else sort]
    ids = found.order_by(order, "record_id").values_list("record_id", flat=True)[offset : offset + size]
    return tuple(Hit(key, 0) for key in ids)


def _told(question: _Question, sort: str, offset: int, size: int) -> Result:
    """How many records are found, and every facet's counts, in one query; and the page, if this knows it too.

    It does by relevance, and where so much of a kept answer is. Where the words of a prefix would have to be looked
    up first, a kept answer is asked for before that.
    """
    ready = None if question.narrowed else question.ready(sort)
    if ready and question.query.tree is not None and not is_complete(question.query.tree):
        answer = kept.look(ready)
        if answer:
            return _as_kept(answer, offset, size)
        ready = None
    answer, computed = _asked(question, ready, question.weighed(sort, offset, size))
    return _as_kept(answer, offset, size) if answer else computed


def _as_kept(answer: kept.Answer, offset: int, size: int) -> Result:
    number, facets, first = kept.read(answer)
    counts = {
        facet: tuple(FacetCount(value, times) for value, times in values) for facet, values in facets.items()
    }
    return Result(tuple(Hit(*row) for row in first[offset : offset + size]), number, counts)


def _asked(
    question: _Question, ready: Ready | None = None, page: Page | None = None
) -> tuple[kept.Answer | None, Result]:
    """What the index says, in one query: a kept answer, or what was counted and, if that was wanted, the page.

    The facets that do not narrow are counted together, each that does by itself.
    """
    conditions = question.conditions
    sets = [
        conditions,
        *({name: conditions[name] for name in conditions if name != one} for one in question.counted),
    ]
    book = letters.book()
    parts = [question.ids(list(each.values())) for each in sets]
    reply = backend().reply(parts, Known(book.stamp, bool(book.holders)), ready, page)
    if reply.kept:
        return reply.kept, Result()
    if reply.many and reply.stamp == book.stamp and not book.holders:
        book = letters.with_holders(book)
    return None, _computed(question, reply, book.at(reply.stamp, reply.letters))


def _computed(question: _Question, reply: Reply, book: letters.Book) -> Result:
    (number, found), *others = map(book.counted, reply.sets)
    counts = {value: times for value, times in found.items() if value[0] not in question.conditions}
    for facet, (_, own) in zip(question.counted, others, strict=True):
        counts |= {value: times for value, times in own.items() if value[0] == facet}
    return Result(tuple(Hit(key, score) for key, score in reply.hits), number, _facets(counts))


def _facets(counts: Mapping[letters.Value, int]) -> dict[str, tuple[FacetCount, ...]]:
    """Every facet, the commonest value first."""
    rows: dict[str, list[FacetCount]] = {}
    for (facet, value), number in counts.items():
        rows.setdefault(facet, []).append(FacetCount(value, number))
    return {
        facet: tuple(sorted(own, key=lambda row: (-row.count, row.value)))
        for facet, own in sorted(rows.items())
    }


def _begun_anyhow(node: Node) -> Node:
    """The tree with the same in place of every beginning of a word."""
    match node:
        case Prefix():
            return Prefix("", "", exact=node.exact)
        case And(parts):
            return And(tuple(map(_begun_anyhow, parts)))
        case Or(parts):
            return Or(tuple(map(_begun_anyhow, parts)))
        case _:
            return node


def _outline(node: Node) -> Terms | None:
    """The tree over whole records' terms alone: what every found record holds of it, None for nothing."""
    match node:
        case Term() | Prefix():
            return node
        case And(parts):
            return _terms(both(map(_outline, parts)))
        case Or(parts):
            outlines = [_outline(part) for part in parts]
            return None if None in outlines else _terms(either(outlines))
        case Phrase(terms):
            return _row(terms)
        case Near(left, right):
            sides = [either(_row(way) for way in side if isinstance(way, tuple)) for side in (left, right)]
            return _terms(both(sides))
        case _:
            return None


def _row(terms: Sequence[str]) -> Terms | None:
    """What a row of terms asks of the whole record, which holds no common words."""
    return _terms(both(Term(term, term) for term in terms if term.removeprefix("=") not in STOP_WORDS))


def _terms(node: Node | None) -> Terms | None:
    assert node is None or isinstance(node, Term | Prefix | And | Or)  # noqa: S101 - made of such alone
    return node
