"""Loading the starter data: in order, in one transaction, and nothing a person has changed since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from cstokb.curation.loader.build import Builder
from cstokb.curation.loader.files import LoadError, RawRecord, digest, read_records
from cstokb.records.models import ChangeEvent, DataLoad, Entry, Head, Source
from cstokb.records.publish import Change, Outcome, WriteRefused, write_all
from cstokb.records.registry import load_order
from cstokb.records.revisions import propose

REASON = "starter data"


@dataclass
class LoadReport:
    """What a load did: counts by kind, proposals queued, and records left as a person made them."""

    outcome: Outcome = field(default_factory=Outcome)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    queued: int = 0
    kept: list[str] = field(default_factory=list)


def is_loaded(folder: Path) -> bool:
    """Whether the newest load was of exactly these files."""
    last = DataLoad.objects.first()
    return last is not None and last.digest == digest(folder)


def load(folder: Path, *, at: datetime, progress: Callable[[str, int], None]) -> LoadReport:
    """Bring the database to what the files say; a record that a person has edited is left and reported.

    Raises:
        LoadError: when a file or record is wrong; nothing was written.
    """
    report = LoadReport()
    raws = _by_kind(folder)
    with transaction.atomic():
        Head.locked()  # what people edit from here on is written after the load, never under it
        edited = _edited()
        builder = Builder()
        builder.learn()
        batches = _batches(raws, builder, edited, report, progress)
        try:
            report.outcome = write_all(batches, at=at, reason=REASON)
        except WriteRefused as error:
            raise LoadError(str(error)) from error
        report.queued = _queue(raws, edited, at)
        DataLoad.objects.update_or_create(digest=digest(folder), defaults={"loaded_at": at})
    return report


def _by_kind(folder: Path) -> dict[str, list[RawRecord]]:
    raws: dict[str, list[RawRecord]] = defaultdict(list)
    for raw in read_records(folder):
        raws[raw.kind].append(raw)
    if unknown := set(raws) - set(load_order()):
        raise LoadError(f"no record is of the kind {sorted(unknown)[0]}")
    return raws


def _edited() -> set[tuple[str, str]]:
    people = ChangeEvent.objects.filter(by__isnull=False)
    return set(Entry.objects.filter(events__in=people).values_list("kind", "slug"))


def _batches(
    raws: dict[str, list[RawRecord]],
    builder: Builder,
    edited: set[tuple[str, str]],
    report: LoadReport,
    progress: Callable[[str, int], None],
) -> Iterator[list[Change]]:
    for kind in load_order():
        for wave in _waves(raws.get(kind, []), builder):
            fresh = [raw for raw in wave if (kind, raw.id) not in edited]
            report.kept += [raw.place for raw in wave if (kind, raw.id) in edited]
            changes = [builder.change(raw) for raw in fresh]
            yield changes
            for raw, change in zip(fresh, changes, strict=True):
                report.kinds[kind][raw.publication] += 1
                builder.ids[kind, raw.id] = change.record.pk
                if isinstance(change.record, Source):
                    builder.sources[raw.id] = change.record
            progress(kind, len(changes))


def _waves(raws: list[RawRecord], builder: Builder) -> Iterator[list[RawRecord]]:
    """Records of one kind, those first that others of the kind refer to."""
    waiting = list(raws)
    while waiting:
        blocked = {(raw.kind, raw.id) for raw in waiting}
        ready = [raw for raw in waiting if not blocked.intersection(builder.references(raw))]
        if not ready:
            raise LoadError(f"{waiting[0].place}: refers to itself in a circle")
        yield ready
        waiting = [raw for raw in waiting if raw not in ready]


def _queue(raws: dict[str, list[RawRecord]], edited: set[tuple[str, str]], at: datetime) -> int:
    wanted = [
        raw for kind in raws.values() for raw in kind if raw.pending and (raw.kind, raw.id) not in edited
    ]
    entries = {(e.kind, e.slug): e for e in Entry.objects.filter(slug__in=[raw.id for raw in wanted])}
    made = 0
    for raw in wanted:
        for item in raw.pending:
            entry = entries[raw.kind, raw.id]
            made += propose(entry, item["values"], at=at, by=None, reason=item["why"]) is not None
    return made
