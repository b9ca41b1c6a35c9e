"""The language is in the address and nowhere else."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from cstokb.language import LanguageFromPath


def answer_in(path: str, **headers: str) -> str:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.LANGUAGE_CODE} {translation.get_language()}")

    request = RequestFactory().get(path, headers=headers)
    request.COOKIES["django_language"] = "ru" if not path.startswith("/ru/") else "en"
    response = LanguageFromPath(view)(request)
    assert response["Content-Language"] == response.text[:2]
    return response.text


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/states/", "en"),
        ("/ru/", "ru"),
        ("/ru/states/", "ru"),
        ("/rus/", "en"),
        ("/api/v1/", "en"),
    ],
)
@pytest.mark.parametrize("wished", ["ru", "en", "de,ru;q=0.5", "*", ""])
def test_neither_a_cookie_nor_a_wish_changes_it(path: str, language: str, wished: str) -> None:
    assert answer_in(path, **{"accept-language": wished}) == f"{language} {language}"


def test_the_thread_is_left_as_it_was() -> None:
    with translation.override("ru"):
        answer_in("/states/")
        assert translation.get_language() == "ru"


@pytest.mark.django_db
def test_one_page_is_there_in_both_and_asks_for_no_separate_copies(client: Client) -> None:
    english, russian = client.get("/accounts/login/"), client.get("/ru/accounts/login/")
    assert (english["Content-Language"], russian["Content-Language"]) == ("en", "ru")
    assert "Accept-Language" not in english.get("Vary", "")


def test_english_has_no_prefix_of_its_own(client: Client) -> None:
    assert client.get("/en/accounts/login/").status_code == 404
