"""The app in a sentence: see the class."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Knows who: states and their standing, people and their offices, organs."""

    name = "members"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Members")
