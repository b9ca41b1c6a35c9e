"""Old and new values side by side, in words for a reader: for proposals, conflicts and the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstokb.records.admin.columns import described
from cstokb.records.choices import NameKind, Publication, Rank, Stance
from cstokb.records.models import Entry, Evidence, Record
from cstokb.records.payload import record_fields, satellites, stored, target
from cstokb.records.registry import model_of
from cstokb.records.writer.history import history_of
from cstokb.records.writer.rows import plain

NOTHING = "-"


@dataclass(frozen=True)
class Line:
    """One field in which two states of a record differ; each side is a list of lines of text."""

    label: str
    old: list[str]
    new: list[str]


def compare(entry: Entry, payload: dict[str, Any]) -> list[Line]:
    """What stands beside what a payload asks for, field by field."""
    record = stored(entry)
    standing = satellites(entry) | {"publication": entry.publication, "why": entry.reason}
    standing |= _standing_values(record, payload)
    names = _references(type(record), [payload, standing], payload)
    places = {f.name: place for place, f in enumerate(record_fields(type(record)))}  # JSON keeps no order
    return [
        _line(type(record), name, standing.get(name), value, names)
        for name, value in sorted(
            payload.items(), key=lambda item: (places.get(item[0], len(places)), item[0])
        )
        if name != "why" or value or standing["why"]
    ]


def _line(model: type[Record], name: str, old: Any, new: Any, names: dict[tuple[str, str], str]) -> Line:
    """One field on both sides; of a list, the rows in which the sides differ."""
    sides = words(model, name, old, names), words(model, name, new, names)
    if isinstance(new, list):
        alike = [row for row in sides[0] if row in sides[1]]
        rest = [_("and %(count)d alike") % {"count": len(alike)}] if alike else []
        sides = tuple([row for row in side if row not in alike] + rest for side in sides)  # type: ignore[assignment]
    return Line(field_label(model, name), *sides)


def _standing_values(record: Record, payload: dict[str, Any]) -> dict[str, Any]:
    fields = [f for f in record_fields(type(record)) if f.name in payload]
    values = {f.name: plain(f.value_from_object(record)) for f in fields}
    keys = [values[f.name] for f in fields if target(f) and values[f.name] is not None]
    slugs = dict(Entry.objects.filter(pk__in=keys).values_list("pk", "slug"))
    return values | {f.name: slugs.get(values[f.name]) for f in fields if target(f)}


def _references(
    model: type[Record], sides: Iterable[dict[str, Any]], wanted: Iterable[str]
) -> dict[tuple[str, str], str]:
    """What the records named on either side are called, by kind and id: one query."""
    slugs: set[tuple[str, str]] = set()
    for side in sides:
        for name in wanted:
            slugs |= {(kind, slug) for kind, slug in _named(model, name, side.get(name)) if slug}
    entries = Entry.objects.filter(
        kind__in={kind for kind, _slug in slugs}, slug__in={slug for _kind, slug in slugs}
    )
    return {(entry.kind, entry.slug): described(entry) for entry in entries} if slugs else {}


def _named(model: type[Record], name: str, value: Any) -> list[tuple[str, str]]:
    if name == "evidence":
        return [("source", row.get("source", "")) for row in value or ()]
    if name == "topics":
        return [("topic", slug) for slug in value or ()]
    other = target(field) if (field := field_of(model, name)) is not None else None
    return [(other.kind, value)] if other and isinstance(value, str) else []


def field_of(model: type[Record], name: str) -> Field[Any, Any] | None:
    """The field of a model by name; None for what is no field."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def field_label(model: type[Record], name: str) -> str:
    """What a field, or one of the lists beside a record, is called."""
    lists = {
        "evidence": _("Evidence"),
        "names": _("Names"),
        "topics": _("Topics"),
        "publication": _("Publication"),
        "why": _("Why a draft or withdrawn"),
        "reason": _("Why a draft or withdrawn"),
        "correction": _("A correction"),
        "merged_into": _("Merged into"),
    }
    field = field_of(model, name)
    return lists.get(name) or (capfirst(str(field.verbose_name)) if field else name)


def field_in_words(model: type[Record], name: str) -> str:
    """What a field, or one of the lists beside a record, is called inside a sentence."""
    field = field_of(model, name)
    if field is not None:
        return str(field.verbose_name)
    label = field_label(model, name)
    return label[:1].lower() + label[1:]


def words(
    model: type[Record], name: str, value: Any, names: dict[tuple[str, str], str] | None = None
) -> list[str]:
    """A value as lines of text: choices and references by what they are called."""
    names = names or {}
    if name == "evidence":
        return [_evidence(row, names) for row in value or ()] or [NOTHING]
    if name == "names":
        return [_name(row) for row in value or ()] or [NOTHING]
    if name == "topics":
        return [names.get(("topic", slug), str(slug)) for slug in value or ()] or [NOTHING]
    if name == "publication":
        return [str(dict(Publication.choices).get(value, value))]
    if value in (None, ""):
        return [NOTHING]
    return _field_words(field_of(model, name), value, names)


def _field_words(field: Field[Any, Any] | None, value: Any, names: dict[tuple[str, str], str]) -> list[str]:
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    other = target(field) if field is not None else None
    if other is not None:
        return [names.get((other.kind, value), str(value))]
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value)).splitlines()


def _evidence(row: Any, names: dict[tuple[str, str], str]) -> str:
    if not isinstance(row, dict):  # the history names evidence by its id
        return str(row)
    parts = [names.get(("source", row.get("source", "")), row.get("source", "")), row.get("field", "")]
    parts += [row.get("value", ""), row.get("locator", ""), row.get("quotation", "")]
    parts.append(str(dict(Stance.choices).get(row.get("stance", ""), "")))
    if row.get("rank", Rank.NORMAL) != Rank.NORMAL:
        parts.append(str(dict(Rank.choices).get(row["rank"], "")))
    return " · ".join(part for part in [*parts, row.get("note_en", ""), row.get("note_ru", "")] if part)


def _name(row: Any) -> str:
    if not isinstance(row, dict):
        return str(row)
    parts = [row.get("text", ""), str(dict(NameKind.choices).get(row.get("kind", ""), ""))]
    parts += [
        row.get("language", ""),
        row.get("script", ""),
        row.get("began_on", ""),
        row.get("ended_on", ""),
    ]
    return " · ".join(part for part in parts if part)


def event_lines(kind: str, changes: list[dict[str, Any]], evidence: dict[str, str]) -> list[Line]:
    """The field differences of an event; of a list only what came and what went."""
    model = model_of(kind)
    lines = []
    for change in changes:
        name, old, new = change["field"], change["old"], change["new"]
        if isinstance(old, list) and isinstance(new, list):
            old, new = [x for x in old if x not in new], [x for x in new if x not in old]
        if name == "evidence":
            old, new = ([evidence.get(uid, uid) for uid in side] for side in (old, new))
        if isinstance(old, list) and not old and not new:
            old, new = [], [_("details changed")]
        lines.append(Line(field_label(model, name), _side(model, name, old), _side(model, name, new)))
    return lines


def _side(model: type[Record], name: str, value: Any) -> list[str]:
    return value or [NOTHING] if isinstance(value, list) else words(model, name, value)


def evidence_by_uid(uids: Iterable[str]) -> dict[str, str]:
    """What pieces of evidence say, by their id, also of those that are gone."""
    rows = history_of(Evidence)._base_manager.filter(uid__in=set(uids)).order_by("pk").values()
    kept = {row["uid"]: row for row in rows}
    sources = Entry.objects.in_bulk([row["source_id"] for row in kept.values()])
    found = {}
    for uid, row in kept.items():
        source = sources.get(row["source_id"])
        names = {("source", source.slug): described(source)} if source else {}
        found[uid] = _evidence(row | {"source": source.slug if source else ""}, names)
    return found
