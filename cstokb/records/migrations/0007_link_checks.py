"""Checks of the addresses of sources, and where an archive holds a copy."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0006_merge_rights"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalsource",
            name="archived_url",
            field=models.URLField(
                blank=True,
                help_text="Where an archive holds a copy, for the day on which the address no longer answers.",
                max_length=1000,
                verbose_name="archived copy",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="archived_url",
            field=models.URLField(
                blank=True,
                help_text="Where an archive holds a copy, for the day on which the address no longer answers.",
                max_length=1000,
                verbose_name="archived copy",
            ),
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="link_check",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
                ("url", models.CharField(max_length=1000, verbose_name="address that was asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ok", "answers"),
                            ("moved", "moved for good"),
                            ("gone", "no longer there"),
                            ("error", "does not answer"),
                            ("refused", "not asked"),
                        ],
                        max_length=16,
                        verbose_name="what was found",
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        help_text="Empty: no answer came.", null=True, verbose_name="status of the answer"
                    ),
                ),
                ("moved_to", models.CharField(blank=True, max_length=2000, verbose_name="new address")),
                ("said", models.CharField(blank=True, max_length=300, verbose_name="in words")),
                (
                    "failing_since",
                    models.DateTimeField(
                        help_text="Empty: it answers.", null=True, verbose_name="failing since"
                    ),
                ),
                (
                    "copy_url",
                    models.CharField(blank=True, max_length=2000, verbose_name="copy found in an archive"),
                ),
            ],
            options={
                "verbose_name": "check of an address",
                "verbose_name_plural": "checks of addresses",
                "indexes": [models.Index(fields=["state", "checked_at"], name="link_by_state")],
            },
        ),
    ]
