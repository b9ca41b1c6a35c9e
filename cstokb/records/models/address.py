"""Address: every path under which a record was ever published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models.entry import Entry


class Address(models.Model):
    """A path that names a record for ever. The current one is shown; an older one redirects to it."""

    path = models.CharField(_("path"), max_length=300, unique=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="addresses", verbose_name=_("record")
    )
    began_at = models.DateTimeField(_("since"))
    current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(current=True), name="one_current_address"
            )
        ]

    def __str__(self) -> str:
        return self.path
