"""The query as a tree: what the engines match, what a reader is shown, and what is highlighted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """Records that hold this term anywhere. `shown` is how it was asked for."""

    term: str
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Records that any word beginning with `form` would find; with `exact`, those that hold such a word."""

    form: str
    shown: str = field(compare=False)
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Records with a passage in which these terms follow each other."""

    terms: tuple[str, ...]
    shown: str = field(compare=False)


Sequence = tuple[str, ...]
Operand = tuple[Sequence | Prefix, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Records with a passage in which one of `left` and one of `right` lie within `distance` words.

    Neighbours are one word apart. A word lies near itself.
    """

    left: Operand
    right: Operand
    distance: int
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class HasFacet:
    """Records that have any of the values in a facet."""

    facet: str
    values: tuple[str, ...]
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Dated:
    """Records whose possible days meet the range, both ends included; those without a date never do."""

    after: date | None
    before: date | None
    shown: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Records in all of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Records in any of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Records that are not in the part."""

    part: Node


Leaf = Term | Prefix | Phrase | Near | HasFacet | Dated
Node = Leaf | And | Or | Not


def both(parts: Iterable[Node | None]) -> Node | None:
    """All of the parts that say anything, as flat as can be."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else () if part is None else (part,))
    unique = tuple(dict.fromkeys(flat))
    return And(unique) if len(unique) > 1 else unique[0] if unique else None


def either(parts: Iterable[Node | None]) -> Node | None:
    """Any of the parts that say anything, as flat as can be."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else () if part is None else (part,))
    unique = tuple(dict.fromkeys(flat))
    return Or(unique) if len(unique) > 1 else unique[0] if unique else None


def without(part: Node | None) -> Node | None:
    """What the part does not find; twice is the part again."""
    if part is None:
        return None
    return part.part if isinstance(part, Not) else Not(part)


def asks(node: Node) -> bool:
    """Whether a tree asks for something, and does not only exclude."""
    match node:
        case Not():
            return False
        case And(parts):
            return any(map(asks, parts))
        case Or(parts):
            return all(map(asks, parts))
        case _:
            return True


def wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that a found record may hold: all but the excluded ones."""
    match node:
        case Not():
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case _:
            yield node


def show(node: Node) -> str:
    """The tree in the query language, with all that was read into the query."""
    match node:
        case Not(part):
            return f"-{show(part)}"
        case And(parts):
            return _joined(" AND ", parts)
        case Or(parts):
            return _joined(" OR ", parts)
        case _:
            return node.shown


def _joined(operator: str, parts: tuple[Node, ...]) -> str:
    # Several readings of one piece of the query are shown as that piece, once.
    shown = list(dict.fromkeys(map(show, parts)))
    return f"({operator.join(shown)})" if len(shown) > 1 else shown[0]
