"""Chairmanship: which state held the rotating chair of the Council, and for which days; exceptions to its rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Once
from members.models import Person, State
from members.querysets import PeriodQuerySet
from summits.choices import ChairBasis
from summits.models.sessions import Session


class Chairmanship(Record):
    """A state held the chair. Two holders may share the day of hand-over, and that day names both."""

    kind = "chairmanship"
    published_through = ("state",)

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="chairmanships", verbose_name=_("state")
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chairmanships",
        verbose_name=_("person"),
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

    def index_owners(self) -> Iterable[int]:
        """Whoever held the chair: one of them is the last, and found before the others."""
        others = Chairmanship.objects.filter(person_id__isnull=False).values_list("person_id", flat=True)
        return {*others, *((self.person_id,) if self.person_id else ())}


class ChairException(Record):
    """From a session on the chair is with another state than the Charter's rule gives it to, and a source says so.

    The rule lets the Council decide otherwise. It may choose the next state at a session elsewhere or by video, or
    leave the chair where it is. What follows is computed (``summits.chair``) and never stored.
    """

    kind = "chair-exception"
    published_through = ("session", "state")

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="chair_exceptions", verbose_name=_("session")
    )
    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        related_name="chair_exceptions",
        verbose_name=_("state that takes or keeps the chair"),
    )

    class Meta:
        verbose_name = _("exception to the rule of the chair")
        verbose_name_plural = _("exceptions to the rule of the chair")
        constraints = [
            Once(
                fields=["session"],
                name="chair_passes_once_at_a_session",
                says=_("This session has an exception already: change that one instead."),
            )
        ]

    def label(self, language: str) -> str:
        return f"{self.session.label(language)}: {self.state.label(language)}"
