"""PostgreSQL: the second index has a schema of its own, which stands first in the path while it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, transaction

from cstokb.fulltext.beside.base import KEPT, RebuildRunning, make_tables

SCHEMA = "fulltext_next"
#: An advisory lock of the database; a process that dies lets go of it.
LOCK = 7_402_883_119_205_471
#: How long the swap waits for readers. Shorter than PostgreSQL waits before it looks for a deadlock, so that it is
#: always the rebuild that steps back, and never a reader.
PATIENCE = "500ms"


class PostgreSQL:
    """A schema beside the one that serves."""

    def __init__(self) -> None:
        self._put_off: list[str] = []

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Keep every other rebuild out. Raises RebuildRunning."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise RebuildRunning
        try:
            yield
        finally:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    def forget(self) -> None:
        """Take away what a rebuild that was cut short has left."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")

    def make(self) -> None:
        """Make the tables of a second, empty index."""
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        with self.into():
            make_tables()
            self._put_off = _without_gin()

    @contextmanager
    def into(self) -> Iterator[None]:
        """Let the names of the index's tables lead to the second one; a rollback ends it too."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('search_path')")
            (path,) = cursor.fetchone()
            cursor.execute("SELECT set_config('search_path', %s, true)", [f"{SCHEMA}, {path}"])
            yield
            cursor.execute("SELECT set_config('search_path', %s, true)", [path])

    def finish(self) -> None:
        """Make the indexes that were put off, and tell the planner what the tables hold.

        Without that the first questions would be read row by row.
        """
        with connection.cursor() as cursor:
            for statement in self._put_off:
                cursor.execute(statement)
            for table in _tables(SCHEMA):
                cursor.execute(f"ANALYZE {SCHEMA}.{table}")

    def swap(self, only: Collection[str] = ()) -> None:
        """Put the second index in the place of the first: tables change their schema, with all their indexes."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            (home,) = cursor.fetchone()
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            standing = _tables(home)
            for table in _tables(SCHEMA):
                if (table in KEPT and table in standing) or (only and table not in only):
                    continue
                cursor.execute(f'DROP TABLE IF EXISTS "{home}".{table}')
                cursor.execute(f'ALTER TABLE {SCHEMA}.{table} SET SCHEMA "{home}"')
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")

    def settle(self) -> None:
        """Nothing waits."""


def _without_gin() -> list[str]:
    """Take the GIN indexes of the second index away; the statements that make them again.

    One that is made of a full table takes a fraction of the time that it takes to grow row by row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s AND indexdef LIKE '%% USING gin %%'",
            [SCHEMA],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {SCHEMA}.{name}")
    return [definition for _name, definition in indexes]


def _tables(schema: str) -> list[str]:
    """The tables of an index, in one order, so that two who lock them never wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename LIKE 'fulltext\\_%%' ORDER BY 1",
            [schema],
        )
        return [row[0] for row in cursor.fetchall()]
