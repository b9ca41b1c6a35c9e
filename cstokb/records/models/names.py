"""NameForm: every spelling under which a record is found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check, period_check
from cstokb.records.choices import Language, NameKind
from cstokb.records.models.base import Kept
from cstokb.records.models.entry import Entry


class NameForm(Kept):
    """One spelling of a record's name. ``folded`` and ``key`` are made by the writer for look-ups.

    ``folded`` is the text without case, diacritics and marks; ``key`` is the same for spellings that differ only
    by the way they were romanised. A period says when an official or former name was in use; empty is always.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="names", verbose_name=_("record"))
    text = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=16, choices=NameKind.choices, default=NameKind.ALIAS)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices, blank=True)
    script = models.CharField(_("script"), max_length=8, blank=True, help_text=_("ISO 15924, such as Cyrl."))
    began_on = EdtfField(_("in use from"), null=True, blank=True)
    began_on_min = BoundField("began_on")
    began_on_max = BoundField("began_on")
    ended_on = EdtfField(_("in use to"), null=True, blank=True)
    ended_on_min = BoundField("ended_on")
    ended_on_max = BoundField("ended_on")
    folded = models.CharField(max_length=300, db_index=True, editable=False)
    key = models.CharField(max_length=300, db_index=True, editable=False)
    own = models.BooleanField(
        default=False, editable=False, help_text=_("Spelled by a field of the record itself.")
    )

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["entry_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "text", "kind", "language"], name="name_said_once"),
            bounds_check("began_on", "nameform"),
            bounds_check("ended_on", "nameform"),
            period_check("began_on", "ended_on", "nameform"),
        ]

    def __str__(self) -> str:
        return self.text
