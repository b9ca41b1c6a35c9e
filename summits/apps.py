"""The app in a sentence: see the class."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SummitsConfig(AppConfig):
    """Knows when the organs met, who came, and what the Organization did."""

    name = "summits"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Summits")

    def ready(self) -> None:
        from cstokb.records import indexing
        from summits.indexing import titles_of_chairs

        indexing.call("person", titles_of_chairs)
