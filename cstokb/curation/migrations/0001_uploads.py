"""Files that are kept, and uploads that wait for a confirmation."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256 of the file")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("content", models.BinaryField(verbose_name="content")),
                ("kept_at", models.DateTimeField(verbose_name="kept since")),
            ],
            options={
                "verbose_name": "stored file",
                "verbose_name_plural": "stored files",
                "ordering": ["-kept_at", "sha256"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("document", "document"), ("table", "table")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("brought_at", models.DateTimeField(verbose_name="brought")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("undone", "undone"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(help_text="NULL: not yet.", null=True, verbose_name="decided"),
                ),
                ("found", models.JSONField(default=dict, verbose_name="what was found in it")),
                ("choices", models.JSONField(default=dict, verbose_name="what was chosen so far")),
                ("result", models.JSONField(default=dict, verbose_name="what confirming it did")),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="curation.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought by",
                    ),
                ),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-brought_at", "id"],
                "indexes": [models.Index(fields=["owner", "state"], name="upload_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="upload_decided_or_waiting",
                    )
                ],
            },
        ),
    ]
