"""Rights that are more than adding and changing: to publish, to withdraw, and to decide on what others propose.

The groups of cstokb.accounts hold them by their verbs. They are made beside Django's own after every migration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cstokb.accounts.groups import ADMINISTRATOR

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cstokb.accounts.models import User

LABEL = "records"
#: By model, the codenames of its rights and what they are called.
RIGHTS = {
    "entry": {
        "publish_entry": "Can publish records and change published ones at once",
        "withdraw_entry": "Can withdraw published records",
    },
    "revision": {"review_revision": "Can apply or refuse changes that others propose"},
}


def make_rights(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """Make the rights that are missing.

    ``apps`` is the registry of a migration or the living one; before it knows of rights there is nothing to do.
    """
    if not {"auth", "contenttypes"} <= {config.label for config in apps.get_app_configs()}:
        return
    kinds = apps.get_model("contenttypes", "ContentType").objects
    rights = apps.get_model("auth", "Permission").objects
    for model, names in RIGHTS.items():
        kind, _made = kinds.get_or_create(app_label=LABEL, model=model)
        for codename, name in names.items():
            rights.get_or_create(content_type=kind, codename=codename, defaults={"name": name})


def may_publish(user: User | AnonymousUser) -> bool:
    """Whether the person publishes drafts and changes published records without asking."""
    return user.has_perm("records.publish_entry")


def may_withdraw(user: User | AnonymousUser) -> bool:
    """Whether the person takes published records off."""
    return user.has_perm("records.withdraw_entry")


def may_review(user: User | AnonymousUser) -> bool:
    """Whether the person decides on what others propose."""
    return user.has_perm("records.review_revision")


def may_override(user: User | AnonymousUser) -> bool:
    """Whether the person may decide on their own proposals too: administrators, and it is noted in the decision."""
    return bool(user.is_superuser) or user.groups.filter(name=ADMINISTRATOR).exists()
