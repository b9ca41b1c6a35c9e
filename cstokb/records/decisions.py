"""What becomes of a proposal: applied now or at a moment, returned to its author, refused, or done otherwise.

Every decision is a step that stays beside the proposal: who, when, and in which words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.records import rights
from cstokb.records.choices import DECIDABLE, OPEN, Publication, RevisionState, StepKind
from cstokb.records.merging.merge import may_merge, merge
from cstokb.records.models import Entry, Head, Revision, RevisionStep
from cstokb.records.moments import NoSuchMomentError, in_zone, require_ahead
from cstokb.records.payload import change_of, payload_of
from cstokb.records.publish import Change, Outcome, WriteRefused, write
from cstokb.records.reconciling import merged
from cstokb.records.rehearsal import rehearsed

if TYPE_CHECKING:
    from cstokb.accounts.models import User


@transaction.atomic
def apply(
    revision: Revision,
    *,
    by: User,
    at: datetime,
    decision: str = "",
    seen: int | None = None,
    stays: int | None = None,
    steps: int | None = None,
) -> Outcome:
    """Write what a revision asks for, now, whatever moment it was approved for.

    Args:
        revision: one that may be applied.
        by: who decides; not its author, unless they may override, and then the decision says so.
        at: the moment, aware.
        decision: what the reviewer has to say.
        seen: the version of the record that the reviewer compared it with; the revision's base where not given.
        stays: for a merge, the version that the reviewer saw of the record that stays; not compared where not given.
        steps: how many steps of the proposal the reviewer saw; not compared where not given.

    Raises:
        Conflict: when the record stands at another version than ``seen``.
        WriteRefused: when the person may not decide, or the change breaks a law of the model.
    """
    Head.locked()
    revision = _to_decide(revision, steps)
    require_right(revision, by)
    outcome = _write(revision, by=by, at=at, seen=seen, stays=stays)
    if revision.publish_at is not None:
        step(revision, StepKind.UNSCHEDULED, at=at, by=by, words=_("Applied before its moment."))
    _decide(revision, RevisionState.APPLIED, by, at, _noted(revision, by, decision))
    settle(revision.entry, by=by, at=at)
    return outcome


@transaction.atomic
def schedule(
    revision: Revision,
    *,
    by: User,
    at: datetime,
    moment: datetime,
    zone: ZoneInfo,
    decision: str = "",
    seen: int | None = None,
    steps: int | None = None,
) -> None:
    """Approve a revision for a moment to come; readers see nothing of it before. Raises as ``apply`` does.

    It is rehearsed, so that what cannot be applied now is refused now. ``zone`` is that in which the person thinks.
    """
    Head.locked()
    revision = _to_decide(revision, steps)
    require_right(revision, by)
    if revision.merged_into_id:
        raise WriteRefused(_("A merge is done at once, and never at a moment to come."))
    try:
        require_ahead(moment, at, zone)
    except NoSuchMomentError as error:
        raise WriteRefused(str(error)) from error
    with rehearsed([change_to(revision, seen)], at=at, by=by):
        pass
    revision.base_version = revision.base_version if seen is None else seen
    revision.publish_at = moment
    revision.state, revision.reviewer, revision.decided_at = RevisionState.SCHEDULED, by, at
    revision.decision = _noted(revision, by, decision)
    revision.save()
    words = " · ".join(filter(None, [in_zone(moment, zone), revision.decision]))
    step(revision, StepKind.SCHEDULED, at=at, by=by, words=words)


@transaction.atomic
def unschedule(
    revision: Revision, *, by: User, at: datetime, decision: str = "", steps: int | None = None
) -> None:
    """Lift the schedule of a revision, which waits for a decision again.

    Raises:
        WriteRefused: when it is not scheduled, or the person may not decide and did not propose it.
    """
    Head.locked()
    revision = _to_decide(revision, steps)
    if revision.state != RevisionState.SCHEDULED:
        raise WriteRefused(_("The proposal is not scheduled."))
    _require_voice(revision, by)
    reopen(revision, StepKind.UNSCHEDULED, RevisionState.PENDING, by=by, at=at, words=decision)


@transaction.atomic
def request_changes(
    revision: Revision, *, by: User, at: datetime, words: str, steps: int | None = None
) -> None:
    """Return a revision to its author with what should be changed; they may hand it in again.

    Raises:
        WriteRefused: without words, without an author to return it to, or when the person may not decide.
    """
    Head.locked()
    revision = _to_decide(revision, steps)
    if not words.strip():
        raise WriteRefused(_("Say in words what should be changed."))
    if not rights.may_review(by):
        raise WriteRefused(_("Deciding on proposals needs the right to review."))
    if revision.author is None:
        raise WriteRefused(_("The starter data cannot change its proposal; apply it, or refuse it."))
    reopen(revision, StepKind.RETURNED, RevisionState.RETURNED, by=by, at=at, words=words)


@transaction.atomic
def refuse(revision: Revision, *, by: User, at: datetime, decision: str, steps: int | None = None) -> None:
    """Take an open revision out of the queue. An author may take back their own.

    Raises:
        WriteRefused: without a decision in words, or when it was decided already or the person may not decide.
    """
    Head.locked()
    revision = _open(revision, steps)
    if not decision.strip():
        raise WriteRefused(_("A refusal needs a reason."))
    _require_voice(revision, by)
    _decide(revision, RevisionState.REFUSED, by, at, decision)


def settle(
    entry: Entry, *, by: User | None, at: datetime, done: Revision | None = None
) -> dict[int, RevisionState]:
    """After a record was written: what proposals ask for and stands already is done; schedules of the rest are lifted.

    ``done`` is a proposal whose place the writing took. The caller holds the lock of the writers. Given back are the
    proposals that are closed by it, with the state in which they stood.
    """
    closed = {}
    for revision in Revision.objects.open().filter(entry=entry).select_related("entry"):
        was = RevisionState(revision.state)
        if revision == done:
            _decide(revision, RevisionState.SUPERSEDED, by, at, _("Written at once, as its author may do."))
        elif _stands(revision):
            _decide(revision, RevisionState.SUPERSEDED, by, at, _("What it asks for stands already."))
        elif was == RevisionState.SCHEDULED:
            words = _("The record was changed by hand before its moment.")
            reopen(revision, StepKind.UNSCHEDULED, RevisionState.PENDING, by=by, at=at, words=words)
        if revision.state == RevisionState.SUPERSEDED:
            closed[revision.pk] = was
    return closed


def settle_all(ids: Iterable[int], *, by: User, at: datetime) -> dict[int, RevisionState]:
    """Settle what waits for any of the records that were written; as ``settle``, with its answers together."""
    waiting = Revision.objects.open().values_list("entry_id", flat=True)
    closed: dict[int, RevisionState] = {}
    for entry in Entry.objects.filter(pk__in=set(waiting).intersection(ids)):
        closed |= settle(entry, by=by, at=at)
    return closed


def take_up(settled: Mapping[int, str], *, by: User, at: datetime, words: str) -> None:
    """Let proposals wait again that a writing settled, now that it is undone: each in the state that it had.

    A schedule was approved for the record as it stood; it is not taken up, and the proposal waits for a decision.
    """
    for revision in Revision.objects.filter(pk__in=settled, state=RevisionState.SUPERSEDED):
        was = RevisionState(settled[revision.pk])
        state = RevisionState.PENDING if was == RevisionState.SCHEDULED else was
        reopen(revision, StepKind.TAKEN_UP, state, by=by, at=at, words=words)


def _stands(revision: Revision) -> bool:
    if revision.merged_into_id:
        return revision.entry.merged_into_id is not None
    try:
        return not payload_of(change_of(revision.entry, revision.payload))
    except WriteRefused:  # it names what is gone
        return False


def change_to(revision: Revision, seen: int | None = None) -> Change:
    """The change that a revision asks for, based on the version that was seen, else on its own.

    On another version than its own it leaves alone what others changed since and its author did not.
    """
    version = revision.base_version if seen is None else seen
    payload = revision.payload
    if version == revision.entry.version != revision.base_version:
        payload = merged(revision.entry, payload, revision.base_version).payload
    change = change_of(revision.entry, payload)
    change.base_version = version
    return change


def _write(
    revision: Revision, *, by: User, at: datetime, seen: int | None = None, stays: int | None = None
) -> Outcome:
    winner = revision.would_stay
    if winner is not None:
        both = None if seen is None or stays is None else (seen, stays)
        kept = merge(revision.entry, winner, at=at, by=by, reason=revision.reason, seen=both)
        return Outcome(changed=sorted(map(int, kept.after)))
    correction = bool(revision.payload.get("correction"))
    return write([change_to(revision, seen)], at=at, by=by, reason=revision.reason, correction=correction)


def carry_out(revision: Revision, *, at: datetime) -> None:
    """Apply a scheduled revision whose moment has come, by the person who approved it. Raises as ``apply`` does.

    The caller holds the lock of the writers and has read the revision under it.
    """
    by = revision.reviewer
    if by is None or not by.is_active:
        raise WriteRefused(_("Who approved it has no account any more."))
    require_right(revision, by)
    _write(revision, by=by, at=at)
    revision.state = RevisionState.APPLIED
    revision.save()
    step(revision, StepKind.APPLIED, at=at, by=None, words=_("As it was scheduled."))
    settle(revision.entry, by=None, at=at)


def reopen(
    revision: Revision, kind: StepKind, state: RevisionState, *, by: User | None, at: datetime, words: str
) -> None:
    """Bring a revision back to where something is to be done about it, and say why."""
    revision.state, revision.publish_at = state, None
    revision.reviewer, revision.decided_at, revision.decision = None, None, ""
    revision.save()
    step(revision, kind, at=at, by=by, words=words)


def step(revision: Revision, kind: StepKind, *, at: datetime, by: User | None, words: str = "") -> None:
    """Note what happened to a revision."""
    RevisionStep.objects.create(revision=revision, kind=kind, at=at, by=by, words=words)


def _open(revision: Revision, steps: int | None) -> Revision:
    """The revision as it stands, when something is still to be done about it and it is as it was seen."""
    rows = Revision.objects.select_related("entry", "author", "reviewer", "merged_into__merged_into")
    current = rows.get(pk=revision.pk)
    if current.state not in OPEN:
        raise WriteRefused(_("The proposal has been decided on already."))
    if steps is not None and steps != current.steps.count():
        raise WriteRefused(_("Something happened to the proposal since you opened it. Look at it again."))
    return current


def _to_decide(revision: Revision, steps: int | None) -> Revision:
    current = _open(revision, steps)
    if current.state not in DECIDABLE:
        raise WriteRefused(_("The proposal is with its author, who was asked to change it."))
    return current


def _require_voice(revision: Revision, by: User) -> None:
    if revision.author_id != by.pk and not rights.may_review(by):
        raise WriteRefused(_("Deciding on proposals needs the right to review."))


def require_right(revision: Revision, by: User) -> None:
    """Refuse who may not apply a revision.

    Raises:
        WriteRefused: saying which right is missing.
    """
    if not rights.may_review(by):
        raise WriteRefused(_("Deciding on proposals needs the right to review."))
    if revision.author_id == by.pk and not rights.may_override(by):
        raise WriteRefused(_("Nobody applies a proposal of their own; another person decides."))
    if revision.merged_into_id and not may_merge(by):
        raise WriteRefused(_("Merging needs the rights to publish and to withdraw."))
    wanted = revision.payload.get("publication")
    if wanted == Publication.PUBLISHED and not rights.may_publish(by):
        raise WriteRefused(_("Publishing needs the right to publish."))
    if wanted == Publication.WITHDRAWN and not rights.may_withdraw(by):
        raise WriteRefused(_("Withdrawing needs the right to withdraw."))


def _noted(revision: Revision, by: User, decision: str) -> str:
    """The decision, which says so where somebody decides on their own."""
    if revision.author_id != by.pk:
        return decision
    return " ".join(filter(None, [_("Applied by its author, who may override."), decision]))


_STEPS = {
    RevisionState.APPLIED: StepKind.APPLIED,
    RevisionState.REFUSED: StepKind.REFUSED,
    RevisionState.SUPERSEDED: StepKind.SUPERSEDED,
}


def _decide(revision: Revision, state: RevisionState, by: User | None, at: datetime, decision: str) -> None:
    revision.state, revision.reviewer, revision.decided_at = state, by, at
    revision.decision, revision.publish_at = decision, None
    revision.save()
    step(revision, _STEPS[state], at=at, by=by, words=decision)
