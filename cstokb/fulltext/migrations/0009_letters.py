"""Records with their facet values as letters, to be counted in one pass."""

from itertools import groupby
from operator import itemgetter

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from cstokb.fulltext.letters import letter

BATCH = 2000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number the values that stand, and write each record's letters."""
    values = apps.get_model("fulltext", "FacetValue")._default_manager.exclude(facet="inside")
    numbers = apps.get_model("fulltext", "FacetLetter")._default_manager
    records = apps.get_model("fulltext", "IndexedRecord")
    distinct = values.order_by("facet", "value").values_list("facet", "value").distinct()
    numbers.bulk_create(
        [numbers.model(facet=facet, value=value) for facet, value in distinct], batch_size=1000
    )
    letters = {
        (facet, value): letter(number) for number, facet, value in numbers.values_list("pk", "facet", "value")
    }
    rows = values.order_by("record_id", "pk").values_list("record_id", "facet", "value").iterator(BATCH)
    filled = [
        records(record_id=key, letters="".join(letters[facet, value] for _, facet, value in own))
        for key, own in groupby(rows, key=itemgetter(0))
    ]
    records._default_manager.bulk_update(filled, ["letters"], batch_size=200)


class Migration(migrations.Migration):
    """Records with their facet values as letters."""

    dependencies = [("fulltext", "0008_rebuilding")]

    operations = [
        migrations.CreateModel(
            name="FacetLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.TextField()),
                ("value", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("value", "facet"), name="fulltext_letter_once")
                ],
            },
        ),
        migrations.AddField("indexedrecord", "letters", models.TextField(default="")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
