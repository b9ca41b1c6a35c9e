"""Rehearsal: changes are written, looked at, and undone before anybody else can see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cstokb.records.publish import Change, Outcome, write

if TYPE_CHECKING:
    from cstokb.accounts.models import User


@contextmanager
def rehearsed(
    changes: Sequence[Change], *, at: datetime, by: User | None = None, reason: str = ""
) -> Iterator[Outcome]:
    """Let the body see the database as it would be after some changes; whatever happens, nothing of them stays.

    Other writers wait meanwhile, so the body should be short.

    Raises:
        Conflict: as ``write`` does.
        WriteRefused: when a change breaks a law of the model.
    """
    with transaction.atomic():
        try:
            yield write(changes, at=at, by=by, reason=reason)
        finally:
            transaction.set_rollback(True)
