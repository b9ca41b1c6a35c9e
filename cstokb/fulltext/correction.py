"""A query with its misspelt words put right, for a reader to choose; the query itself is never changed.

A word is taken for misspelt where no record holds it, in any form; and where the query finds next to nothing also a
word that one record holds, if a word at a distance of 1 is held by many. What is offered in its place is what the same
keys write on the other keyboard layout; or what it is in Russian letters (ustav), with the common words beside it; or
else the nearest word that records hold, the commonest of equally near ones.
Operators, fields, signs, articles, beginnings of words (``terror*``) and excluded words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cstokb.fulltext.backends import backend
from cstokb.fulltext.folding import APOSTROPHES
from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.lexer import Lexeme, cut, with_units
from cstokb.fulltext.names import name_key
from cstokb.fulltext.romanised import readings
from cstokb.fulltext.spelling import LEAST_LETTERS, Near, neighbours
from cstokb.fulltext.terms import Token, analyse, exact

#: More words of one query than these are not put right: then it is no slip.
MOST_WORDS = 6
#: Fewer letters of another alphabet mean no word.
LEAST_ELSEWHERE = 3
#: Neighbours of a word whose commonness is looked up.
MOST_NEIGHBOURS = 12
# Letters with apostrophes, which stand for the signs of Russian: stat'ya.
_WITH_SIGNS = re.compile(rf"[^\W\d_{APOSTROPHES}]+(?:['{APOSTROPHES}]+[^\W\d_{APOSTROPHES}]*)+")
#: A word that one record holds is doubted for a neighbour that so many hold.
MANY = 10


@dataclass(frozen=True)
class Doubted:
    """A piece of the query, ``text[start:end]``, that may be misspelt, with the words in it.

    ``form`` is the folded word if its neighbours are looked for; empty for a short word, and for a piece with signs,
    which may be letters of the other layout or of a romanisation. ``other`` is what the keys write on that layout,
    ``russian`` what it may be in Russian letters.
    """

    start: int
    end: int
    words: tuple[Token, ...]
    form: str
    other: Token | None = None
    russian: tuple[Token, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """What may be misspelt: the word, and what its keys write on the other layout."""
        return tuple(form for form in (self.form, self.other.form if self.other else "") if form)

    @property
    def reading(self) -> str:
        """The likeliest of what it is in Russian letters, which may lack a sign, or a letter that is written twice."""
        return self.russian[0].form if self.form and self.russian else ""

    @property
    def is_small(self) -> bool:
        """Whether it is a common word in Russian letters: v, mezhdu."""
        return any(one.stop for one in self.russian[:1])


def corrected(text: str, fields: Collection[str], *, rare: bool) -> str:
    """The query with what was probably meant; empty where nothing is to be put right.

    ``rare`` doubts words too that one record holds. Takes one query where every word is held by records, else at
    most three, however many words there are.
    """
    doubted = list(_words(text, fields))
    held = backend().holders(sorted(set(_terms(doubted)))) if doubted else {}
    limit = 1 if rare else 0
    large = [one for one in doubted if not one.is_small]
    wrong = [one for one in large if all(held.get(word.stem, 0) <= limit for word in one.words)]
    if not wrong or sum(bool(one.form) for one in wrong) > MOST_WORDS:
        return ""
    meant = {one: one.other.form for one in wrong if one.other and held.get(one.other.stem)}
    rest = [one for one in wrong if not _inside(one, meant)]
    near = neighbours({form for one in rest for form in one.forms}, {one.reading for one in rest})
    common = _common(near) if any(near.values()) else {}
    for one, best in _best(rest, held, near, common):
        if not _inside(one, meant):
            meant[one] = best
    return _written(text, meant | _beside(doubted, meant, held))


def _words(text: str, fields: Collection[str]) -> Iterator[Doubted]:
    """The words of a query that are asked for, those within phrases among them."""
    lexemes = with_units(cut(text, fields)[0])
    for before, lexeme in zip([None, *lexemes], lexemes, strict=False):
        if lexeme.kind in ("word", "phrase") and not (before and before.kind == "not"):
            yield from _words_of(lexeme)


def _words_of(lexeme: Lexeme) -> Iterator[Doubted]:
    """Pieces with signs, each before the words in it."""
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
    for signed in _WITH_SIGNS.finditer(lexeme.text):
        first, last = signed.span()
        inside = tuple(word for word in spelled if first <= word.start and word.end <= last)
        if inside and (russian := _russian(signed.group())):
            joined = tuple(one.token for one in analyse(signed.group()).compounds)
            yield Doubted(start + first, start + last, joined or inside, "", russian=russian)
    for word in spelled:
        written = lexeme.text[word.start : word.end]
        place, russian = (start + word.start, start + word.end), _russian(written)
        if len(word.form) >= LEAST_LETTERS:
            yield Doubted(*place, (word,), word.form, _other(written), russian)
        elif russian:
            yield Doubted(*place, (word,), "", russian=russian)


def _other(written: str) -> Token | None:
    """The one word that the same keys write on the other layout."""
    words = analyse(other_layout(written)).words
    return words[0] if len(words) == 1 and len(words[0].form) >= LEAST_ELSEWHERE else None


def _russian(written: str) -> tuple[Token, ...]:
    """What a word in Latin letters may be in Russian ones; of very short words only those that are common."""
    found = (word for reading in readings(written) for word in analyse(reading).words)
    return tuple(word for word in found if word.stop or len(word.form) >= LEAST_ELSEWHERE)


def _terms(doubted: Sequence[Doubted]) -> Iterator[str]:
    for one in doubted:
        yield from (word.stem for word in one.words)
        if one.other:
            yield one.other.stem
        for word in one.russian:
            yield from (word.stem, exact(word.form))


def _best(
    rest: Sequence[Doubted],
    held: Mapping[str, int],
    near: Mapping[str, Sequence[Near]],
    common: Mapping[str, int],
) -> Iterator[tuple[Doubted, str]]:
    """What pieces were probably meant to be: what they are in Russian letters, else what is near.

    Where all that may be Russian is near words in its own letters that sound the same, these are meant: Tokajev is
    Tokayev.
    """
    found = {
        one: {
            form: _nearest(form, near.get(form, ()), common, _least(one, held))
            for form in (*one.forms, one.reading)
        }
        for one in rest
    }
    russian = {one: _in_russian(one, held, near, common) for one in rest if one.russian}
    told = {one: text for one, text in russian.items() if text}
    if all(name_key(found[one].get(one.form, "")) == name_key(text) for one, text in told.items()):
        told = {}
    for one in rest:
        best = told.get(one) or next(filter(None, found[one].values()), "")
        if best:
            yield one, best


def _least(one: Doubted, held: Mapping[str, int]) -> int:
    """How many records should hold what is offered."""
    return MANY if any(held.get(word.stem) for word in one.words) else 1


def _in_russian(
    one: Doubted, held: Mapping[str, int], near: Mapping[str, Sequence[Near]], common: Mapping[str, int]
) -> str:
    """What a piece is in Russian letters, if records hold that: this very form, the same but for a sign, another."""
    least, first = _least(one, held), one.reading
    exactly = (word.form for word in one.russian if held.get(exact(word.form), 0) >= least)
    alike = [(apart, other) for apart, other in near.get(first, ()) if name_key(other) == name_key(first)]
    another = (word.form for word in one.russian if held.get(word.stem, 0) >= least)
    return next(exactly, "") or _nearest(first, alike, common, least) or next(another, "")


def _beside(
    doubted: Sequence[Doubted], meant: Mapping[Doubted, str], held: Mapping[str, int]
) -> dict[Doubted, str]:
    """The other words of a query of which some are Russian in Latin letters, those that are so too.

    As Latin ones its common words would be asked for, and names would find less.
    """
    if not any(_is_russian(one, best) for one, best in meant.items()):
        return {}
    others = [one for one in doubted if one.russian and not _inside(one, meant)]
    told = {
        one: [word.form for word in one.russian if word.stop or held.get(exact(word.form))] for one in others
    }
    return {one: forms[0] for one, forms in told.items() if forms}


def _is_russian(one: Doubted, best: str) -> bool:
    """Whether a piece in Latin letters was read as Russian, and not as what its keys write on the other layout."""
    return bool(one.russian) and not best.isascii() and not (one.other and best == one.other.form)


def _inside(one: Doubted, meant: Mapping[Doubted, str]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in meant)


def _common(near: Mapping[str, Sequence[Near]]) -> dict[str, int]:
    """How many records hold each of the nearest words."""
    forms = {form for found in near.values() for _apart, form in found[:MOST_NEIGHBOURS]}
    return backend().holders(sorted(map(exact, forms)))


def _nearest(form: str, near: Sequence[Near], common: Mapping[str, int], least: int) -> str:
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
