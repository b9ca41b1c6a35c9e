"""Task: work on the whole knowledge base that somebody began from a page, how far it is, and what it found."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.curation.models.progress import Progress

if TYPE_CHECKING:
    from cstokb.accounts.models import User


class TaskKind(models.TextChoices):
    """What is done."""

    INDEX = "index", _("make the search index anew")
    CHECKS = "checks", _("check every law of the model")


class TaskManager(models.Manager["Task"]):
    """Begins tasks."""

    def begin(self, kind: str, *, by: User, at: datetime) -> Task:
        """The task of this kind that somebody works on, else a new one."""
        last = self.filter(kind=kind).order_by("-began_at", "-pk").first()
        if last is not None and last.is_at_work(at=at):
            return last
        return self.create(kind=kind, began_by=by, began_at=at)


class Task(Progress):
    """One run of such work."""

    kind = models.CharField(_("kind"), max_length=16, choices=TaskKind.choices)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("begun by")
    )
    began_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True, help_text=_("NULL: not yet, or cut off."))
    result = models.JSONField(_("what it found"), default=dict)

    objects: ClassVar[TaskManager] = TaskManager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["-began_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at:%Y-%m-%d %H:%M}"

    def end(self, result: dict[str, Any], *, at: datetime) -> None:
        """Note that the work was done to its end, and what it found."""
        self.result, self.ended_at = result, at
        self.save(update_fields=["result", "ended_at"])
