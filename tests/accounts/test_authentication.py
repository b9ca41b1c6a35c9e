"""Programs that sign in with a token."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from cstokb.accounts import authentication
from cstokb.accounts.models import ApiToken, Scope, User

pytestmark = pytest.mark.django_db


class Whoami(APIView):
    """Answers with who asked."""

    throttle_classes = ()

    def get(self, request: Request) -> Response:
        return Response({"who": str(request.user)})

    post = get


def ask(header: str | None, method: str = "get") -> Response:
    headers = {"authorization": header} if header is not None else {}
    response = Whoami.as_view()(getattr(APIRequestFactory(), method)("/", headers=headers))
    assert isinstance(response, Response)
    return response


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anna@example.org", display_name="Anna")


@pytest.fixture
def text(user: User) -> str:
    return ApiToken.objects.issue(user, "harvester", scopes=[Scope.READ])[1]


@pytest.mark.parametrize("keyword", ["Bearer", "bearer", "Token", "TOKEN"])
def test_a_token_signs_its_owner_in(keyword: str, text: str) -> None:
    assert ask(f"{keyword} {text}").data == {"who": "Anna"}


@pytest.mark.parametrize("header", [None, "", "Basic YTpi", "Negotiate x"])
def test_without_a_token_the_caller_is_anonymous(header: str | None, text: str) -> None:
    response = ask(header)
    assert (response.status_code, response.data) == (200, {"who": "AnonymousUser"})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-1],
        lambda text: text + "x",
        lambda text: text.upper(),
        lambda text: text.replace("cstokb_", "other_"),
        lambda text: f"{text} {text}",
        lambda text: text.rpartition("_")[0],
        lambda text: "cstokb_ñ_ñ",
        lambda text: "cstokb_\x00_x",
    ],
)
def test_a_token_that_is_not_exactly_right_is_401(spoil: "type[str]", text: str) -> None:
    response = ask(f"Bearer {spoil(text)}")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_expired_revoked_closed_and_unknown_get_the_same_answer(user: User) -> None:
    now = timezone.now()
    expired, expired_text = ApiToken.objects.issue(user, "x", scopes=["read"])
    ApiToken.objects.filter(pk=expired.pk).update(
        created_at=now - timedelta(2), expires_at=now - timedelta(1)
    )
    revoked, revoked_text = ApiToken.objects.issue(user, "x", scopes=["read"])
    revoked.revoke(at=now)
    closed = User.objects.create_user("gone@example.org", is_active=False)
    closed_text = ApiToken.objects.issue(closed, "x", scopes=["read"])[1]
    texts = [expired_text, revoked_text, closed_text, "cstokb_00000000_unknown"]
    answers = [ask(f"Bearer {text}") for text in texts]
    assert {(answer.status_code, str(answer.data)) for answer in answers} == {(401, str(answers[0].data))}


def test_a_token_without_the_scope_to_read_is_refused(user: User) -> None:
    text = ApiToken.objects.issue(user, "x", scopes=[Scope.WRITE])[1]
    assert ask(f"Bearer {text}").status_code == 403


def test_nothing_is_written_through_the_api(user: User, text: str) -> None:
    all_scopes = ApiToken.objects.issue(user, "x", scopes=list(Scope.values))[1]
    assert [
        ask(header, "post").status_code for header in (f"Bearer {all_scopes}", f"Bearer {text}", None)
    ] == [405, 405, 405]
    assert ask("Bearer of nothing", "post").status_code == 401


class TestStamp:
    def test_use_is_noted_at_most_once_an_hour(self, user: User) -> None:
        token, _text = ApiToken.objects.issue(user, "x", scopes=["read"])
        first = timezone.now()
        minutes = [0, 59, 60, 61]
        seen = []
        for minute in minutes:
            token.refresh_from_db()
            authentication.stamp(token, at=first + timedelta(minutes=minute))
            seen.append(ApiToken.objects.get(pk=token.pk).last_used_at)
        assert seen == [first + timedelta(minutes=minute) for minute in (0, 0, 60, 60)]

    def test_a_locked_database_does_not_cost_the_caller_the_answer(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def locked(*args: object, **kwargs: object) -> int:
            raise OperationalError("database is locked")

        monkeypatch.setattr("django.db.models.query.QuerySet.update", locked)
        assert ask(f"Bearer {text}").status_code == 200
