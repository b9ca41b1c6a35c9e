"""Answers where something is missing: a page of a record, the cache, room in a sentence."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from cstokb import catalogue
from cstokb.listing.ask import Ask
from cstokb.listing.errors import Moved, NothingHere
from cstokb.listing.record_pages import backs, explain_absence
from cstokb.listing.throttling import LEASES
from cstokb.records.models import Entry
from members.listings import MEMBERSHIPS, ORGANS
from members.models import Organ
from tests.factories import records as make
from tests.factories.treaties import article, instrument, wording
from tests.listing.asking import ask, faults
from treaty.models import Instrument

catalogue.fill()
pytestmark = pytest.mark.django_db


class TestAbsence:
    def test_a_record_without_a_page_has_not_moved_anywhere(self) -> None:
        period = make.member(make.state("kaz", "Kazakhstan"), "2003-09-18")
        slug = period.entry.slug
        assert Entry.objects.get(pk=period.pk).path == ""
        assert type(explain_absence(MEMBERSHIPS, slug, f"/memberships/{slug}/")) is NothingHere

    def test_a_record_with_a_page_has_moved_to_it(self) -> None:
        organ = make.organ("csc", "Council")
        moved = explain_absence(ORGANS, "csc", "/organs/council/")
        assert isinstance(moved, Moved)
        assert moved.path == organ.entry.path == "/organs/csc/"


class TestWords:
    @pytest.mark.parametrize(("language", "day"), [("en", "15 May 1992"), ("ru", "15 мая 1992")])
    def test_evidence_names_the_field_and_the_day_in_words(self, language: str, day: str) -> None:
        asked = Ask.about(QueryDict(), now=timezone.now(), language=language)
        with translation.override(language):
            said = backs({"field": "signed_on", "value": "1992-05-15"}, asked, Instrument)
            label = str(Instrument._meta.get_field("signed_on").verbose_name)
        assert said.replace("\xa0", " ").startswith(f"{label}: {day}")
        assert "signed_on" not in said

    def test_an_english_note_says_its_language_on_a_russian_page(self) -> None:
        make.published(Organ(name_en="Council", name_ru="Совет", type="working", note_en="A note."), "csc")
        assert '<p class="plain-p" lang="en">A note.</p>' in ask("/ru/organs/csc/").content.decode()
        assert '<p class="plain-p">A note.</p>' in ask("/organs/csc/").content.decode()

    def test_what_is_no_field_is_said_as_the_list_names_it_or_without_its_underscores(self) -> None:
        asked = Ask.about(QueryDict(), now=timezone.now())
        assert backs({"field": "no_such_thing", "value": None}, asked, Organ) == "no such thing"
        assert backs({"field": None, "value": "seen"}, asked, Organ) == "seen"

    def test_a_long_list_of_allowed_words_ends_between_words(self) -> None:
        page = ask("/states/?standing=nothing", 400).content.decode()
        assert "Allowed here:" in page


class TestNul:
    """B055: a character that no text of the database can have, wherever a caller may put it."""

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/api/v1/states/?%00=1", 400),
            ("/api/v1/states/?standing%00=member", 400),
            ("/api/v1/states/?standing=member%00", 400),
            ("/api/v1/states.csv?q=%00", 400),
            ("/states/?q=%00", 400),
            ("/states/?%00=1", 200),
            ("/states/kaz%00/", 404),
            ("/%00/", 404),
            ("/topics/%00/", 404),
            ("/sources/%00/", 404),
            ("/api/v1/%00/", 404),
            ("/api/v1/states/kaz/?expand=%00", 400),
            ("/api/v1/resolve/?ref=%00", 400),
            ("/api/v1/suggest/?q=%00", 400),
            ("/api/v1/changes/?after=%00", 400),
            ("/api/v1/status/?instrument=%00", 400),
            ("/api/v1/status/?instrument=cst%00", 400),
            ("/treaties/cst/?state=%00", 400),
            ("/treaties/cst/art-4/?state=kaz%00", 400),
            ("/treaties/cst.json?state=%00", 400),
            ("/treaties/cst/?state=kaz", 200),
            ("/api/v1/provisions/cst/art-4/?state=%00", 400),
            ("/api/v1/instruments/cst/?state=%00", 400),
            ("/treaties/compare/?a=%00&b=cst/art-4", 400),
            ("/treaties/cst/compare/?from=%00", 400),
        ],
    )
    def test_in_an_address(self, path: str, status: int) -> None:
        make.state("kaz", "Kazakhstan")
        wording(article(instrument("cst"), "4"), "1994-04-20")
        ask(path, status)

    @pytest.mark.parametrize("path", ["/states/", "/api/v1/states/", "/admin/login/"])
    def test_in_a_cookie(self, path: str) -> None:
        client = Client()
        for name in ("sessionid", "csrftoken", "messages"):
            client.cookies[name] = "a\x00b"
        assert client.get(path).status_code in (200, 302)

    @pytest.mark.parametrize(
        ("sent", "status"),
        [("Basic AGE6AGI=", (200, 401)), ("Bearer cstokb_\x00_\x00", (401,)), ("Bearer \x00", (401,))],
    )
    def test_in_what_somebody_signs_in_with(self, sent: str, status: tuple[int, ...]) -> None:
        assert Client().get("/api/v1/states/", headers={"authorization": sent}).status_code in status

    def test_in_the_form_of_the_sign_in(self) -> None:
        page = Client().get("/accounts/login/")
        answer = Client().post("/accounts/login/", {"login": "a\x00@example.org", "password": "\x00"})
        assert (page.status_code, answer.status_code) == (200, 200)
        assert answer.context["form"].errors


def gone(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("no such table: cache")


class TestWithoutTheCache:
    def test_the_api_answers_uncounted_and_the_log_says_so(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        make.state("kaz", "Kazakhstan")
        LEASES.clear()
        monkeypatch.setattr(cache, "add", gone)
        with caplog.at_level(logging.WARNING, "cstokb.listing.throttling"):
            response = Client().get("/api/v1/states/")
        assert (response.status_code, response.json()["count"]) == (200, 1)
        assert "RateLimit" not in response.headers
        assert "requests are not counted" in caplog.text

    def test_with_the_cache_the_same_request_is_counted(self) -> None:
        LEASES.clear()
        assert "RateLimit" in ask("/api/v1/states/").headers


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/states/?page=1&page=2",
        "/api/v1/states/?sort=name&sort=-name",
        "/api/v1/states/?on=2010-01-01&on=2011-01-01",
        "/api/v1/resolve/?ref=cst&ref=charter",
        "/api/v1/states/?known_on=2026-01-01&known_on=2026-01-02",
    ],
)
def test_a_second_value_is_refused_in_the_same_words_whoever_reads_the_parameter(url: str) -> None:
    (fault,) = faults(url)
    assert (fault["code"], fault["detail"]) == ("repeated", "This parameter takes one value.")
    first, _and, _second = url.rpartition("&")
    assert "repeated" not in [one["code"] for one in Client().get(first).json().get("errors", [])]


def test_a_column_that_is_none_is_refused_with_those_that_are() -> None:
    for name in ("fields", "expand"):
        (fault,) = faults(f"/api/v1/states/?{name}=nope")
        assert fault["detail"] == "It is none of the words allowed here."
        assert "nope" not in fault["allowed"]
