"""Rounds of conflicting edits: two who write at the same moment, and how often they do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

from django.db import connection

from cstokb.accounts.models import User
from cstokb.records.payload import payload_of
from cstokb.records.publish import Change, Conflict, WriteRefused
from cstokb.records.revisions import submit
from tests.scale import at_scale, few_and_all

#: Every run does a few rounds; those marked slow twenty, and two hundred at full counts.
ROUNDS = few_and_all("rounds", 3, at_scale(20, 200))
START = datetime(2026, 1, 1, 12, tzinfo=UTC)

Told = tuple[str, Any]


def both(first: Callable[[], Told], second: Callable[[], Told]) -> list[Told]:
    """What two threads are told that write at the same moment; each has a connection of its own."""
    ready = Barrier(2)

    def run(work: Callable[[], Told]) -> Told:
        ready.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


def moment(number: int) -> datetime:
    """When a round begins."""
    return START + timedelta(minutes=number + 1)


def told(work: Callable[[], Any]) -> Told:
    """What somebody is told who writes: done, that the record has moved on, or why it is refused."""
    try:
        return "written", work()
    except Conflict as conflict:
        return "conflict", conflict
    except WriteRefused as error:
        return "refused", error


def submitted(change: Change, by: User, number: int) -> Told:
    """What a person is told who hands in a change."""
    at, reason = moment(number) + timedelta(seconds=5), f"Round {number}."
    word, done = told(lambda: submit(change, at=at, by=by, reason=reason))
    nothing = word == "written" and not done.changed
    return ("nothing", payload_of(change)) if nothing else (word, done)
