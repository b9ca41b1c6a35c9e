"""Records for tests, written by the one writer as the product writes them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from cstokb.records.laid_out import TEXT, laid_out
from cstokb.records.models import Entry, Evidence, NameForm, Record, Source, Topic
from cstokb.records.publish import Change, withdraw, write
from members.models import MembershipPeriod, Office, Organ, ParticipationPause, Person, State, Term

R = TypeVar("R", bound=Record)
WRITTEN = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def source(slug: str = "00testsrc0") -> Source:
    """The source that backs test records."""
    standing: Source | None = Source.objects.filter(entry__slug=slug).select_related("entry").first()
    if standing:
        return standing
    one = Source(title="A book about it", url=f"https://example.org/{slug}")
    write([Change(record=one, slug=slug, publication="published")], at=WRITTEN)
    return one


def backing(slug: str = "00testsrc0") -> Source:
    """The source as evidence names it: by its ids alone where it stands, since every record here asks for it."""
    for (key,) in _standing(slug=slug):
        return Source(entry=Entry(pk=key, kind=Source.kind, slug=slug))
    return source(slug)


@laid_out(slug=TEXT)
def _standing(slug: Any) -> QuerySet[Any, Any]:
    return Source.objects.filter(entry__slug=slug).values_list("pk")


def published(
    record: R,
    slug: str,
    *,
    at: datetime = WRITTEN,
    publication: str = "published",
    names: Sequence[NameForm] = (),
    topics: Sequence[int] = (),
) -> R:
    """A record that anyone may see, with one piece of evidence."""
    evidence = [Evidence(source=backing())] if record.needs_evidence else []
    change = Change(record, slug, publication, "", evidence=evidence, names=list(names), topics=list(topics))
    write([change], at=at)
    return record


def many(records: dict[str, Record], *, at: datetime = WRITTEN) -> None:
    """Several records that anyone may see, by their ids, in one writing."""
    changes = [
        Change(one, slug, "published", "", evidence=[Evidence(source=backing())])
        for slug, one in records.items()
    ]
    write(changes, at=at)


def bare(records: dict[str, Record]) -> None:
    """Very many public records of one kind, as rows alone: past the writer, whose history would cost more."""
    stamps = dict.fromkeys(("created_at", "published_at", "changed_at"), WRITTEN)
    entries = Entry.objects.bulk_create(
        Entry(kind=one.kind, slug=slug, publication="published", visibility="public", **stamps)
        for slug, one in records.items()
    )
    for entry, one in zip(entries, records.values(), strict=True):
        one.entry = entry
    model = type(next(iter(records.values())))
    model._default_manager.bulk_create(records.values())


def draft(record: R, slug: str) -> R:
    """A record that nobody but the curators may see."""
    return published(record, slug, publication="draft")


def rewritten(record: R, *, at: datetime, correction: bool = False) -> R:
    """A published record with its present values, as of a later moment."""
    write([Change(record, record.public_id)], at=at, correction=correction)
    return record


def withdrawn(record: Record, why: str = "It was a mistake.", *, at: datetime = WRITTEN) -> None:
    """Take a record off. What is given stays as it is: the tests of a class may share it, and undo what each wrote."""
    withdraw(type(record)._default_manager.get(pk=record.pk), at=at, by=None, why=why)


def state(slug: str, name: str, name_ru: str = "", **options: Any) -> State:
    """A state under its alpha-3 code."""
    return published(State(alpha2=slug[:2].upper(), name_en=name, name_ru=name_ru), slug, **options)


def member(
    who: State,
    began: str | None,
    ended: str | None = None,
    *,
    ended_by: str = "",
    standing: str = "member",
    **options: Any,
) -> MembershipPeriod:
    """A period in the Organization."""
    row = MembershipPeriod(state=who, standing=standing, began_on=began, ended_on=ended, ended_by=ended_by)
    return published(row, f"{who.public_id}/{standing}/{began or 'undated'}", **options)


def pause(who: State, began: str, ended: str | None = None) -> ParticipationPause:
    """A time in which a state itself took no part."""
    row = ParticipationPause(state=who, began_on=began, ended_on=ended)
    return published(row, f"{who.public_id}/pause/{began}")


def person(slug: str, name: str, name_ru: str = "", **options: Any) -> Person:
    """A person."""
    return published(Person(name_en=name, name_ru=name_ru), slug, **options)


def organ(slug: str, name: str, *, type: str = "statutory", at: datetime = WRITTEN, **fields: Any) -> Organ:  # noqa: A002
    """An organ."""
    return published(Organ(name_en=name, type=type, **fields), slug, at=at)


def office(slug: str, name: str, *, role: str = "head-of-state", **fields: Any) -> Office:
    """An office of a state or an organ."""
    return published(Office(name_en=name, role=role, **fields), slug)


def term(who: Person, where: Office, began: str | None, ended: str | None = None, **fields: Any) -> Term:
    """A term of office."""
    row = Term(person=who, office=where, began_on=began, ended_on=ended, **fields)
    return published(row, f"{where.public_id}/{who.public_id}/{began or 'undated'}")


def topic(slug: str, label: str, parent: Topic | None = None) -> Topic:
    """A subject heading."""
    return published(Topic(label_en=label, parent=parent), slug)


ROSTER = (
    ("arm", "Armenia", "Армения"),
    ("blr", "Belarus", "Беларусь"),
    ("kaz", "Kazakhstan", "Казахстан"),
    ("kgz", "Kyrgyzstan", "Кыргызстан"),
    ("rus", "Russia", "Россия"),
    ("tjk", "Tajikistan", "Таджикистан"),
)


def roster() -> dict[str, State]:
    """The members, Uzbekistan with its suspended membership, Armenia with its pause, and Afghanistan without any."""
    states = {slug: state(slug, name, name_ru) for slug, name, name_ru in ROSTER}
    for one in states.values():
        member(one, "2003-09-18")
    pause(states["arm"], "2024-02-22")
    states["uzb"] = state("uzb", "Uzbekistan", "Узбекистан")
    member(states["uzb"], "2006-08-16", "2012-12-18", ended_by="suspension")
    states["afg"] = state("afg", "Afghanistan", "Афганистан")
    return states
