"""Questions in plain words: the words of the question are left out, openly, and never from phrases or exact words."""

import re
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

import pytest

from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import ask, body, data

LEFT_OUT = "Searched without the words of the question: {}. In quotation marks they count."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.fixture(scope="class")
def world(own_database: None) -> None:
    """Two members, one that left, an observer, one that is nothing, a summit to come and one held, and some texts."""
    arm, blr = make.state("arm", "Armenia", "Армения"), make.state("blr", "Belarus", "Беларусь")
    uzb, srb = make.state("uzb", "Uzbekistan", "Узбекистан"), make.state("srb", "Serbia", "Сербия")
    make.state("chn", "China", "Китай")
    for one in (arm, blr):
        make.member(one, "2003-09-18")
    make.member(uzb, "2006-08-16", "2012-12-18", ended_by="withdrawal")
    make.member(srb, "2013-04-11", standing="observer")
    meetings.session("2022-11-23-yerevan", "2022-11-23", title_en="Session", city_en="Yerevan")
    meetings.session("2022-12-01-minsk", "2022-12-01", title_en="Session", status="planned")
    meetings.activity("rubezh", "2022-10-10", name_en="Rubezh", type="exercise")
    meetings.statement(
        "which", "2020", title_en="Countries", summary_en="Which of the countries of the CSTO."
    )
    meetings.statement("asks", "2019", title_en="Countries", summary_ru="Сколько стран, какие страны ОДКБ?")


def told(query: str) -> dict[str, Any]:
    return cast("dict[str, Any]", data(f"/api/v1/search/?{urlencode({'q': query})}"))


def found(query: str) -> list[str]:
    return [one["id"] for one in told(query)["results"]]


class TestQuestions:
    @pytest.mark.parametrize(
        ("query", "first"),
        [
            *(
                (query, ["arm", "blr"])
                for query in ("which countries are in the CSTO?", "CSTO member countries")
            ),
            *((query, ["arm", "blr"]) for query in ("who are members", "list of members", "member states")),
            *((query, ["arm", "blr"]) for query in ("какие страны входят в ОДКБ?", "кто входит в ОДКБ")),
            *((query, ["arm", "blr"]) for query in ("страны-члены ОДКБ", "страны-участницы", "состав ОДКБ")),
            *((query, ["arm", "blr"]) for query in ("государства-участники", "какие страны состоят в ОДКБ")),
            *((query, ["arm"]) for query in ("is Armenia in the CSTO", "входит ли Армения в ОДКБ")),
            *((query, ["arm"]) for query in ("when did Armenia join", "когда Армения вступила в ОДКБ")),
            *((query, ["uzb"]) for query in ("when did Uzbekistan leave", "когда Узбекистан вышел из ОДКБ")),
            *(
                (query, ["arm"])
                for query in ("Armenia CSTO membership", "членство Армении", "что такое Армения")
            ),
            ("where did the summit take place in 2022", ["2022-11-23-yerevan"]),
            ("where was the summit held in 2022", ["2022-11-23-yerevan"]),
            ("где состоялся саммит в 2022 году", ["2022-11-23-yerevan"]),
            ("какие учения прошли в 2022 году", ["rubezh"]),
        ],
    )
    def test_what_is_asked_about_comes_first(self, query: str, first: Sequence[str]) -> None:
        assert found(query)[: max(len(first), 1)] == first

    @pytest.mark.parametrize("query", ["which countries are in the CSTO", "какие страны входят в ОДКБ"])
    def test_who_left_who_observes_and_who_is_nothing_are_no_members(self, query: str) -> None:
        results = found(query)
        assert set(results) >= {"arm", "blr", "uzb"}
        assert results.index("uzb") > 1
        assert {"srb", "chn"}.isdisjoint(results)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("Which countries are in the CSTO?", "Which, are, in, the"),
            ("какие страны входят в ОДКБ", "какие, в"),
            ("year:2022 where (summit OR exercise)", "where"),
            ("members who who", "who"),
        ],
    )
    def test_what_is_left_out_is_said_on_page_and_api(self, query: str, words: str) -> None:
        answer = told(query)
        said = LEFT_OUT.format(words)
        assert (answer["notice"], answer["notices"]) == (said, [{"text": said, "suggestion": ""}])
        page = re.sub(r"\s+", " ", body(ask(f"/search/?{urlencode({'q': query})}")).decode())
        assert f"<p> {said} </p>" in page

    @pytest.mark.parametrize(
        "query",
        [
            *("countries of the CSTO", "Armenia", "is Armenia in the CSTO", '"which of the countries"'),
            *("=which", "whi*", "which NEAR/3 countries", "state:arm"),
        ],
    )
    def test_of_other_common_words_and_where_they_count_nothing_is_said(self, query: str) -> None:
        assert told(query)["notice"] is None

    def test_phrases_and_exact_words_keep_them(self) -> None:
        assert found('"which of the countries"') == ["which"]
        assert found('"which are the countries"') == []
        assert found('="какие страны"') == found('"сколько стран"') == ["asks"]
        assert found('="каких стран"') == []

    @pytest.mark.parametrize("query", ["who", "кто", "which are", "сколько какие"])
    def test_nothing_but_a_question_asks_for_nothing(self, query: str) -> None:
        answer = told(query)
        assert (answer["count"], answer["notice"]) == (
            0,
            "Only common words: add another, or put them in quotation marks.",
        )

    def test_a_summit_to_come_took_place_nowhere(self) -> None:
        assert "2022-12-01-minsk" in found("summit 2022")
        assert "2022-12-01-minsk" not in found("where was the summit held in 2022")
