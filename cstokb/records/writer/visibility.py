"""Visibility: who may see a record, as it follows from its own publication and that of its parents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from cstokb.records.choices import Publication, Visibility
from cstokb.records.laid_out import IDS, laid_out
from cstokb.records.models import Entry, Record
from cstokb.records.registry import children_of, load_order, model_of, referring_to
from cstokb.records.writer.changes import Touched
from cstokb.records.writer.rows import relabel


def visibility(publication: str, parents: Iterable[str], *, merged: bool = False) -> str:
    """The rule (laws 6 and 7): public needs every parent public; a withdrawn record or parent withholds.

    A merged record is withdrawn, and yet what readers were told of it before is not taken back.
    """
    standing = list(parents)
    if merged and Visibility.WITHHELD not in standing:
        return Visibility.HIDDEN
    if publication == Publication.WITHDRAWN or Visibility.WITHHELD in standing:
        return Visibility.WITHHELD
    if publication == Publication.PUBLISHED and all(one == Visibility.PUBLIC for one in standing):
        return Visibility.PUBLIC
    return Visibility.HIDDEN


def parents_of(record: Record) -> list[int]:
    """Ids of the parents through which a record is published; an empty reference is no parent.

    What a record was merged into counts with them: where that is withheld, so is what was said under the other id.
    """
    ids = (getattr(record, f"{name}_id") for name in record.published_through)
    return [key for key in (*ids, record.entry.merged_into_id) if key is not None]


def expected(records: Sequence[Record], known: Mapping[int, str] | None = None) -> dict[int, str]:
    """The visibility each record should have, given what its parents have now (or in ``known``)."""
    wanted = {key for record in records for key in parents_of(record)}.difference(known or ())
    standing = dict(_visibilities(ids=sorted(wanted)) if wanted else ()) | dict(known or {})
    return {
        record.pk: visibility(
            record.entry.publication,
            [standing[key] for key in parents_of(record)],
            merged=record.entry.merged_into_id is not None,
        )
        for record in records
    }


@laid_out(ids=IDS)
def _visibilities(ids: Any) -> QuerySet[Any, Any]:
    return Entry.objects.filter(pk__in=ids).values_list("pk", "visibility")


def settle(touched: list[Touched]) -> list[Touched]:
    """Give every touched record its visibility and labels, and go on to the records that hang on them.

    Returns:
        The touched records, and those that changed only because a parent did. Their entries are not saved yet.
    """
    everything = {item.entry.pk: item for item in touched}
    wave = touched
    while wave:
        _see(wave, everything)
        moved = [i for i in wave if not i.created and (i.was != i.entry.visibility or i.label_changed)]
        wave = _dependents(moved, everything)
        everything |= {item.entry.pk: item for item in wave}
    return list(everything.values())


def _see(wave: Sequence[Touched], everything: Mapping[int, Touched]) -> None:
    """Give each record of a wave its visibility; parents come first, whatever order the caller named them in."""
    by_kind: dict[str, list[Touched]] = defaultdict(list)
    for item in wave:
        by_kind[item.entry.kind].append(item)
    for kind in sorted(by_kind, key=load_order().index):
        should = expected([item.record for item in by_kind[kind]], _known(everything))
        for item in by_kind[kind]:
            item.entry.visibility = should[item.entry.pk]


def _known(everything: Mapping[int, Touched]) -> dict[int, str]:
    return {key: item.entry.visibility for key, item in everything.items()}


def _dependents(moved: Sequence[Touched], everything: Mapping[int, Touched]) -> list[Touched]:
    by_reference: dict[tuple[type[Record], str], list[int]] = defaultdict(list)
    for item in moved:
        kind = item.entry.kind
        # Publication reaches the children; a new name reaches whatever may say it.
        for reference in referring_to(kind) if item.label_changed else children_of(kind):
            by_reference[reference].append(item.entry.pk)
    found: dict[int, Touched] = {}
    for (model, name), ids in by_reference.items():
        rows = model._base_manager.select_related("entry", name).filter(**{f"{name}_id__in": ids})
        for item in _moving(list(rows), everything):
            found[item.entry.pk] = item
    for item in _moving(_merged_into(moved), everything):
        found[item.entry.pk] = item
    return list(found.values())


def _merged_into(moved: Sequence[Touched]) -> list[Record]:
    """The records that are one with those which were withheld just now, or are withheld no longer."""
    withheld = [
        item
        for item in moved
        if item.was != item.entry.visibility and Visibility.WITHHELD in (item.was, item.entry.visibility)
    ]
    found: list[Record] = []
    for kind in {item.entry.kind for item in withheld}:
        keys = [item.entry.pk for item in withheld if item.entry.kind == kind]
        rows = model_of(kind)._base_manager.select_related("entry")
        found += rows.filter(entry__merged_into__in=keys)
    return found


def _moving(records: Sequence[Record], everything: Mapping[int, Touched]) -> Iterator[Touched]:
    should = expected(records, _known(everything))
    for record in records:
        item = everything.get(record.pk)
        if item is None:
            item = Touched(record.entry, record, was=record.entry.visibility)
        else:  # read anew, it names its references as they are called now
            record.entry, item.record = item.entry, record
        if relabel(item) or item.entry.visibility != should[record.pk]:
            yield item


def misplaced() -> list[tuple[str, str, str]]:
    """Entries whose stored visibility differs from the rule, as (kind, id, what it should be)."""
    wrong: list[tuple[str, str, str]] = []
    for kind in Entry.objects.order_by("kind").values_list("kind", flat=True).distinct():
        records = list(model_of(kind)._base_manager.select_related("entry"))
        should = expected(records)
        wrong += [
            (kind, record.entry.slug, should[record.pk])
            for record in records
            if record.entry.visibility != should[record.pk]
        ]
    return wrong
