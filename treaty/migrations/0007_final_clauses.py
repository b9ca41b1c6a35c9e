import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_records"),
        ("treaty", "0006_objections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FinalClause",
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
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("entry-on-signature", "enters into force on signature"),
                            ("entry-on-deposits", "enters into force on so many deposits"),
                            ("entry-on-all-deposits", "enters into force on the deposits of all signatories"),
                            ("entry-with-instrument", "enters into force with another instrument"),
                            ("joining", "enters into force for a state that joins later"),
                            ("term", "is concluded for a term"),
                            ("prolongation", "is prolonged, term by term"),
                            ("end-with-instrument", "lasts as long as another instrument"),
                            ("end-on-entry", "ends when another instrument enters into force"),
                            ("withdrawal", "notice of withdrawal"),
                        ],
                        max_length=24,
                        verbose_name="rule",
                    ),
                ),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="number of deposits"
                    ),
                ),
                ("span", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how long")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[("day", "days"), ("month", "months"), ("year", "years")],
                        max_length=8,
                        verbose_name="counted in",
                    ),
                ),
            ],
            options={
                "verbose_name": "final clause",
                "verbose_name_plural": "final clauses",
            },
        ),
        migrations.CreateModel(
            name="HistoricalFinalClause",
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
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("entry-on-signature", "enters into force on signature"),
                            ("entry-on-deposits", "enters into force on so many deposits"),
                            ("entry-on-all-deposits", "enters into force on the deposits of all signatories"),
                            ("entry-with-instrument", "enters into force with another instrument"),
                            ("joining", "enters into force for a state that joins later"),
                            ("term", "is concluded for a term"),
                            ("prolongation", "is prolonged, term by term"),
                            ("end-with-instrument", "lasts as long as another instrument"),
                            ("end-on-entry", "ends when another instrument enters into force"),
                            ("withdrawal", "notice of withdrawal"),
                        ],
                        max_length=24,
                        verbose_name="rule",
                    ),
                ),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="number of deposits"
                    ),
                ),
                ("span", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how long")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[("day", "days"), ("month", "months"), ("year", "years")],
                        max_length=8,
                        verbose_name="counted in",
                    ),
                ),
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
                "verbose_name": "historical final clause",
                "verbose_name_plural": "historical final clauses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="finalclause",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="treaty.instrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="finalclause",
            name="other",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses_naming",
                to="treaty.instrument",
                verbose_name="other instrument",
            ),
        ),
        migrations.AddField(
            model_name="finalclause",
            name="provision",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: where it stands was not seen.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="treaty.provision",
                verbose_name="provision",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinalclause",
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
            model_name="historicalfinalclause",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfinalclause",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.instrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinalclause",
            name="other",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.instrument",
                verbose_name="other instrument",
            ),
        ),
        migrations.AddField(
            model_name="historicalfinalclause",
            name="provision",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Empty: where it stands was not seen.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.provision",
                verbose_name="provision",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalclause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("span__isnull", True), ("unit", "")),
                    models.Q(("span__gt", 0), models.Q(("unit", ""), _negated=True)),
                    _connector="OR",
                ),
                name="clause_span_has_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalclause",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__isnull", True), ("count__gt", 0), _connector="OR"),
                name="clause_counts_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="finalclause",
            constraint=models.CheckConstraint(
                condition=models.Q(("other", models.F("instrument")), _negated=True),
                name="clause_names_another_instrument",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalfinalclause",
            index=models.Index(fields=["valid_from", "valid_to"], name="finalclause_span"),
        ),
        migrations.AddConstraint(
            model_name="historicalfinalclause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("entry",),
                name="finalclause_one_open_span",
            ),
        ),
    ]
