"""The tables of terms, in the form that each database's full text search reads."""

from collections.abc import Iterable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = (
    """CREATE VIRTUAL TABLE fulltext_terms
    USING fts5(heading, often, several, seldom, detail = column, tokenize = "ascii tokenchars '='")""",
    """CREATE VIRTUAL TABLE fulltext_streams USING fts5(terms, tokenize = "ascii tokenchars '='")""",
    """CREATE VIRTUAL TABLE fulltext_forms USING fts5vocab(fulltext_terms, 'row')""",
)
_SQLITE_DROP = ("DROP TABLE fulltext_forms", "DROP TABLE fulltext_streams", "DROP TABLE fulltext_terms")

_POSTGRESQL = (
    "CREATE TABLE fulltext_terms (record_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    """CREATE TABLE fulltext_streams (
        record_id bigint, number integer, vector tsvector NOT NULL, PRIMARY KEY (record_id, number)
    )""",
    "CREATE INDEX fulltext_terms_vector ON fulltext_terms USING gin (vector)",
    "CREATE INDEX fulltext_streams_vector ON fulltext_streams USING gin (vector)",
    # Python made the keys and forms to be compared by code point, as SQLite does.
    'ALTER TABLE fulltext_indexedrecord ALTER COLUMN sort_en TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_indexedrecord ALTER COLUMN sort_ru TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_facetvalue ALTER COLUMN value TYPE text COLLATE "C"',
    'ALTER TABLE fulltext_word ALTER COLUMN form TYPE text COLLATE "C"',
)
_POSTGRESQL_DROP = ("DROP TABLE fulltext_streams", "DROP TABLE fulltext_terms")


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables."""
    _run(schema_editor, _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    _run(schema_editor, _POSTGRESQL_DROP if schema_editor.connection.vendor == "postgresql" else _SQLITE_DROP)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Terms of records, and of passages in their order."""

    dependencies = [("fulltext", "0001_index")]

    operations = [migrations.RunPython(create, drop)]
