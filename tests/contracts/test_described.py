"""What the API's description says is what the code does, for every Listing."""

import json
from functools import cache
from typing import Any

import pytest

from cstokb import catalogue
from cstokb.listing import registry, surfaces
from cstokb.listing.listing import Listing
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
