"""How states stand to instruments on a day: one instrument's parties with their acts, and the matrix of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import evidence_of
from cstokb.listing.listing import Line
from cstokb.listing.names import Named, Names, names_of
from treaty.acts import act_rows, parties_told
from treaty.choices import ActionKind, PartyStatus
from treaty.listings import INSTRUMENTS, TREATY_ACTIONS
from treaty.page_parts import Item, act_words, link, own, with_time
from treaty.reading import Force
from treaty.sources import Sources
from treaty.status import Bound, Parties, Spell, Standing
from treaty.texts import FORCE, Row, force_of

#: How many days the band of a page offers before they stop being a help.
MOST_DAYS = 8
#: The sign of the matrix for each status; where it serves several, the word beside it tells them apart.
SIGNS = {
    PartyStatus.PARTY: "party",
    PartyStatus.CONTRACTING: "contracting",
    PartyStatus.PROVISIONAL: "contracting",
    PartyStatus.SIGNATORY: "signatory",
    PartyStatus.SUSPENDED: "former",
    PartyStatus.FORMER: "former",
    PartyStatus.NONE: "none",
    PartyStatus.UNKNOWN: "not-known",
}


def status_cell(one: Standing) -> Item:
    """A status as a sign with its word."""
    status = PartyStatus(one.status)
    return {"sign": SIGNS[status], "text": status.label}


# -- one instrument ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Roster:
    """The states that acted upon one instrument, with their acts, oldest first."""

    ask: Ask
    told: Parties
    acts: Sequence[Line]
    states: Mapping[str, Named]

    @classmethod
    def of(cls, ask: Ask, row: Row) -> Roster:
        """Fetch the acts upon the instrument of a row and tell the standings from them."""
        key = row["entry_id"]
        rows: Any = ask.scope.rows(TREATY_ACTIONS.model)
        acts = list(TREATY_ACTIONS.fetch(rows.filter(instrument_id=key).in_order()))
        page = TREATY_ACTIONS.page(acts, ask)
        told = parties_told(acts, {key: force_of(row)}, page.names)[key]
        states = {named.id: named for named in page.names.values() if named.kind == "state"}
        return cls(ask, told, [page.line(act) for act in acts], states)

    def in_order(self) -> list[str]:
        """The states in the order of their names in the language of the page."""
        return sorted(self.told.histories, key=lambda state: self.states[state].label(self.ask.language))


def parties_context(roster: Roster) -> dict[str, Any]:
    """What templates/treaty/parties.html shows."""
    standings = roster.told.on(roster.ask.day)
    evidence = evidence_of([line.entry_id for line in roster.acts], roster.ask)
    sources = Sources(roster.ask, evidence, ((line.entry_id, "") for line in roster.acts))
    return {
        "standings": standings_table(roster, standings),
        "ruler_rows": [ruler_row(roster, state) for state in roster.in_order()],
        "acts": acts_table(roster, sources),
        "unknown": unknown_states(roster, standings),
        "evidence": sources.notes(),
    }


def notable_days(roster: Roster) -> list[tuple[date, str]]:
    """The days on which acts took effect or, where none is known, were done; none where they would crowd the band."""
    dates = (line.dates["effective_on"] or line.dates["done_on"] for line in roster.acts)
    days = sorted({day for one in dates if one and (day := one.exact_day)})
    return [(day, str(day.year)) for day in days] if len(days) <= MOST_DAYS else []


def standings_table(roster: Roster, standings: Mapping[str, Standing]) -> Item:
    """Each state with its status on the day, since when, and by which act."""
    kinds = {line.id: str(ActionKind(line.values["type"]).label) for line in roster.acts}
    rows = [
        [
            _linked_cell(roster, state),
            {**status_cell(standings[state]), "lead": True},
            {"date": standings[state].since},
            {"text": kinds.get(standings[state].act or "", "")},
        ]
        for state in roster.in_order()
    ]
    return {
        "caption": _("Status of each state on the day shown"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in (_("State"), _("Status"), _("Since"), _("By"))],
        "rows": rows,
    }


def _linked_cell(roster: Roster, state: str) -> Item:
    shown = link(roster.states[state], roster.ask)
    return {"text": shown["label"], "url": shown["url"]}


def acts_table(roster: Roster, sources: Sources) -> Item:
    """Every act, state by state, oldest first."""
    order = {state: place for place, state in enumerate(roster.in_order())}
    acts = sorted(roster.acts, key=lambda line: (order.get(line.values["state"], len(order)), _moment(line)))
    labels = (_("State"), _("Act"), _("Done on"), _("In effect from"), _("Basis"))
    return {
        "caption": _("Acts of states"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in labels],
        "rows": [_act_cells(roster, line, sources) for line in acts if line.values["state"] in order],
    }


def _act_cells(roster: Roster, line: Line, sources: Sources) -> list[Item]:
    ask, values = roster.ask, line.values
    act = str(ActionKind(values["type"]).label)
    return [
        _linked_cell(roster, values["state"]),
        {"text": f"{act} ({_('disputed')})" if values["disputed"] else act, "lead": True},
        {"date": line.dates["done_on"]},
        {"date": line.dates["effective_on"]},
        {"text": own(values, "basis", ask), "refs": sources.numbers(line.entry_id)},
    ]


def unknown_states(roster: Roster, standings: Mapping[str, Standing]) -> list[Item]:
    """States of which it is not known how they stand, with the acts that are in the way."""
    acts = {line.id: act_words(line.values["type"], _day(line), roster.ask) for line in roster.acts}
    return [
        {**link(roster.states[state], roster.ask), "blocked_by": _blocked(standings[state], acts)}
        for state in roster.in_order()
        if standings[state].blocked_by
    ]


def _blocked(one: Standing, acts: Mapping[str, str]) -> str:
    return "; ".join(acts.get(fact, fact) for fact in one.blocked_by)


def ruler_row(roster: Roster, state: str) -> Item:
    """One state's spells as a party, and its acts, on the scale of years."""
    told = roster.told.histories[state]
    marks = [_mark(line) for line in roster.acts if line.values["state"] == state and _day(line)]
    spans = [span for spell in told.as_party for span in _spans(spell)]
    return {
        "label": roster.states[state].label(roster.ask.language),
        "abbr": state.upper(),
        "spans": spans,
        "marks": marks,
    }


def _mark(line: Line) -> Item:
    kind = ActionKind(line.values["type"])
    return {
        "on": _day(line),
        "kind": "signature" if kind == ActionKind.SIGNATURE else "act",
        "label": str(kind.label),
    }


def _moment(line: Line) -> date:
    day = _day(line)
    return (day.earliest if day else None) or date.max


def _day(line: Line) -> HistoricDate | None:
    """The day of an act on the scale: that of the act, else that of its effect."""
    days = (line.dates["done_on"], line.dates["effective_on"])
    return next((day for day in days if day and day.earliest), None)


def _spans(spell: Spell) -> list[Item]:
    """A spell as a party; the time in which it is not known whether it had begun, or was one at all, stands out."""
    begins, ends = spell.begins, spell.ends
    if begins.earliest == date.min:
        return []
    end = _last_day(ends) if ends else None
    if spell.disputed or begins.latest == date.max:
        return [_bar(begins.earliest, end, sure=False)]
    party = _bar(begins.latest, end, sure=True)
    if begins.earliest == begins.latest:
        return [party]
    return [_bar(begins.earliest, _day_before(begins.latest), sure=False), party]


def _bar(start: date, end: date | None, *, sure: bool) -> Item:
    label = _("party") if sure else _("not known whether a party")
    return {"start": start, "end": end, "kind": "party" if sure else "unknown", "label": label}


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _last_day(ends: Bound) -> date | None:
    return _day_before(ends.latest) if ends.latest < date.max else None


# -- all instruments -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matrix:
    """Own instruments by states on a day, in a fixed number of queries however many there are."""

    ask: Ask
    instruments: Sequence[Row]
    told: Mapping[int, Mapping[str, Standing]]
    states: Sequence[Named]

    @classmethod
    def of(cls, ask: Ask) -> Matrix:
        """Fetch every own instrument upon which a state acted."""
        order = INSTRUMENTS.order_in(ask.language)
        rows = INSTRUMENTS.rows(ask).order_by(*(key.expression() for key in order))
        labels = (
            "entry_id",
            "entry__slug",
            "entry__label_en",
            "entry__label_ru",
            "entry__path",
            "short_en",
            "short_ru",
        )
        instruments = list(rows.values(*labels, *FORCE))
        forces = {row["entry_id"]: force_of(row) for row in instruments}
        return cls._told(ask, instruments, forces)

    @classmethod
    def _told(cls, ask: Ask, instruments: Sequence[Row], forces: Mapping[int, Force]) -> Matrix:
        acts = act_rows(forces, ask)
        names: Names = names_of((act["state_id"] for act in acts), ask.scope)
        told = {
            key: one.on(ask.day) for key, one in parties_told(acts, forces, names).items() if one.histories
        }
        states = sorted(names.values(), key=lambda named: named.label(ask.language))
        return cls(ask, [row for row in instruments if row["entry_id"] in told], told, states)

    @property
    def keys(self) -> list[str]:
        """The columns of an export: the instrument's id, then the states."""
        return ["id", *sorted(named.id for named in self.states)]

    def records(self) -> Iterable[dict[str, Any]]:
        """The rows of an export: the status of each state, null where it did not act."""
        for row in self.instruments:
            told = self.told[row["entry_id"]]
            statuses = {state: str(told[state].status) if state in told else None for state in self.keys[1:]}
            yield {"id": row["entry__slug"], **statuses}

    def table(self) -> Item:
        """The matrix as components/matrix.html shows it."""
        rows = [self._row(row) for row in self.instruments]
        caption = _("How each state stands to each instrument on the day shown")
        return {
            "caption": caption,
            "row_heading": _("Instrument"),
            "columns": [self._column(one) for one in self.states],
            "groups": [{"rows": rows}],
        }

    def _column(self, one: Named) -> Item:
        shown = link(one, self.ask)
        return {"label": one.id.upper(), "title": shown["label"], "url": shown["url"]}

    def _row(self, row: Row) -> Item:
        told = self.told[row["entry_id"]]
        label = {"label_en": row["entry__label_en"], "label_ru": row["entry__label_ru"]}
        return {
            "date": row["signed_on"],
            "label": _("undated"),
            "place": own(row, "short", self.ask) or own(label, "label", self.ask),
            "url": with_time(self.ask, f"{row['entry__path']}parties/"),
            "cells": [self._cell(told.get(one.id)) for one in self.states],
        }

    def _cell(self, one: Standing | None) -> Item:
        status = PartyStatus(one.status) if one else PartyStatus.NONE
        return {"kind": SIGNS[status], "label": str(status.label)}
