"""What stands of a large table while it is being written or undone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0003_upload_name"),
    ]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("writing", "being written"),
                    ("confirmed", "confirmed"),
                    ("refused", "refused"),
                    ("undoing", "being undone"),
                    ("undone", "undone"),
                ],
                default="waiting",
                max_length=16,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="Portion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind of record")),
                ("slugs", models.JSONField(verbose_name="ids")),
                ("size", models.PositiveIntegerField(verbose_name="how many")),
                (
                    "upload",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portions",
                        to="curation.upload",
                        verbose_name="upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "portion of an upload",
                "verbose_name_plural": "portions of uploads",
                "ordering": ["id"],
            },
        ),
    ]
