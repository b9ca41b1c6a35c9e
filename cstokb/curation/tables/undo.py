"""Undoing an import: drafts that nothing needs are erased, what was changed is put back.

Proposals that it made are taken back, and those that it settled wait again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ForeignKey, ProtectedError
from django.utils.translation import gettext as _

from cstokb.curation.tables.carry import FEW, FIRST
from cstokb.curation.tables.lookup import chunks
from cstokb.records.choices import Publication, RevisionState
from cstokb.records.decisions import refuse, settle_all, take_up
from cstokb.records.models import ChangeEvent, Entry, Head, Record, Revision, Source
from cstokb.records.payload import change_of
from cstokb.records.publish import Change, WriteRefused, erase_all, write_all
from cstokb.records.references import MOST_EXAMPLES
from cstokb.records.registry import model_of
from cstokb.records.rights import may_publish

if TYPE_CHECKING:
    from cstokb.accounts.models import User

BATCH = 200


class CannotUndo(WriteRefused):
    """The import cannot be undone; ``reasons`` names each record that stands in the way. Nothing was written."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(_("The import cannot be undone: records have moved on since. Nothing was written."))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Batch:
    """What an import of a table did, as it reported: ids with the version that each record had afterwards."""

    kind: str
    created: Mapping[str, int]
    changed: Mapping[str, tuple[int, dict[str, Any]]]
    proposed: Sequence[int]
    settled: Mapping[int, str]
    sources: Mapping[str, int]

    @classmethod
    def of(cls, kind: str, result: Mapping[str, Any]) -> Batch:
        """The batch of a kind of record that reported this."""
        return cls(
            kind,
            dict(result.get("created", ())),
            {slug: (version, before) for slug, version, before in result.get("changed", ())},
            [key for _slug, key in result.get("proposed", ())],
            dict(result.get("settled", ())),
            dict(result.get("sources", ())),
        )

    @property
    def is_large(self) -> bool:
        """Whether its drafts are erased by ``erase_drafts``, portion by portion, after everything else is put back."""
        return len(self.created) + len(self.sources) > FEW

    def portions(self) -> Iterator[tuple[str, list[str]]]:
        """Kind and ids of its drafts, in the order in which they were written."""
        for kind, slugs in ((Source.kind, list(self.sources)), (self.kind, list(self.created))):
            for start in range(0, len(slugs), FEW):
                yield kind, slugs[start : start + FEW]

    def require_undoable(self, by: User) -> None:
        """Raise CannotUndo with every record that stands in the way."""
        _require(self, _entries(self.kind, self.created), _entries(self.kind, self.changed), by)


def undo(kind: str, result: Mapping[str, Any], *, at: datetime, by: User, reason: str = "") -> None:
    """Put everything back that an import of a table did, but for the drafts of a large one: see ``erase_drafts``.

    Args:
        kind: of which kind its records are.
        result: what the import reported.
        at: the moment, aware.
        by: who undoes it.
        reason: why, for the history.

    Raises:
        CannotUndo: when a record was changed, published or referred to since, or the person may not change it.
    """
    batch = Batch.of(kind, result)
    if batch.is_large:
        batch = replace(batch, created={}, sources={})
    with transaction.atomic():
        Head.locked()
        made = _entries(kind, batch.created)
        altered = _entries(kind, batch.changed)
        sources = _entries(Source.kind, batch.sources)
        _require(batch, made, altered, by)
        back = write_all(_restored(batch, altered), at=at, by=by, reason=reason)
        settle_all(back.changed, by=by, at=at)
        words = reason or _("The import was undone.")
        _take_back(batch, at=at, by=by, words=words)
        take_up(batch.settled, by=by, at=at, words=words)
        if kept := _erase(list(made.values()), at=at, by=by):
            raise CannotUndo(kept)
        _erase_unneeded(sources, batch.sources, at=at, by=by)


def erase_drafts(kind: str, slugs: Sequence[str], *, own: str, at: datetime, by: User) -> list[str]:
    """Erase a portion of the drafts of an import, written in this order.

    A draft that somebody has touched or referred to since stays; so do sources that came with the rows and are used.

    Args:
        kind: of which kind they are.
        slugs: their ids.
        own: the kind that was imported.
        at: the moment, aware.
        by: who undoes it.

    Returns:
        Why those that stay, sources apart, do.
    """
    entries = _entries(kind, slugs)
    if kind != own:
        _erase_unneeded(entries, dict.fromkeys(slugs, FIRST), at=at, by=by)
        return []
    moved = list(_touched(entries, dict.fromkeys(slugs, FIRST)))
    held = {entry.pk for entry, _reason in moved}
    going = [entries[slug] for slug in slugs if slug in entries and entries[slug].pk not in held]
    return [reason for _entry, reason in moved] + _erase(going, at=at, by=by)


def _entries(kind: str, slugs: Iterable[str]) -> dict[str, Entry]:
    found = (Entry.objects.filter(kind=kind, slug__in=part) for part in chunks(sorted(slugs)))
    return {entry.slug: entry for rows in found for entry in rows}


def _require(batch: Batch, made: Mapping[str, Entry], altered: Mapping[str, Entry], by: User) -> None:
    reasons = [*_gone(batch, made, altered), *_moved(batch, made, altered)]
    if not may_publish(by):
        said = _("%(record)s is published; putting it back needs the right to publish.")
        rows = (one for one in altered.values() if one.publication != Publication.DRAFT)
        reasons += [said % {"record": entry.slug} for entry in rows]
    reasons += _needed(batch.kind, made, {entry.pk for entry in altered.values()})
    reasons += _decided(batch)
    if reasons:
        raise CannotUndo(reasons)


def _gone(batch: Batch, made: Mapping[str, Entry], altered: Mapping[str, Entry]) -> Iterator[str]:
    said = _("%(record)s stands no more.")
    for slug in [*(batch.created.keys() - made.keys()), *(batch.changed.keys() - altered.keys())]:
        yield said % {"record": slug}


def _moved(batch: Batch, made: Mapping[str, Entry], altered: Mapping[str, Entry]) -> Iterator[str]:
    versions = {**batch.created, **{slug: version for slug, (version, _before) in batch.changed.items()}}
    return (reason for _entry, reason in _touched({**made, **altered}, versions, made))


def _touched(
    entries: Mapping[str, Entry], versions: Mapping[str, int], drafts: Collection[str] | None = None
) -> Iterator[tuple[Entry, str]]:
    """Those which are no longer as the import left them, and why."""
    for slug, entry in entries.items():
        if entry.published_at is not None and (drafts is None or slug in drafts):
            said = _("%(record)s was published since; it can be withdrawn, never deleted.")
            yield entry, said % {"record": slug}
        elif entry.version != versions[slug]:
            last = ChangeEvent.objects.filter(entry=entry).select_related("by").last()
            said = _("%(record)s was changed since, by %(who)s.")
            yield entry, said % {"record": slug, "who": last.by if last and last.by else _("a command")}


def _needed(kind: str, made: Mapping[str, Entry], altered: Collection[int]) -> Iterator[str]:
    """What refers to a draft and is not of the same import.

    What the import changed is put back first, and may let go of the draft by that.
    """
    drafts = {entry.pk: slug for slug, entry in made.items() if entry.published_at is None}
    said = _("%(record)s is referred to by %(others)s.")
    for key, referrers in _referrers(kind, list(drafts), but={*drafts, *altered}).items():
        named = Entry.objects.filter(pk__in=referrers[:MOST_EXAMPLES]).order_by("kind", "slug")
        yield said % {"record": drafts[key], "others": ", ".join(f"{one.kind} {one.slug}" for one in named)}


def _referrers(kind: str, keys: Sequence[int], *, but: Collection[int] = ()) -> dict[int, list[int]]:
    """What refers to records of a kind, some left out: one question for each sort of reference and part."""
    found: dict[int, list[int]] = defaultdict(list)
    for relation in model_of(kind)._meta.related_objects:
        model, column = relation.related_model, relation.remote_field
        if not isinstance(column, ForeignKey) or not isinstance(model, type):
            continue
        by = "pk" if issubclass(model, Record) else "entry_id"
        for start in range(0, len(keys), BATCH):
            rows = model._base_manager.filter(**{f"{column.attname}__in": keys[start : start + BATCH]})
            for key, referrer in rows.values_list(column.attname, by):
                if referrer not in but:
                    found[key].append(referrer)
    return found


def _decided(batch: Batch) -> list[str]:
    applied = Revision.objects.filter(pk__in=batch.proposed, state=RevisionState.APPLIED).select_related(
        "entry"
    )
    said = _("The proposal for %(record)s was applied.")
    return [said % {"record": one.entry.slug} for one in applied]


def _restored(batch: Batch, altered: Mapping[str, Entry]) -> Iterator[list[Change]]:
    slugs = sorted(batch.changed)
    for start in range(0, len(slugs), BATCH):
        yield [_back(altered[slug], *batch.changed[slug]) for slug in slugs[start : start + BATCH]]


def _back(entry: Entry, version: int, before: dict[str, Any]) -> Change:
    change = change_of(entry, before)
    change.base_version = version
    return change


def _take_back(batch: Batch, *, at: datetime, by: User, words: str) -> None:
    for revision in Revision.objects.open().filter(pk__in=batch.proposed):
        refuse(revision, by=by, at=at, decision=words)


def _erase(entries: Sequence[Entry], *, at: datetime, by: User) -> list[str]:
    """Erase drafts, given in the order in which they were written; why those that stay do."""
    if not entries:
        return []
    try:
        with transaction.atomic():
            erase_all([entry.pk for entry in entries], at=at, by=by)
    except (ProtectedError, WriteRefused):
        return _erase_singly(list(reversed(entries)), at=at, by=by)
    return []


def _erase_singly(entries: Sequence[Entry], *, at: datetime, by: User) -> list[str]:
    """Some refer to each other, or are held: erase each that can be, again and again as long as one goes."""
    waiting = list(entries)
    while waiting:
        kept: dict[int, str] = {}
        for entry in waiting:
            try:
                with transaction.atomic():
                    erase_all([entry.pk], at=at, by=by)
            except ProtectedError:
                kept[entry.pk] = _("%(record)s is referred to by another record.") % {"record": entry.slug}
            except WriteRefused as refused:
                kept[entry.pk] = str(refused)
        if len(kept) == len(waiting):
            return list(kept.values())
        waiting = [entry for entry in waiting if entry.pk in kept]
    return []


def _erase_unneeded(
    sources: Mapping[str, Entry], versions: Mapping[str, int], *, at: datetime, by: User
) -> None:
    """Sources that the import made go with it, unless somebody has used or changed them since."""
    untouched = [
        entry.pk
        for slug, entry in sources.items()
        if entry.version == versions[slug] and entry.publication == Publication.DRAFT
    ]
    used = _referrers(Source.kind, untouched)
    erase_all([key for key in untouched if key not in used], at=at, by=by)
