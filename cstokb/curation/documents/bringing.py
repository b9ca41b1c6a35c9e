"""Taking a document in: its bytes are kept, it is read, and what is found in it waits with its upload."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.curation.documents.choices import SURE, suggested
from cstokb.curation.documents.confirm import Confirmed, confirm
from cstokb.curation.documents.gazetteer import gazetteer_now
from cstokb.curation.documents.kept import kept
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.recognise import recognise
from cstokb.curation.models import Kind, StoredFile, Upload
from cstokb.curation.reading import read

if TYPE_CHECKING:
    from cstokb.accounts.models import User

MEDIA_TYPES = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "text": "text/plain",
}
#: What a file is until it has been read: nothing a browser would show.
_UNKNOWN = "application/octet-stream"


@transaction.atomic
def bring(
    owner: User, data: bytes, *, name: str, at: datetime, encoding: str = "", language: str = ""
) -> Upload:
    """Keep a document for its owner; it is not read yet. Empty encoding or language: to be found."""
    file = StoredFile.objects.keep(data, name=name, media_type=_UNKNOWN, at=at)
    said = {"encoding": encoding, "language": language}
    return Upload.objects.bring(owner, file, name=name, kind=Kind.DOCUMENT, at=at, choices={"reading": said})


def read_upload(upload: Upload) -> None:
    """Read a document and find in it what the knowledge base knows; choices begin with what is sure.

    Raises:
        DocumentRefused: when the file cannot be read; the upload stays as it was.
    """
    reading = upload.choices.get("reading", {})
    upload.tell(_("Reading the file"), at=timezone.now(), total=2)
    document = read(
        upload.file.data, encoding=reading.get("encoding", ""), language=reading.get("language", "")
    )
    upload.tell(_("Looking for names, dates, articles and quotations"), at=timezone.now(), done=1, total=2)
    found = recognise(document, gazetteer_now())
    upload.tell(_("Read"), at=timezone.now(), done=2, total=2)
    keep_found(upload, found, threshold=SURE)


def keep_found(upload: Upload, found: Recognised, *, threshold: float) -> None:
    """Keep what was found in a document with its upload, and what is chosen before anybody has looked."""
    file = upload.file
    found = replace(found, source=replace(found.source, file=upload.name, sha256=file.sha256))
    chosen = suggested(found, threshold).as_json() | {"reading": upload.choices.get("reading", {})}
    with transaction.atomic():
        upload.note_found(kept(found), chosen)
        file.note_type(MEDIA_TYPES.get(found.source.format, _UNKNOWN))


@transaction.atomic
def import_at_once(
    found: Recognised, data: bytes, *, name: str, threshold: float, at: datetime, by: User
) -> Confirmed:
    """What the command does without a dry run: keep the file, accept what is sure enough, and write it as drafts.

    Args:
        found: what was recognised in it.
        data: the file.
        name: how it is called.
        threshold: how sure a finding has to be, from 0 to 1.
        at: the moment, aware.
        by: who imports.

    Raises:
        WriteRefused: as ``confirm`` does, and when the document was imported before; nothing is kept then.
    """
    upload = bring(by, data, name=name, at=at)
    keep_found(upload, found, threshold=threshold)
    return confirm(upload, suggested(found, threshold), at=at, by=by)
