"""Provision and its numbers, wordings and references: the addressable parts of an instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.choices import Language
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from treaty.choices import ProvisionKind, TextStanding
from treaty.models.instruments import Instrument
from treaty.numbering import ProvisionName
from treaty.querysets import NumberQuerySet, ProvisionTextQuerySet

if TYPE_CHECKING:
    from cstokb.fulltext.documents import Document


class Provision(Record):
    """An addressable part of an instrument. Its id (``cst/art-4``) never changes, whatever its number becomes.

    ``number`` is the number it bears now in canonical form (``4``, ``4bis``, ``7A``, ``IV``); numbers of other days
    are rows of ProvisionNumber. ``order`` is its place in the instrument.
    """

    kind = "provision"
    published_through = ("instrument",)
    searchable = True

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="provisions", verbose_name=_("instrument")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    type = models.CharField(_("kind"), max_length=16, choices=ProvisionKind.choices)
    number = models.CharField(_("number"), max_length=20, blank=True)
    eid = models.CharField(_("eId"), max_length=60)
    order = models.PositiveIntegerField(_("order"))
    heading_en = models.CharField(_("heading"), max_length=300, blank=True)
    heading_ru = models.CharField(_("heading (Russian)"), max_length=300, blank=True)
    heading_is_ours = models.BooleanField(_("heading is our wording"), default=True)

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "eid"], name="provision_eid_unique"),
            models.UniqueConstraint(fields=["instrument", "order"], name="provision_order_unique"),
        ]

    def name(self, language: str) -> str:
        """Its kind and number as a reader says it: "Article 4", «Статья 4»."""
        return ProvisionName(self.type, self.number).text(language)

    def label(self, language: str) -> str:
        return f"{self.name(language)}, {self.instrument.short(language)}"

    def sort_label(self, language: str) -> str:
        return f"{self.instrument.short(language)} {self.order:05d}"

    def address(self) -> str:
        return "" if self.instrument.external else f"/treaties/{self.public_id}/"

    @classmethod
    def documents(cls, ids: Sequence[int]) -> Iterable[Document]:
        from treaty.indexing import provision_documents

        return provision_documents(ids)


class ProvisionNumber(Record):
    """The number a provision bore between two days, for provisions that were renumbered."""

    kind = "provision-number"
    published_through = ("provision",)
    evidence_of = "provision"

    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="numbers", verbose_name=_("provision")
    )
    number = models.CharField(_("number"), max_length=20)
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True)
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")

    objects: ClassVar[Any] = NumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a provision")
        verbose_name_plural = _("numbers of provisions")
        constraints = [
            bounds_check("began_on", "provisionnumber"),
            bounds_check("ended_on", "provisionnumber"),
            period_check("began_on", "ended_on", "provisionnumber"),
        ]

    def label(self, language: str) -> str:
        return ProvisionName(self.provision.type, self.number).text(language)


class ProvisionText(Record):
    """One wording of a provision in one language between two days, both included.

    ``made_by`` is the instrument that brought this wording, empty for the original. Wordings of one provision in one
    language and standing never share a day: on the day of entry into force the new wording is the wording.
    """

    kind = "provision-text"
    published_through = ("provision",)

    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="texts", verbose_name=_("provision")
    )
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    standing = models.CharField(_("standing"), max_length=24, choices=TextStanding.choices)
    began_on = EdtfField(_("first day"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it is the wording."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    made_by = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wordings_made",
        verbose_name=_("made by"),
    )
    text = models.TextField(_("text"))
    change_en = models.TextField(_("what changed (ours)"), blank=True)
    change_ru = models.TextField(_("what changed (ours, Russian)"), blank=True)

    objects: ClassVar[Any] = ProvisionTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        constraints = [
            bounds_check("began_on", "provisiontext"),
            bounds_check("ended_on", "provisiontext"),
            period_check("began_on", "ended_on", "provisiontext"),
            Rule(condition=~models.Q(text=""), name="wording_has_words", says=_("A wording needs its text.")),
        ]

    def label(self, language: str) -> str:
        return self.provision.label(language)

    def index_owners(self) -> Iterable[int]:
        """Its provision, and the instrument, which is found by whether its words are at hand."""
        return (self.provision_id, self.provision.instrument_id)

    def clean(self) -> None:
        """Wordings of one provision, language and standing never share a day.

        Raises:
            ValidationError: naming the wording that overlaps.
        """
        twins = ProvisionText.objects.filter(
            provision_id=self.provision_id, language=self.language, standing=self.standing
        )
        clash = twins.clash_of(self)
        if clash:
            raise ValidationError(_("The wording overlaps %(other)s."), params={"other": clash.public_id})


class ProvisionReference(Record):
    """A provision refers to another provision, or to an instrument as a whole."""

    kind = "provision-reference"
    published_through = ("provision",)
    evidence_of = "provision"

    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="references", verbose_name=_("provision")
    )
    target_provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referred_to_by",
        verbose_name=_("provision referred to"),
    )
    target_instrument = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referred_to_by",
        verbose_name=_("instrument referred to"),
    )
    why_en = models.CharField(_("why"), max_length=300, blank=True)
    why_ru = models.CharField(_("why (Russian)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("reference between provisions")
        verbose_name_plural = _("references between provisions")
        constraints = [
            Rule(
                condition=models.Q(target_provision__isnull=True) ^ models.Q(target_instrument__isnull=True),
                name="reference_to_one_thing",
                says=_("A reference leads to a provision or to an instrument: fill in exactly one."),
            )
        ]

    def label(self, language: str) -> str:
        target = self.target_provision or self.target_instrument
        return target.label(language) if target else ""
