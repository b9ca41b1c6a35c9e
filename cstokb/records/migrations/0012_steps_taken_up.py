from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_what_goes_with_a_draft"),
    ]

    operations = [
        migrations.AlterField(
            model_name="revisionstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("returned", "changes requested"),
                    ("resubmitted", "handed in again"),
                    ("scheduled", "approved for a moment"),
                    ("unscheduled", "schedule lifted"),
                    ("failed", "could not be applied"),
                    ("applied", "applied"),
                    ("refused", "refused or taken back"),
                    ("superseded", "done otherwise"),
                    ("taken-up", "taken up again"),
                ],
                max_length=16,
                verbose_name="what",
            ),
        ),
    ]
