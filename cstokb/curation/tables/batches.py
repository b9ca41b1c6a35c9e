"""Batches: a table that was brought, read and shown, written when its owner confirms it, and undone as a whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.curation.models import Kind, State, StoredFile, Upload
from cstokb.curation.tables import shown
from cstokb.curation.tables.carry import Report, Stopped, carry_out
from cstokb.curation.tables.compare import plan
from cstokb.curation.tables.layout import layout_of
from cstokb.curation.tables.plan import Plan, Progress
from cstokb.curation.tables.reading import read_table
from cstokb.curation.tables.undo import CannotUndo, undo
from cstokb.records.models import Head
from cstokb.records.publish import WriteRefused

if TYPE_CHECKING:
    from cstokb.accounts.models import User

_MOST_REASONS = 200
READING = ("encoding", "delimiter", "sheet")


@transaction.atomic
def bring(owner: User, data: bytes, *, name: str, at: datetime, choices: dict[str, Any]) -> Upload:
    """Keep a table for its owner.

    Args:
        owner: who brings it.
        data: its bytes.
        name: what the file is called.
        at: the moment, aware.
        choices: ``kind`` of record, and how to read it where it is not found by itself.
    """
    office = data.startswith(b"PK\x03\x04")
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if office else "text/csv"
    file = StoredFile.objects.keep(data, name=name, media_type=media_type, at=at)
    said = {**choices, "is_book": office}
    return Upload.objects.bring(owner, file, name=name, kind=Kind.TABLE, at=at, choices=said)


def compare(upload: Upload) -> None:
    """Work out what a table would do, and keep what the page shows of it. Raises DocumentRefused."""
    upload.note_found({}, upload.choices)
    upload.note_found(shown.found(planned(upload)), upload.choices)


def planned(upload: Upload) -> Plan:
    """What a table would do now. Raises DocumentRefused."""
    progress = _telling(upload)
    progress(_("Reading the file"), 0, 0)
    grid = read_table(upload.file.data, **{name: upload.choices.get(name, "") for name in READING})
    return plan(grid, layout_of(upload.choices["kind"]), by=upload.owner, progress=progress)


def _telling(upload: Upload) -> Progress:
    def tell(said: str, done: int, total: int) -> None:
        upload.tell(said, at=timezone.now(), done=done, total=total)

    return tell


def confirm(
    upload: Upload, *, at: datetime, left_out: Collection[int], reason: str, correction: bool
) -> None:
    """Write what a table asks for, in one transaction with the note that it was.

    What must be known is worked out before the transaction, so that others wait for no longer than writing takes.

    Raises:
        Stopped: when a row is wrong or its record has moved on; what is shown is brought up to date.
        WriteRefused: when it was confirmed meanwhile, or the writer refuses the whole.
    """
    made = planned(upload)
    seen = {str(slug): int(version) for slug, version in upload.found.get("seen", {}).items()}
    upload.tell(_("Writing; all of it is written in one step, or nothing"), at=timezone.now())
    told = reason.strip() or _("Imported: %(name)s") % {"name": upload.name or _("a pasted table")}
    try:
        with transaction.atomic():
            _lock_waiting(upload)
            report = carry_out(
                made, at=at, by=upload.owner, left_out=left_out, seen=seen, reason=told, correction=correction
            )
            upload.decide(State.CONFIRMED, at=at, result=_result(report, at, told))
    except Stopped:
        upload.note_found(shown.found(made), upload.choices)
        raise


def _lock_waiting(upload: Upload) -> None:
    Head.locked()
    if Upload.objects.get(pk=upload.pk).state != State.WAITING:
        raise WriteRefused(_("This table was confirmed or refused already."))


def _result(report: Report, at: datetime, reason: str) -> dict[str, Any]:
    return report.as_json() | {"at": at.isoformat(), "reason": reason}


def take_back(upload: Upload, *, at: datetime, by: User, reason: str) -> None:
    """Undo an import, in one transaction with the note that it was.

    Raises:
        CannotUndo: when records have moved on; the reasons are kept for the page.
    """
    upload.tell(_("Undoing; all of it is put back in one step, or nothing"), at=timezone.now())
    try:
        with transaction.atomic():
            Head.locked()
            if Upload.objects.get(pk=upload.pk).state != State.CONFIRMED:
                raise WriteRefused(_("This import was undone already."))
            undo(upload.choices["kind"], upload.result, at=at, by=by, reason=reason)
            note = {"at": at.isoformat(), "by": str(by), "reason": reason}
            kept = {name: value for name, value in upload.result.items() if name != "in_the_way"}
            upload.decide(State.UNDONE, at=at, result=kept | {"undone": note})
    except CannotUndo as error:
        told = {"in_the_way": list(error.reasons[:_MOST_REASONS])}
        upload.decide(upload.state, at=upload.decided_at or at, result=upload.result | told)
        raise


def refuse(upload: Upload) -> None:
    """Let go of a table that is not wanted, and of its bytes."""
    Upload.objects.filter(pk=upload.pk, state=State.WAITING).discard()
