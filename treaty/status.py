"""How a state stands to an instrument on a day, computed from its acts alone. Pure functions, three-valued.

The terms are those of the Vienna Convention on the Law of Treaties, articles 2, 11-17, 24 and 54-56: a state that has
consented is a contracting state, and a party from the day on which the instrument is in force for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cstokb.dates import Answer, HistoricDate, Verdict
from treaty.choices import ActionKind, PartyStatus

CONSENTS = frozenset(
    {
        ActionKind.RATIFICATION,
        ActionKind.ACCEPTANCE,
        ActionKind.APPROVAL,
        ActionKind.ACCESSION,
        ActionKind.DEPOSIT,
        ActionKind.CONSENT,
    }
)
ENDS = frozenset({ActionKind.LAPSE, ActionKind.SUSPENSION, ActionKind.DENUNCIATION, ActionKind.WITHDRAWAL})


@dataclass(frozen=True)
class Act:
    """One act of one state, as the status needs it. ``id`` is the act's public id, named where it blocks an answer."""

    id: str
    kind: str
    done_on: HistoricDate | None = None
    effective_on: HistoricDate | None = None
    disputed: bool = False

    @property
    def moment(self) -> tuple[date, date]:
        """What acts are ordered by: the earliest possible day of the act, else of its effect; unknown ones last."""
        done = self.done_on.earliest if self.done_on else None
        works = self.effective_on.earliest if self.effective_on else None
        return (done or works or date.max, works or done or date.max)


@dataclass(frozen=True)
class Bound:
    """A day known to lie between two days; an open side is the end of time."""

    earliest: date
    latest: date

    def reached(self, day: date) -> Answer:
        """Whether the bound's day has come by the given day."""
        if day >= self.latest:
            return Answer.YES
        return Answer.UNKNOWN if day >= self.earliest else Answer.NO


@dataclass(frozen=True)
class Spell:
    """The instrument was in force for the state from ``begins`` to the day before ``ends`` (None: it still is)."""

    begins: Bound
    ends: Bound | None = None
    begun_by: tuple[Act, ...] = ()
    ended_by: Act | None = None

    @property
    def disputed(self) -> bool:
        """Whether every act that could have begun it is disputed."""
        return all(act.disputed for act in self.begun_by)

    def verdict(self, day: date) -> Verdict:
        """Whether the state was a party on the day by this spell, naming the acts that block certainty."""
        blockers = tuple(act.id for act in self.begun_by)
        begun = self.begins.reached(day)
        if begun is Answer.YES and self.disputed:
            begun = Answer.UNKNOWN
        entered = _verdict(begun, blockers)
        if self.ends is None or self.ended_by is None:
            return entered
        return entered.and_(_verdict(self.ends.reached(day), (self.ended_by.id,)).not_())


@dataclass(frozen=True)
class Standing:
    """How a state stands to an instrument on a day: the status, whether it is a party, since when and by which act."""

    status: str
    party: Verdict
    since: HistoricDate | None = None
    act: str | None = None


@dataclass(frozen=True)
class History:
    """Every spell of one state under one instrument, and the acts that began or ended none."""

    spells: tuple[Spell, ...] = ()
    signed: tuple[Act, ...] = ()
    consents: tuple[Act, ...] = ()
    provisional: tuple[Act, ...] = ()

    def on(self, day: date) -> Standing:
        """How the state stands on the day (law 2: yes, no, or unknown with the fact that blocks)."""
        for spell in reversed(self.spells):
            verdict = spell.verdict(day)
            if verdict.answer is Answer.YES:
                act = spell.begun_by[-1]
                return Standing(PartyStatus.PARTY, verdict, act.effective_on or act.done_on, act.id)
            if verdict.answer is Answer.UNKNOWN:
                return Standing(PartyStatus.UNKNOWN, verdict)
        return self._otherwise(day)

    def _otherwise(self, day: date) -> Standing:
        no = Verdict(Answer.NO)
        over = [
            spell for spell in self.spells if spell.ends and spell.ends.latest <= day and not spell.disputed
        ]
        if over and (end := over[-1].ended_by):
            suspended = end.kind == ActionKind.SUSPENSION
            status = PartyStatus.SUSPENDED if suspended else PartyStatus.FORMER
            return Standing(status, no, end.effective_on or end.done_on, end.id)
        for status, acts in (
            (PartyStatus.CONTRACTING, self.consents),
            (PartyStatus.PROVISIONAL, self.provisional),
            (PartyStatus.SIGNATORY, self.signed),
        ):
            done = [act for act in acts if _done(act, day) and not act.disputed]
            if done:
                return Standing(status, no, done[0].done_on, done[0].id)
        return Standing(PartyStatus.NONE, no)


def history(acts: Iterable[Act], in_force_on: HistoricDate | None = None) -> History:
    """The history of one state under one instrument.

    Args:
        acts: the acts of that state on that instrument, in any order.
        in_force_on: the day of general entry into force; a consent without a date of its own works from then.
    """
    ordered = sorted(acts, key=lambda act: (act.moment, act.kind in ENDS, act.id))
    spells: list[Spell] = []
    for act in ordered:
        if act.kind in CONSENTS:
            _begin(spells, act, in_force_on)
        elif act.kind in ENDS:
            _end(spells, act)
    return History(
        spells=tuple(spells),
        signed=tuple(act for act in ordered if act.kind == ActionKind.SIGNATURE),
        consents=tuple(act for act in ordered if act.kind in CONSENTS),
        provisional=tuple(act for act in ordered if act.kind == ActionKind.PROVISIONAL),
    )


def _begin(spells: list[Spell], act: Act, in_force_on: HistoricDate | None) -> None:
    bound = _effect(act, in_force_on)
    if spells and spells[-1].ends is None:
        spells[-1] = _confirmed(spells[-1], bound, act)
    else:
        spells.append(Spell(bound, begun_by=(act,)))


def _confirmed(spell: Spell, bound: Bound, act: Act) -> Spell:
    """A later consent in an open spell can only make its beginning surer, and a disputed one adds nothing."""
    if act.disputed and not spell.disputed:
        return spell
    if spell.disputed and not act.disputed:
        return Spell(
            Bound(min(spell.begins.earliest, bound.earliest), bound.latest), begun_by=(*spell.begun_by, act)
        )
    begins = Bound(min(spell.begins.earliest, bound.earliest), min(spell.begins.latest, bound.latest))
    return replace(spell, begins=begins, begun_by=(*spell.begun_by, act))


def _effect(act: Act, in_force_on: HistoricDate | None) -> Bound:
    """When the consent works for the state: its own day, else the general one, else some day after the act."""
    if act.effective_on and act.effective_on.earliest and act.effective_on.latest:
        return Bound(act.effective_on.earliest, act.effective_on.latest)
    done = (act.done_on.earliest if act.done_on else None) or date.min
    general = in_force_on.latest if in_force_on and act.effective_on is None else None
    if general and act.done_on and act.done_on.latest and act.done_on.latest <= general:
        return Bound(max(done, in_force_on.earliest or done) if in_force_on else done, general)
    return Bound(done, date.max)


def _end(spells: list[Spell], act: Act) -> None:
    if spells and spells[-1].ends is None:
        spells[-1] = replace(spells[-1], ends=_first_day_out(act), ended_by=act)


def _first_day_out(act: Act) -> Bound:
    """The first day on which the state is out: the effective day of an act, the day after a lapse (law 3)."""
    when = act.effective_on or act.done_on
    if when is None or when.earliest is None or when.latest is None:
        return Bound((act.done_on.earliest if act.done_on else None) or date.min, date.max)
    step = timedelta(days=act.kind == ActionKind.LAPSE)
    return Bound(when.earliest + step, when.latest + step)


def _done(act: Act, day: date) -> bool:
    when = act.done_on or act.effective_on
    return when is not None and when.latest is not None and when.latest <= day


def _verdict(answer: Answer, blockers: tuple[str, ...]) -> Verdict:
    """Only an unknown answer names what blocks it."""
    return Verdict(answer, blockers if answer is Answer.UNKNOWN else ())


@dataclass(frozen=True)
class Parties:
    """The histories of every state under one instrument, by the state's public id."""

    instrument: str
    histories: dict[str, History] = field(default_factory=dict)

    def on(self, day: date) -> dict[str, Standing]:
        """How each state with an act stands on the day."""
        return {state: told.on(day) for state, told in self.histories.items()}

    def certain(self, day: date) -> list[str]:
        """States that certainly are parties on the day, by id."""
        return self._answering(Answer.YES, day)

    def uncertain(self, day: date) -> list[str]:
        """States of which it is not known whether they are parties on the day, by id."""
        return self._answering(Answer.UNKNOWN, day)

    def _answering(self, answer: Answer, day: date) -> list[str]:
        return sorted(state for state, one in self.on(day).items() if one.party.answer is answer)


def parties(instrument: str, acts: Sequence[tuple[str, Act]], in_force_on: HistoricDate | None) -> Parties:
    """The parties of one instrument from (state id, act) pairs."""
    by_state: dict[str, list[Act]] = {}
    for state, act in acts:
        by_state.setdefault(state, []).append(act)
    return Parties(instrument, {state: history(own, in_force_on) for state, own in by_state.items()})
