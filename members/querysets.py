"""Questions about periods: who stood, paused or held office on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import F, Q

from cstokb.dates.period import holding, possibly_holding
from cstokb.records.models.base import RecordQuerySet

if TYPE_CHECKING:
    from cstokb.dates import HistoricDate


class PeriodQuerySet(RecordQuerySet):
    """Rows that have a first and a last day, both included; an empty last day is an open end."""

    def on(self, day: date) -> Self:
        """Rows whose period certainly holds the day."""
        return self.filter(holding(day))

    def possibly_on(self, day: date) -> Self:
        """Rows whose period may hold the day, given how well its ends are known."""
        return self.filter(possibly_holding(day))

    def uncertain_on(self, day: date) -> Self:
        """Rows of which it is not known whether they hold the day."""
        return self.possibly_on(day).exclude(holding(day))

    def current(self, day: date) -> Self:
        """Rows that hold today: the same question, asked for the day that the caller calls today."""
        return self.on(day)

    def overlapping(self, period: Any, shared_days: int = 0) -> Self:
        """Rows that certainly share more than ``shared_days`` days with another row's period."""
        began: HistoricDate | None = period.began_on
        ended: HistoricDate | None = period.ended_on
        if began is None or began.latest is None:
            return self.none()
        slack = timedelta(days=shared_days)
        rows = self.filter(began_on_max__isnull=False).filter(
            Q(ended_on__isnull=True) | Q(ended_on_min__gte=began.latest + slack)
        )
        if ended is None:
            return rows
        if ended.earliest is None:
            return self.none()
        return rows.filter(began_on_max__lte=ended.earliest - slack)

    def in_order(self) -> Self:
        """Oldest first; rows whose first day is not known come last."""
        return self.order_by(F("began_on_min").asc(nulls_last=True), "entry_id")


class MembershipQuerySet(PeriodQuerySet):
    """Periods of membership."""

    def in_the_organization(self) -> Self:
        """Periods in the Organization itself, not in one of its organs."""
        return self.filter(organ_id__isnull=True)


class PauseQuerySet(PeriodQuerySet):
    """Pauses in taking part."""


class TermQuerySet(PeriodQuerySet):
    """Terms of office."""
