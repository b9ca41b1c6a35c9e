"""Long work that is begun from a page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0001_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                (
                    "total",
                    models.PositiveIntegerField(default=0, help_text="0: not known.", verbose_name="of"),
                ),
                (
                    "said",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what is being done, or why it stopped"
                    ),
                ),
                (
                    "moved_at",
                    models.DateTimeField(
                        help_text="NULL: nothing is being done.", null=True, verbose_name="last sign of work"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("index", "make the search index anew"),
                            ("checks", "check every law of the model"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("began_at", models.DateTimeField(verbose_name="begun")),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="NULL: not yet, or cut off.", null=True, verbose_name="ended"
                    ),
                ),
                ("result", models.JSONField(default=dict, verbose_name="what it found")),
                (
                    "began_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["-began_at", "-id"],
            },
        ),
    ]
