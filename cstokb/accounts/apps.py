"""Who may work on the knowledge base: people, their groups, and the tokens of their programs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who may work on the knowledge base: people, their groups, and the tokens of their programs."""

    name = "cstokb.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Tell the API's schema how a token is sent."""
        from cstokb.accounts import schema  # noqa: F401 - importing it registers the description
