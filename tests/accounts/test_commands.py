"""The commands that make accounts and tokens."""

import io
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from cstokb.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db

PHRASE = "seven small states sign"


def make_admin(monkeypatch: pytest.MonkeyPatch, typed: str, *options: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    out = io.StringIO()
    call_command("make_admin", *options, stdout=out)
    return out.getvalue()


class TestMakeAdmin:
    def test_it_makes_an_account_that_may_do_everything(self, monkeypatch: pytest.MonkeyPatch) -> None:
        options = ("--email", "Anna@Example.org", "--name", "Anna", "--password-stdin")
        said = make_admin(monkeypatch, f"{PHRASE}\n", *options)
        user = User.objects.get()
        assert said == "anna@example.org may now sign in at /admin/ and do everything.\n"
        assert (user.email, user.display_name, user.is_staff, user.is_superuser) == (
            "anna@example.org",
            "Anna",
            True,
            True,
        )
        assert user.check_password(PHRASE)
        assert [group.name for group in user.groups.all()] == ["administrator"]
        assert EmailAddress.objects.get(user=user).verified

    def test_it_asks_for_the_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_admin(monkeypatch, f"anna@example.org\n{PHRASE}\n", "--password-stdin")
        assert User.objects.get().email == "anna@example.org"

    def test_it_asks_twice_for_the_password_at_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = iter([PHRASE, PHRASE])
        monkeypatch.setattr("getpass.getpass", lambda question: next(answers))
        monkeypatch.setattr("sys.stdin", Terminal())
        call_command("make_admin", "--email", "anna@example.org", stdout=io.StringIO())
        assert User.objects.get().check_password(PHRASE)

    def test_two_different_answers_make_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = iter([PHRASE, PHRASE + "s"])
        monkeypatch.setattr("getpass.getpass", lambda question: next(answers))
        monkeypatch.setattr("sys.stdin", Terminal())
        with pytest.raises(CommandError, match="differ"):
            call_command("make_admin", "--email", "anna@example.org")
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        ("email", "typed", "sentence"),
        [
            ("not an address", f"{PHRASE}\n", "Enter a valid email address"),
            ("anna@example.org", "short\n", "too short"),
            ("anna@example.org", "\n", "too short"),
            ("anna@example.org", "", "too short"),
            ("anna@example.org", "administrator\n", "too common"),
            ("anna@example.org", "314159265358979\n", "entirely numeric"),
            ("marina.petrosyan@example.org", "marina.petrosyan\n", "too similar"),
        ],
    )
    def test_a_bad_address_or_password_makes_nothing(
        self, email: str, typed: str, sentence: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(CommandError, match=sentence):
            make_admin(monkeypatch, typed, "--email", email, "--password-stdin")
        assert not User.objects.exists()

    def test_an_address_that_is_taken_makes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        User.objects.create_user("anna@example.org")
        with pytest.raises(CommandError, match="There is an account"):
            make_admin(monkeypatch, f"{PHRASE}\n", "--email", "ANNA@example.org", "--password-stdin")

    def test_without_anybody_to_ask_it_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(CommandError, match="nobody to ask for a password"):
            make_admin(monkeypatch, "", "--email", "anna@example.org")
        with pytest.raises(CommandError, match="nobody to ask; give --email"):
            make_admin(monkeypatch, "")


class Terminal(io.StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        return True


class TestCreateToken:
    def run(self, *options: Any) -> list[str]:
        out = io.StringIO()
        call_command("create_token", *options, stdout=out)
        return out.getvalue().splitlines()

    def test_it_shows_the_text_once_as_its_last_line(self) -> None:
        User.objects.create_user("anna@example.org")
        text = self.run("Anna@example.org", "harvester")[-1]
        token = ApiToken.objects.get()
        assert text.startswith(f"cstokb_{token.prefix}_")
        assert token.scopes == ["read"]
        assert token.expires_at is not None
        assert (token.expires_at - token.created_at).days in (364, 365)

    def test_scopes_and_life_are_chosen(self) -> None:
        User.objects.create_user("anna@example.org")
        self.run("anna@example.org", "x", "--scope", "write", "--scope", "read", "--days", "0")
        token = ApiToken.objects.get()
        assert (token.scopes, token.expires_at) == (["read", "write"], None)

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("boris@example.org", "x"), "no active account"),
            (("closed@example.org", "x"), "no active account"),
            (("anna@example.org", "x", "--days", "-1"), "0 or more"),
            (("anna@example.org", "x", "--scope", "everything"), "invalid choice"),
        ],
    )
    def test_a_wrong_wish_makes_nothing(self, options: tuple[str, ...], sentence: str) -> None:
        User.objects.create_user("anna@example.org")
        User.objects.create_user("closed@example.org", is_active=False)
        with pytest.raises(CommandError, match=sentence):
            self.run(*options)
        assert not ApiToken.objects.exists()
