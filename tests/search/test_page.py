"""The search page, its formats and its refusals."""

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cstokb.dates import HistoricDate
from cstokb.search.answer import between
from statements.models import Statement
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in
from tests.pages.wellformed import Page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def text(path: str, status: int = 200) -> str:
    return re.sub(r"\s+", " ", body(ask(path, status)).decode())


@pytest.fixture
def three() -> None:
    for number, day in enumerate(("2010", "2012-12", "2014-05-16"), start=1):
        meetings.statement(f"{day}-words", day, title_en=f"Words {number}", summary_en="On drugs & borders.")
    hidden = Statement(title_en="Words zqx", type="statement", issuer="states", summary_en="On drugs.")
    make.draft(hidden, "zqx")


@pytest.mark.usefixtures("three")
class TestPage:
    def test_a_hit_shows_title_kind_date_as_well_as_known_and_the_marked_summary(self) -> None:
        shown = text("/search/?q=drugs&sort=date")
        assert "3 records" in shown
        first, second, third = re.findall(r'<li class="rec">(.*?)</li>', shown)
        assert '<a href="/statements/2010-words/">Words 1</a>' in first
        assert re.search("Statement · Collective Security Council", first)  # not once more for its finer kind
        assert "(year known)" in first
        assert "(month known)" in second
        assert '<time class="date" datetime="2014-05-16">' in third
        assert "Our summary: On <mark>drugs</mark> &amp; borders." in first

    def test_where_nothing_is_found_there_are_ways_on(self) -> None:
        way = 'href="/search/?q=nowhere" >Clear</a>'
        narrowed, plain = text("/search/?q=nowhere&type=state"), text("/search/?q=nowhere")
        ends = [
            shown.partition('<div class="empty">')[2].partition("</div>")[0] for shown in (narrowed, plain)
        ]
        assert [way in end for end in ends] == [True, False]
        assert all('href="/topics/" >Topics</a>' in end for end in ends)

    def test_what_it_does_not_know_is_set_aside_with_a_notice(self) -> None:
        shown = text("/search/?q=drugs&utm_source=letter")
        assert "<code>utm_source</code>" in shown
        assert '<a href="/search/?q=drugs">Address without them</a>' in shown
        assert "utm_source" not in re.findall(r'href="(/search\.csv[^"]*)"', shown)[0]

    def test_a_bad_value_keeps_what_was_typed_and_says_what_is_wrong(self) -> None:
        shown = text("/search/?q=drugs+before:tomorrow&after=2012&type=statment", 400)
        assert 'value="drugs before:tomorrow"' in shown
        assert 'value="2012"' in shown
        assert "<code>before:tomorrow</code>: Characters 14 to 21" in shown
        assert "<code>type=statment</code>: " in shown
        assert "/search.csv" not in shown
        assert "/search.atom" not in shown
        assert "Did you mean statement?" in shown
        assert '<ol class="records">' not in shown

    def test_a_range_that_ends_before_it_begins_is_refused(self) -> None:
        (fault,) = faults("/api/v1/search/?after=2014&before=2012")
        assert (fault["parameter"], fault["code"]) == ("after", "range")

    def test_the_form_sends_words_and_boxes_along(self) -> None:
        page = Page(body(ask("/search/?q=drugs&type=statement")).decode())
        inputs = [one for tag, one in page.tags if tag == "input"]
        assert {"type": "hidden", "name": "q", "value": "drugs"} in inputs
        boxes = [one for one in inputs if one.get("name") == "type"]
        assert [(one["type"], one["value"]) for one in boxes] == [
            ("hidden", "statement"),
            ("checkbox", "statement"),
        ]
        assert "checked" in boxes[1]

    def test_other_words_are_searched_with_what_narrows_and_sent_once(self) -> None:
        shown = body(ask("/search/?q=drugs&type=statement&after=2012&sort=date")).decode()
        box = shown.partition('role="search"')[2].partition("</form>")[0]
        names = [one["name"] for tag, one in Page(f"<form {box}</form>").tags if tag == "input"]
        assert sorted(names) == ["after", "q", "sort", "type"]

    def test_pages_hold_all_rows_once(self) -> None:
        first = text("/search/?q=drugs&page_size=2&sort=date")
        assert "1–2 of 3" in first
        onward = re.search(r'href="(/search/\?[^"]*page=2[^"]*)"', first)
        assert onward
        assert "Words 3" in text(onward[1].replace("&amp;", "&"))

    @pytest.mark.parametrize(
        ("page", "status"), [("2", 404), ("0", 400), ("-1", 400), ("1e9", 400), ("99999", 400)]
    )
    def test_there_is_no_page_after_the_last(self, page: str, status: int) -> None:
        shown = text(f"/search/?q=drugs&page={page}", status)
        assert 'role="search"' in shown

    def test_without_words_everything_stands_newest_first(self) -> None:
        told = data("/api/v1/search/?type=statement")
        assert [one["id"] for one in told["results"]] == ["2014-05-16-words", "2012-12-words", "2010-words"]

    def test_a_draft_is_in_no_count(self) -> None:
        assert data("/api/v1/search/?q=zqx")["count"] == 0

    def test_the_russian_page_names_the_words_of_its_own(self) -> None:
        shown = text("/ru/search/?q=drugs")
        assert '<html lang="ru">' in shown
        assert 'href="/ru/statements/2010-words/"' in shown
        assert '<h3 lang="en">' in shown

    def test_markup_in_a_query_is_shown_and_never_made(self) -> None:
        shown = text("/search/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        assert "<script>alert" not in shown

    @pytest.mark.parametrize("rows", [1, 20])
    def test_a_search_takes_five_queries_however_much_is_found(
        self, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        """B100."""
        for number in range(rows):
            meetings.statement(f"more-{number}", "2015", title_en=f"More {number}", summary_en="On drugs.")
        ask("/search/?q=drugs")
        for path in ("/search/?q=drugs", "/api/v1/search/?q=drugs", "/search/?q=drugs&type=statement"):
            with django_assert_num_queries(5):
                ask(path)

    def test_a_reader_who_holds_the_answer_gets_304_for_one_query(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for path in ("/search/?q=drugs", "/api/v1/search/?q=drugs"):
            tag = ask(path)["ETag"]
            with django_assert_num_queries(1):
                ask(path, 304, **{"If-None-Match": tag})


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (" ".join(f"word{number}" for number in range(1200)), 400),
        ("щ" * 9000, 400),
        (" OR ".join(f"w{number}" for number in range(500)), 400),
        ("(" * 500 + "drugs" + ")" * 500, 400),
        (" OR ".join(f"w{number}" for number in range(20)), 200),
    ],
    ids=["words", "one word", "either", "brackets", "near miss"],
)
def test_a_query_that_is_too_long_is_refused_before_anything_is_looked_up(query: str, status: int) -> None:
    """B057."""
    for path in ("/api/v1/search/", "/search/", "/api/v1/statements/"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(f"{path}?q={quote(query)}", status)
        if status == 400:
            assert len(queries) <= 1, path
            if path.startswith("/api/"):
                assert [fault["parameter"] for fault in answer.json()["errors"]] == ["q"]


@pytest.mark.parametrize(
    ("last_day", "words"), [("2026-03-05", "Person · President"), ("2026-03-04", "Person · former President")]
)
def test_who_left_office_yesterday_is_a_former_holder(last_day: str, words: str, moment: datetime) -> None:
    """B041."""
    kaz = make.state("kaz", "Kazakhstan")
    office = make.office("kaz/president", "President", state=kaz)
    make.term(make.person("nursultan", "Nursultan Nazarbayev"), office, "1991", last_day)
    shown = text("/search/?q=Nazarbayev")
    assert f'<p class="meta"> {words} </p>' in shown


def test_the_feed_of_a_broad_heading_takes_in_the_narrower_ones() -> None:
    threats = make.topic("threats", "Threats & dangers")
    drugs = make.topic("drugs", "Drugs", threats)
    meetings.statement("one", "2010", title_en="About <drugs> & more", topics=[drugs.pk])
    for path in ("/search.atom?topic=threats&type=statement", "/statements.atom?topic=threats"):
        feed = ElementTree.fromstring(body(ask(path)))  # noqa: S314  our own answer
        titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
        assert titles == ["About <drugs> & more"]
        ask(path.replace("threats", "nothing"), 400)


@pytest.mark.usefixtures("three")
class TestFormats:
    IDS = ("2014-05-16-words", "2012-12-words", "2010-words")

    @pytest.mark.parametrize("bare", ["/search", "/api/v1/search"])
    def test_every_format_holds_what_the_page_holds(self, bare: str) -> None:
        query = "q=drugs&sort=-date"
        told = data(f"{bare}.json?{query}")
        assert tuple(one["id"] for one in told["results"]) == self.IDS
        lines = body(ask(f"{bare}.ndjson?{query}")).decode().splitlines()
        assert tuple(json.loads(line)["id"] for line in lines) == self.IDS
        rows = list(csv.DictReader(io.StringIO(body(ask(f"{bare}.csv?{query}")).decode(), newline="")))
        assert tuple(row["id"] for row in rows) == self.IDS
        assert (rows[2]["date"], rows[2]["passage"]) == ("2010", "On drugs & borders.")
        assert tuple(ids_in(f"{bare}.xlsx?{query}")) == self.IDS

    def test_feed_and_references_hold_the_same_in_the_same_order_and_a_page_of_it(self) -> None:
        for form in ("atom", "ris", "csv", "ndjson"):
            for sort in ("date", "-date", "title"):
                query = f"q=drugs&sort={sort}"
                wanted = [one["id"] for one in data(f"/api/v1/search/?{query}")["results"]]
                assert ids_in(f"/search.{form}?{query}") == wanted
                assert ids_in(f"/search.{form}?{query}&page=2&page_size=1") == wanted[1:2]

    def test_a_reference_says_title_day_kind_and_address(self) -> None:
        told = ask("/search.ris?q=drugs&sort=-date")
        assert told["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
        first = body(told).decode().split("ER  - ")[0]
        for line in ("TI  - Words 3", "PY  - 2014", "DA  - 2014/05/16/", "M3  - Statement"):
            assert f"{line}\r\n" in first
        assert re.search(r"UR  - http\S+/statements/2014-05-16-words/\r\n", first)

    @pytest.mark.parametrize("path", ["/statements", "/ru/statements"])
    def test_a_list_of_texts_is_references_too(self, path: str) -> None:
        assert ids_in(f"{path}.ris?q=drugs") == ids_in(f"{path}.json?q=drugs") == list(self.IDS)
        assert b"M3  - Statement: statement\r\n" in body(ask(f"{path}.ris?q=drugs"))
        assert ids_in(f"{path}.ris?page=2&page_size=1") == [self.IDS[1]]
        assert f'href="{path}.ris"' in body(ask(f"{path}/")).decode()
        ask(f"{path}.ris?fields=id", 400)
        ask(path.replace("statements", "organs") + ".ris", 404)

    def test_the_feed_is_newest_first_and_well_formed(self) -> None:
        feed = ElementTree.fromstring(body(ask("/search.atom?q=drugs")))  # noqa: S314  our own answer
        titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
        assert titles == ["Words 3", "Words 2", "Words 1"]
        assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "On drugs & borders."

    @pytest.mark.parametrize(
        "path", ["/search.csv?q=drugs&foo=1", "/search.atom?q=drugs&foo=1", "/search.json?foo=1"]
    )
    def test_an_unknown_parameter_is_refused(self, path: str) -> None:
        (fault,) = faults(path)
        assert (fault["parameter"], fault["code"]) == ("foo", "unknown_parameter")

    def test_a_near_miss_is_named(self) -> None:
        (fault,) = faults("/api/v1/search/?stat=kaz")
        assert fault["nearest"] == "state"

    @pytest.mark.parametrize("query", ["on=2011-06-01", "known_on=2026-01-01", "q=x&known_on=today"])
    def test_full_text_knows_the_present_only(self, query: str) -> None:
        faults(f"/api/v1/search/?{query}")
        ask(f"/search/?{query}", 400)


class TestLimits:
    @pytest.mark.parametrize(
        "query",
        [
            "q=" + "word+" * 201,
            "q=" + "+OR+".join(["word"] * 100),
            "q=a&q=b",
            "page_size=201",
            "q=%00",
            "sort=author",
        ],
    )
    def test_more_than_a_query_may_be_is_refused(self, query: str) -> None:
        (fault,) = faults(f"/api/v1/search/?{query}")
        assert fault["parameter"] == query.partition("=")[0]

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "@x",
                "title:x",
                "NEAR(",
                "AND",
                "мир OR",
                "^a",
                "a/b",
                "-",
                "20.04",
                "O'Connor",
                "co-operation",
            ),
            "a" * 999,
        ],
    )
    def test_whatever_is_typed_is_answered(self, query: str) -> None:
        answer = ask(f"/search/?q={query}")
        assert b"no such column" not in answer.content


@pytest.mark.parametrize(
    "text_of", ["2014-05-16", "2012-12", "2010", "2012-12~", "2010~", "2014-05-16~", "1992-01-01"]
)
def test_a_date_is_told_from_its_first_and_last_possible_day(text_of: str) -> None:
    value = HistoricDate.parse(text_of)
    assert value.earliest
    assert value.latest
    assert between(value.earliest, value.latest) == value


def test_days_that_are_no_date_are_about_the_year_of_the_first() -> None:
    assert between(date(2010, 3, 1), date(2012, 5, 6)) == HistoricDate.parse("2010~")


def test_states_that_signed_together_are_counted_once_each() -> None:
    """B046, B047."""
    states = [make.state(key, name) for key, name in (("kgz", "Kyrgyzstan"), ("blr", "Belarus"))]
    topic = make.topic("drugs", "Drugs")
    for number in range(3):
        one = meetings.statement(f"2015-0{number + 1}-01-words", "2015", title_en="Words", topics=[topic.pk])
        for state in states:
            meetings.stood(one, state)
    answer = data("/api/v1/search/?state=kgz&state=blr&type=statement")
    counted = {
        name: {one["value"]: one["count"] for one in answer["facets"][name]} for name in ("state", "topic")
    }
    assert (answer["count"], counted) == (3, {"state": {"blr": 3, "kgz": 3}, "topic": {"drugs": 3}})


def test_what_stands_under_a_heading_follows_when_the_heading_moves() -> None:
    def found(topic: str) -> list[str]:
        return [f"{one['type']}:{one['id']}" for one in data(f"/api/v1/search/?topic={topic}")["results"]]

    first, second = make.topic("threats", "Threats"), make.topic("tools", "Tools")
    drugs = make.topic("drugs", "Drugs", first)
    meetings.statement("2015-words", "2015", title_en="Words", topics=[drugs.pk])
    assert "statement:2015-words" in found("threats")
    drugs.parent = second
    make.rewritten(drugs, at=make.WRITTEN + timedelta(days=1))
    assert "statement:2015-words" not in found("threats")
    assert "statement:2015-words" in found("tools")
