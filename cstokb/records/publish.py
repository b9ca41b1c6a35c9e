"""The one writer. Rows, history, events, addresses and the search index change together, here, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cstokb.fulltext import engine
from cstokb.records import indexing
from cstokb.records.choices import Publication, Visibility
from cstokb.records.laid_out import IDS, TEXTS, laid_out
from cstokb.records.models import (
    Address,
    Entry,
    Evidence,
    Head,
    NameForm,
    Record,
)
from cstokb.records.models.rules import sentence
from cstokb.records.models.topics import EntryTopic
from cstokb.records.registry import record_models
from cstokb.records.writer import erasing, events, history, rows, satellites, visibility
from cstokb.records.writer.changes import Change, Conflict, Occasion, Outcome, Touched, WriteRefused

if TYPE_CHECKING:
    from cstokb.accounts.models import User

__all__ = [
    "Change",
    "Conflict",
    "Outcome",
    "WriteRefused",
    "erase",
    "erase_all",
    "withdraw",
    "write",
    "write_all",
]


def write(
    changes: Sequence[Change],
    *,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    correction: bool = False,
) -> Outcome:
    """Bring records to what the changes ask for, in one transaction.

    Args:
        changes: records as they should be; a record that already is so is left alone and gets no history.
        at: the moment of writing, aware.
        by: who writes; None for a command.
        reason: why, for history and the corrections page.
        correction: whether a published fact turns out to have been wrong (event kind "corrected").

    Raises:
        Conflict: when a record has moved on since ``base_version``.
        WriteRefused: when a change breaks a law of the model; nothing is written.
    """
    return write_all([changes], at=at, by=by, reason=reason, correction=correction)


def write_all(
    batches: Iterable[Sequence[Change]],
    *,
    at: datetime,
    by: User | None = None,
    reason: str = "",
    correction: bool = False,
) -> Outcome:
    """Write several batches in one transaction, in order, so that a later one may refer to an earlier one's records.

    ``batches`` may be a generator: the next batch is asked for when the one before is written. The index is brought
    up to date once, at the end. Raises as ``write`` does.
    """
    occasion = Occasion(at=at, by=by, reason=reason, correction=correction)
    outcome, concerned, left = Outcome(), list[Record](), set[int]()
    try:
        with transaction.atomic():
            head = Head.locked()
            for batch in batches:
                done, seen = _write(list(batch), occasion, head)
                outcome.add(done)
                concerned += [item.record for item in seen]
                left.update(*(item.left for item in seen))
            indexing.refresh(concerned, left)
    except IntegrityError as error:
        told = sentence(error, record_models().values())
        raise WriteRefused(_("The database refused the change: %(error)s") % {"error": told}) from error
    except DatabaseError as error:
        if not engine.is_lost(error):
            raise
        said = _(
            "Nothing can be published while the search index is lost: run manage.py rebuild_search_index first."
        )
        raise WriteRefused(said) from error
    return outcome


def _write(changes: list[Change], occasion: Occasion, head: Head) -> tuple[Outcome, list[Touched]]:
    touched = rows.stand(changes, occasion)
    rows.save(touched)
    everything = visibility.settle(touched)
    _flip_satellites(
        everything, occasion
    )  # those that stand; satellites of this call are written as they will be
    satellites.save(changes, touched, occasion)
    rows.name_references(touched)
    altered = [item for item in everything if item.changed]
    _require_evidence(altered)
    _spans(altered, occasion)
    events.stamp(altered, occasion)
    events.record(altered, occasion, head)
    _addresses(altered, occasion)
    # A record that only names another by its new name has not changed itself: no version, no event.
    renamed = [item for item in everything if item.label_changed and not item.changed]
    events.keep([item.entry for item in renamed], occasion)
    concerned = [item for item in (*altered, *renamed) if _concerns_readers(item)]
    return _outcome(touched, altered), concerned


def _concerns_readers(item: Touched) -> bool:
    return Visibility.PUBLIC in (item.was, item.entry.visibility)


def _outcome(touched: Sequence[Touched], altered: Sequence[Touched]) -> Outcome:
    moved = {item.entry.pk for item in altered}
    return Outcome(
        created=[item.entry.pk for item in touched if item.created],
        changed=[item.entry.pk for item in altered if not item.created],
        unchanged=[item.entry.pk for item in touched if item.entry.pk not in moved],
    )


def _require_evidence(altered: Sequence[Touched]) -> None:
    wanting = [t for t in altered if t.entry.publication == Publication.PUBLISHED and t.record.needs_evidence]
    backed = backed_ids([item.record for item in wanting])
    for item in wanting:
        if item.entry.pk not in backed:
            said = _("%(record)s cannot be published without a source.")
            raise WriteRefused(said % {"record": f"{item.entry.kind} {item.entry.slug}"})


def backed_ids(records: Sequence[Record]) -> set[int]:
    """Ids of the records that have evidence of their own or through the parent named in ``evidence_of``."""
    backers = {record.pk: _backers(record) for record in records}
    wanted = {key for keys in backers.values() for key in keys}
    ids: set[int] = set()
    for start in range(0, len(wanted), 500):
        part = list(wanted)[start : start + 500]
        ids |= {key for (key,) in _backed(ids=part)}
    return {key for key, keys in backers.items() if ids.intersection(keys)}


@laid_out(ids=IDS)
def _backed(ids: Any) -> QuerySet[Any, Any]:
    return Evidence.objects.filter(entry_id__in=ids).order_by().values_list("entry_id").distinct()


def _backers(record: Record) -> list[int]:
    keys = [record.pk]
    while record.evidence_of:
        parent: Record | None = getattr(record, record.evidence_of)
        if parent is None:
            break
        keys.append(parent.pk)
        record = parent
    return keys


def _spans(altered: Sequence[Touched], occasion: Occasion) -> None:
    """Close and open the spans of rows that changed or whose visibility did."""
    by_model: dict[type[Record], list[Touched]] = defaultdict(list)
    for item in altered:
        if item.row_changed or item.was != item.entry.visibility:
            by_model[type(item.record)].append(item)
    for model, items in by_model.items():
        history.close(model, [i.entry.pk for i in items if not i.created], occasion)
        history.open_spans(model, [(i.record, i.entry.is_public) for i in items], occasion)


def _flip_satellites(everything: Sequence[Touched], occasion: Occasion) -> None:
    flipped = {i.entry.pk: i.entry for i in everything if not i.created and i.was != i.entry.visibility}
    for model in (Evidence, NameForm, EntryTopic):
        _flip(model, flipped, occasion)


def _flip(model: Any, flipped: dict[int, Entry], occasion: Occasion) -> None:
    ids = list(flipped)
    for start in range(0, len(ids), 400):
        found = list(model._base_manager.filter(entry_id__in=ids[start : start + 400]))
        history.close(model, [row.pk for row in found], occasion)
        history.open_spans(model, [(row, flipped[row.entry_id].is_public) for row in found], occasion)


def _addresses(altered: Sequence[Touched], occasion: Occasion) -> None:
    """Keep every path that a public record ever had; the newest one is current."""
    shown = {
        i.entry.pk: i.entry for i in altered if i.entry.is_public and i.entry.path and "#" not in i.entry.path
    }
    paths = [entry.path for entry in shown.values()]
    standing = {path: (key, owner, current) for path, key, owner, current in _standing_at(paths=paths)}
    fresh, returning = [], {}
    for entry in shown.values():
        key, owner, current = standing.get(entry.path, (None, entry.pk, False))
        if owner != entry.pk:
            said = _("The address %(path)s belongs to another record and never changes hands.")
            raise WriteRefused(said % {"path": entry.path})
        if key is None:
            fresh.append(Address(path=entry.path, entry=entry, began_at=occasion.at))
        elif not current:
            returning[key] = entry.pk
    new = {item.entry.pk for item in altered if item.created}
    moved = {*(address.entry_id for address in fresh), *returning.values()} - new
    if moved:
        Address.objects.filter(entry_id__in=moved, current=True).update(current=False)
    if returning:
        Address.objects.filter(pk__in=list(returning)).update(current=True)
    Address.objects.bulk_create(fresh, batch_size=500)


@laid_out(paths=TEXTS)
def _standing_at(paths: Any) -> QuerySet[Any, Any]:
    return Address.objects.filter(path__in=paths).values_list("path", "pk", "entry_id", "current")


def withdraw(
    record: Record, *, at: datetime, by: User | None, why: str, base_version: int | None = None
) -> Outcome:
    """Take a published record off every surface; its address answers 410 with the reason from now on.

    Raises:
        Conflict: when the record has moved on since ``base_version``, or since it was read where none is given.
        WriteRefused: when there is no reason, or the record is not published.
    """
    entry = record.entry
    if not why.strip():
        raise WriteRefused(_("A withdrawal needs a reason; it is shown in place of the record."))
    if entry.publication != Publication.PUBLISHED:
        raise WriteRefused(_("%(record)s is not published.") % {"record": f"{entry.kind} {entry.slug}"})
    seen = entry.version if base_version is None else base_version
    change = Change(record, entry.slug, publication=Publication.WITHDRAWN, why=why, base_version=seen)
    return write([change], at=at, by=by, reason=why)


def erase(record: Record, *, at: datetime, by: User | None, base_version: int | None = None) -> None:
    """Delete a draft that was never public and that nothing refers to.

    Raises:
        Conflict: when it has moved on since ``base_version``.
        WriteRefused: when the record was public once, or a merge of it with another holds.
        ProtectedError: when other records refer to it (the database holds this).
    """
    with transaction.atomic():
        Head.locked()
        entry = Entry.objects.filter(
            pk=record.pk
        ).first()  # as it stands now, whatever the caller has read before
        if entry is None:
            raise WriteRefused(_("The record was deleted since."))
        if base_version not in (None, entry.version):
            raise Conflict(entry, base_version or 0)
        erasing.erase([entry], Occasion(at=at, by=by))


def erase_all(
    ids: Collection[int], *, at: datetime, by: User | None, versions: Mapping[int, int] | None = None
) -> None:
    """Delete drafts that were never public and to which no others refer: all of them, or none.

    ``versions`` holds those that the caller saw, by row id; they have to stand.

    Raises:
        Conflict: when one has moved on since.
        WriteRefused: when one was public once or is gone, or a merge of it with another holds.
        ProtectedError: when records that stay refer to one (the database holds this).
    """
    with transaction.atomic():
        Head.locked()
        entries = Entry.objects.in_bulk(list(ids))
        for key, seen in (versions or {}).items():
            if key not in entries:
                raise WriteRefused(_("The record was deleted since."))
            if entries[key].version != seen:
                raise Conflict(entries[key], seen)
        erasing.erase(list(entries.values()), Occasion(at=at, by=by))
