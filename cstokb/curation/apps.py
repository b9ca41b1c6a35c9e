"""The curators' workplace: the admin site, importers, the review queue and the consistency check."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    """The curators' workplace: the admin site, importers, the review queue and the consistency check."""

    name = "cstokb.curation"
    label = "curation"
