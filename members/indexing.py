"""Search documents of states, people and organs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.records.indexing import names_of, slugs_of, titles, topics_of, words
from cstokb.records.known_by import days, in_both, labels_of
from members.choices import OfficeRole, OrganKind, PeriodEnd, PeriodStanding, Standing
from members.models import MembershipPeriod, Office, Organ, ParticipationPause, Person, State, Term
from members.peoples import adjectives_of

#: What the Organization is called beside its organs, its members and its texts; with an ending no stem takes off.
ORGANIZATION = ("CSTO", "CSTO's", "ОДКБ", "ODKB")
#: What a state is called that is a member of it, and how it is asked which these are.
MEMBER = (
    *("CSTO member state", "CSTO member country", "CSTO country"),
    *("государство-член ОДКБ", "страна-член ОДКБ", "страна-участница ОДКБ", "государство-участник ОДКБ"),
    *("входит в ОДКБ", "входят в ОДКБ", "состоит в ОДКБ", "в составе ОДКБ"),
)
#: How it is asked for all of them, and when a state became one.
BECOMING = (
    "list of members, membership, joined, join, joining",
    "список, перечень членов, членство, вступил, вступила, вступление",
)
#: What a state is asked for of which a membership, or what bound it, ended; how it ended, the page says.
LEAVING = (
    "left, leaving, withdrew, withdrawal, ended",
    "выход, вышел, вышла, прекращение, прекратил, прекратила",
)
#: What offices of a role are called for short.
SHORT: dict[str, tuple[str, ...]] = {
    OfficeRole.SECRETARY_GENERAL: ("SG", "генсек"),
    OfficeRole.HEAD_OF_GOVERNMENT: ("premier", "премьер"),
}
OBSERVING = ("observer status", "статус наблюдателя")
#: How it is asked that a state takes no part, whatever the page says of what that is.
PAUSING = (
    "pause, freeze, froze, frozen, suspended participation in the CSTO",
    "заморозка, заморозила, заморозил, приостановка, приостановила, приостановил участие в ОДКБ",
)
_WHOSE = ("office__entry", "office__state__entry", "office__organ__entry")


def state_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of states: every name, the capital, and how the state stood to the Organization."""
    names, topics, stood = names_of(ids), topics_of(ids), _memberships(ids)
    pauses = _by_state(ParticipationPause.objects.published(), ids)
    for one in State.objects.filter(pk__in=ids).select_related("entry"):
        member = [
            each for each in stood[one.pk] if each.organ_id is None and each.standing == PeriodStanding.MEMBER
        ]
        yield Document(
            id=one.pk,
            kind=one.kind,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=(
                *words("", "place", en=one.capital_en, ru=one.capital_ru),
                *_told(stood[one.pk], pauses[one.pk]),
            ),
            roles=tuple(
                Role(text, held=any(not each.ended_on for each in member), opens=False)
                for text in MEMBER
                if member
            ),
            about=(
                *adjectives_of(one.public_id),
                *(text for each in stood[one.pk] for text in _standing(each)),
                *(PAUSING if pauses[one.pk] else ()),
            ),
            facets={"type": (one.kind,), "state": (one.public_id,), "topic": topics.get(one.pk, ())},
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _memberships(ids: Sequence[int]) -> dict[int, list[MembershipPeriod]]:
    return _by_state(MembershipPeriod.objects.published().select_related("organ__entry"), ids)


def _by_state(rows: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(state_id__in=ids).order_by("began_on_min", "entry_id"):
        found[row.state_id].append(row)
    return found


def _told(stood: Sequence[MembershipPeriod], pauses: Sequence[ParticipationPause]) -> Iterator[Segment]:
    for period in stood:
        yield from words("", "note", en=period.note_en, ru=period.note_ru)
    for pause in pauses:
        yield from words("", "note", en=pause.summary_en, ru=pause.summary_ru)


def _standing(period: MembershipPeriod) -> Iterator[str]:
    """How a state stood to the Organization or an organ, since when, and what ended it."""
    yield from ORGANIZATION
    yield from labels_of(period.organ)
    yield from in_both(PeriodStanding(period.standing).label)
    yield from OBSERVING if period.standing == PeriodStanding.OBSERVER else ()
    yield from BECOMING if period.standing == PeriodStanding.MEMBER and period.organ_id is None else ()
    if period.ended_by:
        yield from (*in_both(PeriodEnd(period.ended_by).label, Standing.FORMER.label), *LEAVING)
    yield from days(period.began_on, period.ended_on)


def organ_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of organs: every name and what the organ does."""
    names, topics = names_of(ids), topics_of(ids)
    for one in Organ.objects.filter(pk__in=ids).select_related("entry"):
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.established_on_min,
            date_max=one.established_on_max,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=tuple(words("", "summary", en=one.function_en, ru=one.function_ru)),
            about=() if one.type == OrganKind.EXTERNAL else (*ORGANIZATION, *days(one.established_on)),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "organ": (one.public_id,),
                "topic": topics.get(one.pk, ()),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def person_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of people: every spelling of the name, the offices held, and whose these are."""
    names, topics, offices = names_of(ids), topics_of(ids), _offices(ids)
    slugs = slugs_of(key for held in offices.values() for one in held for key in (one.state_id, one.organ_id))
    for one in Person.objects.filter(pk__in=ids).select_related("entry"):
        held = list(offices[one.pk])
        yield Document(
            id=one.pk,
            kind=one.kind,
            titles=titles(one),
            names=names.get(one.pk, ()),
            roles=tuple(
                Role(text, held=is_last)
                for office, is_last in offices[one.pk].items()
                for text in (*labels_of(office), *SHORT.get(office.role, ()))
            ),
            segments=tuple(
                part for office in held for part in words("", "office", en=office.name_en, ru=office.name_ru)
            ),
            about=tuple(text for office in held for text in _seat(office)),
            facets={
                "type": (one.kind,),
                "person": (one.public_id,),
                "state": _named(slugs, (office.state_id for office in held)),
                "organ": _named(slugs, (office.organ_id for office in held)),
                "topic": topics.get(one.pk, ()),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _seat(office: Office) -> Iterator[str]:
    """Whose office it is, and what such an office is called whatever its title."""
    yield from labels_of(office.state, office.organ)
    yield from in_both(OfficeRole(office.role).label)
    if office.organ and office.organ.type != OrganKind.EXTERNAL:
        yield from ORGANIZATION


def _offices(ids: Sequence[int]) -> dict[int, dict[Office, bool]]:
    """The offices that each person held, the first one first, and whether nobody is known to have followed in it."""
    terms = list(Term.objects.published().filter(person_id__in=ids).select_related(*_WHOSE).in_order())
    every = Term.objects.published().filter(office_id__in={term.office_id for term in terms})
    dated = every.filter(began_on_min__isnull=False).in_order()
    last = dict(dated.values_list("office_id", "person_id"))
    held: dict[int, dict[Office, bool]] = defaultdict(dict)
    for term in terms:
        is_last = last.get(term.office_id, term.person_id) == term.person_id
        held[term.person_id][term.office] = is_last and not _is_gone(term.office)
    return held


def _is_gone(office: Office) -> bool:
    return bool(office.abolished_on or (office.organ and office.organ.dissolved_on))


def _named(slugs: dict[int, str], ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs[key] for key in ids if key in slugs))
