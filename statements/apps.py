"""The app in a sentence: see the class."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    """Knows what was said, by whom, and in which words."""

    name = "statements"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Statements")

    def ready(self) -> None:
        """What passages cite, and what they repeat of one another, is kept in step with them."""
        from cstokb.records import indexing
        from statements import detection
        from statements.formulas import table

        indexing.follow(detection.FOLLOWER)
        indexing.follow(table.FOLLOWER)
