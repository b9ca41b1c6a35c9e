"""The groups' rights on amendments."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [
        ("treaty", "0002_amendments"),
        ("statements", "0002_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
