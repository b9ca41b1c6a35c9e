"""Revision: a change that waits. A published row is never edited in place."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cstokb.records.choices import OPEN, Publication, RevisionState, StepKind
from cstokb.records.models.entry import Entry


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Questions about proposals."""

    def open(self) -> RevisionQuerySet:
        """Those about which something is still to be done."""
        return self.filter(state__in=OPEN)

    def of_values(self) -> RevisionQuerySet:
        """Those that ask for other values of their record."""
        return self.filter(merged_into__isnull=True)

    def due(self, *, at: datetime) -> RevisionQuerySet:
        """Those approved for a moment that has come, the earliest first."""
        rows = self.filter(state=RevisionState.SCHEDULED, publish_at__lte=at)
        return rows.order_by("publish_at", "pk")


class Revision(models.Model):
    """A proposed change of a record: the values asked for, who asks, and what became of it.

    ``payload`` holds the proposed values by field name. ``base_version`` is the row version that the author saw;
    a row that has moved on since makes a conflict, never a silent overwrite. No surface reads this table but the
    curators' own.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("record")
    )
    merged_into = models.ForeignKey(
        Entry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("record that stays"),
        help_text=_("Empty: values of the record would change, and it would be merged into none."),
    )
    base_version = models.PositiveIntegerField(_("based on version"))
    payload = models.JSONField(_("proposed values"))
    state = models.CharField(
        pgettext_lazy("proposal", "state"),
        max_length=16,
        choices=RevisionState.choices,
        default=RevisionState.PENDING,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: proposed by the loader of the starter data."),
        verbose_name=_("author"),
    )
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("proposed at"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    publish_at = models.DateTimeField(
        _("publish at"), null=True, blank=True, help_text=_("Empty: at once when it is applied.")
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=RevisionState.SCHEDULED) | models.Q(publish_at__isnull=False),
                name="revision_scheduled_for_a_moment",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="revision_queue")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.get_state_display()}"

    @property
    def asks_for_publication(self) -> bool:
        """Whether the record would be published by it."""
        return bool(self.payload.get("publication") == Publication.PUBLISHED)

    @property
    def would_stay(self) -> Entry | None:
        """The record into which a merge is asked for, or what that was merged into since; None for other proposals."""
        asked = self.merged_into
        return asked.merged_into or asked if asked else None


class RevisionStep(models.Model):
    """One thing that happened to a proposal after it was made: who did it, when, and in which words."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="steps", verbose_name=_("pending change")
    )
    kind = models.CharField(_("what"), max_length=16, choices=StepKind.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the schedule."),
        verbose_name=_("by"),
    )
    words = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("step of a pending change")
        verbose_name_plural = _("steps of pending changes")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.revision} · {self.get_kind_display()}"
