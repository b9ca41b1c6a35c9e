"""SQLite: the tables of the second index stand beside the others in the same file, with a prefix to their names."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from cstokb.fulltext.beside.base import KEPT, RebuildRunning, make_tables

PREFIX = "next_"
#: Every name of a table or index of the app; a column of a full text table is called as its table is. The names of
#: constraints are their table's own.
_NAMES = re.compile(r'(?<!CONSTRAINT ")\bfulltext_')
_PREFIXED = re.compile(rf"\b{PREFIX}fulltext_")
#: The tables in which FTS5 keeps what a virtual table shows.
_PARTS = ("data", "idx", "content", "docsize", "config")


class SQLite:
    """Tables of other names beside those that serve."""

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Keep every other rebuild out by a lock beside the database's file. Raises RebuildRunning."""
        with Path(f"{connection.settings_dict['NAME']}.rebuild").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RebuildRunning from None
            yield

    def forget(self) -> None:
        """Take away what a rebuild that was cut short has left."""
        self.settle()
        with transaction.atomic():
            for name, _sql in _tables(PREFIX):
                _drop(name)

    def make(self) -> None:
        """Make the tables of a second, empty index."""
        with self.into():
            make_tables()

    @contextmanager
    def into(self) -> Iterator[None]:
        """Let the names of the index's tables lead to the second one."""
        with transaction.atomic(), connection.execute_wrapper(_beside):
            yield

    def finish(self) -> None:
        """Nothing is to be done."""

    def swap(self, only: Collection[str] = ()) -> None:
        """Put the second index in the place of the first: tables change their names."""
        standing = {name for name, _sql in _tables("")}
        words = []
        with connection.cursor() as cursor:
            for name, sql in _tables(PREFIX):
                own = name.removeprefix(PREFIX)
                if (own in KEPT and own in standing) or (only and own not in only):
                    _drop(name)
                    continue
                _drop(own)
                if "fts5vocab" in sql:  # shows words of another table and has no rows of its own
                    _drop(name)
                    words.append(_PREFIXED.sub("fulltext_", sql))
                else:
                    cursor.execute(f"ALTER TABLE {name} RENAME TO {own}")
            for sql in words:
                cursor.execute(sql)

    def settle(self) -> None:
        """Give the indexes their names, one at a time; SQLite cannot rename one, and making it anew takes a while."""
        for name, sql in _indexes():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DROP INDEX {name}")
                cursor.execute(_PREFIXED.sub("fulltext_", sql))


def _beside(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run a statement over the tables of the second index."""
    return execute(_NAMES.sub(f"{PREFIX}fulltext_", sql), params, many, context)


def _rows(sql: str, parameters: list[str]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(name, text) for name, text in cursor.fetchall()]


def _tables(prefix: str) -> list[tuple[str, str]]:
    """The tables of an index with their definitions, without those that FTS5 made for itself."""
    found = _rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name GLOB %s ORDER BY name",
        [f"{prefix}fulltext_*"],
    )
    parts = {f"{name}_{part}" for name, sql in found if "VIRTUAL" in sql for part in _PARTS}
    return [(name, sql) for name, sql in found if name not in parts]


def _indexes() -> list[tuple[str, str]]:
    """Indexes of tables that serve which still have the names that they were made under."""
    return _rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name GLOB %s AND tbl_name GLOB 'fulltext_*'",
        [f"{PREFIX}fulltext_*"],
    )


def _drop(name: str) -> None:
    """Drop a table, also one that is broken."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"DROP TABLE IF EXISTS {name}")
        except DatabaseError:
            _cut_out(name)
        for part in _PARTS:  # where the virtual table itself was lost
            cursor.execute(f"DROP TABLE IF EXISTS {name}_{part}")


def _cut_out(name: str) -> None:
    """Take away a virtual table whose parts are damaged, so that SQLite cannot open it even to drop it.

    It has no page of its own in the file, and its parts are ordinary tables that the caller drops.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("DELETE FROM sqlite_master WHERE name = %s AND rootpage = 0", [name])
        cursor.execute("PRAGMA writable_schema = RESET")
