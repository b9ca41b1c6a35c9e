"""From a raw record to a change that the writer understands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey

from cstokb.curation.loader.files import LoadError, RawRecord
from cstokb.dates import InvalidDate
from cstokb.records.models import Entry, Evidence, NameForm, Record, Source
from cstokb.records.publish import Change
from cstokb.records.registry import model_of

NAME_FIELDS = frozenset({"text", "kind", "language", "script", "began_on", "ended_on"})
EVIDENCE_FIELDS = frozenset(
    {"field", "value", "locator", "quotation", "stance", "rank", "note_en", "note_ru"}
)


@dataclass
class Builder:
    """Turns raw records into changes; knows the ids of everything written or standing so far.

    What was merged goes by the record that it was merged into.
    """

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def learn(self) -> None:
        """Read which records stand in the database."""
        entries = list(Entry.objects.values_list("pk", "kind", "slug", "merged_into_id"))
        self.ids = {(kind, slug): merged or key for key, kind, slug, merged in entries}
        sources = Source.objects.select_related("entry").in_bulk()
        self.sources = {
            slug: sources[merged or key] for key, kind, slug, merged in entries if kind == Source.kind
        }

    def change(self, raw: RawRecord) -> Change:
        """The change that brings a record to what its file says.

        Raises:
            LoadError: when a field is unknown, a value is invalid, or a reference names nothing.
        """
        record = self._record(raw)
        return Change(
            record=record,
            slug=raw.id,
            publication=raw.publication,
            why=raw.why,
            evidence=[self._evidence(raw, item) for item in raw.evidence],
            names=[_name(raw, item) for item in raw.names],
            topics=[self._id(raw, "topic", slug) for slug in raw.topics],
        )

    def references(self, raw: RawRecord) -> list[tuple[str, str]]:
        """The records of its own kind that a record refers to."""
        model = _model(raw)
        return [
            (raw.kind, raw.fields[f.name])
            for f in model._meta.concrete_fields
            if isinstance(f, ForeignKey) and f.related_model is model and raw.fields.get(f.name)
        ]

    def _record(self, raw: RawRecord) -> Record:
        model = _model(raw)
        known = {f.name: f for f in model._meta.concrete_fields if not f.primary_key}
        record = model()
        for name, value in raw.fields.items():
            if name not in known:
                raise LoadError(f"{raw.place}: there is no field {name}")
            column = known[name]
            if isinstance(column, ForeignKey):
                setattr(record, column.attname, self._target(raw, column, value))
                continue
            try:
                setattr(record, name, column.to_python(value))
            except (InvalidDate, ValidationError) as error:
                raise LoadError(f"{raw.place}: {name}: {error}") from error
        return record

    def _target(self, raw: RawRecord, column: ForeignKey[Any, Any], value: str | None) -> int | None:
        if value is None:
            return None
        target: Any = column.related_model
        if not isinstance(target, type) or not issubclass(target, Record):
            raise LoadError(f"{raw.place}: {column.name} cannot be set by the starter data")
        return self._id(raw, target.kind, value)

    def _id(self, raw: RawRecord, kind: str, slug: str) -> int:
        try:
            return self.ids[kind, slug]
        except KeyError:
            raise LoadError(f"{raw.place}: there is no {kind} {slug}") from None

    def _evidence(self, raw: RawRecord, item: dict[str, Any]) -> Evidence:
        rest = {name: value for name, value in item.items() if name != "source" and value is not None}
        if unknown := set(rest) - EVIDENCE_FIELDS:
            raise LoadError(f"{raw.place}: evidence has no field {sorted(unknown)[0]}")
        source = self.sources.get(item.get("source", ""))
        if source is None:
            raise LoadError(f"{raw.place}: there is no source {item.get('source')}")
        return Evidence(source=source, **rest)


def _model(raw: RawRecord) -> type[Record]:
    try:
        return model_of(raw.kind)
    except LookupError as error:
        raise LoadError(f"{raw.place}: {error}") from error


def _name(raw: RawRecord, item: dict[str, Any]) -> NameForm:
    if unknown := set(item) - NAME_FIELDS:
        raise LoadError(f"{raw.place}: a name has no field {sorted(unknown)[0]}")
    return NameForm(**{name: value for name, value in item.items() if value is not None})
