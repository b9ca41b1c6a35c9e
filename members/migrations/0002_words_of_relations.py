from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_records"),
    ]

    operations = [
        LabelFields(
            {
                "membershipperiod": {"body": "body", "organ": "organ", "state": "state"},
                "office": {"organ": "organ", "state": "state"},
                "organ": {"parent": "higher organ"},
                "participationpause": {"state": "state"},
                "term": {"office": "office", "person": "person"},
            }
        ),
    ]
