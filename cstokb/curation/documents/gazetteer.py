"""What the knowledge base knows by name: the spellings of all its records, who held which office, and where it met."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cstokb.curation.documents.names import Name, NameTree, ways_of
from cstokb.curation.documents.sounds import SoundTree
from cstokb.dates import HistoricDate
from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.records.choices import Publication
from cstokb.records.models import NameForm, Topic
from members.models import Office, State, Term
from statements.choices import IssuerKind
from statements.models import Statement
from summits.models import Milestone, Session
from treaty.citations import Book, Holding
from treaty.models import Instrument, Provision

#: Kinds of records that a text names.
NAMED = ("state", "person", "organ", "instrument", "topic")
_PARTS = re.compile(r"[^(),]+")
#: The date that ends a title, and without which texts give it.
_DATED = re.compile(r"\s+(?:of \d{1,2} [A-Z]\w+ \d{4}|от \d{1,2} \w+ \d{4} года)$")


@dataclass(frozen=True, slots=True)
class Held:
    """A person held an office from one day to another; None is a day that is not known, or has not come."""

    person: str
    office: str
    began: date | None
    ended: date | None

    def may_hold(self, first: date, last: date) -> bool:
        """Whether it may have been held on a day from ``first`` to ``last``."""
        return (self.began is None or self.began <= last) and (self.ended is None or self.ended >= first)


@dataclass(frozen=True, slots=True)
class Post:
    """An office: its role, and the state or the organ whose it is."""

    record: str
    role: str
    of: str
    name_en: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session: its first and last day as EDTF, its city in English, and its title."""

    record: str
    began: str
    ended: str
    city: str = ""
    title_en: str = ""
    title_ru: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A statement of an organ or of states together: its sort, and its day as EDTF."""

    record: str
    type: str
    day: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic: its heading and its other names, in both languages."""

    record: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Everything by which names in documents are recognised, published and draft records alike.

    ``labels`` say what a record is called, in English and Russian, by kind and public id. ``provisions`` give the
    public id of a provision by its instrument and its steps, as ("article 4",).
    """

    names: tuple[Name, ...] = ()
    labels: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    holdings: tuple[Holding, ...] = ()
    provisions: Mapping[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    terms: tuple[Held, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    subjects: tuple[Subject, ...] = ()
    issued: tuple[Issued, ...] = ()

    @cached_property
    def tree(self) -> NameTree:
        """The names of states, organs and places."""
        return NameTree(one for one in self.names if one.kind in ("state", "organ", "place"))

    @cached_property
    def people(self) -> NameTree:
        """The names of people with the orders and the shorter forms in which they are written."""
        people = (one for one in self.names if one.kind == "person")
        return NameTree(spelled for one in people for spelled in ways_of(one))

    @cached_property
    def sounds(self) -> SoundTree:
        """The names of people by their sound."""
        return SoundTree(self.names)

    @cached_property
    def states(self) -> frozenset[str]:
        """How states are called."""
        return frozenset(one.text for one in self.names if one.kind == "state")

    @cached_property
    def listed(self) -> tuple[Name, ...]:
        """The names that unknown ones are compared with."""
        return tuple(one for one in self.names if one.kind in ("person", "organ", "state"))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The same, folded."""
        return tuple(fold(one.text) for one in self.listed)

    @cached_property
    def keys(self) -> tuple[str | None, ...]:
        """The same by their sound, of people alone."""
        return tuple(name_key(one.text) if one.kind == "person" else None for one in self.listed)

    @cached_property
    def book(self) -> Book:
        """The instruments, as the grammar of references knows them."""
        return Book.of(self.holdings)

    def label(self, kind: str, record: str, language: str = "en") -> str:
        """What a record is called; its id where nothing is known of it."""
        english, russian = self.labels.get((kind, record), ("", ""))
        return (russian if language == "ru" else "") or english or record

    def posts_of(self, of: str, role: str) -> list[Post]:
        """The offices of a state or an organ in a role."""
        return [one for one in self.posts if one.of == of and one.role == role]

    def holders(self, offices: Iterable[str], day: HistoricDate | None) -> tuple[str, ...]:
        """The people who may have held one of the offices on the day; nobody where the day is not known."""
        wanted = frozenset(offices)
        if day is None or day.earliest is None or day.latest is None:
            return ()
        held = (one for one in self.terms if one.office in wanted and one.may_hold(day.earliest, day.latest))
        return tuple(dict.fromkeys(one.person for one in held))

    def offices_of(self, person: str, day: HistoricDate | None) -> tuple[str, ...]:
        """The offices that a person may have held on the day."""
        if day is None or day.earliest is None or day.latest is None:
            return ()
        held = (one for one in self.terms if one.person == person and one.may_hold(day.earliest, day.latest))
        return tuple(dict.fromkeys(one.office for one in held))


def gazetteer_now() -> Gazetteer:
    """The names of all records that are not withdrawn, as they stand now; nine queries."""
    names, labels = _names()
    met = _meetings()
    return Gazetteer(
        names=(*names, *_places({one.text for one in names if one.kind == "state"})),
        labels=labels | {("session", one.record): (one.title_en, one.title_ru) for one in met},
        holdings=_holdings(names),
        provisions=_provisions(),
        posts=_posts(),
        terms=_terms(),
        meetings=met,
        subjects=_subjects(names),
        issued=_issued(),
    )


def _names() -> tuple[list[Name], dict[tuple[str, str], tuple[str, str]]]:
    rows = (
        NameForm.objects.filter(entry__kind__in=NAMED, entry__merged_into=None)
        .exclude(entry__publication=Publication.WITHDRAWN)
        .order_by("entry_id", "id")
        .values_list(
            *("entry__kind", "entry__slug", "text", "language", "kind"),
            *("entry__label_en", "entry__label_ru"),
        )
    )
    names, labels = [], {}
    for kind, slug, text, language, type_, english, russian in rows:
        labels[kind, slug] = (english, russian)
        names.append(Name(kind, slug, text, language, type_))
    return names, labels


def _holdings(names: Iterable[Name]) -> tuple[Holding, ...]:
    spelled: dict[str, list[str]] = defaultdict(list)
    for one in names:
        if one.kind == Instrument.kind:
            spelled[one.record] += dict.fromkeys((one.text, _DATED.sub("", one.text)))
    rows = Instrument.objects.filter(entry__slug__in=spelled).order_by("entry__slug")
    return tuple(
        Holding(slug, type_, tuple(spelled[slug]), not external, signed.edtf if signed else "")
        for slug, type_, external, signed in rows.values_list("entry__slug", "type", "external", "signed_on")
    )


def _provisions() -> dict[tuple[str, tuple[str, ...]], str]:
    rows = {
        key: others
        for key, *others in Provision.objects.exclude(entry__publication=Publication.WITHDRAWN).values_list(
            "pk", "instrument__entry__slug", "parent_id", "type", "number", "entry__slug"
        )
    }
    return {
        (instrument, tuple(_way(rows, key))): slug
        for key, (instrument, _parent, _type, _number, slug) in rows.items()
    }


def _way(rows: Mapping[int, Sequence[Any]], key: int) -> list[str]:
    """The steps down to a provision, without its chapter: articles are numbered through an instrument."""
    _instrument, parent, type_, number, _slug = rows[key]
    above = _way(rows, parent) if parent in rows and rows[parent][2] != "chapter" else []
    return [*above, f"{type_} {number}".strip().casefold()]


def _posts() -> tuple[Post, ...]:
    rows = Office.objects.exclude(entry__publication=Publication.WITHDRAWN).order_by("entry__slug")
    return tuple(
        Post(slug, role, state or organ, english, russian)
        for slug, role, state, organ, english, russian in rows.values_list(
            *("entry__slug", "role", "state__entry__slug", "organ__entry__slug", "name_en", "name_ru")
        )
    )


def _terms() -> tuple[Held, ...]:
    rows = Term.objects.exclude(entry__publication=Publication.WITHDRAWN).order_by("entry__slug")
    return tuple(
        Held(person, office, began.earliest if began else None, ended.latest if ended else None)
        for person, office, began, ended in rows.values_list(
            "person__entry__slug", "office__entry__slug", "began_on", "ended_on"
        )
    )


def _meetings() -> tuple[Meeting, ...]:
    rows = Session.objects.exclude(entry__publication=Publication.WITHDRAWN).order_by("entry__slug")
    return tuple(
        Meeting(slug, began.edtf, (ended or began).edtf, city, english, russian)
        for slug, began, ended, city, english, russian in rows.values_list(
            "entry__slug", "began_on", "ended_on", "city_en", "title_en", "title_ru"
        )
    )


def _issued() -> tuple[Issued, ...]:
    rows = (
        Statement.objects.exclude(entry__publication=Publication.WITHDRAWN)
        .filter(issuer__in=(IssuerKind.ORGAN, IssuerKind.STATES))
        .order_by("entry__slug")
    )
    return tuple(
        Issued(slug, type_, day.edtf)
        for slug, type_, day in rows.values_list("entry__slug", "type", "issued_on")
        if day
    )


def _subjects(names: Iterable[Name]) -> tuple[Subject, ...]:
    spelled: dict[str, list[str]] = defaultdict(list)
    for one in names:
        if one.kind == Topic.kind:
            spelled[one.record].append(one.text)
    return tuple(Subject(slug, tuple(dict.fromkeys(headings))) for slug, headings in sorted(spelled.items()))


def _places(states: set[str]) -> list[Name]:
    """The places of sessions and of milestones, and the capitals; what is called as a state is none."""
    capitals = State.objects.values_list("capital_en", "capital_ru")
    cities = Session.objects.values_list("city_en", "city_ru")
    milestones = Milestone.objects.values_list("place_en", "place_ru")
    found: dict[tuple[str, str], Name] = {}
    for english, russian in capitals.union(cities, milestones):
        parts = _PARTS.findall(english or "")
        if not parts or english in states:
            continue
        record = parts[0].strip()
        for text in (*parts, *(_PARTS.findall(russian or ""))):
            found[record, text.strip()] = Name("place", record, text.strip())
    return list(found.values())
