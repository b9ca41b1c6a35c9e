"""Help and download against the starter data."""

import json
from html import unescape
from urllib.parse import urlencode

import pytest

from cstokb.pages.syntax import SECTIONS
from cstokb.records.models import Entry
from cstokb.search.filters import FIELD_NAMES
from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def text(path: str) -> str:
    return body(ask(path)).decode()


class TestSearchHelp:
    @pytest.mark.parametrize("query", [one.query for section in SECTIONS for one in section.examples])
    def test_every_example_is_read_without_repair_and_finds_something(self, query: str) -> None:
        answer = data(f"/api/v1/search/?{urlencode({'q': query})}")
        assert answer["notice"] is None
        if query != "peacekeep* NEAR/5 UN":
            assert answer["count"] > 0
        assert unescape(text("/about/search/")).count(f"<code>{query}</code>") == 1

    def test_every_field_has_an_example(self) -> None:
        shown = " ".join(one.query for section in SECTIONS for one in section.examples)
        assert [name for name in FIELD_NAMES if f"{name}:" not in shown] == []


def test_holds_every_public_record_and_no_other() -> None:
    lines = body(ask("/data/records.ndjson")).decode().splitlines()
    told = [(one["kind"], one["id"]) for one in map(json.loads, lines)]
    assert len(told) == len(set(told))
    assert set(told) == set(Entry.objects.public().values_list("kind", "slug"))
