"""Confirming a document: source, report with passages, new people and organs, names and evidence, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.curation.documents.additions import additions, file_of
from cstokb.curation.documents.choices import Choices, Keep
from cstokb.curation.documents.drafts import Drafts
from cstokb.curation.documents.kept import Outdated, opened
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.twice import digest_of, standing
from cstokb.curation.models import State, Upload
from cstokb.records.models import Head
from cstokb.records.publish import Change, WriteRefused, write_all
from cstokb.records.revisions import submit

if TYPE_CHECKING:
    from cstokb.accounts.models import User

#: What a curator needs to import: the source, the report and its passages are written together.
RIGHTS = ("records.add_source", "statements.add_statement", "statements.add_passage")


@dataclass
class Confirmed:
    """What confirming a document did: public ids of what was written as drafts, changed at once, and proposed."""

    source: str = ""
    source_is_new: bool = False
    statement: str = ""
    passages: int = 0
    people: list[str] = field(default_factory=list)
    organs: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The values as JSON."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def confirm(upload: Upload, choices: Choices, *, at: datetime, by: User) -> Confirmed:
    """Write what was accepted of an upload: new records as drafts, and changes of others as the person's rights allow.

    Args:
        upload: one that waits, whose ``found`` is what was recognised.
        choices: what was decided; what is undecided is passed over.
        at: the moment, aware.
        by: who confirms.

    Raises:
        WriteRefused: when it was decided before, was imported before and ``choices.again`` is not set, or a record
            breaks a law of the model; nothing was written.
    """
    Head.locked()
    upload = _waiting(upload)
    found = _found(upload)
    if not choices.again and standing(found, upload.file.sha256):
        raise WriteRefused(_("The document was imported before. Tick that you want to import it again."))
    drafts = Drafts(found, choices, upload, day=at.date())
    report = Confirmed()
    reason = _("Imported: %(name)s") % {"name": upload.name or drafts.source.title}
    write_all((batch for batch in _batches(drafts) if batch), at=at, by=by, reason=reason)
    _note(report, drafts)
    with_file = None if drafts.source_is_new else file_of(drafts.source, upload)
    for change in (*([with_file] if with_file else []), *additions(found, choices, drafts.source)):
        _submit(report, change, at, by, reason)
    upload.decide(State.CONFIRMED, at=at, result=report.as_json() | {"digest": digest_of(found.text)})
    return report


def _waiting(upload: Upload) -> Upload:
    """The upload as it stands now, and its row locked where the database locks rows."""
    rows = Upload.objects.select_for_update().select_related("file").defer("file__content")
    current: Upload | None = rows.filter(pk=upload.pk).first()
    if current is None or current.state != State.WAITING:
        raise WriteRefused(_("The upload was confirmed or refused already."))
    if not current.found:
        raise WriteRefused(_("The document has not been read yet."))
    return current


def _found(upload: Upload) -> Recognised:
    try:
        return opened(upload.found)
    except Outdated as error:
        raise WriteRefused(_("The document has to be read again.")) from error


def _batches(drafts: Drafts) -> Iterator[list[Change]]:
    """New records, those first that others refer to."""
    yield drafts.new_source()
    yield drafts.new_names()
    if drafts.choices.keep is not Keep.NOTHING:
        yield [drafts.statement_change()]
        yield [drafts.text_change()]
        yield drafts.passages()
        yield drafts.references()


def _note(report: Confirmed, drafts: Drafts) -> None:
    report.source, report.source_is_new = drafts.source.public_id, drafts.source_is_new
    report.people, report.organs = drafts.ids_of("person"), drafts.ids_of("organ")
    if drafts.choices.keep is not Keep.NOTHING:
        report.statement, report.passages = drafts.statement.public_id, drafts.count


def _submit(report: Confirmed, change: Change, at: datetime, by: User, reason: str) -> None:
    name = f"{change.record.kind} {change.slug}"
    submitted = submit(change, at=at, by=by, reason=reason)
    if submitted.revision:
        report.proposed.append(name)
    elif submitted.changed:
        report.changed.append(name)


@transaction.atomic
def refuse(upload: Upload) -> None:
    """Let an upload go that nobody wants, with its bytes unless something else needs them.

    Raises:
        WriteRefused: when it was confirmed already.
    """
    current = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if current is not None and current.state != State.WAITING:
        raise WriteRefused(_("The upload was confirmed already; what it brought stands."))
    Upload.objects.filter(pk=upload.pk).discard()
