"""The groups' rights on merges."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("records", "0005_merges")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
