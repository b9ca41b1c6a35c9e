"""Rows: finding what stands, comparing it field by field, and inserting or updating it in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from cstokb.dates import BoundField, HistoricDate
from cstokb.fulltext.normalise import sort_key
from cstokb.records.choices import Publication
from cstokb.records.models import Entry, Record
from cstokb.records.writer.changes import Change, Conflict, Occasion, Touched, WriteRefused

BATCH = 500


def stand(changes: Sequence[Change], occasion: Occasion) -> list[Touched]:
    """Give every change its entry: the one that stands under its kind and id, or a new one.

    Raises:
        Conflict: when a record has moved on since the version that its caller saw.
        WriteRefused: when a record is named twice, or was deleted since its caller read it.
    """
    standing = _standing(changes)
    touched: list[Touched] = []
    fresh: list[Entry] = []
    for change in changes:
        key = (change.record.kind, change.slug or change.record.entry.slug)
        entry = standing.get(key)
        created = entry is None
        _require_version(change, entry)
        if entry is None:
            entry = Entry(kind=key[0], slug=key[1], created_at=occasion.at, changed_at=occasion.at)
            standing[key] = entry
            fresh.append(entry)
        change.record.entry = entry
        touched.append(Touched(entry, change.record, created=created, was=entry.visibility))
    _name_and_check(changes, touched)
    Entry.objects.bulk_create(fresh, batch_size=BATCH)
    for item in touched:
        item.record.entry = item.entry  # the key is known only now
    return touched


def _require_version(change: Change, entry: Entry | None) -> None:
    """Version 0 is that of a record which does not stand yet."""
    if change.base_version is None or change.base_version == (entry.version if entry else 0):
        return
    if entry is None:
        raise WriteRefused(_("The record was deleted since."))
    raise Conflict(entry, change.base_version)


def _standing(changes: Sequence[Change]) -> dict[tuple[str, str], Entry]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        wanted[change.record.kind].append(change.slug or change.record.entry.slug)
    found: dict[tuple[str, str], Entry] = {}
    for kind, slugs in wanted.items():
        if len(slugs) != len(set(slugs)):
            twice = next(slug for slug in slugs if slugs.count(slug) > 1)
            raise WriteRefused(_("%(record)s is named twice in one change.") % {"record": f"{kind} {twice}"})
        for start in range(0, len(slugs), BATCH):
            rows = Entry.objects.filter(kind=kind, slug__in=slugs[start : start + BATCH])
            found |= {(kind, entry.slug): entry for entry in rows}
    return found


def _name_and_check(changes: Sequence[Change], touched: Sequence[Touched]) -> None:
    _fetch_references([item.record for item in touched])
    for change, item in zip(changes, touched, strict=True):
        _publish(change, item)
        relabel(item)


def _fetch_references(records: Sequence[Record]) -> None:
    """Have what labels name at hand: one query for each reference of a kind that any of them has."""
    by_model: dict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    for model, group in by_model.items():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if not field.primary_key and _is_record(field.related_model)
            if any(getattr(record, field.attname) is not None for record in group)
        ]
        prefetch_related_objects(group, *(f"{name}__entry" for name in names))


def _is_record(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Record)


def _publish(change: Change, item: Touched) -> None:
    wanted = change.publication or item.entry.publication
    if wanted == Publication.DRAFT and item.entry.publication == Publication.PUBLISHED:
        said = _("%(record)s is published; it can be withdrawn, but is no draft again.")
        raise WriteRefused(said % {"record": f"{item.entry.kind} {item.entry.slug}"})
    _merge(change, item, wanted)
    why = item.entry.reason if change.why is None else change.why
    for name, value in (("publication", wanted), ("reason", why)):
        old = getattr(item.entry, name)
        if old != value:
            setattr(item.entry, name, value)
            if not item.created:
                item.differences.append({"field": name, "old": old, "new": value})


def _merge(change: Change, item: Touched, wanted: str) -> None:
    """Point the entry at the record that it is one with, or at none again."""
    into = None if change.stands_alone else change.merged_into or item.entry.merged_into
    if into is not None and wanted != Publication.WITHDRAWN:
        said = _("%(record)s is merged into %(other)s: undo the merge first.")
        names = {"record": f"{item.entry.kind} {item.entry.slug}", "other": into.slug}
        raise WriteRefused(said % names)
    old, new = item.entry.merged_into_id, into.pk if into else None
    if old != new:
        item.entry.merged_into = into
        item.differences.append({"field": "merged_into", "old": old, "new": new, "ref": True})


def relabel(item: Touched) -> bool:
    """Give the entry the labels, sort keys and path that its record has now; say whether that changed them."""
    entry, record = item.entry, item.record
    labels = {"path": record.address()}
    for language in ("en", "ru"):
        # A label may hold words of the interface, which would follow the language of whoever writes.
        with translation.override(language):
            labels[f"label_{language}"] = record.label(language)[:500]
            labels[f"sort_{language}"] = sort_key(record.sort_label(language))[:500]
    changed = {name for name, value in labels.items() if getattr(entry, name) != value}
    for name in changed:
        setattr(entry, name, labels[name])
    item.label_changed = bool(changed) and not item.created
    return bool(changed)


def save(touched: Sequence[Touched]) -> None:
    """Insert new rows, update those that differ, and check them against their neighbours.

    Raises:
        WriteRefused: when a row breaks a law of the model.
    """
    by_model: dict[type[Record], list[Touched]] = defaultdict(list)
    for item in touched:
        _validate_fields(item)
        by_model[type(item.record)].append(item)
    for model, items in by_model.items():
        _save_rows(model, items)
    for item in touched:
        if item.row_changed:
            _validate_row(item)


def _save_rows(model: type[Record], items: list[Touched]) -> None:
    fields = row_fields(model)
    rows = model._base_manager.in_bulk([item.entry.pk for item in items if not item.created])
    fresh, altered = [], []
    for item in items:
        old = rows.get(item.entry.pk)
        if old is None:
            item.row_changed = True
            fresh.append(item.record)
            continue
        changed = [f for f in fields if f.value_from_object(old) != f.value_from_object(item.record)]
        if changed:
            item.row_changed = True
            shown = [f for f in changed if not isinstance(f, BoundField)]  # bounds follow from their date
            item.differences += [_difference(f, old, item.record) for f in shown]
            if any(isinstance(field, ForeignKey) for field in changed):
                item.left.update(old.index_owners())
            altered.append(item.record)
    model._base_manager.bulk_create(fresh, batch_size=BATCH)
    if altered:
        model._base_manager.bulk_update(altered, [f.name for f in fields], batch_size=50)


def row_fields(model: type[Record]) -> list[Field[Any, Any]]:
    """The columns of a record's own row, its key left out."""
    return [f for f in model._meta.concrete_fields if not f.primary_key]


def _difference(field: Field[Any, Any], old: Record, new: Record) -> dict[str, Any]:
    return {
        "field": field.name,
        "old": plain(field.value_from_object(old)),
        "new": plain(field.value_from_object(new)),
        "ref": isinstance(field, ForeignKey),
    }


def plain(value: Any) -> Any:
    """A value as it stands in an event: dates as text, everything else as JSON has it."""
    if isinstance(value, HistoricDate):
        return value.edtf
    return value.isoformat() if isinstance(value, date | datetime) else value


def name_references(touched: Iterable[Touched]) -> None:
    """Put public ids where the differences of references hold row ids."""
    differences = [d for item in touched for d in item.differences if d.pop("ref", False)]
    ids = {key for d in differences for side in ("old", "new") for key in _keys(d[side])}
    slugs = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "slug")) if ids else {}
    for difference in differences:
        for side in ("old", "new"):
            value = difference[side]
            named = sorted(slugs[key] for key in _keys(value))
            difference[side] = named if isinstance(value, list) else next(iter(named), None)


def _keys(value: int | list[int] | None) -> list[int]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _validate_fields(item: Touched) -> None:
    references = [f.name for f in item.record._meta.concrete_fields if isinstance(f, ForeignKey)]
    try:
        item.record.clean_fields(exclude=references)
    except ValidationError as error:
        raise refused(item, error) from error


def _validate_row(item: Touched) -> None:
    try:
        item.record.clean()
    except ValidationError as error:
        raise refused(item, error) from error


def refused(item: Touched, error: ValidationError) -> WriteRefused:
    """The refusal that says which record an error concerns."""
    return WriteRefused(f"{item.entry.kind} {item.entry.slug}: {'; '.join(error.messages)}")
