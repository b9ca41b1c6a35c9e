"""Batches: a table that was brought, read and shown, written when its owner confirms it, and undone as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cstokb.curation.models import Kind, Portion, State, StoredFile, Upload
from cstokb.curation.tables import shown
from cstokb.curation.tables.carry import Stopped, Work, prepare
from cstokb.curation.tables.compare import plan
from cstokb.curation.tables.layout import layout_of
from cstokb.curation.tables.pace import Pace
from cstokb.curation.tables.plan import Plan, Progress
from cstokb.curation.tables.reading import read_table
from cstokb.curation.tables.undo import Batch, CannotUndo, erase_drafts, undo
from cstokb.records.models import Head
from cstokb.records.publish import WriteRefused

if TYPE_CHECKING:
    from cstokb.accounts.models import User

_MOST_REASONS = 200
#: After so many steps it says how far it is: that writes the row of the upload, which is long.
SILENT = 5
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
    """Write what a table asks for.

    What must be known is worked out before, so that others wait for no longer than writing takes. The last step is one
    transaction with the note that it was done; of a large table the drafts are written before it, in short steps.

    Raises:
        Stopped: when a row is wrong or its record has moved on; what is shown is brought up to date.
        WriteRefused: when it was confirmed meanwhile, or the writer refuses the whole.
    """
    told = reason.strip() or _("Imported: %(name)s") % {"name": upload.name or _("a pasted table")}
    order = {"left_out": sorted(left_out), "reason": told, "correction": correction, "at": at.isoformat()}
    _carry(upload, order, at=at)


def go_on(upload: Upload, *, at: datetime) -> None:
    """Go on with an import, or with undoing one, whose work was cut short. Raises as ``confirm`` does."""
    if upload.state == State.UNDOING:
        _erase(upload, at=at, by=upload.owner)
    elif upload.state == State.WRITING:
        _carry(upload, upload.result, at=at)


def give_up(upload: Upload, *, at: datetime, by: User) -> None:
    """Take back what stands of an import whose work was cut short; the table waits for its owner again."""
    with transaction.atomic():
        _claim(upload)
        upload.decide(State.UNDOING, at=at, result=upload.result)
    _erase(upload, at=at, by=by)


def _carry(upload: Upload, order: Mapping[str, Any], *, at: datetime) -> None:
    seen = {str(slug): int(version) for slug, version in upload.found.get("seen", {}).items()}
    standing = list(upload.portions.all())
    made = planned(upload)
    try:
        work = prepare(
            made,
            at=at,
            by=upload.owner,
            left_out=order["left_out"],
            seen=seen,
            reason=order["reason"],
            correction=order["correction"],
            standing=_by_kind(standing),
        )
        portions = _write_ahead(upload, work, order, standing, at=at)
        upload.tell(_("Writing; all of it is written in one step, or nothing"), at=timezone.now())
        with transaction.atomic():
            _claim(upload, portions)
            # What readers see from now on was not there while the drafts were written.
            moment = max(at, timezone.now()) if portions else at
            report = work.finish(at=moment)
            told = {"at": order["at"], "reason": order["reason"]}
            upload.finish(report.as_json() | told, at=moment)
    except Overtaken:
        raise
    except WriteRefused as refused:
        if upload.state == State.WRITING:
            give_up(upload, at=at, by=upload.owner)
        if isinstance(refused, Stopped):
            upload.note_found(shown.found(made), upload.choices)
        raise


def _by_kind(portions: Iterable[Portion]) -> dict[str, list[str]]:
    slugs: dict[str, list[str]] = defaultdict(list)
    for portion in portions:
        slugs[portion.kind] += portion.slugs
    return slugs


def _write_ahead(
    upload: Upload, work: Work, order: Mapping[str, Any], standing: Sequence[Portion], *, at: datetime
) -> int:
    """Write the drafts of a large table; how many portions stand when that is done."""
    portions, pace = len(standing), Pace()
    done = sum(one.size for one in standing)
    total = done + work.ahead
    if work.ahead and upload.state == State.WAITING:
        with transaction.atomic():
            _claim(upload, 0)
            upload.decide(State.WRITING, at=at, result=dict(order))
    while work.ahead:
        if not portions % SILENT:
            upload.tell(_("Writing drafts"), at=timezone.now(), done=total - work.ahead, total=total)
        with pace.step() as most, transaction.atomic():
            _claim(upload, portions)
            upload.note_portion(*work.write_ahead(most))
        portions += 1
    return portions


def take_back(upload: Upload, *, at: datetime, by: User, reason: str) -> None:
    """Undo an import: in one transaction with the note that it was, or a large one in short steps after it.

    Raises:
        CannotUndo: when records have moved on; the reasons are kept for the page.
    """
    upload.tell(_("Undoing; all of it is put back in one step, or nothing"), at=timezone.now())
    batch = Batch.of(upload.choices["kind"], upload.result)
    note = {"undone": {"at": at.isoformat(), "by": str(by), "reason": reason}}
    kept = {name: value for name, value in upload.result.items() if name != "in_the_way"}
    try:
        if batch.is_large:  # all of it is looked at while nobody waits, and each part again when it goes
            batch.require_undoable(by)
        with transaction.atomic():
            _claim(upload)
            undo(batch.kind, upload.result, at=at, by=by, reason=reason)
            if batch.is_large:
                for kind, slugs in batch.portions():
                    upload.note_portion(kind, slugs)
            upload.decide(State.UNDOING if batch.is_large else State.UNDONE, at=at, result=kept | note)
    except CannotUndo as error:
        told = {"in_the_way": list(error.reasons[:_MOST_REASONS])}
        upload.decide(upload.state, at=upload.decided_at or at, result=upload.result | told)
        raise
    if batch.is_large:
        _erase(upload, at=at, by=by)


def _erase(upload: Upload, *, at: datetime, by: User) -> None:
    """Erase the drafts of an import portion by portion, the last first, and note what became of it."""
    total = upload.standing
    done, steps, pace = 0, 0, Pace()
    while True:
        if not steps % SILENT:
            upload.tell(_("Erasing drafts"), at=timezone.now(), done=done, total=total)
        with pace.step() as most, transaction.atomic():
            _claim(upload)
            portion = upload.portions.last()
            if portion is None:
                break
            left, going = portion.slugs[:-most], portion.slugs[-most:]
            _note_kept(
                upload, erase_drafts(portion.kind, going, own=upload.choices["kind"], at=at, by=by), at
            )
            portion.shrink(left)
        done, steps = done + len(going), steps + 1
    with transaction.atomic():
        _claim(upload)
        if "undone" in upload.result:
            upload.decide(State.UNDONE, at=at, result=upload.result)
        else:
            upload.reopen()


def _note_kept(upload: Upload, reasons: Sequence[str], at: datetime) -> None:
    if reasons:
        told = [*upload.result.get("kept", ()), *reasons][:_MOST_REASONS]
        upload.decide(upload.state, at=at, result=upload.result | {"kept": told})


class Overtaken(WriteRefused):
    """Somebody else has decided on the table, or goes on with it, since it was read."""


def _claim(upload: Upload, portions: int | None = None) -> None:
    """Lock out all other writers, and require that the table, and what stands of it, is as it was read."""
    Head.locked()
    if Upload.objects.values_list("state", flat=True).get(pk=upload.pk) != upload.state:
        raise Overtaken(_SINCE.get(upload.state, _elsewhere)())
    if portions is not None and upload.portions.count() != portions:
        raise Overtaken(_elsewhere())


def _elsewhere() -> str:
    return _("Somebody else goes on with this import.")


_SINCE: Mapping[str, Callable[[], str]] = {
    State.WAITING: lambda: _("This table was confirmed or refused already."),
    State.CONFIRMED: lambda: _("This import was undone already."),
}


def refuse(upload: Upload) -> None:
    """Let go of a table that is not wanted, and of its bytes."""
    Upload.objects.filter(pk=upload.pk, state=State.WAITING).discard()
