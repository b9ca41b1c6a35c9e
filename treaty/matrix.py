"""The status matrix: instruments down, states across, how each state stood on the day in each cell.

One Listing is the source of the page and of its exports. However many instruments and states there are, their acts are
read in one query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, F
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Choice, Column, Date, bilingual
from cstokb.listing.filters import (
    BY_NAME,
    ChoiceFilter,
    DayShown,
    KnownOn,
    Sort,
    TopicFilter,
)
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.listing import Listing
from cstokb.listing.names import Named, names_of
from cstokb.listing.ordering import newest_first, oldest_first
from cstokb.listing.selection import Selection
from cstokb.listing.table import Row
from cstokb.listing.values import TEXT
from treaty.acts import act_rows, parties_told
from treaty.choices import InstrumentKind, PartyStatus
from treaty.filters import ActedOn
from treaty.listings import INSTRUMENTS
from treaty.models import TreatyAction
from treaty.questions import FORCE
from treaty.status import Parties, Standing
from treaty.texts import force_of

#: What the status of a state can be in a cell, in the order of the legend; without an act the cell says so.
LEGEND = (
    PartyStatus.PARTY,
    PartyStatus.CONTRACTING,
    PartyStatus.PROVISIONAL,
    PartyStatus.SIGNATORY,
    PartyStatus.SUSPENDED,
    PartyStatus.FORMER,
    PartyStatus.UNKNOWN,
    PartyStatus.NONE,
)


@dataclass(frozen=True)
class Told:
    """How states stand to every instrument upon which one acted, by the instrument's row id."""

    day: date
    parties: Mapping[int, Parties]
    states: Mapping[int, Named]

    @cached_property
    def standings(self) -> Mapping[int, Mapping[str, Standing]]:
        """By instrument and public id of the state."""
        return {key: one.on(self.day) for key, one in self.parties.items()}

    def status(self, instrument: int, state: str) -> str:
        """The status of a state; none where it did not act upon the instrument."""
        one = self.standings.get(instrument, {}).get(state)
        return str(one.status) if one else PartyStatus.NONE.value

    def days(self) -> Counter[date]:
        """The days known for certain on which the status of a state changed, and for how many."""
        spells = (
            spell for one in self.parties.values() for told in one.histories.values() for spell in told.spells
        )
        bounds = (bound for spell in spells for bound in (spell.begins, spell.ends) if bound)
        return Counter(bound.exact for bound in bounds if bound.exact)


def told(ask: Ask) -> Told:
    """Everything that the matrix rests on; three queries, asked once a question."""
    return ask.once("status of treaties", lambda: _told(ask))


def _told(ask: Ask) -> Told:
    rows = INSTRUMENTS.rows(ask).values("entry_id", "entry__slug", *FORCE)
    forces = {row["entry_id"]: force_of(row) for row in rows}
    acts = act_rows(forces, ask)
    names = names_of((act["state_id"] for act in acts), ask.scope)
    found = parties_told(acts, forces, names)
    return Told(ask.day, {key: one for key, one in found.items() if one.histories}, names)


# -- what can be asked ---------------------------------------------------------------------------------------------


class Acted(ActedOn):
    """Instruments upon which any of some states acted; only these states have a column then."""

    def facet(self, qs: Rows) -> Rows | None:
        ids = qs.order_by().values("entry_id")
        acts = self.ask.scope.rows(TreatyAction).filter(instrument_id__in=ids)
        valued = acts.order_by().annotate(value=Cast(F("state_id"), TEXT)).values("value")
        counted: Rows = valued.annotate(n=Count("instrument_id", distinct=True))
        return counted


class StatusFilter(ChoiceFilter):
    """Instruments to which some state (one of those asked for, if any) stands in any of some ways on the day."""

    three_valued = True

    def __init__(self) -> None:
        super().__init__("", PartyStatus, _("status of a state"))

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(entry_id__in=self._standing(value))

    def possible(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(entry_id__in=self._standing([*value, PartyStatus.UNKNOWN]))

    def blocked_by(self, row: Row, value: list[str]) -> Sequence[str]:
        standings = told(self.ask).standings.get(row["entry_id"], {})
        return sorted(
            {fact for state in self._states() if state in standings for fact in standings[state].blocked_by}
        )

    def _standing(self, statuses: Sequence[str]) -> list[int]:
        states, found = self._states(), told(self.ask)
        return [key for key in found.parties if any(found.status(key, state) in statuses for state in states)]

    def _states(self) -> list[str]:
        return [named.id for named in across(self.ask, self.parent.answers.get("state"))]

    def facet(self, qs: Rows) -> Rows | None:
        return None

    def form_field(self) -> forms.Field | None:
        words = [("", gettext("any")), *((one.value, one.label) for one in LEGEND)]
        return forms.ChoiceField(choices=words, label=self.label, required=False)


class MatrixFilter(StrictFilterSet):
    """The instruments of the matrix, and of which states it shows a column."""

    type = ChoiceFilter("type", InstrumentKind, _("kind"))
    state = Acted()
    status = StatusFilter()
    topic = TopicFilter()
    on = DayShown()
    known_on = KnownOn()
    sort = Sort(
        {"signed_on": (_("day of signature"), oldest_first("signed_on")), "name": (_("title"), BY_NAME)}
    )


def across(ask: Ask, asked: Sequence[int] | None) -> list[Named]:
    """The states that have a column, by name: those asked for, else all that ever acted upon an instrument."""
    states = told(ask).states
    chosen = (
        states if not asked else ask.once(("names", *asked), lambda: names_of(asked, ask.scope, dict(states)))
    )
    keys = asked or states
    return sorted((chosen[key] for key in keys if key in chosen), key=lambda named: named.label(ask.language))


# -- as a Listing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StateColumn(Column):
    """How one state stands to each instrument: a word of the vocabulary; null where it did not act upon it."""

    def fields(self) -> tuple[str, ...]:
        return ("entry_id",)

    def read(self, row: Row, context: Any) -> str | None:
        made: Told = context.prepared
        status = made.status(row["entry_id"], self.name)
        return None if status == PartyStatus.NONE else status


@dataclass(frozen=True)
class Matrix(Listing):
    """A Listing whose columns end in one for each state; which states, the question decides."""

    def examine(self, ask: Ask, surface: Sequence[str] = ()) -> Selection:
        selection = super().examine(ask, surface)
        named = across(ask, selection.filterset.answers.get("state"))
        states = tuple(
            StateColumn(one.id, one.label(ask.language)) for one in sorted(named, key=lambda one: one.id)
        )
        return Selection(replace(self, columns=(*self.columns, *states)), ask, selection.filterset)


def _acted_upon(rows: Rows, ask: Ask) -> Rows:
    return INSTRUMENTS.rows(ask).filter(entry_id__in=list(told(ask).parties))


def _told_of(rows: Iterable[Row], ask: Ask) -> Told:
    return told(ask)


MATRIX = Matrix(
    kind="instrument",
    model=INSTRUMENTS.model,
    filters=MatrixFilter,
    api="instruments",
    path="/treaties/status/",
    title=_("Status of treaties"),
    description=_("How each state that acted upon an instrument stands to it on the day shown."),
    tells_day=True,
    order=newest_first("signed_on"),
    facets=("type", "state", "topic"),
    dated="signed_on",
    base=_acted_upon,
    columns=(
        *bilingual("title", _("title"), _("title (Russian)")),
        *bilingual("short", _("short title"), _("short title (Russian)")),
        Choice("type", _("kind"), words=InstrumentKind),
        Date("signed_on", _("signed on")),
    ),
    prepare=_told_of,
)
