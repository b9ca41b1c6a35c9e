"""Passages with their words folded and counted, and who said them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Only the records know who said what: an index without records is made anew by `prepare` or `rebuild_search_index`."""
    apps.get_model("fulltext", "IndexedRecord")._default_manager.all().delete()


class Migration(migrations.Migration):
    """Passages with their words folded and counted, and who said them."""

    dependencies = [("fulltext", "0002_terms")]

    operations = [
        migrations.AddField("passage", "forms", models.TextField(default="")),
        migrations.AddField("passage", "voice", models.TextField(default="")),
        migrations.AddField("passage", "words", models.PositiveIntegerField(default=0)),
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
