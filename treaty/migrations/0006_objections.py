import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treaty", "0005_provisions_linked")]

    operations = [
        migrations.RemoveField(
            model_name="historicaltreatyaction",
            name="provision",
        ),
        migrations.RemoveField(
            model_name="treatyaction",
            name="provision",
        ),
        migrations.AddField(
            model_name="historicaltreatyaction",
            name="objects_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Only for an objection: the act of another state to which it objects.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="treaty.treatyaction",
                verbose_name="objects to",
            ),
        ),
        migrations.AddField(
            model_name="treatyaction",
            name="objects_to",
            field=models.ForeignKey(
                blank=True,
                help_text="Only for an objection: the act of another state to which it objects.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections",
                to="treaty.treatyaction",
                verbose_name="objects to",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatyaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("objects_to__isnull", True), ("type", "objection"), _connector="OR"),
                name="only_an_objection_objects",
            ),
        ),
    ]
