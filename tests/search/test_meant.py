"""Did you mean: offered on page and API where next to nothing is found, and never asked in place of the question."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import NameForm
from statements.models import Statement
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import ask, body, data


@pytest.fixture(scope="class")
def world(own_database: None) -> None:
    """Statements on borders and drugs, one state, one person with two spellings, and what is not public."""
    for number in range(3):
        meetings.statement(
            f"border-{number}", "2010", title_en=f"Borders {number}", summary_en="On Afghanistan."
        )
    meetings.statement("drugs", "2012", title_en="Drug trafficking", summary_en="Наркотики и терроризм.")
    meetings.statement(
        "talks",
        "2014",
        title_en="Talks",
        title_ru="Переговоры председателя",
        summary_ru="О совете и о праве.",
    )
    make.state("kaz", "Kazakhstan")
    make.person("tokayev", "Kassym Tokayev", names=[NameForm(text="Токаев", kind="alias", language="ru")])
    make.draft(Statement(title_en="Smuggling", type="statement", issuer="states"), "smuggling")
    make.withdrawn(meetings.statement("poaching", "2013", title_en="Poaching"))


def meant(query: str, **more: str) -> str | None:
    told = data(f"/api/v1/search/?{urlencode({'q': query, **more})}")["did_you_mean"]
    return str(told["query"]) if told else None


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
class TestMeant:
    @pytest.mark.parametrize(
        ("query", "instead"),
        [
            ("afganistan", "afghanistan"),
            ("Afganistan bordres -drugs year:2010", "Afghanistan borders -drugs year:2010"),
            ('"drug traficking"', '"drug trafficking"'),
            ("тероризм", "терроризм"),
            ("njrftd", "токаев"),
            ("Tokajev", "Tokayev"),
            ("drugs OR afganistan", "drugs OR afghanistan"),
            ("peregovory", "переговоры"),
            ("Peregovory predsedatelâ -drugs", "Переговоры председателя -drugs"),
            ('"peregovory predsedatelya"', '"переговоры председателя"'),
            ("narkotiki i terrorizm", "наркотики i терроризм"),
            ("terorizm", "терроризм"),
            ("peregovory o prave", "переговоры о праве"),
        ],
    )
    def test_the_query_is_put_right_and_keeps_all_the_rest(self, query: str, instead: str) -> None:
        assert meant(query) == instead

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "afghanistan",
                "smugling",
                "poachin",
                "This is some test text",
                "-afganistan",
                "qwrtzx",
                "the of",
            ),
            *("peregovory v qwrtzxk", "kontrabanda", "o", "drugs v borders"),
            *("afganistan qwrtzxk", "drugs afganistan", "borders -afganistan", "2022", ""),
        ],
    )
    def test_nothing_is_offered_for_sense_nonsense_drafts_or_what_would_find_no_more(
        self, query: str
    ) -> None:
        assert meant(query) is None

    def test_what_is_offered_is_not_asked(self) -> None:
        told = data("/api/v1/search/?q=afganistan&type=statement")
        assert (told["count"], told["results"], told["query"]) == (0, [], "afganistan")
        offered = told["did_you_mean"]
        assert offered["count"] == 3
        for name, path in (("url", "/api/v1/search/"), ("html_url", "/search/")):
            parts = urlsplit(offered[name])
            assert parts.path == path
            assert parse_qs(parts.query) == {"q": ["afghanistan"], "type": ["statement"]}
        assert data(offered["url"].removeprefix("http://testserver"))["count"] == 3

    def test_the_page_offers_it_as_a_link_that_keeps_the_boxes(self) -> None:
        shown = re.sub(r"\s+", " ", body(ask("/ru/search/?q=afganistan&type=statement")).decode())
        assert '<a href="/ru/search/?q=afghanistan&amp;type=statement"><code>afghanistan</code></a>' in shown
        assert "afghanistan" not in body(ask("/search/?q=afghanistan")).decode().partition("Did you mean")[2]

    def test_it_takes_a_fixed_number_of_queries_more(self) -> None:
        counts = []
        for query in (
            *("borders", "qwrtzxk", "afganistan", "afganistan bordres traficking"),
            *("peregovory", "peregovory predsedatela"),
        ):
            ask(f"/search/?{urlencode({'q': query})}")
            with CaptureQueriesContext(connection) as queries:
                ask(f"/search/?{urlencode({'q': query})}")
            counts.append(len(queries))
        assert counts == [5, 6, 9, 9, 8, 9]  # where nothing is found, one asks whether there is an index
