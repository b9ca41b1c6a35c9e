"""Chairmanship: which state held the rotating chair of the Council, and for which days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from members.models import Person, State
from members.querysets import PeriodQuerySet
from summits.choices import ChairBasis


class Chairmanship(Record):
    """A state held the chair. Two holders may share the day of hand-over, and that day names both."""

    kind = "chairmanship"
    published_through = ("state",)

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="chairmanships")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="chairmanships"
    )
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it holds the chair."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    basis = models.CharField(
        _("basis"), max_length=16, choices=ChairBasis.choices, default=ChairBasis.REPORTED
    )

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("chairmanship")
        verbose_name_plural = _("chairmanships")
        constraints = [
            bounds_check("began_on", "chairmanship"),
            bounds_check("ended_on", "chairmanship"),
            period_check("began_on", "ended_on", "chairmanship"),
        ]

    def label(self, language: str) -> str:
        return self.state.label(language)
