"""Periods with a first and a last day, both included, each known as well as its source says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstokb.dates.answers import Answer, Verdict
from cstokb.dates.historic import HistoricDate, InvalidDate, sort_key

SharedDays = Literal[0, 1]

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class _Range(NamedTuple):
    """The days, as numbers, between which an end of a period lies."""

    earliest: int
    latest: int


_ANY_DAY = _Range(_FIRST, _LAST)
# Later than the day after any day, so that what is open is handed over to nobody.
_NEVER = _Range(_LAST + 2, _LAST + 2)


@dataclass(frozen=True)
class Period:
    """What lasted from one day to another, both included.

    ``began_on`` None: the beginning is not known. ``ended_on`` None: it has not ended; HistoricDate.UNKNOWN:
    it has, on a day not known. With ``ended_by_act``, ``ended_on`` is the effective day of an act, which
    works from the start of that day, so the last day is the one before. The two facts are the names that an
    unknown answer gives for what blocks it.
    """

    began_on: HistoricDate | None
    ended_on: HistoricDate | None
    ended_by_act: bool = False
    began_fact: str = "began_on"
    ended_fact: str = "ended_on"

    def holds(self, day: date) -> Answer:
        """Say whether it lasted on the day."""
        return self.verdict(day).answer

    def verdict(self, day: date) -> Verdict:
        """Say whether it lasted on the day, naming the end that is not known well enough to tell."""
        number = day.toordinal()
        return self._begun_by(number).and_(self._lasting_on(number))

    def overlaps(self, other: Period, shared_days_allowed: SharedDays = 0) -> Answer:
        """Say whether the two have days in common.

        With one shared day allowed, periods of which one ends on the day when the other begins do not
        overlap: the day of hand-over is the last of one holder and the first of the next. A single day inside
        the other period is an overlap all the same.
        """
        if not self.possibly_overlaps(other, shared_days_allowed):
            return Answer.NO
        return Answer.YES if self.certainly_overlaps(other, shared_days_allowed) else Answer.UNKNOWN

    def possibly_overlaps(self, other: Period, shared_days_allowed: SharedDays = 0) -> bool:
        """Say whether they overlap if both last as long as what is known allows."""
        return (
            self._end.latest >= other._begin.earliest + shared_days_allowed
            and other._end.latest >= self._begin.earliest + shared_days_allowed
        )

    def certainly_overlaps(self, other: Period, shared_days_allowed: SharedDays = 0) -> bool:
        """Say whether they overlap whichever of the possible days are the true ones."""
        return (
            self._first_possible_end >= other._last_possible_begin + shared_days_allowed
            and other._first_possible_end >= self._last_possible_begin + shared_days_allowed
        )

    @property
    def is_reversed(self) -> bool:
        """Say whether it certainly ends before it begins."""
        return self._end.latest < self._begin.earliest

    @property
    def sort_key(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Order by the first day, then by the last; not known and open ends stand last."""
        return sort_key(self.began_on), sort_key(self.ended_on)

    def _begun_by(self, day: int) -> Verdict:
        if self._begin.earliest > day:
            return Verdict(Answer.NO)
        if self._last_possible_begin <= day:
            return Verdict(Answer.YES)
        return Verdict(Answer.UNKNOWN, (self.began_fact,))

    def _lasting_on(self, day: int) -> Verdict:
        if self._end.latest < day:
            return Verdict(Answer.NO)
        if self._first_possible_end >= day:
            return Verdict(Answer.YES)
        return Verdict(Answer.UNKNOWN, (self.ended_fact,))

    @cached_property
    def _begin(self) -> _Range:
        return _ANY_DAY if self.began_on is None else _range(self.began_on)

    @cached_property
    def _end(self) -> _Range:
        if self.ended_on is None:
            return _NEVER
        earliest, latest = _range(self.ended_on)
        return _Range(earliest - self.ended_by_act, latest - self.ended_by_act)

    @property
    def _last_possible_begin(self) -> int:
        """What is over by a day had begun by then, however little is known of its beginning."""
        return min(self._begin.latest, self._end.latest)

    @property
    def _first_possible_end(self) -> int:
        """What begins on a day is not over before it, however little is known of its end."""
        return max(self._begin.earliest, self._end.earliest)


def _range(value: HistoricDate) -> _Range:
    if value.earliest is None or value.latest is None:
        return _ANY_DAY
    return _Range(value.earliest.toordinal(), value.latest.toordinal())


def last_day_before_act(effective_on: date) -> date:
    """Give the last day of what an act ends: the act works from the start of its effective day.

    Raises InvalidDate on the first day of the calendar, before which there is none.
    """
    if effective_on == date.min:
        raise InvalidDate(_("There is no day before this one."), "range")
    return effective_on - timedelta(days=1)


def holding(day: date, began: str = "began_on", ended: str = "ended_on") -> Q:
    """Rows whose period certainly holds the day: those for which ``Period.holds`` answers yes.

    The names are those of the two date fields, with a path before them where the rows of another model are
    asked.
    """
    return possibly_holding(day, began, ended) & (
        (Q(**{f"{began}_max__lte": day}) | Q(**{f"{ended}_max__lte": day}))
        & (
            Q(**{f"{ended}__isnull": True})
            | Q(**{f"{ended}_min__gte": day})
            | Q(**{f"{began}_min__gte": day})
        )
    )


def possibly_holding(day: date, began: str = "began_on", ended: str = "ended_on") -> Q:
    """Rows whose period may hold the day: those for which ``Period.holds`` answers yes or unknown.

    An end without bounds is either open or on a day not known; neither is over for certain.
    """
    begun = Q(**{f"{began}_min__isnull": True}) | Q(**{f"{began}_min__lte": day})
    lasting = Q(**{f"{ended}_max__isnull": True}) | Q(**{f"{ended}_max__gte": day})
    return begun & lasting


def unknown_holding(day: date, began: str = "began_on", ended: str = "ended_on") -> Q:
    """Rows for which ``Period.holds`` answers that it is not known whether the period holds the day."""
    return possibly_holding(day, began, ended) & ~holding(day, began, ended)
