"""Roles open too while somebody types: the openings are emptied, and whoever brings the tables up to date makes the index
anew."""

from typing import Any

from django.db import migrations


def empty(apps: Any, schema_editor: Any) -> None:
    """Forget the openings, without which the index is not whole."""
    apps.get_model("fulltext", "Opening")._default_manager.all().delete()


class Migration(migrations.Migration):
    dependencies = [("fulltext", "0009_letters")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
