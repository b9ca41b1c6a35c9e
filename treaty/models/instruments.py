"""Instrument and InstrumentRelation: legal acts as works, and how one stands to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from treaty.choices import InstrumentKind, Verb
from treaty.querysets import InstrumentQuerySet

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document

#: Words that name a page of their own under ``/treaties/`` and so can be no instrument's id.
RESERVED_IDS = frozenset({"status", "compare", "parties", "attendance", "chairmanships"})


class Instrument(Record):
    """A treaty, charter, protocol or other legal act as a work.

    ``in_force_on`` is the day of general entry into force, ``ended_on`` the last day it was in force. ``external``
    marks an instrument of another body, which is linked to and never counted.
    """

    kind = "instrument"
    searchable = True

    type = models.CharField(_("kind"), max_length=16, choices=InstrumentKind.choices)
    title_en = models.CharField(_("title"), max_length=400)
    title_ru = models.CharField(_("title (Russian)"), max_length=400, blank=True)
    title_en_is_ours = models.BooleanField(_("title is our wording"), default=False)
    title_ru_is_ours = models.BooleanField(_("Russian title is our wording"), default=False)
    short_en = models.CharField(_("short title"), max_length=120, blank=True)
    short_ru = models.CharField(_("short title (Russian)"), max_length=120, blank=True)
    signed_on = EdtfField(_("signed or adopted on"), null=True, blank=True)
    signed_on_min = BoundField("signed_on")
    signed_on_max = BoundField("signed_on")
    place_en = models.CharField(_("place"), max_length=120, blank=True)
    place_ru = models.CharField(_("place (Russian)"), max_length=120, blank=True)
    in_force_on = EdtfField(_("in force from"), null=True, blank=True)
    in_force_on_min = BoundField("in_force_on")
    in_force_on_max = BoundField("in_force_on")
    in_force_basis_en = models.TextField(_("basis of the date"), blank=True)
    in_force_basis_ru = models.TextField(_("basis of the date (Russian)"), blank=True)
    ended_on = EdtfField(_("last day in force"), null=True, blank=True)
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    external = models.BooleanField(_("of another body"), default=False)
    unts_number = models.CharField(_("UNTS registration number"), max_length=20, blank=True)
    unts_volume = models.CharField(_("UNTS volume"), max_length=20, blank=True)
    registered_on = EdtfField(_("registered with the UN on"), null=True, blank=True)
    registered_on_min = BoundField("registered_on")
    registered_on_max = BoundField("registered_on")
    official_url = models.URLField(_("official text"), max_length=1000, blank=True)
    summary_en = models.TextField(_("summary (ours)"), blank=True)
    summary_ru = models.TextField(_("summary (ours, Russian)"), blank=True)

    objects: ClassVar[Any] = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [
            bounds_check("signed_on", "instrument"),
            bounds_check("in_force_on", "instrument"),
            bounds_check("ended_on", "instrument"),
            bounds_check("registered_on", "instrument"),
            period_check("in_force_on", "ended_on", "instrument"),
        ]

    def label(self, language: str) -> str:
        return (self.title_ru if language == "ru" else "") or self.title_en

    def short(self, language: str) -> str:
        """The short title where there is one, else the whole."""
        return (self.short_ru if language == "ru" else self.short_en) or self.label(language)

    def own_names(self) -> Iterable[tuple[str, str, str]]:
        return (
            (self.title_en, "official", "en"),
            (self.title_ru, "official", "ru"),
            (self.short_en, "short", "en"),
            (self.short_ru, "short", "ru"),
        )

    def address(self) -> str:
        return "" if self.external else f"/treaties/{self.public_id}/"

    def index_owners(self) -> Iterable[int]:
        """Itself, and the states that are found by what they did to it, under its titles."""
        return {self.pk, *self.actions.order_by().values_list("state_id", flat=True)}

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from treaty.indexing import instrument_documents

        return instrument_documents(ids)


class InstrumentRelation(Record):
    """One instrument stands to another as the verb says: ``source`` amends ``target``."""

    kind = "relation"
    published_through = ("source", "target")
    evidence_of = "source"

    source = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="relations", verbose_name=_("instrument")
    )
    verb = models.CharField(_("verb"), max_length=16, choices=Verb.choices)
    target = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        related_name="reverse_relations",
        verbose_name=_("other instrument"),
    )

    class Meta:
        verbose_name = _("relation between instruments")
        verbose_name_plural = _("relations between instruments")
        constraints = [
            models.UniqueConstraint(fields=["source", "verb", "target"], name="relation_said_once"),
            Rule(
                condition=~models.Q(source=models.F("target")),
                name="relation_between_two_instruments",
                says=_("An instrument cannot stand in a relation to itself."),
            ),
        ]

    def index_owners(self) -> Iterable[int]:
        """The instrument that amends another is found by that."""
        return (self.source_id,)

    def label(self, language: str) -> str:
        return f"{self.source.short(language)} {self.get_verb_display()} {self.target.short(language)}"

    def clean(self) -> None:
        """Of two instruments at most one amends, prolongs, supersedes or ends the other.

        Raises:
            ValidationError: when the reverse relation stands already.
        """
        mirror = InstrumentRelation.objects.filter(
            source_id=self.target_id, target_id=self.source_id, verb=self.verb
        )
        if mirror.exists():
            raise ValidationError(_("The relation already stands the other way round."))
