"""Where the words of a query stand in passages, by the place of each word; no text is read anew for single words.

Words and phrases are found in the folded words that the index keeps. Only NEAR and numbered articles ("Article 4"),
which need the text itself, are looked for in it. Both ways find what the search marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cstokb.corpus.texts import Texts
from cstokb.fulltext import units
from cstokb.fulltext.forms import compounds, unpacked
from cstokb.fulltext.passages import merged, spans_of
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.terms import analyse
from cstokb.fulltext.tree import Near, Or, Phrase, Prefix, Term

CHUNK = 500
Span = tuple[int, int]


class Held(NamedTuple):
    """A passage: its row, its record and place there, its words, and from where to where (both included) hits go."""

    key: int
    record: int
    ordinal: int
    language: str
    voice: str
    words: list[str]
    spans: list[Span]


class _Marks(dict[str, bool]):
    """Whether a word form is one that single words and beginnings ask for; each form is asked once."""

    def __init__(self, leaves: Iterable[Any]) -> None:
        super().__init__()
        leaves = list(leaves)
        self.terms = {leaf.term for leaf in leaves if isinstance(leaf, Term)}
        self.begins = tuple(leaf.form for leaf in leaves if isinstance(leaf, Prefix))

    def __bool__(self) -> bool:
        return bool(self.terms or self.begins)

    def __missing__(self, form: str) -> bool:
        own = stem(form) in self.terms or f"={form}" in self.terms or form.startswith(self.begins)
        self[form] = own
        return own


class Finder:
    """Finds the words of a completed query."""

    def __init__(self, leaves: Sequence[Any]) -> None:
        self.leaves = tuple(leaves)
        self.single = _Marks(self.leaves)
        self.phrases = [leaf.terms for leaf in self.leaves if isinstance(leaf, Phrase)]
        self.needs_text = any(map(_needs_text, self.leaves))

    def spans(self, forms: str, words: list[str], text: str = "") -> list[Span]:
        """Where hits stand, in order; those that overlap are one."""
        if not self.leaves:
            return []
        found = list(self._in_text(forms, words, text) if self.needs_text else self._in_words(forms, words))
        # A hit goes to the word behind its last, so that neighbours do not overlap.
        return [(first, last - 1) for first, last in merged(found)]

    def _in_words(self, forms: str, words: list[str]) -> Iterator[Span]:
        joined = list(compounds(forms))
        if self.single:
            marks = self.single
            yield from (
                (at, at + 1) for at, word in enumerate(words) if marks[word] and word not in STOP_WORDS
            )
            yield from ((first, last + 1) for first, last, word in joined if marks[word])
        if self.phrases:
            rows = [_row(words, ())] + ([_row(words, joined)] if joined else [])
            for terms in self.phrases:
                for row in rows:
                    yield from _phrase(row, terms)

    def _in_text(self, forms: str, words: list[str], text: str) -> Iterator[Span]:
        if not self._may_hold(forms, words, text):
            return
        starts = [word.start for word in analyse(text).words]
        for start, end in spans_of(text, Or(self.leaves)):
            first = bisect_left(starts, start)
            yield first, max(bisect_left(starts, end), first + 1)

    def _may_hold(self, forms: str, words: list[str], text: str) -> bool:
        """Whether a text is worth reading: reading one costs as much as looking at the words of thirty."""
        named = "§" in text or not units.HEADS.isdisjoint(words)
        if "-" in forms or (named and any(map(_names_article, self.leaves))):
            return True
        held = {stem(word) for word in words} | {f"={word}" for word in words}
        plain = [leaf for leaf in self.leaves if not _names_article(leaf)]
        return any(_fits(leaf, held) for leaf in plain)


Row = list[tuple[str, int, int]]


def _row(words: list[str], joined: Sequence[tuple[int, int, str]]) -> Row:
    """The words with compounds as one: each with its first place and the place behind its last."""
    starts = {first: (last, word) for first, last, word in joined}
    row: Row = []
    at = 0
    while at < len(words):
        last, word = starts.get(at, (at, words[at]))
        row.append((word, at, last + 1))
        at = last + 1
    return row


def _phrase(row: Row, terms: tuple[str, ...]) -> Iterator[Span]:
    for at in range(len(row) - len(terms) + 1):
        if all(_is(row[at + step][0], term) for step, term in enumerate(terms)):
            yield row[at][1], row[at + len(terms) - 1][2]


def _is(word: str, term: str) -> bool:
    return word == term[1:] if term.startswith("=") else stem(word) == term


def _needs_text(leaf: Any) -> bool:
    return isinstance(leaf, Near) or _names_article(leaf)


def _names_article(leaf: Any) -> bool:
    """Whether a part of it is a numbered article."""
    match leaf:
        case Term(term):
            return "§" in term
        case Phrase(terms):
            return any("§" in term for term in terms)
        case Near(left, right):
            return any("§" in term for way in (*left, *right) if isinstance(way, tuple) for term in way)
        case _:
            return False


def _fits(leaf: Any, held: set[str]) -> bool:
    """Whether a text with these stems and forms, and no compound, may hold a leaf that names no article."""
    match leaf:
        case Term(term):
            return term in held
        case Phrase(terms):
            return held.issuperset(terms)
        case Near(left, right):
            sides = ([way for way in side if isinstance(way, tuple)] for side in (left, right))
            return all(any(map(held.issuperset, ways)) for ways in sides)
        case _:
            return True


def passages(texts: Texts, finder: Finder) -> Iterator[Held]:
    """The passages with their words and hits, a chunk of rows in memory at a time."""
    columns = ["pk", "record_id", "ordinal", "language", "voice", "forms"]
    rows = texts.passages.values_list(*columns, *(["text"] if finder.needs_text else []))
    for key, record, ordinal, language, voice, forms, *text in rows.iterator(chunk_size=CHUNK):
        if texts.holds(language, voice):
            words = unpacked(forms)
            spans = finder.spans(forms, words, *text)
            yield Held(key, record, ordinal, language, voice, words, spans)
