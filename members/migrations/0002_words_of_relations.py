from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_records"),
    ]

    operations = [
        LabelFields(
            {
                "historicalmembershipperiod": {"body": "body", "organ": "organ", "state": "state"},
                "historicaloffice": {"organ": "organ", "state": "state"},
                "historicalorgan": {"parent": "higher organ"},
                "historicalparticipationpause": {"state": "state"},
                "historicalterm": {"office": "office", "person": "person"},
                "membershipperiod": {"body": "body", "organ": "organ", "state": "state"},
                "office": {"organ": "organ", "state": "state"},
                "organ": {"parent": "higher organ"},
                "participationpause": {"state": "state"},
                "term": {"office": "office", "person": "person"},
            }
        ),
    ]
