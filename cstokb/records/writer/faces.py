"""Faces: keeps how entries looked to readers, in spans as the rows' history has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cstokb.records.models import Entry
from cstokb.records.models.faces import EntryFace
from cstokb.records.writer.changes import Occasion

BATCH = 400


def keep(entries: Sequence[Entry], occasion: Occasion, fresh: Collection[int] = ()) -> None:
    """Begin a new span for each entry that looks otherwise than before; those with ``fresh`` ids had no look yet."""
    for start in range(0, len(entries), BATCH):
        part = entries[start : start + BATCH]
        standing = {face.entry_id: face for face in _standing([e.pk for e in part if e.pk not in fresh])}
        moved = [e for e in part if e.pk not in standing or not standing[e.pk].fits(e)]
        ended = [standing[entry.pk].pk for entry in moved if entry.pk in standing]
        if ended:
            EntryFace.objects.filter(pk__in=ended).update(valid_to=occasion.at)
        EntryFace.objects.bulk_create([EntryFace.of(entry, occasion.at) for entry in moved])


def _standing(keys: Sequence[int]) -> Iterable[EntryFace]:
    return EntryFace.objects.filter(entry__in=keys, valid_to__isnull=True) if keys else ()


def forget(keys: Sequence[int]) -> None:
    """Delete the faces of drafts that are erased; no reader ever saw one."""
    EntryFace.objects.filter(entry__in=keys).delete()
