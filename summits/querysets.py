"""Questions about sessions and attendance."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F, Q

from cstokb.records.models.base import RecordQuerySet
from summits.choices import SessionKind, SessionStatus


class SessionQuerySet(RecordQuerySet):
    """Meetings of organs."""

    def counted(self) -> Self:
        """Meetings that took place; planned, cancelled and decisions by consultation are listed, never counted."""
        return self.filter(status=SessionStatus.HELD).exclude(type=SessionKind.CONSULTATION)

    def on(self, day: date) -> Self:
        """Sessions that certainly sat on the day."""
        last = Q(ended_on__isnull=True, began_on_min__gte=day) | Q(ended_on_min__gte=day)
        return self.filter(last, began_on_max__lte=day)

    def possibly_on(self, day: date) -> Self:
        """Sessions that may have sat on the day."""
        last = Q(ended_on__isnull=True, began_on_max__gte=day) | Q(ended_on_max__gte=day)
        return self.filter(last, began_on_min__lte=day)

    def newest_first(self) -> Self:
        """By first day, newest first."""
        return self.order_by(F("began_on_min").desc(nulls_last=True), "-entry_id")


class AttendanceQuerySet(RecordQuerySet):
    """Who sat."""


class InvocationQuerySet(RecordQuerySet):
    """Requests under a provision."""

    def counted(self) -> Self:
        """Requests; rows kept as context are shown, never counted."""
        return self.filter(context=False)

    def newest_first(self) -> Self:
        """By day of the request, newest first; undated ones last."""
        return self.order_by(F("requested_on_min").desc(nulls_last=True), "-entry_id")


class MilestoneQuerySet(RecordQuerySet):
    """Dated facts of the Organization."""

    def in_order(self) -> Self:
        """Oldest first; undated ones last."""
        return self.order_by(F("happened_on_min").asc(nulls_last=True), "entry_id")
