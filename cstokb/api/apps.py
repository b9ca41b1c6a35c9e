"""The programs' entrance: the router, the schema and the index of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The programs' entrance: the router, the schema and the index of the API."""

    name = "cstokb.api"
    label = "api"
