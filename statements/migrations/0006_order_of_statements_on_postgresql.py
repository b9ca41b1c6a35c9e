from django.db import migrations

from cstokb.dates.fields import NewestFirst


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0005_narrow_order_of_statements"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="statement",
            name="statement_by_day",
        ),
        migrations.AddIndex(
            model_name="statement",
            index=NewestFirst(fields=["-issued_on_min", "issued_on_max", "entry"], name="statement_by_day"),
        ),
    ]
