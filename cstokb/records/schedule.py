"""The schedule: applies what was approved for a moment that has come, each in a transaction of its own.

A run that is killed leaves each proposal either applied or still due. Runs at the same time wait for one another at
the lock of the writers, and the second finds nothing left to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cstokb.records.choices import RevisionState, StepKind
from cstokb.records.decisions import carry_out, reopen
from cstokb.records.models import Head, Revision
from cstokb.records.publish import WriteRefused


@dataclass
class Run:
    """What a run did: the proposals that it applied, and those it could not apply with the reason."""

    applied: list[Revision] = field(default_factory=list)
    failed: list[tuple[Revision, str]] = field(default_factory=list)


def apply_due(*, at: datetime) -> Run:
    """Apply every proposal whose moment has come by ``at``; what cannot be applied goes back to the reviewers."""
    run = Run()
    for key in Revision.objects.due(at=at).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                if (revision := _still_due(key, at)) is not None:
                    carry_out(revision, at=at)
                    run.applied.append(revision)
        except WriteRefused as error:
            if (failed := _fail(key, str(error), at)) is not None:
                run.failed.append((failed, str(error)))
    return run


def _still_due(key: int, at: datetime) -> Revision | None:
    """A proposal under the lock of the writers, unless somebody else has dealt with it."""
    Head.locked()
    rows = Revision.objects.due(at=at).select_related("entry", "author", "reviewer")
    return rows.filter(pk=key).first()


@transaction.atomic
def _fail(key: int, why: str, at: datetime) -> Revision | None:
    revision = _still_due(key, at)
    if revision is not None:
        reopen(revision, StepKind.FAILED, RevisionState.FAILED, by=None, at=at, words=why)
    return revision
