"""The names by which instruments are recognised, and whose text is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from treaty.citations import words
from treaty.citations.found import Steps
from treaty.citations.plain import Plain

#: A year that ends a short title ("Second Protocol to the Charter, 2018"); the name is known without it too.
_YEAR = re.compile(r",\s*\d{4}$")
_LINKING = frozenset(",-\"'()/")


@dataclass(frozen=True, slots=True)
class Holding:
    """An instrument of the book. ``own`` is false for one of another body; ``signed_on`` is an EDTF date or empty."""

    id: str
    kind: str
    names: tuple[str, ...]
    own: bool = True
    signed_on: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Whose text it is: the instrument and, in it, the provision; empty for a text of neither.

    ``amends`` are instruments that the text's own one changes, to whose articles it may refer without their name.
    ``loose`` takes names in lower case and without "the", as readers type them.
    """

    instrument: str = ""
    steps: Steps = ()
    amends: tuple[str, ...] = ()
    loose: bool = False


@dataclass(slots=True)
class _Node:
    """Names that begin with the same words."""

    further: dict[str, _Node] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    abbreviation: bool = False


@dataclass(frozen=True)
class Book:
    """Instruments, by their names in any Russian case."""

    holdings: Mapping[str, Holding]
    names: Any = None
    #: Of words that were met in texts, whether a reference may begin with them; told by the grammar.
    met: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, holdings: Iterable[Holding]) -> Book:
        """A book of instruments; a name that several bear means any of them.

        The same holdings give the same book, which nothing changes: it is made once for many questions.
        """
        return _book(tuple(holdings))

    def own(self, kind: str = "") -> tuple[str, ...]:
        """Ids of the Organization's own instruments, of one kind or all."""
        return tuple(one.id for one in self.holdings.values() if one.own and kind in ("", one.kind))

    def kind(self, instrument: str) -> str:
        """The kind of an instrument; empty for one that is not held."""
        held = self.holdings.get(instrument)
        return held.kind if held else ""

    def begins(self, form: str) -> bool:
        """Whether a name begins with a word."""
        return self.names is not None and words.key(form) in self.names.further

    def named(self, plain: Plain, index: int, *, loose: bool) -> tuple[tuple[str, ...], int] | None:
        """The instruments that the longest name beginning at a word means, and the index after that name."""
        node, found, at = self.names, None, index
        capital = loose or plain.raw(index)[:1].isupper()
        while capital and node is not None:
            step, at = _step(plain, at)
            node = node.further.get(step) if step else None
            if node and node.ids and _fits(node, plain, index, at, loose=loose):
                found = (node.ids, at)
            at = _over(plain, at)
        return found


@lru_cache(maxsize=4)
def _book(holdings: tuple[Holding, ...]) -> Book:
    kept = {one.id: one for one in holdings}
    root = _Node()
    for one in kept.values():
        for name in one.names:
            for spelling in dict.fromkeys((name, _YEAR.sub("", name))):
                _add(root, spelling, one.id)
    return Book(kept, root)


def _add(root: _Node, name: str, instrument: str) -> None:
    plain, node, at = Plain.of(name), root, 0
    at = _over(plain, 0)
    while at < len(plain.words):
        step, at = _step(plain, at)
        node = node.further.setdefault(step, _Node())
        at = _over(plain, at)
    if node is not root and any(letter.isalpha() for letter in name):
        node.ids = tuple(dict.fromkeys((*node.ids, instrument)))
        node.abbreviation = len(plain.words) == 1 and name.isupper()


def _step(plain: Plain, index: int) -> tuple[str, int]:
    """What a name is compared by at a word, and the index after it; an organization's name is one step."""
    organization = organization_at(plain, index)
    if organization:
        return organization
    return words.key(plain.form(index)), index + 1


def organization_at(plain: Plain, index: int) -> tuple[str, int] | None:
    """The abbreviation of an organization whose name in full begins at a word, and the index after that name."""
    first = words.key(plain.form(index))
    for forms, abbreviation in words.ORGANIZATIONS:
        if first == forms[0] and all(
            words.key(plain.form(index + step)) == form for step, form in enumerate(forms)
        ):
            return abbreviation, index + len(forms)
    return None


def _over(plain: Plain, index: int) -> int:
    """The index of the next word of a name, past articles and the marks that may part its words."""
    at = index
    while at < min(index + 3, len(plain.words)) and (
        plain.form(at) in _LINKING or plain.form(at) in words.IDLE
    ):
        at += 1
    return at if at == 0 or plain.near(at) else len(plain.words)


def _fits(node: _Node, plain: Plain, start: int, end: int, *, loose: bool) -> bool:
    """An abbreviation is one in capitals; a name is no beginning of a longer word."""
    return loose or not node.abbreviation or plain.raw(end - 1).isupper()
