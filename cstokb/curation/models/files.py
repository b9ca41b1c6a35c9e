"""StoredFile: the bytes of a file that was brought, kept once."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstokb.records.models import Source

LONGEST_NAME = 300


class StoredFileManager(models.Manager["StoredFile"]):
    """Keeps files and lets go of those that nothing needs."""

    def keep(self, data: bytes, *, name: str, media_type: str, at: datetime) -> StoredFile:
        """The file with these bytes, stored now unless it was before.

        Args:
            data: its bytes.
            name: what the person called it; of a path only the last part is kept, for showing alone.
            media_type: what it is, as ``text/html``.
            at: the moment, aware.
        """
        checksum = hashlib.sha256(data).hexdigest()
        values = {
            "name": last_part(name),
            "media_type": media_type,
            "size": len(data),
            "content": data,
            "kept_at": at,
        }
        kept, _made = self.get_or_create(sha256=checksum, defaults=values)
        return kept

    def let_go(self, checksum: str) -> bool:
        """Delete the file unless an upload or a source needs it; whether it is gone."""
        if Source.objects.filter(checksum=checksum).exists():
            return False
        gone, _kinds = self.filter(sha256=checksum, uploads__isnull=True).delete()
        return bool(gone)


class StoredFile(models.Model):
    """A file as it was brought. Its bytes are in the database, so that transactions and backups hold them.

    A source whose ``checksum`` is this ``sha256`` was made from this file.
    """

    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))
    content = models.BinaryField(_("content"))
    kept_at = models.DateTimeField(_("kept since"))

    objects: ClassVar[StoredFileManager] = StoredFileManager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-kept_at", "sha256"]

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

    def note_type(self, media_type: str) -> None:
        """Say what the file turned out to be when it was read."""
        self.media_type = media_type
        self.save(update_fields=["media_type"])

    @property
    def extension(self) -> str:
        """What stands behind the last dot of its name, with the dot, where it is a short word in Latin letters."""
        found = re.search(r"\.[A-Za-z0-9]{1,8}$", self.name)
        return found[0].lower() if found else ""

    @property
    def data(self) -> bytes:
        """Its bytes; PostgreSQL hands out a view of them."""
        return bytes(self.content)


def last_part(name: str) -> str:
    """The name of a file without folders and signs that cannot be shown; never used to open anything."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip()[-LONGEST_NAME:]
