"""The documents made from the code say what the code does."""

from pathlib import Path

import pytest
from django.conf import settings

from cstokb import catalogue
from cstokb.api.services import VIEWS
from cstokb.api.written import documents
from cstokb.corpus.api import VIEWS as CORPUS
from cstokb.listing import registry
from cstokb.records.registry import record_models
from cstokb.search.api import VIEWS as SEARCH

catalogue.fill()
DOCS = Path(settings.BASE_DIR, "docs")


@pytest.mark.parametrize("name", ["api.md", "data-model.md"])
def test_the_document_is_as_the_code_would_write_it_now(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == documents()[name], "run manage.py write_docs"


def test_every_list_and_every_filter_is_described() -> None:
    written = documents()["api.md"].partition("\n# Search")[0]
    sections = {part.split("`/api/v1/", 1)[1].split("/`", 1)[0]: part for part in written.split("\n## ")[1:]}
    assert set(sections) == {one.api for one in registry.listings()}
    for one in registry.listings():
        missing = [name for name in one.filters.base_filters if f"| `{name}` |" not in sections[one.api]]
        assert missing == []


def test_every_kind_of_record_is_described() -> None:
    written = documents()["data-model.md"]
    assert [kind for kind in record_models() if f"(`{kind}`)" not in written] == []


def test_every_service_and_every_parameter_of_it_is_described() -> None:
    written = documents()["api.md"]
    for view in (*VIEWS, *SEARCH, *CORPUS):
        section = written.partition(f"## `/api/v1/{view.name}/`")[2].partition("\n## ")[0]
        assert [one["name"] for one in view.parameters() if f"| `{one['name']}` |" not in section] == []


@pytest.mark.parametrize(
    "address",
    ["/", "/search/", "/treaties/<id>/parties/", "/api/v1/docs/<name>/", "/data/records.ndjson", "/readyz"],
)
def test_every_address_is_named(address: str) -> None:
    assert f"| `{address}` |" in documents()["api.md"]
