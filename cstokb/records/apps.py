"""The app of the shared side of every record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Gives every record its identity, publication, evidence, names, history and addresses."""

    name = "cstokb.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Records")
