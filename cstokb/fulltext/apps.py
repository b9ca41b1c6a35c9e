"""The text of public records, made searchable; knows ids and texts, never what a record is."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulltextConfig(AppConfig):
    """Terms, query language, index and ranking over texts that are keyed by integer ids."""

    name = "cstokb.fulltext"
    label = "fulltext"
    verbose_name = _("Full text")
