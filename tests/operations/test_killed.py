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
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection

from cstokb.curation.checks import broken_laws
from cstokb.curation.documents.choices import suggested
from cstokb.curation.models import State, StoredFile, Upload
from cstokb.curation.tables import batches
from cstokb.operations import backups
from cstokb.records.choices import RevisionState, StepKind
from cstokb.records.decisions import schedule
from cstokb.records.models import Entry, Evidence, Revision, Source
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.models import Person
from statements.models import Passage, Statement
from tests.curation.documents.press import NOON, brought, press
from tests.curation.documents.test_confirm import known
from tests.factories import meetings
from tests.factories import records as make
from tests.factories.curators import curator
from tests.operations.victims import AT

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


@dataclass(frozen=True)
class Round:
    """One job, and how to tell whether all of it was done or nothing."""

    job: dict[str, Any]
    is_done: Callable[[], bool]


def a_document(number: int) -> Round:
    """A document to confirm: a source, a report, its passages, a new person."""
    user = curator("editor", f"editor{number}")
    found = press(source=replace(press().source, title=f"Text {number}"))
    upload = brought(user, found, f"file {number}".encode())
    upload.note_choices(replace(suggested(found), again=True).as_json())
    slug = f"2022-05-17-text-{number}"

    def is_done() -> bool:
        state = Upload.objects.get(pk=upload.pk).state
        file = StoredFile.objects.get(pk=upload.file_id)
        signs: set[bool] = {
            state == State.CONFIRMED,
            Source.objects.filter(checksum=file.sha256).exists(),
            Statement.objects.filter(entry__slug=slug).exists(),
            Passage.objects.filter(statement__entry__slug=slug).count() == 2,
        }
        assert len(signs) == 1
        assert file.data == f"file {number}".encode()
        return signs.pop()

    return Round({"job": "confirm", "upload": str(upload.pk), "by": user.pk}, is_done)


def a_table(number: int) -> Round:
    """A table of new people to confirm."""
    user = curator("editor", f"importer{number}")
    slugs = [f"row-{number}-{letter}" for letter in "abcdefgh"]
    data = "\n".join(["id,name_en", *(f"{slug},Person {slug}" for slug in slugs)])
    upload = batches.bring(user, data.encode(), name="people.csv", at=NOON, choices={"kind": "person"})
    batches.compare(upload)

    def is_done() -> bool:
        confirmed = bool(Upload.objects.get(pk=upload.pk).state == State.CONFIRMED)
        count = Entry.objects.filter(kind="person", slug__in=slugs, publication="draft").count()
        assert (confirmed, count) in {(True, len(slugs)), (False, 0)}
        return confirmed

    return Round({"job": "table", "upload": str(upload.pk)}, is_done)


def a_large_table(number: int) -> Round:
    """A table that is written in portions: what stands of it is known, and can be finished or taken back."""
    user = curator("editor", f"carrier{number}")
    slugs = [f"large-{number}-{letter}" for letter in "abcdefgh"]
    data = "\n".join(["id,name_en", *(f"{slug},Person {slug}" for slug in slugs)])
    upload = batches.bring(user, data.encode(), name="people.csv", at=NOON, choices={"kind": "person"})
    batches.compare(upload)

    def standing() -> list[str]:
        rows = Entry.objects.filter(kind="person", slug__in=slugs, publication="draft")
        return list(rows.order_by("pk").values_list("slug", flat=True))

    def is_done() -> bool:
        found = Upload.objects.get(pk=upload.pk)
        noted = [slug for portion in found.portions.all() for slug in portion.slugs]
        whole = slugs if found.state == State.CONFIRMED else noted
        assert standing() == whole
        if found.state == State.WRITING and number % 2:
            batches.go_on(found, at=AT)
            assert standing() == slugs
        elif found.state == State.WRITING:
            batches.give_up(found, at=AT, by=user)
            assert standing() == []
        state = Upload.objects.get(pk=upload.pk).state
        assert state in (State.WAITING, State.CONFIRMED)
        return bool(state == State.CONFIRMED)

    return Round({"job": "large_table", "upload": str(upload.pk)}, is_done)


def drafts(number: int) -> Round:
    """Drafts to publish at once."""
    slugs = [f"person-{number}-{letter}" for letter in "abcdef"]
    source = make.source()
    write(
        [
            Change(Person(name_en=slug), slug, "draft", "new", evidence=[Evidence(source=source)])
            for slug in slugs
        ],
        at=NOON,
    )
    return Round({"job": "publish", "slugs": slugs}, lambda: _alike("person", slugs, "published"))


def a_schedule(number: int) -> Round:
    """A change of a published record that is due."""
    one, user = make.person(f"due-{number}", "Somebody"), curator("publisher", f"approver{number}")
    proposal = propose(one.entry, {"name_ru": "Некто"}, at=NOON, by=None, reason="Test.")
    assert proposal is not None
    at = AT - timedelta(hours=1)
    schedule(proposal, by=user, at=at, moment=at + timedelta(minutes=1), zone=ZoneInfo("UTC"))

    def is_done() -> bool:
        state = Revision.objects.get(pk=proposal.pk).state
        signs: set[bool] = {
            state == RevisionState.APPLIED,
            proposal.steps.filter(kind=StepKind.APPLIED).exists(),
            Person.objects.get(pk=one.pk).name_ru == "Некто",
            one.entry.events.filter(by=user).count() == 1,
        }
        assert len(signs) == 1
        assert state in (RevisionState.APPLIED, RevisionState.SCHEDULED)
        return signs.pop()

    return Round({"job": "due"}, is_done)


def a_statement(number: int) -> Round:
    """A published statement with passages, to be withdrawn."""
    slug = f"statement-{number}"
    statement = meetings.statement(slug, "2024-01-01")
    text = meetings.text(statement)
    passages = [meetings.passage(text, f"p{place}") for place in range(1, 9)]

    def is_done() -> bool:
        seen = set(
            Entry.objects.filter(pk__in=[one.pk for one in passages]).values_list("visibility", flat=True)
        )
        assert len(seen) == 1
        withdrawn = _alike("statement", [slug], "withdrawn")
        assert withdrawn == (seen != {"public"})
        return withdrawn

    return Round({"job": "withdraw", "slug": slug}, is_done)


def _alike(kind: str, slugs: list[str], publication: str) -> bool:
    """Whether all of the records have the publication; they must not differ in it."""
    found = list(Entry.objects.filter(kind=kind, slug__in=slugs).values_list("publication", flat=True))
    assert len(found) == len(slugs)
    assert len(set(found)) == 1
    return found[0] == publication


def a_backup(number: int, folder: Path) -> Round:
    """A backup to restore, and a record that it does not hold."""
    file = folder / f"{number}.backup"
    backups.back_up(file)
    before = Entry.objects.count()
    make.person(f"after-backup-{number}", "After Backup")

    def is_done() -> bool:
        count = Entry.objects.count()
        there = Entry.objects.filter(slug=f"after-backup-{number}").exists()
        assert count == before + there
        return not there

    return Round({"job": "restore", "file": str(file)}, is_done)


def an_index(number: int) -> Round:
    """A search index to make anew; it serves whether that was done or not."""
    return Round({"job": "reindex"}, lambda: True)


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
