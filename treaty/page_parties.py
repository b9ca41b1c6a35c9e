"""How each state stands to one instrument: on a day, over time, and by which acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import Answer
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import evidence_of
from cstokb.listing.listing import Line
from cstokb.listing.names import Named
from cstokb.listing.tongue import foreign
from treaty.acts import parties_told
from treaty.choices import ActionKind
from treaty.final import Told, told_of
from treaty.listings import TREATY_ACTIONS
from treaty.page_clauses import clauses_context
from treaty.page_parts import Item, act_words, in_words, link, own
from treaty.page_spells import day_of, ruler_key, ruler_row, spells_table
from treaty.page_status import status_cell
from treaty.pauses import Pause, paused, pauses_by_state
from treaty.reservations import SAID, said_table
from treaty.sources import Sources
from treaty.status import Parties, Standing
from treaty.texts import Row, force_of

#: How many days the band of a page offers before they stop being a help.
MOST_DAYS = 8


@dataclass(frozen=True)
class Roster:
    """The states that acted upon one instrument, with their acts, oldest first."""

    ask: Ask
    told: Parties
    acts: Sequence[Line]
    states: Mapping[str, Named]
    pauses: Mapping[str, Sequence[Pause]]
    clauses: Told

    @classmethod
    def of(cls, ask: Ask, row: Row) -> Roster:
        """Fetch the acts upon the instrument of a row and tell the standings from them."""
        key = row["entry_id"]
        rows: Any = ask.scope.rows(TREATY_ACTIONS.model)
        acts = list(TREATY_ACTIONS.fetch(rows.filter(instrument_id=key).in_order()))
        page = TREATY_ACTIONS.page(acts, ask)
        told = parties_told(acts, {key: force_of(row)}, page.names)[key]
        states = {named.id: named for named in page.names.values() if named.kind == "state"}
        return cls(ask, told, page.lines(acts), states, pauses_by_state(ask), told_of(key, ask))

    def links(self) -> dict[str, Item]:
        """The states as links to their pages, in order."""
        return {state: link(self.states[state], self.ask) for state in self.in_order()}

    def acts_of(self, state: str) -> list[Line]:
        """The acts of one state."""
        return [line for line in self.acts if line.values["state"] == state]

    def in_order(self) -> list[str]:
        """The states in the order of their names in the language of the page."""
        return sorted(self.told.histories, key=lambda state: self.states[state].label(self.ask.language))


def parties_context(roster: Roster) -> dict[str, Any]:
    """What templates/treaty/parties.html shows."""
    standings = roster.told.on(roster.ask.day)
    rows = [
        ruler_row(roster.told.histories[state], shown["label"], state, roster.acts_of(state))
        for state, shown in roster.links().items()
    ]
    backed = [line.entry_id for line in roster.acts] + [row["entry_id"] for row in roster.clauses.rows]
    sources = Sources(roster.ask, evidence_of(backed, roster.ask), ((key, "") for key in backed))
    said = [line for line in roster.acts if line.values["type"] in SAID]
    return {
        "standings": standings_table(roster, standings),
        "ruler_rows": rows,
        "ruler_key": ruler_key(rows),
        "spells": spells_table(roster.told.histories, roster.links(), roster.ask),
        "pauses": pause_notices(roster),
        "acts": acts_table(roster, sources),
        "said": said_table(said, roster.ask) if said else None,
        **clauses_context(roster.clauses, roster.ask, sources),
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
            {**_status(roster, state, standings[state]), "lead": True},
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


def _status(roster: Roster, state: str, standing: Standing) -> Item:
    """The status, and beside it whether the state had stopped taking part."""
    cell = status_cell(standing)
    if paused(roster.pauses.get(state, ()), roster.ask.day):
        return {**cell, "text": f"{cell['text']} ({_('participation paused')})"}
    return cell


def pause_notices(roster: Roster) -> list[Item]:
    """Pauses in taking part that hold the day shown, or may: they change no status."""
    ask = roster.ask
    return [
        {
            "title": _("%(state)s: participation in the Organization paused") % {"state": shown["label"]},
            "text": _("From %(day)s. A pause changes no status.")
            % {"day": in_words(pause.began_on, ask, after_since=True)}
            if pause.began_on
            else _("A pause changes no status."),
        }
        for state, shown in roster.links().items()
        for pause in roster.pauses.get(state, ())
        if pause.on(ask.day).answer is not Answer.NO
    ]


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
    act, basis = str(ActionKind(values["type"]).label), own(values, "basis", ask)
    return [
        _linked_cell(roster, values["state"]),
        {"text": f"{act} ({_('disputed')})" if values["disputed"] else act, "lead": True},
        {"date": line.dates["done_on"]},
        {"date": line.dates["effective_on"]},
        {"text": basis, "lang": foreign(basis, ask.language), "refs": sources.numbers(line.entry_id)},
    ]


def unknown_states(roster: Roster, standings: Mapping[str, Standing]) -> list[Item]:
    """States of which it is not known how they stand, with the acts that are in the way."""
    acts = {line.id: act_words(line.values["type"], day_of(line), roster.ask) for line in roster.acts}
    return [
        {**link(roster.states[state], roster.ask), "blocked_by": _blocked(standings[state], acts)}
        for state in roster.in_order()
        if standings[state].blocked_by
    ]


def _blocked(one: Standing, acts: Mapping[str, str]) -> str:
    return "; ".join(acts.get(fact, fact) for fact in one.blocked_by)


def _moment(line: Line) -> date:
    day = day_of(line)
    return (day.earliest if day else None) or date.max
