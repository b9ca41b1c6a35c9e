"""What tells of a rebuild of the index that is under way."""

from django.db import migrations, models


def _id() -> models.BigAutoField[int, int]:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Two tables of their own."""

    dependencies = [("fulltext", "0007_made_anew")]

    operations = [
        migrations.CreateModel("Late", [("id", _id()), ("record_id", models.BigIntegerField())]),
        migrations.CreateModel("Rebuild", [("id", _id()), ("began_at", models.DateTimeField())]),
    ]
