"""What a passage holds of what is sought, told from the forms of its words that the index keeps.

It is what reading the text anew would find; a test compares the two. Only passages of plain words can be told so: where
words make a compound or a numbered article, there are terms that no single form shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstokb.fulltext.forms import compounds, unpacked
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.terms import places_of_words
from cstokb.fulltext.tree import Leaf, Near, Phrase, Prefix, Term
from cstokb.fulltext.units import HEADS

_STOPPED_STEMS = frozenset(stem(word) for word in STOP_WORDS)

Span = tuple[int, int]


class Told:
    """The leaves of a completed tree, asked of one passage after the other.

    Most passages of a record hold none of them: which words could matter is remembered, so that these are passed over.
    """

    def __init__(self, sought: Sequence[Leaf]) -> None:
        self._sought = sought
        self._needs_text = any(isinstance(leaf, Near) for leaf in sought)
        terms = {term for leaf in sought for term in _terms(leaf)}
        self._forms = {term[1:] for term in terms if term.startswith("=")}
        self._stems = {term for term in terms if not term.startswith("=")}
        self._beginnings = tuple(leaf.form for leaf in sought if isinstance(leaf, Prefix))
        # Distances and numbered articles are not seen in single words.
        self._passes_none = self._needs_text or any("§" in term for term in terms)
        self._met: set[str] = set()
        self._mattering: set[str] = set()

    def may_hold(self, forms: str) -> bool:
        """Whether a passage, plain or not, could hold any of the leaves."""
        if self._passes_none:
            return True
        words = unpacked(forms)
        words += (form for _first, _last, form in compounds(forms))
        for word in set(words) - self._met:
            self._met.add(word)
            if stem(word) in self._stems or word in self._forms or word.startswith(self._beginnings):
                self._mattering.add(word)
        return not self._mattering.isdisjoint(words)

    def is_told(self, text: str, forms: str) -> bool:
        """Whether the forms tell all that is sought: no compounds, no articles, and nothing that needs distances."""
        plain = "-" not in forms and "§" not in text and HEADS.isdisjoint(forms.split())
        return plain and not self._needs_text

    def counts(self, forms: str) -> list[int]:
        """How often each of the leaves stands in plain words."""
        row = _Row(forms.split())
        return [sum(1 for _span in row.spans(leaf)) for leaf in self._sought]

    def spans(self, text: str, forms: str) -> list[Span] | None:
        """Where the leaves stand in a text of plain words; None where not every word of it is among the forms."""
        words, places = forms.split(), places_of_words(text)
        if len(words) != len(places):  # a few signs look like words and are none
            return None
        row = _Row(words)
        spans = (span for leaf in self._sought for span in row.spans(leaf))
        return [(places[first][0], places[last][1]) for first, last in spans]


def _terms(leaf: Leaf) -> Sequence[str]:
    match leaf:
        case Term(term):
            return (term,)
        case Phrase(terms):
            return terms
        case _:
            return ()


class _Row:
    """Plain words with their stems."""

    def __init__(self, words: list[str]) -> None:
        self._words, self._stems = words, list(map(stem, words))

    def spans(self, leaf: Leaf) -> Iterator[Span]:
        """The first and the last word of each place where a leaf stands."""
        match leaf:
            case Term(term):
                yield from ((at, at) for at in self._term(term))
            case Prefix(form):
                for at, word in enumerate(self._words):
                    if word.startswith(form) and word not in STOP_WORDS:
                        yield at, at
            case Phrase(terms):
                yield from self._phrase(terms)

    def _term(self, term: str) -> Iterator[int]:
        """Common words are no terms of a record."""
        if term.startswith("="):
            return _places(self._words, term[1:]) if term[1:] not in STOP_WORDS else iter(())
        places = _places(self._stems, term)
        if term not in _STOPPED_STEMS:
            return places
        return (at for at in places if self._words[at] not in STOP_WORDS)

    def _phrase(self, terms: Sequence[str]) -> Iterator[Span]:
        """A phrase is of stems or of exact forms throughout; no row holds both."""
        exact = all(term.startswith("=") for term in terms)
        row, sought = (self._words, [term[1:] for term in terms]) if exact else (self._stems, list(terms))
        for at in _places(row, sought[0]):
            if row[at : at + len(sought)] == sought:
                yield at, at + len(sought) - 1


def _places(row: list[str], word: str) -> Iterator[int]:
    at = -1
    for _ in range(row.count(word)):
        at = row.index(word, at + 1)
        yield at
