"""Fetches the acts of states in a scope and tells from them how each state stands to an instrument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_of
from treaty import fetching
from treaty.pauses import Pause, paused
from treaty.reading import Force
from treaty.status import Act, Parties, Standing, parties
from treaty.texts import forces_of

Row = Mapping[str, Any]

#: The keys of a row of the status, in order.
STATUS_KEYS = ("state", "answer", "status", "since", "act", "blocked_by", "paused")
#: What ``spells=yes`` adds to it.
SPELLS = "spells"


def act_rows(instruments: Iterable[int], ask: Ask) -> list[Row]:
    """The acts upon some instruments, oldest first; one query."""
    return list(fetching.acts(instruments, ask))


def parties_told(rows: Sequence[Row], forces: Mapping[int, Force], names: Names) -> dict[int, Parties]:
    """How states stand to each of some instruments, told from act rows; ``names`` holds the states' public ids."""
    acts: dict[int, list[tuple[str, Act]]] = defaultdict(list)
    for row in rows:
        if row["state_id"] in names:
            acts[row["instrument_id"]].append((names[row["state_id"]].id, act_of(row)))
    return {key: _told(force, acts[key]) for key, force in forces.items()}


def _told(force: Force, acts: Sequence[tuple[str, Act]]) -> Parties:
    return parties(force.id, acts, force.in_force_on, signed_on=force.signed_on, ended_on=force.ended_on)


def act_of(row: Row) -> Act:
    """The act of a row."""
    return Act(row["entry__slug"], row["type"], row["done_on"], row["effective_on"], row["disputed"])


def parties_of(instruments: Iterable[int], ask: Ask) -> dict[int, Parties]:
    """How states stand to some instruments, by the instruments' row ids; three queries, however many there are."""
    forces = forces_of(instruments, ask)
    rows = act_rows(forces, ask)
    names = names_of((row["state_id"] for row in rows), ask.scope)
    return parties_told(rows, forces, names)


def standing_records(told: Parties, day: date, pauses: Mapping[str, Sequence[Pause]]) -> list[dict[str, Any]]:
    """How each state with an act stands on the day, by its id, as JSON has it; a pause stands beside the status."""
    return [
        {"state": state, **standing_record(one), "paused": paused(pauses.get(state, ()), day)}
        for state, one in sorted(told.on(day).items())
    ]


def spell_records(told: Parties, state: str) -> list[dict[str, Any]]:
    """The spells of a state as JSON has them: first and last day, and the acts that began and ended each."""
    return [
        {
            "status": str(spell.status),
            "again": spell.again,
            "disputed": bool(spell.begun_by) and spell.disputed,
            "began_on": spell.begins.known.edtf,
            "ended_on": spell.ends.moved(-1).known.edtf if spell.ends else None,
            "begun_by": [act.id for act in spell.begun_by],
            "ended_by": [act.id for act in spell.ended_by],
        }
        for spell in told.histories[state].spells
    ]


def standing_record(one: Standing) -> dict[str, Any]:
    """One standing as JSON has it."""
    return {
        "answer": one.party.answer.value,
        "status": str(one.status),
        "since": one.since.edtf if one.since else None,
        "act": one.act,
        "blocked_by": list(one.blocked_by),
    }
