"""What its owner calls an upload."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0002_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="name",
            field=models.CharField(blank=True, max_length=300, verbose_name="name"),
        ),
    ]
