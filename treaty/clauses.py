"""Final clauses as rules: the dates that follow from them, and whether stored dates agree. Pure functions.

A date that follows is a ``Bound``, as well as the facts allow: where a deposit is not known it lies between two days,
and the missing fact is named. Nothing is contradicted by what is not known: a stored date disagrees only where it lies
outside for certain (law 11).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cstokb.dates import Answer, HistoricDate
from treaty.choices import ActionKind, ClauseRule, TimeUnit
from treaty.reading import Force
from treaty.spells import CONSENTS, Act, Bound

ENTRY = frozenset(
    {ClauseRule.ENTRY_SIGNATURE, ClauseRule.ENTRY_DEPOSITS, ClauseRule.ENTRY_ALL, ClauseRule.ENTRY_WITH}
)
LEAVES = frozenset({ActionKind.DENUNCIATION, ActionKind.WITHDRAWAL})
#: More terms than any instrument has run through; a guard for an absurd span.
MOST_TERMS = 500


@dataclass(frozen=True)
class Clause:
    """One final clause, as the rules need it. ``other`` is the public id of the instrument on which it turns."""

    id: str
    rule: str
    count: int | None = None
    span: int | None = None
    unit: str = ""
    other: str | None = None


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the instrument's own dates, the acts by state, and other instruments' dates by id."""

    force: Force
    acts: Mapping[str, Sequence[Act]] = field(default_factory=dict)
    others: Mapping[str, Force] = field(default_factory=dict)


@dataclass(frozen=True)
class Computed:
    """A date that follows from a clause, beside the stored one.

    ``of`` is the public id of the record that stores the date under ``name``; ``least`` says that the date is the
    earliest that the clause allows. ``blocked_by`` names the facts that keep it from being known to the day.
    """

    clause: str
    rule: str
    name: str
    of: str
    bound: Bound
    stored: HistoricDate | None = None
    state: str | None = None
    least: bool = False
    blocked_by: tuple[str, ...] = ()

    @property
    def agrees(self) -> Answer:
        """Whether the stored date is the computed one: no only where it certainly is not."""
        stored = self.stored
        if stored is None or stored.earliest is None or stored.latest is None:
            return Answer.UNKNOWN
        if stored.latest < self.bound.earliest or (stored.earliest > self.bound.latest and not self.least):
            return Answer.NO
        if self.least:
            return Answer.YES if stored.earliest >= self.bound.latest else Answer.UNKNOWN
        return Answer.YES if self.bound.exact and stored.exact_day == self.bound.exact else Answer.UNKNOWN


def computed(clauses: Sequence[Clause], facts: Facts, day: date | None = None) -> list[Computed]:
    """Every date that follows from the clauses of one instrument; with a day also the end of the term that holds it."""
    found = [one for clause in clauses for one in _of(clause, clauses, facts)]
    return [*found, *_current_term(clauses, facts.force, day)] if day else found


def contradictions(found: Sequence[Computed]) -> list[Computed]:
    """Those whose stored date certainly disagrees."""
    return [one for one in found if one.agrees is Answer.NO]


def _of(clause: Clause, clauses: Sequence[Clause], facts: Facts) -> Iterator[Computed]:
    if clause.rule in ENTRY:
        yield from _entry(clause, facts)
    elif clause.rule == ClauseRule.JOINING:
        yield from _joining(clause, facts)
    elif clause.rule == ClauseRule.TERM:
        yield from _terms(clause, clauses, facts)
    elif clause.rule in (ClauseRule.END_WITH, ClauseRule.END_ON_ENTRY):
        yield from _end(clause, facts)
    elif clause.rule == ClauseRule.WITHDRAWAL:
        yield from _withdrawals(clause, facts)


# -- time ----------------------------------------------------------------------------------------------------------


def later(day: date, span: int, unit: str) -> date:
    """So many days, months or years after a day; the last day of the month where it has none of that number."""
    if day == date.max or unit == TimeUnit.DAY:
        try:
            return day + timedelta(days=span)
        except OverflowError:
            return date.max
    months = day.year * 12 + day.month - 1 + span * (12 if unit == TimeUnit.YEAR else 1)
    year, month = divmod(months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _after(bound: Bound, clause: Clause) -> Bound:
    if clause.span is None:
        return bound
    days = [
        day if day == date.min else later(day, clause.span, clause.unit)
        for day in (bound.earliest, bound.latest)
    ]
    return Bound(*days)


def _bound(when: HistoricDate | None) -> Bound | None:
    if when is None or when.earliest is None or when.latest is None:
        return None
    return Bound(when.earliest, when.latest)


# -- entry into force ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deposit:
    """When a state deposited its instrument or gave its notice, as well as that is known, and the fact that says so."""

    state: str
    day: Bound
    fact: str


def deposits(facts: Facts) -> list[Deposit]:
    """The deposit of each state that signed or consented. One not recorded lies after its newest act before it."""
    found = (_deposit(state, acts, facts.force) for state, acts in facts.acts.items())
    return [one for one in found if one]


def _deposit(state: str, acts: Sequence[Act], force: Force) -> Deposit | None:
    sure = [act for act in acts if not act.disputed]
    made = [act for act in sure if act.kind == ActionKind.DEPOSIT]
    dated = [(bound, act) for act in made if (bound := _bound(act.done_on))]
    if dated:
        day, act = min(dated, key=lambda one: (one[0].latest, one[0].earliest))
        return Deposit(state, day, act.id)
    if not any(act.kind == ActionKind.SIGNATURE or act.kind in CONSENTS for act in acts):
        return None
    floor = _bound(force.signed_on)
    consents = [bound.earliest for act in sure if act.kind in CONSENTS and (bound := _bound(act.done_on))]
    signed = [
        bound.earliest for act in sure if act.kind == ActionKind.SIGNATURE and (bound := _bound(act.done_on))
    ]
    earliest = min(consents or signed, default=floor.earliest if floor else date.min)
    return Deposit(state, Bound(earliest, date.max), made[0].id if made else f"{force.id}/{state}/deposit")


def _entry(clause: Clause, facts: Facts) -> Iterator[Computed]:
    bound, blocked = _general_entry(clause, facts)
    if bound:
        yield Computed(
            clause.id,
            clause.rule,
            "in_force_on",
            facts.force.id,
            _after(bound, clause),
            facts.force.in_force_on,
            blocked_by=blocked,
        )


def _general_entry(clause: Clause, facts: Facts) -> tuple[Bound | None, tuple[str, ...]]:
    if clause.rule == ClauseRule.ENTRY_SIGNATURE:
        return _known_or_any(facts.force.signed_on, f"{facts.force.id}.signed_on")
    if clause.rule == ClauseRule.ENTRY_WITH:
        other = facts.others.get(clause.other or "")
        return _known_or_any(other.in_force_on, f"{other.id}.in_force_on") if other else (None, ())
    found = deposits(facts)
    if clause.rule == ClauseRule.ENTRY_ALL:
        signed = [
            state
            for state, acts in facts.acts.items()
            if any(act.kind == ActionKind.SIGNATURE for act in acts)
        ]
        found = [one for one in found if one.state in signed]
    count = len(found) if clause.rule == ClauseRule.ENTRY_ALL else clause.count or 1
    return _nth(found, count, facts.force)


def _nth(found: Sequence[Deposit], count: int, force: Force) -> tuple[Bound | None, tuple[str, ...]]:
    """The day of the n-th deposit: between the n-th of the earliest and the n-th of the latest days."""
    if not count or len(found) < count:
        signed = _bound(force.signed_on)
        return Bound(signed.earliest if signed else date.min, date.max), (f"{force.id}.deposits",)
    bound = Bound(
        sorted(one.day.earliest for one in found)[count - 1],
        sorted(one.day.latest for one in found)[count - 1],
    )
    if bound.exact:
        return bound, ()
    blocking = [
        one.fact
        for one in found
        if not one.day.exact and one.day.earliest <= bound.latest and one.day.latest >= bound.earliest
    ]
    return bound, tuple(sorted(blocking))


def _known_or_any(when: HistoricDate | None, fact: str) -> tuple[Bound, tuple[str, ...]]:
    bound = _bound(when) or Bound(date.min, date.max)
    return bound, () if bound.exact else (fact,)


def _joining(clause: Clause, facts: Facts) -> Iterator[Computed]:
    """Entry into force for states that certainly deposited after the general day."""
    general = _bound(facts.force.in_force_on)
    for one in deposits(facts):
        if general is None or one.day.earliest <= general.latest:
            continue
        act = _consent_in_force(facts.acts[one.state], general)
        yield Computed(
            clause.id,
            clause.rule,
            "effective_on",
            act.id if act else one.fact,
            _after(one.day, clause),
            act.effective_on if act else None,
            one.state,
            blocked_by=() if one.day.exact else (one.fact,),
        )


def _consent_in_force(acts: Sequence[Act], general: Bound) -> Act | None:
    dated = [act for act in acts if act.kind in CONSENTS and not act.disputed and _bound(act.effective_on)]
    return min(dated, key=lambda act: (act.moment, act.id), default=None)


# -- term, end and withdrawal --------------------------------------------------------------------------------------


def term_ends(clauses: Sequence[Clause], force: Force, until: date) -> list[Bound]:
    """The last days of the terms, the first one that lies on or after a day included; one where nothing prolongs it."""
    term = next((one for one in clauses if one.rule == ClauseRule.TERM), None)
    began = _bound(force.in_force_on)
    if term is None or began is None:
        return []
    more = next((one for one in clauses if one.rule == ClauseRule.PROLONGATION), None)
    found = [_after(began, term)]
    while more and found[-1].latest < until and len(found) < MOST_TERMS:
        found.append(_after(found[-1], more))
    return found


def _current_term(clauses: Sequence[Clause], force: Force, day: date) -> Iterator[Computed]:
    """The last day of the term that holds a day: of the first one before it began, of the last one after all."""
    ends = term_ends(clauses, force, day)
    rule = ClauseRule.PROLONGATION if len(ends) > 1 else ClauseRule.TERM
    for clause in clauses:
        if ends and clause.rule == rule:
            blocked = () if ends[-1].exact else (f"{force.id}.in_force_on",)
            yield Computed(clause.id, rule, "term_ends_on", force.id, ends[-1], blocked_by=blocked)


def _terms(clause: Clause, clauses: Sequence[Clause], facts: Facts) -> Iterator[Computed]:
    """A lapse of time is the last day of a term."""
    for state, acts in facts.acts.items():
        for act in acts:
            lapsed = _bound(act.effective_on) if act.kind == ActionKind.LAPSE and not act.disputed else None
            ends = term_ends(clauses, facts.force, lapsed.earliest) if lapsed else []
            if lapsed and ends:
                yield Computed(
                    clause.id,
                    clause.rule,
                    "effective_on",
                    act.id,
                    ends[-1],
                    act.effective_on,
                    state,
                    blocked_by=() if ends[-1].exact else (f"{facts.force.id}.in_force_on",),
                )


def _end(clause: Clause, facts: Facts) -> Iterator[Computed]:
    other = facts.others.get(clause.other or "")
    on_entry = clause.rule == ClauseRule.END_ON_ENTRY
    day = (other.in_force_on if on_entry else other.ended_on) if other else None
    bound = _bound(day)
    if other and bound:
        name = "in_force_on" if on_entry else "ended_on"
        yield Computed(
            clause.id,
            clause.rule,
            "ended_on",
            facts.force.id,
            bound.moved(-1) if on_entry else bound,
            facts.force.ended_on,
            blocked_by=() if bound.exact else (f"{other.id}.{name}",),
        )


def _withdrawals(clause: Clause, facts: Facts) -> Iterator[Computed]:
    """A withdrawal works at the earliest when the notice has run out."""
    for state, acts in facts.acts.items():
        for act in acts:
            given = _bound(act.done_on) if act.kind in LEAVES and not act.disputed else None
            if given:
                yield Computed(
                    clause.id,
                    clause.rule,
                    "effective_on",
                    act.id,
                    _after(given, clause),
                    act.effective_on,
                    state,
                    least=True,
                    blocked_by=() if given.exact else (f"{act.id}.done_on",),
                )
