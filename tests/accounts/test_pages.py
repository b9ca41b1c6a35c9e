"""The pages about accounts look and read as the site: well formed, labelled, in both languages, nothing inline."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from cstokb.accounts.models import User
from tests.pages.wellformed import Page

pytestmark = pytest.mark.django_db

PHRASE = "seven small states sign"
OUTSIDE = (
    *(
        "login/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-bad/",
        "signup/",
        "inactive/",
    ),
    *("confirm-email/", "confirm-email/nothing/", "password/reset/key/done/", f"invitation/{'x' * 43}.y/"),
)
INSIDE = (
    *("logout/", "email/", "password/change/", "reauthenticate/", "sessions/", "2fa/", "2fa/totp/activate/"),
    *("2fa/webauthn/", "2fa/webauthn/add/"),
)
WITH_FACTORS = (
    *("2fa/", "2fa/reauthenticate/", "2fa/totp/deactivate/"),
    *("2fa/recovery-codes/", "2fa/recovery-codes/generate/"),
)
#: What the sign-in package would say in English on a Russian page.
ENGLISH = re.compile(r">\s*(Not used|Usage|Menu:|Messages:|Code|Sign [Ii]n|Sign [Uu]p)\b")


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.org", PHRASE, is_staff=True)


def inside(anna: User) -> Client:
    """A browser in which the person has just shown that it is them."""
    client = Client()
    client.post("/accounts/login/", {"login": anna.email, "password": PHRASE})
    client.post("/accounts/reauthenticate/", {"password": PHRASE})
    return client


def check(client: Client, path: str) -> None:
    """The page in both languages is sound and framed as the site."""
    for prefix in ("", "/ru"):
        response = client.get(f"{prefix}/accounts/{path}")
        assert response.status_code in (200, 410), (path, response.get("Location"))
        page = Page(response.text)
        assert (path, page.errors, page.jumps()) == (path, [], [])
        assert len(page.ids) == len(set(page.ids))
        assert set(page.pointers) <= set(page.ids)
        assert page.headings.count(1) == 1
        inline = [
            values
            for tag, values in page.tags
            if "style" in values or any(n.startswith("on") for n in values)
        ]
        scripts = [
            values
            for tag, values in page.tags
            if tag == "script" and not values.get("src") and values.get("type") != "application/json"
        ]
        assert (inline, scripts, "<style" in response.text) == ([], [], False)
        assert any(
            values.get("href", "").endswith("css/site.css") for tag, values in page.tags if tag == "link"
        )
        assert 'class="mast"' in response.text
        if prefix:
            assert ENGLISH.findall(response.text) == []


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_page_on_the_way_in_is_sound(path: str) -> None:
    check(Client(), path)


def test_pages_of_an_account_are_sound(anna: User) -> None:
    client = inside(anna)
    for path in INSIDE:
        check(client, path)


def test_pages_of_second_factors_are_sound(anna: User) -> None:
    client = inside(anna)
    TOTP.activate(anna, generate_totp_secret())
    RecoveryCodes.activate(anna)
    for path in WITH_FACTORS:
        check(client, path)
    half = Client()
    half.post("/accounts/login/", {"login": anna.email, "password": PHRASE})
    check(half, "2fa/authenticate/")


def test_recovery_codes_are_downloaded_by_their_owner_alone(anna: User) -> None:
    client = inside(anna)
    TOTP.activate(anna, generate_totp_secret())
    codes = RecoveryCodes.activate(anna).get_unused_codes()
    response = client.get("/accounts/2fa/recovery-codes/download/")
    assert (response["Content-Disposition"], all(code in response.text for code in codes)) == (
        'attachment; filename="recovery-codes.txt"',
        True,
    )
    assert Client().get("/accounts/2fa/recovery-codes/download/").status_code == 302


def test_signing_in_and_out_stays_in_the_language_of_the_page(anna: User) -> None:
    client = Client()
    response = client.post("/ru/accounts/login/", {"login": anna.email, "password": PHRASE})
    assert response["Location"] == "/ru/admin/"
    assert client.post("/ru/accounts/logout/")["Location"] == "/ru/"
