"""Search documents of sessions, invocations, activities and milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.listing.names import Names
from cstokb.listing.names import names_of as names_of_records
from cstokb.records.indexing import Known, names_of, slugs_of, titles, topics_of, with_wholes, words, years
from cstokb.records.known_by import days, in_both, labels_of, spanned
from cstokb.records.scope import NOW
from members.indexing import ORGANIZATION
from summits.choices import ActivityKind, ActivityStatus, Mode, SessionKind, SessionStatus
from summits.models import (
    Activity,
    ActivityState,
    AdoptedInstrument,
    AgendaItem,
    Attendance,
    Chairmanship,
    Invocation,
    InvocationDocument,
    InvocationStep,
    Milestone,
    Session,
)

#: A session of this organ is a summit.
COUNCIL = "csc"
SUMMIT = (
    "CSTO summit, meeting of heads of state, of leaders",
    "саммит ОДКБ, встреча, совещание глав государств, лидеров",
)
#: How it is asked where and when there was a gathering or an exercise.
TAKEN_PLACE = (
    "took, take place, held",
    "прошёл, прошла, прошли, проходил, состоялся, состоялась, состоялись",
)
#: How it is asked what a state turned to the Organization for.
INVOKING = (
    "invocation, invoked, appeal, request for help",
    "обращение, обратился, обратилась, просьба о помощи",
)
#: Records that a milestone may concern, beside its session.
_CONCERNED = ("state", "organ", "instrument")
CHAIR = (
    "Chairman of the Collective Security Council of the CSTO",
    "Председатель Совета коллективной безопасности ОДКБ",
)
#: What somebody did who held the chair.
CHAIRING = ("who chaired the CSTO, chairmanship", "кто председательствовал в ОДКБ, председательство")


def session_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of sessions: title, summary, agenda, adopted texts, who sat and where."""
    agenda = _grouped(AgendaItem.objects.published(), "session_id", ids)
    adopted = _grouped(AdoptedInstrument.objects.published().select_related("instrument"), "session_id", ids)
    seats = _grouped(Attendance.objects.published(), "session_id", ids)
    named = names_of_records(_references(seats), NOW)
    labels = {key: one.id for key, one in named.items()}
    topics = topics_of(ids)
    for one in Session.objects.filter(pk__in=ids).select_related("entry", "organ__entry"):
        rows = seats[one.pk]
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.began_on_min,
            date_max=one.began_on_max,
            titles=titles(one),
            segments=(
                *words("", "summary", en=one.summary_en, ru=one.summary_ru),
                *words("", "place", en=one.city_en, ru=one.city_ru),
                *_of("agenda", agenda[one.pk]),
                *_of("texts", adopted[one.pk]),
            ),
            about=(
                *ORGANIZATION,
                *(SUMMIT if one.organ.public_id == COUNCIL else ()),
                *labels_of(one.organ),
                *in_both(SessionKind(one.type).label),
                *(TAKEN_PLACE if one.status == SessionStatus.HELD else ()),
                *_sat(named, rows),
                *days(one.began_on),
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "state": _named(labels, (row.state_id for row in rows)),
                "person": _named(labels, _seated(rows)),
                "organ": (one.organ.public_id,),
                "topic": topics.get(one.pk, ()),
                "year": years(one.began_on),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def titles_of_chairs(ids: Sequence[int]) -> dict[int, Known]:
    """What those of the people who held the chair of the Council are called for it, and in which years they held it."""
    chairs = Chairmanship.objects.published().filter(person_id__isnull=False).in_order()
    last = chairs.filter(began_on_min__isnull=False).values_list("person_id", flat=True).last()
    found: dict[int, list[str]] = defaultdict(list)
    for person, began_on, ended_on in chairs.values_list("person_id", "began_on", "ended_on"):
        found[person] += spanned(began_on, ended_on)
    return {
        person: Known(tuple(Role(text, person == last) for text in CHAIR), (*CHAIRING, *years))
        for person, years in found.items()
        if person in ids
    }


def invocation_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of invocations: request, decision, outcome and steps."""
    steps = _grouped(InvocationStep.objects.published(), "invocation_id", ids)
    papers = _grouped(InvocationDocument.objects.published(), "invocation_id", ids)
    topics = topics_of(ids)
    beside = ("entry", "state__entry", "provision__entry", "provision__instrument__entry")
    rows = list(Invocation.objects.filter(pk__in=ids).select_related(*beside))
    labels = slugs_of(key for row in rows for key in (row.state_id, row.provision_id))
    for one in rows:
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.requested_on_min,
            date_max=one.requested_on_max,
            titles=titles(one),
            segments=(
                *words("", "summary", en=one.request_en, ru=one.request_ru),
                *words("", "summary", en=one.decision_en, ru=one.decision_ru),
                *words("", "summary", en=one.outcome_en, ru=one.outcome_ru),
                *_of("steps", steps[one.pk]),
                *_of("documents", papers[one.pk]),
            ),
            about=(*ORGANIZATION, *INVOKING, *labels_of(one.state, one.provision), *days(one.requested_on)),
            facets={
                "type": (one.kind,),
                "state": _named(labels, (one.state_id,)),
                "cites": with_wholes(_named(labels, (one.provision_id,))),
                "topic": topics.get(one.pk, ()),
                "year": years(one.requested_on),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def activity_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of operations and exercises."""
    names, topics = names_of(ids), topics_of(ids)
    states = _grouped(ActivityState.objects.published(), "activity_id", ids)
    labels = slugs_of(row.state_id for rows in states.values() for row in rows)
    for one in Activity.objects.filter(pk__in=ids).select_related("entry"):
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.began_on_min,
            date_max=one.began_on_max,
            titles=titles(one),
            names=names.get(one.pk, ()),
            segments=(
                *words("", "summary", en=one.description_en, ru=one.description_ru),
                *words("", "summary", en=one.nature_en, ru=one.nature_ru),
                *words("", "place", en=one.place_en, ru=one.place_ru),
            ),
            about=(
                *ORGANIZATION,
                *in_both(ActivityKind(one.type).label),
                *(TAKEN_PLACE if one.status == ActivityStatus.HELD else ()),
                *days(one.began_on),
            ),
            facets={
                "type": (one.kind,),
                "kind": (one.type,),
                "state": _named(labels, (row.state_id for row in states[one.pk])),
                "topic": topics.get(one.pk, ()),
                "year": years(one.began_on),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def milestone_documents(ids: Sequence[int]) -> Iterator[Document]:
    """Documents of milestones: what happened, where, and whom it concerned."""
    topics = topics_of(ids)
    beside = ("entry", *(f"{name}__entry" for name in _CONCERNED))
    rows = list(Milestone.objects.filter(pk__in=ids).select_related(*beside))
    labels = slugs_of(key for row in rows for key in (row.state_id, row.organ_id, row.instrument_id))
    for one in rows:
        concerned = [record for name in _CONCERNED if (record := getattr(one, name))]
        yield Document(
            id=one.pk,
            kind=one.kind,
            date_min=one.happened_on_min,
            date_max=one.happened_on_max,
            segments=(
                *words("", "summary", en=one.text_en, ru=one.text_ru),
                *words("", "place", en=one.place_en, ru=one.place_ru),
            ),
            about=(
                *ORGANIZATION,
                *(label for record in concerned if record.pk in labels for label in labels_of(record)),
                *days(one.happened_on),
            ),
            facets={
                "type": (one.kind,),
                "state": _named(labels, (one.state_id,)),
                "organ": _named(labels, (one.organ_id,)),
                "topic": topics.get(one.pk, ()),
                "year": years(one.happened_on),
            },
            sort_en=one.entry.sort_en,
            sort_ru=one.entry.sort_ru,
        )


def _grouped(rows: Any, key: str, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(**{f"{key}__in": ids}).order_by("entry_id"):
        found[getattr(row, key)].append(row)
    return found


def _references(seats: dict[int, list[Attendance]]) -> Iterator[int | None]:
    for rows in seats.values():
        for row in rows:
            yield row.state_id
            yield row.person_id


def _seated(rows: Sequence[Attendance]) -> Iterator[int | None]:
    """Those who took part; whoever is said to have been absent did not."""
    return (row.person_id for row in rows if row.mode != Mode.ABSENT)


def _sat(names: Names, rows: Sequence[Attendance]) -> Iterator[str]:
    """What those who took part are called."""
    for one in (names[key] for key in _seated(rows) if key in names):
        yield from dict.fromkeys((one.label("en"), one.label("ru")))


def _named(labels: dict[int, str], ids: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels[key] for key in ids if key in labels))


def _of(anchor: str, rows: Sequence[Any]) -> Iterator[Segment]:
    for row in rows:
        english, russian = row.label("en"), row.label("ru")
        yield from words(anchor, "summary", en=english, ru=russian if russian != english else "")
