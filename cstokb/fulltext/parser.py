"""Pieces to structure: what the query says, before words are given their meaning.

query  = clause*                       all of them
clause = member (OR member)*           OR joins its two neighbours, before the rest is put together
member = [- | NOT] near
near   = operand (NEAR/n operand)*     each pair of neighbours lies near
operand = word | "phrase" | word* | field:value | ( query )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cstokb.fulltext.errors import BadValue, QueryError, QueryTooLong
from cstokb.fulltext.lexer import Lexeme
from cstokb.fulltext.notices import Notice

MAX_DEPTH = 16
MAX_DISTANCE = 30
_OPERANDS = ("word", "phrase", "prefix", "wildcard", "field")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand beside each other without an operator between them."""

    words: tuple[Lexeme, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A phrase, a prefix, a field, or a word with a sign."""

    lexeme: Lexeme


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts."""

    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Any of the parts."""

    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class No:
    """Not the part."""

    part: Said


@dataclass(frozen=True, slots=True)
class Close:
    """The two parts near each other."""

    left: Said
    right: Said
    operator: Lexeme


Said = Run | Single | All | Any | No | Close


@dataclass
class _Parser:
    lexemes: Sequence[Lexeme]
    at: int = 0
    notices: list[Notice] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else "end"

    def take(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def drop(self) -> None:
        """Leave out an operator that joins nothing."""
        lone = self.take()
        self.notices.append(Notice("lone-operator", lone.start, lone.end))

    def query(self, depth: int) -> Said | None:
        parts: list[Said] = []
        joined = False  # an AND has been read and its right side has not
        while self.kind not in ("end", "close"):
            if self.kind == "and":
                joined = self.conjunction(parts, pending=joined)
            elif self.kind in ("or", "near"):
                self.drop()
            elif (part := self.clause(depth)) is not None:
                parts, joined = [*parts, part], False
        if joined:
            self.at -= 1
            self.drop()
        return self.together(parts)

    def conjunction(self, parts: list[Said], *, pending: bool) -> bool:
        """Read AND; says whether a right side is still to come."""
        if not parts or pending:
            self.drop()
            return pending
        self.take()
        return True

    def clause(self, depth: int) -> Said | None:
        members = [self.member(depth)]
        while self.kind == "or":
            if self.follows() and members[-1] is not None:
                self.take()
                members.append(self.member(depth))
            else:
                self.drop()
        said = tuple(one for one in members if one is not None)
        return Any(said) if len(said) > 1 else said[0] if said else None

    def follows(self) -> bool:
        """Whether an operand stands behind the operator here."""
        kinds = [lexeme.kind for lexeme in self.lexemes[self.at + 1 : self.at + 2]]
        return bool(kinds) and kinds[0] in (*_OPERANDS, "open", "not")

    def member(self, depth: int) -> Said | None:
        excluded = False
        while self.kind == "not":
            if not self.follows():
                self.drop()
                continue
            self.take()
            excluded = not excluded
        part = self.near(depth)
        return No(part) if excluded and part is not None else part

    def near(self, depth: int) -> Said | None:
        left = self.operand(depth)
        pairs: list[Said] = []
        while self.kind == "near":
            if left is None or not self.follows() or self.lexemes[self.at + 1].kind == "not":
                self.drop()
                continue
            operator = _checked(self.take())
            right = self.operand(depth)
            if right is not None:
                pairs.append(Close(left, right, operator))
                left = right
        return All(tuple(pairs)) if len(pairs) > 1 else pairs[0] if pairs else left

    def operand(self, depth: int) -> Said | None:
        if self.kind in _OPERANDS:
            lexeme = self.take()
            return Run((lexeme,)) if lexeme.plain else Single(lexeme)
        if self.kind != "open":
            return None
        opening = self.take()
        if depth > MAX_DEPTH:
            raise QueryTooLong(
                _("Brackets go deeper than %(limit)d levels.") % {"limit": MAX_DEPTH},
                start=opening.start,
                end=opening.end,
            )
        inside = self.query(depth + 1)
        self.take()
        return inside

    def together(self, parts: Sequence[Said]) -> Said | None:
        """All of the parts, with words that stand beside each other as one run."""
        merged: list[Said] = []
        for part in parts:
            before = merged[-1] if merged else None
            if isinstance(part, Run) and isinstance(before, Run) and self.neighbours(before, part):
                merged[-1] = Run(before.words + part.words)
            else:
                merged.append(part)
        return All(tuple(merged)) if len(merged) > 1 else merged[0] if merged else None

    def neighbours(self, before: Run, after: Run) -> bool:
        """Whether no operator and no bracket stands between two runs."""
        between = (before.words[-1].end, after.words[0].start)
        return not any(between[0] <= lexeme.start < between[1] for lexeme in self.lexemes)


def _checked(operator: Lexeme) -> Lexeme:
    if 1 <= operator.distance <= MAX_DISTANCE:
        return operator
    raise BadValue(
        _("NEAR takes a distance from 1 to %(limit)d words.") % {"limit": MAX_DISTANCE},
        start=operator.start,
        end=operator.end,
        value=str(operator.distance),
        allowed=(f"NEAR/1 .. NEAR/{MAX_DISTANCE}",),
    )


def structure(lexemes: Sequence[Lexeme]) -> tuple[Said | None, list[Notice]]:
    """What the balanced pieces say, and the operators left out.

    Raises QueryTooLong for deep brackets, BadValue for a distance out of range.
    """
    parser = _Parser(lexemes)
    said = parser.query(1)
    return said, parser.notices


def alternatives(said: Said, operator: Lexeme) -> list[Lexeme]:
    """The words, phrases and prefixes of an operand of NEAR that ask for something; raises QueryError for any other."""
    match said:
        case Run((lexeme,)) | Single(lexeme) if lexeme.kind != "field":
            return [] if lexeme.is_silent else [lexeme]
        case Any(parts):
            return [one for part in parts for one in alternatives(part, operator)]
        case _:
            raise QueryError(
                _("NEAR takes words, phrases, beginnings of words, or such joined by OR in brackets."),
                start=operator.start,
                end=operator.end,
            )
