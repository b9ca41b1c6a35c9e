"""Questions about instruments, wordings and acts."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import F, Q

from cstokb.dates.period import holding, possibly_holding
from cstokb.records.models.base import RecordQuerySet
from members.querysets import PeriodQuerySet


class InstrumentQuerySet(RecordQuerySet):
    """Legal acts as works."""

    def own(self) -> Self:
        """Instruments of the Treaty and the Organization; those of other bodies left out."""
        return self.filter(external=False)

    def in_force(self, on: date) -> Self:
        """Instruments certainly in force on the day."""
        return self.filter(self._known_start(), holding(on, began="in_force_on", ended="ended_on"))

    def possibly_in_force(self, on: date) -> Self:
        """Instruments that may be in force on the day, given how well the dates are known.

        One without a day of entry into force is possibly in force from its signature on.
        """
        signed = Q(signed_on_min__isnull=True) | Q(signed_on_min__lte=on) | Q(in_force_on__isnull=False)
        return self.filter(signed, possibly_holding(on, began="in_force_on", ended="ended_on"))

    def entered(self, on: date) -> Self:
        """Instruments that certainly had entered into force by the day, whether they ended since or not."""
        return self.filter(in_force_on_max__lte=on)

    def possibly_entered(self, on: date) -> Self:
        """Instruments that may have entered into force by the day; one without that day, from its signature on."""
        dated = Q(in_force_on_min__lte=on)
        signed = Q(signed_on_min__isnull=True) | Q(signed_on_min__lte=on)
        unknown = Q(in_force_on_min__isnull=True) & (signed | Q(in_force_on__isnull=False))
        return self.filter(dated | unknown)

    def newest_first(self) -> Self:
        """By day of signature, newest first; undated ones last."""
        return self.order_by(F("signed_on_min").desc(nulls_last=True), "entry_id")

    @staticmethod
    def _known_start() -> Q:
        return Q(in_force_on_max__isnull=False)


class NumberQuerySet(PeriodQuerySet):
    """Numbers of provisions over time."""


class ProvisionTextQuerySet(PeriodQuerySet):
    """Wordings of provisions."""


class AmendmentQuerySet(RecordQuerySet):
    """Amendments. ``makers`` are the live or past rows of the instruments, for the days that follow theirs."""

    def on(self, day: date, makers: InstrumentQuerySet) -> Self:
        """Amendments that certainly hold on the day."""
        follows = Q(began_on__isnull=True, made_by_id__in=makers.entered(day).values("entry_id"))
        lasting = Q(ended_on__isnull=True) | Q(ended_on_min__gte=day)
        return self.filter((Q(began_on__isnull=False) & holding(day)) | (follows & lasting))

    def possibly_on(self, day: date, makers: InstrumentQuerySet) -> Self:
        """Amendments that may hold on the day, given how well the days are known."""
        follows = Q(began_on__isnull=True, made_by_id__in=makers.possibly_entered(day).values("entry_id"))
        return self.filter(possibly_holding(day), Q(began_on__isnull=False) | follows)

    def in_order(self) -> Self:
        """Oldest first by their own day; those that follow an entry into force last, by their identity."""
        return self.order_by(F("began_on_min").asc(nulls_last=True), "entry_id")


class ActionQuerySet(RecordQuerySet):
    """Acts of states."""

    def on(self, day: date) -> Self:
        """Acts done on the day, certainly."""
        return self.filter(done_on_min=day, done_on_max=day)

    def possibly_on(self, day: date) -> Self:
        """Acts that may have been done on the day."""
        return self.filter(done_on_min__lte=day, done_on_max__gte=day)

    def in_order(self) -> Self:
        """Oldest first; an act without a day of its own by its day of effect; undated ones last."""
        return self.order_by(
            F("done_on_min").asc(nulls_last=True), F("effective_on_min").asc(nulls_last=True), "entry_id"
        )
