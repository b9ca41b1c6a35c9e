"""The two databases' own full text: the only vendor SQL of the project."""

from django.db import connection

from cstokb.fulltext.backends.base import Backend
from cstokb.fulltext.backends.postgresql import PostgreSQL
from cstokb.fulltext.backends.sqlite import SQLite


def backend() -> Backend:
    """The one for the database in use."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
