"""Help and download against the starter data."""

import json
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from cstokb.pages.syntax import SECTIONS
from cstokb.records.models import Entry
from cstokb.search.filters import FIELD_NAMES
from tests.listing.asking import ask, body, data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


#: Examples of what texts hold that the starter data does not.
WITHOUT_TEXTS = ("peacekeep* NEAR/5 UN",)


def text(path: str) -> str:
    return body(ask(path)).decode()


def examples(outcome: str) -> list[str]:
    return [one.query for section in SECTIONS if section.outcome == outcome for one in section.examples]


class TestSearchHelp:
    def asked(self, query: str, status: int = 200) -> Any:
        return data(f"/api/v1/search/?{urlencode({'q': query, 'page_size': '1'})}", status)

    @pytest.mark.parametrize("query", examples("found"))
    def test_an_example_is_read_without_repair_and_finds_something(self, query: str) -> None:
        answer = self.asked(query)
        assert (answer["notice"], answer["did_you_mean"]) == (None, None)
        if query not in WITHOUT_TEXTS:
            assert answer["count"] > 0

    @pytest.mark.parametrize("query", examples("mended"))
    def test_a_slip_is_mended_and_it_is_said(self, query: str) -> None:
        answer = self.asked(query)
        assert answer["notice"]
        assert answer["count"] > 0

    @pytest.mark.parametrize("query", examples("nothing"))
    def test_what_asks_for_nothing_finds_nothing_and_says_why(self, query: str) -> None:
        answer = self.asked(query)
        assert answer["notice"]
        assert answer["count"] == 0

    @pytest.mark.parametrize("query", examples("meant"))
    def test_a_misspelt_word_finds_nothing_and_is_offered_put_right(self, query: str) -> None:
        answer = self.asked(query)
        assert answer["count"] == 0
        assert answer["did_you_mean"]["count"] > 0

    @pytest.mark.parametrize("query", examples("refused"))
    def test_what_is_refused_is_told_its_place(self, query: str) -> None:
        (error,) = self.asked(query, 400)["errors"]
        assert error["detail"].startswith("Characters ")

    @pytest.mark.parametrize("path", ["/about/search/", "/ru/about/search/"])
    def test_the_page_shows_every_example_once_with_a_way_to_ask_it(self, path: str) -> None:
        shown = unescape(text(path))
        for section in SECTIONS:
            for one in section.examples:
                assert shown.count(f"<code>{one.query}</code>") == 1, one.query
                link = f"{path.removesuffix('about/search/')}search/?{urlencode({'q': one.query})}"
                assert (f'href="{link}"' in shown) == (section.outcome != "refused"), one.query

    def test_every_operator_has_an_example(self) -> None:
        shown = " ".join(one.query for section in SECTIONS for one in section.examples)
        operators = (" OR ", " AND ", " NOT ", " NEAR/", " -", "(", '"', "*", '="', "=s", "..", "§ ", "«")
        assert [one for one in operators if one not in shown] == []

    def test_every_field_has_an_example(self) -> None:
        shown = " ".join(one.query for section in SECTIONS for one in section.examples)
        assert [name for name in FIELD_NAMES if f"{name}:" not in shown] == []


def test_holds_every_public_record_and_no_other() -> None:
    lines = body(ask("/data/records.ndjson")).decode().splitlines()
    told = [(one["kind"], one["id"]) for one in map(json.loads, lines)]
    assert len(told) == len(set(told))
    assert set(told) == set(Entry.objects.public().values_list("kind", "slug"))
