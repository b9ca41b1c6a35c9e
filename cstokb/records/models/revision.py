"""Revision: a change that waits. A published row is never edited in place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cstokb.records.choices import RevisionState
from cstokb.records.models.entry import Entry


class Revision(models.Model):
    """A proposed change of a record: the values asked for, who asks, and what became of it.

    ``payload`` holds the proposed values by field name. ``base_version`` is the row version that the author saw;
    a row that has moved on since makes a conflict, never a silent overwrite. No surface reads this table but the
    curators' own.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions")
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
    )
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("proposed at"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)

    class Meta:
        verbose_name = _("pending change")
        verbose_name_plural = _("pending changes")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "created_at"], name="revision_queue")]

    def __str__(self) -> str:
        return f"{self.entry} · {self.get_state_display()}"
