"""The bones of the words that are indexed already."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SILENT = frozenset("aeiouyаеиоуыэюяйьъіїўөүұәӯӣ")
_BATCH = 1000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the consonants of each word, as it is done for new ones since."""
    words = apps.get_model("fulltext", "Word").objects
    rows = list(words.order_by("pk"))
    for row in rows:
        if row.form.isalpha() and len(row.form) <= 30:
            row.bones = "".join(letter for letter in row.form if letter not in _SILENT)
    words.bulk_update(rows, ["bones"], batch_size=_BATCH)


class Migration(migrations.Migration):
    """Data alone."""

    dependencies = [("fulltext", "0005_bones_of_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
