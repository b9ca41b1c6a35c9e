"""How often a passage holds what is sought, told from the forms of its words that the index keeps.

It is the number of places that reading the text anew would find; a test compares the two. Only passages of plain
words can be told so: where words make a compound or a numbered article, there are terms that no single form shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.tree import Leaf, Near, Phrase, Prefix, Term
from cstokb.fulltext.units import HEADS

_STOPPED_STEMS = frozenset(stem(word) for word in STOP_WORDS)


def is_plain(text: str, forms: str, sought: Sequence[Leaf]) -> bool:
    """Whether the forms tell all that is sought: no compounds, no articles, and nothing that needs distances."""
    if "-" in forms or "§" in text or any(isinstance(leaf, Near) for leaf in sought):
        return False
    return HEADS.isdisjoint(forms.split())


def counts_in_forms(forms: str, sought: Sequence[Leaf]) -> list[int]:
    """How often each of the leaves stands in plain words."""
    words = forms.split()
    row = _Row(words, list(map(stem, words)))
    return [row.count(leaf) for leaf in sought]


class _Row:
    """Plain words with their stems."""

    def __init__(self, words: list[str], stems: list[str]) -> None:
        self.words, self.stems = words, stems

    def count(self, leaf: Leaf) -> int:
        match leaf:
            case Term(term):
                return self.terms(term)
            case Prefix(form):
                return sum(word.startswith(form) and word not in STOP_WORDS for word in self.words)
            case Phrase(terms):
                return self.phrases(terms)
            case _:
                return 0

    def terms(self, term: str) -> int:
        """Common words are no terms of a record."""
        if term.startswith("="):
            return self.words.count(term[1:]) if term[1:] not in STOP_WORDS else 0
        if term not in _STOPPED_STEMS:
            return self.stems.count(term)
        pairs = zip(self.words, self.stems, strict=True)
        return sum(root == term and word not in STOP_WORDS for word, root in pairs)

    def phrases(self, terms: Sequence[str]) -> int:
        """A phrase is of stems or of exact forms throughout; no row holds both."""
        if all(term.startswith("=") for term in terms):
            return _times(self.words, [term[1:] for term in terms])
        return _times(self.stems, list(terms))


def _times(row: list[str], terms: list[str]) -> int:
    """How often the terms stand one behind the other."""
    number, length, at = row.count(terms[0]), len(terms), -1
    found = 0
    for _ in range(number):
        at = row.index(terms[0], at + 1)
        found += row[at : at + length] == terms
    return found
