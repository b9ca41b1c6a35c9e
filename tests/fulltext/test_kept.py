"""Kept answers: the same as those that are counted anew, whatever is written in between."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cstokb.fulltext import engine, kept, ranking
from cstokb.fulltext.beside import beside
from cstokb.fulltext.documents import Document, Segment
from cstokb.fulltext.models import Kept, Stamp
from cstokb.fulltext.query import Query, parse
from cstokb.fulltext.ranking import SORTS, Filters, Result
from tests.fulltext import strategies
from tests.fulltext.test_same_everywhere import names

pytestmark = pytest.mark.django_db

ASKED = ("security", "treat*", "terror OR договор", "Токаев -treaty", "art NEAR/4 4", "year:2020")
#: Before the end of what is kept, across it, behind it, and behind all that is found.
PAGES = ((1, 2), (2, 2), (3, 2), (9, 2))


def queries() -> list[Query | None]:
    return [None, *(parse(text, strategies.FIELDS, names) for text in ASKED)]


def every_page(query: Query | None) -> list[Result]:
    return [engine.search(query, sort=sort, page=page, size=size) for sort in SORTS for page, size in PAGES]


def agree() -> None:
    """What is answered is what is answered where nothing is kept."""
    told = list(map(every_page, queries()))
    with transaction.atomic():
        Kept.objects.all().delete()
        assert told == list(map(every_page, queries()))
        transaction.set_rollback(True)


writes = st.one_of(
    st.tuples(st.just("index"), strategies.documents()),
    st.tuples(st.just("remove"), st.lists(st.sampled_from(range(1, 43, 7)), max_size=3)),
    st.tuples(st.just("keep"), st.lists(st.integers(0, len(ASKED)), min_size=1, max_size=4)),
    st.tuples(st.just("clear"), st.just(())),
)


def step(act: str, what: Any) -> None:
    match act:
        case "index":
            engine.index(what)
        case "remove":
            engine.remove(what)
        case "clear":
            engine.clear()
        case _:
            for number in what:
                engine.keep(queries()[number])


@given(steps=st.lists(writes, min_size=2, max_size=7))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_kept_answer_is_the_answer_whatever_is_written(steps: list[tuple[str, Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "MOST", 3)
        engine.clear()
        for act, what in steps:
            step(act, what)
            if act != "keep":
                engine.keep(parse("security"))
        agree()


def put(*numbers: int, text: str = "collective security", **more: Any) -> None:
    engine.index(
        Document(number, "statement", segments=(Segment("p1", "en", text),), **more) for number in numbers
    )


SECURITY = parse("security")


@pytest.fixture
def marked() -> None:
    """Three documents, and the answer to a question kept with a number that no counting gives."""
    put(1, 2, 3, facets={"state": ("kaz",)})
    (key,) = engine.keep(SECURITY)
    Kept.objects.filter(key=key).update(
        counts=json.dumps([777, {"state": [["arm", 5]]}]), best=json.dumps([[3, 9]] * 200)
    )


def told() -> int:
    return engine.search(SECURITY).count


@pytest.mark.usefixtures("marked")
class TestWhenItIsGiven:
    def test_while_the_index_is_the_same(self) -> None:
        result = engine.search(SECURITY)
        (state,) = result.facets["state"]
        assert (result.count, state.value, state.count) == (777, "arm", 5)
        assert {(hit.id, hit.score) for hit in result.hits} == {(3, 9)}
        assert len(result.hits) == 20

    def test_it_costs_one_query_as_does_what_is_not_kept_and_what_lies_behind_it_another(self) -> None:
        for query, page, cost in ((SECURITY, 1, 1), (parse("collective"), 1, 1), (SECURITY, 11, 2)):
            with CaptureQueriesContext(connection) as captured:
                engine.search(query, page=page)
            assert len(captured) == cost

    def test_of_a_prefix_no_words_are_looked_up(self) -> None:
        prefix = parse("secur*")
        before = engine.search(prefix)
        engine.keep(prefix)
        with CaptureQueriesContext(connection) as captured:
            assert engine.search(prefix) == before
        assert len(captured) == 1

    def test_other_beginnings_of_the_same_words_are_kept_unasked_and_what_differs_is_asked(self) -> None:
        prefix, alike = parse("coll*"), parse("collect*")
        other, named = parse("coll* security"), parse("collec*")
        named = replace(named, named=("kazakhstan",))
        with CaptureQueriesContext(connection) as captured:
            assert len(engine.keep(prefix, [alike])) == 2
        with CaptureQueriesContext(connection) as asked:
            assert len(engine.keep(prefix, [alike, other, named])) == 4
        assert [sum("found(record_id)" in one["sql"] for one in those) for those in (captured, asked)] == [
            1,
            2,
        ]
        put(4, text="collective")
        put(5, text="collector")
        assert [engine.search(one).count for one in (prefix, alike, other, named)] == [5, 5, 3, 5]

    @pytest.mark.parametrize("text", ["security", "SECURITY", " security ", '"security"'])
    def test_however_it_is_written(self, text: str) -> None:
        assert engine.search(parse(text)).count == 777

    @pytest.mark.parametrize("text", ["=security", "collective", "security collective", "secur*"])
    def test_not_for_another_question(self, text: str) -> None:
        assert engine.search(parse(text)).count == 3

    @pytest.mark.parametrize("more", [{"keys": ("tokayev",)}, {"keys": ()}, {"named": ("secur",)}])
    def test_not_where_other_titles_or_names_equal_the_words(self, more: dict[str, Any]) -> None:
        assert engine.search(replace(SECURITY, **more)).count == 3

    def test_not_for_a_narrower_one(self) -> None:
        assert engine.search(SECURITY, Filters(facets={"state": ["kaz"]})).count == 3
        assert engine.search(SECURITY, Filters(kinds=["statement"])).count == 3
        assert engine.search(SECURITY, Filters(facets={"state": []})).count == 777

    def test_of_what_is_ordered_otherwise_the_counts_alone(self) -> None:
        put_before = engine.search(SECURITY, first=[Filters(kinds=["statement"])])
        by_title = engine.search(SECURITY, sort="title_en")
        assert (put_before.count, by_title.count) == (777, 777)
        assert [hit.id for hit in put_before.hits] == [hit.id for hit in by_title.hits] == [1, 2, 3]

    def test_not_for_those_who_only_count(self) -> None:
        assert engine.search(SECURITY, facets=False).count == engine.count(SECURITY) == 3

    def test_not_by_another_release(self) -> None:
        with override_settings(RELEASE="next"):
            assert told() == 3
        assert told() == 777


@pytest.mark.usefixtures("marked")
class TestWhenItIsOver:
    def test_as_soon_as_a_document_comes(self) -> None:
        put(4)
        assert told() == 4

    def test_as_soon_as_one_without_the_word_comes_since_nobody_asks_what_it_holds(self) -> None:
        put(4, text="nothing")
        assert told() == 3

    def test_as_soon_as_one_is_another(self) -> None:
        put(2, text="nothing")
        assert told() == 2

    def test_as_soon_as_one_is_gone(self) -> None:
        engine.remove([1])
        assert told() == 2

    def test_not_by_taking_out_what_is_not_there(self) -> None:
        engine.remove([99])
        engine.index([])
        assert told() == 777

    def test_when_the_index_is_emptied(self) -> None:
        engine.clear()
        assert told() == 0

    def test_not_by_what_was_taken_back(self) -> None:
        with transaction.atomic():
            put(4)
            assert told() == 4
            transaction.set_rollback(True)
        assert told() == 777

    def test_when_another_index_takes_its_place(self) -> None:
        place = beside()
        place.make()
        with place.into():
            put(1)
        place.finish()
        assert told() == 777
        swap()
        place.settle()
        assert told() == 1

    def test_and_is_there_again_when_it_is_kept_anew(self) -> None:
        put(4)
        engine.keep(SECURITY)
        with CaptureQueriesContext(connection) as captured:
            assert told() == 4
        assert len(captured) == 1


def swap() -> None:
    """As a rebuild swaps: again where PostgreSQL's own housekeeping has a table in hand."""
    for last in (*[False] * 30, True):
        try:
            with transaction.atomic():
                beside().swap()
        except OperationalError:
            if last:
                raise
            time.sleep(0.5)
        else:
            return


def test_what_is_written_while_an_answer_is_found_makes_that_useless(monkeypatch: pytest.MonkeyPatch) -> None:
    put(1, 2)
    page = ranking._page

    def late(*asked: Any) -> Any:
        found = page(*asked)
        put(3)
        return found

    monkeypatch.setattr(ranking, "_page", late)
    engine.keep(SECURITY)
    monkeypatch.undo()
    assert Kept.objects.count() == 1
    assert engine.search(SECURITY).count == 3


def test_what_is_kept_is_found_with_its_best_and_once_more_for_each_other_order() -> None:
    put(1, 2, 3)
    with CaptureQueriesContext(connection) as captured:
        engine.keep(SECURITY)
    assert sum("fulltext_indexedrecord" in one["sql"] for one in captured) == 3
    row = Kept.objects.get()
    assert [[key for key, _score in json.loads(first)] for first in (row.best, row.newest, row.oldest)] == [
        [1, 2, 3]
    ] * 3


def test_a_stamp_is_never_met_again() -> None:
    numbers = set()
    for number in range(1, 6):
        put(number)
        numbers.add(kept.stamp())
    assert len(numbers) == 5
    assert Stamp.objects.count() == 1


def test_an_index_that_was_never_written_to_has_a_stamp() -> None:
    Stamp.objects.all().delete()
    assert kept.stamp() == kept.stamp()
    engine.keep(None)
    assert engine.search(None).count == 0
    put(1)
    assert engine.search(None).count == 1
