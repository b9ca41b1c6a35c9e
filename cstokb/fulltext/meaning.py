"""Structure to tree: what the words of a query stand for, names included.

A word or phrase that equals a name (folded) means that name's other forms too. Words beside each other that
form a name mean what the quoted phrase means, or all of the words. `=` switches both stems and names off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cstokb.fulltext import vocabulary
from cstokb.fulltext.errors import BadValue, FieldValueError
from cstokb.fulltext.fields import Field
from cstokb.fulltext.folding import fold
from cstokb.fulltext.lexer import Lexeme
from cstokb.fulltext.notices import Notice
from cstokb.fulltext.parser import All, Any, Close, No, Run, Said, Single, alternatives
from cstokb.fulltext.terms import Analysis, Token, analyse, exact
from cstokb.fulltext.tree import Near, Node, Operand, Phrase, Prefix, Term, both, either, without

# Folded words, or beginnings of words that end in "*", to the other forms of the names they equal.
Names = Callable[[Collection[str]], Mapping[str, Sequence[str]]]

LONGEST_NAME = 8
# How many ways of putting two words near each other, and each distance in them, one query may ask for.
MOST_PAIRS = 150
MOST_NEAR = 2000
# "N." beside a name stands for any first name that begins so; lower-case "p." is an abbreviation.
_INITIAL = re.compile(r"[A-ZА-ЯЁ]\.,?")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass
class Reading:
    """One query's text with the fields and names it is read by; gathers further repairs."""

    query: str
    fields: Mapping[str, Field]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    pairs: int = 0
    nearness: int = 0

    def node(self, said: Said) -> Node | None:
        """What a part of the query asks for, None where it holds only common words.

        Raises BadValue for a field's value, QueryError for what NEAR cannot take.
        """
        match said:
            case Run(words):
                return self.run(words)
            case Single(lexeme):
                return self.single(lexeme)
            case All(parts):
                return both(map(self.node, parts))
            case Any(parts):
                return either(map(self.node, parts))
            case No(part):
                return without(self.node(part))
            case _:
                return self.near(said.left, said.right, said.operator)

    def title(self, said: Said) -> str:
        """The query's words where it may be a title or a name as a whole, whatever fields narrow it; else ""."""
        match said:
            case Run(words):
                return _text(words)
            case Single(Lexeme("phrase", exact=False) as lexeme):
                return lexeme.text
            case All(parts):
                others = [part for part in parts if not _is_field(part)]
                titles = list(map(self.title, others))
                return " ".join(titles) if all(titles) else ""
            case _:
                return ""

    def title_keys(self, said: Said) -> tuple[str, ...]:
        """Under which titles and names equal the query, with or without common words around, in all forms of a name."""
        texts = list(filter(None, dict.fromkeys([text := self.title(said), asked_about(text)])))
        forms = [form for text in texts for key in _text_keys(text) for form in self.names.get(key, ())]
        return _title_keys([*texts, *forms])

    def name_keys(self, said: Said) -> tuple[str, ...]:
        """Under which titles and names equal a name that the query asks for, in all of its forms."""
        return tuple(dict.fromkeys(self._name_keys(said)))

    def _name_keys(self, said: Said) -> Iterator[str]:
        match said:
            case Run(words):
                for name in self.names_in(words):
                    yield from self._keys_of(_keys(name))
            case Single(lexeme):
                yield from self._keys_of(_own_keys(lexeme)) if lexeme.kind == "phrase" else ()
            case All(parts) | Any(parts):
                for part in parts:
                    yield from self._name_keys(part)
            case Close(left, right):
                yield from (*self._name_keys(left), *self._name_keys(right))

    def _keys_of(self, keys: Sequence[str]) -> Iterator[str]:
        forms = [form for key in keys for form in self.names.get(key, ())]
        yield from _title_keys([*keys, *forms]) if forms else ()

    # -- words beside each other --

    def run(self, words: Sequence[Lexeme]) -> Node | None:
        """All of the words; names that they form, longest first, may stand in their other forms."""
        nodes = [
            either([node, *self.named([word])]) for word, node in zip(words, self.each(words), strict=True)
        ]
        parts: list[Node | None] = []
        for name in self.names_in(words):
            own, nodes = nodes[: len(name)], nodes[len(name) :]
            parts.append(either([both(own), *self.named(name)]) if len(name) > 1 else own[0])
        return both(parts)

    def names_in(self, words: Sequence[Lexeme]) -> Iterator[Sequence[Lexeme]]:
        """The words cut into names, the longest first, and single words."""
        while words:
            count = self.longest_name(words)
            yield words[:count]
            words = words[count:]

    def longest_name(self, words: Sequence[Lexeme]) -> int:
        """How many of the first words form a name together; 1 where none do."""
        return next(
            (n for n in range(min(len(words), LONGEST_NAME), 1, -1) if self.named(words[:n])),
            1,
        )

    def named(self, words: Sequence[Lexeme]) -> list[Node]:
        """The other forms of the name that the words are."""
        return list(self.forms(_keys(words)))

    def forms_of(self, words: Sequence[Lexeme]) -> list[str]:
        """The other forms, as text, of the name that words beside each other, or a piece by itself, are."""
        keys = _keys(words) if all(word.plain for word in words) else _own_keys(words[0])
        return list(dict.fromkeys(form for key in keys for form in self.names.get(key, ())))

    def forms(self, keys: Iterable[str]) -> Iterator[Node]:
        found = dict.fromkeys(form for key in keys for form in self.names.get(key, ()))
        for form in found:
            yield from filter(None, [phrase(analyse(form), f'"{form}"')])

    def each(self, words: Sequence[Lexeme]) -> list[Node | None]:
        """What each of the words stands for by itself, an article's number being one with its head."""
        text = _text(words)
        found = analyse(text)
        taken = {index for unit in found.units for index in range(unit.first, unit.last + 1)}
        nodes: list[Node | None] = []
        free = [found.words[i] for i in range(len(found.words)) if i not in taken]
        end = -1
        for word in words:
            start, end = end + 1, end + 1 + len(word.text)
            units = [unit.token for unit in found.units if start <= unit.token.start < end]
            own = [token for token in free if start <= token.start < end]
            articles = [Term(unit.stem, f'"{text[unit.start : unit.end]}"') for unit in units]
            nodes.append(both([*articles, self.word(word, own)]))
        return nodes

    def word(self, word: Lexeme, own: Sequence[Token]) -> Node | None:
        """A word, an initial, or what is written without a blank as a phrase; None for a common word."""
        found = word.analysis()
        if _INITIAL.fullmatch(word.text):
            return Prefix(own[0].form, word.text, exact=True)
        if len(own) == len(found.words) and len(own) > 1:
            return phrase(found, word.text)
        return both(Term(token.stem, token.form) for token in own if not token.stop)

    # -- single pieces --

    def single(self, lexeme: Lexeme) -> Node | None:
        """A piece that stands for itself: an exact word, a phrase, a prefix, a field."""
        shown = self.query[lexeme.start : lexeme.end]
        if lexeme.kind == "field":
            return self.field_value(lexeme, shown)
        if lexeme.kind == "wildcard":
            return None
        if lexeme.exact and lexeme.kind != "prefix":
            return exact_phrase(lexeme.analysis(), f"={shown}")
        own = prefix(lexeme, shown) if lexeme.kind == "prefix" else phrase(lexeme.analysis(), shown)
        return either([own, *self.forms(_own_keys(lexeme))])

    def field_value(self, lexeme: Lexeme, shown: str) -> Node:
        """The records a field's value names; raises BadValue."""
        try:
            return self.fields[lexeme.name].read(lexeme.text, shown)
        except FieldValueError as error:
            start = min(lexeme.start + len(lexeme.name) + 1, lexeme.end)
            raise BadValue(
                error.message,
                start=start,
                end=lexeme.end,
                value=lexeme.text,
                allowed=error.allowed,
                nearest=error.nearest,
                written=f"{lexeme.name}:{lexeme.text}",
            ) from None

    # -- NEAR --

    def near(self, left: Said, right: Said, operator: Lexeme) -> Node | None:
        """One of the left within so many words of one of the right."""
        sides = [alternatives(left, operator), alternatives(right, operator)]
        pieces = [piece for side in sides for piece in side]
        if not all(sides):
            return either(map(self.node, (left, right)))
        strict = any(piece.exact for piece in pieces)
        if strict and not all(piece.exact for piece in pieces):
            self.notices.append(Notice("near-exact", operator.start, operator.end))
        first, second = (self.operand(side, strict=strict) for side in sides)
        self.count(first, second, operator)
        shown = f" NEAR/{operator.distance} ".join(self.shown(side, strict=strict) for side in sides)
        return Near(first, second, operator.distance, shown)

    def count(self, first: Operand, second: Operand, operator: Lexeme) -> None:
        """Add up what NEAR asks for; raises BadValue where beginnings or names stand for too many words."""
        pairs = _ways(first) * _ways(second)
        self.pairs += pairs
        self.nearness += pairs * operator.distance
        if self.pairs > MOST_PAIRS or self.nearness > MOST_NEAR:
            raise BadValue(
                _(
                    "Too many words stand beside NEAR: write more letters before the star, or a shorter distance."
                ),
                start=operator.start,
                end=operator.end,
                value=self.query[operator.start : operator.end],
            )

    def shown(self, pieces: Sequence[Lexeme], *, strict: bool) -> str:
        """One side of NEAR with the names it stands for."""
        texts = []
        for piece in pieces:
            written = self.query[piece.start : piece.end]
            texts.append(written if piece.exact or not strict else f"={written}")
            texts.extend(
                f'"{form}"' for key in _own_keys(piece) for form in self.names.get(key, ()) if not strict
            )
        return f"({' OR '.join(texts)})" if len(texts) > 1 else texts[0]

    def operand(self, pieces: Sequence[Lexeme], *, strict: bool) -> Operand:
        """Every way in which one side may be written."""
        found = [one for piece in pieces for one in self.ways(piece, strict=strict)]
        return tuple(dict.fromkeys(found))

    def ways(self, piece: Lexeme, *, strict: bool) -> Iterator[tuple[str, ...] | Prefix]:
        analysis = piece.analysis()
        if piece.kind == "prefix":
            yield Prefix(_last_form(analysis), f"{piece.text}*", strict)
        elif strict:
            yield analysis.forms()
        else:
            yield from analysis.variants()
        if not strict:
            forms = (form for key in _own_keys(piece) for form in self.names.get(key, ()))
            yield from (way for form in forms for way in analyse(form).variants())


def _ways(operand: Operand) -> int:
    """In how many ways one side of NEAR may be written, beginnings counted by the words that there are."""
    begun = [way for way in operand if isinstance(way, Prefix)]
    return (
        len(operand)
        - len(begun)
        + sum(vocabulary.endings(way.form, MOST_PAIRS + 1, way.exact) for way in begun)
    )


def phrase(analysis: Analysis, shown: str) -> Node | None:
    """The words of a text behind each other, in any of its variants."""
    single_stop = len(analysis.words) == 1 and analysis.words[0].stop
    return either(
        Term(row[0], shown) if len(row) == 1 and not single_stop else Phrase(row, shown)
        for row in analysis.variants()
    )


def exact_phrase(analysis: Analysis, shown: str) -> Node | None:
    """The words of a text behind each other as they are written."""
    forms = analysis.forms()
    if len(forms) == 1 and not analysis.words[0].stop:
        return Term(forms[0], shown)
    joined = [group.token for group in analysis.compounds if group.last - group.first + 1 == len(forms)]
    return either(
        [Phrase(forms, shown) if forms else None, *(Term(exact(one.form), shown) for one in joined)]
    )


def prefix(lexeme: Lexeme, shown: str) -> Node | None:
    """Every ending of a word; in a compound the last part's, or the whole compound's."""
    analysis = lexeme.analysis()
    if not analysis.words:
        return None
    *before, last = analysis.words
    parts = [Term(exact(word.form) if lexeme.exact else word.stem, shown) for word in before if not word.stop]
    apart = both([*parts, Prefix(last.form, shown, lexeme.exact)])
    return either([apart, Prefix(_last_form(analysis), shown, lexeme.exact)]) if before else apart


def _last_form(analysis: Analysis) -> str:
    whole = [
        group for group in analysis.compounds if group.first == 0 and group.last == len(analysis.words) - 1
    ]
    return whole[0].token.form if whole else analysis.words[-1].form


def asked_about(text: str) -> str:
    """What is asked about, without the common words before and behind, of which a question may consist else."""
    own = [word for word in analyse(text).words if not word.stop]
    return text[own[0].start : own[-1].end] if own else ""


def _text(words: Sequence[Lexeme]) -> str:
    """Words beside each other as one text: what stood between them and was left out says nothing."""
    return " ".join(word.text for word in words)


def _own_keys(lexeme: Lexeme) -> list[str]:
    """Under which a piece that stands for itself may be a name."""
    if lexeme.exact or lexeme.kind not in ("word", "phrase", "prefix"):
        return []
    star = "*" if lexeme.kind == "prefix" else ""
    return [f"{key}{star}" for key in _text_keys(lexeme.text)]


def _text_keys(text: str) -> list[str]:
    folded = fold(text)
    return [key for key in dict.fromkeys([folded, _EDGES.sub("", folded)]) if key]


def _title_keys(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for text in texts for key in analyse(text).title_keys()))


def _is_field(said: Said) -> bool:
    return isinstance(said, Single) and said.lexeme.kind == "field"


def _keys(words: Sequence[Lexeme]) -> list[str]:
    """Under which words beside each other may be a name: as written, and without signs around each."""
    bare = " ".join(_EDGES.sub("", fold(word.text)) for word in words)
    as_written = fold(_text(words))
    return [key for key in dict.fromkeys([as_written, bare]) if key.strip()]


def candidates(said: Said) -> set[str]:
    """Everything in it that may be a name."""
    match said:
        case Run(words):
            windows = (
                words[first : first + count]
                for first in range(len(words))
                for count in range(1, min(LONGEST_NAME, len(words) - first) + 1)
            )
            return {key for window in windows for key in _keys(window)}
        case Single(lexeme):
            return set(_own_keys(lexeme))
        case No(part):
            return candidates(part)
        case Close(left, right):
            return candidates(left) | candidates(right)
        case _:
            return {key for part in said.parts for key in candidates(part)}
