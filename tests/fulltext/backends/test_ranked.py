"""How the page of a search by relevance is asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.query import parse
from cstokb.fulltext.ranking import Filters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["common", "common word", '"common word"', "comm*"])
def test_what_is_found_is_asked_for_once(query: str) -> None:
    engine.index(
        Document(number, "statement", segments=(Segment("p1", "en", "a common word"),))
        for number in range(1, 4)
    )
    with CaptureQueriesContext(connection) as captured:
        result = engine.search(parse(query))
    assert [hit.id for hit in result.hits] == [1, 2, 3]
    assert [one["sql"].count("found(record_id) AS") for one in captured if "found" in one["sql"]] == [1]


@pytest.mark.parametrize(
    ("facets", "first"), [({}, [4, 9, 3, 7]), ({"state": ["kaz"]}, [4, 7, 11, 2])], ids=["all", "narrowed"]
)
def test_the_page_is_the_same_with_facets_and_without(facets: dict[str, list[str]], first: list[int]) -> None:
    engine.index(
        Document(
            number,
            "statement",
            titles={4: (("en", "Word"),), 9: (("en", "A word once"),)}.get(number, ()),
            segments=(Segment("p1", "en", "word " * (number % 4) + "common " * (1000 - 333 * (number % 4))),),
            facets={"state": ("kaz" if number % 3 else "arm",)},
        )
        for number in range(1, 13)
    )
    narrowed = Filters(facets=facets)
    pages = [
        [
            engine.search(parse("word"), narrowed, page=page, size=4, facets=counted).hits
            for page in range(1, 5)
        ]
        for counted in (True, False)
    ]
    assert [hit.id for hit in pages[0][0]] == first
    assert pages[0] == pages[1]
    assert pages[0][3] == ()
