"""Fetches final clauses with the facts they look at, in a scope, and computes what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cstokb.listing.ask import Ask
from cstokb.listing.names import Names, names_of
from cstokb.records.scope import Scope
from treaty.choices import ClauseRule
from treaty.clauses import Clause, Computed, Facts, computed, contradictions
from treaty.models import FinalClause, Instrument, TreatyAction
from treaty.reading import Force
from treaty.spells import Act

Row = Mapping[str, Any]
CLAUSE = (
    "entry_id",
    "confidence",
    "entry__slug",
    "instrument_id",
    "provision_id",
    "rule",
    "count",
    "span",
    "unit",
    "other_id",
)
ACT = ("instrument_id", "state_id", "entry__slug", "type", "done_on", "effective_on", "disputed")


@dataclass(frozen=True)
class Told:
    """The final clauses of one instrument, what follows from them, and the names of what they name."""

    rows: Sequence[Row] = ()
    computed: Sequence[Computed] = ()
    names: Names | None = None

    @property
    def contradictions(self) -> list[Computed]:
        """Computed dates with which the stored ones certainly disagree."""
        return contradictions(self.computed)


def told_of(instrument: int, ask: Ask) -> Told:
    """The final clauses of one instrument; one query where it has none, four otherwise."""
    return ask.once(
        ("final clauses", instrument), lambda: told(ask.scope, [instrument], ask.day).get(instrument, Told())
    )


def told(scope: Scope, instruments: Iterable[int] | None = None, day: date | None = None) -> dict[int, Told]:
    """The final clauses of some instruments, or of all, by the instruments' row ids; four queries where any has one."""
    rows: QuerySet[Any] = scope.rows(FinalClause)
    if instruments is not None:
        rows = rows.filter(instrument_id__in=list(instruments))
    by_instrument: dict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("entry_id").values(*CLAUSE):
        by_instrument[row["instrument_id"]].append(row)
    for clauses in by_instrument.values():
        clauses.sort(key=lambda row: (ClauseRule.values.index(row["rule"]), row["entry__slug"]))
    return _tell(by_instrument, scope, day) if by_instrument else {}


def _tell(by_instrument: Mapping[int, Sequence[Row]], scope: Scope, day: date | None) -> dict[int, Told]:
    clauses = [row for rows in by_instrument.values() for row in rows]
    forces = _forces({*by_instrument, *(row["other_id"] for row in clauses)}, scope)
    acts = list(scope.rows(TreatyAction).filter(instrument_id__in=list(by_instrument)).values_list(*ACT))
    named = {row[name] for row in clauses for name in ("provision_id", "other_id")} | {act[1] for act in acts}
    names = names_of(named, scope)
    found = {}
    for key, rows in by_instrument.items():
        if key in forces:
            facts = Facts(forces[key], _by_state(key, acts, names), {one.id: one for one in forces.values()})
            made = [_clause(row, forces) for row in rows]
            found[key] = Told(rows, computed(made, facts, day), names)
    return found


def _forces(ids: Iterable[int | None], scope: Scope) -> dict[int, Force]:
    wanted = [key for key in ids if key is not None]
    columns = ("entry_id", "entry__slug", "signed_on", "in_force_on", "ended_on")
    rows = scope.rows(Instrument).filter(entry_id__in=wanted).values_list(*columns)
    return {key: Force(*force) for key, *force in rows}


def _by_state(instrument: int, acts: Sequence[Any], names: Names) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for upon, state, *act in acts:
        if upon == instrument and state in names:
            found[names[state].id].append(Act(*act))
    return dict(sorted(found.items()))


def _clause(row: Row, forces: Mapping[int, Force]) -> Clause:
    other = forces.get(row["other_id"])
    return Clause(
        row["entry__slug"], row["rule"], row["count"], row["span"], row["unit"], other.id if other else None
    )
