"""What the site search can be asked: the words, what narrows them, and the order; one reader for page and API."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.fulltext import engine
from cstokb.fulltext.engine import FieldValueError
from cstokb.fulltext.fields import DateField, FacetField, Field, PeriodField, choices
from cstokb.fulltext.lexer import cut
from cstokb.fulltext.tree import HasFacet, Node
from cstokb.listing.ask import Ask
from cstokb.listing.etag import public_revision
from cstokb.listing.filters import After, Before, Year, unknown_word
from cstokb.listing.filterset import Question, Refused, Rows, StrictFilterSet
from cstokb.records import naming
from cstokb.records.choices import Language
from cstokb.records.models import Entry
from cstokb.records.naming import Wanted
from cstokb.search.kinds import KINDS, finer_label, finer_words
from cstokb.search.people import other_forms

Found = Mapping[Wanted, Sequence[str]]

#: For each field whose value is a record: the kinds it may be of, and whether its last word will do.
RECORDS: dict[str, tuple[tuple[str, ...], bool]] = {
    "state": (("state",), False),
    "speaker": (("person",), True),
    "person": (("person",), True),
    "organ": (("organ",), False),
    "topic": (("topic",), False),
    "session": (("session",), False),
    "cites": (("provision", "instrument"), False),
    "inside": (("instrument", "provision", "statement"), False),
}


def means(field: str, text: str) -> list[Wanted]:
    """The records that the value of a field may mean."""
    kinds, last_word = RECORDS[field]
    return [Wanted(kind, text, last_word) for kind in kinds]


@dataclass(frozen=True)
class Resolver:
    """Turns the values of fields into values of facets, given what was looked up for all of them at once."""

    ask: Ask
    found: Found

    def resolve(self, field: str, text: str) -> list[str]:
        """The facet values that a text means.

        What stands under a narrower heading, or cites a part, has the value of the broader one and of the whole too.

        Raises:
            FieldValueError: when it names no public record.
        """
        ids = [slug for one in means(field, text) for slug in self.found.get(one, ())]
        if not ids:
            close = naming.nearest(RECORDS[field][0][0], text, self.ask.scope)
            raise FieldValueError(gettext("No record has this id or name."), nearest=close)
        return ids


@dataclass(frozen=True)
class RecordField:
    """``state:kaz``: records that have any of what the value means in the facet of the field's name."""

    name: str
    resolver: Resolver

    def read(self, value: str, shown: str) -> Node:
        """The node for a value; raises FieldValueError."""
        return HasFacet(self.name, tuple(self.resolver.resolve(self.name, value)), shown)


def fields(resolver: Resolver) -> dict[str, Field]:
    """Every field of the query language."""
    plain: dict[str, Field] = {
        "type": FacetField("type", choices(*KINDS)),
        "kind": FacetField("kind", choices(*finer_words())),
        "lang": FacetField("lang", choices(*Language.values)),
        "year": PeriodField(),
        "before": DateField("before"),
        "after": DateField("after"),
    }
    return {**{name: RecordField(name, resolver) for name in RECORDS}, **plain}


FIELD_NAMES = tuple(sorted(fields(Resolver(cast("Ask", None), {}))))


class Words(Question):
    """``q``: words in the query language."""

    once = True
    parent: SearchFilters

    def wanted(self, values: Sequence[str]) -> list[Wanted]:
        lexemes, _notices = cut(values[0], FIELD_NAMES)
        named = [one for one in lexemes if one.kind == "field" and one.name in RECORDS]
        return [wanted for one in named for wanted in means(one.name, one.text)]

    def read(self, values: list[str]) -> engine.Query:
        try:
            return self.parsed(values[0])
        except engine.QueryError as error:
            raise Refused(
                error.code,
                _placed(error),
                value=error.value,
                allowed=error.allowed or None,
                nearest=error.nearest,
                written=error.written,
            ) from error

    def parsed(self, text: str) -> engine.Query:
        """A text as the question's own fields and names read it; raises QueryError."""
        return engine.parse(text, fields(self.parent.resolver), self._names)

    def _names(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        return other_forms(keys, public_revision(self.ask).chain)

    def filter(self, qs: Rows, value: engine.Query) -> Rows:
        return qs.filter(pk__in=engine.match(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": 1000}

    def explain(self) -> str:
        return gettext("Words in the query language, at most 1,000 characters and 64 words.")


def _placed(error: engine.QueryError) -> str:
    """The error with its place in the query, counted from one as readers count."""
    if error.end <= error.start:
        return str(error)
    said = gettext("Characters %(first)d to %(last)d: %(error)s")
    return said % {"first": error.start + 1, "last": error.end, "error": error}


class InFacet(Question):
    """Records with any of some values in a facet."""

    parent: SearchFilters

    def read(self, values: list[str]) -> list[str]:
        return values

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(pk__in=engine.match(engine.Query("", HasFacet(self.name, tuple(value), self.name))))


class WordFacet(InFacet):
    """A facet with a fixed vocabulary."""

    def __init__(self, label: Any, words: Collection[str]) -> None:
        super().__init__(label)
        self.words = list(words)

    def read(self, values: list[str]) -> list[str]:
        for value in values:
            if value not in self.words:
                raise unknown_word(value, self.words)
        return values

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": self.words}


class RecordFacet(InFacet):
    """A facet whose values are records, given by id or by any spelling of the name."""

    def wanted(self, values: Sequence[str]) -> list[Wanted]:
        return [wanted for value in values for wanted in means(self.name, value)]

    def read(self, values: list[str]) -> list[str]:
        ids: list[str] = []
        for value in values:
            try:
                ids += self.parent.resolver.resolve(self.name, value)
            except FieldValueError as error:
                raise Refused("names_nothing", str(error), value=value, nearest=error.nearest) from error
        return list(dict.fromkeys(ids))

    def explain(self) -> str:
        return gettext("%(label)s: an id, or any spelling of the name.") % {"label": self.label}


class YearFacet(Year):
    """Records that may be of any of some years."""

    def filter(self, qs: Rows, value: list[tuple[date, date]]) -> Rows:
        years = tuple(self.chosen(value))
        return qs.filter(pk__in=engine.match(engine.Query("", HasFacet("year", years, "year"))))


SORTS = {
    "relevance": _("best match"),
    "-date": _("newest first"),
    "date": _("oldest first"),
    "title": _("title"),
}


class Order(Question):
    """The order of what is found."""

    once = True

    def read(self, values: list[str]) -> str:
        if values[0] not in SORTS:
            raise unknown_word(values[0], list(SORTS))
        return values[0]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(SORTS)}

    def form_field(self) -> forms.Field | None:
        return forms.ChoiceField(choices=list(SORTS.items()), label=self.label, required=False)


class SearchFilters(StrictFilterSet):
    """Every parameter of the search. Full text knows the present only, so there is neither ``on`` nor ``known_on``."""

    q = Words(_("words"))
    type = WordFacet(_("Type"), KINDS)
    kind = WordFacet(_("Kind"), finer_words())
    state = RecordFacet(_("State"))
    topic = RecordFacet(_("Topic"))
    organ = RecordFacet(_("Organ"))
    speaker = RecordFacet(_("Speaker"))
    person = RecordFacet(_("Person"))
    session = RecordFacet(_("Session"))
    cites = RecordFacet(_("Cites"))
    inside = RecordFacet(_("Inside"))
    lang = WordFacet(_("Language"), Language.values)
    year = YearFacet("", _("Year"))
    after = After("date", _("from"))
    before = Before("date", _("to"))
    sort = Order(_("Order"))

    def __init__(self, ask: Ask, surface: Sequence[str] = ()) -> None:
        super().__init__(ask, Entry.objects.none(), surface)

    def look_up(self, wanted: Sequence[Wanted]) -> Any:
        """Public ids in place of row ids, since the index knows records by these."""
        found = naming.find_slugs(wanted, self.ask.scope)
        self.resolver = Resolver(self.ask, found)
        return found

    @property
    def query(self) -> engine.Query | None:
        """The words as they were read; None where there are none."""
        return cast("engine.Query | None", self.answers.get("q"))

    def read_instead(self, text: str) -> engine.Query:
        """Other words with the same fields, as these words would be read; raises QueryError."""
        return cast("Words", self.filters["q"]).parsed(text)

    @property
    def narrowing(self) -> engine.Filters:
        """What beside the words narrows the search."""
        narrowed = {name: self.answers[name] for name in NARROWING if name in self.answers}
        facets: dict[str, Sequence[str]] = {
            name: self.filters[name].chosen(value) for name, value in narrowed.items()
        }
        return engine.Filters(facets, after=self.answers.get("after"), before=self.answers.get("before"))

    @property
    def engine_sort(self) -> str:
        """The order as the index names it."""
        chosen = str(self.answers.get("sort", "relevance"))
        return f"title_{self.ask.language}" if chosen == "title" else chosen


NARROWING = (
    "type",
    "kind",
    "state",
    "topic",
    "organ",
    "speaker",
    "person",
    "session",
    "cites",
    "inside",
    "lang",
    "year",
)


def label_of(facet: str, value: str) -> str:
    """A value of a facet with a fixed vocabulary, as readers see it."""
    if facet == "type":
        return str(KINDS.get(value, value))
    if facet == "kind":
        return finer_label(value)
    if facet == "lang" and value in _LANGUAGES:
        return str(_LANGUAGES[value]).capitalize()
    return value


_LANGUAGES = dict(Language.choices)
