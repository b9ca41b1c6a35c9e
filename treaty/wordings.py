"""What a provision is made of over time: the force of its instrument, amendments, numbers and wordings. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from cstokb.dates import Answer, HistoricDate, Period, Verdict
from treaty.choices import AmendmentEffect

DAY = timedelta(days=1)
#: Effects by which a provision gets other words.
REWORDS = frozenset({AmendmentEffect.REPLACES, AmendmentEffect.CHANGES_WORDS, AmendmentEffect.INSERTS})


@dataclass(frozen=True)
class Force:
    """From when to when an instrument is in force, as well as that is known. ``id`` is its public id."""

    id: str
    signed_on: HistoricDate | None = None
    in_force_on: HistoricDate | None = None
    ended_on: HistoricDate | None = None

    def on(self, day: date) -> Verdict:
        """Whether the instrument is in force on the day. Without a day of entry the answer is never yes."""
        if self.in_force_on is None and lies_ahead(self.signed_on, day):
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

    @property
    def rewords(self) -> bool:
        """Whether the provision gets other words by it."""
        return self.effect in REWORDS

    @property
    def ends_words(self) -> bool:
        """Whether the words that stood before it end with it."""
        return self.rewords or self.effect == AmendmentEffect.REPEALS

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

    def begun(self, day: date) -> Verdict:
        """Whether it had begun by the day, leaving aside whether it still holds. What is over had begun."""
        latest = self.period.ended_on.latest if self.period.ended_on else None
        if latest is not None and latest < day:
            return Verdict(Answer.YES)
        return replace(self.period, ended_on=None).verdict(day)

    def lasting(self, day: date) -> Verdict:
        """Whether it still holds on the day, leaving aside when it began."""
        return replace(self.period, began_on=HistoricDate.of_day(date.min)).verdict(day)


@dataclass(frozen=True)
class Step:
    """A change of words by one instrument, and whether it works on a day for a state."""

    made_by: int
    since: HistoricDate | None
    works: Verdict

    def follows(self, one: Wording) -> bool:
        """Whether it comes after a wording; a change that is not dated comes last."""
        if one.made_by is None or self.made_by == one.made_by:
            return one.made_by is None
        mine = self.since.earliest if self.since else None
        began = one.period.began_on.earliest if one.period.began_on else None
        return (mine or date.max) > (began or date.min)

    def ends(self, one: Wording) -> bool:
        """Whether a wording ends because this begins: the last day of the one lies just before the other's first."""
        last, first = one.period.ended_on, self.since
        if last is None or first is None or last.latest is None or first.latest is None:
            return False
        if last.earliest is None or first.earliest is None:
            return False
        return first.earliest <= last.latest + DAY and last.earliest + DAY <= first.latest


def lies_ahead(value: HistoricDate | None, day: date) -> bool:
    """Whether a date certainly lies after the day."""
    return value is not None and value.earliest is not None and value.earliest > day


def exact(value: HistoricDate | None) -> date | None:
    """The one day that a date means, where it is known so well."""
    return value.exact_day if value else None
