"""What happened, from all rooms of the domain: sessions, accessions, withdrawals, texts, operations, milestones.

Each source says which rows are events, on which date they stand, and how a state or an organ is tied to them. All are
read in one query, in the scope of the question, so that an earlier moment is answered like the present.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import pgettext_lazy

from cstokb.dates import HistoricDate, meets
from cstokb.listing.ask import Ask
from cstokb.listing.names import names_of
from cstokb.listing.together import Wanted, together
from cstokb.records.models import Record
from cstokb.records.scope import Scope
from members.models import MembershipPeriod
from statements.filters import STOOD_BEHIND
from statements.models import Joined, Statement
from summits.choices import ActivityKind, Mode
from summits.models import Activity, ActivityState, Attendance, Milestone, Session
from treaty.choices import ActionKind
from treaty.models import Instrument, TreatyAction


class EventKind(TextChoices):
    """What sort of event it is, in the order of the lanes."""

    SESSION = "session", pgettext_lazy("event", "session")
    ACCESSION = "accession", pgettext_lazy("event", "accession")
    WITHDRAWAL = "withdrawal", pgettext_lazy("event", "withdrawal or suspension")
    INSTRUMENT = "instrument", pgettext_lazy("event", "instrument signed")
    STATEMENT = "statement", pgettext_lazy("event", "statement")
    OPERATION = "operation", pgettext_lazy("event", "operation")
    EXERCISE = "exercise", pgettext_lazy("event", "exercise")
    MILESTONE = "milestone", pgettext_lazy("event", "milestone")


Tie = Callable[[Scope, int], Q]
LEAVING = (ActionKind.SUSPENSION, ActionKind.DENUNCIATION, ActionKind.WITHDRAWAL, ActionKind.LAPSE)


def _own(column: str) -> Tie:
    return lambda scope, key: Q(**{column: key})


def _sat(scope: Scope, state: int) -> Q:
    """Sessions in which a state is recorded to have sat."""
    seats = scope.rows(Attendance).exclude(mode=Mode.ABSENT).filter(state_id=state)
    return Q(entry_id__in=seats.values("session_id"))


def _acted(scope: Scope, state: int) -> Q:
    return Q(entry_id__in=scope.rows(TreatyAction).filter(state_id=state).values("instrument_id"))


def _stood(scope: Scope, state: int) -> Q:
    """Texts that a state stood behind, or that were spoken for it."""
    joined = scope.rows(Joined).filter(state_id=state, standing__in=STOOD_BEHIND)
    return Q(speaker_state_id=state) | Q(entry_id__in=joined.values("statement_id"))


def _took_part(scope: Scope, state: int) -> Q:
    return Q(entry_id__in=scope.rows(ActivityState).filter(state_id=state).values("activity_id"))


@dataclass(frozen=True)
class Source:
    """Rows of a model that are events of a kind; ``ended`` is the last day of one that lasts.

    ``state`` and ``organ`` say which rows are tied to one; without them none is. ``home`` names the record whose page
    shows rows without a page of their own.
    """

    kind: EventKind
    model: type[Record]
    began: str
    ended: str = ""
    only: Mapping[str, Any] | None = None
    state: Tie | None = None
    organ: Tie | None = None
    home: str = ""


_MEMBERSHIP: dict[str, Any] = {
    "model": MembershipPeriod,
    "state": _own("state_id"),
    "organ": _own("organ_id"),
    "home": "state_id",
}
_ACTION: dict[str, Any] = {"model": TreatyAction, "state": _own("state_id"), "home": "instrument_id"}
_ACTIVITY: dict[str, Any] = {
    "model": Activity,
    "began": "began_on",
    "ended": "ended_on",
    "state": _took_part,
}
SOURCES = (
    Source(EventKind.SESSION, Session, "began_on", "ended_on", state=_sat, organ=_own("organ_id")),
    Source(EventKind.ACCESSION, began="began_on", **_MEMBERSHIP),
    Source(EventKind.WITHDRAWAL, began="ended_on", **_MEMBERSHIP),
    Source(EventKind.ACCESSION, began="done_on", only={"type": ActionKind.ACCESSION}, **_ACTION),
    Source(EventKind.WITHDRAWAL, began="effective_on", only={"type__in": LEAVING}, **_ACTION),
    Source(EventKind.INSTRUMENT, Instrument, "signed_on", only={"external": False}, state=_acted),
    Source(EventKind.STATEMENT, Statement, "issued_on", state=_stood, organ=_own("organ_id")),
    Source(EventKind.OPERATION, only={"type": ActivityKind.OPERATION}, **_ACTIVITY),
    Source(EventKind.EXERCISE, only={"type": ActivityKind.EXERCISE}, **_ACTIVITY),
    Source(EventKind.MILESTONE, Milestone, "happened_on", state=_own("state_id"), organ=_own("organ_id")),
)


@dataclass(frozen=True)
class Wish:
    """Which events are asked for; a state and an organ are named by their row ids."""

    kinds: Sequence[str] = ()
    state: int | None = None
    organ: int | None = None
    after: date | None = None
    before: date | None = None


@dataclass(frozen=True)
class Event:
    """One event: the record that tells it, its day, and the last day of one that lasts (``lasts``)."""

    kind: EventKind
    type: str
    id: str
    label_en: str
    label_ru: str
    path: str
    on: HistoricDate
    until: HistoricDate | None
    lasts: bool

    def label(self, language: str) -> str:
        """What it is called, in a language."""
        return (self.label_ru if language == "ru" else "") or self.label_en


def events(wish: Wish, ask: Ask) -> list[Event]:
    """The dated events that are asked for, oldest first; what has no known day is on no timeline."""
    sources = [one for one in SOURCES if _is_wanted(one, wish)]
    found = together(*(_wanted(one, wish, ask) for one in sources))
    homes = {row[one.home] for one, rows in zip(sources, found, strict=True) if one.home for row in rows}
    names = names_of(homes, ask.scope)
    told = [
        _event(one, row, names[row[one.home]].path if one.home and row[one.home] in names else "")
        for one, rows in zip(sources, found, strict=True)
        for row in rows
    ]
    return sorted(told, key=_in_order)


def _is_wanted(source: Source, wish: Wish) -> bool:
    if wish.kinds and source.kind not in wish.kinds:
        return False
    return not (wish.state and source.state is None) and not (wish.organ and source.organ is None)


def _wanted(source: Source, wish: Wish, ask: Ask) -> Wanted:
    rows = ask.scope.rows(source.model).filter(**(source.only or {}))
    rows = rows.filter(**{f"{source.began}_min__isnull": False})
    for tie, key in ((source.state, wish.state), (source.organ, wish.organ)):
        if tie and key:
            rows = rows.filter(tie(ask.scope, key))
    rows = rows.filter(meets(source.began, None, wish.before))
    if wish.after:
        rows = rows.filter(meets(source.began, wish.after, None) | _lasting(source, wish.after))
    own = ("entry_id", "entry__slug", "entry__label_en", "entry__label_ru", "entry__path")
    more = (name for name in (source.ended, source.home) if name)
    return Wanted.of(rows, (*own, source.began, *more))


def _lasting(source: Source, day: date) -> Q:
    """What may still have lasted on a day; an operation without a last day goes on."""
    if not source.ended:
        return Q(pk__in=[])
    lasting = Q(**{f"{source.ended}_max__gte": day})
    goes_on = Q(**{f"{source.ended}__isnull": True})
    return lasting | goes_on if source.kind == EventKind.OPERATION else lasting


def _event(source: Source, row: Mapping[str, Any], home: str) -> Event:
    return Event(
        kind=source.kind,
        type=source.model.kind,
        id=row["entry__slug"],
        label_en=row["entry__label_en"],
        label_ru=row["entry__label_ru"],
        path=row["entry__path"] or home,
        on=row[source.began],
        until=row[source.ended] if source.ended else None,
        lasts=bool(source.ended) and source.kind in (EventKind.OPERATION, EventKind.EXERCISE),
    )


def _in_order(one: Event) -> tuple[Any, ...]:
    return one.on.earliest, one.on.latest, list(EventKind).index(one.kind), one.type, one.id
