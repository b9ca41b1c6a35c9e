"""How any page is cited: which addresses are read, which are refused, and what is asked of the page that is cited."""

import json
import re
import unicodedata
from html import escape, unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import Entry
from members.models import State
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import ask, body
from tests.pages.wellformed import Page

pytestmark = pytest.mark.django_db
KNOWN = "2026-03-02T10:00:05Z"


def cite(url: str, status: int = 200, prefix: str = "", **more: str) -> Any:
    return ask(f"{prefix}/cite/?{urlencode({'url': url, **more})}", status)


def words(url: str, style: str = "house", prefix: str = "") -> str:
    """The citation in a style, as a reader copies it."""
    shown = body(cite(url, prefix=prefix)).decode()
    (found,) = re.findall(rf'<p class="c"\s+id="{style}"[^>]*>(.*?)</p>', shown, re.DOTALL)
    return " ".join(unescape(re.sub(r"<(?:/?i)>", "", found)).split())


def refused(url: str, status: int = 400, **more: str) -> Any:
    """The problem with an address, as programs are told."""
    response = cite(url, status, style="csl", **more)
    assert response["Content-Type"] == "application/problem+json"
    return json.loads(body(response))


@pytest.fixture(scope="class")
def kaz(own_database: None) -> State:
    return make.state("kaz", "Kazakhstan", "Казахстан")


@pytest.mark.usefixtures("kaz")
class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "/states/kaz/",
            "/ru/states/kaz/",
            "/states/kaz",
            "http://testserver/states/kaz/",
            "http://localhost:8000/ru/states/kaz/",
            "HTTP://LOCALHOST:8000/states/kaz/",
            "//localhost:8000/states/kaz/",
            "/states/k%61z/",
            "/states/kaz/?utm_source=letter",
            "  /states/kaz/  ",
        ],
    )
    def test_every_spelling_of_an_address_of_this_site_is_the_same_page(self, url: str) -> None:
        assert words(url).startswith(
            "Kazakhstan (State). CSTO Knowledge Base, http://localhost:8000/states/kaz/ (read on "
        )

    @pytest.mark.parametrize(
        ("url", "part"),
        [
            ("http://example.org/states/kaz/", "another site"),
            ("http://localhost:8000@example.org/states/kaz/", "another site"),
            ("//example.org/states/kaz/", "another site"),
            ("ftp://localhost:8000/states/kaz/", "another site"),
            ("javascript:alert(1)", "with its host or with a slash"),
            ("states/kaz/", "with its host or with a slash"),
            ("http:/states/kaz/", "with its host or with a slash"),
            ("http://[/states/kaz/", "no address"),
            ("/states/%ff/", "no address"),
            ("/states/\x00kaz/", "no address"),
            ("/states/ka\nz/", "no address"),
            ("/" + "a" * 2000, "no address"),
        ],
    )
    def test_what_is_no_address_of_this_site_is_refused_with_a_sentence(self, url: str, part: str) -> None:
        (fault,) = refused(url)["errors"]
        assert fault["parameter"] == "url"
        assert part in fault["detail"]
        assert len(fault["value"]) <= 200
        assert part in body(cite(url, 400)).decode()

    @pytest.mark.parametrize(
        "url",
        [
            *("/states/nobody/", "/nothing/", "/states/каз/", "/states/kaz/../../admin/", "/" + "й" * 300),
            *("/states/kaz.json", "/states.csv", "/api/v1/states/kaz/", "/healthz", "/sitemap.xml"),
            *(
                "/admin/",
                "/accounts/login/",
                "/cite/",
                "/cite/?url=/states/kaz/",
                "/style/",
                "//states/kaz/x",
            ),
        ],
    )
    def test_where_no_page_for_readers_stands_there_is_nothing_to_cite(self, url: str) -> None:
        if url.startswith("//"):
            refused(url, 400)
            return
        assert refused(url, 404)["status"] == 404
        cite(url, 404)

    def test_a_draft_is_not_told_from_what_was_never_there(self) -> None:
        make.state("tjk", "Tajikistan", publication="draft")
        draft, nothing = (body(cite(f"/states/{one}/", 404)).decode() for one in ("tjk", "xyz"))
        assert "Tajikistan" not in draft
        assert draft.replace("tjk", "xyz") == nothing

    @pytest.mark.parametrize("prefix", ["", "/ru"])
    @pytest.mark.parametrize("question", ["", "?url=", "?url=%20%20", "?style=apa", "?style=apa&url="])
    def test_a_reader_who_names_no_page_is_asked_for_one(self, question: str, prefix: str) -> None:
        shown = body(ask(f"{prefix}/cite/{question}")).decode()
        assert f'<form class="pick one" action="{prefix}/cite/">' in shown
        assert ('<input type="hidden" name="style" value="apa">' in shown) == ("apa" in question)
        assert 'role="alert"' not in shown
        assert Page(shown).errors == []

    @pytest.mark.parametrize(
        ("url", "status"),
        [("http://example.org/<b>", 400), ("/nothing/", 404), ("states/kaz/", 400), ('/states/"kaz"/', 404)],
    )
    def test_an_address_that_cannot_be_cited_stays_in_the_box_with_what_is_wrong(
        self, url: str, status: int
    ) -> None:
        shown = body(cite(url, status, style="gost")).decode()
        assert f'value="{escape(url)}"' in shown
        assert 'aria-describedby="url-errors"' in shown
        assert '<input type="hidden" name="style" value="gost">' in shown
        assert Page(shown).errors == []

    def test_an_address_longer_than_any_is_cut_in_the_box(self) -> None:
        shown = body(cite("/" + "a" * 2500, 400)).decode()
        assert f'value="/{"a" * 1999}"' in shown

    @pytest.mark.parametrize(
        ("page", "cited"),
        [
            ("/states/?on=2012-12-19&utm_source=x&page=1", "/states/?on=2012-12-19"),
            ("/ru/states/", "/ru/states/"),
            ("/search/?q=kazakhstan+-peace&page=1", "/search/?q=kazakhstan+-peace"),
            ("/search/concordance/?q=peace", "/search/concordance/?q=peace"),
        ],
    )
    def test_a_list_leads_to_how_it_is_cited_with_all_that_it_was_asked(self, page: str, cited: str) -> None:
        prefix = "/ru" if page.startswith("/ru/") else ""
        shown = unescape(body(ask(page)).decode())
        address = f"{prefix}/cite/?{urlencode({'url': cited})}"
        assert f'href="{address}"' in shown
        ask(address)

    def test_an_address_without_its_page_is_refused_to_programs_and_so_is_one_given_twice(self) -> None:
        (fault,) = refused("")["errors"]
        assert (fault["parameter"], fault["code"]) == ("url", "required")
        ask("/cite/?url=/states/kaz/&url=/people/", 400)
        ask("/cite/?url=/states/kaz/&url=/states/kaz/")
        (fault,) = json.loads(body(ask("/cite/?url=/&url=/people/&style=csl", 400)))["errors"]
        assert (fault["parameter"], fault["code"]) == ("url", "repeated")

    def test_another_style_or_parameter_is_refused_with_those_there_are(self) -> None:
        shown = body(cite("/states/kaz/", 400, style="chicgo")).decode()
        assert "There are: house, chicago, apa, oscola, gost, bibtex, ris, csl." in shown
        cite("/states/kaz/", 400, lang="ru")
        (fault,) = refused("/states/kaz/", on="2012-12-19")["errors"]
        assert (fault["parameter"], fault["allowed"]) == ("on", ["style", "url"])


@pytest.mark.usefixtures("kaz")
class TestWhatIsAsked:
    def test_a_day_and_a_moment_are_cited_and_what_the_page_does_not_know_is_not(self) -> None:
        cited = words("/states/kaz/?on=2012-12-19&utm_source=x")
        assert "Kazakhstan (State), as it stood on 19 December 2012. CSTO" in cited
        assert "/states/kaz/?on=2012-12-19 (read" in cited
        known = words(f"/states/kaz/?known_on={KNOWN}")
        assert (
            "Kazakhstan (State), as this knowledge base said on 2 March 2026 at 10:00:05 UTC. CSTO" in known
        )
        assert f"/states/kaz/?known_on={quote(KNOWN, safe='')} (read" in known

    def test_of_a_moment_before_its_publication_a_record_is_not_cited(self) -> None:
        refused("/states/kaz/?known_on=2019-01-01T10:00:05Z", 404)

    def test_a_question_that_the_page_cannot_read_is_a_fault_of_the_address(self) -> None:
        (fault,) = refused("/states/kaz/?on=tomorrow")["errors"]
        assert fault["parameter"] == "url"
        assert fault["detail"].startswith("on: ")
        (fault,) = refused("/treaties/?year=soon")["errors"]
        assert (fault["parameter"], fault["detail"].partition(": ")[0]) == ("url", "year")
        (fault,) = refused("/about/?on=2012-12-19")["errors"]
        assert fault["detail"].startswith("on: ")

    def test_what_a_list_is_asked_belongs_to_it_in_any_script(self) -> None:
        for form in ("NFC", "NFD"):
            typed = unicodedata.normalize(form, "Токаев\u0439")
            for written in (typed, quote(typed)):
                cited = words(f"/search/?q={written}")
                assert cited.startswith(f"{typed} · Search. CSTO")
                assert f"/search/?q={quote(typed)} (read" in cited

    def test_a_place_on_a_page_stays_in_its_address(self) -> None:
        assert "http://localhost:8000/about/#errors (read" in words("/about/#errors")
        assert "#%22%3E (read" in words('/about/#">')

    def test_a_record_that_moved_is_cited_where_it_stands_now(self, kaz: State) -> None:
        twin = make.state("qqq", "Kazakstan")
        make.withdrawn(twin)
        Entry.objects.filter(pk=twin.pk).update(merged_into=kaz.entry)
        assert words("/ru/states/qqq/#evidence").startswith(
            "Kazakhstan (State). CSTO Knowledge Base, http://localhost:8000/states/kaz/#evidence (read"
        )


@pytest.mark.usefixtures("kaz")
class TestAnswers:
    def test_the_page_is_sound_in_both_languages_and_not_for_search_engines(self) -> None:
        for prefix, title in (("", "Kazakhstan"), ("/ru", "Казахстан")):
            shown = body(cite("/states/kaz/", prefix=prefix)).decode()
            page = Page(shown)
            assert page.errors == []
            assert (page.headings.count(1), page.jumps()) == (1, [])
            assert f"<h1 >{title}</h1>" in shown
            assert '<meta name="robots" content="noindex, nofollow">' in shown
            assert shown.count('data-copy-text="') == 5
            assert f'href="{prefix}/states/kaz/"' in shown

    def test_one_style_can_be_asked_for_alone(self) -> None:
        shown = body(cite("/states/kaz/", style="apa")).decode()
        assert re.findall(r'<p class="c"\s+id="(\w+)"', shown) == ["apa"]

    @pytest.mark.parametrize(
        ("style", "media_type", "suffix"),
        [
            ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
            ("ris", "application/x-research-info-systems; charset=utf-8", "ris"),
            ("csl", "application/vnd.citationstyles.csl+json", "csl"),
        ],
    )
    def test_a_format_is_answered_as_a_file(self, style: str, media_type: str, suffix: str) -> None:
        response = cite("/states/kaz/", style=style)
        assert response["Content-Type"] == media_type
        assert response["Content-Disposition"] == f'inline; filename="kaz.{suffix}"'
        assert b"http://localhost:8000/states/kaz/" in body(response)

    @pytest.mark.parametrize("style", ["", "csl"])
    def test_who_holds_it_gets_304_for_one_query(self, style: str) -> None:
        path = f"/cite/?{urlencode({'url': '/states/kaz/', 'style': style})}"
        tag = ask(path)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304
        assert len(queries) == 1

    def test_the_cookie_and_the_account_of_a_reader_do_not_matter(self) -> None:
        path = "/cite/?url=/states/kaz/"
        assert body(ask(path)) == body(ask(path, authorization="Bearer nothing"))


@pytest.mark.usefixtures("kaz")
class TestTheWayThere:
    def test_a_record_leads_to_how_it_is_cited_with_the_day_that_was_asked(self) -> None:
        for prefix in ("", "/ru"):
            shown = body(ask(f"{prefix}/states/kaz/?on=2012-12-19")).decode()
            asked = quote(f"{prefix}/states/kaz/?on=2012-12-19", safe="")
            assert f'<a href="{prefix}/cite/?url={asked}" rel="nofollow">' in shown
            assert shown.count(f"{prefix}/cite/?url=") == 1

    def test_a_passage_of_a_statement_is_cited_by_its_anchor_and_no_other_is(self) -> None:
        one = meetings.statement("2022-one", "2022-05-16", title_en="One")
        meetings.passage(meetings.text(one), "p7")
        assert "One (statement, 16 May 2022), passage 7. CSTO" in words("/statements/2022-one/#p7")
        assert words("/statements/2022-one/?passage=p7") == words("/statements/2022-one/#p7")
        assert "passage" not in words("/statements/2022-one/#evidence")
        refused("/statements/2022-one/#p8", 404)
        shown = body(ask("/statements/2022-one/?passage=p7")).decode()
        assert f"/cite/?url={quote('/statements/2022-one/#p7', safe='')}" in shown


def test_what_was_withdrawn_is_gone_here_too() -> None:
    one = make.state("abc", "Abcland")
    make.withdrawn(one)
    assert refused("/states/abc/", 410)["status"] == 410
