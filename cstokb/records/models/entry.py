"""Entry: the identity and the publication of a record, one concrete table for all kinds."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstokb.records.choices import Publication, Visibility


class OfEach(Exact):
    """Equality that is looked up of each row that another condition has found, never by an index.

    SQLite, which has no figures of its tables, takes what nearly all rows share for the narrowest way in, and walks
    through the whole index for a question about a single record. PostgreSQL keeps figures.
    """

    lookup_name = "of_each"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        """As for any equality."""
        return f"= {rhs}"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """With the sign by which SQLite knows that no index is meant."""
        sql, params = self.as_sql(compiler, connection)
        return f"+{sql}", params


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about records of any kind."""

    def public(self) -> EntryQuerySet:
        """Records that anyone may see now."""
        return self.filter(visibility__of_each=Visibility.PUBLIC)

    def of_kind(self, *kinds: str) -> EntryQuerySet:
        """Records of the given kinds."""
        return self.filter(kind__in=kinds)


class Entry(models.Model):
    """What every record has: kind, public id, publication, labels to show where it is named, and its row version.

    ``slug`` is the public id. ``visibility`` follows from ``publication`` and that of the parents a record hangs on;
    only the writer sets it, and the consistency check compares it with the rule. ``path`` is the English public
    address, empty for records that have no page of their own.
    """

    kind = models.CharField(_("kind"), max_length=32)
    slug = models.CharField(_("id"), max_length=240)
    publication = models.CharField(
        _("publication"), max_length=16, choices=Publication.choices, default=Publication.DRAFT
    )
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility.choices, default=Visibility.HIDDEN, editable=False
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why this is a draft, or why it was withdrawn.")
    )
    label_en = models.CharField(max_length=500, editable=False)
    label_ru = models.CharField(max_length=500, blank=True, editable=False)
    sort_en = models.CharField(max_length=500, editable=False)
    sort_ru = models.CharField(max_length=500, editable=False)
    path = models.CharField(max_length=300, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entry_id_unique_per_kind"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="entry_has_an_id"),
            models.CheckConstraint(
                condition=models.Q(publication__in=Publication.values), name="entry_publication_known"
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="entry_visibility_known"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "visibility", "sort_en"], name="entry_by_name_en"),
            models.Index(fields=["kind", "visibility", "sort_ru"], name="entry_by_name_ru"),
            models.Index(fields=["visibility", "changed_at"], name="entry_by_change"),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "en") or self.slug

    def label(self, language: str) -> str:
        """The record's label in a language; English where the other is not known."""
        return (self.label_ru if language == "ru" else self.label_en) or self.label_en

    @property
    def is_public(self) -> bool:
        """Whether anyone may see the record now."""
        return self.visibility == Visibility.PUBLIC


Entry._meta.get_field("visibility").register_lookup(OfEach)
