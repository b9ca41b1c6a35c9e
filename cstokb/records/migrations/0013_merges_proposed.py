import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_steps_taken_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: values of the record would change, and it would be merged into none.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.entry",
                verbose_name="record that stays",
            ),
        ),
    ]
