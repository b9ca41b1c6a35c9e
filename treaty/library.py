"""What references are resolved against: the names of instruments, and the provisions held with their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cstokb.dates import Answer, Period
from cstokb.listing import counts
from cstokb.listing.ask import Ask
from cstokb.listing.prepared import IDS, prepared
from cstokb.listing.together import Found, Wanted
from cstokb.records.models import NameForm
from cstokb.records.scope import Scope
from treaty.choices import ProvisionKind, Verb
from treaty.citations import Book, Citation, Context, Holding, Kind, Step, Steps
from treaty.citations.words import LOOKALIKES
from treaty.models import Instrument, InstrumentRelation, Provision, ProvisionNumber
from treaty.numbering import InvalidNumber, order_key
from treaty.reading import Numbered

#: Kinds of provisions that are parts of an article.
_PARTS = frozenset((Kind.PARAGRAPH, Kind.POINT))
_PLACED = ("instrument_id", "parent_id", "type", "number")


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference means, by row ids. ``held`` is false where it means a provision that is not held."""

    instrument: int
    provision: int | None = None
    held: bool = True


def unsure(one: Citation, targets: Sequence[Target]) -> bool:
    """Whether a citation with these meanings must not be followed without asking which is meant."""
    return one.ambiguous or len(targets) > max(len(one.places), 1)


@dataclass(frozen=True)
class Library:
    """The instruments of a scope by the names under which they are published, and which amends which."""

    scope: Scope
    book: Book
    ids: Mapping[str, int]
    amends: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, scope: Scope) -> Library:
        """Everything by which references are recognised; one query."""
        return cls.made_of(scope, shelved(recognised(scope)))

    @classmethod
    def made_of(cls, scope: Scope, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Library:
        """The library made of the rows that ``recognised_by`` asks for."""
        names: dict[int, list[str]] = defaultdict(list)
        for row in found["names"]:
            names[row["entry_id"]].append(row["text"])
        slugs = {row["entry_id"]: row["entry__slug"] for row in found["instruments"]}
        book = Book.of(_holding(row, names[row["entry_id"]]) for row in found["instruments"])
        amends: dict[str, tuple[str, ...]] = {}
        for row in found["amends"]:
            if row["source_id"] in slugs and row["target_id"] in slugs:
                source = slugs[row["source_id"]]
                amends[source] = (*amends.get(source, ()), slugs[row["target_id"]])
        return cls(scope, book, {slug: key for key, slug in slugs.items()}, amends)

    def context(self, instrument: int, steps: Steps = ()) -> Context:
        """The context of a text of an instrument, given by its row id, or of a provision of it."""
        slug = next((slug for slug, key in self.ids.items() if key == instrument), "")
        return Context(slug, steps, self.amends.get(slug, ()))

    def shelf(self, citations: Iterable[Citation], *, always: bool = False) -> Shelf:
        """The provisions that citations may mean; one query, none where nothing is cited.

        ``always`` asks then too, so that a list costs the same whatever its rows say.
        """
        inside = {slug for one in citations for slug in one.instruments if any(one.places)}
        ids = [self.ids[slug] for slug in inside]
        return Shelf.of(ids or ([_NO_INSTRUMENT] if always else []), self)


#: A row id that none has.
_NO_INSTRUMENT = 0


def recognised_by(scope: Scope) -> dict[str, Wanted]:
    """The rows of which a library is made: instruments, their names, and which amends which."""
    instruments = scope.rows(Instrument).order_by("entry__slug")
    names = scope.rows(NameForm).filter(entry__kind=Instrument.kind).order_by("entry_id", "id")
    amends = scope.rows(InstrumentRelation).filter(verb=Verb.AMENDS).order_by("entry_id")
    return {
        "instruments": Wanted.of(instruments, ("entry_id", "entry__slug", "type", "external", "signed_on")),
        "names": Wanted.of(names, ("entry_id", "text")),
        "amends": Wanted.of(amends, ("source_id", "target_id")),
    }


@prepared()
def recognised(scope: Scope) -> Iterable[Wanted]:
    """The rows of ``recognised_by``, in its order; one query."""
    return recognised_by(scope).values()


def shelved(found: Iterable[Found]) -> dict[str, Found]:
    """The rows of ``recognised_by`` that came in its order, by their names."""
    return dict(zip(("instruments", "names", "amends"), found, strict=True))


#: Under which name a process keeps them until something is published.
_KEPT = "library-of-treaties"


def library_kept(ask: Ask) -> Library | None:
    """The library as this process made it since the last publication; None where it has not."""
    library: Library | None = counts.known(ask, _KEPT)
    return library


def library_made(found: Iterable[Found], ask: Ask) -> Library:
    """The library made of the rows of ``recognised_by``, which came in its order; others are spared asking for them."""
    library = Library.made_of(ask.scope, shelved(found))
    counts.know(ask, _KEPT, library)
    return library


def _holding(row: Mapping[str, Any], names: Iterable[str]) -> Holding:
    signed = row["signed_on"].edtf if row["signed_on"] else None
    return Holding(row["entry__slug"], row["type"], tuple(names), not row["external"], signed or "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A provision as references find it."""

    id: int
    instrument: int
    parent: int | None
    type: str
    number: str
    numbers: tuple[Numbered, ...] = ()

    def bears(self, number: str, day: date | None) -> Answer:
        """Whether it bore the number on the day; without a day, whether it bears it now."""
        if not self.numbers:
            return _yes(_same(self.type, self.number, number))
        if day is None:
            last = max(self.numbers, key=lambda one: one.since)
            return _yes(_same(self.type, last.number, number))
        answers = {one.period.holds(day) for one in self.numbers if _same(self.type, one.number, number)}
        return next((one for one in (Answer.YES, Answer.UNKNOWN) if one in answers), Answer.NO)


def _yes(found: bool) -> Answer:
    return Answer.YES if found else Answer.NO


def _same(kind: str, held: str, said: str) -> bool:
    """Whether two numbers are one: chapters by their value, the letters of points in either script."""
    if kind == ProvisionKind.CHAPTER:
        try:
            return order_key(held)[:2] == order_key(said)[:2]
        except InvalidNumber:
            return False
    return held.casefold().translate(LOOKALIKES) == said.casefold().translate(LOOKALIKES)


@dataclass(frozen=True)
class Shelf:
    """The provisions of some instruments, by the way in."""

    library: Library
    within: Mapping[tuple[int, int | None], Sequence[Placed]]

    @classmethod
    def of(cls, instruments: Collection[int], library: Library) -> Shelf:
        """The provisions of instruments, given by row ids; one query, none for none."""
        return cls(library, _grouped(_placed(instruments, library.scope)))

    def targets(self, one: Citation, day: date | None) -> list[Target]:
        """What a citation in a text of a day may mean, each once; the first way of a range's dash comes first."""
        found = (
            target
            for slug in one.instruments
            for way in one.places
            for target in self._at(self.library.ids[slug], way, day)
        )
        return list(dict.fromkeys(found))

    def once_borne(self, one: Citation) -> list[Target]:
        """The articles cited by a number that they bore on some other day, where none bears it on the day."""
        instruments = {self.library.ids[slug] for slug in one.instruments}
        steps = {way[0] for way in one.places if way}
        return [
            Target(placed.instrument, placed.id)
            for (instrument, _parent), group in self.within.items()
            for placed in group
            if instrument in instruments
            and any(
                placed.type == step.kind
                and any(_same(placed.type, past.number, step.number) for past in placed.numbers)
                for step in steps
            )
        ]

    def _at(self, instrument: int, way: Steps, day: date | None) -> list[Target]:
        """The innermost provision held on a way into an instrument."""
        if not way:
            return [Target(instrument)]
        inner = self._innermost(instrument, way, day)
        if inner:
            return [Target(instrument, one.id) for one in inner]
        return [Target(instrument, held=not self._holds_any(instrument, way[0]))]

    def _holds_any(self, instrument: int, step: Step) -> bool:
        """Whether the knowledge base holds other provisions of this kind."""
        return any(one.type == step.kind for one in self._all(instrument))

    def _all(self, instrument: int) -> Iterable[Placed]:
        return (
            one for (owner, _parent), group in self.within.items() if owner == instrument for one in group
        )

    def _innermost(self, instrument: int, way: Steps, day: date | None) -> list[Placed]:
        found: list[Placed] = []
        for step in way:
            if found and step.kind in _PARTS:
                nearer = [
                    part
                    for one in found
                    for part in _bearing(self.within.get((instrument, one.id), ()), step, day)
                ]
            elif not found and step.kind not in _PARTS:
                nearer = _bearing(self._all(instrument), step, day)
            else:
                nearer = []
            if not nearer:
                return found
            found = nearer
        return found


def _bearing(group: Iterable[Placed], step: Step, day: date | None) -> list[Placed]:
    """The provisions that bear a step's number on the day; those that may bear it, where none certainly does."""
    parts = step.kind in _PARTS
    fitting = [
        one for one in group if one.type == step.kind or (parts and one.type == ProvisionKind.PARAGRAPH)
    ]
    answers = {one.id: one.bears(step.number, day) for one in fitting}
    certain = [one for one in fitting if answers[one.id] is Answer.YES]
    return certain or [one for one in fitting if answers[one.id] is Answer.UNKNOWN]


def _placed(instruments: Collection[int], scope: Scope) -> list[Placed]:
    """The provisions of some instruments in their order; one query, none for none."""
    if not instruments:
        return []
    provisions, numbers = _held(scope, instruments=instruments)
    over_time: dict[int, list[Numbered]] = defaultdict(list)
    for row in numbers:
        over_time[row["provision_id"]].append(
            Numbered(row["number"], Period(row["began_on"], row["ended_on"]))
        )
    return [
        Placed(
            row["entry_id"],
            row["instrument_id"],
            row["parent_id"],
            row["type"],
            row["number"],
            tuple(over_time[row["entry_id"]]),
        )
        for row in provisions
    ]


@prepared(instruments=IDS)
def _held(scope: Scope, instruments: Any) -> tuple[Wanted, Wanted]:
    """The provisions of some instruments in their order, and their numbers over time."""
    held = scope.rows(Provision).filter(instrument_id__in=instruments)
    borne = scope.rows(ProvisionNumber).filter(provision_id__in=held.values("entry_id"))
    return (
        Wanted.of(held.order_by("instrument_id", "order"), ("entry_id", *_PLACED)),
        Wanted.of(borne.order_by("entry_id"), ("provision_id", "number", "began_on", "ended_on")),
    )


def _grouped(rows: Iterable[Placed]) -> Mapping[tuple[int, int | None], Sequence[Placed]]:
    found: dict[tuple[int, int | None], list[Placed]] = defaultdict(list)
    for one in rows:
        found[one.instrument, one.parent].append(one)
    return found


class Place(NamedTuple):
    """Where a provision stands, by row ids."""

    instrument: int
    parent: int | None
    type: str
    number: str


def steps_of(places: Mapping[int, Place], key: int) -> Steps:
    """The way to a provision, outermost first; the chapter of an article is left out."""
    steps: list[Step] = []
    at: int | None = key
    while at is not None and at in places and len(steps) < len(Kind):
        place = places[at]
        if place.type != ProvisionKind.CHAPTER or at == key:
            steps.append(Step(Kind(place.type), place.number))
        at = place.parent
    return tuple(reversed(steps))
