"""What the site search answers, the same for page, API and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.fulltext import engine
from cstokb.fulltext.wording import left_out
from cstokb.listing.ask import Ask
from cstokb.listing.errors import SearchAway
from cstokb.listing.selection import FacetValue
from cstokb.records.indexing import is_away
from cstokb.search import articles, days
from cstokb.search.cards import Card, cards
from cstokb.search.filters import NARROWING, SearchFilters, label_of
from cstokb.search.kinds import KINDS, finer_label
from cstokb.search.meant import Meant, meant_instead
from members.cards import office_in_words
from members.status import role_status

PAGE_SIZE = 20
#: Values of a facet that are told; the rest is reached by narrowing.
MOST_VALUES = 30
#: Facets whose values are records: the kinds that these may be of.
NAMED = {
    "state": ("state",),
    "person": ("person",),
    "speaker": ("person",),
    "organ": ("organ",),
    "topic": ("topic",),
    "session": ("session",),
    "cites": ("provision", "instrument"),
    "inside": ("instrument", "provision", "statement"),
}
#: What a record is shown with, beside its title and date, by the facet that knows it.
BESIDE = ("organ", "speaker", "state", "lang")
#: Passages of a record where the search is inside it: of a statement all that are found should stand there.
EACH_INSIDE = 50


@dataclass(frozen=True)
class Named:
    """A record or word that a found record is shown with: its id or word, and what readers call it."""

    id: str
    label: str


@dataclass(frozen=True)
class Found:
    """One found record as it is shown; ``beside`` holds for each facet of BESIDE what it names."""

    entry: Card
    on: HistoricDate | None
    passages: Sequence[engine.Excerpt]
    beside: Mapping[str, Sequence[Named]]

    def office(self, ask: Ask) -> str:
        """Of a person the office held on the day, or held last, and then said to be a former one."""
        entry = self.entry
        title = (entry.office_ru if ask.language == "ru" else "") or entry.office_en or ""
        held = role_status(ask.day, entry.term_began_on, entry.term_ended_on, over=bool(entry.term_over))
        return office_in_words(title, held)

    @property
    def finer(self) -> str:
        """The finer kind, such as declaration; empty where there is none."""
        return finer_label(self.entry.finer, self.entry.kind) if self.entry.finer else ""

    @property
    def kind(self) -> str:
        """What sort of record it is."""
        return str(KINDS[self.entry.kind])

    @property
    def kinds(self) -> tuple[str, ...]:
        """What sort of record it is, and of what finer kind where that says more: a statement is no more of one."""
        said = not self.finer or self.finer.casefold() == self.kind.casefold()
        return (self.kind,) if said else (self.kind, self.finer)

    def page(self, ask: Ask) -> str:
        """The address of its page in the language of the answer; empty where it has none."""
        return ask.localised(self.entry.path) if self.entry.path else ""


class Answer:
    """One page of what a question finds. Counts and facets are of all that it finds.

    Raises SearchAway where there is no index that could answer.
    """

    def __init__(
        self, filters: SearchFilters, page: int = 1, size: int = PAGE_SIZE, *, facets: bool = True
    ) -> None:
        self.filters, self.ask = filters, filters.ask
        self.page, self.size = page, size
        self.result = engine.search(
            filters.query,
            filters.narrowing,
            sort=filters.engine_sort,
            page=page,
            size=size,
            facets=facets,
            first=self._first(),
        )
        if not self.result.count and is_away():
            raise SearchAway

    @property
    def count(self) -> int:
        """How many records are found."""
        return self.result.count

    @cached_property
    def found(self) -> list[Found]:
        """The records of the page, in order."""
        known = {card.pk: card for card in reversed(self._cards)}  # found ones come first, and tell more
        passages = self._shown.passages
        return [
            Found(known[key], self._day_of(key), passages.get(key, ()), self._beside(known[key]))
            for key in self._ids
            if key in known
        ]

    @cached_property
    def facets(self) -> dict[str, list[FacetValue]]:
        """Every facet, the commonest values first; each counted without its own narrowing."""
        return {name: self._values(name, self._told[name]) for name in NARROWING if self._told.get(name)}

    @property
    def chosen(self) -> list[tuple[str, Named]]:
        """Every value that narrows the search, with its facet."""
        chosen = [(name, value) for name in NARROWING for value in self._chosen(name)]
        return [(name, Named(value, self._label(name, value))) for name, value in chosen]

    @cached_property
    def meant(self) -> Meant | None:
        """Another way of writing the words, where they find next to nothing and it finds more."""
        return meant_instead(self.filters, self.count)

    @property
    def notices(self) -> list[dict[str, str]]:
        """Repairs of the query, each with it as it was read; what was left out of it, or why nothing can be found."""
        query = self.filters.query
        if query is None:
            return []
        repairs = dict.fromkeys((str(one.message), one.suggestion) for one in query.notices)
        said = [{"text": text, "suggestion": suggestion} for text, suggestion in repairs]
        further = str(query.hint.message) if query.hint else left_out(query)
        return [*said, {"text": further, "suggestion": ""}] if further else said

    def _first(self) -> Sequence[engine.Filters]:
        """What stands before all else by relevance: what happened on a day, or the articles of a number."""
        query = self.filters.query if self.filters.engine_sort == engine.RELEVANCE else None
        return days.foremost(query) or articles.foremost(query)

    # -- fetched ---------------------------------------------------------------------------------------------------

    @property
    def _ids(self) -> list[int]:
        return [hit.id for hit in self.result.hits]

    @cached_property
    def _shown(self) -> engine.Shown:
        each = EACH_INSIDE if self._chosen("inside") else engine.EACH
        return engine.shown(self._ids, self.filters.query, (*BESIDE, "type", "kind"), each=each)

    @cached_property
    def _told(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Values with counts, those chosen among them even where they count nothing."""
        told: dict[str, list[tuple[str, int]]] = {}
        for name in NARROWING:
            counted = [(one.value, one.count) for one in self.result.facets.get(name, ())]
            chosen = self._chosen(name)
            if name == "year":
                counted.sort(reverse=True)
            known = dict(counted)
            kept = [pair for place, pair in enumerate(counted) if place < MOST_VALUES or pair[0] in chosen]
            told[name] = [*kept, *((value, 0) for value in chosen if value not in known)]
        return told

    def _chosen(self, name: str) -> Sequence[str]:
        answer = self.filters.answers.get(name)
        return list(self.filters.filters[name].chosen(answer)) if answer else []

    @cached_property
    def _cards(self) -> list[Card]:
        """The found records, and those that facets and found records name, in one query."""
        named: dict[str, set[str]] = {}
        held = self._shown.values
        for name, kinds in NAMED.items():
            slugs = {value for value, _count in self._told.get(name, ())}
            slugs.update(value for values in held.values() for value in values.get(name, ()))
            for kind in kinds:
                named.setdefault(kind, set()).update(slugs)
        # Offices only where somebody is found.
        people = any("person" in values.get("type", ()) for values in held.values())
        told = cards(self._ids, named, self.ask, people=people)
        for one in told:
            one.finer = min(held.get(one.pk, {}).get("kind", ()), default=None)
        return told

    def _day_of(self, key: int) -> HistoricDate | None:
        """The date of a record as well as its possible days tell it."""
        days = self._shown.days.get(key)
        return between(*days) if days else None

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], str]:
        """What every record fetched is called, by kind and public id."""
        return {(card.kind, card.slug): card.label(self.ask.language) for card in self._cards}

    def _label(self, name: str, value: str) -> str:
        """A value of a facet as readers see it; empty where it names nothing public."""
        if name not in NAMED:
            return label_of(name, value)
        return next((self._labels[kind, value] for kind in NAMED[name] if (kind, value) in self._labels), "")

    def _values(self, name: str, told: Sequence[tuple[str, int]]) -> list[FacetValue]:
        chosen = self._chosen(name)
        return [
            FacetValue(value, label, count, value in chosen)
            for value, count in told
            if (label := self._label(name, value))
        ]

    def _beside(self, entry: Card) -> dict[str, list[Named]]:
        """What a record is shown with, without itself, by name."""
        held = self._shown.values.get(entry.pk, {})
        return {
            name: sorted(
                (
                    Named(value, label)
                    for value in held.get(name, ())
                    if (label := self._label(name, value))
                    and not (name == entry.kind and value == entry.slug)
                ),
                key=attrgetter("label"),
            )
            for name in BESIDE
        }


def between(first: date, last: date) -> HistoricDate:
    """The date whose possible days these are; where they are no day, month or year, about the year of the first."""
    if first == last:
        return HistoricDate.of_day(first)
    middle = first + (last - first) / 2
    for text in (f"{first:%Y-%m}", f"{first:%Y}", f"{middle}~", f"{middle:%Y-%m}~", f"{middle:%Y}~"):
        value = HistoricDate.parse(text)
        if (value.earliest, value.latest) == (first, last):
            return value
    return HistoricDate.parse(f"{first:%Y}~")


def passage_role(excerpt: engine.Excerpt, kind: str) -> str:
    """What stands before a passage that is no text of the record; empty for words that are."""
    if excerpt.role == "summary" and kind == "provision":
        return _("In our words")
    if excerpt.anchor in ("agenda", "texts", "steps"):
        return {"agenda": _("Agenda"), "texts": _("Texts"), "steps": _("Steps")}[excerpt.anchor]
    return {"summary": _("Our summary"), "place": _("Place"), "office": _("Office")}.get(excerpt.role, "")


def pages(filters: SearchFilters, size: int, most: int) -> Iterator[Answer]:
    """Every page of what a question finds, up to so many records, without facets; the first is asked for at once."""
    first = Answer(filters, size=size, facets=False)
    further = range(2, -(-min(first.count, most) // size) + 1) if first.found else ()
    return chain((first,), (Answer(filters, page=page, size=size, facets=False) for page in further))


def one_page(filters: SearchFilters, page: int, size: int) -> Iterator[Answer]:
    """One page of what a question finds, without facets, asked for at once."""
    answer = Answer(filters, page=page, size=size, facets=False)
    return iter((answer,) if answer.found else ())


def asked(ask: Ask, surface: Sequence[str], *, strict: bool) -> SearchFilters:
    """The question read.

    Raises:
        BadQuestion: naming every value that cannot be read, and when ``strict`` every unknown parameter.
    """
    filters = SearchFilters(ask, surface)
    filters.require_sound(strict=strict)
    return filters
