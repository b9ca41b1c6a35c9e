"""Acts of a state upon an instrument, and the spells that they begin and end. Pure data.

A beginning or an end that is not known to the day is a ``Bound``: the earliest and the latest day that it may be. How
spells follow from acts is told in docs/architecture-status.md and done in ``treaty.course`` and ``treaty.layout``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cstokb.dates import Answer, HistoricDate, Verdict
from treaty.choices import ActionKind

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
#: Acts that may begin the time as a party again after a suspension.
RESUMES = CONSENTS | {ActionKind.PROLONGATION}


@dataclass(frozen=True)
class Act:
    """One act of one state, as the status needs it. ``id`` is the act's public id, named where it blocks an answer.

    An act without a kind stands for the end of the instrument itself, and its id is the name of that fact.
    """

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

    @property
    def is_last_day(self) -> bool:
        """Whether its date is itself the last day: of a lapse of time, and of the instrument (law 3)."""
        return self.kind in ("", ActionKind.LAPSE)


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

    @property
    def exact(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def known(self) -> HistoricDate:
        """The bound as a date: its day, month or year, else a day that is not known."""
        if self.exact:
            return HistoricDate.of_day(self.exact)
        for text in (f"{self.earliest:%Y-%m}", f"{self.earliest:%Y}"):
            date_of = HistoricDate.parse(text)
            if (date_of.earliest, date_of.latest) == (self.earliest, self.latest):
                return date_of
        return HistoricDate.UNKNOWN

    def moved(self, days: int) -> Bound:
        """So many days later; the end of time stays where it is."""
        step = timedelta(days=days)
        return Bound(
            *(one if one in (date.min, date.max) else one + step for one in (self.earliest, self.latest))
        )


@dataclass(frozen=True)
class Spell:
    """A time in which a state stood in one way: from ``begins`` to the day before ``ends`` (None: it still does).

    ``begun_by`` and ``ended_by`` are the acts that may have begun and ended it, oldest first; it ends also where the
    next one begins. ``again`` marks a time as a party after an earlier one had ended.
    """

    status: str
    begins: Bound
    ends: Bound | None = None
    begun_by: tuple[Act, ...] = ()
    ended_by: tuple[Act, ...] = ()
    again: bool = False

    @property
    def disputed(self) -> bool:
        """Whether every act that could have begun it is disputed."""
        return all(act.disputed for act in self.begun_by)

    @property
    def doubtful_end(self) -> bool:
        """Whether every act that could have ended it is disputed."""
        return bool(self.ended_by) and all(act.disputed for act in self.ended_by)

    @property
    def act(self) -> Act | None:
        """The act that decided when it began: the first certain one with a date of effect, else the first certain."""
        sure = [act for act in self.begun_by if not act.disputed] or list(self.begun_by)
        dated = [act for act in sure if act.effective_on and act.effective_on.latest]
        return min(dated, key=_works, default=None) or next(iter(sure), None)

    @property
    def since(self) -> HistoricDate | None:
        """Its first day, as well as that is known."""
        if self.begins.exact:
            return HistoricDate.of_day(self.begins.exact)
        act = self.act
        return (act.effective_on or act.done_on) if act else None

    def verdict(self, day: date) -> Verdict:
        """Whether the state stood so on the day by this spell, naming the acts that block certainty."""
        begun = _verdict(self.begins.reached(day), self.begun_by, self.disputed, day)
        if self.ends is None:
            return begun
        return begun.and_(_verdict(self.ends.reached(day), self.ended_by, self.doubtful_end, day).not_())


def _works(act: Act) -> tuple[date, date]:
    when = act.effective_on
    return ((when.latest if when else None) or date.max, (when.earliest if when else None) or date.max)


def _verdict(answer: Answer, acts: Sequence[Act], disputed: bool, day: date) -> Verdict:
    """Only an unknown answer names what blocks it: the acts that may have worked by the day."""
    if answer is Answer.NO or (answer is Answer.YES and not disputed):
        return Verdict(answer)
    near = [act.id for act in acts if _possible_from(act) <= day]
    return Verdict(Answer.UNKNOWN, tuple(near or (act.id for act in acts)))


def _possible_from(act: Act) -> date:
    days = [when.earliest for when in (act.effective_on, act.done_on) if when and when.earliest]
    return min(days, default=date.min)
