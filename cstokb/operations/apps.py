"""What the person who runs the service needs: backup, restore and the first start."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What the person who runs the service needs: backup, restore and the first start."""

    name = "cstokb.operations"
    label = "operations"
