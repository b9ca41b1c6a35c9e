"""The groups' rights on what was said not to be one."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("records", "0009_apart")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
