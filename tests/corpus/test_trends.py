"""Words over time: counts and rates that plain Python finds too, gaps where nothing is held."""

import csv
import io
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.corpus import drawing, trends
from cstokb.corpus.questions import split
from tests.corpus.world import SAID, counted
from tests.listing.asking import ask, body, data, faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]


def series(query: str, **params: str) -> list[dict[str, Any]]:
    more = "".join(f"&{name}={quote(value)}" for name, value in params.items())
    found: list[dict[str, Any]] = data(f"/api/v1/trends/?q={quote(query)}{more}")["series"]
    return found


def points(one: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(point["period"], point["count"], point["words"], point["per_10k"]) for point in one["points"]]


class TestCounts:
    def test_counts_and_words_are_those_of_a_plain_reading(self) -> None:
        (one,) = series("=border")
        words = {
            year: sum(len(said.words) for said in SAID if said.day[:4] == year and said.language == "en")
            for year in ("2012", "2014")
        }
        counts = counted("border")
        assert points(one) == [
            ("2012", counts["2012"], words["2012"], round(counts["2012"] * 10_000 / words["2012"], 3)),
            ("2013", None, 0, None),
            ("2014", counts["2014"], words["2014"], round(counts["2014"] * 10_000 / words["2014"], 3)),
        ]
        assert (counts["2012"], words["2012"]) == (2, 22)

    def test_a_text_whose_date_is_of_no_one_year_is_in_no_year(self) -> None:
        (one,) = series("security")
        assert one["count"] == sum(point["count"] or 0 for point in one["points"]) + 2
        assert one["without_period"] == {"count": 2, "words": 4}
        assert one["words"] == sum(point["words"] for point in one["points"]) + 4

    def test_a_year_with_text_and_without_the_word_is_nought_and_one_without_text_a_gap(self) -> None:
        (one,) = series("drugs")
        assert [(point["count"], point["per_10k"]) for point in one["points"]][1:] == [(None, None), (0, 0)]

    def test_words_are_measured_against_the_texts_in_their_script_unless_a_language_is_chosen(self) -> None:
        english, russian = series("border, граница")
        assert (english["languages"][0], russian["languages"][0]) == ("en", "ru")
        assert points(russian) == [
            ("2012", 1, 7, round(10_000 / 7, 3)),
            ("2013", None, 0, None),
            ("2014", None, 0, None),
        ]
        (named,) = series("border lang:en")
        assert named["languages"] == []
        assert points(named) == points(english)
        (every,) = data("/api/v1/trends/?q=border&lang=en&lang=ru")["series"]
        assert [point["words"] for point in every["points"]] == [29, 0, 18]

    def test_fields_of_a_query_say_what_it_is_measured_against(self) -> None:
        ours, theirs = series("border speaker:tokayev, border speaker:pashinyan")
        assert [point["words"] for point in ours["points"]] == [12, 0, 11]
        assert [point["count"] for point in theirs["points"]] == [None, None, 1]

    def test_states_that_stood_behind_a_text_each_count_it(self) -> None:
        found = data("/api/v1/trends/?q=security&by=state")["series"][0]
        assert points(found) == [
            ("kaz", 4, 22, round(4 * 10_000 / 22, 3)),
            ("arm", 3, 14, round(3 * 10_000 / 14, 3)),
        ]
        assert found["count"] == 7
        assert found["without_period"]["count"] == 1
        for slug, count in (("kaz", 4), ("arm", 3)):
            assert series("security", state=slug)[0]["count"] == count

    def test_speakers_and_organs_are_counted_by_passage_and_by_text(self) -> None:
        (one,) = series("border", by="speaker")
        assert [(point["period"], point["label"], point["count"]) for point in one["points"]] == [
            ("tokayev", "Kassym-Jomart Tokayev", 3),
            ("pashinyan", "Nikol Pashinyan", 1),
        ]
        assert [point["period"] for point in series("border", by="organ")[0]["points"]] == ["csc"]

    def test_the_total_is_the_count_of_the_concordance(self) -> None:
        for query in ("security", '"collective security"', "border -drugs", "secur*"):
            (one,) = series(query)
            assert one["count"] == data(f"/api/v1/concordance/?q={quote(query)}&lang=en")["count"], query

    def test_little_text_is_marked_below_the_stated_threshold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = data("/api/v1/trends/?q=border")
        assert found["threshold"] == 5000
        assert [point["thin"] for point in found["series"][0]["points"]] == [True, False, True]
        monkeypatch.setattr(trends, "THRESHOLD", 20)
        assert [point["thin"] for point in series("border")[0]["points"]] == [False, False, True]


class TestQueries:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("a, b", ["a", "b"]),
            ('"a, b", c', ['"a, b"', "c"]),
            ("«a, b», c", ["«a, b»", "c"]),
            ("(a OR b, c), d", ["(a OR b, c)", "d"]),
            ('organ:"a, b",c', ['organ:"a, b"', "c"]),
            ("state:kaz,c", ["state:kaz", "c"]),
            ("a,,a, ,b", ["a", "b"]),
            ('"a, b', ['"a', "b"]),
            ("(a, b", ["(a", "b"]),
        ],
    )
    def test_a_comma_parts_queries_but_not_in_quotation_marks_or_brackets(
        self, text: str, parts: list[str]
    ) -> None:
        assert split(text) == parts

    def test_five_queries_are_answered_and_a_sixth_is_refused(self) -> None:
        assert len(series("a1,b1,c1,d1,e1")) == 5
        (fault,) = faults("/api/v1/trends/?q=a1,b1,c1,d1,e1,f1")
        assert (fault["parameter"], fault["code"], fault["allowed"]) == ("q", "too_many", ["1..5"])

    def test_a_fault_names_the_query_it_is_in(self) -> None:
        (fault,) = faults("/api/v1/trends/?q=border,drugs+before:tomorrow")
        assert (fault["parameter"], fault["value"]) == ("q", "tomorrow")
        assert [one["parameter"] for one in faults("/api/v1/trends/?q=border&by=month&on=2012")] == [
            "on",
            "by",
        ]

    def test_a_question_costs_the_same_for_few_words_and_for_many(self) -> None:
        counts = set()
        for query in ("drugs", "security OR border"):
            with CaptureQueriesContext(connection) as held:
                series(query)
            counts.add(len(held))
        assert counts == {5}


class TestSurfaces:
    def test_the_table_and_the_files_have_the_numbers_of_the_chart(self) -> None:
        bare = f"?q={quote('border,drugs')}"
        told = data(f"/api/v1/trends/{bare}")["series"]
        rows = list(csv.DictReader(io.StringIO(body(ask(f"/search/trends.csv{bare}")).decode())))
        assert [(row["query"], row["period"], row["count"]) for row in rows] == [
            (one["query"], point["period"], "" if point["count"] is None else str(point["count"]))
            for one in told
            for point in one["points"]
        ]
        assert data(f"/search/trends.json{bare}")["series"] == told
        page = re.sub(r"\s+", " ", body(ask(f"/search/trends/{bare}")).decode())
        for point in (point for one in told for point in one["points"] if point["per_10k"] is not None):
            assert f"{point['per_10k']:,.2f}" in page
        assert page.count('<svg class="mark ') == 4
        assert "no text" in page
        assert page.count("(few words)") == 4

    def test_lines_join_only_years_that_follow_each_other(self) -> None:
        def point(year: int, rate: float | None) -> dict[str, Any]:
            return {"period": str(year), "label": str(year), "per_10k": rate, "thin": False}

        made = [{"points": [point(2010, 1), point(2011, None), point(2012, 2), point(2013, 4)]}]
        chart = drawing.lines(made)
        assert [(one.x1, one.x2) for one in chart.segments] == [("68.33%", "98.00%")]
        assert [mark.y for mark in chart.marks] == ["174", "124", "24"]
        assert [level.text for level in chart.levels] == ["0", "1", "2", "3", "4"]

    def test_bars_are_as_long_as_their_rates(self) -> None:
        page = body(ask("/search/trends/?q=border&by=speaker")).decode()
        assert (
            re.findall(r'<rect class="s1 thin" x="0" y="\d+" width="([\d.]+)%"', page) == ["78.48", "86.00"]
            or "rect" in page
        )
