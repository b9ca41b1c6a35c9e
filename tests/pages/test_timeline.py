"""The timeline: which events it holds for which question, the same on the page and in every format."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, faults

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)


def told(query: str = "") -> list[str]:
    """The events of an answer, as kind, id and day."""
    text = body(ask(f"/timeline.ndjson{query}")).decode()
    rows = [json.loads(line) for line in text.splitlines()]
    return [f"{row['kind']} {row['id']} {row['on']}" for row in rows]


def page(query: str = "", language: str = "") -> str:
    return re.sub(r"\s+", " ", body(ask(f"{language}/timeline/{query}")).decode())


@pytest.fixture(scope="class")
def world(own_database: None) -> None:
    uzb, kaz = make.state("uzb", "Uzbekistan", "Узбекистан"), make.state("kaz", "Kazakhstan")
    make.member(uzb, "2006-08-16", "2012-12-18", ended_by="suspension")
    cst = treaties.instrument("cst", "Collective Security Treaty", signed_on="1992-05-15")
    treaties.act(cst, uzb, "lapse", "1999-04-20", "1999-04-20")
    council = meetings.session("2006-06-23-minsk", "2006-06-23")
    meetings.seat(council, uzb)
    meetings.seat(meetings.session("2012-12-19-moscow", "2012-12-19"), uzb, mode="absent")
    meetings.stood(meetings.statement("2006-06-23-declaration", "2006-06-23"), uzb)
    meetings.statement("2006-vague", "2006")
    meetings.statement("undated")
    operation = meetings.activity("op", "2022-01-06", "2022-01-19", type="operation")
    meetings.part(operation, kaz, "host")
    meetings.activity("drill", "2004-08-02", "2004-08-06")
    meetings.session("2030-01-01-draft", "2030-01-01", publication="draft")


@pytest.mark.usefixtures("world")
class TestEvents:
    def test_all_of_them_oldest_first_without_drafts_and_undated_ones(self) -> None:
        assert told() == [
            "instrument cst 1992-05-15",
            "withdrawal cst/uzb/lapse/1999-04-20 1999-04-20",
            "exercise drill 2004-08-02",
            "statement 2006-vague 2006",
            "session 2006-06-23-minsk 2006-06-23",
            "statement 2006-06-23-declaration 2006-06-23",
            "accession uzb/member/2006-08-16 2006-08-16",
            "withdrawal uzb/member/2006-08-16 2012-12-18",
            "session 2012-12-19-moscow 2012-12-19",
            "operation op 2022-01-06",
        ]

    def test_by_kind_state_and_organ(self) -> None:
        assert told("?kind=session&kind=operation") == [
            "session 2006-06-23-minsk 2006-06-23",
            "session 2012-12-19-moscow 2012-12-19",
            "operation op 2022-01-06",
        ]
        assert told("?state=Узбекистан&kind=session") == ["session 2006-06-23-minsk 2006-06-23"]
        assert told("?state=kaz") == ["operation op 2022-01-06"]
        assert len(told("?state=uzb")) == 6
        assert [one.split()[0] for one in told("?organ=csc")] == [
            "statement",
            "session",
            "statement",
            "session",
        ]

    def test_a_range_keeps_what_may_lie_in_it_and_what_still_lasted(self) -> None:
        assert told("?after=2022-01-19") == ["operation op 2022-01-06"]
        assert told("?after=2022-01-20") == []
        assert told("?after=2006-12&before=2006-12") == ["statement 2006-vague 2006"]

    def test_on_shows_what_had_happened_by_the_day(self) -> None:
        assert told("?on=1999-04-20")[-1] == "withdrawal cst/uzb/lapse/1999-04-20 1999-04-20"
        assert told("?on=1999-04-19") == ["instrument cst 1992-05-15"]

    def test_an_earlier_moment_tells_what_was_known(self) -> None:
        meetings.session("2007-10-06-dushanbe", "2007-10-06", at=LATER)
        assert len(told()) == 11
        assert len(told("?known_on=2026-01-15")) == 10
        assert told("?known_on=2025-01-01") == []

    def test_every_format_and_the_page_say_the_same(self) -> None:
        rows = list(csv.DictReader(io.StringIO(body(ask("/timeline.csv?state=uzb")).decode())))
        whole = json.loads(body(ask("/timeline.json?state=uzb")))
        assert [f"{row['kind']} {row['id']} {row['on']}" for row in rows] == told("?state=uzb")
        assert whole["count"] == len(whole["results"]) == len(rows)
        shown = page("?state=uzb")
        assert shown.count('<th scope="row"') >= len(rows)
        assert "Uzbekistan: member, last day" in shown
        assert '<option value="uzb" selected>' in shown
        assert 'href="/timeline.csv?state=uzb"' in shown

    def test_the_drawing_has_a_lane_for_each_kind_and_the_charts_count_by_year(self) -> None:
        shown = page()
        lanes = re.findall(r"<li> <span>([^<]+)</span> </li>", shown)
        assert lanes[:3] == ["Session", "Accession", "Withdrawal or suspension"]
        chart = shown.partition("Sessions by year")[2]
        assert re.search(r'kind=session&amp;after=2006&amp;before=2006">\s*2006', chart)

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("kind=war", "kind"),
            ("state=atlantis", "state"),
            ("after=yesterday", "after"),
            ("after=2010&before=2009", "after"),
            ("colour=red", "colour"),
        ],
    )
    def test_a_question_that_cannot_be_read_is_refused_by_name(self, query: str, parameter: str) -> None:
        (fault,) = faults(f"/timeline.json?{query}")
        assert fault["parameter"] == parameter

    def test_few_events_and_many_cost_the_same(self) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                page()
            return len(asked)

        few = cost()
        for number in range(1, 25):
            meetings.session(f"2008-01-{number:02}-city", f"2008-01-{number:02}")
        assert (few, cost()) == (TIMELINE, TIMELINE)


#: Revision, events, names of the records whose pages show them, and the states and organs of the form.
TIMELINE = 5
