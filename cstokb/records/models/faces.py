"""EntryFace: what a record was called, where it stood and when it had changed, from when to when that was so."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstokb.records.choices import Visibility
from cstokb.records.models.base import Span
from cstokb.records.models.entry import Entry


class FaceQuerySet(models.QuerySet["EntryFace"]):
    """Questions about how records presented themselves."""

    def at(self, moment: datetime) -> FaceQuerySet:
        """The faces that readers saw at a moment; those of records withheld since are left out."""
        held = Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
        shown = self.filter(held, valid_from__lte=moment, public=True)
        return shown.exclude(entry__visibility=Visibility.WITHHELD)


class EntryFace(Span):
    """The columns of an Entry that readers see, kept as they were.

    A row's own history does not hold them: a label follows from other records too, and the moment of the last change
    also from evidence, names and topics. ``said_at`` is that moment (``Entry.changed_at``).
    """

    #: Columns of the Entry, and where a face holds them.
    SAID = {
        "label_en": "label_en",
        "label_ru": "label_ru",
        "sort_en": "sort_en",
        "sort_ru": "sort_ru",
        "path": "path",
        "changed_at": "said_at",
    }

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="faces")
    label_en = models.CharField(max_length=500)
    label_ru = models.CharField(max_length=500, blank=True)
    sort_en = models.CharField(max_length=500)
    sort_ru = models.CharField(max_length=500)
    path = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()

    objects = FaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier name of a record")
        verbose_name_plural = _("earlier names of records")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(valid_to__isnull=True), name="face_one_open_span"
            )
        ]
        indexes = [models.Index(fields=["entry", "valid_from"], name="face_span")]

    def __str__(self) -> str:
        return self.label_en

    @classmethod
    def of(cls, entry: Entry, moment: datetime) -> EntryFace:
        """The face of an entry as it is now, from a moment on."""
        said = {own: getattr(entry, name) for name, own in cls.SAID.items()}
        return cls(entry=entry, **said, public=entry.is_public, valid_from=moment)

    def fits(self, entry: Entry) -> bool:
        """Whether the entry still looks so."""
        same = all(getattr(self, own) == getattr(entry, name) for name, own in self.SAID.items())
        return same and self.public == entry.is_public
