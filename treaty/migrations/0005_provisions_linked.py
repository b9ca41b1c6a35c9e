"""The one provision that an act named becomes a link, so that there may be several."""

from typing import Any

from django.db import migrations


def link(apps: Any, schema_editor: Any) -> None:
    """A link for each act that names a provision: as public as both are, and known since the act last changed."""
    acts = apps.get_model("treaty", "TreatyAction").objects.filter(provision__isnull=False)
    for act in acts.select_related("entry", "provision__entry"):
        entry = _entry(apps, act)
        values = {"entry_id": entry.pk, "action_id": act.pk, "provision_id": act.provision_id}
        apps.get_model("treaty", "ActionProvision").objects.create(**values)
        apps.get_model("treaty", "HistoricalActionProvision").objects.create(
            **values,
            valid_from=entry.changed_at,
            public=entry.visibility == "public",
            history_date=entry.changed_at,
            history_type="+",
        )


def _entry(apps: Any, act: Any) -> Any:
    both = act.entry.visibility == act.provision.entry.visibility == "public"
    named = {
        name: f"{getattr(act.entry, name)}: {getattr(act.provision.entry, name)}"[:500]
        for name in ("label_en", "label_ru", "sort_en", "sort_ru")
    }
    return apps.get_model("records", "Entry").objects.create(
        kind="action-provision",
        slug=f"{act.entry.slug}/{act.provision.eid}",
        publication=act.entry.publication,
        visibility="public" if both else "hidden",
        version=1,
        created_at=act.entry.changed_at,
        changed_at=act.entry.changed_at,
        published_at=act.entry.published_at,
        **named,
    )


def unlink(apps: Any, schema_editor: Any) -> None:
    """Each act names its first provision again; the links go."""
    links = apps.get_model("treaty", "ActionProvision").objects.order_by("-entry_id")
    for one in links.select_related("action"):
        one.action.provision_id = one.provision_id
        one.action.save(update_fields=["provision"])
    entries = list(links.values_list("entry_id", flat=True))
    links.delete()
    apps.get_model("treaty", "HistoricalActionProvision").objects.all().delete()
    apps.get_model("records", "Entry").objects.filter(pk__in=entries).delete()


class Migration(migrations.Migration):
    dependencies = [("treaty", "0004_action_provisions")]

    operations = [migrations.RunPython(link, unlink)]
