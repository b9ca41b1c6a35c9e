"""DataLoad: which states of the starter data were loaded, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataLoad(models.Model):
    """One finished load of the starter data, by the digest of its files."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("load of the starter data")
        verbose_name_plural = _("loads of the starter data")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return self.digest[:12]
