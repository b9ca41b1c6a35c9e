"""The groups' rights on documents of invocations."""

from django.db import migrations

from cstokb.accounts.groups import grant


class Migration(migrations.Migration):
    dependencies = [("summits", "0004_documents_and_mandates")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
