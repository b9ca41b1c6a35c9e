from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_words_of_relations"),
        ("treaty", "0009_detected_references"),
    ]

    operations = [
        LabelFields(
            {
                "instrumentrelation": {"source": "instrument", "target": "other instrument"},
                "provision": {"instrument": "instrument", "parent": "part of"},
                "provisionnumber": {"provision": "provision"},
                "provisionreference": {
                    "provision": "provision",
                    "target_instrument": "instrument referred to",
                    "target_provision": "provision referred to",
                },
                "provisiontext": {"made_by": "made by", "provision": "provision"},
                "treatyaction": {"instrument": "instrument", "state": "state"},
            }
        ),
    ]
