"""Which letter is what is read once for each state of the index, and is never another state's."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cstokb.fulltext import engine, letters
from cstokb.fulltext.beside import beside
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.models import FacetLetter, Stamp
from cstokb.fulltext.query import parse

pytestmark = pytest.mark.django_db


def put(number: int, **facets: tuple[str, ...]) -> None:
    segments = (Segment("p1", "en", "peace"),)
    engine.index([Document(number, "statement", segments=segments, facets=facets)])


def told() -> dict[str, list[tuple[str, int]]]:
    facets = engine.search(parse("peace")).facets
    return {facet: [(one.value, one.count) for one in values] for facet, values in facets.items()}


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_book", letters.Book())


def test_letters_are_read_again_only_when_the_index_changes() -> None:
    put(1, state=("kaz",))
    first = told()
    book = letters.book()
    assert (told(), letters.book()) == (first, book)
    assert first == {"state": [("kaz", 1)]}
    put(2, state=("arm",))
    assert told() == {"state": [("arm", 1), ("kaz", 1)]}
    assert letters.book().stamp != book.stamp


def test_it_takes_no_query_more() -> None:
    put(1, state=("kaz",))
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            told()
        assert len(captured) == 1


def test_a_number_that_was_taken_back_and_given_to_another_value_is_read_anew() -> None:
    put(1, state=("kaz",))
    with transaction.atomic():
        put(2, topic=("peace",))
        assert told() == {"state": [("kaz", 1)], "topic": [("peace", 1)]}
        transaction.set_rollback(True)
    FacetLetter.objects.create(pk=FacetLetter.objects.get().pk + 1, facet="organ", value="csc")
    put(3, organ=("csc",))
    assert told() == {"organ": [("csc", 1)], "state": [("kaz", 1)]}


def test_an_index_that_was_made_anew_has_letters_of_its_own() -> None:
    put(1, state=("kaz",))
    told()
    beside().make()
    with beside().into():
        put(1, organ=("csc",))
        assert told() == {"organ": [("csc", 1)]}
    assert told() == {"state": [("kaz", 1)]}
    beside().forget()


def test_without_a_stamp_nothing_is_remembered() -> None:
    put(1, state=("kaz",))
    Stamp.objects.all().delete()
    assert told() == {"state": [("kaz", 1)]}
    assert letters.book() == letters.Book()
