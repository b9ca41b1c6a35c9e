"""Earlier versions of a record: what it said at a moment, in every field and list, so that it can be said again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.records.models import Entry, EntryTopic, Evidence, Kept, NameForm, Record, Source, Topic
from cstokb.records.payload import EVIDENCE_FIELDS, NAME_FIELDS, change_of, payload_of, record_fields, target
from cstokb.records.publish import WriteRefused
from cstokb.records.registry import model_of
from cstokb.records.writer.history import history_of
from cstokb.records.writer.rows import plain

#: The fields by which a record that is gone may still be called, from its history.
CALLED = ("name_en", "title_en", "label_en", "title", "number")


@dataclass
class Version:
    """What brings a record back to an earlier version.

    ``payload`` holds what differs from what stands now; ``gone`` a sentence for each record that it named and that
    stands no longer: a field that named it is left as it is now, a list goes without it.
    """

    payload: dict[str, Any]
    gone: list[str] = field(default_factory=list)


def version_at(entry: Entry, moment: datetime) -> Version:
    """The version of a record that held at a moment; publication is no part of it.

    Raises:
        WriteRefused: when nothing was kept for the moment.
    """
    model = model_of(entry.kind)
    row = _held(model, moment).filter(entry_id=entry.pk).order_by("-history_id").first()
    if row is None:
        raise WriteRefused(_("No version was kept of that moment."))
    found = _Names()
    payload = _fields(model, row, found) | _lists(entry, moment, found)
    return Version(payload_of(change_of(entry, payload)), found.gone)


def _held(model: type[Kept], moment: datetime) -> QuerySet[Any]:
    """The rows of the history that held at a moment."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=moment)
    rows: QuerySet[Any] = history_of(model)._base_manager.filter(held, valid_from__lte=moment)
    return rows


class _Names:
    """Public ids of the records that a version names, and what is said of those that are gone."""

    def __init__(self) -> None:
        self.gone: list[str] = []

    def of(self, model: type[Record], keys: list[int], where: str, *, listed: bool = True) -> dict[int, str]:
        """Public ids by row id; one that is gone is noted with the field or the list that named it."""
        slugs = dict(Entry.objects.filter(pk__in=keys).values_list("pk", "slug"))
        for key in keys:
            if key not in slugs:
                said = (
                    _("%(field)s: %(record)s stands no longer, and is left out.")
                    if listed
                    else _("%(field)s: %(record)s stands no longer; the field stays as it is now.")
                )
                self.gone.append(said % {"field": where, "record": _called(model, key)})
        return slugs


def _called(model: type[Record], key: int) -> str:
    """What a record that is gone was called."""
    row = history_of(model)._base_manager.filter(entry_id=key).order_by("-history_id").first()
    names = (getattr(row, name, "") for name in CALLED)
    return next((str(name) for name in names if name), f"{model._meta.verbose_name} {key}")


def _fields(model: type[Record], row: Model, found: _Names) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in record_fields(model):
        value, other = plain(one.value_from_object(row)), target(one)
        if other is None or value is None:
            values[one.name] = value
            continue
        slugs = found.of(other, [value], capfirst(str(one.verbose_name)), listed=False)
        if value in slugs:
            values[one.name] = slugs[value]
    return values


def _lists(entry: Entry, moment: datetime, found: _Names) -> dict[str, Any]:
    evidence = list(_held(Evidence, moment).filter(entry_id=entry.pk).order_by("id"))
    topics = list(_held(EntryTopic, moment).filter(entry_id=entry.pk).values_list("topic_id", flat=True))
    names = _held(NameForm, moment).filter(entry_id=entry.pk, own=False).order_by("id")
    sources = found.of(Source, sorted({row.source_id for row in evidence}), _("Evidence"))
    return {
        "evidence": [
            {"source": sources[row.source_id]} | _filled(row, EVIDENCE_FIELDS)
            for row in evidence
            if row.source_id in sources
        ],
        "names": [_filled(row, NAME_FIELDS) for row in names],
        "topics": sorted(found.of(Topic, topics, _("Topics")).values()),
    }


def _filled(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: plain(getattr(row, name)) for name in names}
    return {name: value for name, value in values.items() if value}
