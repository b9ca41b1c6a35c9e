"""Questions about periods: who stood, paused or held office on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import F

from cstokb.dates.period import Period, SharedDays, holding, possibly_holding
from cstokb.records.models.base import RecordQuerySet


class PeriodQuerySet(RecordQuerySet):
    """Rows that have a first and a last day, both included; an empty last day is an open end."""

    def on(self, day: date) -> Self:
        """Rows whose period certainly holds the day."""
        return self.filter(holding(day))

    def possibly_on(self, day: date) -> Self:
        """Rows whose period may hold the day, given how well its ends are known."""
        return self.filter(possibly_holding(day))

    def current(self, day: date) -> Self:
        """Rows that hold today: the same question, asked for the day that the caller calls today."""
        return self.on(day)

    def clash_of(self, row: Any, shared_days: SharedDays = 0) -> Any | None:
        """The first other row whose period certainly shares more days with this row's than allowed.

        Rows whose first day is not known clash with nothing. Asked of the few rows of one parent, under its lock.
        """
        period = Period(row.began_on, row.ended_on)
        others = self.exclude(pk=row.pk).filter(began_on_min__isnull=False)
        if row.began_on is None:
            return None
        clashes = (
            other
            for other in others.in_order()
            if period.certainly_overlaps(Period(other.began_on, other.ended_on), shared_days)
        )
        return next(clashes, None)

    def in_order(self) -> Self:
        """Oldest first; rows whose first day is not known come last."""
        return self.order_by(F("began_on_min").asc(nulls_last=True), "entry_id")
