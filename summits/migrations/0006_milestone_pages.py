"""Milestones that stand already get the address of the page that they have from now on."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the path of every milestone, and the address of those that readers see."""
    entries: Any = apps.get_model("records", "Entry").objects
    faces: Any = apps.get_model("records", "EntryFace").objects
    addresses: Any = apps.get_model("records", "Address").objects
    for entry in entries.filter(kind="milestone", path=""):
        path = f"/milestones/{entry.slug}/"
        entries.filter(pk=entry.pk).update(path=path)
        faces.filter(entry=entry, valid_to=None).update(path=path)
        if entry.visibility == "public":
            addresses.create(path=path, entry=entry, began_at=entry.changed_at)


class Migration(migrations.Migration):
    dependencies = [("summits", "0005_document_rights"), ("records", "0003_faces_of_standing_records")]
    operations = [migrations.RunPython(give_addresses, migrations.RunPython.noop)]
