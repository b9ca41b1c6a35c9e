"""Kill -9 at any moment leaves all or nothing: no half record or index, and nothing lost that was acknowledged."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from cstokb.curation.checks import broken_laws
from tests.curation.documents.test_confirm import known
from tests.operations.rounds import (
    Round,
    a_backup,
    a_document,
    a_large_table,
    a_merge,
    a_schedule,
    a_statement,
    a_table,
    a_treaty,
    an_index,
    drafts,
)

pytestmark = pytest.mark.slow

ROUNDS = 300 if os.environ.get("TEST_SCALE") == "test-long" else 30
TODAY = date(2026, 11, 25)
#: In seconds: how long a killed client's last question may still be worked on by a server.
LONGEST = 30.0


class Victims:
    """The program that forks a child for each job."""

    def __init__(self, name: str) -> None:
        words = [sys.executable, "-m", "tests.operations.victims", name]
        self._process = subprocess.Popen(
            words,
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._buffer = b""

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def run(self, job: dict[str, Any], seconds: float | None = None) -> dict[str, Any] | None:
        """Have a child do a job, and kill it after so many seconds; what it acknowledged, None when it was killed."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        pid = int(self._line(60).split()[1])
        done = None
        line = self._line(seconds if seconds is not None else 120)
        if not line and seconds is not None:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            line = self._line(60)
        if line.startswith("done"):
            done = json.loads(line.removeprefix("done "))
            line = self._line(60)
        assert line.startswith("ended"), line
        assert done is not None or line != "ended 0"
        return done

    def _line(self, seconds: float) -> str:
        """The next line that the program says; empty when it says none in time."""
        assert self._process.stdout is not None
        until = time.monotonic() + seconds
        while b"\n" not in self._buffer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                return ""
            read = os.read(self._process.stdout.fileno(), 65536)
            assert read, "the program ended"
            self._buffer += read
        line, _newline, self._buffer = self._buffer.partition(b"\n")
        return line.decode()


def settled() -> None:
    """Wait until nobody works on the database: a server notices late that its client is gone, a file at once."""
    if connection.vendor == "sqlite":
        return
    until = time.monotonic() + LONGEST
    sql = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend' AND state <> 'idle'"
    )
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(sql)
            if cursor.fetchone() == (0,):
                return
            select.select([], [], [], 0.02)
    raise AssertionError("somebody still works on the database")


def let_go() -> None:
    """A restore replaces the database under everybody; nobody but the child holds it."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()


@pytest.fixture
def victims(own_database: None, django_db_blocker: Any) -> Iterator[Victims]:
    """The program, on a database of its own in which everything that is committed stays."""
    with django_db_blocker.unblock():
        known()
        program = Victims(str(connection.settings_dict["NAME"]))
        yield program
        program.close()


class TestKilled:
    """Half of the children are killed between two questions to the database, the others at a moment of the clock."""

    def test_all_or_nothing(self, victims: Victims, tmp_path: Path) -> None:
        chance = random.Random(20260601)
        makers: list[Callable[[int], Round]] = [
            a_document,
            a_table,
            a_large_table,
            drafts,
            a_schedule,
            a_statement,
            a_treaty,
            a_merge,
            an_index,
            lambda number: a_backup(number, tmp_path),
        ]
        lengths = [self.measured(victims, make_round(900 + place)) for place, make_round in enumerate(makers)]
        ends = {"killed": 0, "done": 0}
        for number in range(ROUNDS):
            place = number % len(makers)
            round_ = makers[place](number)
            asked, seconds = lengths[place]
            if number // len(makers) % 2 and asked > 1:
                job, limit = {**round_.job, "fuse": chance.randint(1, asked)}, None
            else:
                job, limit = round_.job, chance.uniform(0, 1.1 * seconds)
            let_go()
            acknowledged = victims.run(job, limit)
            settled()
            done = round_.is_done()
            assert done or acknowledged is None, f"round {number}: what was acknowledged is not there"
            assert [str(one) for one in broken_laws(TODAY)] == [], f"round {number}: {job}"
            ends["killed" if acknowledged is None else "done"] += 1
        assert ends["killed"] >= ROUNDS // 2
        self.goes_on(victims, makers)

    def measured(self, victims: Victims, one: Round) -> tuple[int, float]:
        """How many questions a job asks and how long it takes when nobody kills it."""
        let_go()
        began = time.monotonic()
        acknowledged = victims.run(one.job)
        took = time.monotonic() - began
        assert acknowledged is not None
        settled()
        assert one.is_done()
        return acknowledged["asked"], took

    def goes_on(self, victims: Victims, makers: list[Callable[[int], Round]]) -> None:
        """After all that, everything can still be done."""
        for place, make_round in enumerate(makers):
            self.measured(victims, make_round(990 + place))
        assert [str(one) for one in broken_laws(TODAY)] == []
