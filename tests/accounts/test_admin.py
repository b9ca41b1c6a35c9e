"""Accounts and tokens in the admin, and the way in."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cstokb.accounts.authentication import find
from cstokb.accounts.groups import ADMINISTRATOR, grant
from cstokb.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db

PHRASE = "seven small states sign"


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief@example.org", PHRASE)


@pytest.fixture
def administrator() -> User:
    grant(apps)
    user = User.objects.create_user("admin@example.org", PHRASE, is_staff=True)
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestSignIn:
    def test_the_admin_sends_to_the_one_sign_in_page(self, client: Client) -> None:
        response = client.get("/admin/login/", follow=True)
        assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"

    def test_an_editor_signs_in_with_the_address_in_any_case(self, client: Client, chief: User) -> None:
        response = client.post("/accounts/login/", {"login": "CHIEF@example.org", "password": PHRASE})
        assert (response.status_code, response["Location"]) == (302, "/admin/")
        assert client.get("/admin/").status_code == 200

    def test_nobody_signs_up(self, client: Client) -> None:
        form = {"email": "new@example.org", "password1": PHRASE}
        assert "Nobody signs up here" in client.get("/accounts/signup/").text
        assert "Nobody signs up here" in client.post("/accounts/signup/", form).text
        assert not User.objects.exists()

    def test_wrong_passwords_are_stopped_before_the_tenth(self, client: Client, chief: User) -> None:
        for number in range(9):
            form = {"login": chief.email, "password": f"wrong {number}"}
            client.post("/accounts/login/", form, headers={"x-forwarded-for": f"203.0.113.{number}"})
        response = client.post("/accounts/login/", {"login": chief.email, "password": PHRASE})
        assert "Too many failed login attempts" in response.text
        assert "_auth_user_id" not in client.session

    def test_a_reset_tells_nobody_which_addresses_have_an_account(
        self, client: Client, chief: User, mailoutbox: list[object]
    ) -> None:
        known = client.post("/accounts/password/reset/", {"email": chief.email})
        assert len(mailoutbox) == 1
        unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert len(mailoutbox) == 1


class TestUserAdmin:
    def test_a_new_account_has_a_confirmed_address(self, chief: User) -> None:
        form = {
            "email": "Boris@example.org",
            "display_name": "Boris",
            "usable_password": "true",
            "password1": PHRASE,
            "password2": PHRASE,
        }
        response = signed_in(chief).post(reverse("admin:accounts_user_add"), form)
        assert response.status_code == 302
        boris = User.objects.get(email="boris@example.org")
        assert EmailAddress.objects.get(user=boris).verified

    def test_a_changed_address_replaces_the_old_one_for_signing_in(self, chief: User) -> None:
        boris = User.objects.create_user("boris@example.org")
        EmailAddress.objects.create(user=boris, email=boris.email, verified=True, primary=True)
        form = {"email": "b@example.org", "display_name": "", "is_active": "on"}
        response = signed_in(chief).post(reverse("admin:accounts_user_change", args=[boris.pk]), form)
        assert response.status_code == 302
        assert [address.email for address in EmailAddress.objects.filter(user=boris)] == ["b@example.org"]

    def test_an_administrator_cannot_raise_anybody_to_superuser(self, administrator: User) -> None:
        boris = User.objects.create_user("boris@example.org")
        form = {"email": boris.email, "display_name": "B", "is_active": "on", "is_superuser": "on"}
        url = reverse("admin:accounts_user_change", args=[boris.pk])
        assert signed_in(administrator).post(url, form).status_code == 302
        boris.refresh_from_db()
        assert (boris.display_name, boris.is_superuser) == ("B", False)

    def test_an_administrator_cannot_change_a_superuser(self, administrator: User, chief: User) -> None:
        url = reverse("admin:accounts_user_change", args=[chief.pk])
        form = {"email": "mine@example.org", "display_name": "x", "is_active": "on"}
        assert signed_in(administrator).post(url, form).status_code == 403
        chief.refresh_from_db()
        assert chief.email == "chief@example.org"

    def test_an_administrator_cannot_set_the_password_of_a_superuser(
        self, administrator: User, chief: User
    ) -> None:
        url = reverse("admin:auth_user_password_change", args=[chief.pk])
        form = {"password1": "another long phrase", "password2": "another long phrase"}
        assert signed_in(administrator).post(url, form).status_code == 403

    @pytest.mark.parametrize("rows", [1, 20])
    def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(
        self, rows: int, chief: User, django_assert_num_queries: "type"
    ) -> None:
        for number in range(rows):
            User.objects.create_user(f"user{number}@example.org")
        client = signed_in(chief)
        client.get(reverse("admin:accounts_user_changelist"))
        with django_assert_num_queries(6):
            client.get(reverse("admin:accounts_user_changelist"))


class TestApiTokenAdmin:
    def test_a_new_token_is_shown_once_and_works(self, chief: User) -> None:
        client = signed_in(chief)
        form = {"user": chief.pk, "name": "harvester", "scopes": ["read"]}
        page = client.post(reverse("admin:accounts_apitoken_add"), form, follow=True).text
        token = ApiToken.objects.get()
        text = next(
            word for word in page.replace("<", " ").split() if word.startswith("cstokb_") and len(word) > 40
        )
        assert find(text.encode(), at=timezone.now()) == token
        assert text not in client.get(reverse("admin:accounts_apitoken_changelist")).text

    def test_revoking_closes_it_and_deleting_is_not_offered(self, chief: User) -> None:
        token, text = ApiToken.objects.issue(chief, "harvester", scopes=["read"])
        client = signed_in(chief)
        action = {"action": "revoke", "_selected_action": [token.pk]}
        client.post(reverse("admin:accounts_apitoken_changelist"), action)
        assert find(text.encode(), at=timezone.now()) is None
        assert client.get(reverse("admin:accounts_apitoken_delete", args=[token.pk])).status_code == 403

    def test_changing_it_makes_no_new_secret(self, chief: User) -> None:
        token, text = ApiToken.objects.issue(chief, "harvester", scopes=["read"])
        url = reverse("admin:accounts_apitoken_change", args=[token.pk])
        assert signed_in(chief).post(url, {"name": "crawler", "scopes": ["read"]}).status_code == 302
        found = find(text.encode(), at=timezone.now() + timedelta(days=1))
        assert found is not None
        assert (found.pk, found.name) == (token.pk, "crawler")


class TestRights:
    """What an administrator cannot reach by way of accounts."""

    def test_no_token_is_made_for_a_superuser_by_an_administrator(
        self, administrator: User, chief: User
    ) -> None:
        url = reverse("admin:accounts_apitoken_add")
        form = {"user": chief.pk, "name": "mine", "scopes": ["publish"]}
        page = signed_in(administrator).post(url, form).text
        assert "Only a superuser makes a token for a superuser." in page
        assert not ApiToken.objects.exists()
        assert signed_in(chief).post(url, form).status_code == 302
        form["user"] = administrator.pk
        assert signed_in(administrator).post(url, form).status_code == 302
        assert ApiToken.objects.count() == 2

    def test_the_rights_of_a_group_are_read_by_administrators_and_changed_by_superusers(
        self, administrator: User, chief: User
    ) -> None:
        group = Group.objects.get(name=ADMINISTRATOR)
        url = reverse("admin:auth_group_change", args=[group.pk])
        form = {"name": "administrator", "permissions": []}
        assert signed_in(administrator).get(url).status_code == 200
        assert signed_in(administrator).post(url, form).status_code == 403
        assert group.permissions.exists()
        assert signed_in(chief).post(url, form).status_code == 302
        assert not group.permissions.exists()

    def test_the_admin_has_no_form_of_its_own_for_a_password(self, chief: User) -> None:
        client = signed_in(chief)
        response = client.post("/admin/password_change/", {"old_password": PHRASE, "new_password1": "x"})
        assert response["Location"] == "/accounts/password/change/"
        assert client.put("/admin/").status_code == 405
