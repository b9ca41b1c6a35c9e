"""Faces: keeps how entries looked to readers, in spans as the rows' history has them."""

from __future__ import annotations

from collections.abc import Sequence

from cstokb.records.models import Entry
from cstokb.records.models.faces import EntryFace
from cstokb.records.writer.changes import Occasion

BATCH = 400


def keep(entries: Sequence[Entry], occasion: Occasion) -> None:
    """Begin a new span for each entry that looks otherwise than before."""
    for start in range(0, len(entries), BATCH):
        part = entries[start : start + BATCH]
        standing = {
            face.entry_id: face
            for face in EntryFace.objects.filter(entry__in=[e.pk for e in part], valid_to__isnull=True)
        }
        moved = [e for e in part if e.pk not in standing or not standing[e.pk].fits(e)]
        ended = [standing[entry.pk].pk for entry in moved if entry.pk in standing]
        EntryFace.objects.filter(pk__in=ended).update(valid_to=occasion.at)
        EntryFace.objects.bulk_create([EntryFace.of(entry, occasion.at) for entry in moved])


def forget(keys: Sequence[int]) -> None:
    """Delete the faces of drafts that are erased; no reader ever saw one."""
    EntryFace.objects.filter(entry__in=keys).delete()
