"""The app of the shared side of every record."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as living
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Gives every record its identity, publication, evidence, names, history and addresses."""

    name = "cstokb.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Records")

    def ready(self) -> None:
        """Have the rights to publish, withdraw and review made with Django's own."""
        post_migrate.connect(make_rights_after_migrations, sender=self)


def make_rights_after_migrations(sender: AppConfig, apps: Apps = living, **kwargs: Any) -> None:
    """Django's own rights are there by now; add ours. A flush sends the signal too, and names no apps."""
    from cstokb.records.rights import make_rights

    make_rights(apps)
