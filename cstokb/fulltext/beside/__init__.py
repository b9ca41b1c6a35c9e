"""A second index beside the one that serves: made by the same migrations, filled by the same code, then swapped in."""

from django.db import connection, transaction

from cstokb.fulltext.beside.base import KEPT, Beside, RebuildRunning
from cstokb.fulltext.beside.postgresql import PostgreSQL
from cstokb.fulltext.beside.sqlite import SQLite

__all__ = ["Beside", "RebuildRunning", "beside", "mend"]


def beside() -> Beside:
    """The one for the database in use."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def mend() -> None:
    """Make the tables that tell of a rebuild anew where one of them was lost."""
    lost = set(KEPT).difference(connection.introspection.table_names())
    if lost:
        with transaction.atomic():
            beside().make()
            beside().swap(lost)
        beside().settle()
