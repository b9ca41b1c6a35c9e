"""Files for programs: sitemap, robots, OpenSearch, security.txt; and what stands where nothing does."""

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from cstokb.pages import errors
from members.models import Person
from tests.factories import records as make
from tests.listing.asking import ask, body

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "https://kb.example.org"


@pytest.fixture
def site(settings: Settings) -> str:
    settings.SITE_URL = SITE
    return SITE


def tree(path: str) -> ElementTree.Element:
    return ElementTree.fromstring(body(ask(path)))  # noqa: S314  what the product itself has written


class TestSitemap:
    def test_names_its_parts_on_the_configured_domain(self, site: str) -> None:
        make.state("kaz", "Kazakhstan")
        parts = [one.text for one in tree("/sitemap.xml").iter(f"{MAP}loc")]
        assert parts == [f"{SITE}/sitemap-{kind}-1.xml" for kind in ("pages", "source", "state")]

    def test_a_page_stands_in_both_languages_each_naming_both(self, site: str) -> None:
        make.state("kaz", "Kazakhstan")
        urls = list(tree("/sitemap-state-1.xml"))
        assert [one.findtext(f"{MAP}loc") for one in urls] == [
            f"{SITE}/states/kaz/",
            f"{SITE}/ru/states/kaz/",
        ]
        for one in urls:
            alternates = {link.get("hreflang"): link.get("href") for link in one.iter(LINK)}
            english = f"{SITE}/states/kaz/"
            assert alternates == {"en": english, "ru": f"{SITE}/ru/states/kaz/", "x-default": english}

    def test_the_moment_of_change_has_a_zone_and_is_the_same_the_next_time(self, site: str) -> None:
        make.state("kaz", "Kazakhstan", at=datetime(2026, 2, 1, 9, 30, tzinfo=UTC))
        first, second = (body(ask("/sitemap-state-1.xml")) for _twice in range(2))
        assert first == second
        moments = {one.text for one in tree("/sitemap-state-1.xml").iter(f"{MAP}lastmod")}
        assert moments == {"2026-02-01T09:30:00Z"}

    def test_drafts_and_what_was_withdrawn_are_left_out(self, site: str) -> None:
        make.state("kaz", "Kazakhstan")
        make.draft(Person(name_en="Nobody"), "nobody")
        make.withdrawn(make.person("gone", "Gone"))
        assert "person" not in body(ask("/sitemap.xml")).decode()
        ask("/sitemap-person-1.xml", 404)

    @pytest.mark.parametrize(
        "path", ["/sitemap-state-2.xml", "/sitemap-nothing-1.xml", "/sitemap-pages-2.xml"]
    )
    def test_there_are_no_other_parts(self, path: str, site: str) -> None:
        make.state("kaz", "Kazakhstan")
        ask(path, 404)

    def test_every_page_in_it_answers(self, site: str) -> None:
        make.state("kaz", "Kazakhstan")
        for part in tree("/sitemap.xml").iter(f"{MAP}loc"):
            for url in tree(str(part.text).removeprefix(SITE)).iter(f"{MAP}loc"):
                ask(str(url.text).removeprefix(SITE))


class TestFiles:
    def test_crawlers_are_told_where_the_sitemap_is(self, site: str) -> None:
        lines = body(ask("/robots.txt")).decode().splitlines()
        assert f"Sitemap: {SITE}/sitemap.xml" in lines
        assert "Disallow: /search/" in lines
        assert {"Disallow: /cite/", "Disallow: /ru/cite/"} <= set(lines)

    def test_a_browser_can_add_the_search(self, site: str) -> None:
        response = ask("/opensearch.xml")
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        templates = [one.get("template") for one in tree("/opensearch.xml") if one.get("template")]
        assert f"{SITE}/search/?q={{searchTerms}}" in templates

    def test_a_browser_that_asks_for_an_icon_unbidden_gets_the_one_that_pages_name(self) -> None:
        response = ask("/favicon.ico")
        assert (response["Content-Type"], response["Cache-Control"]) == (
            "image/svg+xml",
            "public, max-age=86400",
        )
        assert body(response) == (configured.BASE_DIR / "static/icon.svg").read_bytes()
        ask("/favicon.png", 404)

    @pytest.mark.parametrize(
        ("address", "contact"), [("kb@example.org", "mailto:kb@example.org"), ("", f"{SITE}/about/#errors")]
    )
    def test_a_finder_of_weaknesses_is_told_whom_to_write_to(
        self, address: str, contact: str, site: str, settings: Settings, moment: datetime
    ) -> None:
        settings.CONTACT_EMAIL = address
        lines = body(ask("/.well-known/security.txt")).decode().splitlines()
        assert lines[:2] == [f"Contact: {contact}", "Expires: 2026-09-01T00:00:00Z"]

    @pytest.mark.parametrize(
        "path", ["/robots.txt", "/opensearch.xml", "/.well-known/security.txt", "/favicon.ico"]
    )
    def test_nothing_but_reading_is_allowed(self, path: str) -> None:
        assert Client().post(path).status_code == 405


def request(path: str) -> HttpRequest:
    return RequestFactory().get(path)


class TestErrors:
    @pytest.mark.parametrize(("path", "words"), [("/nothing/", "Nothing stands"), ("/ru/nothing/", "не")])
    def test_a_missing_page_is_a_page_with_a_search_box_in_its_language(self, path: str, words: str) -> None:
        shown = body(ask(path, 404)).decode()
        assert words in shown
        assert 'role="search"' in shown
        assert re.search(r'<html lang="(en|ru)">', shown)[1] == ("ru" if path.startswith("/ru") else "en")  # type: ignore[index]

    def test_a_missing_endpoint_is_a_problem_document(self) -> None:
        response = ask("/api/v1/nothing-of-the-sort", 404)
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 404

    @pytest.mark.parametrize(
        ("view", "status"), [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)]
    )
    def test_each_has_a_page_and_a_problem(self, view: object, status: int) -> None:
        page = view(request("/x/"), Exception())  # type: ignore[operator]
        assert (page.status_code, page["Content-Type"].partition(";")[0]) == (status, "text/html")
        problem = view(request("/api/v1/x/"), Exception())  # type: ignore[operator]
        assert (problem.status_code, problem["Content-Type"]) == (status, "application/problem+json")

    @pytest.mark.parametrize(
        ("wait", "status", "retry"), [("BEGIN IMMEDIATE", 503, "30"), ("SELECT nothing", 500, None)]
    )
    def test_who_could_not_write_in_time_is_asked_to_try_again(
        self, tmp_path: Path, wait: str, status: int, retry: str | None
    ) -> None:
        """The error is SQLite's own: one connection writes, another waits for nothing."""
        writer, other = (sqlite3.connect(tmp_path / "a.sqlite3", timeout=0) for _ in range(2))
        writer.execute("BEGIN IMMEDIATE")
        try:
            try:
                other.execute(wait)
            except sqlite3.OperationalError as error:
                raise OperationalError from error
        except OperationalError:
            answers = [errors.server_error(request(path)) for path in ("/admin/", "/api/v1/x/")]
        writer.close()
        other.close()
        assert [(one.status_code, one.get("Retry-After")) for one in answers] == [(status, retry)] * 2
        assert ("reload this page in half a minute" in body(answers[0]).decode()) == (status == 503)

    def test_a_fault_of_ours_is_told_without_asking_the_database(
        self, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            page = errors.server_error(request("/x/"))
            problem = errors.server_error(request("/api/v1/x/"))
        assert (page.status_code, problem.status_code) == (500, 500)
        assert "Something went wrong" in body(page).decode()
        assert problem["Content-Type"] == "application/problem+json"
