"""Activity and the states in it: operations and exercises of forces in the field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from members.models import State
from members.querysets import PeriodQuerySet
from summits.choices import ActivityKind, ActivityRole, ActivityStatus

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Activity(Record):
    """An operation or an exercise. ``strength`` with its qualifier is the figure as a source gives it."""

    kind = "activity"
    searchable = True

    name_en = models.CharField(_("name"), max_length=200)
    name_ru = models.CharField(_("name (Russian)"), max_length=200, blank=True)
    type = models.CharField(_("kind"), max_length=16, choices=ActivityKind.choices)
    nature_en = models.CharField(_("nature"), max_length=200, blank=True)
    nature_ru = models.CharField(_("nature (Russian)"), max_length=200, blank=True)
    series_en = models.CharField(_("series"), max_length=120, blank=True)
    series_ru = models.CharField(_("series (Russian)"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=ActivityStatus.choices, default=ActivityStatus.HELD
    )
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it goes on."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    place_en = models.CharField(_("place"), max_length=200, blank=True)
    place_ru = models.CharField(_("place (Russian)"), max_length=200, blank=True)
    strength = models.PositiveIntegerField(_("strength"), null=True, blank=True)
    strength_qualifier = models.CharField(
        _("qualifier"), max_length=20, blank=True, help_text=_("over, about, up to")
    )
    strength_en = models.CharField(_("strength in words"), max_length=300, blank=True)
    strength_ru = models.CharField(_("strength in words (Russian)"), max_length=300, blank=True)
    mandate_en = models.TextField(_("mandate"), blank=True)
    mandate_ru = models.TextField(_("mandate (Russian)"), blank=True)
    description_en = models.TextField(_("description (ours)"), blank=True)
    description_ru = models.TextField(_("description (ours, Russian)"), blank=True)

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            bounds_check("began_on", "activity"),
            bounds_check("ended_on", "activity"),
            period_check("began_on", "ended_on", "activity"),
        ]

    def label(self, language: str) -> str:
        return (self.name_ru if language == "ru" else "") or self.name_en

    def address(self) -> str:
        return f"/activities/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from summits.indexing import activity_documents

        return activity_documents(ids)


class ActivityState(Record):
    """A state hosted an activity or took part in it."""

    kind = "activity-state"
    published_through = ("activity", "state")
    evidence_of = "activity"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="states", verbose_name=_("activity")
    )
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="activities", verbose_name=_("state")
    )
    role = models.CharField(_("role"), max_length=16, choices=ActivityRole.choices)
    contingent = models.PositiveIntegerField(_("contingent"), null=True, blank=True)
    contingent_qualifier = models.CharField(_("qualifier"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("state in an activity")
        verbose_name_plural = _("states in activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "state", "role"], name="state_once_in_a_role")
        ]

    def label(self, language: str) -> str:
        return f"{self.state.label(language)}, {self.activity.label(language)}"

    def index_owners(self) -> Iterable[int]:
        return (self.activity_id,)
