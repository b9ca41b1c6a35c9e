"""Source and Evidence: where a fact is written, and what exactly it backs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.dates import BoundField, EdtfField
from cstokb.dates.fields import bounds_check
from cstokb.records.choices import Language, Rank, SourceType, Stance
from cstokb.records.models.base import Kept, Record
from cstokb.records.models.entry import Entry


class Source(Record):
    """A page, book or file in which facts are written. Its public id is a short hash of its address or file."""

    kind = "source"
    needs_evidence = False

    title = models.CharField(_("title"), max_length=500)
    other_titles = models.TextField(_("other titles"), blank=True, help_text=_("One a line."))
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    archived_url = models.URLField(
        _("archived copy"),
        max_length=1000,
        blank=True,
        help_text=_("Where an archive holds a copy, for the day on which the address no longer answers."),
    )
    type = models.CharField(_("type"), max_length=16, choices=SourceType.choices, default=SourceType.OTHER)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices, blank=True)
    published_on = EdtfField(_("published on"), null=True, blank=True)
    published_on_min = BoundField("published_on")
    published_on_max = BoundField("published_on")
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True, help_text=_("Empty: not known."))
    file_name = models.CharField(_("file"), max_length=300, blank=True)
    checksum = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            bounds_check("published_on", "source"),
            models.UniqueConstraint(
                fields=["url"], condition=~models.Q(url=""), name="source_address_unique"
            ),
        ]

    def label(self, language: str) -> str:
        return self.title

    def address(self) -> str:
        return f"/sources/{self.public_id}/"


class Evidence(Kept):
    """What one source says of one record, or of one field of it.

    ``field`` empty means the record as a whole; ``value`` is the reading that the source gives where it differs.
    """

    uid = models.CharField(_("id"), max_length=16, unique=True, editable=False)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("record")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("source")
    )
    field = models.CharField(_("field"), max_length=64, blank=True)
    value = models.CharField(_("reading"), max_length=500, blank=True)
    locator = models.CharField(_("place in the source"), max_length=200, blank=True)
    quotation = models.TextField(_("short quotation"), blank=True)
    stance = models.CharField(_("stance"), max_length=16, choices=Stance.choices, default=Stance.SUPPORTS)
    rank = models.CharField(_("rank"), max_length=16, choices=Rank.choices, default=Rank.NORMAL)
    note_en = models.TextField(_("note"), blank=True)
    note_ru = models.TextField(_("note (Russian)"), blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["entry_id", "field", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "source", "field", "value", "stance", "locator"],
                name="evidence_said_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_stance_display()}"
