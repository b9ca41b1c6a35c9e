"""The four groups of people who curate, and what each may do.

Rights follow from the verb of a permission, so a new model needs no line here: a migration after the one that
adds it runs ``RunPython(grant, RunPython.noop)``, and every group holds what its verbs say of the model too.
"""

import sys
from itertools import chain

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q, QuerySet

EDITOR = "editor"
REVIEWER = "reviewer"
PUBLISHER = "publisher"
ADMINISTRATOR = "administrator"
GROUPS = (EDITOR, REVIEWER, PUBLISHER, ADMINISTRATOR)

# Where the knowledge itself is kept. Its history and its search index are written by the one writer alone.
DOMAIN = ("records", "members", "treaty", "summits", "statements")
STAFF = ("accounts", "auth", "account", "mfa")

VERBS = {
    EDITOR: ("view", "add", "change"),
    REVIEWER: ("view", "add", "change", "review"),
    PUBLISHER: ("view", "add", "change", "review", "publish", "withdraw", "delete"),
    ADMINISTRATOR: ("view", "add", "change", "review", "publish", "withdraw", "delete"),
}


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """Give each group its rights on the models that exist at this point of the migrations.

    ``apps`` is the registry that a migration is handed. Django itself makes permissions only after the last
    migration, so those that are missing are made here first. It may be called again: rights that somebody
    added or took away by hand are then set back to this rule.
    """
    for label in DOMAIN + STAFF:
        _make_permissions(apps, label)
    groups = apps.get_model("auth", "Group").objects
    for name in GROUPS:
        group, _made = groups.get_or_create(name=name)
        group.permissions.set(_rights(apps, name))


def _make_permissions(apps: Apps, label: str) -> None:
    try:
        config = apps.get_app_config(label)
    except LookupError:  # this app's models come in a later migration
        return
    # Django passes over apps without a module of models, and in a migration's registry no app has one; any will do.
    if not hasattr(config, "models_module"):
        config.models_module = sys.modules[__name__]
    create_permissions(config, apps=apps, verbosity=0)


def _rights(apps: Apps, group: str) -> QuerySet[Permission]:
    permissions = apps.get_model("auth", "Permission").objects
    labels = chain(DOMAIN, STAFF if group == ADMINISTRATOR else ())
    verbs = Q()
    for verb in VERBS[group]:
        verbs |= Q(codename__startswith=f"{verb}_")
    history = Q(content_type__model__startswith="historical") & ~Q(codename__startswith="view_")
    return permissions.filter(verbs, content_type__app_label__in=list(labels)).exclude(history)
