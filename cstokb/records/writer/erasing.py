"""Erasing drafts: they go with all that hangs on them, and the spans of their rows end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import ForeignKey, Q
from django.utils.translation import gettext as _

from cstokb.records.models import (
    Apart,
    ChangeEvent,
    Entry,
    Evidence,
    LinkCheck,
    Merge,
    NameForm,
    Record,
    Revision,
)
from cstokb.records.models.topics import EntryTopic
from cstokb.records.registry import model_of
from cstokb.records.writer import faces, history
from cstokb.records.writer.changes import Occasion, WriteRefused

BATCH = 400
Ids = Sequence[int]


def erase(entries: Sequence[Entry], occasion: Occasion) -> None:
    """Delete drafts together; those of one kind may refer to each other. The caller holds the lock of the writers.

    Raises:
        WriteRefused: when one was public once, or a merge of it with another holds.
        ProtectedError: when records that stay refer to one.
    """
    _require_drafts(entries)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry.pk)
    ids = [entry.pk for entry in entries]
    _forget_merges(ids)
    for satellite in (Evidence, NameForm, EntryTopic):
        _erase_satellites(satellite, ids, occasion)
    for kind, keys in by_kind.items():
        _erase_rows(model_of(kind), keys, occasion)
    for part in _parts(ids):
        Apart.objects.filter(Q(one__in=part) | Q(other__in=part)).delete()
        faces.forget(part)
        Revision.objects.filter(Q(entry__in=part) | Q(merged_into__in=part)).delete()
        for model in (LinkCheck, ChangeEvent):
            model._base_manager.filter(entry__in=part).delete()
        Entry.objects.filter(pk__in=part).delete()


def _parts(ids: Ids) -> Iterator[Ids]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _require_drafts(entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.published_at is not None:
            said = _("%(record)s was published once; it can be withdrawn, never deleted.")
            raise WriteRefused(said % {"record": f"{entry.kind} {entry.slug}"})


def _forget_merges(ids: Ids) -> None:
    """Undone merges go with a draft; one that holds keeps it."""
    for part in _parts(ids):
        merges = Merge.objects.filter(Q(loser__in=part) | Q(winner__in=part))
        holds = merges.filter(undone_at__isnull=True).select_related("loser", "winner").first()
        if holds is not None:
            entry = holds.loser if holds.loser_id in part else holds.winner
            said = _("%(record)s is part of a merge: undo the merge first.")
            raise WriteRefused(said % {"record": f"{entry.kind} {entry.slug}"})
        merges.delete()


def _erase_satellites(model: Any, ids: Ids, occasion: Occasion) -> None:
    for part in _parts(ids):
        keys = list(model._base_manager.filter(entry__in=part).values_list("pk", flat=True))
        history.close(model, keys, occasion)
        model._base_manager.filter(entry__in=part).delete()


def _erase_rows(model: type[Record], ids: Ids, occasion: Occasion) -> None:
    """Those first to which no other of them refers, as an organ to the one above it."""
    history.close(model, ids, occasion)
    above = _above(model, ids)
    waiting = set(ids)
    while waiting:
        needed = {up for key in waiting for up in above[key] if up != key}
        ready = sorted(waiting - needed) or sorted(waiting)  # in a circle the database says what holds them
        for part in _parts(ready):
            model._base_manager.filter(pk__in=part).delete()
        waiting.difference_update(ready)


def _above(model: type[Record], ids: Ids) -> dict[int, list[int]]:
    """To which others of its model each row refers."""
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is model
    ]
    above: dict[int, list[int]] = defaultdict(list)
    for part in _parts(ids) if columns else ():
        for key, *others in model._base_manager.filter(pk__in=part).values_list("pk", *columns):
            above[key] += [other for other in others if other is not None]
    return above
