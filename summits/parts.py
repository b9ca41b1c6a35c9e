"""What hangs on a session, an invocation or an activity, fetched once for a question and shared by page and API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.prepared import DAY, ID, prepared
from cstokb.listing.together import Wanted
from cstokb.records.models import EntryTopic
from cstokb.records.scope import Scope
from summits.choices import ActivityRole
from summits.models import (
    ActivityState,
    AdoptedInstrument,
    AgendaItem,
    Attendance,
    Chairmanship,
    Invocation,
    InvocationDocument,
    InvocationStep,
    Session,
)

Row = Mapping[str, Any]
Part = dict[str, Any]

SEAT = (
    *("entry_id", "entry__slug", "entry__label_en", "entry__sort_en", "state_id", "organ_id", "person_id"),
    *("office_id", "office_en", "office_ru", "capacity", "mode", "signed", "represents_id"),
    *("reason_en", "reason_ru", "name_inferred", "confidence", "note_en", "note_ru"),
)
POINT = ("entry_id", "entry__slug", "order", "text_en", "text_ru")
TEXT = ("entry_id", "entry__slug", "instrument_id", "type", "title_en", "title_ru", "title_is_ours")
CHAIR = ("entry_id", "entry__slug", "state_id", "person_id", "began_on", "ended_on")
STEP = ("entry_id", "entry__slug", "done_on", "text_en", "text_ru")
PAPER = (
    "entry_id",
    "entry__slug",
    "title_en",
    "title_ru",
    "instrument_id",
    "session_id",
    "note_en",
    "note_ru",
)
CONTINGENT = (
    *("entry_id", "entry__slug", "activity_id", "state_id", "role"),
    *("contingent", "contingent_qualifier", "note_en", "note_ru"),
)


@dataclass(frozen=True)
class SessionParts:
    """What hangs on one session. References are row ids, under the names of the model's columns.

    ``seats``: states by name, then organs. ``chairs``: chairmanships that certainly hold the first day; a hand-over
    day has two. ``previous`` and ``following`` are the sessions before and after it in the register.
    """

    seats: Sequence[Part]
    agenda: Sequence[Part]
    adopted: Sequence[Part]
    chairs: Sequence[Part]
    previous: int | None = None
    following: int | None = None

    def names(self) -> Iterable[int | None]:
        """Row ids of every record that a page names."""
        for seat in self.seats:
            yield from (seat[f"{name}_id"] for name in ("state", "organ", "person", "office", "represents"))
        yield from (key for point in self.agenda for key in point["topics"])
        yield from (text["instrument_id"] for text in self.adopted)
        yield from (chair[f"{name}_id"] for chair in self.chairs for name in ("state", "person"))
        yield from (self.previous, self.following)


def session_parts(row: Row, ask: Ask) -> SessionParts:
    """The parts of the session in a row that holds ``entry_id``, ``began_on`` and ``began_on_min``."""
    return ask.once(("session parts", row["entry_id"]), lambda: _session_parts(row, ask))


def _session_parts(row: Row, ask: Ask) -> SessionParts:
    began: HistoricDate | None = row["began_on"]
    seats, agenda, topics, adopted, chairs, before, after = _hanging_on(
        ask.scope,
        session=row["entry_id"],
        day=began.exact_day if began else None,
        first=row["began_on_min"],
    )
    return SessionParts(
        seats=sorted(seats, key=lambda seat: (seat["state_id"] is None, seat["entry__sort_en"])),
        agenda=[{**point, "topics": _topics(point, topics)} for point in agenda],
        adopted=adopted,
        chairs=chairs,
        previous=before[0]["entry_id"] if before else None,
        following=after[0]["entry_id"] if after else None,
    )


def _topics(point: Part, links: Iterable[Part]) -> list[int]:
    return [one["topic_id"] for one in links if one["entry_id"] == point["entry_id"]]


@prepared(session=ID, day=DAY, first=DAY)
def _hanging_on(scope: Scope, session: int, day: date, first: date) -> Iterable[Wanted]:
    """Seats, agenda with its topics, adopted texts, who certainly chaired on the day, and the neighbours."""
    rows = scope.rows
    points = rows(AgendaItem).filter(session_id=session)
    filed = rows(EntryTopic).filter(entry_id__in=points.values("entry_id"))
    chairs: Any = rows(Chairmanship)
    return (
        Wanted.of(rows(Attendance).filter(session_id=session), SEAT),
        Wanted.of(points.order_by("order"), POINT),
        Wanted.of(filed.order_by("id"), ("entry_id", "topic_id")),
        Wanted.of(rows(AdoptedInstrument).filter(session_id=session).order_by("order", "entry_id"), TEXT),
        Wanted.of(chairs.on(day).in_order(), CHAIR),
        *(Wanted.of(found, ["entry_id"], limit=1) for found in _neighbours(rows(Session), session, first)),
    )


def _neighbours(sessions: Any, key: int, first: date) -> tuple[Any, Any]:
    """The sessions before one, nearest first, and those after it."""
    earlier = Q(began_on_min__lt=first) | Q(began_on_min=first, entry_id__lt=key)
    later = Q(began_on_min__gt=first) | Q(began_on_min=first, entry_id__gt=key)
    before = sessions.filter(earlier).order_by("-began_on_min", "-entry_id")
    return before, sessions.filter(later).order_by("began_on_min", "entry_id")


@dataclass(frozen=True)
class InvocationParts:
    """The steps and the documents of an invocation, in order."""

    steps: Sequence[Part]
    papers: Sequence[Part]

    def names(self) -> Iterable[int | None]:
        """Row ids of every record that a page names."""
        yield from (paper[f"{name}_id"] for paper in self.papers for name in ("instrument", "session"))

    def backed(self) -> Iterable[int]:
        """Row ids of the records whose evidence a page shows."""
        yield from (one["entry_id"] for one in (*self.steps, *self.papers))


def invocation_parts(row: Row, ask: Ask) -> InvocationParts:
    """The parts of the invocation in a row."""
    return ask.once(("invocation parts", row["entry_id"]), lambda: _invocation_parts(row["entry_id"], ask))


def _invocation_parts(key: int, ask: Ask) -> InvocationParts:
    return InvocationParts(*_taken(ask.scope, invocation=key))


@prepared(invocation=ID)
def _taken(scope: Scope, invocation: int) -> tuple[Wanted, Wanted]:
    steps = scope.rows(InvocationStep).filter(invocation_id=invocation).order_by("order")
    papers = scope.rows(InvocationDocument).filter(invocation_id=invocation).order_by("order")
    return Wanted.of(steps, STEP), Wanted.of(papers, PAPER)


def contingents_of(row: Row, ask: Ask) -> list[Part]:
    """Hosts of the activity in a row, then those who took part, by name."""
    states = ask.scope.rows(ActivityState).filter(activity_id=row["entry_id"]).order_by("entry__sort_en")
    found = ask.once(("contingents", row["entry_id"]), lambda: list(states.values(*CONTINGENT)))
    return sorted(found, key=lambda one: one["role"] != ActivityRole.HOST)


def requests_of(row: Row, ask: Ask) -> list[Part]:
    """The invocations behind the activity in a row, with their sessions, oldest first."""
    rows = (
        ask.scope.rows(Invocation)
        .filter(activity_id=row["entry_id"])
        .order_by("requested_on_min", "entry_id")
    )
    return ask.once(("requests", row["entry_id"]), lambda: list(rows.values("entry_id", "session_id")))
