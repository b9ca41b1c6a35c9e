"""How answers are given: formats, refusals, conditional requests, caches, limits, addresses that moved."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date, parse_http_date
from rest_framework.settings import api_settings

from cstokb.listing import etag
from cstokb.listing.ask import Ask
from cstokb.listing.throttling import LEASES
from cstokb.records.models import Address, Entry
from members.models import State
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults

pytestmark = pytest.mark.django_db

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def kaz() -> Any:
    return make.state("kaz", "Kazakhstan", "Казахстан")


@pytest.mark.usefixtures("kaz")
class TestFormats:
    """B063."""

    @pytest.mark.parametrize(
        "accept",
        ["", "*/*", BROWSER, "application/json", "application/*", "text/html, */*", "application/json;q=0.1"],
    )
    def test_json_wherever_it_is_allowed(self, accept: str) -> None:
        assert ask("/api/v1/states/", accept=accept)["Content-Type"] == "application/json"

    @pytest.mark.parametrize(
        ("accept", "media_type"),
        [
            ("text/csv", "text/csv; charset=utf-8"),
            ("text/*", "text/csv; charset=utf-8"),
            ("application/x-ndjson", "application/x-ndjson"),
            ("application/json;q=0.2, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ],
    )
    def test_another_format_where_it_is_asked_for(self, accept: str, media_type: str) -> None:
        assert ask("/api/v1/states/", accept=accept)["Content-Type"] == media_type

    @pytest.mark.parametrize(
        "accept", ["application/xml", "garbage;;;=", "application/json;q=0", "text/html", ",,,"]
    )
    def test_what_cannot_be_given_is_406_with_what_can(self, accept: str) -> None:
        answer = data("/api/v1/states/", 406, accept=accept)
        assert "application/json" in answer["errors"][0]["allowed"]

    def test_a_suffix_and_format_say_the_same(self) -> None:
        same = [body(ask(url)) for url in ("/api/v1/states.csv", "/api/v1/states/?format=csv", "/states.csv")]
        assert same[0] == same[1] == same[2]

    def test_a_format_that_does_not_exist(self) -> None:
        ask("/api/v1/states.doc", 404)
        ask("/states.doc", 404)
        assert faults("/api/v1/states/?format=doc")[0]["parameter"] == "format"

    def test_a_record_in_other_formats(self) -> None:
        assert (
            body(ask("/api/v1/states/kaz.csv?fields=name_en")).decode() == "id,name_en\r\nkaz,Kazakhstan\r\n"
        )

    def test_methods_that_change_something_are_refused(self) -> None:
        for method in ("post", "put", "patch", "delete"):
            response = getattr(Client(), method)("/api/v1/states/")
            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), method
            assert response["Content-Type"] == "application/problem+json"
            assert "Nothing is written" in response.json()["detail"]
        assert Client().trace("/api/v1/states/").status_code == 405

    def test_a_page_says_that_it_is_to_read_and_asks_for_no_cookie(self) -> None:
        client = Client(enforce_csrf_checks=True)
        for method in ("post", "put", "patch", "delete", "trace"):
            for path in ("/states/", "/states/kaz/", "/search/", "/data/"):
                page = getattr(client, method)(path)
                assert (page.status_code, page["Allow"]) == (405, "GET, HEAD, OPTIONS"), (method, path)
                assert "this address answers GET, HEAD, OPTIONS" in page.content.decode(), (method, path)
            problem = getattr(client, method)("/states.csv")
            assert (problem.status_code, problem["Allow"]) == (405, "GET, HEAD, OPTIONS"), method
            assert problem["Content-Type"] == "application/problem+json"

    def test_a_form_without_its_cookie_is_told_so_in_the_words_of_the_house(self) -> None:
        client = Client(enforce_csrf_checks=True)
        refused = client.post("/accounts/login/", {"login": "anna@example.org", "password": "x"})
        assert refused.status_code == 403
        assert "The form was not taken" in refused.content.decode()

    def test_head_has_the_headers_of_get(self) -> None:
        got, head = Client().get("/api/v1/states/"), Client().head("/api/v1/states/")
        assert head.content == b""
        assert {n: head[n] for n in ("ETag", "Content-Type", "Vary")} == {
            n: got[n] for n in ("ETag", "Content-Type", "Vary")
        }

    def test_options_reads_and_writes_nothing(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert Client().options("/api/v1/states/").status_code == 200
        assert len(queries) == 0


@pytest.mark.usefixtures("kaz")
class TestProblems:
    def test_a_problem_has_the_members_of_rfc_9457(self) -> None:
        answer = data("/api/v1/states/?standing=membre", 400)
        assert {name: answer[name] for name in ("type", "title", "status", "instance")} == {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "instance": "/api/v1/states/?standing=membre",
        }
        assert answer["errors"] == [
            {
                "parameter": "standing",
                "value": "membre",
                "code": "unknown_word",
                "detail": "It is none of the words allowed here.",
                "allowed": ["member", "suspended", "former", "observer", "partner", "none"],
                "nearest": "member",
            }
        ]

    @pytest.mark.parametrize(
        "path", ["xyz", "1" + "0" * 30, "kaz%00", "..%2f", "%F0%9F%98%80", "a" * 300, "kaz/kaz", "kaz%0a"]
    )
    def test_an_id_that_is_none_is_404(self, path: str) -> None:
        """B055, B056."""
        assert data(f"/api/v1/states/{path}/", 404)["status"] == 404
        ask(f"/states/{path}/", 404)

    def test_a_record_refuses_what_it_does_not_know(self) -> None:
        assert faults("/api/v1/states/kaz/?standing=member")[0]["parameter"] == "standing"
        assert faults("/api/v1/states/kaz/?on=2022-02-30")[0]["parameter"] == "on"
        assert faults("/states/kaz.json?foo=1")[0]["parameter"] == "foo"
        assert "<code>foo</code>" in body(ask("/states/kaz/?foo=1")).decode()
        ask("/states/kaz/?on=tomorrow", 400)


class TestConditional:
    def test_an_unchanged_answer_is_304_and_a_change_makes_a_new_one(self, kaz: Any) -> None:
        first = ask("/states/kaz/")
        ask("/states/kaz/", 304, if_none_match=first["ETag"])
        kaz.capital_en = "Astana"
        make.rewritten(kaz, at=datetime(2026, 2, 1, tzinfo=UTC))
        second = ask("/states/kaz/", if_none_match=first["ETag"])
        assert second["ETag"] != first["ETag"]
        assert second["Last-Modified"] != first["Last-Modified"] or timezone.now().date() > date(2026, 2, 1)

    @pytest.mark.parametrize(
        "path", ["/api/v1/states/kaz/", "/api/v1/states/", "/states/kaz/", "/states/kaz.json"]
    )
    def test_a_date_is_asked_for_where_no_etag_is_sent(self, kaz: Any, path: str) -> None:
        """RFC 9110, 13.1.3 and 13.2.2."""
        first = ask(path)
        same = first["Last-Modified"]
        moment = parse_http_date(same)
        with CaptureQueriesContext(connection) as queries:
            held = ask(path, 304, if_modified_since=same)
        assert (len(queries), held.content) == (1, b"")
        assert (held["ETag"], held["Last-Modified"]) == (first["ETag"], same)
        ask(path, 304, if_modified_since=http_date(moment + 1))
        ask(path, 200, if_modified_since=http_date(moment - 1))
        ask(path, 200, if_modified_since="yesterday")
        ask(path, 200, if_modified_since=same, if_none_match='"another"')
        ask(path, 304, if_modified_since=http_date(moment - 1), if_none_match=first["ETag"])
        etag._SENT.clear()  # as another worker, which never sent it
        ask(path, 304, if_modified_since=same)

    @pytest.mark.usefixtures("kaz")
    def test_a_date_makes_no_record_of_none_and_a_later_release_is_a_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = http_date(timezone.now().timestamp() + 86400)
        for path in ("/api/v1/states/nowhere/", "/states/nowhere/"):
            ask(path, 404, if_modified_since=later)
        ask("/api/v1/states/?standing=membre", 400, if_modified_since=later)
        monkeypatch.setattr(etag, "STARTED", datetime(2020, 1, 1, tzinfo=UTC))
        same = ask("/api/v1/states/kaz/")["Last-Modified"]
        ask("/api/v1/states/kaz/", 304, if_modified_since=same)
        monkeypatch.setattr(etag, "STARTED", datetime(2120, 1, 1, tzinfo=UTC))
        assert ask("/api/v1/states/kaz/", 200, if_modified_since=same)["Last-Modified"] != same

    @pytest.mark.usefixtures("kaz")
    def test_languages_formats_and_questions_have_etags_of_their_own(self) -> None:
        """B064."""
        addresses = (
            "/states/kaz/",
            "/ru/states/kaz/",
            "/states/kaz.json",
            "/states/",
            "/states/?on=2020-01-01",
        )
        assert len({ask(address)["ETag"] for address in addresses}) == len(addresses)
        assert ask("/api/v1/states/")["ETag"] != ask("/api/v1/states/", accept="text/csv")["ETag"]

    @pytest.mark.usefixtures("kaz")
    def test_the_language_of_the_reader_changes_nothing(self) -> None:
        plain, russian = ask("/states/kaz/"), ask("/states/kaz/", accept_language="ru")
        assert plain.content == russian.content
        assert "Accept-Language" not in russian.get("Vary", "")
        assert "Cookie" not in russian.get("Vary", "")

    @pytest.mark.usefixtures("kaz")
    def test_a_day_passes_and_what_speaks_of_today_is_asked_anew(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 5, 23, 59, tzinfo=UTC))
        today, dated = ask("/states/")["ETag"], ask("/states/?on=2020-01-01")["ETag"]
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 6, 0, 1, tzinfo=UTC))
        ask("/states/", 200, if_none_match=today)
        ask("/states/?on=2020-01-01", 304, if_none_match=dated)

    @pytest.mark.usefixtures("kaz")
    def test_a_question_that_cannot_be_read_is_never_304(self) -> None:
        ask("/states/?standing=boss", 400, if_none_match="*")
        ask("/api/v1/states/xyz/", 404, if_none_match="*", if_modified_since="Fri, 01 Jan 2038 00:00:00 GMT")

    @pytest.mark.usefixtures("kaz")
    def test_shared_caches_may_keep_what_everyone_may_see(self) -> None:
        assert ask("/api/v1/states/")["Cache-Control"] == "public, max-age=60"
        assert ask("/api/v1/states/?x=1", 400)["Cache-Control"] == "no-cache"
        client = Client()
        client.cookies["sessionid"] = "abc"
        assert client.get("/states/")["Cache-Control"] == "private, no-cache"


class TestAddresses:
    def test_an_old_address_leads_to_the_new_one_with_its_question(self, kaz: Any) -> None:
        Address.objects.create(
            path="/states/kazakhstan/", entry=kaz.entry, began_at=make.WRITTEN, current=False
        )
        moved = ask("/states/kazakhstan/?on=2020-01-01", 301)
        assert moved["Location"] == "/states/kaz/?on=2020-01-01"
        assert ask("/ru/states/kazakhstan/", 301)["Location"] == "/ru/states/kaz/"
        assert ask("/states/kazakhstan.json", 301)["Location"] == "/states/kaz.json"

    def test_a_withdrawn_record_is_410_with_its_tombstone_and_nothing_else(self, kaz: Any) -> None:
        make.withdrawn(kaz, "It was entered twice.", at=datetime(2026, 2, 3, tzinfo=UTC))
        answer = data("/api/v1/states/kaz/", 410)
        assert (answer["kind"], answer["id"], answer["reason"]) == ("state", "kaz", "It was entered twice.")
        assert answer["on"] == "2026-02-03"
        page = body(ask("/states/kaz/", 410)).decode()
        assert "It was entered twice." in page
        assert "Kazakhstan" not in page
        assert '<dd lang="en">' in body(ask("/ru/states/kaz/", 410)).decode()
        assert "<dd lang=" not in page
        assert data("/api/v1/states/")["count"] == 0
        assert data("/api/v1/states/?known_on=2026-01-15")["count"] == 0
        assert "withdrawn" in data("/api/v1/states/?known_on=2026-01-15")["notice"]

    def test_a_merged_record_leads_to_the_one_it_became(self, kaz: Any) -> None:
        twin = make.state("qqq", "Kazakstan")
        make.withdrawn(twin)
        Entry.objects.filter(pk=twin.pk).update(merged_into=kaz.entry)
        assert ask("/states/qqq/", 301)["Location"] == "/states/kaz/"
        assert ask("/api/v1/states/qqq/", 301)["Location"] == "http://testserver/api/v1/states/kaz/"

    def test_a_draft_does_not_show_that_it_exists(self, kaz: Any) -> None:
        make.draft(State(alpha2="XX", name_en="Atlantis"), "atl")
        hidden, missing = ask("/states/atl/", 404), ask("/states/zzz/", 404)
        assert body(hidden).replace(b"atl", b"") == body(missing).replace(b"zzz", b"")

    def test_a_page_names_its_twin_in_the_other_language(self, kaz: Any) -> None:
        page = body(ask("/ru/states/kaz/")).decode()
        assert 'href="http://localhost:8000/ru/states/kaz/"' in page
        assert 'hreflang="x-default"' in page
        assert "Казахстан" in page


class TestLimits:
    @pytest.fixture(autouse=True)
    def three_a_minute(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        LEASES.clear()
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 5, 10, 30, tzinfo=UTC))
        rates = {"anonymous": "3/min", "search": "2/min", "token": "5/min"}
        monkeypatch.setattr(api_settings, "DEFAULT_THROTTLE_RATES", rates)
        yield
        LEASES.clear()

    def test_the_fourth_request_is_429_and_says_when_to_go_on(self) -> None:
        answers = [Client().get("/api/v1/states/") for _number in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert [one["RateLimit"] for one in answers[:3]] == [
            f'"anonymous";r={left};t=60' for left in (2, 1, 0)
        ]
        assert answers[0]["RateLimit-Policy"] == '"anonymous";q=3;w=60'
        assert answers[3]["Retry-After"] == "60"
        assert json.loads(answers[3].content)["status"] == 429

    def test_an_address_that_the_caller_made_up_changes_nothing(self) -> None:
        """B065."""
        statuses = [
            Client().get("/api/v1/states/", headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code
            for number in range(20)
        ]
        assert statuses.count(200) == 3

    def test_behind_one_trusted_proxy_the_address_it_saw_counts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
        forged = [
            Client()
            .get("/api/v1/states/", headers={"x-forwarded-for": f"1.2.3.{number}, 9.9.9.9"})
            .status_code
            for number in range(5)
        ]
        assert forged == [200, 200, 200, 429, 429]
        other = Client().get("/api/v1/states/", headers={"x-forwarded-for": "1.2.3.4, 8.8.8.8"})
        assert other.status_code == 200

    def test_an_ipv6_caller_counts_as_his_network(self) -> None:
        statuses = [
            Client().get("/api/v1/states/", REMOTE_ADDR=f"2001:db8:1:2::{number}").status_code
            for number in range(1, 5)
        ]
        assert statuses == [200, 200, 200, 429]

    def test_the_next_window_begins_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for _number in range(4):
            last = Client().get("/api/v1/states/")
        assert last.status_code == 429
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 5, 10, 31, tzinfo=UTC))
        assert Client().get("/api/v1/states/").status_code == 200


def test_the_request_factory_is_enough_to_ask() -> None:
    one = Ask.of(RequestFactory().get("/states/", {"on": "2020-01-01", "known_on": "2020-02-30"}))
    assert (one.on, one.day, list(one.faults)) == (date(2020, 1, 1), date(2020, 1, 1), ["known_on"])
    assert (one.base, one.path) == ("http://testserver", "/states/")
