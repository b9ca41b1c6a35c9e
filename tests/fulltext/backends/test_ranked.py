"""How the page of a search by relevance is asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.fulltext import engine
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.query import parse

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
    assert captured[-1]["sql"].count('FROM "fulltext_indexedrecord"') == 1
