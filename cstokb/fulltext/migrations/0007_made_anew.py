"""Stems of Russian nouns and what records are known by have changed: the whole index is emptied and made anew."""

from typing import Any

from django.db import migrations

TABLES = ("indexedrecord", "titlekey", "opening", "passage", "facetvalue", "word", "terms", "streams")


def empty(apps: Any, schema_editor: Any) -> None:
    """Forget everything; whoever brings the tables up to date makes the index anew."""
    for table in TABLES:
        schema_editor.execute(f"DELETE FROM fulltext_{table}")  # noqa: S608 - names of ours


class Migration(migrations.Migration):
    dependencies = [("fulltext", "0006_fill_bones")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
