"""A program whose children do long work on a database and are killed in the middle of it.

It reads one job a line as JSON from its standard input and forks a child for each, since starting Python and Django
anew three hundred times would take longer than the work. What it says, a line each: ``pid N``, then what the child
says (``done {...}`` once the work is acknowledged), then ``ended``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
Job = Callable[[dict[str, Any]], None]


def confirm(said: dict[str, Any]) -> None:
    """Confirm the document that waits."""
    from cstokb.accounts.models import User
    from cstokb.curation.documents.choices import Choices
    from cstokb.curation.documents.confirm import confirm as write
    from cstokb.curation.models import Upload

    upload = Upload.objects.get(pk=said["upload"])
    write(upload, Choices.from_json(upload.choices), at=AT, by=User.objects.get(pk=said["by"]))


def table(said: dict[str, Any]) -> None:
    """Confirm the table that waits."""
    from cstokb.curation.models import Upload
    from cstokb.curation.tables import batches

    upload = Upload.objects.get(pk=said["upload"])
    batches.confirm(upload, at=AT, left_out=[], reason="Test.", correction=False)


def large_table(said: dict[str, Any]) -> None:
    """Confirm the table that waits, two drafts at a time."""
    from cstokb.curation.tables import carry, pace

    carry.FEW, pace.LEAST, pace.FIRST, pace.MOST, pace.REST = 2, 2, 2, 2, 0.01
    table(said)


def publish(said: dict[str, Any]) -> None:
    """Publish several drafts at once."""
    from cstokb.records.publish import Change, write
    from members.models import Person

    people = Person.objects.select_related("entry").filter(entry__slug__in=said["slugs"])
    write([Change(one, one.public_id, "published", "") for one in people], at=AT)


def due(said: dict[str, Any]) -> None:
    """Apply what is scheduled."""
    from cstokb.records.schedule import apply_due

    apply_due(at=AT)


def withdraw(said: dict[str, Any]) -> None:
    """Withdraw a statement, and with it everything that is published through it."""
    from cstokb.records.publish import withdraw as take_off
    from statements.models import Statement

    take_off(
        Statement.objects.select_related("entry").get(entry__slug=said["slug"]), at=AT, by=None, why="Test."
    )


def treaty(said: dict[str, Any]) -> None:
    """Import the text of an instrument: drafts of what is new, a proposal for what is published."""
    from cstokb.accounts.models import User
    from cstokb.curation.importing.carry import carry_out
    from cstokb.curation.importing.origins import Origin
    from cstokb.curation.importing.plan import Terms, plan
    from cstokb.curation.outline import parse
    from cstokb.curation.reading import read_text
    from cstokb.dates import HistoricDate
    from treaty.models import Instrument

    of = Instrument.objects.select_related("entry").get(entry__slug=said["instrument"])
    began = HistoricDate.parse(said["began_on"])
    made = plan(parse(read_text(said["text"])), Terms(of, said["language"], said["standing"], began))
    chosen = {item.index for item in made.items if item.can_be_taken}
    carry_out(made, chosen, Origin(**said["origin"]), at=AT, by=User.objects.get(pk=said["by"]))


def merge(said: dict[str, Any]) -> None:
    """Make two people one."""
    from cstokb.accounts.models import User
    from cstokb.records.merging.merge import merge as make_one
    from cstokb.records.models import Entry

    loser, winner = (Entry.objects.get(kind="person", slug=said[name]) for name in ("loser", "winner"))
    make_one(loser, winner, at=AT, by=User.objects.get(pk=said["by"]), reason="Test.")


def restore(said: dict[str, Any]) -> None:
    """Put a backup back."""
    from cstokb.operations.backups import restore as put_back

    put_back(Path(said["file"]))


def reindex(said: dict[str, Any]) -> None:
    """Make the search index anew."""
    from cstokb.records.rebuilding import rebuild

    for _done in rebuild(AT):
        pass


JOBS: dict[str, Job] = {
    job.__name__: job
    for job in (confirm, table, large_table, publish, due, withdraw, treaty, merge, restore, reindex)
}


class Fuse:
    """Counts what is asked of the database, and kills the process before the question at which it was set."""

    def __init__(self, limit: int | None) -> None:
        self.asked, self._limit = 0, limit

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked += 1
        if self.asked == self._limit:
            os.killpg(0, signal.SIGKILL)
        return execute(sql, params, many, context)


def say(line: str) -> None:
    """A line for whoever started the program."""
    os.write(1, f"{line}\n".encode())


def child(said: dict[str, Any]) -> None:
    """Do one job, and say when it is done."""
    from django.db import connection

    fuse = Fuse(said.get("fuse"))
    with connection.execute_wrapper(fuse):
        JOBS[said["job"]](said)
    say(f"done {json.dumps({'asked': fuse.asked})}")


def main(name: str) -> None:
    """Serve jobs on the database of this name until the input ends."""
    django.setup()
    from django.conf import settings
    from django.db import connection

    import cstokb.urls  # noqa: F401  # everything that a child needs is loaded before it is born

    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            status = 1
            try:
                child(json.loads(line))
                status = 0
            finally:
                if status:
                    traceback.print_exc()
                os._exit(status)
        say(f"pid {pid}")
        _pid, status = os.waitpid(pid, 0)
        say(f"ended {status}")


if __name__ == "__main__":
    main(sys.argv[1])
