"""Who holds the chair of the Council by the Charter's rule, and whether what is stored agrees. Pure functions.

Article 13 of the Charter: the head of the state that hosts a regular session takes the chair, unless the Council
decides otherwise, and keeps it until the next regular session. A decision otherwise is a sourced exception, kept as a
record. So a turn begins on the first day of a session at which the chair passed, that day is the last of the turn
before it too, and whoever moves a session or its host moves the turn. The rule is asked for sessions since the Charter
is in force. Sessions that did not take place pass nothing on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cstokb.dates import Answer, HistoricDate, Period, sort_key
from summits.choices import ChairBasis


@dataclass(frozen=True)
class Meeting:
    """A session that took place, as the rule looks at it; states and the session by their row ids.

    ``chosen`` is the state that the Council chose instead of the host, ``exception`` the record that says so.
    """

    id: str
    key: int
    began_on: HistoricDate | None
    regular: bool
    host: int | None = None
    chosen: int | None = None
    exception: int | None = None

    @property
    def passes(self) -> bool:
        """Whether the chair passes at it, or would."""
        return self.regular or self.exception is not None


@dataclass(frozen=True)
class Turn:
    """A state's time in the chair as it follows from the rule; ``state`` None where nothing says who had it.

    ``began_at`` and ``ended_at`` are the sessions at which it began and ended. ``blocked_by`` names the fact that
    keeps the state from being known.
    """

    state: int | None
    began_on: HistoricDate
    began_at: int
    basis: ChairBasis
    exception: int | None = None
    ended_on: HistoricDate | None = None
    ended_at: int | None = None
    blocked_by: tuple[str, ...] = ()

    @property
    def period(self) -> Period:
        """Its days, both included."""
        return Period(self.began_on, self.ended_on)


def turns(meetings: Iterable[Meeting], since: HistoricDate | None) -> list[Turn]:
    """The turns that follow from the sessions that certainly began since the rule is in force; none without it."""
    if since is None or since.latest is None:
        return []
    passing = [(one, one.began_on) for one in meetings if one.passes and one.began_on]
    counted = [(one, day) for one, day in passing if day.earliest and day.earliest >= since.latest]
    found: list[Turn] = []
    for one, day in sorted(counted, key=lambda pair: (sort_key(pair[1]), pair[0].id)):
        turn = _begun(one, day)
        if found and turn.state is not None and turn.state == found[-1].state:
            continue  # the chair stays where it is
        if found:
            found[-1] = replace(found[-1], ended_on=day, ended_at=one.key)
        found.append(turn)
    return found


def _begun(one: Meeting, day: HistoricDate) -> Turn:
    basis = ChairBasis.RULE if one.exception is None else ChairBasis.EXCEPTION
    state = one.host if one.exception is None else one.chosen
    blocked = () if state is not None else (f"{one.id}.country",)
    return Turn(state, day, one.key, basis, one.exception, blocked_by=blocked)


def holders(found: Sequence[Turn], day: date) -> list[Turn]:
    """The turns that certainly hold a day; a day of hand-over has two."""
    return [turn for turn in found if turn.period.holds(day) is Answer.YES]


# -- stored and computed -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A stored chairmanship beside the turn that follows from the rule.

    ``contradicted`` names its fields that certainly disagree: ``state``, ``began_on``, ``ended_on``.
    """

    turn: Turn | None = None
    agrees: Answer = Answer.UNKNOWN
    contradicted: tuple[str, ...] = ()


UNCHECKED = Checked()


def check(
    state: int, began_on: HistoricDate | None, ended_on: HistoricDate | None, found: Sequence[Turn]
) -> Checked:
    """Whether a stored chairmanship is the one that follows; unknown where the rule reaches no day of it."""
    stored = Period(began_on, ended_on)
    met = [turn for turn in found if turn.period.certainly_overlaps(stored, 1)]
    own = [turn for turn in met if turn.state == state]
    if not own:
        certain = bool(met) and all(turn.state is not None for turn in met)
        return Checked(met[0], Answer.NO, ("state",)) if certain else UNCHECKED
    turn = max(own, key=lambda one: (same(began_on, one.began_on) is Answer.YES, sort_key(one.began_on)))
    answers = dict(_compared(began_on, ended_on, turn))
    wrong = tuple(name for name, answer in answers.items() if answer is Answer.NO)
    if wrong:
        return Checked(turn, Answer.NO, wrong)
    sure = set(answers.values()) == {Answer.YES}
    return Checked(turn, Answer.YES if sure else Answer.UNKNOWN)


def _compared(
    began_on: HistoricDate | None, ended_on: HistoricDate | None, turn: Turn
) -> Iterator[tuple[str, Answer]]:
    yield "began_on", Answer.UNKNOWN if began_on is None else same(began_on, turn.began_on)
    yield "ended_on", same(ended_on, turn.ended_on)


def same(one: HistoricDate | None, other: HistoricDate | None) -> Answer:
    """Whether two ends are the same day, as far as both are known; an open end is no day."""
    if one is None or other is None:
        return Answer.YES if one is other else Answer.NO
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return Answer.UNKNOWN
    if one.latest < other.earliest or other.latest < one.earliest:
        return Answer.NO
    return Answer.YES if one.exact_day and one.exact_day == other.exact_day else Answer.UNKNOWN
