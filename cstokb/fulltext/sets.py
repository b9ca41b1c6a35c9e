"""A query's tree as one set of ids, put together by the database before it looks at any record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeGuard

from django.db.models.expressions import RawSQL

from cstokb.fulltext.backends import backend
from cstokb.fulltext.backends.base import Places, Terms
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.terms import exact
from cstokb.fulltext.tree import And, Dated, HasFacet, Near, Node, Not, Or, Phrase, Prefix, Term

#: The terms that stand for common words.
_COMMON = {term for word in STOP_WORDS for term in (stem(word), exact(word))}
_FACET = "SELECT record_id FROM fulltext_facetvalue WHERE facet = %s AND value IN ({values})"


def is_terms(node: Node) -> TypeGuard[Terms]:
    """Whether a completed tree speaks of whole records' terms alone and excludes nothing."""
    if isinstance(node, And | Or):
        return all(map(is_terms, node.parts))
    return isinstance(node, Term | Prefix)


def gathered(parts: Sequence[Node], kind: type[And] | type[Or]) -> list[Node]:
    """The parts with all that are of terms alone put into one question; those of places under OR left out."""
    terms = tuple(part for part in parts if is_terms(part))
    placed = (Phrase, Near) if kind is Or else ()
    others = [part for part in parts if not is_terms(part) and not isinstance(part, placed)]
    return [kind(terms), *others] if len(terms) > 1 else [*terms, *others]


def telling(parts: Iterable[Node]) -> list[Node]:
    """What is to be asked of the parts of OR: not for phrases with a word that is asked for by itself as well.

    Whose passages say the phrase holds the word, unless it is a common one, which is looked for in phrases alone.
    """
    ways = list(_flat(parts))
    alone = {way.term for way in ways if isinstance(way, Term)} - _COMMON
    return [way for way in ways if not (isinstance(way, Phrase) and alone.intersection(way.terms))]


def _flat(parts: Iterable[Node]) -> Iterator[Node]:
    for part in parts:
        yield from _flat(part.parts) if isinstance(part, Or) else (part,)


def places(parts: Sequence[Node]) -> list[Places]:
    """Those of the parts that are of places and can be found at all."""
    return [
        part
        for part in parts
        if isinstance(part, Phrase) or (isinstance(part, Near) and part.left and part.right)
    ]


def is_set(node: Node) -> bool:
    """Whether the ids of what a completed tree finds are told without asking any record."""
    match node:
        case And(parts) | Or(parts):
            return all(map(is_set, parts))
        case Near():
            return bool(places([node]))
        case _:
            return not isinstance(node, Not | Dated)


def ids(node: Node) -> RawSQL:
    """A subquery of the ids of what such a tree finds."""
    if is_terms(node):
        return backend().having(node)
    match node:
        case And(parts):
            return _together(" INTERSECT ", [ids(part) for part in gathered(parts, And)])
        case Or(parts):
            ways = telling(parts)
            held, placed = [ids(part) for part in gathered(ways, Or)], places(ways)
            return _together(" UNION ", [*held, *([backend().placed(placed)] if placed else [])])
        case HasFacet(facet, values):
            sql = _FACET.format(values=", ".join(["%s"] * len(values)))
            return RawSQL(sql, [facet, *values])  # noqa: S611 - values are parameters
        case Phrase() | Near():
            return backend().placed([node])
        case _:  # pragma: no cover - is_set tells
            raise TypeError(node)


def alone(node: Node) -> RawSQL | None:
    """A subquery of the ids of what a completed tree finds, each once, if no record has to be looked at for it."""
    if is_terms(node):
        return backend().having(node)
    if not backend().by_sets:
        return _in_one_place(node)
    if not is_set(node):
        return None
    own = ids(node)
    return RawSQL(f"SELECT DISTINCT own.* FROM ({own.sql}) AS own", own.params)  # noqa: S608, S611 - SQL of ours


def _in_one_place(node: Node) -> RawSQL | None:
    """The same where one part of a tree is of places, by itself or as ways beside terms, and all others of terms.

    Records that hold the terms, and of those in such a place, mostly fewer, the ones that hold the other parts.
    """
    parts = node.parts if isinstance(node, And) else (node,)
    held = [part for part in parts if is_terms(part)]
    others = [part for part in parts if not is_terms(part)]
    ways = telling(others)
    terms, placed = [way for way in ways if is_terms(way)], places(ways)
    if len(others) != 1 or len(terms) + len(placed) < len(ways):
        return None
    found = []
    if terms:
        found.append(backend().having(And((*held, Or((*terms,))))))
    if placed:
        own = backend().placed(placed)
        found.append(_those_with(own, held) if held else own)
    sql = " UNION ".join(one.sql for one in found)
    once = sql if len(found) > 1 else f"SELECT DISTINCT record_id FROM ({sql}) AS own"  # noqa: S608 - SQL of ours
    return RawSQL(once, [value for one in found for value in one.params])  # noqa: S611 - terms are parameters


def _those_with(own: RawSQL, held: Sequence[Terms]) -> RawSQL:
    among = backend().having(And((*held,)))
    sql = f"SELECT record_id FROM ({own.sql}) AS own WHERE record_id IN ({among.sql})"  # noqa: S608 - SQL of ours
    return RawSQL(sql, [*own.params, *among.params])  # noqa: S611 - terms are parameters


def _together(word: str, parts: Sequence[RawSQL]) -> RawSQL:
    parameters: list[Any] = [value for part in parts for value in part.params]
    return RawSQL(word.join(f"({part.sql})" for part in parts), parameters)  # noqa: S611
