"""Consistent copies of a database that is in use, and their way back into it."""

import os
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper


class SnapshotError(CommandError):
    """A copy could not be made or put back; the message says why, and nothing was changed."""


class Snapshots(ABC):
    """One kind of database."""

    engine: ClassVar[str]

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @abstractmethod
    def take(self, target: Path) -> None:
        """Copy all that was committed before this moment to ``target``, while others read and write."""

    @abstractmethod
    def check(self, source: Path) -> None:
        """Raise ``SnapshotError`` when ``source`` is no sound copy of this kind of database."""

    @abstractmethod
    def put_back(self, source: Path) -> None:
        """Replace everything in the database by ``source``, in one step: readers see the old or the new."""


class SqliteSnapshots(Snapshots):
    """SQLite's own online backup. A plain copy of the file would miss what is still in the write-ahead log."""

    engine = "sqlite"

    @property
    def path(self) -> str:
        return str(self.connection.settings_dict["NAME"])

    def take(self, target: Path) -> None:
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        self.check(target)

    def check(self, source: Path) -> None:
        try:
            with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
                answers = copy.execute("PRAGMA integrity_check").fetchall()
                dangling = copy.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise SnapshotError(f"The copy is no sound SQLite database: {error}.") from error
        if answers != [("ok",)]:
            raise SnapshotError(f"The copy is not sound: {answers[0][0]}.")
        if dangling:
            raise SnapshotError(
                f"The copy is not sound: {len(dangling)} rows refer to rows that are not there."
            )

    def put_back(self, source: Path) -> None:
        self.connection.close()
        wait = self.connection.settings_dict["OPTIONS"]["timeout"]
        with (
            closing(sqlite3.connect(source)) as copy,
            closing(sqlite3.connect(self.path, timeout=wait)) as live,
        ):
            # The whole copy is one transaction of the live database; a crash in it leaves what was there before.
            copy.backup(live)


class PostgresqlSnapshots(Snapshots):
    """pg_dump's plain SQL, and psql in one transaction; both come with Debian's postgresql-client."""

    engine = "postgresql"
    wipe = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    # pg_dump ends with this line; a dump that was cut short has none.
    last_words = b"PostgreSQL database dump complete"

    def take(self, target: Path) -> None:
        self._run("pg_dump", "--no-owner", "--no-privileges", "--file", str(target))
        self.check(target)

    def check(self, source: Path) -> None:
        with source.open("rb") as file:
            file.seek(max(0, source.stat().st_size - 1024))
            if self.last_words not in file.read():
                raise SnapshotError("The copy is not whole: pg_dump did not finish it.")

    def put_back(self, source: Path) -> None:
        self.connection.close()
        script = (
            "--single-transaction",
            "--set",
            "ON_ERROR_STOP=1",
            "--command",
            self.wipe,
            "--file",
            str(source),
        )
        self._run("psql", "--quiet", "--no-psqlrc", "--output", os.devnull, *script)

    def _run(self, program: str, *arguments: str) -> None:
        path = shutil.which(program)
        if path is None:
            raise SnapshotError(f"{program} is missing: apt install postgresql-client")
        words = [path, *arguments]
        done = subprocess.run(words, env=self._environment(), capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SnapshotError(f"{program} failed: {done.stderr.strip()}")

    def _environment(self) -> dict[str, str]:
        """How libpq's programs find the database; a password in the environment is not seen in a list of processes."""
        settings = self.connection.settings_dict
        named: dict[str, Any] = {
            "PGHOST": settings["HOST"],
            "PGPORT": settings["PORT"],
            "PGUSER": settings["USER"],
            "PGPASSWORD": settings["PASSWORD"],
            "PGDATABASE": settings["NAME"],
            "PGSSLMODE": settings["OPTIONS"].get("sslmode"),
        }
        return {**os.environ, **{name: str(value) for name, value in named.items() if value}}


def snapshots_of(connection: BaseDatabaseWrapper) -> Snapshots:
    """The copies of this connection's kind of database."""
    kinds = {kind.engine: kind for kind in (SqliteSnapshots, PostgresqlSnapshots)}
    return kinds[connection.vendor](connection)
