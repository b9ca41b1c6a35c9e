"""Amendment: what one instrument changed in another, provision by provision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from treaty.choices import AmendmentEffect
from treaty.models.instruments import Instrument
from treaty.models.provisions import Provision, ProvisionText
from treaty.querysets import AmendmentQuerySet


class Amendment(Record):
    """What an amending instrument does to one provision of another, or to the other as a whole.

    It holds from ``began_on``, and without that day from the entry into force of ``made_by``; after the amending
    instrument has ended it goes on holding until ``ended_on``. It is known before its text is: ``wording`` stays
    empty until a wording consolidated with it is held.
    """

    kind = "amendment"
    published_through = ("made_by", "instrument", "provision")

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="amendments", verbose_name=_("amended instrument")
    )
    provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("amended provision"),
        help_text=_("Empty: which provision it changes is not recorded."),
    )
    made_by = models.ForeignKey(
        Instrument,
        on_delete=models.PROTECT,
        related_name="amendments_made",
        verbose_name=_("amending instrument"),
    )
    made_by_provision = models.ForeignKey(
        Provision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments_made",
        verbose_name=_("amending provision"),
    )
    effect = models.CharField(_("effect"), max_length=16, choices=AmendmentEffect.choices)
    began_on = EdtfField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Empty: it follows the entry into force of the amending instrument."),
    )
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("last day"), null=True, blank=True, help_text=_("Empty: it has not ended."))
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    wording = models.ForeignKey(
        ProvisionText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("wording it made"),
        help_text=_("Empty: not yet consolidated."),
    )
    description_en = models.TextField(_("what changed (ours)"), blank=True)
    description_ru = models.TextField(_("what changed (ours, Russian)"), blank=True)

    objects: ClassVar[Any] = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            bounds_check("began_on", "amendment"),
            bounds_check("ended_on", "amendment"),
            period_check("began_on", "ended_on", "amendment"),
            Rule(
                condition=~models.Q(made_by=models.F("instrument")),
                name="amendment_between_two_instruments",
                says=_("An instrument cannot amend itself."),
            ),
        ]

    def label(self, language: str) -> str:
        subject = self.provision or self.instrument
        return f"{subject.label(language)}: {self.made_by.short(language)}"

    def sort_label(self, language: str) -> str:
        place = self.provision.order if self.provision else 0
        return f"{self.instrument.short(language)} {place:05d} {self.made_by.short(language)}"

    def clean(self) -> None:
        """Its provisions and its wording belong to the instruments and the provision that it names.

        Raises:
            ValidationError: naming the field that belongs to something else.
        """
        if self.provision and self.provision.instrument_id != self.instrument_id:
            raise ValidationError({"provision": _("The provision is no part of the amended instrument.")})
        if self.made_by_provision and self.made_by_provision.instrument_id != self.made_by_id:
            raise ValidationError(
                {"made_by_provision": _("The provision is no part of the amending instrument.")}
            )
        if self.wording and (self.wording.provision_id, self.wording.made_by_id) != (
            self.provision_id,
            self.made_by_id,
        ):
            raise ValidationError(
                {"wording": _("The wording is of another provision, or another instrument made it.")}
            )
