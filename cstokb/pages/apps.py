"""The pages that belong to no single kind: home, about, data, health."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages that belong to no single kind: home, about, data, health."""

    name = "cstokb.pages"
    label = "pages"
