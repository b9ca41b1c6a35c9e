"""The groups editor, reviewer, publisher and administrator."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
