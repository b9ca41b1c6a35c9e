"""What holds for every Listing: the same question gives the same rows on every surface, at the same price."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb import catalogue
from cstokb.listing import registry
from cstokb.listing.listing import Listing
from cstokb.records.choices import Visibility
from cstokb.records.models import Entry
from tests.listing.asking import ask, body, data, faults, ids_in
from tests.scale import few_and_all

catalogue.fill()
LISTINGS = registry.listings()
PAGED = [one for one in LISTINGS if one.path]
NAMES = [one.api for one in LISTINGS]

pytestmark = [
    pytest.mark.contract,
    pytest.mark.django_db,
    pytest.mark.usefixtures("starter"),
]
#: Rows beyond which a list is walked in its own order alone.
LONG = 500
every_listing = pytest.mark.parametrize("listing", LISTINGS, ids=NAMES)
every_page = pytest.mark.parametrize("listing", PAGED, ids=[one.api for one in PAGED])


def suffixed(listing: Listing, form: str, query: str = "") -> str:
    return f"{listing.path.rstrip('/')}.{form}{query}"


def questions(listing: Listing) -> Iterator[str]:
    """The plain list, and, where the whole list is not long to walk, two other orders."""
    yield ""
    filters = listing.filters.base_filters
    if data(f"/api/v1/{listing.api}/?page_size=1")["count"] > LONG:
        return
    for word in filters["sort"].allowed[:2] if "sort" in filters else ():
        yield f"?sort={word}"


class Links(HTMLParser):
    """The links of the main part of a page, and among them those of the titles of its cards, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self.cards: list[str] = []
        self._open: dict[str, bool] = {"main": False, "ol": False, "h3": False}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self._open:
            self._open[tag] = tag != "ol" or given.get("class") == "records"
        if tag == "a" and self._open["main"]:
            self.all.append(str(given.get("href")))
            if self._open["ol"] and self._open["h3"]:
                self.cards.append(str(given.get("href")))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open[tag] = False


def all_pages(listing: Listing, query: str) -> list[str]:
    """The ids of every page of the API's list, walked by its own links."""
    ids: list[str] = []
    url = f"/api/v1/{listing.api}/{query or '?'}&page_size=200"
    while url:
        answer = data(url)
        ids += [one["id"] for one in answer["results"]]
        url = answer["next"]
    return ids


@every_listing
def test_page_api_and_every_export_hold_the_same_rows_in_the_same_order(listing: Listing) -> None:
    for query in questions(listing):
        expected = all_pages(listing, query)
        assert len(expected) == len(set(expected)) == data(f"/api/v1/{listing.api}/{query}")["count"]
        for form in ("csv", "ndjson"):
            assert ids_in(f"/api/v1/{listing.api}.{form}{query}") == expected, (query, form)
        if listing.path:
            for form in ("csv", "ndjson", "json", "xlsx"):
                assert ids_in(suffixed(listing, form, query)) == expected, (query, form)
            assert ids_in(suffixed(listing, "atom", query)) == expected[:200], query


@every_page
def test_the_page_links_to_the_records_that_the_api_lists(listing: Listing) -> None:
    page = Links()
    page.feed(body(ask(listing.path)).decode())
    results = data(f"/api/v1/{listing.api}/?page_size=50")["results"]
    expected = [re.sub(r"^https?://[^/]+", "", one["html_url"]) for one in results if one["html_url"]]
    assert set(expected) <= set(page.all)
    if page.cards:
        assert page.cards == expected


@every_page
def test_a_facet_counts_what_its_filter_finds(listing: Listing) -> None:
    """With every filter but its own: the plain list has none, so that each count is that of the filter alone."""
    for facet in ask(listing.path).context["facets"]:
        for value in (*facet.values[:3], *facet.values[-2:]):
            found = data(f"/api/v1/{listing.api}/?page_size=1&{facet.name}={value.value}")
            assert found["count"] == value.count, (facet.name, value)


@every_listing
def test_a_record_says_what_its_row_says(listing: Listing) -> None:
    rows = data(f"/api/v1/{listing.api}/?page_size=3")["results"]
    for row in rows:
        record = data(f"/api/v1/{listing.api}/{row['id']}/")
        assert {key: record[key] for key in row} == row


@every_listing
def test_known_now_is_the_same_as_not_said(listing: Listing) -> None:
    now = timezone.now().isoformat().replace("+00:00", "Z")
    known = f"/api/v1/{listing.api}/?page_size=200&known_on={now}"
    if "known_on" not in listing.filters.base_filters:
        assert [fault["parameter"] for fault in faults(known)] == ["known_on"]
        return
    plain = data(f"/api/v1/{listing.api}/?page_size=200")["results"]
    assert data(known)["results"] == plain


@every_listing
def test_a_list_costs_the_same_for_one_row_and_for_two_hundred(listing: Listing) -> None:
    """B100."""
    costs = {size: cost(f"/api/v1/{listing.api}/?page_size={size}") for size in (1, 20, 200)}
    assert len(set(costs.values())) == 1, costs
    assert costs[1] <= 4 + EXTRA.get(listing.api, 0)
    if listing.path:
        pages = {size: cost(f"{listing.path}?page_size={size}") for size in (1, 20, 200)}
        assert len(set(pages.values())) == 1, pages
        assert pages[1] <= 4 + EXTRA.get(listing.api, 0) + ON_PAGES.get(listing.api, 0)


#: Queries that a list needs beside revision, count, rows and names, each once for all its rows: amendments read the
#: dates of their makers; chairmanships look at the sessions from which they follow. What provisions, passages and acts
#: say beside comes with the names.
EXTRA = {"formulas": 1, "amendments": 1, "chairmanships": 1}
#: What the page of a list needs beside: that of states names the acts by which each standing began, that of
#: chairmanships every turn that follows from the rule.
ON_PAGES = {"states": 1, "chairmanships": 1}


def cost(url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        body(ask(url))
    return len(queries)


@every_listing
def test_an_export_and_a_feed_cost_the_same_for_few_rows_and_for_many(listing: Listing) -> None:
    """B100."""
    for form in (*("csv", "ndjson", "xlsx"), *(["atom"] if listing.path else [])):
        bare = listing.path.rstrip("/") if form == "atom" else f"/api/v1/{listing.api}"
        costs = {size: cost(f"{bare}.{form}?page_size={size}") for size in (1, 20, 200)}
        assert len(set(costs.values())) == 1, (form, costs)
        assert costs[1] <= 15


@every_listing
def test_what_the_reader_holds_costs_one_query(listing: Listing) -> None:
    for url in filter(None, (f"/api/v1/{listing.api}/", listing.path)):
        etag = ask(url)["ETag"]
        with CaptureQueriesContext(connection) as queries:
            response = ask(url, 304, if_none_match=etag)
        assert len(queries) == 1
        assert response["ETag"] == etag


@every_listing
def test_only_public_records_are_listed(listing: Listing) -> None:
    if not listing.is_record:
        return
    hidden = Entry.objects.filter(kind=listing.kind).exclude(visibility=Visibility.PUBLIC)
    assert not set(hidden.values_list("slug", flat=True)) & set(ids_in(f"/api/v1/{listing.api}.ndjson"))


@every_listing
def test_an_unknown_parameter_is_refused_by_name_and_set_aside_on_the_page(listing: Listing) -> None:
    refused = data(f"/api/v1/{listing.api}/?utm_source=letter", 400)
    assert [one["parameter"] for one in refused["errors"]] == ["utm_source"]
    if listing.path:
        assert "utm_source" in body(ask(f"{listing.path}?utm_source=letter")).decode()
        ask(suffixed(listing, "csv", "?utm_source=letter"), 400)


@every_listing
def test_the_row_of_an_export_has_the_keys_of_the_description(listing: Listing) -> None:
    first = body(ask(f"/api/v1/{listing.api}.ndjson")).decode().split("\n", 1)[0]
    if first:
        assert tuple(json.loads(first)) == listing.keys


@every_listing
@few_and_all("share", 3, 1)
def test_no_answer_is_a_fault_of_ours_whatever_is_sent(listing: Listing, share: int) -> None:
    """Every value in the slow lane; else a third of them, another third for the next Listing."""
    client, values = Client(), HOSTILE[LISTINGS.index(listing) % share :: share]
    for name in listing.filters.base_filters:
        for value in values:
            response: Any = client.get(f"/api/v1/{listing.api}/", {name: value})
            assert response.status_code in (200, 400), (name, value)
    for name in ("page", "page_size", "cursor", "count", "fields", "expand", "format"):
        for value in values:
            assert client.get(f"/api/v1/{listing.api}/", {name: value}).status_code == 400, (name, value)


HOSTILE = (
    "\x00",
    "99999999999999999999",
    "-1",
    "1e400",
    "2022-02-30",
    "'; DROP TABLE x; --",
    "%",
    "😀" * 50,
    "a" * 5000,
)
