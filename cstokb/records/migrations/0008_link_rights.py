"""The groups' rights on checks of addresses."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("records", "0007_link_checks")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
