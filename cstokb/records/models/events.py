"""ChangeEvent: what happened to which record, when, and the chain that names a state of the public whole."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.choices import ChangeKind
from cstokb.records.models.entry import Entry


class ChangeEvent(models.Model):
    """One change of one record. Public events form a hash chain; the last hash is the public revision.

    Draft work leaves events too, with ``public`` false and no hash, so it changes nothing that a reader can see.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="events", verbose_name=_("record")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ChangeKind.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=list)
    public = models.BooleanField(_("public"), default=False)
    chain = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["id"]
        indexes = [models.Index(fields=["public", "id"], name="event_public")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.entry}"


class Head(models.Model):
    """The one row that every writer locks: the last link of the chain, which names the public revision."""

    chain = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("public revision")
        verbose_name_plural = _("public revision")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head")]

    def __str__(self) -> str:
        return self.chain

    @classmethod
    def locked(cls) -> Head:
        """The row, locked until the transaction ends, so that writers follow one another."""
        locking = cls.objects.select_for_update()
        try:
            return locking.get(pk=1)
        except cls.DoesNotExist:  # before the first writer
            cls.objects.get_or_create(pk=1)
            return locking.get(pk=1)
