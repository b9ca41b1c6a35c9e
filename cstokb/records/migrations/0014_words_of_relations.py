from django.conf import settings
from django.db import migrations

from cstokb.records.labels import LabelFields


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0013_merges_proposed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        LabelFields(
            {
                "address": {"entry": "record"},
                "changeevent": {"by": "by", "entry": "record"},
                "entrytopic": {"entry": "record", "topic": "topic"},
                "evidence": {"entry": "record", "source": "source"},
                "nameform": {"entry": "record"},
                "revision": {"author": "author", "entry": "record", "reviewer": "reviewer"},
                "revisionstep": {"by": "by", "revision": "pending change"},
                "topic": {"parent": "broader topic"},
            }
        ),
    ]
