"""Pending changes: who writes at once and who proposes, and what becomes of a proposal.

A draft is written at once by anyone who may change it. A published record is changed at once by those who may publish,
and by everyone else through a proposal, which another person with the right to review applies or refuses. Publishing
and withdrawing need their own rights on either way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.records import rights
from cstokb.records.choices import Publication, RevisionState
from cstokb.records.models import Entry, Head, Revision
from cstokb.records.payload import change_of, payload_of
from cstokb.records.publish import Change, Conflict, Outcome, WriteRefused, write

if TYPE_CHECKING:
    from cstokb.accounts.models import User


def propose(
    entry: Entry, values: dict[str, Any], *, at: datetime, by: User | None, reason: str
) -> Revision | None:
    """Put proposed values of a record in the queue; None when the same proposal was made before.

    ``values`` holds JSON values by field name. A proposal that was refused once is not made again by the same hand.
    """
    known = Revision.objects.filter(entry=entry, author=by, reason=reason)
    if any(revision.payload == values for revision in known):
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
    change: Change, *, at: datetime, by: User, reason: str = "", correction: bool = False
) -> Submitted:
    """Write a change if the person may, else propose it.

    Raises:
        Conflict: when the record has moved on since the version the person saw.
        WriteRefused: when the change breaks a law of the model.
    """
    Head.locked()
    entry = Entry.objects.filter(kind=change.record.kind, slug=change.slug).first()
    was = entry.publication if entry else Publication.DRAFT
    wanted = change.publication or was
    if _may_write(by, was, wanted):
        return Submitted(write([change], at=at, by=by, reason=reason, correction=correction))
    if entry is None or was == Publication.DRAFT:
        return _save_and_ask(change, at=at, by=by, reason=reason)
    if change.base_version not in (None, entry.version):
        raise Conflict(entry, change.base_version or 0)
    change.record.entry = entry
    values = payload_of(change)
    if not values:
        return Submitted()
    marked = values | ({"correction": True} if correction else {})
    return Submitted(revision=propose(entry, marked, at=at, by=by, reason=reason))


def _may_write(by: User, was: str, wanted: str) -> bool:
    if wanted == Publication.WITHDRAWN != was:
        return rights.may_withdraw(by) and rights.may_publish(by)
    return was == wanted == Publication.DRAFT or rights.may_publish(by)


def _save_and_ask(change: Change, *, at: datetime, by: User, reason: str) -> Submitted:
    """The draft is written as it is; only its publication waits."""
    outcome = write([replace(change, publication=Publication.DRAFT)], at=at, by=by, reason=reason)
    entry = Entry.objects.get(pk=change.record.pk)
    asked = {"publication": change.publication, "why": ""}
    return Submitted(outcome, propose(entry, asked, at=at, by=by, reason=reason))


@transaction.atomic
def apply(
    revision: Revision, *, by: User, at: datetime, decision: str = "", seen: int | None = None
) -> Outcome:
    """Write what a revision asks for.

    Args:
        revision: one that is pending.
        by: who decides; not its author, unless they may override, and then the decision says so.
        at: the moment, aware.
        decision: what the reviewer has to say.
        seen: the version of the record that the reviewer compared it with; the revision's base where not given.

    Raises:
        Conflict: when the record stands at another version than ``seen``.
        WriteRefused: when the person may not decide, or the change breaks a law of the model.
    """
    Head.locked()
    revision = _pending(revision)
    _require_right(revision, by)
    change = change_of(revision.entry, revision.payload)
    change.base_version = revision.base_version if seen is None else seen
    correction = bool(revision.payload.get("correction"))
    outcome = write([change], at=at, by=by, reason=revision.reason, correction=correction)
    if revision.author_id == by.pk:
        decision = " ".join(filter(None, [_("Applied by its author, who may override."), decision]))
    _decide(revision, RevisionState.APPLIED, by, at, decision)
    return outcome


@transaction.atomic
def refuse(revision: Revision, *, by: User, at: datetime, decision: str) -> None:
    """Take a pending revision out of the queue. An author may take back their own.

    Raises:
        WriteRefused: without a decision in words, or when it was decided already or the person may not decide.
    """
    Head.locked()
    revision = _pending(revision)
    if not decision.strip():
        raise WriteRefused(_("A refusal needs a reason."))
    if revision.author_id != by.pk and not rights.may_review(by):
        raise WriteRefused(_("Deciding on proposals needs the right to review."))
    _decide(revision, RevisionState.REFUSED, by, at, decision)


def _pending(revision: Revision) -> Revision:
    current = Revision.objects.select_related("entry").get(pk=revision.pk)
    if current.state != RevisionState.PENDING:
        raise WriteRefused(_("The proposal has been decided on already."))
    return current


def _require_right(revision: Revision, by: User) -> None:
    if not rights.may_review(by):
        raise WriteRefused(_("Deciding on proposals needs the right to review."))
    if revision.author_id == by.pk and not rights.may_override(by):
        raise WriteRefused(_("Nobody applies a proposal of their own; another person decides."))
    wanted = revision.payload.get("publication")
    if wanted == Publication.PUBLISHED and not rights.may_publish(by):
        raise WriteRefused(_("Publishing needs the right to publish."))
    if wanted == Publication.WITHDRAWN and not rights.may_withdraw(by):
        raise WriteRefused(_("Withdrawing needs the right to withdraw."))


def _decide(revision: Revision, state: str, by: User, at: datetime, decision: str) -> None:
    revision.state, revision.reviewer, revision.decided_at = state, by, at
    revision.decision = decision
    revision.save()
