"""A milestone has a page with its sources, stands on the pages of those it concerns, and is found by its words."""

import pytest
from django.test import Client

from tests.listing.asking import data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
OBSERVER = "/milestones/2004-12-02-un-observer/"


@pytest.mark.parametrize(
    ("path", "words", "other"),
    [
        (OBSERVER, "granted the Organization observer status", "предоставила Организации"),
        (f"/ru{OBSERVER}", "предоставила Организации статус наблюдателя", "granted the Organization"),
    ],
)
def test_its_page_says_what_happened_when_and_by_which_source(
    client: Client, path: str, words: str, other: str
) -> None:
    page = client.get(path).content.decode()
    assert words in page
    assert other not in page
    assert 'datetime="2004-12-02"' in page
    assert "/sources/e0e7f2b459/" in page


def test_it_stands_on_the_pages_of_those_it_concerns_and_on_no_other(client: Client) -> None:
    link = "/milestones/2024-02-22-armenia-freeze/"
    assert link in client.get("/states/arm/").content.decode()
    assert link not in client.get("/states/blr/").content.decode()
    assert "/milestones/1992-05-15-treaty-signed/" in client.get("/treaties/cst/").content.decode()


@pytest.mark.parametrize(
    "query", ["UN observer status", "статус наблюдателя ООН", "General Assembly resolution 59/50"]
)
def test_it_is_found_by_its_words_and_by_other_names_of_what_it_names(query: str) -> None:
    found = [(one["type"], one["id"]) for one in data(f"/api/v1/search/?q={query}")["results"]]
    assert ("milestone", "2004-12-02-un-observer") in found[:3]
    assert ("milestone", "2010-12-10-charter-protocol-signed") not in found


def test_the_list_is_searched_by_words_and_divided_by_state() -> None:
    listed = data("/api/v1/milestones/?q=frozen&state=arm")
    assert [one["id"] for one in listed["results"]] == ["2024-02-22-armenia-freeze"]
    assert data("/api/v1/milestones/?q=frozen&state=blr")["count"] == 0
