"""How people sign in: accounts are made by administrators, never by visitors."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package ships no types
    """Keeps the sign-up page closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
