"""Merge: two records turned out to be one, and what undoing that would bring back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models.entry import Entry


class Merge(models.Model):
    """One record was merged into another, which stays. ``undone_at`` NULL: the merge holds.

    ``before`` holds, by row id, what the merge changed as it was; ``after`` the versions of those records right after
    it. A record that stands at another version has moved on, and the merge can no longer be undone.
    """

    loser = models.ForeignKey(
        Entry, models.PROTECT, related_name="merges_away", verbose_name=_("merged record")
    )
    winner = models.ForeignKey(
        Entry, models.PROTECT, related_name="merges_in", verbose_name=_("record that stays")
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.TextField(_("reason"))
    before = models.JSONField(_("as it was before"), default=dict)
    after = models.JSONField(_("versions right after"), default=dict)
    undone_at = models.DateTimeField(_("undone at"), null=True, help_text=_("NULL: it holds."))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=models.Q(undone_at__isnull=True), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(loser=models.F("winner")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.loser} → {self.winner}"
