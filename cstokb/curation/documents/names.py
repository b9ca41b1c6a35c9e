"""Names in a text: the words of many names in one tree, walked once over the words of the text.

A name of several words is met by their stems, in any case and number; a name of one word by the forms that it has as a
noun. Capitals count: «РФ» is met by capitals alone, a name that begins with a capital by one that does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cstokb.curation.documents.declension import forms
from cstokb.fulltext.stems import stem
from cstokb.fulltext.terms import Token, analyse

#: What may stand between two words of one name.
_BETWEEN = re.compile(r"[ \u00a0\u202f\n]?[-\u2010-\u2015'’ʻʼ«»“”„\"(),]{0,2}[ \u00a0\u202f\n]?")
_BEGINS = re.compile(r"[.!?…:\n]|[«“„\"(]$")
_IDLE = frozenset(("the", "a", "an"))
_SAME = {
    "organisation": "organization",
    "organisations": "organizations",
    "defense": "defence",
    "centre": "center",
    "programme": "program",
}
MOST_WORDS = 40
#: The type of a name that no record spells: a last word that may be the family name of somebody named in full.
DERIVED = "derived"
#: The type of a name that is met by its sound alone.
HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling of a record's name. ``type`` is the kind of the NameForm; ``language`` may be empty."""

    kind: str
    record: str
    text: str
    language: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that are names: the records that may be meant, and the first and the last word by index."""

    kind: str
    names: tuple[Name, ...]
    first: int
    last: int
    start: int
    end: int
    cased: bool = True

    @property
    def records(self) -> tuple[str, ...]:
        """The public ids of what may be meant, each once."""
        return tuple(dict.fromkeys(one.record for one in self.names))


@dataclass(frozen=True)
class Read:
    """A text with its words."""

    text: str
    tokens: Sequence[Token]

    @classmethod
    def of(cls, text: str) -> Read:
        """Read a text: linear in its length."""
        return cls(text, analyse(text).words)

    def raw(self, index: int) -> str:
        """A word as written; empty where there is none."""
        if not 0 <= index < len(self.tokens):
            return ""
        return self.text[self.tokens[index].start : self.tokens[index].end]

    def form(self, index: int) -> str:
        """A word folded; empty where there is none."""
        return self.tokens[index].form if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands between a word and the one before it; a line break at either end of the text."""
        if not 0 < index < len(self.tokens):
            return "\n"
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def joins(self, index: int) -> bool:
        """Whether a word may go on with the name that the word before it begins."""
        return _BETWEEN.fullmatch(self.gap(index)) is not None

    def begins_sentence(self, index: int) -> bool:
        """Whether a word begins a sentence, a paragraph, or words in quotation marks."""
        gap = self.gap(index).rstrip(" \u00a0")
        return index == 0 or _BEGINS.search(gap) is not None


@dataclass(slots=True)
class _Node:
    further: dict[str, _Node] = field(default_factory=dict)
    names: list[tuple[Name, tuple[str, ...]]] = field(default_factory=list)


class NameTree:
    """Names by their words."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._root = _Node()
        self._by_form: dict[str, set[str]] = defaultdict(set)
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        for name in names:
            self._add(name)

    def _add(self, name: Name) -> None:
        read = Read.of(name.text)
        words = [at for at in range(len(read.tokens)) if read.form(at) not in _IDLE]
        if not 0 < len(words) <= MOST_WORDS:
            return
        node = self._root
        for at in words:
            base = _spelled(read.form(at))
            for form in _forms_of(base, read.raw(at)):
                self._by_form[form].add(base)
            if len(words) > 1:
                self._by_stem[stem(base)].add(base)
            node = node.further.setdefault(base, _Node())
        node.names.append((name, _shapes(name, [read.raw(at) for at in words])))

    def hits(self, read: Read) -> Iterator[Hit]:
        """Every name at every word, shorter ones too; ``cased`` is false where capitals are missing."""
        for at in range(len(read.tokens)):
            if self._bases(read, at):
                yield from self._from(read, at)

    def _from(self, read: Read, first: int) -> Iterator[Hit]:
        nodes: list[tuple[_Node, bool]] = [(self._root, True)]
        at, steps = first, [first]
        while nodes and at < len(read.tokens):
            bases = self._bases(read, at)
            nodes = [
                (below, exact and by_form)
                for node, exact in nodes
                for base, by_form in bases
                if (below := node.further.get(base)) is not None
            ]
            yield from self._ended(read, nodes, steps)
            at += 1
            while at < len(read.tokens) and read.form(at) in _IDLE and read.joins(at):
                at += 1
            if at >= len(read.tokens) or not read.joins(at):
                return
            steps.append(at)

    def _ended(self, read: Read, nodes: Sequence[tuple[_Node, bool]], steps: Sequence[int]) -> Iterator[Hit]:
        found: dict[tuple[str, bool], list[Name]] = defaultdict(list)
        for node, exact in nodes:
            for name, shapes in node.names:
                if exact or len(steps) > 1:
                    fits = [_fits(shape, read.raw(step)) for shape, step in zip(shapes, steps, strict=True)]
                    if all(fits) or (len(steps) > 2 and "A" not in shapes):
                        found[name.kind, all(fits)].append(name)
        first, last = steps[0], steps[-1]
        for (kind, cased), names in found.items():
            start, end = read.tokens[first].start, read.tokens[last].end
            yield Hit(kind, tuple(dict.fromkeys(names)), first, last, start, end, cased)

    def _bases(self, read: Read, at: int) -> list[tuple[str, bool]]:
        """The words of names that a word may be, and whether it is so as a form of the noun and not by its stem."""
        form = _spelled(read.form(at))
        exact = self._by_form.get(form, set())
        stemmed = self._by_stem.get(stem(form), set())
        return [*((base, True) for base in exact), *((base, False) for base in stemmed - exact)]


def _spelled(form: str) -> str:
    return _SAME.get(form, form)


def _forms_of(base: str, raw: str) -> frozenset[str]:
    return frozenset((base,)) if _shape(raw) == "A" else forms(base)


def _shapes(name: Name, words: Sequence[str]) -> tuple[str, ...]:
    """The shapes of a name's words; of a Russian name that is no person's the first alone needs its capital."""
    shapes = [_shape(raw) for raw in words]
    if name.kind != "person" and words[0][:1] >= "А":
        shapes[1:] = ["l" if shape == "C" else shape for shape in shapes[1:]]
    return tuple(shapes)


def _shape(raw: str) -> str:
    """A for an abbreviation, C for a capital, l for any."""
    if len(raw) > 1 and raw.isupper():
        return "A"
    return "C" if raw[:1].isupper() else "l"


def _fits(shape: str, raw: str) -> bool:
    if shape == "A":
        return raw.isupper()
    return shape == "l" or raw[:1].isupper()


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits of one kind those that do not overlap: the earliest, of these the longest; in the order of the text."""
    taken: list[Hit] = []
    used: set[int] = set()
    ordered = sorted(hits, key=lambda one: (one.first, -one.last, not one.cased))
    for one in ordered:
        places = range(one.first, one.last + 1)
        if used.isdisjoint(places):
            used.update(places)
            taken.append(one)
    return taken


def ways_of(name: Name) -> Iterator[Name]:
    """How a name of a person is written: as it is, the family name first, a Russian one without its patronymic."""
    yield name
    parts = name.text.split()
    if len(parts) == 3 and parts[1].endswith(("вич", "вна", "ич")):
        yield _as(name, parts[0], parts[2])
        yield _as(name, parts[2], *parts[:2])
        yield _as(name, *parts[:2])
        parts = [parts[0], parts[2]]
    if len(parts) == 2:
        yield _as(name, *parts[::-1])
        yield Name(name.kind, name.record, parts[1], name.language, DERIVED)


def _as(name: Name, *parts: str) -> Name:
    return Name(name.kind, name.record, " ".join(parts), name.language, name.type)
