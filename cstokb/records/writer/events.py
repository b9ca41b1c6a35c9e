"""Events: what a call did to each record, and the chain that names the public whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import UTC

from cstokb.records.choices import ChangeKind, Visibility
from cstokb.records.models import ChangeEvent, Entry, Head
from cstokb.records.writer import faces
from cstokb.records.writer.changes import Occasion, Touched

ENTRY_COLUMNS = [
    "publication",
    "visibility",
    "reason",
    "label_en",
    "label_ru",
    "sort_en",
    "sort_ru",
    "path",
    "merged_into",
    "version",
    "changed_at",
    "published_at",
]


def stamp(touched: Sequence[Touched], occasion: Occasion) -> None:
    """Count the version of every changed record up and note the moment."""
    entries = []
    for item in touched:
        item.entry.version += 1
        item.entry.changed_at = occasion.at
        if item.entry.visibility == Visibility.PUBLIC and item.entry.published_at is None:
            item.entry.published_at = occasion.at
        entries.append(item.entry)
    keep(entries, occasion, {item.entry.pk for item in touched if item.created})


def keep(entries: Sequence[Entry], occasion: Occasion, fresh: Collection[int] = ()) -> None:
    """Write entries that stand already, and how they look from now on; those with ``fresh`` ids were made just now."""
    Entry.objects.bulk_create(
        entries, batch_size=200, update_conflicts=True, unique_fields=["id"], update_fields=ENTRY_COLUMNS
    )
    faces.keep(entries, occasion, fresh)


def record(touched: Sequence[Touched], occasion: Occasion, head: Head) -> None:
    """Write one event for each changed record; public ones lengthen the chain."""
    events = [_event(item, occasion) for item in touched]
    for event, item in zip(events, touched, strict=True):
        if event.public:
            head.chain = event.chain = link(head.chain, event, item.entry)
            head.changed_at = occasion.at
    ChangeEvent.objects.bulk_create(events, batch_size=500)
    head.save()


def _event(item: Touched, occasion: Occasion) -> ChangeEvent:
    seen = Visibility.PUBLIC in (item.was, item.entry.visibility)
    return ChangeEvent(
        entry=item.entry,
        kind=_kind(item, occasion),
        at=occasion.at,
        by=occasion.by,
        reason=_reason(item, occasion),
        changes=item.differences,
        public=seen,
    )


def _kind(item: Touched, occasion: Occasion) -> str:
    if item.was == Visibility.PUBLIC and item.entry.visibility != Visibility.PUBLIC:
        return ChangeKind.MERGED if item.entry.merged_into_id else ChangeKind.WITHDRAWN
    appears = item.entry.visibility == Visibility.PUBLIC and item.was != Visibility.PUBLIC
    if item.created or (appears and item.entry.published_at == occasion.at):
        return ChangeKind.CREATED
    return ChangeKind.CORRECTED if occasion.correction else ChangeKind.CHANGED


def _reason(item: Touched, occasion: Occasion) -> str:
    withdrawn = item.entry.visibility == Visibility.WITHHELD
    return (item.entry.reason if withdrawn else "") or occasion.reason


def link(previous: str, event: ChangeEvent, entry: Entry) -> str:
    """The next link: a hash over the one before and everything the event says."""
    said = [
        previous,
        entry.kind,
        entry.slug,
        event.kind,
        event.at.astimezone(UTC).isoformat(),
        str(event.by_id or ""),
        event.reason,
        json.dumps(event.changes, sort_keys=True, ensure_ascii=False),
    ]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def first_broken_link() -> int | None:
    """The id of the first public event whose hash does not follow from the one before; None when the chain holds.

    0 stands for the end: the last event is not the one that the head names, so that events are missing after it.
    """
    previous = ""
    for event in ChangeEvent.objects.filter(public=True).select_related("entry").order_by("id").iterator():
        if event.chain != link(previous, event, event.entry):
            return event.pk
        previous = event.chain
    head = Head.objects.first()
    return None if previous == (head.chain if head else "") else 0
