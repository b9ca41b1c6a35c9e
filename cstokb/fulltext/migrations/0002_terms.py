"""The tables of terms, in the form that each database's full text search reads."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from cstokb.fulltext.backends import postgresql, sqlite


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables."""
    own = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in own.CREATE:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away."""
    own = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in own.DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Terms of records, and of passages in their order."""

    dependencies = [("fulltext", "0001_index")]

    operations = [migrations.RunPython(create, drop)]
