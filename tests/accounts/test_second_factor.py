"""A second factor for staff: required on a server, offered on one's own machine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone

from cstokb.accounts import second_factor
from cstokb.accounts.models import User
from tests.factories.curators import curator, signed_in

pytestmark = pytest.mark.django_db

PHRASE = "seven small states sign"


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.org", PHRASE, is_staff=True)


def give_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


class TestRule:
    def test_on_ones_own_machine_nobody_needs_one(self, anna: User) -> None:
        assert second_factor.wanted_from(anna) is None
        assert signed_in(anna).get("/admin/").status_code == 200

    @pytest.mark.usefixtures("required")
    def test_staff_need_one_from_the_end_of_the_grace(self, anna: User, settings: Any) -> None:
        settings.SECOND_FACTOR_GRACE_DAYS = 3
        end = anna.joined_at + timedelta(days=3)
        before = end - timedelta(seconds=1)
        assert [second_factor.is_missing(anna, at=at) for at in (before, end)] == [False, True]
        give_factor(anna)
        assert not second_factor.is_missing(anna, at=end)

    @pytest.mark.usefixtures("required")
    def test_recovery_codes_alone_are_none(self, anna: User) -> None:
        Authenticator.objects.create(user=anna, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert second_factor.is_missing(anna, at=timezone.now())

    @pytest.mark.usefixtures("required")
    def test_who_is_not_staff_needs_none(self) -> None:
        assert second_factor.wanted_from(User.objects.create_user("reader@example.org")) is None


@pytest.mark.usefixtures("required")
class TestEntrance:
    def test_a_person_without_one_is_led_to_add_one_and_then_let_in(self, anna: User) -> None:
        client = Client()
        form = {"login": anna.email, "password": PHRASE}
        response = client.post("/accounts/login/", form, follow=True)
        assert [url for url, _status in response.redirect_chain] == [
            *("/admin/", "/admin/login/?next=/admin/", "/accounts/2fa/")
        ]
        assert "Add a second factor first" in response.text
        give_factor(anna)
        assert client.get("/admin/").status_code == 200

    def test_with_one_the_password_alone_opens_nothing(self, anna: User) -> None:
        give_factor(anna)
        client = Client()
        response = client.post("/accounts/login/", {"login": anna.email, "password": PHRASE})
        assert response["Location"] == "/accounts/2fa/authenticate/"
        assert client.get("/admin/").status_code == 302

    def test_every_page_of_the_curators_is_behind_it(self) -> None:
        client = signed_in(User.objects.create_superuser("chief@example.org", PHRASE))
        answers = {path: client.get(path) for path in plain_addresses()}
        assert len(answers) > 50
        assert {path for path, answer in answers.items() if answer.status_code != 302} == set()
        ways = {answer["Location"].partition("?")[0] for answer in answers.values()}
        assert ways == {"/admin/login/", "/accounts/2fa/"}


def plain_addresses() -> list[str]:
    """Addresses of the admin that need no key."""
    found: list[Any] = []
    for resolver in get_resolver("cstokb.urls").url_patterns:
        if isinstance(resolver, URLResolver) and "i18n" not in str(type(resolver)):
            found += [one for one in resolver.url_patterns if str(one.pattern) == "admin/"]
    names = [
        f"{resolver.namespace}:{pattern.name}"
        for resolver in found
        for pattern in walk(resolver)
        if pattern.name
    ]
    return sorted({path for path in map(plain, names) if path} - {reverse("admin:logout")})


def walk(resolver: Any) -> Any:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern)
        else:
            yield pattern


def plain(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class TestAdministration:
    def test_the_list_says_who_has_one(self, anna: User) -> None:
        give_factor(anna)
        User.objects.create_user("boris@example.org", is_staff=True)
        client = signed_in(User.objects.create_superuser("chief@example.org", PHRASE))
        rows = client.get(reverse("admin:accounts_user_changelist")).context["cl"].result_list
        assert {user.email: user.has_factor for user in rows} == {
            "anna@example.org": True,
            "boris@example.org": False,
            "chief@example.org": False,
        }

    def test_an_administrator_takes_away_what_was_lost_and_it_is_noted(self, anna: User) -> None:
        inside = Client()
        inside.post("/accounts/login/", {"login": anna.email, "password": PHRASE})
        give_factor(anna)
        action = {"action": "take_away_factors", "_selected_action": [anna.pk]}
        signed_in(curator("administrator")).post(reverse("admin:accounts_user_changelist"), action)
        assert not second_factor.has_one(anna)
        assert inside.get("/accounts/sessions/").status_code == 302
        assert admin.models.LogEntry.objects.get().get_change_message() == "Took away the second factors."

    def test_not_those_of_a_superuser(self) -> None:
        chief = User.objects.create_superuser("chief@example.org", PHRASE)
        give_factor(chief)
        action = {"action": "take_away_factors", "_selected_action": [chief.pk]}
        signed_in(curator("administrator")).post(reverse("admin:accounts_user_changelist"), action)
        assert second_factor.has_one(chief)

    @pytest.mark.parametrize(
        "page", ["mfa/authenticator", "account/emailaddress", "usersessions/usersession"]
    )
    def test_secrets_and_addresses_of_others_have_no_page(self, page: str) -> None:
        client = signed_in(User.objects.create_superuser("chief@example.org", PHRASE))
        assert client.get(f"/admin/{page}/").status_code == 404
