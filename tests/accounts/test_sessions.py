"""The sessions of people are seen, and end by them, an administrator, a new password, a closed account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cstokb.accounts.models import User
from cstokb.accounts.sessions import browser, end_all, open_sessions
from tests.factories.curators import curator, signed_in

pytestmark = pytest.mark.django_db

PHRASE = "seven small states sign"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.org", PHRASE, is_staff=True)


def enter(user: User, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": PHRASE})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/accounts/sessions/").status_code == 200


def key(client: Client) -> str:
    return str(UserSession.objects.get(session_key=client.session.session_key).pk)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (FIREFOX, "Firefox, Windows"),
        (CHROME, "Chrome, Linux"),
        (CHROME + " Edg/140.0", "Edge, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_words(sent: str, told: str) -> None:
    assert browser(sent) == told


class TestOwn:
    def test_a_person_sees_their_own_with_browser_and_address_and_nobody_elses(self, anna: User) -> None:
        here, there = enter(anna), enter(anna, CHROME)
        enter(User.objects.create_user("boris@example.org", PHRASE, is_staff=True), "Borisium")
        page = here.get("/accounts/sessions/").text
        assert ["Firefox, Windows" in page, "Chrome, Linux" in page, "Borisium" in page] == [
            True,
            True,
            False,
        ]
        assert ["127.0.0.1" in page, page.count("this one")] == [True, 1]
        assert is_in(there)

    def test_one_is_ended_and_the_others_stay(self, anna: User) -> None:
        here, there, third = enter(anna), enter(anna, CHROME), enter(anna, "curl/8")
        response = here.post("/accounts/sessions/", {"session": key(there)}, follow=True)
        assert "1 session was ended." in response.text
        assert [is_in(client) for client in (here, there, third)] == [True, False, True]

    def test_all_others_are_ended(self, anna: User) -> None:
        here, there, third = enter(anna), enter(anna, CHROME), enter(anna, "curl/8")
        response = here.post("/accounts/sessions/", {"session": "others"}, follow=True)
        assert "2 sessions were ended." in response.text
        assert [is_in(client) for client in (here, there, third)] == [True, False, False]

    def test_ending_this_one_signs_out(self, anna: User) -> None:
        here, there = enter(anna), enter(anna, CHROME)
        response = here.post("/accounts/sessions/", {"session": key(here)})
        assert response["Location"] == "/accounts/login/"
        assert [is_in(client) for client in (here, there)] == [False, True]

    @pytest.mark.parametrize("word", ["99999999999999999999", "-1", "²", ""])
    def test_a_number_that_is_no_session_ends_none_but_never_this_one(self, word: str, anna: User) -> None:
        here = enter(anna)
        assert here.post("/accounts/sessions/", {"session": word}).status_code == 302
        assert is_in(here)

    def test_somebody_elses_is_not_ended(self, anna: User) -> None:
        other = enter(User.objects.create_user("boris@example.org", PHRASE, is_staff=True))
        enter(anna).post("/accounts/sessions/", {"session": key(other)})
        assert is_in(other)

    def test_a_visitor_is_sent_to_sign_in(self) -> None:
        assert Client().get("/accounts/sessions/")["Location"].startswith("/accounts/login/?next=")


class TestEnds:
    def test_a_new_password_ends_the_others(self, anna: User) -> None:
        here, there = enter(anna), enter(anna, CHROME)
        form = {"oldpassword": PHRASE, "password1": "another long phrase", "password2": "another long phrase"}
        assert here.post("/accounts/password/change/", form).status_code == 302
        assert [is_in(client) for client in (here, there)] == [True, False]
        assert len(open_sessions(anna)) == 1

    def test_a_closed_account_loses_its_sessions_at_once_and_for_good(self, anna: User) -> None:
        here, administrator = enter(anna), signed_in(curator("administrator"))
        url = reverse("admin:accounts_user_change", args=[anna.pk])
        administrator.post(url, {"email": anna.email, "display_name": "", "is_staff": "on"})
        assert not is_in(here)
        administrator.post(
            url, {"email": anna.email, "display_name": "", "is_staff": "on", "is_active": "on"}
        )
        anna.refresh_from_db()
        assert (anna.is_active, is_in(here)) == (True, False)
        assert is_in(enter(anna))

    def test_an_account_closed_by_any_other_way_is_out_with_the_next_request(self, anna: User) -> None:
        here = enter(anna)
        User.objects.filter(pk=anna.pk).update(is_active=False)
        assert not is_in(here)

    def test_an_administrator_sees_and_ends_those_of_others(self, anna: User) -> None:
        here, there = enter(anna), enter(anna, CHROME)
        administrator = signed_in(curator("administrator"))
        page = administrator.get(reverse("admin:accounts_user_change", args=[anna.pk])).text
        assert ["Firefox, Windows, 127.0.0.1" in page, "Chrome, Linux" in page] == [True, True]
        action = {"action": "end_sessions", "_selected_action": [anna.pk]}
        response = administrator.post(reverse("admin:accounts_user_changelist"), action, follow=True)
        assert "2 sessions were ended." in response.text
        assert [is_in(client) for client in (here, there)] == [False, False]

    def test_an_administrator_ends_no_session_of_a_superuser(self) -> None:
        chief = User.objects.create_superuser("chief@example.org", PHRASE)
        here = enter(chief)
        action = {"action": "end_sessions", "_selected_action": [chief.pk]}
        signed_in(curator("administrator")).post(reverse("admin:accounts_user_changelist"), action)
        assert is_in(here)

    def test_signing_out_forgets_the_session(self, anna: User) -> None:
        here = enter(anna)
        here.post("/accounts/logout/")
        assert (is_in(here), open_sessions(anna)) == (False, [])

    def test_all_of_one_person_end_and_nobody_elses(self, anna: User) -> None:
        boris = User.objects.create_user("boris@example.org", PHRASE, is_staff=True)
        here, other = enter(anna), enter(boris)
        assert end_all(anna) == 1
        assert [is_in(client) for client in (here, other)] == [False, True]


class TestSeen:
    """When somebody was last there, noted at most once in five minutes."""

    @pytest.fixture
    def later(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], datetime]:
        """Lets so many minutes go by since somebody signed in."""

        def go(minutes: float) -> datetime:
            began: datetime = UserSession.objects.get().created_at
            moment = began + timedelta(minutes=minutes)
            monkeypatch.setattr("cstokb.accounts.middleware.now", lambda: moment)
            return moment

        return go

    def asked(self, client: Client) -> list[str]:
        """What is asked and done about when somebody was seen."""
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/password_change/")
        return [one["sql"].split()[0] for one in queries if "usersessions_usersession" in one["sql"]]

    def seen(self) -> datetime:
        found: datetime = UserSession.objects.get().last_seen_at
        return found

    def test_a_page_notes_it_after_five_minutes_and_not_before(self, anna: User, later: Any) -> None:
        here = enter(anna)
        signed_in_at = self.seen()
        later(4.9)
        assert (self.asked(here), self.seen()) == ([], signed_in_at)
        moment = later(5.1)
        assert (self.asked(here), self.seen()) == (["SELECT", "UPDATE"], moment)

    def test_pages_between_cost_no_question(self, anna: User, later: Any) -> None:
        here = enter(anna)
        found = []
        for minutes in (6, 6.1, 10.9, 11.1):
            later(minutes)
            found.append(self.asked(here))
        assert found == [["SELECT", "UPDATE"], [], [], ["SELECT", "UPDATE"]]

    def test_what_another_process_noted_is_not_written_again(self, anna: User, later: Any) -> None:
        here, other = enter(anna), Client(headers={"user-agent": FIREFOX})
        other.cookies = here.cookies
        noted = later(6)
        assert self.asked(here) == ["SELECT", "UPDATE"]
        later(10)
        assert (self.asked(other), self.asked(other), self.seen()) == (["SELECT"], [], noted)

    def test_it_makes_no_session_last_longer(self, anna: User, later: Any) -> None:
        here = enter(anna)
        ends = Session.objects.get().expire_date
        later(60)
        self.asked(here)
        assert Session.objects.get().expire_date == ends

    def test_a_page_for_which_nobody_has_to_be_known_notes_nothing(self, anna: User, later: Any) -> None:
        here, before = enter(anna), self.seen()
        later(60)
        here.get("/about/")
        assert self.seen() == before

    def test_a_reader_costs_no_question_and_gets_no_cookie(self) -> None:
        Client().get("/about/")  # what is found once for every reader
        with CaptureQueriesContext(connection) as queries:
            response = Client().get("/about/")
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert [
            one["sql"] for one in queries if "usersession" in one["sql"] or "django_session" in one["sql"]
        ] == []

    def test_the_list_shows_it_by_the_clock_of_the_editors_the_last_seen_first(
        self, anna: User, settings: Any
    ) -> None:
        settings.EDITORS_TIME_ZONE = ZoneInfo("Asia/Almaty")
        here, there = enter(anna), enter(anna, CHROME)
        for client, moment in ((here, "2026-11-28T23:30"), (there, "2026-11-28T20:15")):
            rows = UserSession.objects.filter(session_key=client.session.session_key)
            rows.update(last_seen_at=datetime.fromisoformat(f"{moment}:00+00:00"))
        page = here.get("/accounts/sessions/").text
        assert page.index("Firefox") < page.index("Chrome")
        assert 'datetime="2026-11-28T20:15:00Z" data-clock>Nov. 29, 2026, 1:15 a.m. Asia/Almaty<' in page

    def test_an_administrator_sees_it(self, anna: User) -> None:
        enter(anna)
        moment = datetime(2026, 11, 28, 20, 15, tzinfo=UTC)
        UserSession.objects.filter(user=anna).update(last_seen_at=moment)
        url = reverse("admin:accounts_user_change", args=[anna.pk])
        page = signed_in(curator("administrator")).get(url).text
        assert "Firefox, Windows, 127.0.0.1, last seen Nov. 28, 2026, 8:15 p.m. UTC" in page
