"""A query explained in words of the interface: every operator, sign, field and name that was read in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.fulltext.canonical import pieces
from cstokb.fulltext.lexer import Lexeme
from cstokb.fulltext.meaning import Reading
from cstokb.fulltext.parser import All, Any, Close, No, Run, Said, Single
from cstokb.fulltext.query import Query
from cstokb.fulltext.stopwords import QUESTION_WORDS


@dataclass(frozen=True, slots=True)
class _Words:
    """A part in words, and whether it is several alternatives or conditions, which brackets hold together."""

    text: str
    several: bool = False
    condition: bool = False  # is said behind the words, without "and"

    @property
    def whole(self) -> str:
        return f"({self.text})" if self.several else self.text


def in_words(query: Query, labels: Mapping[str, object]) -> str:
    """What a query asks for; empty where it is words alone, of which none is a name. `labels` are those of fields."""
    reading = query.reading
    if reading is None or query.said is None or query.tree is None or _is_plain(query.said, reading):
        return ""
    return _Teller(reading, labels).tell(query.said).text


def left_out(query: Query) -> str:
    """That a question in plain words was searched without its common ones, in a sentence; empty for any other query.

    Nothing is said of the common words beside words that ask no question: what was searched is told in any case.
    """
    if query.reading is None or query.said is None or query.tree is None:
        return ""
    common = dict(_common(query.said, query.reading))
    if QUESTION_WORDS.isdisjoint(common):
        return ""
    said = _("Searched without the words of the question: %(words)s. In quotation marks they count.")
    return said % {"words": ", ".join(common.values())}


def _common(said: Said, reading: Reading) -> Iterator[tuple[str, str]]:
    """The common words that stand by themselves, folded and as written; in phrases and beside NEAR they count."""
    match said:
        case Run(words):
            alone = (name[0] for name in reading.names_in(words) if len(name) == 1)
            for lexeme in alone:
                found = lexeme.analysis().words
                if len(found) == 1 and found[0].stop:
                    yield found[0].form, lexeme.text[found[0].start : found[0].end]
        case All(parts) | Any(parts):
            for part in parts:
                yield from _common(part, reading)
        case No(part):
            yield from _common(part, reading)


def _is_plain(said: Said, reading: Reading) -> bool:
    """Whether the query says of itself what is searched."""
    if not isinstance(said, Run):
        return False
    common = any(token.stop for word in said.words for token in word.analysis().words)
    return not common and not any(map(reading.forms_of, reading.names_in(said.words)))


@dataclass(frozen=True)
class _Teller:
    reading: Reading
    labels: Mapping[str, object]

    def tell(self, said: Said) -> _Words:
        match said:
            case Run(words):
                return _all([self.name(words) for words in self.reading.names_in(words)])
            case Single(lexeme):
                return self.single(lexeme)
            case No(part):
                inner = self.tell(part)
                text = _("without %(part)s") % {"part": inner.whole} if inner.text else ""
                return _Words(text, condition=True)
            case Any(parts):
                told = [one for one in map(self.tell, parts) if one.text]
                text = _(" or ").join(one.whole for one in told)
                return _Words(text, several=True) if len(told) > 1 else _Words(text)
            case All(parts):
                return _all([self.tell(part) for part in parts])
            case Close(left, right, operator):
                sides = [pieces(side) for side in (left, right)]
                # Where one asks for nothing, the other stands alone.
                strict = all(sides) and any(one.exact for side in sides for one in side)
                first, second = (self.side(side, strict=strict) for side in sides)
                return self.near(first, second, operator.distance)

    def side(self, said: Sequence[Lexeme], *, strict: bool) -> _Words:
        """One side of NEAR, where common words count and one = holds for all."""
        told = [self.single(replace(one, exact=True) if strict else one).text for one in said]
        return _Words(_(" or ").join(told), several=len(told) > 1)

    def near(self, left: _Words, right: _Words, distance: int) -> _Words:
        if not (left.text and right.text):
            return left if left.text else right
        said = ngettext(
            "%(one)s within %(count)d word of %(other)s",
            "%(one)s within %(count)d words of %(other)s",
            distance,
        )
        return _Words(said % {"one": left.whole, "count": distance, "other": right.whole})

    def name(self, words: Sequence[Lexeme]) -> _Words:
        """Words that are a name, or one word."""
        text = " ".join(word.text for word in words)
        if all(token.stop for word in words for token in word.analysis().words):
            return _Words("")
        if len(words) == 1 or self.reading.forms_of(words):
            return _Words(self.also(_quoted(text), self.reading.forms_of(words)))
        return _all([self.name([word]) for word in words])

    def also(self, own: str, forms: Sequence[str]) -> str:
        """A part with the other forms of the name that it is."""
        if not forms:
            return own
        return _("%(name)s (also %(forms)s)") % {"name": own, "forms": ", ".join(map(_quoted, forms))}

    def single(self, lexeme: Lexeme) -> _Words:
        if lexeme.kind == "field":
            return _Words(self.field(lexeme.name, lexeme.text), condition=True)
        if lexeme.kind == "wildcard" or not lexeme.analysis().words:
            return _Words("")
        said = {
            ("word", False): "%(text)s",
            ("word", True): _("exactly %(text)s"),
            ("phrase", False): _("the phrase %(text)s"),
            ("phrase", True): _("exactly the phrase %(text)s"),
            ("prefix", False): _("words that begin with %(text)s"),
            ("prefix", True): _("exactly words that begin with %(text)s"),
        }[lexeme.kind, lexeme.exact]
        return _Words(
            self.also(said % {"text": _quoted(lexeme.text.strip())}, self.reading.forms_of([lexeme]))
        )

    def field(self, name: str, value: str) -> str:
        """A field with its value; dates as a range."""
        first, dots, last = value.partition("..")
        if name == "year" and not dots:
            return _("of %(day)s") % {"day": value}
        if name == "after" or (name == "year" and not last):
            return _("from %(day)s on") % {"day": first}
        if name == "before" or (name == "year" and not first):
            return _("up to %(day)s") % {"day": last or value}
        if name == "year":
            return _("from %(first)s to %(last)s") % {"first": first, "last": last}
        return _("%(field)s: %(value)s") % {"field": self.labels.get(name, name), "value": value.strip()}


def _all(parts: Sequence[_Words]) -> _Words:
    """All of the parts: what is wanted first, then what narrows or excludes."""
    told = [part for part in parts if part.text]
    if len(told) < 2:
        return told[0] if told else _Words("")
    wanted = _(" and ").join(part.whole for part in told if not part.condition)
    narrowed = [part.whole for part in told if part.condition]
    return _Words("; ".join(filter(None, [wanted, *narrowed])), several=True)


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
