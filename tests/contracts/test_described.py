"""What the API's description says is what the code does, for every Listing."""

import json
from functools import cache
from typing import Any

import pytest
from django.test import Client

from cstokb import catalogue
from cstokb.accounts.models import ApiToken
from cstokb.listing import registry, surfaces
from cstokb.listing.listing import Listing
from tests.factories.curators import curator, signed_in
from tests.listing.asking import ask, body

catalogue.fill()
pytestmark = [pytest.mark.contract, pytest.mark.django_db]
every_listing = pytest.mark.parametrize(
    "listing", registry.listings(), ids=[one.api for one in registry.listings()]
)


@cache
def schema() -> dict[str, Any]:
    """The API's description."""
    found: dict[str, Any] = json.loads(body(ask("/api/v1/schema/", accept="application/json")))
    return found


def operation(path: str) -> dict[str, Any]:
    """The description of reading an address."""
    found: dict[str, Any] = schema()["paths"][path]["get"]
    return found


def parameters(path: str, place: str = "query") -> set[str]:
    return {one["name"] for one in operation(path)["parameters"] if one["in"] == place}


HIDDEN = (
    *("sort=created_by__password", "sort=-internal_note", "sort=-entry__reason"),
    *("created_by__password__startswith=p", "entry__reason=x", "ordering=name"),
)
#: What records of some kinds are asked beside the parameters of every record.
OF_A_RECORD = {"instruments": {"state"}, "provisions": {"state"}}


@every_listing
def test_the_parameters_described_are_those_that_are_read(listing: Listing) -> None:
    """B066."""
    surface = set(surfaces.API) if listing.expansions else set(surfaces.API) - {"expand"}
    assert parameters(f"/api/v1/{listing.api}/") == set(listing.filters.base_filters) | surface
    record = set(surfaces.api_record(tells_day=listing.tells_day))
    record |= OF_A_RECORD.get(listing.api, set())
    assert parameters(f"/api/v1/{listing.api}/{{id}}/") == record - (
        set() if listing.expansions else {"expand"}
    )
    assert parameters(f"/api/v1/{listing.api}/{{id}}/", "path") == {"id"}


@every_listing
def test_the_words_to_sort_by_are_described_and_no_others_are_taken(listing: Listing) -> None:
    """B051: nobody sorts or filters by what may not be seen, whoever asks."""
    described = {one["name"]: one for one in operation(f"/api/v1/{listing.api}/")["parameters"]}
    words = described["sort"]["schema"]["enum"] if "sort" in described else []
    text = ApiToken.objects.issue(curator("editor"), "x", scopes=["read"])[1]
    client = signed_in(curator("publisher"))
    for query in HIDDEN:
        name = query.partition("=")[0]
        for headers in ({}, {"authorization": f"Bearer {text}"}):
            answer = Client().get(f"/api/v1/{listing.api}/?{query}", headers=headers)
            (fault,) = answer.json()["errors"]
            assert (answer.status_code, fault["parameter"]) == (400, name)
            if name == "sort" and words:
                assert fault["allowed"] == words
        assert client.get(f"/api/v1/{listing.api}/?{query}").status_code == 400
    for word in words:
        ask(f"/api/v1/{listing.api}/?page_size=1&sort={word}")


@every_listing
def test_the_members_described_are_those_of_a_row(listing: Listing) -> None:
    answer = operation(f"/api/v1/{listing.api}/")["responses"]["200"]["content"]["application/json"]["schema"]
    name = answer["properties"]["results"]["items"]["$ref"].rpartition("/")[2]
    described = schema()["components"]["schemas"][name]["properties"]
    assert set(described) == {*listing.keys, *listing.expansions}


@every_listing
def test_every_refusal_is_described(listing: Listing) -> None:
    responses = operation(f"/api/v1/{listing.api}/")["responses"]
    assert {"200", "304", "400", "404", "406", "410", "429"} <= set(responses)
    assert list(responses["400"]["content"]) == ["application/problem+json"]
