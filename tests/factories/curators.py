"""People who curate, and their forms as a browser would send them back."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from cstokb.accounts.groups import grant
from cstokb.accounts.models import User
from cstokb.records.rights import make_rights

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def curator(group: str, name: str = "") -> User:
    """An active account in a group, with the rights that the migrations give."""
    if not Group.objects.filter(name=group, permissions__isnull=False).exists():
        make_rights(apps)
        grant(apps)
    user = User.objects.create_user(f"{name or group}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def sent_back(response: Any, **changed: Any) -> dict[str, Any]:
    """The values of a form page as a browser would send them, with some changed."""
    values = _values(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        values |= _values(inline.formset.management_form)
        for form in inline.formset.forms:
            values |= _values(form)
    return values | changed


def _values(form: Any) -> dict[str, Any]:
    pairs = ((bound.html_name, bound.value(), bound.field) for bound in form)
    return {
        name: _sent(value, field) for name, value, field in pairs if value is not None and value is not False
    }


def _sent(value: Any, field: Any) -> Any:
    if value is True:
        return "on"
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(field.prepare_value(value))


def row(prefix: str, index: int, **values: Any) -> dict[str, str]:
    """A row put into one of the lists beside a record."""
    fields = {f"{prefix}-{index}-{name}": str(value) for name, value in values.items()}
    return fields | {f"{prefix}-TOTAL_FORMS": str(index + 1)}
