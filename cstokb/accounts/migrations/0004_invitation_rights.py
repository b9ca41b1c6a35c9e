"""Administrators hold their rights on invitations too."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
