"""The groups' rights on exceptions to the rule of the chair."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("summits", "0002_chair_exceptions")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
