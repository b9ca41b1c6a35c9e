"""The groups' rights on final clauses and on the provisions that acts concern."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("treaty", "0007_final_clauses")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
