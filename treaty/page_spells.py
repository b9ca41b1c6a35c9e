"""The spells of states under an instrument, as a table and on the ruler, with the acts that began and ended them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from treaty.choices import ActionKind, PartyStatus
from treaty.page_parts import Item, in_words
from treaty.spells import CONSENTS, Act, Bound, Spell
from treaty.status import History

#: How each status is drawn on the ruler; what is not known is drawn as such.
DRAWN = {
    PartyStatus.SIGNATORY: "quiet",
    PartyStatus.CONTRACTING: "guest",
    PartyStatus.PROVISIONAL: "text2",
    PartyStatus.PARTY: "party",
    PartyStatus.SUSPENDED: "suspended",
    PartyStatus.FORMER: "former",
}
UNKNOWN = "unknown"


def status_words(spell: Spell) -> str:
    """The status of a spell in words; a return says so, and so does what is disputed."""
    label = str(PartyStatus(spell.status).label)
    if spell.again:
        label = _("%(status)s again") % {"status": label}
    return _("%(status)s (disputed)") % {"status": label} if spell.disputed and spell.begun_by else label


def bound_words(bound: Bound, ask: Ask) -> Item:
    """A first or last day as a cell: the day, the month or year, or what is known of it."""
    known = bound.known
    if known.earliest:
        return {"date": known}
    if bound.latest == date.max:
        if bound.earliest == date.min:
            return {"text": _("day not known")}
        return {"text": _("not before %(day)s") % {"day": in_words(bound.earliest, ask)}}
    days = {"first": in_words(bound.earliest, ask), "last": in_words(bound.latest, ask)}
    return {"text": _("between %(first)s and %(last)s") % days}


# -- the table -----------------------------------------------------------------------------------------------------


def spells_table(histories: Mapping[str, History], states: Mapping[str, Item], ask: Ask) -> Item:
    """Every spell of every state; ``states`` are links to the states by their ids."""
    labels = (_("State"), _("Status"), _("First day"), _("Last day"), _("Begun by"), _("Ended by"))
    return {
        "caption": _("Every status of each state, with the acts that began and ended it"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in labels],
        "rows": [_cells(spell, states[state], ask) for state in states for spell in histories[state].spells],
    }


def _cells(spell: Spell, state: Item, ask: Ask) -> list[Item]:
    return [
        {"text": state["label"], "url": state["url"]},
        {"text": status_words(spell), "lead": True},
        bound_words(spell.begins, ask),
        bound_words(spell.ends.moved(-1), ask) if spell.ends else {"text": _("goes on")},
        {"text": _by(spell.begun_by, ask)},
        {"text": _ended(spell, ask)},
    ]


def _ended(spell: Spell, ask: Ask) -> str:
    """What ended it; a consent ends the time before entry into force only by working."""
    waits = spell.status in (PartyStatus.CONTRACTING, PartyStatus.PROVISIONAL)
    if waits and spell.ended_by and all(act.kind in CONSENTS for act in spell.ended_by):
        return _("entry into force for the state")
    return _by(spell.ended_by, ask)


def _by(acts: Iterable[Act], ask: Ask) -> str:
    return "; ".join(_act(act, ask) for act in acts)


def _act(act: Act, ask: Ask) -> str:
    if not act.kind:
        return _("end of the instrument")
    label = str(ActionKind(act.kind).label)
    if act.disputed:
        label = _("%(act)s (disputed)") % {"act": label}
    if act.done_on and act.done_on.earliest:
        return f"{label}, {in_words(act.done_on, ask)}"
    if act.effective_on and act.effective_on.earliest and act.kind in CONSENTS:
        return _("%(act)s, in effect from %(day)s") % {"act": label, "day": in_words(act.effective_on, ask)}
    return f"{label}, {in_words(act.effective_on, ask)}" if act.effective_on else label


# -- the ruler -----------------------------------------------------------------------------------------------------


def ruler_row(told: History, label: str, state: str, acts: Iterable[Line]) -> Item:
    """One state's spells, and its acts, on the scale of years."""
    return {
        "label": label,
        "abbr": state.upper(),
        "spans": [span for spell in _drawn(told) for span in _spans(spell)],
        "marks": [_mark(line) for line in acts if day_of(line)],
    }


def _drawn(told: History) -> list[Spell]:
    """The spells in their order; provisional application lies over the rest, and the time as a party over that."""
    over = (PartyStatus.PROVISIONAL, PartyStatus.PARTY)
    return sorted(told.spells, key=lambda spell: over.index(spell.status) if spell.status in over else -1)


def ruler_key(rows: Iterable[Item]) -> list[Item]:
    """What is drawn, in the order of acts and statuses."""
    drawn = [item for row in rows for item in (*row["marks"], *row["spans"])]
    kinds = {item["kind"] for item in drawn}
    words = {
        "signature": _("signature"),
        "act": _("act"),
        **{kind: PartyStatus(status).label for status, kind in DRAWN.items()},
        UNKNOWN: PartyStatus.UNKNOWN.label,
    }
    return [{"kind": kind, "label": label} for kind, label in words.items() if kind in kinds]


def _mark(line: Line) -> Item:
    kind = ActionKind(line.values["type"])
    return {
        "on": day_of(line),
        "kind": "signature" if kind == ActionKind.SIGNATURE else "act",
        "label": str(kind.label),
    }


def day_of(line: Line) -> HistoricDate | None:
    """The day of an act on the scale: that of the act, else that of its effect."""
    days = (line.dates["done_on"], line.dates["effective_on"])
    return next((day for day in days if day and day.earliest), None)


def _spans(spell: Spell) -> list[Item]:
    """A spell as long as it certainly lasted; the time in which it is not known whether it had begun stands out."""
    begins, ends = spell.begins, spell.ends
    if begins.earliest == date.min:
        return []
    if spell.disputed or begins.latest == date.max:
        return [_bar(spell, begins.earliest, _last_day(ends.latest) if ends else None, sure=False)]
    doubtful = [] if begins.exact else [_bar(spell, begins.earliest, _last_day(begins.latest), sure=False)]
    if ends and ends.earliest <= begins.latest:
        return doubtful
    return [*doubtful, _bar(spell, begins.latest, _last_day(ends.earliest) if ends else None, sure=True)]


def _bar(spell: Spell, start: date, end: date | None, *, sure: bool) -> Item:
    status = PartyStatus(spell.status)
    words = {"status": status_words(spell)}
    label = status_words(spell) if sure else _("not known whether: %(status)s") % words
    return {"start": start, "end": end, "kind": DRAWN[status] if sure else UNKNOWN, "label": label}


def _last_day(first_day_out: date) -> date | None:
    return date.fromordinal(first_day_out.toordinal() - 1) if first_day_out < date.max else None
