"""An instrument as of a day: which wording of each provision holds, or why none is shown. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cstokb.dates import Answer, HistoricDate, Period, Verdict
from treaty.choices import ProvisionKind, TextStanding, WordingState
from treaty.numbering import ProvisionName

#: Which wording of a day is read first where several are held: the one that is worth most as law.
WORTH = {standing: place for place, standing in enumerate(TextStanding.values)}


@dataclass(frozen=True)
class Force:
    """From when to when an instrument is in force, as well as that is known. ``id`` is its public id."""

    id: str
    signed_on: HistoricDate | None = None
    in_force_on: HistoricDate | None = None
    ended_on: HistoricDate | None = None

    def on(self, day: date) -> Verdict:
        """Whether the instrument is in force on the day. Without a day of entry the answer is never yes."""
        if self.in_force_on is None and _lies_ahead(self.signed_on, day):
            return Verdict(Answer.NO)
        began = f"{self.id}.in_force_on"
        period = Period(self.in_force_on, self.ended_on, began_fact=began, ended_fact=f"{self.id}.ended_on")
        verdict = period.verdict(day)
        dated = self.in_force_on is not None and self.in_force_on.earliest is not None
        return verdict if dated or verdict.answer is not Answer.YES else Verdict(Answer.UNKNOWN, (began,))

    def is_over(self, day: date) -> bool:
        """Whether its last day certainly lies before the day."""
        latest = self.ended_on.latest if self.ended_on else None
        return latest is not None and latest < day


@dataclass(frozen=True)
class Amending:
    """What one instrument does to a provision of another, or to the whole where no provision is named.

    ``made_by`` is the row id of the amending instrument and ``maker`` its time in force; ``period`` holds the
    amendment's own days. Without a first day of its own it begins when the amending instrument enters into force, and
    it goes on holding when that instrument has ended.
    """

    entry_id: int
    id: str
    made_by: int
    maker: Force
    effect: str
    period: Period
    provision: int | None = None
    wording: int | None = None
    description_en: str = ""
    description_ru: str = ""

    @property
    def since(self) -> HistoricDate | None:
        """The day from which it holds, as well as that is known."""
        return self.period.began_on or self.maker.in_force_on

    def begun(self, day: date) -> Verdict:
        """Whether it has begun by the day."""
        if self.period.began_on is None:
            return replace(self.maker, ended_on=None).on(day)
        return replace(self.period, ended_on=None).verdict(day)

    def on(self, day: date) -> Verdict:
        """Whether it holds on the day."""
        if self.period.began_on is not None:
            return self.period.verdict(day)
        lasting = replace(self.period, began_on=HistoricDate.of_day(date.min)).verdict(day)
        return self.begun(day).and_(lasting)


@dataclass(frozen=True)
class Numbered:
    """A number that a provision bore between two days, both included."""

    number: str
    period: Period

    @property
    def since(self) -> date:
        """The earliest day on which it may have been borne; one without a first day is older than those with one."""
        began = self.period.began_on
        return (began.earliest if began else None) or date.min


@dataclass(frozen=True)
class Wording:
    """One wording of a provision in one language. ``made_by`` is the row id of the instrument that brought it."""

    entry_id: int
    id: str
    language: str
    standing: str
    period: Period
    text: str
    made_by: int | None = None
    change_en: str = ""
    change_ru: str = ""
    confidence: str = ""
    note_en: str = ""
    note_ru: str = ""


@dataclass(frozen=True)
class Reading:
    """What can be read of a provision on a day: its number, its wordings, or the state that explains why none."""

    number: str
    state: WordingState
    wordings: tuple[Wording, ...] = ()
    possible: tuple[Wording, ...] = ()
    blocked_by: tuple[str, ...] = ()

    def wording(self, language: str) -> Wording | None:
        """The wording to show: in the language, else in English, else in any; the one worth most as law first."""
        return min(self.wordings or self.possible, key=lambda one: _preference(one, language), default=None)


@dataclass(frozen=True)
class Part:
    """A provision with all its numbers and wordings, oldest wording first."""

    entry_id: int
    id: str
    type: str
    number: str
    numbers: tuple[Numbered, ...] = ()
    wordings: tuple[Wording, ...] = ()

    def read(self, force: Force, day: date) -> Reading:
        """The provision as it stood on the day, given when its instrument is in force."""
        number = self.number_on(day)
        borne = self.is_borne(force, day)
        if borne.answer is Answer.NO:
            return Reading(number, self._outside(force, day))
        held = self._answering(Answer.YES, day)
        if held:
            return Reading(number, WordingState.IN_FORCE, held)
        possible = self._answering(Answer.UNKNOWN, day)
        if possible:
            blocked = tuple(fact for one in possible for fact in one.period.verdict(day).blocked_by)
            return Reading(number, WordingState.UNKNOWN, possible=possible, blocked_by=blocked)
        if borne.answer is Answer.UNKNOWN:
            return Reading(number, WordingState.UNKNOWN, blocked_by=borne.blocked_by)
        return Reading(number, WordingState.IN_FORCE if self.is_heading else WordingState.NOT_VERIFIED)

    def is_borne(self, force: Force, day: date) -> Verdict:
        """Whether the provision is a part of the instrument in force on the day."""
        verdict = force.on(day)
        if not self.numbers:
            return verdict
        numbered = Verdict(Answer.NO)
        for one in self.numbers:
            numbered = numbered.or_(one.period.verdict(day))
        return verdict.and_(numbered)

    def number_on(self, day: date) -> str:
        """The number it bears on the day, or may bear; the present one where none is recorded for the day."""
        answers = {
            answer: [one.number for one in self.numbers if one.period.holds(day) is answer]
            for answer in Answer
        }
        return next(iter((*answers[Answer.YES], *answers[Answer.UNKNOWN])), self.number)

    def name_on(self, day: date, language: str) -> str:
        """Its kind and number on the day, as a reader says them."""
        return ProvisionName(self.type, self.number_on(day)).text(language)

    @property
    def is_heading(self) -> bool:
        """Whether it only heads other provisions and has no words of its own."""
        return self.type == ProvisionKind.CHAPTER and not self.wordings

    @property
    def is_restated(self) -> bool:
        """Whether any of its wordings is told in our own words."""
        return any(one.standing == TextStanding.RESTATEMENT for one in self.wordings)

    def _answering(self, answer: Answer, day: date) -> tuple[Wording, ...]:
        return tuple(one for one in self.wordings if one.period.holds(day) is answer)

    def _outside(self, force: Force, day: date) -> WordingState:
        """Before or after its time, where it certainly is no part of what is in force."""
        if force.on(day).answer is Answer.NO:
            return WordingState.NO_LONGER if force.is_over(day) else WordingState.NOT_YET
        ahead = all(_lies_ahead(one.period.began_on, day) for one in self.numbers)
        return WordingState.NOT_YET if ahead else WordingState.NO_LONGER

    # -- neighbours in time ----------------------------------------------------------------------------------------

    def nearest(self, day: date) -> date | None:
        """A day for which a wording is held, where none is for the day asked: the last before it, else the next."""
        ended = [last for one in self.wordings if (last := _certain_last_day(one.period)) and last < day]
        begun = [first for one in self.wordings if (first := _certain_first_day(one.period)) and first > day]
        return max(ended, default=None) or min(begun, default=None)


def changes(parts: Iterable[Part]) -> list[tuple[date, int]]:
    """The days on which another instrument's wordings began to hold, each with that instrument's row id, in order."""
    return sorted(
        {
            (first, one.made_by)
            for part in parts
            for one in part.wordings
            if one.made_by is not None and (first := _certain_first_day(one.period))
        }
    )


def languages(parts: Iterable[Part]) -> list[str]:
    """The languages in which wordings are held."""
    return sorted({one.language for part in parts for one in part.wordings})


def _preference(one: Wording, language: str) -> tuple[bool, bool, int, str]:
    return one.language != language, one.language != "en", WORTH[one.standing], one.id


def _lies_ahead(value: HistoricDate | None, day: date) -> bool:
    return value is not None and value.earliest is not None and value.earliest > day


def _certain_first_day(period: Period) -> date | None:
    return period.began_on.exact_day if period.began_on else None


def _certain_last_day(period: Period) -> date | None:
    return period.ended_on.exact_day if period.ended_on else None
