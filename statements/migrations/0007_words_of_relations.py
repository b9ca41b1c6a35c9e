from django.conf import settings
from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_words_of_relations"),
        ("statements", "0006_order_of_statements_on_postgresql"),
        ("summits", "0007_words_of_relations"),
        ("treaty", "0010_words_of_relations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LabelFields(
            {
                "joined": {"state": "state", "statement": "statement"},
                "passage": {
                    "quotes": "statement quoted",
                    "speaker": "speaker",
                    "statement": "statement",
                    "statement_text": "language version",
                },
                "passagereference": {
                    "instrument": "instrument",
                    "passage": "passage",
                    "provision": "provision",
                    "tagged_by": "tagged by",
                },
                "statement": {
                    "instrument": "instrument",
                    "organ": "organ",
                    "session": "session",
                    "speaker": "speaker",
                    "speaker_state": "speaker's state",
                },
                "statementtext": {"statement": "statement"},
            }
        ),
    ]
