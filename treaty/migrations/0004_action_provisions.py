import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_records"),
        ("treaty", "0003_amendment_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionProvision",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="records.entry",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "high confidence"),
                            ("medium", "medium confidence"),
                            ("low", "low confidence"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("note_en", models.TextField(blank=True, verbose_name="note")),
                ("note_ru", models.TextField(blank=True, verbose_name="note (Russian)")),
            ],
            options={
                "verbose_name": "provision that an act concerns",
                "verbose_name_plural": "provisions that acts concern",
            },
        ),
        migrations.CreateModel(
            name="HistoricalActionProvision",
            fields=[
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("public", models.BooleanField(default=False)),
                ("history_change_reason", models.TextField(blank=True, default="")),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "high confidence"),
                            ("medium", "medium confidence"),
                            ("low", "low confidence"),
                        ],
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                ("note_en", models.TextField(blank=True, verbose_name="note")),
                ("note_ru", models.TextField(blank=True, verbose_name="note (Russian)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical provision that an act concerns",
                "verbose_name_plural": "historical provisions that acts concern",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="actionprovision",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="provisions",
                to="treaty.treatyaction",
                verbose_name="act",
            ),
        ),
        migrations.AddField(
            model_name="actionprovision",
            name="provision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="treaty.provision",
                verbose_name="provision",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionprovision",
            name="action",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.treatyaction",
                verbose_name="act",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionprovision",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="records.entry",
            ),
        ),
        migrations.AddField(
            model_name="historicalactionprovision",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalactionprovision",
            name="provision",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.provision",
                verbose_name="provision",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionprovision",
            constraint=models.UniqueConstraint(
                fields=("action", "provision"), name="act_concerns_a_provision_once"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalactionprovision",
            index=models.Index(fields=["valid_from", "valid_to"], name="actionprovision_span"),
        ),
        migrations.AddConstraint(
            model_name="historicalactionprovision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("entry",),
                name="actionprovision_one_open_span",
            ),
        ),
    ]
