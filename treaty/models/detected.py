"""DetectedReference: what the texts themselves refer to. Derived by the grammar of references, like the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from treaty.models.instruments import Instrument
from treaty.models.provisions import Provision, ProvisionText


class DetectedReference(models.Model):
    """A stretch of a public wording that refers to a provision or an instrument; no record, made anew at any time.

    A stretch with several possible meanings has a row for each, all ``ambiguous``. ``target_instrument`` is always
    set; ``target_provision`` is NULL where the instrument as a whole is meant. ``held`` is false where a provision
    is meant that the knowledge base does not hold: the row then waits for that provision and shows nowhere.
    """

    wording = models.ForeignKey(ProvisionText, on_delete=models.CASCADE, related_name="+")
    provision = models.ForeignKey(
        Provision, on_delete=models.CASCADE, related_name="+", help_text=_("Whose wording it is.")
    )
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    words = models.TextField(_("words"))
    target_provision = models.ForeignKey(Provision, on_delete=models.CASCADE, null=True, related_name="+")
    target_instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    ambiguous = models.BooleanField(_("ambiguous"), default=False)
    held = models.BooleanField(_("held"), default=True)

    class Meta:
        verbose_name = _("reference found in a wording")
        verbose_name_plural = _("references found in wordings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="detected_span_in_order"
            ),
            models.UniqueConstraint(
                fields=["wording", "start", "target_provision"],
                condition=models.Q(target_provision__isnull=False),
                name="detected_provision_once",
            ),
            models.UniqueConstraint(
                fields=["wording", "start", "target_instrument"],
                condition=models.Q(target_provision__isnull=True),
                name="detected_instrument_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording_id} {self.start}-{self.end}"
