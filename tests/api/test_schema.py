"""The OpenAPI document says exactly what the code reads and answers."""

import os
from pathlib import Path
from typing import Any

import pytest

from cstokb import catalogue
from cstokb.api import reference
from cstokb.api.reference import document, example_of, grouped
from cstokb.api.services import VIEWS
from cstokb.corpus.api import VIEWS as CORPUS
from cstokb.listing import registry, surfaces
from cstokb.listing.listing import Listing
from cstokb.search.api import VIEWS as SEARCH
from tests.listing.asking import ask, body, data, faults
from tests.pages.wellformed import Page

catalogue.fill()
pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("schema.txt")
LISTINGS = registry.listings()
every_listing = pytest.mark.parametrize("listing", LISTINGS, ids=[one.api for one in LISTINGS])


def operation(path: str) -> dict[str, Any]:
    found: dict[str, Any] = document()["paths"][path]["get"]
    return found


def parameters(path: str) -> list[str]:
    return [one["name"] for one in operation(path)["parameters"] if one["in"] == "query"]


def test_names_in_a_description_are_code_on_its_page_and_nothing_else_becomes_markup() -> None:
    page = body(ask("/api/v1/docs/")).decode()
    assert "``" not in page
    assert "with <code>on</code>" in page
    assert "<code>&lt;b&gt;</code> &lt;i&gt;" in reference._marked("``<b>`` <i>")


def test_it_is_json_unless_yaml_is_asked_for() -> None:
    response = ask("/api/v1/schema/")
    assert response["Content-Type"].startswith("application/json")
    assert body(response).decode().startswith('{"openapi": "3.1')
    assert body(ask("/api/v1/schema/?format=yaml")).decode().startswith("openapi: 3.1")
    assert ask("/api/v1/schema/", 200, Accept="application/vnd.oai.openapi+json").status_code == 200
    assert ask("/api/v1/schema/", 406, Accept="text/csv").status_code == 406


@every_listing
def test_a_list_names_the_parameters_that_it_reads_and_no_other(listing: Listing) -> None:
    told = parameters(f"/api/v1/{listing.api}/")
    assert len(told) == len(set(told))
    assert set(told) == {*listing.filters.base_filters, *surfaces.API, "fields", "expand"} - (
        set() if listing.expansions else {"expand"}
    )
    (fault,) = faults(f"/api/v1/{listing.api}/?zqx=1")
    assert set(fault["allowed"]) - {"expand"} == set(told) - {"expand"}


@every_listing
def test_the_words_of_a_vocabulary_are_those_that_are_accepted(listing: Listing) -> None:
    path = f"/api/v1/{listing.api}/"
    for one in operation(path)["parameters"]:
        schema = one["schema"].get("items", one["schema"])
        for word in schema.get("enum", ())[:2]:
            ask(f"{path}?{one['name']}={word}")
        if "enum" in schema:
            (fault,) = faults(f"{path}?{one['name']}=zqx")
            assert fault["parameter"] == one["name"]
            added = set(listing.expansions) if one["name"] == "fields" else set()  # those that expand adds
            assert set(fault["allowed"]) == set(schema["enum"]) - added


@every_listing
def test_a_row_has_the_members_that_are_described(listing: Listing) -> None:
    described = operation(f"/api/v1/{listing.api}/")["responses"]["200"]["content"]["application/json"]
    name = described["schema"]["properties"]["results"]["items"]["$ref"].rpartition("/")[2]
    members = set(document()["components"]["schemas"][name]["properties"])
    assert members == {*listing.keys, *listing.expansions}


@pytest.mark.parametrize("view", [*VIEWS, *SEARCH, *CORPUS], ids=lambda view: view.name)
def test_a_service_reads_what_it_says(view: Any) -> None:
    told = parameters(f"/api/v1/{view.name}/")
    assert len(told) == len(set(told))
    (fault,) = faults(f"/api/v1/{view.name}/?zqx=1")
    assert (fault["code"], set(fault["allowed"])) == ("unknown_parameter", set(told))


def test_every_address_of_the_api_is_described() -> None:
    told = {path.removeprefix("/api/v1/").partition("/")[0] for path in document()["paths"]}
    index = data("/api/v1/")
    assert told - {""} == {*index["resources"], *index["services"]}


def summary() -> str:
    """The document in short: for each address its parameters and the members of what it answers."""
    lines = []
    for path, methods in sorted(document()["paths"].items()):
        found = (
            methods["get"]["responses"]["200"]
            .get("content", {})
            .get("application/json", {})
            .get("schema", {})
        )
        lines.append(f"{path} ? {' '.join(parameters(path))}")
        lines.append(f"    = {' '.join(_members(found))}")
    return "\n".join(lines) + "\n"


def _members(schema: dict[str, Any]) -> list[str]:
    while "$ref" in schema or schema.get("type") == "array" or "results" in schema.get("properties", {}):
        if "$ref" in schema:
            schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif schema.get("type") == "array":
            schema = schema["items"]
        else:
            schema = schema["properties"]["results"]
    return list(schema.get("properties", ()))


def test_it_has_not_changed_unseen() -> None:
    """With WRITE_SNAPSHOT set the summary is written anew, for whoever meant to change the API."""
    if os.environ.get("WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(summary(), encoding="utf-8")
    assert summary() == SNAPSHOT.read_text(encoding="utf-8")


#: The pages of the reference, by the summary above: asking the document would make it in every process that collects.
PATHS = [line.split()[0] for line in SNAPSHOT.read_text("utf-8").splitlines() if line.startswith("/")]
NAMES = sorted({path.split("/")[3] for path in PATHS})


class TestReference:
    def test_every_part_of_the_document_has_a_page(self) -> None:
        assert sorted(grouped()) == NAMES
        assert NAMES[0] == ""  # the index of the API, and of the reference

    @pytest.mark.parametrize("name", NAMES)
    def test_every_page_is_well_formed(self, name: str) -> None:
        page = Page(body(ask(f"/api/v1/docs/{name}/" if name else "/api/v1/docs/")).decode())
        assert page.errors == []
        assert page.jumps() == []
        assert sorted(page.ids) == sorted(set(page.ids))

    def test_a_page_names_every_parameter_and_member(self) -> None:
        shown = body(ask("/api/v1/docs/states/")).decode()
        for name in (*parameters("/api/v1/states/"), *registry.listing("states").keys):
            assert f">{name}</th>" in shown

    def test_what_a_page_proposes_to_ask_is_answered(self) -> None:
        """Near miss: where a question must be thought of, such as two statements to compare, none is proposed."""
        examples = {path: example_of(path, one) for part in grouped().values() for path, one in part}
        assert examples["/api/v1/keyness/"] == "/api/v1/keyness/?q=security"
        assert [examples[f"/api/v1/{name}/"] for name in ("statement-comparison", "resolve", "status")] == [
            ""
        ] * 3
        for example in filter(None, examples.values()):
            ask(example)

    def test_there_is_no_page_of_what_is_not_there(self) -> None:
        ask("/api/v1/docs/nothing/", 404)
