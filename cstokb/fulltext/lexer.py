"""The query cut into pieces: words, phrases, fields, brackets and operators, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal

from cstokb.fulltext.folding import DOUBLE_QUOTES, IGNORABLE
from cstokb.fulltext.notices import Notice, unknown_field
from cstokb.fulltext.terms import Analysis, analyse

Kind = Literal["word", "phrase", "prefix", "wildcard", "field", "open", "close", "or", "and", "not", "near"]

_QUOTES = f'"{DOUBLE_QUOTES}'
_BLANK = re.compile(rf"[\s{IGNORABLE}]+")
_PIECE = re.compile(rf"[^\s(){_QUOTES}]+")
_NO_QUOTES = dict.fromkeys(map(ord, _QUOTES), " ")
_STARS = re.compile(r"\*+")
_MINUS = re.compile(r"[-−–]+")
_FIELD = re.compile(r"([^\W\d_][\w-]*):")
_NEAR = re.compile(r"NEAR/(\d{1,4})")
_OPERATORS: dict[str, Kind] = {"OR": "or", "AND": "and", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query. `text` is its content: without quotes, star, sign or field name."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    exact: bool = False
    name: str = ""
    distance: int = 0

    @property
    def plain(self) -> bool:
        """A word without any sign, which may go together with its neighbours."""
        return self.kind == "word" and not self.exact

    @property
    def is_dash(self) -> bool:
        """A dash that stands for "to" between two numbers."""
        return self.plain and _MINUS.fullmatch(self.text) is not None

    @property
    def is_silent(self) -> bool:
        """Whether it asks for nothing: a star alone, or marks without a letter or a digit."""
        return self.kind == "wildcard" or not self.analysis().words

    def analysis(self) -> Analysis:
        """The terms of its content."""
        return analyse(self.text)


@dataclass
class _Reader:
    query: str
    fields: Collection[str]
    at: int = 0
    lexemes: list[Lexeme] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def read(self) -> None:
        while self.at < len(self.query):
            blank = _BLANK.match(self.query, self.at)
            if blank:
                self.at = blank.end()
            else:
                self.piece(exact=False)

    def piece(self, *, exact: bool) -> None:
        letter = self.query[self.at]
        minus = _MINUS.match(self.query, self.at)
        if letter in "()":
            self.add("open" if letter == "(" else "close", self.at, self.at + 1)
        elif letter in _QUOTES:
            self.phrase(exact=exact)
        elif minus and not exact:
            self.minus(minus.end())
        elif letter == "=" and self.goes_on(self.at + 1):
            self.at += 1
            if self.query[self.at] in "()":
                self.notices.append(Notice("lone-operator", self.at - 1, self.at))
            elif self.query[self.at] != "=":
                self.piece(exact=True)
        else:
            self.chunk(exact=exact)

    def goes_on(self, at: int) -> bool:
        """Whether something follows without a blank."""
        return at < len(self.query) and not _BLANK.match(self.query, at)

    def add(self, kind: Kind, start: int, end: int, text: str = "", **more: object) -> None:
        self.lexemes.append(replace(Lexeme(kind, start, end, text), **more))  # type: ignore[arg-type]
        self.at = end

    def minus(self, end: int) -> None:
        if self.goes_on(end):
            self.add("not", self.at, end)
        elif self.is_range(end):
            self.add("word", self.at, end, self.query[self.at : end])
        else:
            self.notices.append(Notice("lone-operator", self.at, end))
            self.at = end

    def is_range(self, end: int) -> bool:
        """Whether a dash between blanks stands between two numbers, as in "Articles 2 - 5"."""
        before = self.lexemes[-1] if self.lexemes else None
        after = _BLANK.match(self.query, end)
        number = after is not None and self.query[after.end() : after.end() + 1].isdigit()
        return number and before is not None and before.plain and before.text[:1].isdigit()

    def phrase(self, *, exact: bool) -> None:
        closing = self.closing(self.at)
        if closing < 0:
            suggestion = f'{self.query}"' if self.query[self.at] not in "»”" else self.without(self.at)
            self.notices.append(Notice("unbalanced-quote", self.at, self.at + 1, suggestion))
            self.at += 1
            return
        self.note_quotes(self.at, closing)
        self.add("phrase", self.at, closing + 1, _straight(self.query[self.at + 1 : closing]), exact=exact)

    def closing(self, opening: int) -> int:
        """Where the phrase that opens here ends; marks of another kind may stand inside « »."""
        if self.query[opening] == "«" and "»" in self.query[opening:]:
            return self.query.index("»", opening)
        return next((at for at in range(opening + 1, len(self.query)) if self.query[at] in _QUOTES), -1)

    def note_quotes(self, opening: int, closing: int) -> None:
        known = any(notice.code == "typographic-quotes" for notice in self.notices)
        if not known and {self.query[opening], self.query[closing]} != {'"'}:
            straight = self.query.translate(dict.fromkeys(map(ord, DOUBLE_QUOTES), '"'))
            self.notices.append(Notice("typographic-quotes", opening, closing + 1, straight))

    def without(self, at: int) -> str:
        return self.query[:at] + self.query[at + 1 :]

    def chunk(self, *, exact: bool) -> None:
        found = _PIECE.match(self.query, self.at)
        assert found, "every other character begins a piece"  # noqa: S101 - so the types know it
        text, start, end = found.group(), self.at, found.end()
        if text in _OPERATORS and not exact:
            self.add(_OPERATORS[text], start, end)
        elif (near := _NEAR.fullmatch(text)) and not exact:
            self.add("near", start, end, distance=int(near[1]))
        elif (named := _FIELD.match(text)) and not exact:
            self.named(named[1], start, end)
        else:
            self.word(text, start, end, exact=exact)

    def named(self, name: str, start: int, end: int) -> None:
        if name.casefold() not in self.fields:
            self.notices.append(unknown_field(name, start, sorted(self.fields)))
            colon = start + len(name)
            self.add("word", start, colon, _plain(name))
            self.at = colon + 1
            return
        value = self.query[start + len(name) + 1 : end]
        if not value and end < len(self.query) and self.query[end] in _QUOTES and self.closing(end) > 0:
            closing = self.closing(end)
            value, end = _straight(self.query[end + 1 : closing]), closing + 1
        self.add("field", start, end, value, name=name.casefold())

    def word(self, text: str, start: int, end: int, *, exact: bool) -> None:
        if not text.strip("*"):
            self.add("wildcard", start, end)
            return
        body = text.rstrip("*")
        star = _STARS.search(body)
        if star:
            self.notices.append(Notice("leading-wildcard", start, end))
            if star.start():
                self.add("word", start, start + star.start(), _plain(body[: star.start()]), exact=exact)
            self.at = start + star.end()  # what follows is read by itself
            return
        self.add("prefix" if body != text else "word", start, end, body, exact=exact)


def _plain(text: str) -> str:
    """What is a word here, although it would be an operator by itself."""
    return text.lower() if text in _OPERATORS or _NEAR.fullmatch(text) else text


def _straight(text: str) -> str:
    """What stands between quotation marks without further ones, which would end it when it is written out."""
    return text.translate(_NO_QUOTES)


def cut(query: str, fields: Collection[str]) -> tuple[list[Lexeme], list[Notice]]:
    """The pieces of a query, brackets balanced, and the repairs that took. Any text can be cut."""
    reader = _Reader(query, fields)
    reader.read()
    lexemes, lost = _balanced(reader.lexemes)
    closed = query + ")" * sum(one.kind == "open" for one in lost)
    for one in lost:
        suggestion = closed if one.kind == "open" else reader.without(one.start)
        reader.notices.append(Notice("unbalanced-bracket", one.start, one.end, suggestion))
    return lexemes, sorted(reader.notices, key=lambda notice: notice.start)


def _balanced(lexemes: list[Lexeme]) -> tuple[list[Lexeme], list[Lexeme]]:
    """The lexemes without the brackets that have no partner, and those brackets."""
    opened: list[int] = []
    lost: set[int] = set()
    for index, lexeme in enumerate(lexemes):
        if lexeme.kind == "open":
            opened.append(index)
        elif lexeme.kind == "close":
            lost.discard(opened.pop()) if opened else lost.add(index)
    lost.update(opened)
    kept = [lexeme for index, lexeme in enumerate(lexemes) if index not in lost]
    return kept, [lexemes[index] for index in sorted(lost)]


def with_units(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with "Article 4" and the like as one word, so that operators take the article whole."""
    merged: list[Lexeme] = []
    for lexeme in lexemes:
        merged.append(lexeme)
        for count in (4, 3, 2):
            tail = merged[-count:]
            whole = " ".join(one.text for one in tail)
            if len(tail) == count and _is_unit(whole, tail):
                merged[-count:] = [Lexeme("word", tail[0].start, tail[-1].end, whole)]
                break
    return merged


def _is_unit(text: str, neighbours: list[Lexeme]) -> bool:
    """Whether these words are one article and nothing else."""
    if not all(one.plain for one in neighbours):
        return False
    found = analyse(text)
    covers = [unit for unit in found.units if unit.first == 0 and unit.last == len(found.words) - 1]
    return bool(covers)
