"""How a state stands to the Organization on a day: pure functions over its periods and pauses (law 8).

A member whose period was ended by suspension is suspended from the day after its last day; one whose period ended
otherwise is a former member. A pause ends nothing: it stands beside the standing. What is not known for certain is
not guessed; the facts that block an answer are named as ``<id>.<field>``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cstokb.dates import Answer, HistoricDate, Period, Verdict, sort_key
from members.choices import PeriodEnd, PeriodStanding, Standing


@dataclass(frozen=True)
class Spell:
    """One period of membership (or a pause, whose standing is empty) of a state in the Organization."""

    id: str
    standing: str
    began_on: HistoricDate | None
    ended_on: HistoricDate | None
    ended_by: str = ""

    @property
    def period(self) -> Period:
        """The days it lasted, both included."""
        return Period(
            self.began_on, self.ended_on, began_fact=f"{self.id}.began_on", ended_fact=f"{self.id}.ended_on"
        )

    def begun(self, day: date) -> Verdict:
        """Whether it had begun by the day."""
        if self.began_on is not None and self.began_on.earliest is not None and self.began_on.earliest > day:
            return Verdict(Answer.NO)
        if self.began_on is not None and self.began_on.latest is not None and self.began_on.latest <= day:
            return Verdict(Answer.YES)
        return Verdict(Answer.UNKNOWN, (f"{self.id}.began_on",)).or_(self.over(day))

    def over(self, day: date) -> Verdict:
        """Whether it had ended before the day."""
        if self.ended_on is None:
            return Verdict(Answer.NO)
        if self.ended_on.latest is not None and self.ended_on.latest < day:
            return Verdict(Answer.YES)
        if self.ended_on.earliest is not None and self.ended_on.earliest >= day:
            return Verdict(Answer.NO)
        return Verdict(Answer.UNKNOWN, (f"{self.id}.ended_on",))


NOT_PAUSED = Verdict(Answer.NO)


@dataclass(frozen=True)
class StandingOn:
    """A state's standing on a day.

    ``possible`` holds one standing where the answer is certain; otherwise all that it may be, with the facts that
    block certainty. ``since`` is the first day of the certain standing. ``paused`` answers whether the state itself
    had stopped taking part.
    """

    possible: tuple[Standing, ...]
    blocked_by: tuple[str, ...] = ()
    since: HistoricDate | None = None
    paused: Verdict = NOT_PAUSED

    @property
    def certain(self) -> Standing | None:
        """The standing, where it is known."""
        return self.possible[0] if len(self.possible) == 1 else None


NO_STANDING = StandingOn((Standing.NONE,))


def standing_on(day: date, spells: Sequence[Spell], pauses: Sequence[Spell] = ()) -> StandingOn:
    """How a state with these periods and pauses stood on a day."""
    possible: dict[Standing, HistoricDate | None] = {}
    blocked_by: list[str] = []
    for standing, verdict, since in _candidates(day, spells):
        if verdict.answer is Answer.NO:
            continue
        possible.setdefault(standing, since)
        blocked_by += verdict.blocked_by
        if verdict.answer is Answer.YES:
            break
    certain = len(possible) == 1
    return StandingOn(
        possible=tuple(possible),
        blocked_by=() if certain else tuple(dict.fromkeys(blocked_by)),
        since=next(iter(possible.values())) if certain else None,
        paused=_any(day, pauses),
    )


def _candidates(
    day: date, spells: Sequence[Spell]
) -> Iterator[tuple[Standing, Verdict, HistoricDate | None]]:
    """Standings from the one that counts most to none, each with the verdict whether it held."""
    for standing in (Standing.MEMBER, Standing.OBSERVER, Standing.PARTNER):
        for spell in spells:
            if spell.standing == standing:
                yield standing, spell.period.verdict(day), spell.began_on
    members = [spell for spell in spells if spell.standing == PeriodStanding.MEMBER]
    for spell in sorted(members, key=lambda one: sort_key(one.began_on), reverse=True):
        yield _afterwards(spell), spell.over(day), day_after(spell.ended_on)
    begun = Verdict(Answer.NO)
    for spell in members:
        begun = begun.or_(spell.begun(day))
    yield Standing.NONE, begun.not_(), None


def _afterwards(spell: Spell) -> Standing:
    return Standing.SUSPENDED if spell.ended_by == PeriodEnd.SUSPENSION else Standing.FORMER


def day_after(ended_on: HistoricDate | None) -> HistoricDate | None:
    """The first day afterwards, known as well as the last day is."""
    day = ended_on.exact_day if ended_on else None
    return HistoricDate.of_day(day + timedelta(days=1)) if day and day < date.max else ended_on


def _any(day: date, spells: Sequence[Spell]) -> Verdict:
    verdict = Verdict(Answer.NO)
    for spell in spells:
        verdict = verdict.or_(spell.period.verdict(day))
    return verdict


def role_status(
    day: date, began_on: HistoricDate | None, ended_on: HistoricDate | None, *, over: bool = False
) -> str:
    """How a person stands to an office on a day: "current", "former", "future", or "unknown" where it is not known.

    ``over`` says that the office itself, or its organ, is gone by that day.
    """
    if began_on is not None and began_on.earliest is not None and began_on.earliest > day:
        return "future"
    if over:
        return "former"
    answer = Period(began_on, ended_on).holds(day)
    if answer is Answer.UNKNOWN:
        return "unknown"
    return "current" if answer is Answer.YES else "former"


def last_day(*ends: HistoricDate | None) -> HistoricDate | None:
    """The earliest of some ends: who held an office of a body holds it no longer than the body exists."""
    known = [end for end in ends if end is not None]
    return min(known, key=sort_key) if known else None
