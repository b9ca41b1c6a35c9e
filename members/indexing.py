"""Search documents of states, people and organs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.records.indexing import names_of, slugs_of, titles, topics_of, words
from cstokb.records.known_by import days, in_both, labels_of
from members.choices import OfficeRole, OrganKind, PeriodEnd, PeriodStanding, Standing
from members.models import MembershipPeriod, Office, Organ, ParticipationPause, Person, State, Term
from members.peoples import adjectives_of

#: What the Organization is called beside its organs, its members and its texts; with an ending no stem takes off.
ORGANIZATION = ("CSTO", "CSTO's", "ОДКБ", "ODKB")
#: Its name in full, under which whoever asks what it is may ask for it too.
ORGANIZATION_NAMES = (
    "Collective Security Treaty Organization",
    "Организация Договора о коллективной безопасности",
)
#: What a state is called that is a member of it, and how it is asked which these are.
MEMBER = (
    *("CSTO member state", "CSTO member country", "CSTO country"),
    *("государство-член ОДКБ", "страна-член ОДКБ", "страна-участница ОДКБ", "государство-участник ОДКБ"),
    *("входит в ОДКБ", "входят в ОДКБ", "состоит в ОДКБ", "в составе ОДКБ"),
)
#: In which words alone members are asked for, though other records are called so or have such.
MEMBERS_ALONE = (
    *("state", "country", "member state", "member country", "member"),
    *(
        "государство",
        "страна",
        "государство-член",
        "страна-член",
        "страна-участница",
        "государство-участник",
        "член",
    ),
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
#: What those are called together who hold such an office of a member.
LEADING: dict[str, tuple[str, ...]] = {
    OfficeRole.HEAD_OF_STATE: (
        "leader, head of state of a CSTO member state, of a CSTO country",
        "лидер, глава государства-члена ОДКБ, страны ОДКБ, государства ОДКБ",
    ),
    OfficeRole.HEAD_OF_GOVERNMENT: (
        "leader of a CSTO member state, of a CSTO country",
        "лидер государства-члена ОДКБ, страны ОДКБ",
    ),
}
#: In which words alone the heads of the members are asked for, though texts are called after such too.
HEADS_ALONE = ("head of state", "глава государства")
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
        member = list(filter(is_membership, stood[one.pk]))
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
            answers=MEMBERS_ALONE if any(not each.ended_on for each in member) else (),
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
    names, topics = names_of(ids), topics_of(ids)
    terms = list(Term.objects.published().filter(person_id__in=ids).select_related(*_WHOSE).in_order())
    offices = _offices(terms)
    led = _led(terms, offices)
    slugs = slugs_of(key for held in offices.values() for one in held for key in (one.state_id, one.organ_id))
    for one in Person.objects.filter(pk__in=ids).select_related("entry"):
        held = list(offices[one.pk])
        yield Document(
            id=one.pk,
            kind=one.kind,
            titles=titles(one),
            names=names.get(one.pk, ()),
            roles=(
                *(
                    Role(text, held=is_last)
                    for office, is_last in offices[one.pk].items()
                    for text in (*labels_of(office), *SHORT.get(office.role, ()))
                ),
                *(Role(text, held, opens=False) for text, held in led[one.pk].items()),
            ),
            segments=tuple(
                part for office in held for part in words("", "office", en=office.name_en, ru=office.name_ru)
            ),
            about=tuple(text for office in held for text in _seat(office)),
            answers=HEADS_ALONE if led[one.pk].get(LEADING[OfficeRole.HEAD_OF_STATE][0]) else (),
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


def _offices(terms: Sequence[Term]) -> dict[int, dict[Office, bool]]:
    """The offices that each person held, the first one first, and whether nobody is known to have followed in it.

    At the head of a state whoever is its head under another title follows, too.
    """
    heads = Q(office__role=OfficeRole.HEAD_OF_STATE, office__state__in={one.office.state_id for one in terms})
    every = Term.objects.published().filter(Q(office__in={one.office_id for one in terms}) | heads)
    dated = every.filter(began_on_min__isnull=False).select_related("office").in_order()
    last = {_followed(one.office): (one.office_id, one.person_id) for one in dated}
    held: dict[int, dict[Office, bool]] = defaultdict(dict)
    for one in terms:
        own = (one.office_id, one.person_id)
        is_last = last.get(_followed(one.office), own) == own
        held[one.person_id][one.office] = is_last and not _is_gone(one.office)
    return held


def _followed(office: Office) -> tuple[str, int | None]:
    """In what somebody follows in an office: the office itself, or the place at the head of a state."""
    if office.state_id and office.role == OfficeRole.HEAD_OF_STATE:
        return "state", office.state_id
    return "office", office.pk


def _led(terms: Sequence[Term], offices: Mapping[int, Mapping[Office, bool]]) -> dict[int, dict[str, bool]]:
    """What each person is called who was at the head of a member while it was one, and whether that goes on."""
    heads = [
        (term, state) for term in terms if term.office.role in LEADING and (state := term.office.state_id)
    ]
    stood = _memberships([state for _term, state in heads]) if heads else {}
    led: dict[int, dict[str, bool]] = defaultdict(dict)
    for term, state in heads:
        last, own = offices[term.person_id][term.office] and not term.ended_on, led[term.person_id]
        for period in stood[state]:
            if is_membership(period) and _met(term, period):
                goes_on = last and not period.ended_on
                own |= {text: goes_on or own.get(text, False) for text in LEADING[term.office.role]}
    return led


def is_membership(period: MembershipPeriod) -> bool:
    """Whether a state was a member of the Organization itself."""
    return period.organ_id is None and period.standing == PeriodStanding.MEMBER


def _met(one: Term, other: MembershipPeriod) -> bool:
    """Whether two periods may have shared a day."""
    return all(
        not (late.began_on_min and early.ended_on_max and early.ended_on_max < late.began_on_min)
        for early, late in ((one, other), (other, one))
    )


def _is_gone(office: Office) -> bool:
    return bool(office.abolished_on or (office.organ and office.organ.dissolved_on))


def _named(slugs: dict[int, str], ids: Iterable[int | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs[key] for key in ids if key in slugs))
