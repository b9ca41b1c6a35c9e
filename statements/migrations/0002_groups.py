"""The groups' rights on every record, and to publish, withdraw and review."""

from django.db import migrations

from cstokb.accounts.groups import grant
from cstokb.records.rights import make_rights


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0001_records"),
        ("accounts", "0002_groups"),
        ("account", "0001_initial"),
        ("mfa", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(make_rights, migrations.RunPython.noop),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
