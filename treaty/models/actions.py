"""TreatyAction and ActionProvision: one act of one state upon one instrument, and the provisions it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check
from cstokb.records.models import Record
from cstokb.records.models.rules import Rule
from members.models import State
from treaty.choices import ActionKind, EffectScope
from treaty.models.instruments import Instrument
from treaty.models.provisions import Provision
from treaty.querysets import ActionQuerySet


class TreatyAction(Record):
    """One act of one state on one day: signature, ratification, withdrawal and so on.

    ``done_on`` is the day of the act, ``effective_on`` the first day on which it works for the state; ``scope`` says
    whether that is the state's own date or the general one. An act that ends something works from the start of its
    effective day; a lapse of time is itself the last day (law 3).
    """

    kind = "treaty-action"
    published_through = ("instrument", "state")

    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="actions", verbose_name=_("instrument")
    )
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="actions", verbose_name=_("state")
    )
    type = models.CharField(_("act"), max_length=32, choices=ActionKind.choices)
    done_on = EdtfField(_("done on"), null=True, blank=True)
    done_on_min = BoundField("done_on")
    done_on_max = BoundField("done_on")
    effective_on = EdtfField(_("in effect from"), null=True, blank=True)
    effective_on_min = BoundField("effective_on")
    effective_on_max = BoundField("effective_on")
    scope = models.CharField(
        _("whose date"), max_length=8, choices=EffectScope.choices, default=EffectScope.OWN
    )
    basis_en = models.TextField(_("basis"), blank=True)
    basis_ru = models.TextField(_("basis (Russian)"), blank=True)
    place_en = models.CharField(_("place"), max_length=120, blank=True)
    place_ru = models.CharField(_("place (Russian)"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    objects_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="objections",
        verbose_name=_("objects to"),
        help_text=_("Only for an objection: the act of another state to which it objects."),
    )
    disputed = models.BooleanField(
        _("disputed"), default=False, help_text=_("Sources disagree whether the act bound the state.")
    )

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of a state")
        verbose_name_plural = _("acts of states")
        constraints = [
            bounds_check("done_on", "treatyaction"),
            bounds_check("effective_on", "treatyaction"),
            Rule(
                condition=models.Q(objects_to__isnull=True) | models.Q(type=ActionKind.OBJECTION),
                name="only_an_objection_objects",
                says=_("Only an objection names an act that it objects to."),
            ),
        ]
        indexes = [models.Index(fields=["instrument", "state"], name="action_by_pair")]

    def label(self, language: str) -> str:
        return f"{self.state.label(language)}: {self.get_type_display()}, {self.instrument.short(language)}"

    def index_owners(self) -> Iterable[int]:
        """A state is found by what it did, and an instrument as what has signatories and parties."""
        return (self.state_id, self.instrument_id)

    def clean(self) -> None:
        """Only an objection objects, and only to an act of another state upon the same instrument.

        Raises:
            ValidationError: when it is no objection, or what it objects to is not such an act.
        """
        if self.objects_to is None:
            return
        if self.type != ActionKind.OBJECTION:
            raise ValidationError({"objects_to": _("Only an objection objects to an act.")})
        if self.objects_to.instrument_id != self.instrument_id or self.objects_to.state_id == self.state_id:
            said = _("An objection is to an act of another state upon the same instrument.")
            raise ValidationError({"objects_to": said})


class ActionProvision(Record):
    """A provision that an act concerns: of a reservation, a declaration or an objection, mostly. It may be several."""

    kind = "action-provision"
    published_through = ("action", "provision")
    evidence_of = "action"

    action = models.ForeignKey(
        TreatyAction, on_delete=models.PROTECT, related_name="provisions", verbose_name=_("act")
    )
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="actions", verbose_name=_("provision")
    )

    class Meta:
        verbose_name = _("provision that an act concerns")
        verbose_name_plural = _("provisions that acts concern")
        constraints = [
            models.UniqueConstraint(fields=["action", "provision"], name="act_concerns_a_provision_once"),
        ]

    def label(self, language: str) -> str:
        return f"{self.action.label(language)}: {self.provision.name(language)}"

    def clean(self) -> None:
        """An act concerns provisions of the instrument upon which it was done.

        Raises:
            ValidationError: when the provision is of another.
        """
        if not (self.provision_id and self.action_id):
            return  # the field that is empty says so itself
        if self.provision.instrument_id != self.action.instrument_id:
            raise ValidationError({"provision": _("The provision is of another instrument than the act.")})
