"""Milestone: a dated fact of the Organization itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check
from cstokb.fulltext.documents import Document
from cstokb.records.models import Record
from members.models import Organ, State
from summits.models.sessions import Session
from summits.querysets import MilestoneQuerySet
from treaty.models import Instrument


class Milestone(Record):
    """A dated fact of the Organization: UN observer status, a registration, an appointment, a state's step."""

    kind = "milestone"
    searchable = True

    text_en = models.TextField(_("what happened"))
    text_ru = models.TextField(_("what happened (Russian)"), blank=True)
    happened_on = EdtfField(_("on"), null=True, blank=True)
    happened_on_min = BoundField("happened_on")
    happened_on_max = BoundField("happened_on")
    place_en = models.CharField(_("place"), max_length=120, blank=True)
    place_ru = models.CharField(_("place (Russian)"), max_length=120, blank=True)
    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("state"),
    )
    organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("organ"),
    )
    instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("instrument"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("session"),
    )
    planned = models.BooleanField(_("was only planned"), default=False)

    objects: ClassVar[Any] = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [bounds_check("happened_on", "milestone")]

    def label(self, language: str) -> str:
        return ((self.text_ru if language == "ru" else "") or self.text_en)[:300]

    def address(self) -> str:
        return f"/milestones/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from summits.indexing import milestone_documents

        return milestone_documents(ids)
