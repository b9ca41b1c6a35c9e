"""Words in context: the same lines on every surface, in the order asked for, and nothing of a draft."""

import csv
import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.corpus.context import around, in_order
from cstokb.corpus.questions import Extent
from cstokb.fulltext import engine
from members.models import Person
from tests.corpus.world import SAID
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults
from tests.pages.wellformed import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]


def lines(query: str, **params: str) -> list[dict[str, Any]]:
    more = "".join(f"&{name}={quote(value)}" for name, value in params.items())
    found = data(f"/api/v1/concordance/?q={quote(query)}{more}")
    assert found["count"] == len(found["results"])
    rows: list[dict[str, Any]] = found["results"]
    return rows


def places(query: str, **params: str) -> list[tuple[str, str, str]]:
    return [(one["statement"], one["anchor"], one["keyword"]) for one in lines(query, **params)]


class TestLines:
    def test_every_occurrence_is_a_line_with_its_passage_date_and_speaker(self) -> None:
        found = lines("security", sort="date", lang="en", speaker="tokayev")
        assert [(one["left"], one["keyword"], one["right"]) for one in found] == [
            ("", "Security", " of states: collective security, and border security."),
            ("Security of states: collective ", "security", ", and border security."),
            ("Security of states: collective security, and border ", "security", "."),
        ]
        assert found[0] == {
            "left": "",
            "keyword": "Security",
            "right": " of states: collective security, and border security.",
            "statement": "2012-a",
            "provision": None,
            "title": "Statement 2012-a",
            "anchor": "p1",
            "language": "en",
            "date": "2012-05-10",
            "date_precision": "day",
            "speaker": "tokayev",
            "speaker_name": "Kassym-Jomart Tokayev",
            "state": "kaz",
            "organ": None,
            "group": None,
            "html_url": "http://testserver/statements/2012-a/#p1",
        }

    def test_the_lines_are_those_that_a_plain_reading_finds_and_no_draft_s(self) -> None:
        expected = sorted(
            (one.statement, one.anchor)
            for one in SAID
            for word in one.words
            if word in ("security", "securities") and one.language == "en"
        )
        assert sorted(place[:2] for place in places("security")) == expected
        assert places("zqx") == []
        assert places("=securities") == [("2015-d", "p1", "Securities")]

    def test_only_what_is_written_is_looked_for(self) -> None:
        assert places("CSTO") == [("2012-b", "p1", "CSTO")]
        assert places("ОДКБ") == [("2014-c", "p1", "ОДКБ")]
        assert places("Tokayev") == []

    def test_the_query_language_is_that_of_the_search(self) -> None:
        assert places('"collective security"') == [
            ("2012-b", "p1", "Collective security"),
            ("2012-a", "p1", "collective security"),
        ]
        assert {one[0] for one in places("border -drugs")} == {"2014-c"}
        assert {one[0] for one in places("secur* state:kaz year:2012 -topic:borders")} == {"2012-b"}
        assert places('"Article 4"') == [("2014-c", "p2", "Article 4")]
        assert places("border NEAR/2 frontier") == []
        assert [one[2] for one in places("border NEAR/4 frontier")] == ["frontier", "border"]

    def test_speaker_and_language_are_asked_of_each_passage(self) -> None:
        assert places("border speaker:pashinyan") == [("2014-c", "p1", "Border")]
        assert places("border", speaker="pashinyan") == [("2014-c", "p1", "Border")]
        assert [one[:2] for one in places("border -speaker:pashinyan", sort="-date")] == [
            *[("2014-c", "p2")],
            *[("2012-a", "p1"), ("2012-a", "p2")],
        ]
        assert places("(border OR безопасность) lang:ru", sort="date") == [
            ("2012-a", "p1", "Безопасность"),
            ("2012-a", "p1", "безопасности"),
        ]
        assert places("security", lang="ru") == []

    def test_filters_have_the_names_they_have_elsewhere(self) -> None:
        assert {one[0] for one in places("security", state="arm")} == {"2012-b", "2015-d"}
        assert {one[0] for one in places("security", organ="csc")} == {"2012-b"}
        assert {one[0] for one in places("security", topic="borders")} == {"2012-a"}
        assert {one[0] for one in places("security", year="2014")} == {"2014-c", "2015-d"}
        assert {one[0] for one in places("security", after="2012-06", before="2013")} == {"2012-b"}
        assert places("security", source="provisions") == []


class TestOrder:
    def test_lines_stand_in_the_order_of_the_words_outward_from_the_keyword(self) -> None:
        left = [
            one["left"].split()[-1].casefold() if one["left"].strip("«") else ""
            for one in lines("border", sort="left")
        ]
        assert left == ["", "a", "and", "the"]
        right = [
            (re.findall(r"\w+", one["right"]) or [""])[0]
            for one in lines("security", sort="right", lang="en")
        ]
        assert right == ["", "", "and", "are", "is", "matters", "of"]

    def test_by_date_texts_without_one_day_have_their_first_possible_one(self) -> None:
        newest = [one[0] for one in places("security")]
        assert newest == ["2014-c", "2015-d", "2015-d", "2012-b", "2012-a", "2012-a", "2012-a"]
        assert newest == [one[0] for one in reversed(places("security", sort="date"))]

    def test_groups_come_one_after_the_other_each_with_its_count(self) -> None:
        found = data("/api/v1/concordance/?q=border&group=speaker&sort=date")
        assert [(one["value"], one["label"], one["count"]) for one in found["groups"]] == [
            ("pashinyan", "Nikol Pashinyan", 1),
            ("tokayev", "Kassym-Jomart Tokayev", 3),
        ]
        assert sum(one["count"] for one in found["groups"]) == found["count"] == 4
        values = [one["group"] for one in found["results"]]
        assert values == sorted(values, key=[one["label"] for one in found["groups"]].index)

    def test_a_text_of_several_states_or_of_none_stands_in_the_last_group(self) -> None:
        found = data("/api/v1/concordance/?q=security&group=state")
        assert [(one["value"], one["count"]) for one in found["groups"]] == [("arm", 2), ("kaz", 3), ("", 2)]
        assert [one["group"] for one in found["results"]][-2:] == [None, None]

    def test_years_are_groups_and_a_text_of_no_one_year_is_last(self) -> None:
        found = data("/api/v1/concordance/?q=security&group=year")
        assert [(one["value"], one["count"]) for one in found["groups"]] == [
            ("2014", 1),
            ("2012", 4),
            ("", 2),
        ]


class TestWidth:
    TEXT = "«One, two three — four five.»"

    def test_width_is_counted_in_words_or_letters_and_cut_between_words(self) -> None:
        assert around(self.TEXT, 2, 2, Extent(1, of_words=True)) == ("two ", "three", " — four")
        assert around(self.TEXT, 2, 2, Extent(2, of_words=True)) == ("«One, two ", "three", " — four five.»")
        assert around(self.TEXT, 2, 2, Extent(6, of_words=False)) == ("two ", "three", "")
        assert around(self.TEXT, 2, 2, Extent(7, of_words=False)) == ("two ", "three", " — four")
        assert around(self.TEXT, 0, 4, Extent(5, of_words=True)) == ("«", "One, two three — four five", ".»")

    def test_a_line_is_a_part_of_its_passage_letter_for_letter(self) -> None:
        texts = {(one.statement, one.anchor, one.language): one.text for one in SAID}
        for width in ("1", "3", "12c", "30"):
            for one in lines("security", width=width):
                written = one["left"] + one["keyword"] + one["right"]
                assert written in texts[one["statement"], one["anchor"], one["language"]]

    @pytest.mark.parametrize("width", ["0", "31", "301c", "c", "x", "-3", "٣"])
    def test_a_width_beyond_its_limits_is_refused(self, width: str) -> None:
        (fault,) = faults(f"/api/v1/concordance/?q=border&width={width}")
        assert (fault["parameter"], fault["code"], fault["allowed"]) == (
            "width",
            "number",
            ["1..30", "1c..300c"],
        )


class TestSurfaces:
    def test_pages_together_hold_all_lines_once_with_one_exact_count(self) -> None:
        whole = lines("border OR security", sort="right")
        parts: list[Any] = []
        path: str | None = f"/api/v1/concordance/?q={quote('border OR security')}&sort=right&page_size=3"
        while path:
            found = data(path)
            assert found["count"] == len(whole)
            parts += found["results"]
            path = found["next"] and found["next"].removeprefix("http://testserver")
        assert parts == whole

    def test_every_format_has_the_lines_of_the_screen(self) -> None:
        wanted = lines("border", sort="left", group="state")
        bare = "?q=border&sort=left&group=state"
        for root in ("/search/concordance", "/api/v1/concordance"):
            told = body(ask(f"{root}.ndjson{bare}")).decode().splitlines()
            assert [json.loads(line) for line in told] == wanted
            rows = list(csv.DictReader(io.StringIO(body(ask(f"{root}.csv{bare}")).decode())))
            assert [row["html_url"] for row in rows] == [one["html_url"] for one in wanted]
        assert data(f"/search/concordance.json{bare}")["results"] == wanted
        shown = body(ask(f"/search/concordance/{bare}")).decode()
        links = re.findall(r'<td class="w" role="cell">\s*<a href="([^"]+)"', shown)
        assert links == [one["html_url"] for one in wanted]

    def test_the_page_marks_the_keyword_as_written_and_stands_in_both_languages(self) -> None:
        shown = re.sub(r"\s+", " ", body(ask(f"/ru/search/concordance/?q={quote('безопасность')}")).decode())
        assert "<mark>Безопасность</mark>" in shown
        assert not re.search(
            r'</td> <td class="(k|rt)"', shown
        )  # on a phone they are one line of the text itself
        assert '<a href="http://testserver/ru/statements/2012-a/#p1">' in shown
        assert "noindex" in shown

    def test_the_search_leads_to_the_same_words_in_context_and_over_time(self) -> None:
        shown = body(ask("/search/?q=border&state=kaz&type=statement")).decode()
        for tool in ("concordance", "trends"):
            assert f'<a href="/search/{tool}/?q=border&amp;state=kaz" rel="nofollow">' in shown
        assert "/search/trends/" not in body(ask("/search/?state=kaz")).decode()

    def test_a_question_costs_the_same_for_few_lines_and_for_many(self) -> None:
        counts = set()
        for query in ("drugs", "security OR border"):
            with CaptureQueriesContext(connection) as held:
                lines(query, group="state", sort="left")
            counts.add(len(held))
        assert counts == {8}

    def test_what_asks_nothing_or_too_much_is_refused(self) -> None:
        assert [(one["parameter"], one["code"]) for one in faults("/api/v1/concordance/")] == [
            ("q", "required")
        ]
        assert [one["parameter"] for one in faults("/api/v1/concordance/?q=border&on=2012-01-01")] == ["on"]
        assert [one["parameter"] for one in faults("/api/v1/concordance/?q=border&utm=1")] == ["utm"]
        assert [one["parameter"] for one in faults("/api/v1/concordance/?q=border&sort=up&group=day")] == [
            "group",
            "sort",
        ]
        ask("/search/concordance/?q=border&on=2012-01-01", 400)
        ask("/search/concordance/?q=border&page=2", 404)
        assert "The question names no word" in data("/api/v1/concordance/?q=state:kaz")["notice"]


def test_a_withdrawn_speaker_is_not_named() -> None:
    make.withdrawn(Person.objects.get(entry__slug="pashinyan"))
    found = data("/api/v1/concordance/?q=border&group=speaker&year=2014")
    assert {one["speaker"] for one in found["results"]} == {"tokayev", None}
    assert [(one["value"], one["count"]) for one in found["groups"]] == [("tokayev", 1), ("", 1)]
    told = data("/api/v1/trends/?q=border&by=speaker")["series"][0]["points"]
    assert [point["period"] for point in told] == ["tokayev"]


def test_without_an_index_the_tools_say_that_it_is_away() -> None:
    engine.clear()
    for tool in ("concordance", "trends", "collocations", "keyness"):
        ask(f"/api/v1/{tool}/?q=border", 503)
        ask(f"/search/{tool}.csv?q=border", 503)
    assert ask("/search/concordance/?q=border", 503)["Retry-After"]


@pytest.mark.parametrize("tool", ["concordance", "trends", "collocations", "keyness"])
def test_pages_are_well_formed_with_a_question_and_without(tool: str) -> None:
    for path in (f"/search/{tool}/", f"/ru/search/{tool}/?q=border+state:kaz"):
        page = Page(body(ask(path)).decode())
        assert page.errors == []
        assert sorted(page.ids) == sorted(set(page.ids))


@pytest.mark.parametrize("tool", ["concordance", "trends", "collocations", "keyness"])
def test_formats_are_offered_of_an_answer_and_of_nothing_else(tool: str) -> None:
    """What asks nothing is refused in a format, so no page leads there."""
    for question, offered in (("", 0), ("?sort=nothing&q=", 0), ("?q=border", 4)):
        shown = Client().get(f"/search/{tool}/{question}").content.decode()
        found = set(re.findall(rf'href="(/search/{tool}\.[a-z]+)', shown))
        assert len(found) == offered, question


def test_all_lines_are_put_in_order_with_few_in_memory() -> None:
    made = [((number * 7919) % 101, ("слово",), number) for number in range(250)]
    assert list(in_order(iter(made), most=20)) == sorted(made)
    assert list(in_order(iter(made[:5]), most=20)) == sorted(made[:5])
