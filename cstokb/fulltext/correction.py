"""A query with its misspelt words put right, for a reader to choose; the query itself is never changed.

A word is taken for misspelt where no record holds it, in any form; and where the query finds next to nothing also a
word that one record holds, if a word at a distance of 1 is held by many. What is offered in its place is what the same
keys write on the other keyboard layout, or else the nearest word that records hold, the commonest of equally near ones.
Operators, fields, signs, articles, beginnings of words (``terror*``) and excluded words stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cstokb.fulltext.backends import backend
from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.lexer import Lexeme, cut, with_units
from cstokb.fulltext.spelling import LEAST_LETTERS, Near, neighbours
from cstokb.fulltext.terms import Token, analyse, exact

#: More words of one query than these are not put right: then it is no slip.
MOST_WORDS = 4
#: Neighbours of a word whose commonness is looked up.
MOST_NEIGHBOURS = 12
#: A word that one record holds is doubted for a neighbour that so many hold.
MANY = 10


@dataclass(frozen=True)
class Doubted:
    """A piece of the query, ``text[start:end]``, that may be misspelt, with the words in it.

    ``form`` is the folded word; empty for a piece with signs, which may be letters of the other layout. ``other`` is
    what the keys write there.
    """

    start: int
    end: int
    words: tuple[Token, ...]
    form: str
    other: Token | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """What may be misspelt: the word, and what its keys write on the other layout."""
        return tuple(form for form in (self.form, self.other.form if self.other else "") if form)


def corrected(text: str, fields: Collection[str], *, rare: bool) -> str:
    """The query with what was probably meant; empty where nothing is to be put right.

    ``rare`` doubts words too that one record holds. Takes one query where every word is held by records, else at
    most three, however many words there are.
    """
    doubted = list(_words(text, fields))
    held = backend().holders(sorted(set(_terms(doubted)))) if doubted else {}
    limit = 1 if rare else 0
    wrong = [one for one in doubted if all(held.get(word.stem, 0) <= limit for word in one.words)]
    if not wrong or sum(bool(one.form) for one in wrong) > MOST_WORDS:
        return ""
    meant = {one: one.other.form for one in wrong if one.other and held.get(one.other.stem)}
    rest = [one for one in wrong if not _inside(one, meant)]
    near = neighbours({form for one in rest for form in one.forms})
    common = _common(near) if any(near.values()) else {}
    for one in rest:
        least = MANY if held.get(one.words[0].stem) else 1
        found = (_best(form, near.get(form, ()), common, least) for form in one.forms)
        best = next(filter(None, found), "")
        if best and not _inside(one, meant):
            meant[one] = best
    return _written(text, meant)


def _words(text: str, fields: Collection[str]) -> Iterator[Doubted]:
    """The words of a query that are asked for, those within phrases among them."""
    lexemes = with_units(cut(text, fields)[0])
    for before, lexeme in zip([None, *lexemes], lexemes, strict=False):
        if lexeme.kind in ("word", "phrase") and not (before and before.kind == "not"):
            yield from _words_of(lexeme)


def _words_of(lexeme: Lexeme) -> Iterator[Doubted]:
    found = lexeme.analysis()
    if found.units and lexeme.kind == "word":
        return  # an article, whose words may have stood further apart than its text says
    start = lexeme.start + (lexeme.kind == "phrase")
    numbered = {at for unit in found.units for at in range(unit.first, unit.last + 1)}
    spelled = [word for at, word in enumerate(found.words) if at not in numbered and not word.stop]
    bare = lexeme.text.isalpha() or lexeme.kind != "word"
    other = None if bare else _other(lexeme.text)
    if other:
        yield Doubted(start, start + len(lexeme.text), found.words, "", other)
    for word in spelled:
        if len(word.form) >= LEAST_LETTERS:
            other = _other(lexeme.text[word.start : word.end])
            yield Doubted(start + word.start, start + word.end, (word,), word.form, other)


def _other(written: str) -> Token | None:
    """The one word that the same keys write on the other layout."""
    words = analyse(other_layout(written)).words
    return words[0] if len(words) == 1 and len(words[0].form) >= LEAST_LETTERS - 1 else None


def _terms(doubted: Sequence[Doubted]) -> Iterator[str]:
    for one in doubted:
        yield from (word.stem for word in one.words)
        if one.other:
            yield one.other.stem


def _inside(one: Doubted, meant: Mapping[Doubted, str]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in meant)


def _common(near: Mapping[str, Sequence[Near]]) -> dict[str, int]:
    """How many records hold each of the nearest words."""
    forms = {form for found in near.values() for _apart, form in found[:MOST_NEIGHBOURS]}
    return backend().holders(sorted(map(exact, forms)))


def _best(form: str, near: Sequence[Near], common: Mapping[str, int], least: int) -> str:
    """The nearest word that so many records hold, one with the same first letter before others, then the commonest."""
    fitting = [
        (apart, other[0] != form[0], -common[exact(other)], other)
        for apart, other in near[:MOST_NEIGHBOURS]
        if common.get(exact(other), 0) >= least and (least == 1 or apart == 1)
    ]
    return min(fitting)[-1] if fitting else ""


def _written(text: str, meant: Mapping[Doubted, str]) -> str:
    """The query with other words in place of some, in capitals where these had them."""
    for one in sorted(meant, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + _like(text[one.start : one.end], meant[one]) + text[one.end :]
    return text if meant else ""


def _like(written: str, word: str) -> str:
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word.capitalize() if written[:1].isupper() else word
