"""How people sign in: accounts are made by administrators, never by visitors."""

import logging
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from cstokb.accounts.callers import caller

logger = logging.getLogger(__name__)


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package ships no types
    """Keeps the sign-up page closed, and limits what no header of the caller can widen."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which failed log-ins are counted; there always is one."""
        return caller(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by the account alone: the package adds the host as it was asked for, with any port one likes."""
        return folded(str(credentials.get("email", "")))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message; where the mail server is away the person's work goes on and the log says so."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("A message (%s) could not be sent.", template_prefix)


def folded(address: str) -> str:
    """An e-mail address as one spelling of those that a database may take for the same."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()
