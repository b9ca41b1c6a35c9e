"""DetectedCitation: what the words of passages cite. Derived by the grammar of references, like the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from statements.models.passages import Passage
from treaty.models import Instrument, Provision


class DetectedCitation(models.Model):
    """A stretch of a public passage that cites a provision or an instrument; no record, made anew at any time.

    A stretch with several possible meanings has a row for each, all ``ambiguous``; such rows lead nowhere and count
    nowhere. ``target_instrument`` is always set; ``target_provision`` is NULL where the instrument as a whole is
    meant. ``held`` is false where a provision is meant that is not held: the row then waits for that provision.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(_("from character"))
    end = models.PositiveIntegerField(_("to character"))
    words = models.TextField(_("words"))
    target_provision = models.ForeignKey(Provision, on_delete=models.CASCADE, null=True, related_name="+")
    target_instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    ambiguous = models.BooleanField(_("ambiguous"), default=False)
    held = models.BooleanField(_("held"), default=True)

    class Meta:
        verbose_name = _("citation found in a passage")
        verbose_name_plural = _("citations found in passages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="citation_span_in_order"
            ),
            models.UniqueConstraint(
                fields=["passage", "start", "target_provision"],
                condition=models.Q(target_provision__isnull=False),
                name="citation_of_provision_once",
            ),
            models.UniqueConstraint(
                fields=["passage", "start", "target_instrument"],
                condition=models.Q(target_provision__isnull=True),
                name="citation_of_instrument_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.start}-{self.end}"
