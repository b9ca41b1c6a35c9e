"""Answers that are kept ready, and the number by which they are known to be those of the index as it is (ADR 22)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables, empty: answers are kept once somebody asks for that."""

    dependencies = [("fulltext", "0011_weights_as_letters")]

    operations = [
        migrations.CreateModel(
            "Stamp",
            [
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            "Kept",
            [
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("stamp", models.BigIntegerField()),
                ("counts", models.TextField(default="")),
                ("best", models.TextField(default="")),
                ("newest", models.TextField(default="")),
                ("oldest", models.TextField(default="")),
            ],
        ),
    ]
