"""The source of an import: one that stands, found by its id, address or file, or a new one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cstokb.curation.outline import parse
from cstokb.curation.reading import Document
from cstokb.records.choices import SourceType
from cstokb.records.models import Entry, Source

_LONGEST_TITLE = 500


@dataclass(frozen=True)
class Origin:
    """Where the text came from, as the curator says and as the file shows.

    ``checksum`` is the SHA-256 of the file's bytes, of several files in their order.
    """

    source_id: str = ""
    url: str = ""
    title: str = ""
    publisher: str = ""
    type: str = SourceType.OFFICIAL
    language: str = ""
    file_name: str = ""
    checksum: str = ""
    text_title: str = ""
    accessed_on: str = ""

    def standing(self) -> Source | None:
        """The source that is meant and stands already.

        Raises:
            ValidationError: when an id was given that names no source.
        """
        rows = Source.objects.select_related("entry")
        if self.source_id:
            found: Source | None = rows.filter(entry__slug=self.source_id).first()
            if found is None:
                raise ValidationError(_("There is no source with this id."), code="unknown")
            return standing_for(found)
        same = {"url": self.url} if self.url else {"checksum": self.checksum}
        held: Source | None = rows.filter(**same).exclude(url="", checksum="").order_by("pk").first()
        return standing_for(held)

    def new(self) -> tuple[Source, str]:
        """A new source and its id."""
        title = (self.title or self.text_title or self.file_name or self.url)[:_LONGEST_TITLE]
        other = self.text_title if self.text_title and self.text_title != title else ""
        source = Source(
            title=title,
            other_titles=other,
            publisher=self.publisher,
            url=self.url,
            type=self.type,
            language=self.language,
            accessed_on=date.fromisoformat(self.accessed_on) if self.accessed_on else None,
            file_name=self.file_name,
            checksum=self.checksum,
        )
        return source, self._free_id()

    def _free_id(self) -> str:
        whole = hashlib.sha256((self.url or self.checksum).encode()).hexdigest()
        lengths = (length for length in range(10, 64, 2))
        return next(
            whole[:length]
            for length in lengths
            if not Entry.objects.filter(kind=Source.kind, slug=whole[:length]).exists()
        )

    def remark(self, source: Source) -> str:
        """What is to be told of a source that stands: another file, or none so far."""
        if source.checksum and self.checksum and source.checksum != self.checksum:
            return _("The source names another file than this one. The page may have changed since.")
        return ""


def standing_for(found: Source | None) -> Source | None:
    """The source itself, or the one that it was merged into."""
    if found is None or not found.entry.merged_into_id:
        return found
    one: Source = Source.objects.select_related("entry").get(pk=found.entry.merged_into_id)
    return one


def title_of(document: Document) -> str:
    """What a text calls itself: the title of the instrument in it, else that of the page."""
    return (parse(document).title or document.title)[:_LONGEST_TITLE]


def checksum_of(files: list[bytes]) -> str:
    """The SHA-256 of files, joined in their order."""
    total = hashlib.sha256()
    for data in files:
        total.update(data)
    return total.hexdigest()
