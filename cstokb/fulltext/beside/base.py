"""What a rebuild asks of a database: room for a second index beside the one that serves, and to put it in its place."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

APP = "fulltext"
#: The tables that stand through a rebuild, since they tell of it.
KEPT = ("fulltext_rebuild", "fulltext_late")


class RebuildRunning(Exception):
    """Another process is making the index anew."""


class Beside(Protocol):
    """Room for a second index in one database."""

    def claimed(self) -> AbstractContextManager[None]:
        """Keep every other rebuild out until the end, or until this process dies. Raises RebuildRunning."""

    def forget(self) -> None:
        """Take away what a rebuild that was cut short has left."""

    def make(self) -> None:
        """Make the tables of a second, empty index."""

    def into(self) -> AbstractContextManager[None]:
        """Inside, in one transaction, the tables of the index are those of the second one."""

    def finish(self) -> None:
        """Make what was made here fit to be asked; before it is put in place, while nobody waits."""

    def swap(self, only: Collection[str] = ()) -> None:
        """Put the second index, or some tables of it, in the place of the first, in the caller's transaction."""

    def settle(self) -> None:
        """What can wait until the second index serves."""


def make_tables() -> None:
    """Make the tables of the index as its migrations make them, wherever their names lead at the moment.

    The migrations are the only place that says what the tables are; nothing here repeats it.
    """
    graph = MigrationLoader(None).graph
    (leaf,) = graph.leaf_nodes(APP)
    # Not entered as a context: on SQLite that would refuse an open transaction, for the sake of foreign keys, and the
    # index has none.
    editor = connection.SchemaEditorClass(connection, atomic=False)
    editor.deferred_sql = []
    state = ProjectState()
    for key in graph.forwards_plan(leaf):
        state = graph.nodes[key].apply(state, editor)
    for statement in editor.deferred_sql:
        editor.execute(statement)
