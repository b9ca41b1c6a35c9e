"""What anyone may read of the events that made the knowledge base what it is.

An event holds what an editor changed, names of drafts included; what leaves the house says nothing of a record that
is not public, and of a withdrawn one no more than that it was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import ForeignKey, QuerySet

from cstokb.listing.ask import Ask
from cstokb.listing.columns import utc
from cstokb.records.choices import ChangeKind
from cstokb.records.models import ChangeEvent, Entry, Record
from cstokb.records.registry import record_models

#: How an event is named outside. The chain does not know of draft work, so its links tell nothing about that.
CURSOR = 24
#: What editors note for each other.
INTERNAL = frozenset({"publication", "reason", "tagged_by"})
#: Kinds of event whose differences were public on both sides.
TOLD = (ChangeKind.CHANGED, ChangeKind.CORRECTED)
#: Kinds of event that say why a record is public no longer.
ENDS = (ChangeKind.WITHDRAWN, ChangeKind.MERGED)

Event = dict[str, Any]


def public_events(ask: Ask) -> QuerySet[ChangeEvent]:
    """Events that anyone may know of, oldest first; for an earlier moment those that had happened by then."""
    events = ChangeEvent.objects.filter(public=True).order_by("id")
    known_on = ask.scope.known_on
    return events if known_on is None else events.filter(at__lte=known_on)


def cursor_of(event: ChangeEvent) -> str:
    """The name of an event, after which a reader goes on."""
    return event.chain[:CURSOR]


def described(events: Sequence[ChangeEvent], ask: Ask) -> list[Event]:
    """Events as API and pages say them; one query for the names of what they refer to."""
    named = {slug for event in events for slug in _references(event)}
    public = (
        set(Entry.objects.public().filter(slug__in=named).values_list("slug", flat=True)) if named else set()
    )
    return [_described(event, public, ask) for event in events]


def _described(event: ChangeEvent, public: set[str], ask: Ask) -> Event:
    entry = event.entry
    told = (event.kind in TOLD and entry.is_public) or event.kind == ChangeKind.MERGED
    return {
        "cursor": cursor_of(event),
        "at": utc(event.at),
        "kind": event.kind,
        "type": entry.kind,
        "id": entry.slug,
        "html_url": ask.absolute(ask.localised(entry.path)) if entry.is_public and entry.path else None,
        "changes": [_cleared(one, _is_reference(entry, one), public) for one in _shown(event)]
        if told
        else [],
        "reason": event.reason if told or event.kind in ENDS else "",
    }


def _shown(event: ChangeEvent) -> Iterator[Mapping[str, Any]]:
    shown = (one for one in event.changes if one["field"] not in INTERNAL)
    if event.kind != ChangeKind.MERGED:
        return shown
    return (one for one in shown if one["field"] == "merged_into")  # what it was merged into, and no more


def _cleared(change: Mapping[str, Any], is_reference: bool, public: set[str]) -> Event:
    """A difference without the names of what is not public."""
    sides = {side: change.get(side) for side in ("old", "new")}
    if is_reference:
        sides = {side: _only(value, public) for side, value in sides.items()}
    return {"field": change["field"], **sides}


def _only(value: Any, public: set[str]) -> Any:
    if isinstance(value, list):
        return [one for one in value if one in public]
    return value if value in public else None


def _references(event: ChangeEvent) -> Iterator[str]:
    for change in _shown(event):
        if _is_reference(event.entry, change):
            for side in ("old", "new"):
                value = change.get(side)
                yield from (str(one) for one in (value if isinstance(value, list) else [value]) if one)


def _is_reference(entry: Entry, change: Mapping[str, Any]) -> bool:
    """Whether a difference holds public ids: a foreign key to a record, or the headings of the record."""
    if change["field"] in {"topics", "merged_into"}:
        return True
    model = record_models()[entry.kind]
    names = {field.name for field in model._meta.concrete_fields if _to_a_record(field)}
    return change["field"] in names


def _to_a_record(field: Any) -> bool:
    target = field.related_model
    return isinstance(field, ForeignKey) and isinstance(target, type) and issubclass(target, Record)
