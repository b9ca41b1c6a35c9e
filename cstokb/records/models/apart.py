"""Apart: somebody looked at two records that seem to be one, and said that they are two."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models.entry import Entry


class Apart(models.Model):
    """Two records that are alike and are not one. The one with the lesser row id stands first."""

    one = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("one"))
    other = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("the other"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("two that are not one")
        verbose_name_plural = _("two that are not one")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="said_apart_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
