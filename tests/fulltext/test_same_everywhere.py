"""Random queries over random documents: the database in use finds what plain Python finds, in the same order."""

from collections.abc import Collection, Mapping, Sequence
from unittest import mock

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cstokb.fulltext import engine
from cstokb.fulltext.backends import answering
from cstokb.fulltext.documents import Document
from cstokb.fulltext.errors import QueryError
from cstokb.fulltext.query import Query, parse
from cstokb.fulltext.ranking import Filters
from tests.fulltext import strategies
from tests.fulltext.oracle import Oracle, lets_through
from tests.scale import at_scale

pytestmark = pytest.mark.django_db

SETTINGS = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
some_filters = st.builds(
    Filters,
    facets=st.fixed_dictionaries(
        {},
        optional={
            "state": st.lists(st.sampled_from(("kaz", "arm")), unique=True),
            "year": st.lists(st.sampled_from(("2019", "2020", "2021")), unique=True),
        },
    ),
    kinds=st.sampled_from(((), ("statement",))),
    after=strategies.days,
    before=strategies.days,
)


def names(keys: Collection[str]) -> Mapping[str, Sequence[str]]:
    return {key: strategies.NAMES[key] for key in keys if key in strategies.NAMES}


def read(text: str) -> Query:
    try:
        return parse(text, strategies.FIELDS, names)
    except QueryError:  # NEAR over fields and the like
        assume(False)
        raise


def agree(oracle: Oracle, text: str, filters: Filters) -> None:
    """Rows, count, facets and order of one query are those of plain Python."""
    query = read(text)
    if query.tree is None:
        assert engine.search(query).count == 0
        return
    expected = oracle.find(query.tree, filters)
    result = engine.search(query, filters, size=50)
    assert {hit.id for hit in result.hits} == expected
    assert result.count == len(expected)
    assert set(engine.match(query).values_list("record_id", flat=True)) == oracle.find(query.tree)
    facets = {facet: {one.value: one.count for one in counts} for facet, counts in result.facets.items()}
    assert facets == oracle.facets(query.tree, filters)
    assert [hit.id for hit in engine.search(query, size=50).hits] == oracle.by_relevance(query)


several_queries = st.lists(st.tuples(strategies.queries, some_filters), min_size=1, max_size=8)
#: Of how many records facets are counted by who holds their letters.
how_many = st.sampled_from((0, 2, answering.MANY))


def all_agree(documents: list[Document], asked: list[tuple[str, Filters]], many: int) -> None:
    engine.clear()
    engine.index(documents)
    oracle = Oracle(documents)
    with mock.patch.object(answering, "MANY", many):
        for text, filters in asked:
            agree(oracle, text, filters)


@pytest.mark.sample
@given(documents=strategies.documents(), asked=several_queries, many=how_many)
@SETTINGS
def test_same_rows_order_counts_and_facets(
    documents: list[Document], asked: list[tuple[str, Filters]], many: int
) -> None:
    all_agree(documents, asked, many)


@pytest.mark.slow
@given(documents=strategies.documents(), asked=several_queries, many=how_many)
@settings(SETTINGS, max_examples=at_scale(600, 2_000))
def test_same_rows_order_counts_and_facets_of_thousands_of_queries(
    documents: list[Document], asked: list[tuple[str, Filters]], many: int
) -> None:
    all_agree(documents, asked, many)


@given(documents=strategies.documents(), text=strategies.texts.filter(bool))
@SETTINGS
def test_a_phrase_never_finds_more_than_its_words(documents: list[Document], text: str) -> None:
    phrase, words = read(f'"{text}"'), read(text)
    assume(phrase.tree is not None and words.tree is not None)
    assert phrase.tree is not None
    assert words.tree is not None
    oracle = Oracle(documents)
    assert oracle.find(phrase.tree) <= oracle.find(words.tree)


@given(documents=strategies.documents(), filters=some_filters)
@SETTINGS
def test_without_a_query_the_filters_decide(documents: list[Document], filters: Filters) -> None:
    engine.clear()
    engine.index(documents)
    expected = [one for one in documents if lets_through(one, filters)]
    newest = sorted(expected, key=lambda one: (-one.date_min.toordinal() if one.date_min else 1, one.id))
    assert [hit.id for hit in engine.search(None, filters).hits] == [one.id for one in newest]


def leaves_no_trace(documents: list[Document], asked: list[str], gone: set[int]) -> None:
    engine.clear()
    engine.index(documents)
    removed = [one.id for number, one in enumerate(documents) if number in gone]
    engine.remove(removed)
    left = Oracle(one for one in documents if one.id not in removed)
    for text in asked:
        query = read(text)
        assume(query.tree is not None)
        assert query.tree is not None
        assert set(engine.match(query).values_list("record_id", flat=True)) == left.find(query.tree), text


few_queries = st.lists(strategies.queries, min_size=1, max_size=4)


@pytest.mark.sample
@given(documents=strategies.documents(), asked=few_queries, gone=st.sets(st.integers(0, 5)))
@SETTINGS
def test_what_was_removed_leaves_no_trace(
    documents: list[Document], asked: list[str], gone: set[int]
) -> None:
    leaves_no_trace(documents, asked, gone)


@pytest.mark.slow
@given(documents=strategies.documents(), asked=few_queries, gone=st.sets(st.integers(0, 5)))
@settings(SETTINGS, max_examples=at_scale(300, 2_000))
def test_what_was_removed_leaves_no_trace_in_thousands_of_queries(
    documents: list[Document], asked: list[str], gone: set[int]
) -> None:
    leaves_no_trace(documents, asked, gone)


SIGNS = " ab4-*=:()\"«»„“”\u2212\u00a0\u200b\u00ad\u0301.,…'’\x00§&|!^~/\\ёй"
OPERATORS = (
    "OR",
    "AND",
    "NOT",
    "NEAR/2",
    "NEAR/0",
    "state:",
    "state:kaz",
    "x:",
    "year:2020",
    "Article",
    "ст.",
    "и",
)
nasty = st.lists(
    st.sampled_from(SIGNS) | st.sampled_from(OPERATORS) | st.sampled_from(strategies.WORDS), max_size=25
).map("".join)
spaced = st.lists(st.sampled_from((*OPERATORS, *SIGNS, *strategies.WORDS)), max_size=12).map(" ".join)


def places_are_inside(text: str) -> None:
    """Every place that is told of a query lies in it; what is read is there again when it is written out."""
    try:
        query = parse(text, strategies.FIELDS, names)
    except QueryError as error:
        said = (0 <= error.start <= error.end <= len(text), bool(str(error)))
    else:
        written_out(query)
        said = (all(0 <= one.start < one.end <= len(text) for one in query.notices), True)
    assert said == (True, True), text


def written_out(query: Query) -> None:
    assert (query.tree is None) == (query.hint is not None)
    if len(query.canonical) <= 1000:
        again = parse(query.canonical, strategies.FIELDS, names)
        assert (again.tree, again.notices) == (query.tree, ()), ascii((query.text, query.canonical))
        assert again.canonical == query.canonical, ascii((query.text, query.canonical))


@pytest.mark.sample
@given(text=st.text(max_size=60) | nasty | spaced | strategies.queries)
@settings(SETTINGS, max_examples=200)
def test_any_text_is_read_and_reads_the_same_when_it_is_written_out(text: str) -> None:
    places_are_inside(text)


@pytest.mark.slow
@given(text=st.text(max_size=200) | nasty | spaced | strategies.queries)
@settings(SETTINGS, max_examples=at_scale(3_000, 100_000))
def test_any_of_thousands_of_texts_is_read_and_reads_the_same_when_it_is_written_out(text: str) -> None:
    places_are_inside(text)


@given(text=nasty | spaced)
@SETTINGS
def test_any_text_is_answered(text: str) -> None:
    query = read(text)
    result = engine.search(query)
    engine.passages([hit.id for hit in result.hits], query)


def test_a_prefix_finds_what_each_completion_finds() -> None:
    documents = [
        Document(number, "statement", titles=(("en", word),))
        for number, word in enumerate(strategies.WORDS, start=1)
    ]
    engine.index(documents)
    for word in ("terrorism", "peacekeepers", "договоры", "treaties"):
        whole = set(engine.match(parse(word)).values_list("record_id", flat=True))
        for length in range(2, len(word)):
            begun = set(engine.match(parse(f"{word[:length]}*")).values_list("record_id", flat=True))
            assert whole <= begun
