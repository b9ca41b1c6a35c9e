"""Pending changes: proposing one. Nothing here touches a live row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cstokb.records.choices import RevisionState
from cstokb.records.models import Entry, Revision

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
