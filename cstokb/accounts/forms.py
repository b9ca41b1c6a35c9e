"""Forms of people who have no account yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cstokb.accounts.models import User


class TakeUpForm(forms.Form):
    """The name and the password of a person who was invited."""

    display_name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("Shown beside your changes.")
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    password2 = forms.CharField(
        label=_("Password again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and no rule is against them."""
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            self._refuse_what_is_easy(first, given.get("display_name", ""))
        return given

    def _refuse_what_is_easy(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.email, display_name=name))
        except ValidationError as error:
            self.add_error("password1", error)
