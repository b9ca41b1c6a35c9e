"""LinkCheck: whether the address of a source answered when it was last asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.choices import LinkState
from cstokb.records.models.entry import Entry


class LinkCheck(models.Model):
    """What the last check found. It holds for the address that was asked: another one has not been checked yet.

    No record and without a history: it can be made again at any time. ``failing_since`` is the moment of the first of
    the checks in a row that found the address gone or silent.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="link_check")
    url = models.CharField(_("address that was asked"), max_length=1000)
    state = models.CharField(_("what was found"), max_length=16, choices=LinkState.choices)
    checked_at = models.DateTimeField(_("asked at"))
    status = models.PositiveSmallIntegerField(
        _("status of the answer"), null=True, help_text=_("Empty: no answer came.")
    )
    moved_to = models.CharField(_("new address"), max_length=2000, blank=True)
    said = models.CharField(_("in words"), max_length=300, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, help_text=_("Empty: it answers."))
    copy_url = models.CharField(_("copy found in an archive"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        indexes = [models.Index(fields=["state", "checked_at"], name="link_by_state")]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_state_display()}"

    @property
    def has_rotted(self) -> bool:
        """Whether the address led nowhere."""
        return self.state in ROTTED


#: What was found where an address led nowhere.
ROTTED = (LinkState.GONE, LinkState.ERROR)
