"""The query language: one parser for page, API, feeds and concordance.

    afghanistan terrorism      all words, in any order, stemmed         "collective defence"   phrase
    =security ="as written"    no stemming, no names                    terror*                prefix
    border OR frontier         OR joins its two neighbours              -drugs, NOT drugs      without
    peacekeep* NEAR/5 UN       at most five words apart, any order      (a OR b) c             groups
    state:kaz year:2010..2022  fields, as the caller defines them

OR binds closer than standing side by side or AND: `a b OR c` is a and (b or c). Limits: 1,000 characters, 64
words, brackets 16 deep, NEAR/30. Whatever else a reader writes is read: slips are repaired and said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from cstokb.fulltext.canonical import written
from cstokb.fulltext.errors import QueryTooLong
from cstokb.fulltext.fields import Field
from cstokb.fulltext.lexer import Lexeme, cut, with_units
from cstokb.fulltext.meaning import Names, Reading, candidates
from cstokb.fulltext.notices import Hint, Notice
from cstokb.fulltext.parser import Said, structure
from cstokb.fulltext.tree import Node, asks, show

MAX_CHARACTERS = 1000
MAX_WORDS = 64


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. `tree` is None where nothing can be found, and `hint` then says why.

    `explained` is the query with all that was read into it; `notices` are the repairs; `keys` are those of titles
    and names that the query equals, `named` those of names that stand in it; `canonical` is the query without slips,
    which reads as the same tree. `said` is its structure, and `reading` what its words were read by.
    """

    text: str
    tree: Node | None
    notices: tuple[Notice, ...] = ()
    hint: Hint | None = None
    explained: str = ""
    keys: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    canonical: str = ""
    said: Said | None = field(default=None, compare=False, repr=False)
    reading: Reading | None = field(default=None, compare=False, repr=False)

    @property
    def title(self) -> str:
        """The words where they may be a title, a name or a date as a whole, whatever fields narrow them; else ""."""
        return self.reading.title(self.said) if self.reading and self.said else ""


def parse(text: str, fields: Mapping[str, Field] | None = None, names: Names | None = None) -> Query:
    """Read a query. `fields` are known by their lower-case names; `names` is asked once for all words.

    Raises QueryTooLong over a limit, BadValue for a field's or NEAR's value, QueryError for what NEAR joins. Only a
    star beside NEAR asks the database, for how many words it stands.
    """
    _check_length(text)
    fields = fields or {}
    lexemes, notices = cut(text, fields)
    _check_words(text, lexemes)
    said, more = structure(with_units(lexemes))
    if said is None:
        return Query(text, None, _ordered("", notices, more), _hint(lexemes))
    whole = written(said)
    known = names(candidates(said)) if names else {}
    reading = Reading(text, fields, known)
    tree = reading.node(said)
    notices = [*notices, *more, *reading.notices]
    if tree is None or not asks(tree):
        return Query(text, None, _ordered(whole, notices), _hint(lexemes), canonical=whole)
    explained = _without_brackets(show(tree))
    keys, named = reading.title_keys(said), reading.name_keys(said)
    return Query(text, tree, _ordered(whole, notices), None, explained, keys, named, whole, said, reading)


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise QueryTooLong(
            _("A query has at most %(limit)d characters.") % {"limit": MAX_CHARACTERS},
            start=MAX_CHARACTERS,
            end=len(text),
        )


def _check_words(text: str, lexemes: list[Lexeme]) -> None:
    count = 0
    for lexeme in lexemes:
        words = 1 if lexeme.kind == "field" else len(lexeme.analysis().words)
        count += words
        if count > MAX_WORDS:
            raise QueryTooLong(
                _("A query has at most %(limit)d words.") % {"limit": MAX_WORDS},
                start=lexeme.start,
                end=len(text),
            )


def _hint(lexemes: list[Lexeme]) -> Hint:
    kinds = {lexeme.kind for lexeme in lexemes}
    words = [word for lexeme in lexemes if lexeme.kind == "word" for word in lexeme.analysis().words]
    others = any(not word.stop for word in words) or kinds & {"phrase", "prefix", "field"}
    if "not" in kinds and (others or not words):
        return Hint("only-exclusions" if others else "empty")
    if words:
        return Hint("only-stop-words")
    return Hint("only-wildcard" if "wildcard" in kinds or "prefix" in kinds else "empty")


def _ordered(whole: str, *notices: list[Notice]) -> tuple[Notice, ...]:
    """The notices by their place.

    One without a suggestion of its own, or beside slips of another sort, suggests the query as it was read.
    """
    every = sorted((one for some in notices for one in some), key=lambda one: one.start)
    suggestion = whole if len(whole) <= MAX_CHARACTERS else ""
    if len({one.code for one in every}) > 1:
        return tuple(replace(one, suggestion=suggestion) for one in every)
    return tuple(replace(one, suggestion=one.suggestion or suggestion) for one in every)


def _without_brackets(shown: str) -> str:
    """The explanation without a pair of brackets around the whole."""
    depth = 0
    for at, letter in enumerate(shown):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and at < len(shown) - 1:
            return shown
    return shown[1:-1] if shown.startswith("(") else shown
