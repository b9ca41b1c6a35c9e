"""The app in a sentence: see the class."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatyConfig(AppConfig):
    """Knows the texts, and which state was bound by which of them on which day."""

    name = "treaty"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Treaties")

    def ready(self) -> None:
        """References that texts make are kept in step with them; states are found by their acts."""
        from cstokb.records import indexing
        from treaty import detection
        from treaty.indexing import acts_of_states

        indexing.follow(detection.FOLLOWER)
        indexing.call("state", acts_of_states)
