"""Satellites: the evidence, names and topics of records, compared as whole lists and kept with history."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cstokb.fulltext.normalise import fold, name_key
from cstokb.records.models import Entry, EntryTopic, Evidence, Kept, NameForm
from cstokb.records.writer.changes import Change, Occasion, Touched
from cstokb.records.writer.history import close, open_spans


@dataclass(frozen=True)
class Satellite:
    """How one sort of satellite is compared: by which key rows are the same, and which columns may differ."""

    model: type[Kept]
    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    shown: Callable[[Any], Any]
    by_reference: bool = False


EVIDENCE = Satellite(
    Evidence,
    "evidence",
    ("source_id", "field", "value", "stance", "locator"),
    ("quotation", "rank", "note_en", "note_ru"),
    lambda row: row.uid,
)
NAMES = Satellite(
    NameForm,
    "names",
    ("text", "kind", "language"),
    ("script", "began_on", "ended_on", "folded", "key", "own"),
    lambda row: row.text,
)
TOPICS = Satellite(EntryTopic, "topics", ("topic_id",), (), lambda row: row.topic_id, by_reference=True)


def save(changes: Sequence[Change], touched: Sequence[Touched], occasion: Occasion) -> None:
    """Bring the satellites of every change to what it asks for; note each difference on its record."""
    evidence: dict[int, list[Evidence]] = {}
    for change, item in _pairs(changes, touched):
        if change.evidence is not None:
            evidence[item.entry.pk] = list(change.evidence)
            _identify(item.entry, evidence[item.entry.pk])
    _bring(EVIDENCE, evidence, touched, occasion)
    names = {
        item.entry.pk: named(item, change.names)
        for change, item in _pairs(changes, touched)
        if change.names is not None or item.row_changed
    }
    _bring(NAMES, names, touched, occasion)
    topics = {
        t.entry.pk: [one if isinstance(one, EntryTopic) else EntryTopic(topic_id=one) for one in c.topics]
        for c, t in _pairs(changes, touched)
        if c.topics is not None
    }
    _bring(TOPICS, topics, touched, occasion)


def _pairs(changes: Sequence[Change], touched: Sequence[Touched]) -> list[tuple[Change, Touched]]:
    return list(zip(changes, touched, strict=True))


def named(item: Touched, given: Sequence[NameForm] | None) -> list[NameForm]:
    """The names a record has: those given (or standing), and those that its own fields spell."""
    if given is None and not item.created:
        given = list(NameForm.objects.filter(entry_id=item.entry.pk, own=False))
    forms = list(given or ())
    said = {(form.text, form.language) for form in forms}
    for text, kind, language in item.record.own_names():
        if text and (text, language) not in said:
            said.add((text, language))
            forms.append(NameForm(text=text, kind=kind, language=language, own=True))
    for form in forms:
        form.folded, form.key = fold(form.text)[:300], name_key(form.text)[:300]
    return forms


def _identify(entry: Entry, rows: list[Evidence]) -> None:
    for row in rows:
        if row.pk and row.uid:  # it stands, or stood before
            continue
        words = [entry.kind, entry.slug, row.source.public_id, row.field, row.value, row.stance, row.locator]
        row.uid = hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:12]


def _bring(
    satellite: Satellite, wanted: dict[int, list[Any]], touched: Sequence[Touched], occasion: Occasion
) -> None:
    if not wanted:
        return
    standing: dict[int, dict[tuple[Any, ...], Any]] = defaultdict(dict)
    earlier = [item.entry.pk for item in touched if item.entry.pk in wanted and not item.created]
    rows: QuerySet[Any] = satellite.model._base_manager.all()
    if earlier:  # what was made just now has none
        for row in rows.filter(entry_id__in=earlier):
            standing[row.entry_id][_key(satellite, row)] = row
    everywhere = {row.pk: row for rows in standing.values() for row in rows.values()}
    fresh, altered, gone = [], [], []
    for item in touched:
        if item.entry.pk in wanted:
            asked = _unique(satellite, wanted[item.entry.pk], item.entry)
            new, differing, lost = _compare(satellite, asked, standing[item.entry.pk], everywhere)
            fresh += new
            altered += differing
            gone += lost
            _note(satellite, item, standing[item.entry.pk].values(), asked, bool(new or differing or lost))
    kept = {row.pk for row in altered}  # one that hangs on another record from now on is not gone
    gone = [row for row in gone if row.pk not in kept]
    _write(satellite, fresh, altered, gone, occasion, {t.entry.pk: t.entry for t in touched})


def _key(satellite: Satellite, row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in satellite.key)


def _unique(satellite: Satellite, rows: list[Any], entry: Entry) -> list[Any]:
    unique: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        row.entry = entry
        unique.setdefault(_key(satellite, row), row)
    return list(unique.values())


def _compare(
    satellite: Satellite,
    rows: list[Any],
    standing: dict[tuple[Any, ...], Any],
    everywhere: dict[int, Any],
) -> tuple[list[Any], list[Any], list[Any]]:
    fresh, altered = [], []
    for row in rows:
        old = standing.get(_key(satellite, row)) or everywhere.get(row.pk)
        compared = ("entry_id", *satellite.key, *satellite.columns)
        if old is None:
            fresh.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in compared):
            row.pk = old.pk
            if satellite is EVIDENCE:
                row.uid = old.uid
            altered.append(row)
    keys, kept = {_key(satellite, row) for row in rows}, {row.pk for row in altered}
    gone = [row for key, row in standing.items() if key not in keys and row.pk not in kept]
    return fresh, altered, gone


def _note(satellite: Satellite, item: Touched, old: Any, new: Any, changed: bool) -> None:
    if changed and not item.created:
        before, after = sorted(map(satellite.shown, old)), sorted(map(satellite.shown, new))
        difference = {"field": satellite.name, "old": before, "new": after}
        item.differences.append(difference | ({"ref": True} if satellite.by_reference else {}))


def _write(
    satellite: Satellite,
    fresh: list[Any],
    altered: list[Any],
    gone: list[Any],
    occasion: Occasion,
    entries: dict[int, Entry],
) -> None:
    model = satellite.model
    model._base_manager.bulk_create(fresh, batch_size=500)
    if altered:
        model._base_manager.bulk_update(altered, _columns(satellite), batch_size=100)
    close(model, [row.pk for row in altered + gone], occasion)
    if gone:
        model._base_manager.filter(pk__in=[row.pk for row in gone]).delete()
    open_spans(model, [(row, entries[row.entry_id].is_public) for row in fresh + altered], occasion)


def _columns(satellite: Satellite) -> list[str]:
    fields = satellite.model._meta.concrete_fields
    return [field.name for field in fields if not field.primary_key and field.name != "uid"]
