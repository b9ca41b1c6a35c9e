"""Pending changes: who writes at once and who proposes.

A draft is written at once by anyone who may change it. A published record is changed at once by those who may publish,
and by everyone else through a proposal, which another person with the right to review applies or refuses. Publishing
and withdrawing need their own rights on either way. A withdrawn record is published again by two people, always.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.records import rights
from cstokb.records.choices import OPEN, Publication, RevisionState, StepKind
from cstokb.records.decisions import apply, refuse, reopen, settle
from cstokb.records.merging.merge import merge, rehearse
from cstokb.records.models import Entry, Head, Merge, Record, Revision
from cstokb.records.payload import payload_of
from cstokb.records.publish import Change, Conflict, Outcome, WriteRefused, withdraw, write

if TYPE_CHECKING:
    from cstokb.accounts.models import User

__all__ = [
    "Submitted",
    "apply",
    "make_one",
    "propose",
    "propose_merge",
    "refuse",
    "resubmit",
    "submit",
    "take_off",
]


def propose(
    entry: Entry, values: dict[str, Any], *, at: datetime, by: User | None, reason: str
) -> Revision | None:
    """Put proposed values of a record in the queue; None when the same proposal was made before.

    ``values`` holds JSON values by field name. A proposal that was refused once is not made again by the same hand
    while the record stands as it did; by the loader never. One that was returned to its author is handed in again.
    """
    known = Revision.objects.filter(entry=entry, author=by).order_by("-pk")
    alike = [revision for revision in known if revision.payload == values]
    waiting = next((one for one in alike if by is not None and one.state in OPEN), None)
    if by is not None and waiting is not None:
        moved = waiting.base_version != entry.version
        again = moved or waiting.state in (RevisionState.RETURNED, RevisionState.FAILED)
        return resubmit(waiting, values, at=at, by=by, reason=reason) if again else None
    if any(one.reason == reason and (by is None or one.base_version == entry.version) for one in alike):
        return None
    return Revision.objects.create(
        entry=entry,
        base_version=entry.version,
        payload=values,
        author=by,
        reason=reason,
        created_at=at,
        state=RevisionState.PENDING,
    )


@transaction.atomic
def propose_merge(
    loser: Entry, winner: Entry, *, at: datetime, by: User, reason: str, seen: tuple[int, int] | None = None
) -> Revision:
    """Ask that a record be merged into another; another person who may merge decides.

    One's own open proposal of the same is handed in again. ``seen`` are the versions of both that the person saw.

    Raises:
        WriteRefused: without a reason, when it is proposed already, or with what stands in the way of the merge.
    """
    Head.locked()
    if not reason.strip():
        raise WriteRefused(_("A merge needs a reason."))
    loser, winner = Entry.objects.get(pk=loser.pk), Entry.objects.get(pk=winner.pk)
    if seen not in (None, (loser.version, winner.version)):
        raise WriteRefused(_("One of the records has been changed meanwhile. Look at what would move again."))
    if obstacles := rehearse(loser, winner, at=at, by=by).obstacles:
        raise WriteRefused(" ".join(obstacles))
    waiting = Revision.objects.open().filter(entry=loser, merged_into=winner).first()
    if waiting is not None and waiting.author_id == by.pk:
        return resubmit(waiting, {}, at=at, by=by, reason=reason)
    if waiting is not None:
        raise WriteRefused(_("This merge is proposed already and waits for a decision."))
    values = {"payload": {}, "base_version": loser.version, "created_at": at, "state": RevisionState.PENDING}
    return Revision.objects.create(entry=loser, merged_into=winner, author=by, reason=reason, **values)


@transaction.atomic
def make_one(
    loser: Entry, winner: Entry, *, at: datetime, by: User, reason: str, seen: tuple[int, int] | None = None
) -> Merge:
    """Merge two records, as ``merging.merge`` does, and settle what was proposed for the one that is merged."""
    Head.locked()
    kept = merge(loser, winner, at=at, by=by, reason=reason, seen=seen)
    settle(Entry.objects.get(pk=loser.pk), by=by, at=at)
    return kept


def resubmit(revision: Revision, values: dict[str, Any], *, at: datetime, by: User, reason: str) -> Revision:
    """Hand an open proposal of one's own in again with other values, based on the record as it stands.

    Raises:
        WriteRefused: when it was decided meanwhile, or is another person's.
    """
    current = Revision.objects.select_related("entry").get(pk=revision.pk)
    if current.author_id != by.pk:
        raise WriteRefused(_("Only its author changes a proposal."))
    if current.state not in OPEN:
        raise WriteRefused(_("The proposal has been decided on already."))
    current.payload, current.base_version, current.reason = values, current.entry.version, reason
    reopen(current, StepKind.RESUBMITTED, RevisionState.PENDING, by=by, at=at, words=reason)
    return current


@dataclass(frozen=True)
class Submitted:
    """What became of what a person handed in: written, proposed, both (a draft and its publication), or neither."""

    written: Outcome | None = None
    revision: Revision | None = None

    @property
    def changed(self) -> bool:
        """Whether a record was created or changed."""
        return bool(self.written and (self.written.created or self.written.changed))


@transaction.atomic
def submit(
    change: Change,
    *,
    at: datetime,
    by: User,
    reason: str = "",
    correction: bool = False,
    revises: Revision | None = None,
) -> Submitted:
    """Write a change if the person may, else propose it.

    ``revises`` is an open proposal of the same person that the change takes the place of.

    Raises:
        Conflict: when the record has moved on since the version the person saw.
        WriteRefused: when the change breaks a law of the model.
    """
    Head.locked()
    entry = Entry.objects.filter(kind=change.record.kind, slug=change.slug).first()
    was = entry.publication if entry else Publication.DRAFT
    wanted = change.publication or was
    if _may_write(by, was, wanted):
        outcome = write([change], at=at, by=by, reason=reason, correction=correction)
        if outcome.changed:
            settle(Entry.objects.get(pk=change.record.pk), by=by, at=at, done=revises)
        return Submitted(outcome)
    if entry is None or was == Publication.DRAFT:
        return _save_and_ask(change, at=at, by=by, reason=reason)
    if change.base_version not in (None, entry.version):
        raise Conflict(entry, change.base_version or 0)
    change.record.entry = entry
    values = payload_of(change)
    if not values:
        return Submitted()
    marked = values | ({"correction": True} if correction else {})
    if revises is not None:
        return Submitted(revision=resubmit(revises, marked, at=at, by=by, reason=reason))
    return Submitted(revision=propose(entry, marked, at=at, by=by, reason=reason))


def _may_write(by: User, was: str, wanted: str) -> bool:
    if wanted == Publication.WITHDRAWN != was:
        return rights.may_withdraw(by) and rights.may_publish(by)
    if (
        was == Publication.WITHDRAWN != wanted
    ):  # what was taken off for a reason comes back by a second person
        return False
    return was == wanted == Publication.DRAFT or rights.may_publish(by)


def _save_and_ask(change: Change, *, at: datetime, by: User, reason: str) -> Submitted:
    """The draft is written as it is; only its publication waits."""
    outcome = write([replace(change, publication=Publication.DRAFT)], at=at, by=by, reason=reason)
    entry = Entry.objects.get(pk=change.record.pk)
    asked = {"publication": change.publication, "why": ""}
    return Submitted(outcome, propose(entry, asked, at=at, by=by, reason=reason))


@transaction.atomic
def take_off(record: Record, *, at: datetime, by: User, why: str, base_version: int | None = None) -> Outcome:
    """Withdraw a published record, as ``publish.withdraw`` does, and settle what was proposed for it."""
    Head.locked()
    outcome = withdraw(record, at=at, by=by, why=why, base_version=base_version)
    settle(Entry.objects.get(pk=record.pk), by=by, at=at)
    return outcome
