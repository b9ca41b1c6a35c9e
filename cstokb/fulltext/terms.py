"""Text to terms: words with their place in the text, compounds, and numbered articles.

A word is letters and digits, with their marks. Words held together by a hyphen, an apostrophe or a zero-width
space are also one compound, so `Kassym-Jomart` is found by `Kassym Jomart` and by `KassymJomart`. A word for
"article" with its number is one unit (`§4`), in both languages and every case, so that 4 is never 40 or 4bis.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from cstokb.fulltext import units
from cstokb.fulltext.folding import APOSTROPHES, DASHES, IGNORABLE, fold
from cstokb.fulltext.stems import stem
from cstokb.fulltext.stopwords import STOP_WORDS

# A letter, then letters and marks; what is not read may stand within. Zero-width space may not: it parts words.
_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_UNREAD = IGNORABLE.replace("\u200b-\u200f", "\u200c-\u200f")
_LETTER = rf"[^\W_{APOSTROPHES}]"  # one of the apostrophes counts as a letter elsewhere
_WORD = re.compile(rf"{_LETTER}+(?:[{_UNREAD}]*(?:{_LETTER}|[{_MARKS}]))*")
_JOINER = re.compile(rf"[{_UNREAD}]*[-{DASHES}'{APOSTROPHES}\u200b][{_UNREAD}]*")
_NOT_READ = re.compile(r"[\W_]+")
LONGEST_FORM = 100
MOST_JOINED = 6
LONGEST_KEY = 300

Place = tuple[str, int, int]  # a term, and where it begins and ends in the text


class Token(NamedTuple):
    """A term and the part of the text it stands for: `text[start:end]`, as written.

    `form` is the folded word, `stem` what it is matched by; a stop word (`stop`) is matched in phrases only.
    """

    start: int
    end: int
    form: str
    stem: str
    stop: bool = False


class Group(NamedTuple):
    """Neighbouring words, by index and both included, that also make one term together."""

    first: int
    last: int
    token: Token


@dataclass(frozen=True, slots=True)
class Analysis:
    """All terms of a text: every word in order, the compounds, the units, and the articles that ranges name."""

    words: tuple[Token, ...]
    compounds: tuple[Group, ...]
    units: tuple[Group, ...]
    between: tuple[tuple[int, int, str], ...]

    def stems(self) -> tuple[str, ...]:
        """The words as they stand."""
        return tuple(word.stem for word in self.words)

    def forms(self) -> tuple[str, ...]:
        """The words as they stand, unstemmed, marked as exact forms."""
        return tuple(exact(word.form) for word in self.words)

    def with_units(self) -> tuple[str, ...]:
        """The words with each numbered article as one term."""
        return tuple(token.stem for token in self._grouped(self.units))

    def with_units_and_compounds(self) -> tuple[str, ...]:
        """The words with each numbered article, and each compound that has no part in one, as one term."""
        return tuple(token.stem for token in self._grouped(self._apart()))

    def variants(self) -> tuple[tuple[str, ...], ...]:
        """The rows of terms by which this text is looked for: as it stands, articles one term, compounds too.

        Where it names an article its words alone do not do: "Article 4" is not any "4" behind "article".
        """
        plain = () if self.units else (self.stems(),)
        rows = (*plain, self.with_units(), self.with_units_and_compounds())
        return tuple(row for row in dict.fromkeys(rows) if row)

    def title_keys(self) -> list[str]:
        """Under which a title of this text is found whole; a very long one is not."""
        return [key for key in map(" ".join, self.variants()) if len(key) <= LONGEST_KEY]

    def rows(self) -> list[list[Place]]:
        """Every row of terms in which phrases are found, each term with its place in the text.

        The words' stems, their exact forms, and where they differ the words with articles, and with compounds
        too, as one term.
        """
        forms = [(exact(word.form), word.start, word.end) for word in self.words]
        return [_places(self.words), forms, *map(_places, self._regrouped())] if forms else []

    def sequences(self) -> list[tuple[str, ...]]:
        """The terms of ``rows`` without their places."""
        further = (tuple(token.stem for token in row) for row in self._regrouped())
        return [self.stems(), self.forms(), *further] if self.words else []

    def record_terms(self) -> Iterator[Place]:
        """Every term by which the whole record is found, with its place: no common words."""
        for word in self.told():
            yield word.stem, word.start, word.end
            yield exact(word.form), word.start, word.end
        for unit in self.units:
            yield unit.token.stem, unit.token.start, unit.token.end
        for start, end, term in self.between:
            yield term, start, end

    def found_by(self) -> list[str]:
        """The terms of ``record_terms`` without their places, in no order."""
        told = self.told()
        words = [word.stem for word in told] + [exact(word.form) for word in told]
        return words + [unit.token.stem for unit in self.units] + [term for _, _, term in self.between]

    def told(self) -> list[Token]:
        """The words that are not common ones, and the compounds."""
        return [word for word in self.words if not word.stop] + [group.token for group in self.compounds]

    def _regrouped(self) -> list[tuple[Token, ...]]:
        """Where they differ from the words: the words with articles as one term, and with compounds too."""
        apart = self._apart() if self.compounds else ()
        return [tuple(self._grouped(groups)) for groups in (self.units, apart) if groups]

    def _apart(self) -> tuple[Group, ...]:
        """The articles, and the compounds that have no part in one."""
        taken = {index for group in self.units for index in range(group.first, group.last + 1)}
        free = [group for group in self.compounds if taken.isdisjoint(range(group.first, group.last + 1))]
        return (*self.units, *free)

    def _grouped(self, groups: tuple[Group, ...]) -> Iterator[Token]:
        starts = {group.first: group for group in groups}
        index = 0
        while index < len(self.words):
            group = starts.get(index)
            yield group.token if group else self.words[index]
            index = group.last + 1 if group else index + 1


def _places(tokens: Iterable[Token]) -> list[Place]:
    return [(token.stem, token.start, token.end) for token in tokens]


def exact(form: str) -> str:
    """The term for a word's form itself, apart from all stems."""
    return f"={form}"


@lru_cache(maxsize=8192)
def title_keys(text: str) -> tuple[str, ...]:
    """Under which a title or name is found whole, in any case of its words."""
    return tuple(analyse(text).title_keys())


def terms(text: str, language: str = "") -> list[Token]:
    """Every term of the text in order of its place: words, compounds, units.

    `language` is what the text is said to be in; stemming follows each word's script all the same.
    """
    found = analyse(text)
    groups = [group.token for group in (*found.compounds, *found.units)]
    return sorted((*found.words, *groups), key=lambda token: (token.start, token.end))


def analyse(text: str) -> Analysis:
    """All terms of a text. Takes time in proportion to its length."""
    words = tuple(_words(text))
    numbered = tuple(units.find(text, [(word.start, word.end, word.form) for word in words]))
    return Analysis(
        words=words,
        compounds=tuple(_compounds(text, words)),
        units=tuple(
            Group(unit.first, unit.last, Token(unit.start, unit.end, unit.term, unit.term))
            for unit in numbered
        ),
        between=tuple((unit.since, unit.end, term) for unit in numbered for term in unit.between),
    )


def places_of_words(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends; a few that fold to nothing are among them."""
    return [found.span() for found in _WORD.finditer(text)]


def _words(text: str) -> Iterator[Token]:
    for found in _WORD.finditer(text):
        form, root, stop = _word(found.group())
        if form:  # a few signs count as letters and fold to nothing
            yield Token(found.start(), found.end(), form, root, stop)


@lru_cache(maxsize=65536)
def _word(written: str) -> tuple[str, str, bool]:
    form = _NOT_READ.sub("", fold(written[: 2 * LONGEST_FORM]))[:LONGEST_FORM]
    return form, stem(form), form in STOP_WORDS


def _compounds(text: str, words: tuple[Token, ...]) -> Iterator[Group]:
    first = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and _JOINER.fullmatch(text, words[index - 1].end, words[index].start):
            continue
        if 1 < index - first <= MOST_JOINED:
            yield _compound(words[first:index], first)
        first = index


def _compound(parts: tuple[Token, ...], first: int) -> Group:
    form = "".join(part.form for part in parts)[:LONGEST_FORM]
    return Group(first, first + len(parts) - 1, Token(parts[0].start, parts[-1].end, form, stem(form)))
