"""What stands of the records that a file names: their values as a proposal holds them, in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, UniqueConstraint

from cstokb.curation.tables.lookup import chunks
from cstokb.records.models import Entry, EntryTopic, Evidence, NameForm, Record
from cstokb.records.payload import evidence_value, name_value, record_fields, target
from cstokb.records.writer.rows import plain


@dataclass
class Held:
    """A record as it stands: its entry, its row, its values with ids for references, and its lists."""

    entry: Entry
    record: Record
    values: dict[str, Any] = field(default_factory=dict)


def held(model: type[Record], slugs: Collection[str], lists: Collection[str]) -> Iterator[Held]:
    """The records of a kind with these ids; ``lists`` are those of evidence, names and topics that are asked for."""
    for part in chunks(sorted(slugs)):
        entries = {one.pk: one for one in Entry.objects.filter(kind=model.kind, slug__in=part)}
        rows = model._base_manager.in_bulk(list(entries))
        found = [Held(entries[key], row, _values(row)) for key, row in rows.items()]
        _name_references(model, found)
        for name in lists:
            _LISTS[name](found)
        yield from sorted(found, key=lambda one: one.entry.slug)


def _values(record: Record) -> dict[str, Any]:
    return {one.name: plain(one.value_from_object(record)) for one in record_fields(type(record))}


def _name_references(model: type[Record], found: Collection[Held]) -> None:
    names = [one.name for one in record_fields(model) if target(one)]
    ids = {one.values[name] for one in found for name in names if one.values[name] is not None}
    slugs = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "slug")) if ids else {}
    for one in found:
        one.values |= {name: slugs.get(one.values[name]) for name in names}


def _evidence(found: Collection[Held]) -> None:
    rows = Evidence.objects.select_related("source__entry")
    _gather("evidence", found, ((row.entry_id, evidence_value(row)) for row in _of(rows, found)))


def _names(found: Collection[Held]) -> None:
    rows = NameForm.objects.filter(own=False)
    _gather("names", found, ((row.entry_id, name_value(row)) for row in _of(rows, found)))


def _topics(found: Collection[Held]) -> None:
    rows = EntryTopic.objects.select_related("topic__entry").order_by("topic__entry__slug")
    _gather("topics", found, ((row.entry_id, row.topic.public_id) for row in _of(rows, found)))


def _of(rows: Any, found: Collection[Held]) -> Iterable[Any]:
    wanted: Iterable[Any] = rows.filter(entry_id__in=[one.entry.pk for one in found])
    return wanted


def _gather(name: str, found: Collection[Held], rows: Iterable[tuple[int, Any]]) -> None:
    gathered: dict[int, list[Any]] = defaultdict(list)
    for key, value in rows:
        gathered[key].append(value)
    for one in found:
        one.values[name] = gathered[one.entry.pk]


_LISTS = {"evidence": _evidence, "names": _names, "topics": _topics}
LISTS = tuple(_LISTS)


def unique_keys(model: type[Model]) -> list[tuple[str, ...]]:
    """The fields by which a row is the only one of its kind."""
    found = [tuple(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return [names for names in found if names]


def by_key(model: type[Record], names: tuple[str, ...]) -> dict[tuple[Any, ...], str]:
    """Ids of the records that stand, by the values of a key; keys with an empty part are none."""
    paths = [f"{name}__entry__slug" if target(model._meta.get_field(name)) else name for name in names]  # type: ignore[arg-type]
    rows = model._base_manager.values_list(*paths, "entry__slug")
    return {key: slug for *parts, slug in rows if is_key(key := tuple(plain(one) for one in parts))}


def is_key(key: tuple[Any, ...]) -> bool:
    """Whether every part of a key says something."""
    return all(part not in (None, "") for part in key)
