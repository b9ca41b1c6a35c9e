"""The attendance matrix: meetings down, states across, how each sat in each cell; one source for page and exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cstokb.dates import Answer, HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.columns import Choice, Column, Date, Ref, RefName, bilingual
from cstokb.listing.filterset import Rows
from cstokb.listing.listing import Listing
from cstokb.listing.names import Named, Names, names_of
from cstokb.listing.selection import Selection
from cstokb.listing.table import Row
from summits import filters
from summits.choices import SessionFormat, SessionKind
from summits.listings import with_last_day
from summits.models import Attendance, Session
from summits.signs import PRESENT, SILENT, in_words, letter_of, sign_of
from treaty.models import Instrument, TreatyAction
from treaty.status import Act, History, history

#: The Treaty, whose parties the matrix shows.
TREATY = "cst"
ACT = ("state_id", "entry__slug", "type", "done_on", "effective_on", "disputed", "in_force_on")
SEAT = ("session_id", "state_id", "capacity", "mode", "signed", "represents_id")


@dataclass(frozen=True)
class Cell:
    """How a state sat: the sign, the letter of its level, and both in words."""

    kind: str
    label: str
    letter: str = ""


@dataclass(frozen=True)
class Parties:
    """The states that ever acted upon the Treaty, by row id, and how each stood to it."""

    names: Names
    histories: Mapping[int, History]

    def expected(self, state: int, on: HistoricDate | None) -> bool:
        """Whether the state may have been a party on the day of a meeting, so that silence is no answer."""
        told = self.histories.get(state)
        if told is None or on is None or on.earliest is None or on.latest is None:
            return told is not None
        answers = {told.on(day).party.answer for day in (on.earliest, on.latest)}
        return answers != {Answer.NO}


def parties(ask: Ask) -> Parties:
    """The parties to the Treaty; two queries, asked once a question."""
    return ask.once("parties to the treaty", lambda: _parties(ask))


def _parties(ask: Ask) -> Parties:
    treaty = ask.scope.rows(Instrument).filter(entry__slug=TREATY)
    acts: Any = ask.scope.rows(TreatyAction).filter(instrument_id__in=treaty.values("entry_id"))
    rows = acts.in_order().annotate(in_force_on=Subquery(treaty.values("in_force_on")[:1]))
    by_state: dict[int, list[Act]] = defaultdict(list)
    general: HistoricDate | None = None
    for state, *act, in_force_on in rows.values_list(*ACT):
        by_state[state].append(Act(*act))
        general = in_force_on
    told = {state: history(own, general) for state, own in by_state.items()}
    return Parties(names_of(told, ask.scope), told)


@dataclass(frozen=True)
class Grid:
    """The cells of some meetings in one language: ``seats`` by meeting and state."""

    parties: Parties
    seats: Mapping[tuple[int, int], Mapping[str, Any]]
    language: str

    def cell(self, session: int, on: HistoricDate | None, state: int) -> Cell:
        """How a state sat in a meeting; one that was no party that day and has no row had no seat."""
        # An export is written after the request, when its language is no longer the active one.
        with override(self.language):
            return self._cell(session, on, state)

    def _cell(self, session: int, on: HistoricDate | None, state: int) -> Cell:
        seat = self.seats.get((session, state))
        if seat is not None:
            return Cell(sign_of(seat), in_words(seat), letter_of(seat))
        if self.parties.expected(state, on):
            return Cell("not-known", gettext("not recorded in our sources"))
        return Cell("none", gettext("not a party that day"))


def grid(sessions: Iterable[int], ask: Ask) -> Grid:
    """The cells of some meetings, in one query beside those of ``parties``; asked once a question."""
    keys = tuple(sessions)
    return ask.once(("grid", *keys), lambda: _grid(keys, ask))


def _grid(keys: Sequence[int], ask: Ask) -> Grid:
    rows = ask.scope.rows(Attendance).filter(session_id__in=keys, state_id__isnull=False)
    seats = {
        (row["session_id"], row["state_id"]): {**row, "represents": row["represents_id"]}
        for row in rows.values(*SEAT)
    }
    return Grid(parties(ask), seats, ask.language)


def states_across(selection: Selection) -> dict[int, Named]:
    """The states that have a column, by id: those asked for, else all that ever acted upon the Treaty."""
    ask, asked = selection.ask, selection.filterset.answers.get("state")
    names = parties(ask).names
    if asked:
        names = ask.once(("names", *asked), lambda: names_of(asked, ask.scope, dict(names)))
    return dict(sorted(((key, names[key]) for key in asked or names), key=lambda pair: pair[1].id))


def attended(cells: Sequence[Cell]) -> tuple[int, int]:
    """How often a state sat, and in how many meetings it is recorded whether it did."""
    told = [cell for cell in cells if cell.kind not in SILENT]
    return sum(cell.kind in PRESENT for cell in told), len(told)


# -- as a Listing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StateColumn(Column):
    """How one state sat in each meeting, in words."""

    state: int = 0

    def fields(self) -> tuple[str, ...]:
        return "entry_id", "began_on"

    def read(self, row: Row, context: Any) -> str:
        made: Grid = context.prepared
        return made.cell(row["entry_id"], row["began_on"], self.state).label


@dataclass(frozen=True)
class Matrix(Listing):
    """A Listing whose columns end in one for each state; which states, the question decides."""

    def examine(self, ask: Ask, surface: Sequence[str] = ()) -> Selection:
        selection = super().examine(ask, surface)
        states = tuple(
            StateColumn(named.id, named.label(ask.language), state=key)
            for key, named in states_across(selection).items()
        )
        return Selection(replace(self, columns=(*self.columns, *states)), ask, selection.filterset)


def _meetings(rows: Any, ask: Ask) -> Rows:
    """Meetings that took place: in planned and cancelled sessions and decisions by consultation nobody sat."""
    return with_last_day(rows.counted(), ask)


def _cells(rows: Sequence[Row], ask: Ask) -> Grid:
    return grid([row["entry_id"] for row in rows], ask)


MATRIX = Matrix(
    kind="session",
    model=Session,
    filters=filters.MatrixFilter,
    api="sessions",
    path="/summits/attendance/",
    title=_("Who attended"),
    description=_(
        "How each state that has been a party to the Treaty sat in each meeting, and at what level."
    ),
    heading=("title_en", "title_ru"),
    order=filters.NEWEST_SESSION_FIRST,
    facets=("type", "organ", "state", "capacity", "mode", "year"),
    dated="began_on",
    base=_meetings,
    columns=(
        *bilingual("title", _("title"), _("title (Russian)")),
        Date("began_on", _("first day")),
        Choice("type", _("kind"), words=SessionKind),
        Choice("format", _("how those present met"), words=SessionFormat),
        *bilingual("city", _("city"), _("city (Russian)")),
        Ref("chair_state", _("state in the chair, as reported")),
        RefName("chair_state_name", _("name of that state"), "chair_state"),
    ),
    prepare=_cells,
)
