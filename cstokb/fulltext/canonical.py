"""A query written out: what was read of it, without slips, so that reading it again gives the same tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cstokb.fulltext.lexer import Lexeme
from cstokb.fulltext.parser import All, Any, Close, No, Run, Said, Single

# What a value cannot hold without quotation marks.
_BREAKS = re.compile(r"[\s()]")


@dataclass(frozen=True, slots=True)
class _Written:
    """A part as text; whether it begins or ends with a plain word, and whether an operator binds less than it.

    ``denied`` is what it excludes, where it does nothing else.
    """

    text: str
    begins: bool = False
    ends: bool = False
    loose: bool = False
    denied: _Written | None = None

    @property
    def closed(self) -> _Written:
        """The same where operators stand beside it."""
        return _Written(f"({self.text})") if self.loose else self


def written(said: Said | None) -> str:
    """The query in its own language, each operator and bracket where it is needed."""
    return _write(said).text if said is not None else ""


def _write(said: Said) -> _Written:
    match said:
        case Run(words):
            kept = _without_outer_dashes(words)
            text = " ".join(word.text for word in kept)
            return _Written(text, begins=True, ends=True, loose=len(kept) > 1)
        case Single(lexeme):
            return _Written(piece(lexeme))
        case No(part):
            return _not(_write(part))
        case Any(parts):
            return _either([_write(part) for part in parts])
        case All(parts):
            return _chain(parts) or _all([_write(part) for part in parts])
        case Close():
            return _chain((said,)) or _either([_write(said.left), _write(said.right)])


def _without_outer_dashes(words: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """The words without dashes that another piece parts from their number: they say nothing, and would be operators."""
    kept = [place for place, word in enumerate(words) if not word.is_dash]
    return words[kept[0] : kept[-1] + 1] if kept else ()


def _not(inner: _Written) -> _Written:
    if inner.denied is not None:  # two signs beside each other would be read as one
        return inner.denied
    closed = inner.closed
    return _Written(f"-{closed.text}", ends=closed.ends, denied=inner) if closed.text else closed


def _either(parts: Sequence[_Written]) -> _Written:
    kept = [part.closed for part in parts if part.text]
    if len(kept) < 2:
        return next((part for part in parts if part.text), _Written(""))
    return _Written(" OR ".join(part.text for part in kept), kept[0].begins, kept[-1].ends, loose=True)


def _all(parts: Sequence[_Written]) -> _Written:
    kept = [part for part in parts if part.text]
    if len(kept) < 2:
        return kept[0] if kept else _Written("")
    text = kept[0].text
    for before, part in pairwise(kept):
        # Words beside each other would be read together, as a name or an article.
        text += f" AND {part.text}" if before.ends and part.begins else f" {part.text}"
    return _Written(text, kept[0].begins, kept[-1].ends, loose=True)


def _chain(parts: Sequence[Said]) -> _Written | None:
    """`a NEAR/2 b NEAR/3 c`, whose parts are pairs of neighbours; None for anything else or an empty side."""
    pairs = [part for part in parts if isinstance(part, Close)]
    linked = all(one.right is other.left for one, other in pairwise(pairs))
    if len(pairs) < len(parts) or not linked:
        return None
    strict = [any(one.exact for one in pieces(part)) for part in pairs]
    if len(set(strict)) > 1:  # each pair has its own = then, and stands by itself
        return None
    sides = [_side(side, strict=strict[0]) for side in (pairs[0].left, *(pair.right for pair in pairs))]
    if not all(side.text for side in sides):
        return None
    text = sides[0].text
    for pair, side in zip(pairs, sides[1:], strict=True):
        text += f" NEAR/{pair.operator.distance} {side.text}"
    return _Written(text, sides[0].begins, sides[-1].ends)


def _side(said: Said, *, strict: bool) -> _Written:
    found = pieces(said)
    plain = len(found) == 1 and found[0].plain and not strict
    text = " OR ".join(piece(one, exact=strict) for one in found)
    return _Written(f"({text})" if len(found) > 1 else text, plain, plain)


def pieces(said: Said) -> list[Lexeme]:
    """The pieces that a part is made of, in order, without those that ask for nothing."""
    match said:
        case Run(words):
            return [one for one in words if not one.is_silent]
        case Single(lexeme):
            return [] if lexeme.is_silent else [lexeme]
        case No(part):
            return pieces(part)
        case Close(left, right):
            return [*pieces(left), *pieces(right)]
        case _:
            return [one for part in said.parts for one in pieces(part)]


def piece(lexeme: Lexeme, *, exact: bool = False) -> str:
    """One piece with its signs; empty for a star alone, which says nothing."""
    sign = "=" if lexeme.exact or exact else ""
    match lexeme.kind:
        case "wildcard":
            return ""
        case "phrase":
            return f'{sign}"{lexeme.text}"'
        case "prefix":
            return f"{sign}{lexeme.text}*"
        case "field":
            quoted = not lexeme.text or _BREAKS.search(lexeme.text)
            return f'{lexeme.name}:"{lexeme.text}"' if quoted else f"{lexeme.name}:{lexeme.text}"
        case _:
            return f"{sign}{lexeme.text}"
