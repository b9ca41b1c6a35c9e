"""Progress: how far long work is, told as it goes and read by whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Work of which nothing was heard for so long was cut off: its process is gone, and nothing of it was written.
SILENCE = timedelta(minutes=2)
_LONGEST = 500


class Progress(models.Model):
    """A row that work is done for. It is told outside of the transaction that writes, or nobody sees it in time."""

    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0, help_text=_("0: not known."))
    said = models.CharField(_("what is being done, or why it stopped"), max_length=_LONGEST, blank=True)
    moved_at = models.DateTimeField(
        _("last sign of work"), null=True, help_text=_("NULL: nothing is being done.")
    )

    class Meta:
        abstract = True

    def is_at_work(self, *, at: datetime) -> bool:
        """Whether somebody works on it at this moment; work that was cut off is no work."""
        return self.moved_at is not None and at - self.moved_at < SILENCE

    def was_cut_off(self, *, at: datetime) -> bool:
        """Whether work on it began and will not end: its process is gone."""
        return self.moved_at is not None and not self.is_at_work(at=at)

    def tell(self, said: str, *, at: datetime, done: int = 0, total: int = 0) -> None:
        """Say how far the work is, in words for the person who waits."""
        self.said, self.done, self.total, self.moved_at = said[:_LONGEST], done, total, at
        self.save(update_fields=["said", "done", "total", "moved_at"])

    def rest(self, said: str = "") -> None:
        """Say that the work has ended, and why where it failed."""
        self.said, self.moved_at = said[:_LONGEST], None
        self.save(update_fields=["said", "moved_at"])
