"""Invitations: made by an administrator, good once, for a while, whether or not mail goes out."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db import connections
from django.test import Client
from django.urls import reverse

from cstokb.accounts import invitations
from cstokb.accounts.invitations import LIFE, InvitationRefused, find, invite, revoke, take_up
from cstokb.accounts.models import Invitation, User
from tests.factories.curators import curator, signed_in

PHRASE = "seven small states sign"
MOMENT = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)
ADD = "admin:accounts_invitation_add"
LIST = "admin:accounts_invitation_changelist"


def invited(email: str = "new@example.org", group: str = "editor", at: datetime = MOMENT) -> str:
    """The token of a new invitation."""
    made = Invitation(email=email, display_name="New", group=Group.objects.get(name=group))
    administrator = User.objects.filter(groups__name="administrator").first() or curator("administrator")
    return invite(made, by=administrator, at=at)


def address(token: str) -> str:
    return reverse("invitation", args=[token])


def sentence(token: str, at: datetime) -> str:
    """Why a link opens nothing."""
    with pytest.raises(InvitationRefused) as refused:
        find(token, at=at)
    return str(refused.value.sentence)


@pytest.mark.django_db
class TestInviting:
    def test_the_link_is_shown_once_and_works_without_mail(self, mailoutbox: list[EmailMessage]) -> None:
        administrator = signed_in(curator("administrator"))
        editor = Group.objects.get(name="editor")
        form = {"email": "New@Example.org", "display_name": "New", "group": editor.pk}
        page = administrator.post(reverse(ADD), form, follow=True).text
        (link,) = set(re.findall(r"http://localhost:8000(/accounts/invitation/[\w.-]+/)", page))
        assert "/invitation/" not in administrator.get(reverse(LIST)).text.partition("messagelist")[2]
        assert mailoutbox == []
        visitor = Client()
        assert "new@example.org" in visitor.get(link).text
        form = {"display_name": "Nina", "password1": PHRASE, "password2": PHRASE}
        assert visitor.post(link, form)["Location"] == "/accounts/login/"
        user = User.objects.get(email="new@example.org")
        assert (user.display_name, user.is_staff, user.is_superuser, user.is_active) == (
            *("Nina", True, False, True),
        )
        assert [group.name for group in user.groups.all()] == ["editor"]
        assert EmailAddress.objects.get(user=user).verified
        visitor.post("/accounts/login/", {"login": user.email, "password": PHRASE})
        assert visitor.get("/admin/").status_code == 200

    def test_it_is_sent_where_that_is_asked(self, mailoutbox: list[EmailMessage]) -> None:
        form = {"email": "new@example.org", "group": 0, "send": "on"}
        administrator = signed_in(curator("administrator"))
        form["group"] = Group.objects.get(name="reviewer").pk
        administrator.post(reverse(ADD), form)
        (message,) = mailoutbox
        assert message.to == ["new@example.org"]
        assert re.search(r"http://localhost:8000/accounts/invitation/[\w.-]+/\n", str(message.body))

    def test_a_mail_server_that_is_away_costs_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*args: object, **kwargs: object) -> int:
            raise ConnectionRefusedError

        administrator = signed_in(curator("administrator"))
        form = {"email": "new@example.org", "group": Group.objects.get(name="editor").pk, "send": "on"}
        monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
        page = administrator.post(reverse(ADD), form, follow=True).text
        assert "could not be sent" in page
        assert "/accounts/invitation/" in page

    def test_nobody_is_invited_who_has_an_account(self) -> None:
        administrator = signed_in(curator("administrator"))
        form = {"email": "Administrator@example.org", "group": Group.objects.get(name="editor").pk}
        assert "There is an account with this e-mail address." in administrator.post(reverse(ADD), form).text
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("group", ["editor", "reviewer", "publisher"])
    def test_others_invite_nobody(self, group: str) -> None:
        client = signed_in(curator(group))
        assert [client.get(reverse(name)).status_code for name in (ADD, LIST)] == [403, 403]

    def test_what_is_stored_opens_nothing(self) -> None:
        token = invited()
        kept = Invitation.objects.get()
        assert token.partition(".")[0] not in str(kept.__dict__)
        assert sentence(kept.digest, MOMENT) == str(invitations.UNKNOWN)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(
        self, rows: int, django_assert_num_queries: type
    ) -> None:
        for number in range(rows):
            invited(f"new{number}@example.org")
        client = signed_in(User.objects.create_superuser("chief@example.org"))
        client.get(reverse(LIST))
        with django_assert_num_queries(6):
            client.get(reverse(LIST))


@pytest.mark.django_db
class TestTakingUp:
    def test_a_second_time_is_told_so(self) -> None:
        token = invited()
        take_up(find(token, at=MOMENT), password=PHRASE, display_name="", at=MOMENT)
        assert sentence(token, MOMENT) == str(invitations.USED)
        page = Client().get(address(token))
        assert (page.status_code, str(invitations.USED) in page.text) == (410, True)

    def test_it_expires_after_a_week(self) -> None:
        token = invited()
        last = MOMENT + LIFE - timedelta(seconds=1)
        assert find(token, at=last).email == "new@example.org"
        assert sentence(token, MOMENT + LIFE) == str(invitations.EXPIRED)

    def test_it_is_revoked(self) -> None:
        token, other = invited(), invited("other@example.org")
        assert revoke(Invitation.objects.get(email="new@example.org"), at=MOMENT)
        assert sentence(token, MOMENT) == str(invitations.REVOKED)
        assert find(other, at=MOMENT).email == "other@example.org"

    def test_one_that_was_taken_up_is_not_revoked_any_more(self) -> None:
        token = invited()
        take_up(find(token, at=MOMENT), password=PHRASE, display_name="", at=MOMENT)
        assert not revoke(Invitation.objects.get(), at=MOMENT)

    def test_the_list_revokes_what_is_open(self, moment: datetime) -> None:
        token = invited()
        administrator = signed_in(User.objects.get(groups__name="administrator"))
        action = {"action": "revoke", "_selected_action": [Invitation.objects.get().pk]}
        page = administrator.post(reverse(LIST), action, follow=True).text
        assert "1 invitation was revoked." in page
        assert sentence(token, MOMENT) == str(invitations.REVOKED)

    @pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "A" + t, lambda t: t.partition(".")[0]])
    def test_a_link_that_is_not_whole_is_told_so(self, spoil: type) -> None:
        assert sentence(spoil(invited()), MOMENT) == str(invitations.UNKNOWN)

    def test_an_account_made_meanwhile_is_not_taken_over(self) -> None:
        token = invited()
        User.objects.create_user("new@example.org", "its own long phrase")
        with pytest.raises(InvitationRefused) as refused:
            take_up(find(token, at=MOMENT), password=PHRASE, display_name="", at=MOMENT)
        assert refused.value.sentence == invitations.TAKEN
        assert User.objects.get(email="new@example.org").check_password("its own long phrase")
        assert Invitation.objects.get().accepted_at is None

    @pytest.mark.parametrize(
        ("first", "second", "told"),
        [
            (PHRASE, PHRASE + "s", "The two passwords differ."),
            ("short", "short", "too short"),
            ("new@example.org", "new@example.org", "too similar"),
            (PHRASE + "\x00", PHRASE + "\x00", "Null characters are not allowed."),
            ("", "", "This field is required."),
        ],
    )
    def test_a_password_that_will_not_do_is_told_why(
        self, moment: datetime, first: str, second: str, told: str
    ) -> None:
        token = invited()
        page = Client().post(address(token), {"password1": first, "password2": second})
        assert (page.status_code, told in page.text) == (200, True)
        assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_account() -> None:
    token = invited()
    invitation = find(token, at=MOMENT)

    def at_once(number: int) -> str:
        try:
            take_up(invitation, password=f"{PHRASE} {number}", display_name=f"{number}", at=MOMENT)
        except InvitationRefused as refused:
            return str(refused.sentence)
        else:
            return "made"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(at_once, range(4)))
    assert told == [str(invitations.USED)] * 3 + ["made"]
    assert User.objects.filter(email="new@example.org").count() == 1
