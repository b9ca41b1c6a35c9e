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
from treaty.acts import act_of, act_rows
from treaty.choices import ClauseRule
from treaty.clauses import Clause, Computed, Facts, computed, contradictions
from treaty.fetching import clauses_of
from treaty.models import FinalClause, Instrument, TreatyAction
from treaty.questions import ACT, CLAUSE, FORCE
from treaty.reading import Force
from treaty.spells import Act
from treaty.texts import force_of

Row = Mapping[str, Any]


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
    """The final clauses of one instrument, and what follows from them; two queries, or none on its own page."""
    return ask.once(("final clauses", instrument), lambda: _told_of(instrument, ask))


def _told_of(instrument: int, ask: Ask) -> Told:
    rows, turning, names = clauses_of(instrument, ask)
    if not rows:
        return Told()
    forces = {row["entry_id"]: force_of(row) for row in turning}
    return _tell({instrument: rows}, forces, act_rows([instrument], ask), names, ask.day).get(
        instrument, Told()
    )


def told(scope: Scope, instruments: Iterable[int] | None = None, day: date | None = None) -> dict[int, Told]:
    """The final clauses of some instruments, or of all, by the instruments' row ids; four queries where any has one."""
    rows: QuerySet[Any] = scope.rows(FinalClause)
    if instruments is not None:
        rows = rows.filter(instrument_id__in=list(instruments))
    by_instrument: dict[int, list[Row]] = defaultdict(list)
    for row in rows.order_by("entry_id").values(*CLAUSE):
        by_instrument[row["instrument_id"]].append(row)
    if not by_instrument:
        return {}
    clauses = [row for found in by_instrument.values() for row in found]
    forces = _forces({*by_instrument, *(row["other_id"] for row in clauses)}, scope)
    acts = scope.rows(TreatyAction).filter(instrument_id__in=list(by_instrument)).values(*ACT)
    named = {row[name] for row in clauses for name in ("provision_id", "other_id")}
    names = names_of(named | {act["state_id"] for act in acts}, scope)
    return _tell(by_instrument, forces, acts, names, day)


def _tell(
    by_instrument: Mapping[int, Iterable[Row]],
    forces: Mapping[int, Force],
    acts: Iterable[Row],
    names: Names,
    day: date | None,
) -> dict[int, Told]:
    others = {one.id: one for one in forces.values()}
    found = {}
    for key, clauses in by_instrument.items():
        if key in forces:
            rows = sorted(clauses, key=_place)
            facts = Facts(forces[key], _by_state(key, acts, names), others)
            found[key] = Told(rows, computed([_clause(row, forces) for row in rows], facts, day), names)
    return found


def _place(row: Row) -> tuple[int, str]:
    """A clause stands by its rule, then by its id."""
    return ClauseRule.values.index(row["rule"]), row["entry__slug"]


def _forces(ids: Iterable[int | None], scope: Scope) -> dict[int, Force]:
    wanted = [key for key in ids if key is not None]
    rows = scope.rows(Instrument).filter(entry_id__in=wanted).values("entry_id", "entry__slug", *FORCE)
    return {row["entry_id"]: force_of(row) for row in rows}


def _by_state(instrument: int, acts: Iterable[Row], names: Names) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for row in acts:
        if row["instrument_id"] == instrument and row["state_id"] in names:
            found[names[row["state_id"]].id].append(act_of(row))
    return dict(sorted(found.items()))


def _clause(row: Row, forces: Mapping[int, Force]) -> Clause:
    other = forces.get(row["other_id"])
    return Clause(
        row["entry__slug"], row["rule"], row["count"], row["span"], row["unit"], other.id if other else None
    )
