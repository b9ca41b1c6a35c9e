"""Upload: something a curator brought that waits for a confirmation, how far work on it is, and what of it stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from cstokb.curation.models.files import LONGEST_NAME, StoredFile, last_part
from cstokb.curation.models.progress import Progress

if TYPE_CHECKING:
    from cstokb.accounts.models import User

#: How long an upload waits. What was confirmed is kept for as long as the records are.
LIFETIME = timedelta(days=14)


class Kind(models.TextChoices):
    """What was brought."""

    DOCUMENT = "document", _("document")
    TABLE = "table", _("table")


class State(models.TextChoices):
    """What became of it. A refused upload whose bytes nothing needs is deleted at once."""

    WAITING = "waiting", _("waiting")
    WRITING = "writing", _("being written")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


#: Of these a part may stand: see Portion.
UNFINISHED = (State.WRITING, State.UNDOING)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads; none of these verbs reads the bytes of a file."""

    def of(self, owner: User) -> Self:
        """Those of one person, the newest first."""
        return self.filter(owner=owner).select_related("file").defer("file__content")

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(state=State.WAITING)

    def expired(self, *, at: datetime) -> Self:
        """Those that waited for too long."""
        return self.waiting().filter(expires_at__lte=at)

    def clear(self, *, at: datetime) -> int:
        """Delete those that waited for too long, and their files; how many went."""
        return self.expired(at=at).discard()

    def discard(self) -> int:
        """Delete these and the files that nothing else needs; how many went."""
        checksums = set(self.values_list("file__sha256", flat=True))
        gone, _kinds = self.delete()
        _let_go(checksums)
        return gone


def _let_go(checksums: Iterable[str]) -> None:
    for checksum in checksums:
        StoredFile.objects.let_go(checksum)


class UploadManager(models.Manager.from_queryset(UploadQuerySet)):  # type: ignore[misc]  # made at run time
    """Takes in what is brought."""

    def bring(
        self,
        owner: User,
        file: StoredFile,
        *,
        kind: str,
        at: datetime,
        name: str = "",
        choices: dict[str, Any] | None = None,
    ) -> Upload:
        """A new upload that waits for its owner, who calls it by this name, or as the file is called."""
        values: dict[str, Any] = {
            "name": last_part(name) or file.name,
            "kind": kind,
            "choices": choices or {},
        }
        values |= {"brought_at": at, "expires_at": at + LIFETIME}
        made: Upload = self.create(owner=owner, file=file, **values)
        return made


class Upload(Progress):
    """A file that one person brought, what was found in it, and what that person chose so far."""

    # Not to be guessed, though asking for another person's upload finds nothing in any case.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name=_("brought by")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="uploads", verbose_name=_("file"))
    # The same bytes may be brought by another person, who called them otherwise.
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    brought_at = models.DateTimeField(_("brought"))
    expires_at = models.DateTimeField(_("expires"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(_("decided"), null=True, help_text=_("NULL: not yet."))
    found = models.JSONField(_("what was found in it"), default=dict)
    choices = models.JSONField(_("what was chosen so far"), default=dict)
    result = models.JSONField(_("what confirming it did"), default=dict)

    objects: ClassVar[UploadManager] = UploadManager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-brought_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.WAITING, decided_at__isnull=True)
                | (~Q(state=State.WAITING) & Q(decided_at__isnull=False)),
                name="upload_decided_or_waiting",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state"], name="upload_of_owner")]

    def __str__(self) -> str:
        return self.name or str(self.file)

    def note_found(self, found: dict[str, Any], choices: dict[str, Any]) -> None:
        """Keep what was found in the file, and the choices to begin with."""
        self.found, self.choices = found, choices
        self.save(update_fields=["found", "choices"])

    def note_choices(self, choices: dict[str, Any]) -> None:
        """Keep what was chosen so far."""
        self.choices = choices
        self.save(update_fields=["choices"])

    def decide(self, state: str, *, at: datetime, result: dict[str, Any] | None = None) -> None:
        """Note what became of it, in the transaction that writes what it brought."""
        self.state, self.decided_at, self.result = state, at, result or {}
        self.save(update_fields=["state", "decided_at", "result"])

    def reopen(self) -> None:
        """Let it wait for its owner again, when nothing of it stands."""
        self.state, self.decided_at, self.result = State.WAITING, None, {}
        self.save(update_fields=["state", "decided_at", "result"])

    @property
    def is_unfinished(self) -> bool:
        """Whether a part of it may stand and another may not."""
        return self.state in UNFINISHED

    @property
    def standing(self) -> int:
        """How many drafts of it stand while it is unfinished."""
        size: int | None = self.portions.aggregate(size=Sum("size"))["size"]
        return size or 0

    def note_portion(self, kind: str, slugs: Sequence[str]) -> None:
        """Note drafts that stand, in the transaction that writes them."""
        self.portions.create(kind=kind, slugs=list(slugs), size=len(slugs))

    def finish(self, result: dict[str, Any], *, at: datetime) -> None:
        """Note that all of it stands, in the transaction of the last step."""
        self.portions.all().delete()
        self.decide(State.CONFIRMED, at=at, result=result)


class Portion(models.Model):
    """Drafts of an upload that were written in one step. Kept while it is being written or undone, and no longer.

    The portions of an upload, in order, are exactly what stands of it, at whatever moment its work was cut short.
    """

    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="portions", verbose_name=_("upload"), editable=False
    )
    kind = models.CharField(_("kind of record"), max_length=32)
    slugs = models.JSONField(_("ids"))
    size = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("portion of an upload")
        verbose_name_plural = _("portions of uploads")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.size}"

    def shrink(self, left: Sequence[str]) -> None:
        """Note that only these still stand, in the transaction that erases the others."""
        if not left:
            self.delete()
            return
        self.slugs, self.size = list(left), len(left)
        self.save(update_fields=["slugs", "size"])
