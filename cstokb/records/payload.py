"""Proposed values of a record as JSON: references as public ids, dates as EDTF, satellites as whole lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey
from django.utils.translation import gettext as _

from cstokb.records.models import Entry, EntryTopic, Evidence, NameForm, Record, Source, Topic
from cstokb.records.registry import model_of
from cstokb.records.writer.changes import Change, WriteRefused
from cstokb.records.writer.rows import plain

#: What a payload may hold beside the fields of the model.
PUBLICATION = ("publication", "why", "correction")
EVIDENCE_FIELDS = ("field", "value", "locator", "quotation", "stance", "rank", "note_en", "note_ru")
NAME_FIELDS = ("text", "kind", "language", "script", "began_on", "ended_on")


def record_fields(model: type[Record]) -> list[Field[Any, Any]]:
    """The fields of a model that a person fills in; its key, bounds of dates and accounts are none."""
    return [
        f
        for f in model._meta.concrete_fields
        if f.editable and not f.primary_key and (target(f) is not None or not isinstance(f, ForeignKey))
    ]


def target(field: Field[Any, Any]) -> type[Record] | None:
    """The model of the records that a field refers to; None for a field that refers to none."""
    model = field.related_model
    return model if isinstance(model, type) and issubclass(model, Record) else None


def stored(entry: Entry) -> Record:
    """The record of an entry as it stands in the database."""
    return model_of(entry.kind)._base_manager.select_related("entry").get(pk=entry.pk)


def payload_of(change: Change) -> dict[str, Any]:
    """What a change would make different from what stands, as a payload; empty when nothing."""
    old = stored(change.record.entry)
    fields = [f for f in record_fields(type(old)) if _value(f, old) != _value(f, change.record)]
    payload = {f.name: _value(f, change.record) for f in fields}
    entry = old.entry
    if change.publication not in (None, entry.publication):
        payload |= {"publication": change.publication, "why": change.why or ""}
    standing = satellites(entry)
    for name, rows in _asked(change).items():
        if rows is not None and sorted(rows, key=str) != sorted(standing[name], key=str):
            payload[name] = rows
    slugs = _slugs(payload[f.name] for f in fields if target(f))
    return payload | {f.name: slugs.get(payload[f.name]) for f in fields if target(f)}


def _value(field: Field[Any, Any], record: Record) -> Any:
    return plain(field.value_from_object(record))


def _slugs(ids: Iterable[int | None]) -> dict[int, str]:
    wanted = [key for key in ids if key is not None]
    return dict(Entry.objects.filter(pk__in=wanted).values_list("pk", "slug")) if wanted else {}


def _asked(change: Change) -> dict[str, list[Any] | None]:
    return {
        "evidence": None if change.evidence is None else [evidence_value(row) for row in change.evidence],
        "names": None if change.names is None else [name_value(row) for row in change.names],
        "topics": None if change.topics is None else sorted(_slugs(map(_heading, change.topics)).values()),
    }


def _heading(topic: int | EntryTopic) -> int:
    return topic if isinstance(topic, int) else topic.topic_id


def satellites(entry: Entry) -> dict[str, list[Any]]:
    """The evidence, given names and topics of a record as a payload holds them."""
    evidence = Evidence.objects.filter(entry=entry).select_related("source__entry")
    topics = EntryTopic.objects.filter(entry=entry).values_list("topic__entry__slug", flat=True)
    return {
        "evidence": [evidence_value(row) for row in evidence],
        "names": [name_value(row) for row in NameForm.objects.filter(entry=entry, own=False)],
        "topics": sorted(topics),
    }


def evidence_value(row: Evidence) -> dict[str, Any]:
    """A piece of evidence as a payload holds it: what is empty is left out."""
    return {"source": row.source.public_id} | _filled(row, EVIDENCE_FIELDS)


def name_value(row: NameForm) -> dict[str, Any]:
    """A name as a payload holds it: what is empty is left out."""
    return _filled(row, NAME_FIELDS)


def _filled(row: Evidence | NameForm, names: Sequence[str]) -> dict[str, Any]:
    values = {name: plain(getattr(row, name)) for name in names}
    return {name: value for name, value in values.items() if value}


def change_of(entry: Entry, payload: dict[str, Any]) -> Change:
    """The change that brings a record from what stands to what a payload asks for.

    Raises:
        WriteRefused: when the payload names a field, a record or a value that does not exist.
    """
    record = stored(entry)
    fields = {f.name: f for f in record_fields(type(record))}
    rest = {name: value for name, value in payload.items() if name not in fields}
    for name in payload.keys() & fields.keys():
        _assign(record, fields[name], payload[name])
    if unknown := rest.keys() - {*PUBLICATION, "evidence", "names", "topics"}:
        raise WriteRefused(_("There is no field %(name)s.") % {"name": sorted(unknown)[0]})
    return Change(
        record,
        entry.slug,
        publication=rest.get("publication"),
        why=rest.get("why"),
        evidence=_evidence(rest["evidence"]) if "evidence" in rest else None,
        names=[NameForm(**_known(row, NAME_FIELDS)) for row in rest["names"]] if "names" in rest else None,
        topics=[_find(Topic, slug).pk for slug in rest["topics"]] if "topics" in rest else None,
    )


def _assign(record: Record, field: Field[Any, Any], value: Any) -> None:
    model = target(field)
    if model is not None:
        setattr(record, field.name, _find(model, value) if value is not None else None)
        return
    try:
        setattr(record, field.name, field.to_python(value))
    except ValidationError as error:
        raise WriteRefused(f"{field.name}: {'; '.join(error.messages)}") from error


def _evidence(rows: Sequence[dict[str, Any]]) -> list[Evidence]:
    return [
        Evidence(
            source=_find(Source, row.get("source", "")),
            **_known({name: value for name, value in row.items() if name != "source"}, EVIDENCE_FIELDS),
        )
        for row in rows
    ]


def _known(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    if unknown := row.keys() - set(names):
        raise WriteRefused(_("There is no field %(name)s.") % {"name": sorted(unknown)[0]})
    return row


def _find(model: type[Record], slug: str) -> Any:
    rows = model._base_manager.select_related("entry__merged_into")
    found = rows.filter(entry__kind=model.kind, entry__slug=slug).first()
    if found is not None and found.entry.merged_into is not None:  # who proposed it could not know
        return stored(found.entry.merged_into)
    if found is None:
        raise WriteRefused(_("There is no %(record)s.") % {"record": f"{model.kind} {slug}"})
    return found
