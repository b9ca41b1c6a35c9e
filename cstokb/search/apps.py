"""The search over everything: one page, one API, keyword in context, frequency over time."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search over everything: one page, one API, keyword in context, frequency over time."""

    name = "cstokb.search"
    label = "search"
