"""How often somebody may guess: passwords, codes and requests for a reset, whatever headers they send."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory

from cstokb.accounts.adapter import folded
from cstokb.accounts.callers import UNKNOWN, caller
from cstokb.accounts.models import User

PHRASE = "seven small states sign"
TOO_MANY = "Too many failed login attempts"


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief@example.org", PHRASE)


def guess(login: str, password: str = "wrong", **headers: str) -> str:
    """What a browser without cookies is told when it sends an address and a password."""
    form = {"login": login, "password": password}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().post("/accounts/login/", form, headers=sent).text


class TestCaller:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, None, "192.0.2.1"),
            (0, "203.0.113.7", "192.0.2.1"),
            (1, None, "192.0.2.1"),
            (1, "203.0.113.7", "203.0.113.7"),
            (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),
            (1, "203.0.113.7:4711", "203.0.113.7"),
            (1, "[2001:db8::1]:4711", "2001:db8::1"),
            (1, "::ffff:203.0.113.7", "203.0.113.7"),
            (1, "198.51.100.9, nonsense", "192.0.2.1"),
            (1, "", "192.0.2.1"),
            (2, "198.51.100.9, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
            (2, "203.0.113.7", "203.0.113.7"),
        ],
    )
    def test_it_is_what_the_last_trusted_proxy_saw(
        self, proxies: int, forwarded: str | None, expected: str, settings: Any
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
        if forwarded is not None:
            request.META["HTTP_X_FORWARDED_FOR"] = forwarded
        assert caller(request) == expected

    def test_callers_without_an_address_share_one(self, settings: Any) -> None:
        settings.TRUSTED_PROXIES = 0
        assert caller(RequestFactory().get("/", REMOTE_ADDR="")) == UNKNOWN


@pytest.mark.django_db
class TestPasswords:
    @pytest.mark.parametrize("proxies", [0, 1])
    def test_of_thirty_wrong_passwords_for_thirty_accounts_the_tenth_is_refused(
        self, proxies: int, settings: Any
    ) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        told = [
            TOO_MANY in guess(f"user{number}@example.org", x_forwarded_for=f"10.1.{number}.1, 203.0.113.7")
            for number in range(30)
        ]
        assert told == [False] * 9 + [True] * 21

    @pytest.mark.parametrize("proxies", [0, 1])
    def test_of_thirty_wrong_passwords_for_one_account_the_sixth_is_refused(
        self, proxies: int, settings: Any, chief: User
    ) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        told = [
            TOO_MANY in guess(chief.email, x_forwarded_for=f"198.51.100.9, 10.0.0.{number}")
            for number in range(30)
        ]
        assert told == [False] * 5 + [True] * 25
        assert "Too many" in guess(chief.email, PHRASE)

    def test_behind_a_proxy_another_caller_and_another_account_are_let_in(
        self, settings: Any, chief: User
    ) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(12):
            guess(f"user{number}@example.org", x_forwarded_for="203.0.113.7")
        assert TOO_MANY in guess(chief.email, PHRASE, x_forwarded_for="203.0.113.7")
        form = {"login": chief.email, "password": PHRASE}
        client = Client()
        client.post("/accounts/login/", form, headers={"x-forwarded-for": "203.0.113.8"})
        assert client.session["_auth_user_id"] == str(chief.pk)

    def test_other_ports_in_the_host_and_other_letters_are_no_other_account(self, chief: User) -> None:
        spelt = ["CHIEF@example.org", " chief@example.org", "CHIEF@EXAMPLE.ORG", "Chief@Example.org"]
        for number, login in enumerate(spelt, 1):
            guess(login, host=f"localhost:{number}")
        told = [TOO_MANY in guess(chief.email, host=f"localhost:{number}") for number in (81, 82, 83)]
        assert told == [False, True, True]

    def test_a_nul_in_the_form_is_an_error_of_the_form(self, chief: User) -> None:
        for login, password in (("a\x00@example.org", "x"), (chief.email, "x\x00")):
            assert (
                Client().post("/accounts/login/", {"login": login, "password": password}).status_code == 200
            )

    def test_the_password_of_another_cannot_be_tried_at_the_admin(self, chief: User) -> None:
        editor = User.objects.create_user("editor@example.org", PHRASE, is_staff=True)
        client = Client()
        client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
        form = {"username": chief.email, "password": PHRASE, "next": "/admin/"}
        response = client.post("/admin/login/", form)
        assert (response.status_code, response["Location"]) == (302, "/admin/")
        assert client.session["_auth_user_id"] == str(editor.pk)

    def test_an_address_in_full_width_letters_is_folded(self) -> None:
        assert folded(" ＣHIEF@example.org ") == "chief@example.org"
        assert folded("chief2@example.org") != folded("chief@example.org")


@pytest.mark.django_db
class TestCodes:
    @pytest.fixture
    def secret(self, chief: User, settings: Any) -> str:
        settings.TRUSTED_PROXIES = 1  # so that each browser has an address of its own
        secret = str(generate_totp_secret())
        TOTP.activate(chief, secret)
        RecoveryCodes.activate(chief)
        return secret

    def begun(self, number: int) -> Client:
        """A browser in which the password was right."""
        client = Client(headers={"x-forwarded-for": f"10.0.0.{number}"})
        response = client.post("/accounts/login/", {"login": "chief@example.org", "password": PHRASE})
        assert response["Location"] == "/accounts/2fa/authenticate/"
        return client

    def code(self, secret: str) -> str:
        return str(format_hotp_value(hotp_value(secret, next(counters()))))

    def test_of_thirty_wrong_codes_in_ever_new_sessions_the_sixth_is_refused(self, secret: str) -> None:
        right = self.code(secret)
        wrong = f"{(int(right) + 500_000) % 1_000_000:06d}"
        told = []
        for number in range(30):
            page = self.begun(number).post("/accounts/2fa/authenticate/", {"code": wrong})
            told.append(TOO_MANY in page.text)
        assert told == [False] * 5 + [True] * 25
        late = self.begun(99)
        late.post("/accounts/2fa/authenticate/", {"code": self.code(secret)})
        assert "_auth_user_id" not in late.session

    def test_a_code_opens_once(self, secret: str) -> None:
        first, second, right = self.begun(1), self.begun(2), self.code(secret)
        first.post("/accounts/2fa/authenticate/", {"code": right})
        second.post("/accounts/2fa/authenticate/", {"code": right})
        assert ["_auth_user_id" in client.session for client in (first, second)] == [True, False]

    def test_a_recovery_code_opens_once(self, secret: str, chief: User) -> None:
        code = RecoveryCodes(Authenticator.objects.get(user=chief, type="recovery_codes")).get_unused_codes()[
            0
        ]
        first, second = self.begun(1), self.begun(2)
        first.post("/accounts/2fa/authenticate/", {"code": code})
        second.post("/accounts/2fa/authenticate/", {"code": code})
        assert ["_auth_user_id" in client.session for client in (first, second)] == [True, False]


@pytest.mark.django_db
class TestResets:
    def ask(self, email: str, number: int = 0) -> int:
        headers = {"x-forwarded-for": f"10.0.0.{number}"}
        return Client().post("/accounts/password/reset/", {"email": email}, headers=headers).status_code

    def test_the_fourth_letter_to_one_address_is_not_sent(
        self, chief: User, mailoutbox: list[EmailMessage]
    ) -> None:
        assert [self.ask(chief.email, number) for number in range(6)] == [302, 302, 302, 429, 429, 429]
        assert len(mailoutbox) == 3

    def test_the_tenth_address_of_one_caller_is_refused_whether_it_is_known_or_not(self) -> None:
        statuses = [self.ask(f"user{number}@example.org", number) for number in range(12)]
        assert statuses == [302] * 9 + [429] * 3

    def test_without_a_mail_server_the_page_answers_as_always(
        self, chief: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*args: Any, **kwargs: Any) -> int:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
        assert [self.ask(chief.email), self.ask("nobody@example.org")] == [302, 302]

    def test_too_many_are_told_so_in_words(self) -> None:
        for number in range(10):
            self.ask(f"user{number}@example.org")
        page = Client().post("/ru/accounts/password/reset/", {"email": "one@example.org"})
        assert (page.status_code, "429" in page.text) == (429, True)
