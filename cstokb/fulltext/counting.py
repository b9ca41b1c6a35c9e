"""What a passage holds of what is sought, told from the forms of its words that the index keeps.

It is what reading the text anew would find; a test compares the two. Only passages of plain words can be told so: where
words make a compound or a numbered article, there are terms that no single form shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstokb.fulltext.forms import compounds, unpacked
from cstokb.fulltext.stems import beginning, stem
from cstokb.fulltext.stopwords import STOP_WORDS
from cstokb.fulltext.terms import exact, places_of_words
from cstokb.fulltext.tree import Leaf, Near, Phrase, Prefix, Term
from cstokb.fulltext.units import HEADS

Span = tuple[int, int]


class Told:
    """The leaves of a completed tree, asked of one passage after the other.

    Most passages of a record hold none of them, and few of their words matter: which do is remembered, so that what
    holds none is passed over, and what can begin none is not even cut into words.
    """

    def __init__(self, sought: Sequence[Leaf]) -> None:
        self._sought = sought
        self._phrases = [(place, leaf.terms) for place, leaf in enumerate(sought) if isinstance(leaf, Phrase)]
        self._needs_text = any(isinstance(leaf, Near) for leaf in sought)
        terms = {term for leaf in sought for term in _terms(leaf)}
        self._forms = {term[1:] for term in terms if term.startswith("=")}
        self._stems = {term for term in terms if not term.startswith("=")}
        self._beginnings = tuple(leaf.form for leaf in sought if isinstance(leaf, Prefix))
        # Distances and numbered articles are not seen in single words.
        self._passes_none = self._needs_text or any("§" in term for term in terms)
        self._starts = (*{*map(beginning, self._stems), *self._forms, *self._beginnings},)
        self._inside = [f" {start}" for start in self._starts]
        self._met: set[str] = set()
        self._mattering: dict[str, list[int]] = {}

    def may_hold(self, forms: str) -> bool:
        """Whether a passage, plain or not, could hold any of the leaves."""
        if self._passes_none:
            return True
        if "-" not in forms:
            return self._may_begin(forms) and bool(self._held(forms.split()))
        if not self._may_begin(forms.replace("-", " ")) and not self._may_begin(forms.replace("-", "")):
            return False
        return bool(self._held([*unpacked(forms), *(form for _first, _last, form in compounds(forms))]))

    def is_told(self, text: str, forms: str) -> bool:
        """Whether the forms tell all that is sought: no compounds, no articles, and nothing that needs distances."""
        plain = "-" not in forms and "§" not in text and HEADS.isdisjoint(forms.split())
        return plain and not self._needs_text

    def counts(self, forms: str) -> list[int]:
        """How often each of the leaves stands in plain words."""
        words = forms.split()
        held = self._held(words)
        counted = [0] * len(self._sought)
        for word in held:
            for place in self._mattering[word]:
                counted[place] += words.count(word)
        for place, spans in self._of_phrases(words, held):
            counted[place] = len(spans)
        return counted

    def spans(self, text: str, forms: str) -> list[Span] | None:
        """Where the leaves stand in a text of plain words; None where not every word of it is among the forms."""
        words, places = forms.split(), places_of_words(text)
        if len(words) != len(places):  # a few signs look like words and are none
            return None
        held = self._held(words)
        single = {word for word in held if self._mattering[word]}
        spans = [(at, at) for at, word in enumerate(words) if word in single]
        spans += [span for _place, own in self._of_phrases(words, held) for span in own]
        return [(places[first][0], places[last][1]) for first, last in spans]

    def _of_phrases(self, words: list[str], held: set[str]) -> Iterator[tuple[int, list[Span]]]:
        """The place of each phrase among the leaves, with the first and last word where it stands in a row of words."""
        known = {*map(stem, held), *map(exact, held)} if self._phrases else set()
        stood = [(place, terms) for place, terms in self._phrases if known.issuperset(terms)]
        stems = list(map(stem, words)) if stood else []
        for place, terms in stood:
            # A phrase is of stems or of exact forms throughout; no row holds both.
            exactly = all(term.startswith("=") for term in terms)
            row, sought = (words, [term[1:] for term in terms]) if exactly else (stems, list(terms))
            starts = (at for at in _places(row, sought[0]) if row[at : at + len(sought)] == sought)
            yield place, [(at, at + len(sought) - 1) for at in starts]

    def _may_begin(self, forms: str) -> bool:
        """Whether any word begins as one that matters does."""
        return forms.startswith(self._starts) or any(start in forms for start in self._inside)

    def _held(self, words: list[str]) -> set[str]:
        """Those of the words that matter."""
        own = set(words)
        for word in own - self._met:
            self._met.add(word)
            if word.startswith(self._starts):
                self._meet(word)
        return own & self._mattering.keys()

    def _meet(self, word: str) -> None:
        """Remember a word that matters, and for which leaves of one word it does; a common one is for phrases alone."""
        root = stem(word)
        if root in self._stems or word in self._forms or word.startswith(self._beginnings):
            told = (place for place, leaf in enumerate(self._sought) if _fits(leaf, word, root))
            self._mattering[word] = [] if word in STOP_WORDS else list(told)


def _fits(leaf: Leaf, word: str, root: str) -> bool:
    """Whether a word by itself is what a leaf seeks."""
    match leaf:
        case Term(term):
            return term in (root, exact(word))
        case Prefix(form):
            return word.startswith(form)
        case _:
            return False


def _terms(leaf: Leaf) -> Sequence[str]:
    match leaf:
        case Term(term):
            return (term,)
        case Phrase(terms):
            return terms
        case _:
            return ()


def _places(row: list[str], word: str) -> Iterator[int]:
    at = -1
    for _ in range(row.count(word)):
        at = row.index(word, at + 1)
        yield at
