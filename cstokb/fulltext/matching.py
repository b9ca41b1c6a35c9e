"""The tree as a condition over records, with no row of any other table joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from cstokb.fulltext import vocabulary
from cstokb.fulltext.backends import backend
from cstokb.fulltext.models import FacetValue, IndexedRecord
from cstokb.fulltext.query import Query
from cstokb.fulltext.sets import gathered, ids, is_set, is_terms, places, telling
from cstokb.fulltext.terms import exact
from cstokb.fulltext.tree import And, Dated, HasFacet, Near, Node, Not, Operand, Or, Phrase, Prefix, Term


def match(query: Query, kinds: Sequence[str] = ()) -> QuerySet[Any]:
    """A subquery of the ids that the query finds, for `.filter(pk__in=match(...))`; nothing without a tree."""
    if query.tree is None:
        return IndexedRecord.objects.none().values("record_id")
    found = IndexedRecord.objects.filter(condition(complete(query.tree)))
    return (found.filter(kind__in=kinds) if kinds else found).values("record_id")


def complete(node: Node) -> Node:
    """The tree with every prefix completed from the words that records hold, and no phrase that a word says already."""
    match node:
        case Not(part):
            return Not(complete(part))
        case And(parts):
            return And(tuple(map(complete, parts)))
        case Or(parts):
            # A state is named by a word and by phrases with it: what is left is mostly of terms alone.
            return Or(tuple(telling(map(complete, parts))))
        case Prefix(form, shown, False):
            stems = [Term(stem, shown) for stem in vocabulary.further_stems_of(form)]
            own = Prefix(form, shown, exact=True)
            return Or((own, *stems)) if stems else own
        case Near(left, right, distance, shown):
            return Near(_complete(left), _complete(right), distance, shown)
        case _:
            return node


def is_complete(node: Node) -> bool:
    """Whether a tree has no prefix that is yet to be completed."""
    match node:
        case Not(part):
            return is_complete(part)
        case And(parts) | Or(parts):
            return all(map(is_complete, parts))
        case Near(left, right):
            return not any(isinstance(way, Prefix) for way in (*left, *right))
        case _:
            return not isinstance(node, Prefix) or node.exact


def _complete(operand: Operand) -> Operand:
    ways: list[tuple[str, ...]] = []
    for way in operand:
        if isinstance(way, tuple):
            ways.append(way)
        elif way.exact:
            ways.extend((exact(form),) for form in vocabulary.forms_of(way.form))
        else:
            ways.extend((stem,) for stem in vocabulary.stems_of(way.form))
    return tuple(dict.fromkeys(ways))


def of_records(node: Node) -> Q:
    """What a completed tree asks of a record, for rows of the index that no other table is joined to.

    On PostgreSQL the ids are put together before any record is looked up. Beside a join they would be put in order for
    each row of the other table; so they are asked for in subqueries there, as by ``condition``.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    told = tuple(part for part in parts if is_set(part))
    if not told or not backend().by_sets:
        return condition(node)
    others = [condition(part) for part in parts if part not in told]
    return reduce(and_, others, backend().among(ids(And(told))))


def condition(node: Node) -> Q:
    """What a completed tree asks of a record."""
    if is_terms(node):
        return Q(record_id__in=backend().having(node))
    match node:
        case Not(part):
            return ~condition(part)
        case And(parts):
            return reduce(and_, map(condition, gathered(parts, And)))
        case Or(parts):
            ways = telling(parts)
            return reduce(or_, map(condition, gathered(ways, Or)), _placed(ways))
        case HasFacet(facet, values):
            return has_facet(facet, values)
        case Dated(after, before):
            return dated(after, before)
        case Phrase() | Near():
            return _placed([node])
        case _:  # pragma: no cover - terms were dealt with above
            raise TypeError(node)


def has_facet(facet: str, values: Iterable[str]) -> Q:
    """Records with any of the values in the facet."""
    rows = FacetValue.objects.filter(facet=facet, value__in=list(values))
    return Q(record_id__in=rows.values("record_id"))


def dated(after: Any, before: Any) -> Q:
    """Records whose possible days meet the range; undated ones never do."""
    since = Q(date_max__gte=after) if after else Q(date_max__isnull=False)
    return since & Q(date_min__lte=before) if before else since


def _placed(parts: Sequence[Node]) -> Q:
    """Records with any of those parts that are of places, asked in one question."""
    found = places(parts)
    return Q(record_id__in=backend().placed(found) if found else [])
