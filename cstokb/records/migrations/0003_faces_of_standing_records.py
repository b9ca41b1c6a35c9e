"""Give every record that stands a face: what it is called now is the earliest that is known of it."""

from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    Entry = apps.get_model("records", "Entry")
    EntryFace = apps.get_model("records", "EntryFace")
    faces = (
        EntryFace(
            entry_id=entry.pk,
            label_en=entry.label_en,
            label_ru=entry.label_ru,
            sort_en=entry.sort_en,
            sort_ru=entry.sort_ru,
            path=entry.path,
            said_at=entry.changed_at,
            valid_from=entry.published_at or entry.created_at,
            public=entry.visibility == "public",
        )
        for entry in Entry.objects.order_by("pk").iterator(chunk_size=1000)
    )
    EntryFace.objects.bulk_create(faces, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_faces")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
