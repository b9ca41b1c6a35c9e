"""Accounts and tokens as they are stored."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from cstokb.accounts.models import ApiToken, Scope, User, digest

pytestmark = pytest.mark.django_db


def make_user(email: str = "anna@example.org") -> User:
    return User.objects.create_user(email, "a long enough phrase", display_name="Anna")


class TestUser:
    def test_an_address_is_kept_in_lower_case_without_spaces(self) -> None:
        assert make_user(" Anna@Example.ORG ").email == "anna@example.org"

    def test_the_same_address_in_other_case_is_the_same_account(self) -> None:
        make_user()
        with pytest.raises(ValidationError, match="There is an account with this e-mail address"):
            User(email="ANNA@example.org", password="x").full_clean()

    def test_the_database_itself_refuses_an_address_in_upper_case(self) -> None:
        with pytest.raises(IntegrityError):
            User(email="Anna@example.org").save()

    def test_an_account_needs_an_address(self) -> None:
        with pytest.raises(ValueError, match="needs an e-mail address"):
            User.objects.create_user("  ")

    def test_a_new_account_may_do_nothing(self) -> None:
        user = make_user()
        assert (user.is_staff, user.is_superuser, user.has_perm("records.view_entry")) == (
            False,
            False,
            False,
        )

    def test_it_is_named_by_its_name_or_else_by_its_address(self) -> None:
        assert str(make_user()) == "Anna"
        assert str(User(email="boris@example.org")) == "boris@example.org"

    def test_signing_in_finds_the_account_in_any_case(self) -> None:
        user = make_user()
        assert User.objects.get_by_natural_key("ANNA@EXAMPLE.ORG") == user


class TestApiToken:
    def test_only_the_digest_of_the_text_is_stored(self) -> None:
        token, text = ApiToken.objects.issue(make_user(), "harvester", scopes=[Scope.READ])
        stored = ApiToken.objects.values_list("digest", "prefix").get(pk=token.pk)
        assert text.startswith(f"cstokb_{token.prefix}_")
        assert stored == (digest(text), token.prefix)
        assert text.rpartition("_")[2] not in str(ApiToken.objects.values().get())

    def test_two_tokens_differ(self) -> None:
        user = make_user()
        first, second = (ApiToken.objects.issue(user, "x", scopes=["read"])[1] for _ in range(2))
        assert first != second

    def test_it_allows_its_scopes_and_no_other(self) -> None:
        token, _text = ApiToken.objects.issue(make_user(), "x", scopes=[Scope.WRITE, Scope.READ])
        assert [scope for scope in Scope.values if token.allows(scope)] == ["read", "write"]

    def test_usable_leaves_out_expired_revoked_and_closed(self) -> None:
        user, now = make_user(), timezone.now()
        issue = ApiToken.objects.issue
        good, _text = issue(user, "good", scopes=["read"], expires_at=now + timedelta(days=1))
        for_ever, _text = issue(user, "for ever", scopes=["read"])
        issue(user, "expires now", scopes=["read"], expires_at=now + timedelta(seconds=30))
        revoked, _text = issue(user, "revoked", scopes=["read"])
        revoked.revoke(at=now)
        issue(User.objects.create_user("gone@example.org", is_active=False), "closed", scopes=["read"])
        usable = ApiToken.objects.usable(at=now + timedelta(seconds=30))
        assert set(usable) == {good, for_ever}

    def test_revoking_again_keeps_the_first_moment(self) -> None:
        token, _text = ApiToken.objects.issue(make_user(), "x", scopes=["read"])
        first = timezone.now()
        token.revoke(at=first)
        token.revoke(at=first + timedelta(hours=1))
        token.refresh_from_db()
        assert token.revoked_at == first

    def test_it_cannot_expire_before_it_is_made(self) -> None:
        with pytest.raises(IntegrityError):
            ApiToken.objects.issue(
                make_user(), "x", scopes=["read"], expires_at=timezone.now() - timedelta(1)
            )

    def test_an_account_with_tokens_is_not_deleted(self) -> None:
        token, _text = ApiToken.objects.issue(make_user(), "x", scopes=["read"])
        with pytest.raises(IntegrityError):
            token.user.delete()
