"""on= and known_on=: what each address makes of them, and that whoever moves on keeps them."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from cstokb.api.written import addresses
from cstokb.listing.clocks import NONE, Day, clocks_at
from cstokb.records.models import Entry, Head
from tests.listing.asking import ask, body, data, faults

pytestmark = [pytest.mark.contract, pytest.mark.django_db, pytest.mark.usefixtures("starter")]

#: What stands for the id in addresses, where it is not the first record of the list before it.
EXAMPLES = {
    "/treaties/<id>/": "/treaties/cst/",
    "/treaties/<id>/parties/": "/treaties/cst/parties/",
    "/treaties/<id>/compare/": "/treaties/cst/compare/",
    "/treaties/<id>/<on>/": "/treaties/cst/2012-12-19/",
    "/treaties/<id>/<on>/<lang>/": "/treaties/cst/2012-12-19/en/",
    "/api/v1/docs/<name>/": "/api/v1/docs/states/",
    "/sitemap-<kind>-<number>.xml": "/sitemap-state-1.xml",
    "/api/v1/status/": "/api/v1/status/?instrument=cst",
    "/api/v1/resolve/": "/api/v1/resolve/?ref=cst",
    "/api/v1/search/": "/api/v1/search/?q=treaty",
    "/api/v1/suggest/": "/api/v1/suggest/?q=tok",
    **{
        f"/api/v1/{name}/": f"/api/v1/{name}/?q=treaty"
        for name in ("concordance", "trends", "collocations", "keyness")
    },
    "/api/v1/statement-comparison/": (
        "/api/v1/statement-comparison/?a=2020-12-02-declaration&b=2021-09-16-declaration"
    ),
}
DAY = "2010-01-01"


def example(address: str) -> str:
    """An address of this pattern at which something stands."""
    if address in EXAMPLES or "<" not in address:
        return EXAMPLES.get(address, address)
    before = address.partition("<")[0]
    if before.startswith("/api/"):
        return f"{before}{data(before + '?page_size=1')['results'][0]['id']}/"
    found = (
        Entry.objects.public()
        .filter(path__startswith=before)
        .exclude(path__contains="#")
        .order_by("slug")
        .first()
    )
    assert found is not None, f"{address} needs an example"
    return found.path


def asked(address: str, **clock: str) -> int:
    path = example(address)
    parts = urlsplit(path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Client().get(parts.path, {**query, **clock}).status_code


@pytest.mark.parametrize("address", list(addresses()))
def test_an_address_takes_the_clocks_that_the_table_says_and_refuses_the_others(address: str) -> None:
    told = addresses()[address]
    now = timezone.now().isoformat()
    for name, value in (("on", DAY), ("known_on", now)):
        taken = told is None or name in told.taken
        assert asked(address, **{name: value}) == (200 if taken else 400), (example(address), name)
        if told is not None and taken:
            assert asked(address, **{name: "tomorrow"}) == 400
            if name == "known_on":
                assert asked(address, known_on=(timezone.now() + timedelta(days=2)).isoformat()) == 400


def test_a_clock_that_is_refused_is_named() -> None:
    assert [(one["parameter"], one["code"]) for one in faults("/api/v1/topics/?on=2010-01-01")] == [
        ("on", "unknown_parameter")
    ]
    assert [one["parameter"] for one in faults("/api/v1/sources/?on=2010-01-01")] == ["on"]
    assert "<code>on" in body(ask("/topics/afghanistan/?on=2010-01-01", 400)).decode()


class Links(HTMLParser):
    """The links of a page, and those that leave a clock on purpose."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[str] = []
        self.leaving: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            if given.get("data-now"):
                self.leaving[str(given["data-now"])] = str(given["href"])
            else:
                self.all.append(str(given["href"]))


PAGES = (
    *(
        "/",
        "/states/",
        "/states/kaz/",
        "/states/uzb/",
        "/people/",
        "/organs/csc/",
        "/treaties/",
        "/treaties/cst/",
        "/treaties/cst/2012-12-19/en/",
    ),
    *(
        "/treaties/cst/art-4/",
        "/treaties/cst/parties/",
        "/treaties/status/",
        "/summits/",
        "/summits/attendance/",
    ),
    *(
        "/summits/chairmanships/",
        "/summits/2022-05-16-moscow/",
        "/statements/",
        "/topics/",
        "/topics/afghanistan/",
    ),
)


@pytest.mark.parametrize("language", ["", pytest.param("/ru", marks=pytest.mark.slow)])
@pytest.mark.parametrize("page", PAGES)
def test_every_link_keeps_the_moment_where_the_page_that_it_leads_to_takes_it(
    page: str, language: str
) -> None:
    links = Links(body(ask(f"{language}{page}?known_on={moment()}")).decode())
    lost = [
        url
        for url in links.all
        if url.startswith("/") and clocks_at(urlsplit(url).path).known_on and "known_on=" not in url
    ]
    assert lost == []
    wrong = [
        url
        for url in links.all
        if url.startswith("/") and "known_on=" in url and not clocks_at(urlsplit(url).path).known_on
    ]
    assert [url for url in wrong if not url.startswith(f"{language}/search")] == []
    assert urlsplit(links.leaving["known_on"]).query == ""


@pytest.mark.parametrize("page", ["/states/kaz/", "/treaties/cst/", "/treaties/status/", "/", "/states/"])
def test_every_link_keeps_the_day_where_it_shows_and_not_where_it_would_narrow(page: str) -> None:
    links = Links(body(ask(f"{page}?on={DAY}")).decode())
    by_day: dict[Any, set[bool]] = {day: set() for day in Day}
    for url in links.all:
        if url.startswith("/") and urlsplit(url).path != page:
            by_day[clocks_at(urlsplit(url).path).on].add(f"on={DAY}" in url)
    assert by_day[Day.SHOWS] == {True}
    assert by_day[Day.NARROWS] <= {False}
    assert by_day[Day.REFUSED] <= {False}


def test_both_clocks_are_kept_together_and_each_is_left_alone() -> None:
    links = Links(body(ask(f"/states/kaz/?on={DAY}&known_on={moment()}")).decode())
    queries = {name: parse_qs(urlsplit(url).query) for name, url in links.leaving.items()}
    assert queries == {"on": {"known_on": [moment()]}, "known_on": {"on": [DAY]}}


def test_a_page_without_a_clock_is_left_as_it_is() -> None:
    links = Links(body(ask("/states/kaz/")).decode())
    assert not [url for url in links.all if re.search(r"[?&;](on|known_on)=", url)]
    assert clocks_at("/nowhere/") == NONE


def moment() -> str:
    at = Head.objects.get(pk=1).changed_at
    assert at is not None
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?known_on={moment}", "As this knowledge base said on"),
        ("?on=2010-01-01", "As it stood on"),
    ],
)
def test_the_banner_says_in_words_what_is_shown(query: str, words: str) -> None:
    for page in ("/states/", "/states/kaz/", "/treaties/cst/parties/", "/treaties/status/", "/people/", "/"):
        if "on=2010" in query and page in ("/people/",):
            continue
        assert words in body(ask(page + query.format(moment=moment()))).decode(), page
        assert words not in body(ask(page)).decode(), page


def test_before_the_first_publication_there_are_no_rows_and_a_notice() -> None:
    for page in ("/states/", "/summits/attendance/", "/treaties/status/", "/"):
        assert "nothing had been published yet" in body(ask(f"{page}?known_on=2020-01-01")).decode(), page
    assert data("/api/v1/states/?known_on=2020-01-01")["count"] == 0
    assert (
        data("/api/v1/status/?instrument=cst&known_on=2020-01-01", 400)["errors"][0]["code"]
        == "names_nothing"
    )
    page = body(ask("/states/kaz/?known_on=2020-01-01", 404)).decode()
    assert "At that moment this record had not been published yet." in page
    assert Links(page).leaving == {"known_on": "/states/kaz/"}
