"""The parameters that the corpus tools have beside the search's: words, numbers and widths with their limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from cstokb.fulltext import engine
from cstokb.fulltext.lexer import cut
from cstokb.listing.filters import unknown_word
from cstokb.listing.filterset import Question, Refused, Rows
from cstokb.records.naming import Wanted
from cstokb.search.filters import FIELD_NAMES, Words

MOST_QUERIES = 5
NARROWEST = 1
WIDEST_WORDS, WIDEST_CHARACTERS = 30, 300


class AsWritten(Words):
    """Words in the query language, without the other forms of names: only what is typed is looked for and counted."""

    def _names(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        return {}

    def explain(self) -> str:
        return _(
            "Words in the query language; other spellings of names are not looked for, only what is written."
        )


class SeveralAsWritten(AsWritten):
    """Queries side by side, with commas between them."""

    def wanted(self, values: Sequence[str]) -> list[Wanted]:
        return [
            wanted for part in split(values[0]) for wanted in super(SeveralAsWritten, self).wanted([part])
        ]

    def read(self, values: list[str]) -> Any:
        parts = split(values[0])
        if len(parts) > MOST_QUERIES:
            detail = _("At most %(most)s queries, with commas between them; these are %(count)s.")
            raise Refused(
                "too_many",
                detail % {"most": MOST_QUERIES, "count": len(parts)},
                allowed=[f"1..{MOST_QUERIES}"],
            )
        return [self._read_one(part) for part in parts]

    def _read_one(self, part: str) -> engine.Query:
        try:
            return super().read([part])
        except Refused as refused:
            refused.value = refused.value or part
            raise

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 2000}

    def explain(self) -> str:
        said = _("Up to %(most)s queries in the language of the search, with commas between them.")
        return said % {"most": MOST_QUERIES}


def split(text: str) -> list[str]:
    """The queries that commas part, each once; a comma in quotation marks or brackets parts nothing."""
    lexemes, _notices = cut(text, FIELD_NAMES)
    quoted = [(one.start, one.end) for one in lexemes if one.kind == "phrase" or _is_quoted(text, one)]
    brackets = {
        one.start: 1 if one.kind == "open" else -1 for one in lexemes if one.kind in ("open", "close")
    }
    parts, start, depth = [], 0, 0
    for at, letter in enumerate(text):
        depth += brackets.get(at, 0)
        if letter == "," and depth == 0 and not any(first <= at < last for first, last in quoted):
            parts.append(text[start:at])
            start = at + 1
    every = [part.strip() for part in (*parts, text[start:])]
    return list(dict.fromkeys(part for part in every if part))


def _is_quoted(text: str, lexeme: Any) -> bool:
    """Whether a field's value stands in quotation marks: they are left out of its text."""
    return lexeme.kind == "field" and not text[: lexeme.end].endswith(lexeme.text)


class OneOf(Question):
    """One of a few words."""

    once = True

    def __init__(self, words: Mapping[str, Any], label: Any) -> None:
        super().__init__(label)
        self.vocabulary = dict(words)

    def read(self, values: list[str]) -> str:
        if values[0] not in self.vocabulary:
            raise unknown_word(values[0], list(self.vocabulary))
        return values[0]

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.vocabulary)}

    def explain(self) -> str:
        words = "; ".join(
            f"{word}: {said}" if word != said else word for word, said in self.vocabulary.items()
        )
        return f"{self.label} ({words})"

    def form_field(self) -> forms.Field | None:
        words = [(word, said) for word, said in self.vocabulary.items()]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


class Whole(Question):
    """A whole number within limits."""

    once = True

    def __init__(self, least: int, most: int, label: Any) -> None:
        super().__init__(label)
        self.least, self.most = least, most

    def read(self, values: list[str]) -> int:
        text = values[0].strip()
        if text.isascii() and text.isdecimal() and len(text) < 10 and self.least <= int(text) <= self.most:
            return int(text)
        detail = _("Write a whole number from %(least)s to %(most)s.")
        raise Refused(
            "number",
            detail % {"least": self.least, "most": self.most},
            value=values[0],
            allowed=[f"{self.least}..{self.most}"],
        )

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def explain(self) -> str:
        said = _("%(label)s, from %(least)s to %(most)s")
        return said % {"label": self.label, "least": self.least, "most": self.most}

    def form_field(self) -> forms.Field | None:
        box = forms.NumberInput(attrs={"min": self.least, "max": self.most})
        return forms.CharField(label=self.label, required=False, widget=box)


class Extent(NamedTuple):
    """How much stands beside a hit: so many words, or so many characters cut between words."""

    size: int
    of_words: bool


class Width(Question):
    """How much of the text stands on either side: ``8`` words, or ``60c`` characters."""

    once = True

    def read(self, values: list[str]) -> Extent:
        text = values[0].strip().casefold()
        number, of_words = text.removesuffix("c"), not text.endswith("c")
        most = WIDEST_WORDS if of_words else WIDEST_CHARACTERS
        if number.isascii() and number.isdecimal() and len(number) < 6 and NARROWEST <= int(number) <= most:
            return Extent(int(number), of_words)
        detail = _("Write a number of words from 1 to %(words)s, or of characters from 1c to %(letters)sc.")
        raise Refused(
            "number",
            detail % {"words": WIDEST_WORDS, "letters": WIDEST_CHARACTERS},
            value=values[0],
            allowed=[f"1..{WIDEST_WORDS}", f"1c..{WIDEST_CHARACTERS}c"],
        )

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs

    def explain(self) -> str:
        said = _(
            "Words on either side, at most %(words)s, or characters with a c: 60c, at most %(letters)sc."
        )
        return said % {"words": WIDEST_WORDS, "letters": WIDEST_CHARACTERS}

    def form_field(self) -> forms.Field | None:
        box = forms.TextInput(attrs={"size": 6, "placeholder": "10", "autocomplete": "off"})
        return forms.CharField(label=self.label, required=False, widget=box)
