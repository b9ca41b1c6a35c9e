from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_words_of_relations"),
        ("summits", "0006_milestone_pages"),
        ("treaty", "0010_words_of_relations"),
    ]

    operations = [
        LabelFields(
            {
                "activitystate": {"activity": "activity", "state": "state"},
                "adoptedinstrument": {"instrument": "instrument", "session": "session"},
                "agendaitem": {"session": "session"},
                "attendance": {
                    "office": "office",
                    "organ": "organ",
                    "person": "person",
                    "represents": "in place of",
                    "session": "session",
                    "state": "state",
                },
                "chairmanship": {"person": "person", "state": "state"},
                "invocation": {
                    "activity": "activity",
                    "provision": "provision",
                    "session": "session",
                    "state": "state",
                },
                "invocationdocument": {
                    "instrument": "instrument",
                    "invocation": "invocation",
                    "session": "session",
                },
                "invocationstep": {"invocation": "invocation"},
                "milestone": {
                    "instrument": "instrument",
                    "organ": "organ",
                    "session": "session",
                    "state": "state",
                },
                "session": {
                    "chair_person": "person in the chair",
                    "chair_state": "state in the chair",
                    "country": "country",
                    "next_chair_state": "state next in the chair",
                    "organ": "organ",
                },
            }
        ),
    ]
