"""Who refers to a record: what must not lose it, and where else it matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from cstokb.records.models import Entry, Record

MOST_EXAMPLES = 10


@dataclass(frozen=True)
class Reference:
    """Rows of one model that refer to a record through one field."""

    model: type[Model]
    field: ForeignKey[Any, Any]
    count: int
    key: int

    @property
    def rows(self) -> QuerySet[Any]:
        """The referring rows."""
        return self.model._base_manager.filter(**{self.field.attname: self.key})

    def examples(self, most: int) -> list[Entry]:
        """Some of the records that refer."""
        ids = self.rows.order_by("pk").values_list(
            "pk" if issubclass(self.model, Record) else "entry_id", flat=True
        )
        return list(Entry.objects.filter(pk__in=list(ids[:most])))


def references(record: Record) -> Iterator[Reference]:
    """Every sort of reference to a record that stands, one query for each sort."""
    for relation in type(record)._meta.related_objects:
        model, field = relation.related_model, relation.remote_field
        if isinstance(field, ForeignKey):
            count = model._base_manager.filter(**{field.attname: record.pk}).count()
            if count:
                yield Reference(model, field, count, record.pk)


@dataclass(frozen=True)
class Hold:
    """Why a record cannot go: how many rows refer to it, and ten of them at most."""

    count: int
    examples: tuple[Entry, ...]


def hold_on(record: Record) -> Hold:
    """What refers to a record; nothing does when the count is 0."""
    found = list(references(record))
    examples: list[Entry] = []
    for reference in found:
        if len(examples) < MOST_EXAMPLES:
            examples += reference.examples(MOST_EXAMPLES - len(examples))
    return Hold(sum(one.count for one in found), tuple(examples))
