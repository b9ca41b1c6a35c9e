"""Merging two records in one transaction, trying it out first, and bringing everything back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.records import rights
from cstokb.records.choices import Publication
from cstokb.records.merging.plan import Moved, Plan, draw
from cstokb.records.merging.satellites import SATELLITES, Lists, as_rows, as_said, lists
from cstokb.records.models import Entry, Head, Merge, Record
from cstokb.records.payload import stored
from cstokb.records.publish import Change, WriteRefused, write
from cstokb.records.registry import model_of

if TYPE_CHECKING:
    from cstokb.accounts.models import User

#: Of a Change, the list that each satellite is.
LISTS = tuple(satellite.name for satellite in SATELLITES)


@dataclass(frozen=True)
class Rehearsal:
    """What a merge would do, and why it cannot be done; nothing of it was kept."""

    plan: Plan
    lists: Lists
    obstacles: list[str] = field(default_factory=list)


def may_merge(user: Any) -> bool:
    """Whether the person may merge records and undo it: who publishes and withdraws."""
    return rights.may_publish(user) and rights.may_withdraw(user)


@transaction.atomic
def rehearse(loser: Entry, winner: Entry, *, at: datetime, by: User) -> Rehearsal:
    """Try a merge out to its end, as the writer would do it, and take it back.

    Whoever may change records may look; every law that the merge would break is told as the writer tells it.
    """
    plan = draw(loser, winner)
    found = Lists() if plan.obstacles else lists(plan)
    obstacles = list(plan.obstacles)
    if not obstacles:
        try:
            with transaction.atomic():
                write(_changes(plan, found), at=at, by=by, reason="rehearsal")
                transaction.set_rollback(True)
        except WriteRefused as error:
            obstacles.append(str(error))
    return Rehearsal(plan, found, obstacles)


@transaction.atomic
def merge(
    loser: Entry, winner: Entry, *, at: datetime, by: User, reason: str, seen: tuple[int, int] | None = None
) -> Merge:
    """Make two records one: everything that refers to the first refers to the second from now on.

    Args:
        loser: the record that is merged; its address leads to the other one from now on.
        winner: the record that stays.
        at: the moment, aware.
        by: a person who may publish and withdraw.
        reason: why the two are one; readers see it.
        seen: the versions of both that the person saw; not compared where not given.

    Raises:
        WriteRefused: with everything that stands in the way; nothing was written.
    """
    Head.locked()
    if not may_merge(by):
        raise WriteRefused(_("Merging needs the rights to publish and to withdraw."))
    if not reason.strip():
        raise WriteRefused(_("A merge needs a reason."))
    loser, winner = Entry.objects.get(pk=loser.pk), Entry.objects.get(pk=winner.pk)
    if seen not in (None, (loser.version, winner.version)):
        raise WriteRefused(_("One of the records has been changed meanwhile. Look at what would move again."))
    plan = draw(loser, winner)
    if plan.obstacles:
        raise WriteRefused(" ".join(plan.obstacles))
    found = lists(plan)
    before = _before(plan, found)
    changes = _changes(plan, found)
    write(changes, at=at, by=by, reason=reason)
    kept = Merge(loser=loser, winner=winner, at=at, by=by, reason=reason, before=before)
    kept.after = _versions(change.record.pk for change in changes)
    kept.save()
    return kept


def _changes(plan: Plan, found: Lists) -> list[Change]:
    """Every record as it will be, each once."""
    rows: dict[int, Record] = {key: one.record for key, one in (plan.moved | plan.filled).items()}
    listed = {key for name in LISTS for key in found.after[name]}
    led_here = {entry.pk: entry for entry in _led_to(plan)}
    wanted = {*plan.pairs, *plan.pairs.values(), *listed, *led_here}
    rows |= {key: stored(entry) for key, entry in Entry.objects.in_bulk(wanted - rows.keys()).items()}
    changes = {key: _change(row, found) for key, row in rows.items()}
    for loser, winner in plan.pairs.items():
        changes[loser].publication = Publication.WITHDRAWN
        changes[loser].merged_into = plan.records[winner].entry
    for key in led_here:
        changes[key].merged_into = plan.winner.entry
    return list(changes.values())


def _change(row: Record, found: Lists) -> Change:
    asked: dict[str, Any] = {name: found.after[name].get(row.pk) for name in LISTS}
    return Change(row, row.entry.slug, base_version=row.entry.version, **asked)


def _led_to(plan: Plan) -> Iterable[Entry]:
    """What was merged earlier into the record that is merged now."""
    return Entry.objects.filter(merged_into=plan.loser.entry)


def _before(plan: Plan, found: Lists) -> dict[str, Any]:
    turned: dict[int, Moved] = plan.moved | plan.filled
    led_here = [entry.pk for entry in _led_to(plan)]
    concerned = {*turned, *plan.records, *led_here, *(key for name in LISTS for key in found.after[name])}
    return {
        "versions": _versions(concerned),
        "pairs": {str(loser): winner for loser, winner in plan.pairs.items()},
        "publication": {str(key): plan.records[key].entry.publication for key in plan.pairs},
        "columns": {str(key): one.was for key, one in turned.items()},
        "lists": {
            name: {str(key): as_said(rows) for key, rows in found.before[name].items()} for name in LISTS
        },
        "led_here": led_here,
    }


def _versions(keys: Iterable[int]) -> dict[str, int]:
    return {
        str(key): version
        for key, version in Entry.objects.filter(pk__in=list(keys)).values_list("pk", "version")
    }


def hindrances(kept: Merge) -> list[str]:
    """Why a merge cannot be undone: it is undone already, or records have moved on since."""
    if kept.undone_at is not None:
        return [_("The merge has been undone already.")]
    entries = Entry.objects.in_bulk([int(key) for key in kept.after])
    said = _("%(record)s has been changed since: it is at version %(now)d, not %(then)d.")
    return [
        said % {"record": f"{entry.kind} {entry.slug}", "now": entry.version, "then": kept.after[str(key)]}
        for key, entry in sorted(entries.items())
        if entry.version != kept.after[str(key)]
    ]


@transaction.atomic
def undo(kept: Merge, *, at: datetime, by: User, reason: str) -> None:
    """Bring everything back as it was before a merge: every field, every list, both records.

    Addresses that readers have seen since keep leading somewhere, as every address does.

    Raises:
        WriteRefused: with every record that has moved on since; nothing was written.
    """
    Head.locked()
    kept = Merge.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if not may_merge(by):
        raise WriteRefused(_("Merging needs the rights to publish and to withdraw."))
    if reasons := hindrances(kept):
        raise WriteRefused(" ".join(reasons))
    write(_changes_back(kept), at=at, by=by, reason=reason.strip() or _("A merge is undone."))
    kept.undone_at, kept.undone_by = at, by
    kept.save(update_fields=["undone_at", "undone_by"])
    _count_on(kept)


def _count_on(undone: Merge) -> None:
    """Earlier merges can be undone in their turn: what was brought back is what they left, at a later version."""
    versions, was = _versions(map(int, undone.after)), undone.before["versions"]
    for kept in Merge.objects.filter(undone_at__isnull=True).order_by("pk"):
        back = {
            key: versions[key] for key, version in kept.after.items() if key in was and was[key] == version
        }
        if back:
            kept.after |= back
            kept.save(update_fields=["after"])


def _changes_back(kept: Merge) -> list[Change]:
    before = kept.before
    rows = {str(key): stored(entry) for key, entry in Entry.objects.in_bulk(map(int, kept.after)).items()}
    changes = {key: Change(row, row.entry.slug, base_version=row.entry.version) for key, row in rows.items()}
    for key, columns in before["columns"].items():
        _restore(changes[key].record, columns)
    for satellite in SATELLITES:
        for key, said in before["lists"][satellite.name].items():
            setattr(changes[key], satellite.name, as_rows(satellite.model, said))  # type: ignore[arg-type]
    for key, publication in before["publication"].items():
        changes[key].publication, changes[key].stands_alone = publication, True
    for key in before["led_here"]:
        changes[str(key)].merged_into = kept.loser
    return list(changes.values())


def _restore(record: Record, columns: dict[str, Any]) -> None:
    fields = {f.attname: f for f in model_of(record.kind)._meta.concrete_fields}
    for name, value in columns.items():
        try:
            setattr(record, name, fields[name].to_python(value))
        except ValidationError as error:
            raise WriteRefused("; ".join(error.messages)) from error
