"""Which letter is what is read once for each state of the index, and is never another state's."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cstokb.fulltext import engine, letters
from cstokb.fulltext.backends import answering
from cstokb.fulltext.beside import beside
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.models import FacetLetter, Stamp
from cstokb.fulltext.query import parse
from cstokb.fulltext.ranking import Filters

pytestmark = pytest.mark.django_db


def put(number: int, **facets: tuple[str, ...]) -> None:
    segments = (Segment("p1", "en", "peace"),)
    engine.index([Document(number, "statement", segments=segments, facets=facets)])


def told() -> dict[str, list[tuple[str, int]]]:
    return plain(engine.search(parse("peace")))


def plain(result: engine.Result) -> dict[str, list[tuple[str, int]]]:
    return {facet: [(one.value, one.count) for one in values] for facet, values in result.facets.items()}


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


class TestOfManyRecords:
    """From the second search on that meets many records in one state of the index."""

    @pytest.fixture(autouse=True)
    def many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answering, "MANY", 2)
        for number, state in enumerate(("kaz", "arm", "kaz"), start=1):
            put(number, state=(state,), topic=("peace",))

    def test_who_holds_the_letters_is_read_once(self) -> None:
        asked = []
        for _ in range(4):
            with CaptureQueriesContext(connection) as captured:
                assert told() == {"state": [("kaz", 2), ("arm", 1)], "topic": [("peace", 3)]}
            asked.append(len(captured))
        assert asked == [1, 2, 1, 1]
        assert letters.book().holders is not None

    def test_the_counts_are_then_told_from_ids_alone(self) -> None:
        expected = told()
        told()
        with (
            connection.cursor() as cursor
        ):  # as no writer of ours leaves it, so that nothing but the ids tells
            cursor.execute("UPDATE fulltext_indexedrecord SET letters = ''")
        assert told() == expected

    def test_few_records_are_told_by_their_letters(self) -> None:
        told(), told()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE fulltext_indexedrecord SET letters = ''")
        narrowed = engine.search(parse("peace"), Filters(facets={"state": ("arm",)}))
        assert plain(narrowed) == {"state": [("kaz", 2), ("arm", 1)]}  # of all three; the topic of one alone

    def test_each_facet_counts_without_its_own_condition(self) -> None:
        told(), told()
        result = engine.search(parse("peace"), Filters(facets={"state": ("kaz",), "topic": ("peace",)}))
        assert (result.count, plain(result)) == (
            2,
            {"state": [("kaz", 2), ("arm", 1)], "topic": [("peace", 2)]},
        )

    def test_another_state_of_the_index_is_told_by_its_letters(self) -> None:
        told(), told()
        put(4, state=("rus",), topic=("peace",))
        expected = {"state": [("kaz", 2), ("arm", 1), ("rus", 1)], "topic": [("peace", 4)]}
        assert told() == expected
        assert letters.book().holders is None
        assert [told(), told()] == [expected, expected]
        assert letters.book().holders is not None

    def test_what_was_taken_back_is_not_remembered(self) -> None:
        first = told()
        with transaction.atomic():
            put(4, state=("rus",), topic=("peace",))
            assert len({str(told()) for _ in range(3)}) == 1
            transaction.set_rollback(True)
        assert [told() for _ in range(3)] == [first] * 3

    def test_nobody_waits_for_who_reads_the_same_already(self) -> None:
        first = told()
        with letters._reading:
            assert told() == first
            assert letters.book().holders is None
        told()
        assert letters.book().holders is not None

    def test_an_index_that_changes_meanwhile_is_not_mixed_with_what_is_known(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = told()
        read = answering.holding

        def holding() -> tuple[int | None, list[tuple[int, str]]]:
            put(4, state=("rus",), topic=("peace",))
            return read()

        monkeypatch.setattr(letters, "holding", holding)
        assert told() == first
        assert letters.book().holders is None
