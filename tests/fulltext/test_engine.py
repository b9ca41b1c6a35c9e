"""Documents in, records out: what others met as faults, on the database in use."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cstokb.fulltext import engine, tables
from cstokb.fulltext.documents import Document, Role, Segment
from cstokb.fulltext.fields import FacetField, choices
from cstokb.fulltext.models import FacetLetter, FacetValue, IndexedRecord, Opening, Word
from cstokb.fulltext.normalise import sort_key
from cstokb.fulltext.openings import HELD, LEFT
from cstokb.fulltext.query import parse
from cstokb.fulltext.ranking import Filters

pytestmark = pytest.mark.django_db


def put(number: int, *texts: str, title: str = "", names: tuple[str, ...] = (), **more: object) -> None:
    """Index one document with a passage for each text."""
    segments = tuple(Segment(f"p{place}", "en", text) for place, text in enumerate(texts, start=1))
    titles = (("en", title),) if title else ()
    document = {"kind": "statement", "titles": titles, "names": names, "segments": segments} | more
    engine.index([Document(number, **document)])  # type: ignore[arg-type]


def found(text: str) -> list[int]:
    """The ids that a query finds, best first; all three ways of asking agree on which."""
    query = parse(text)
    result = engine.search(query, size=100)
    ids = [hit.id for hit in result.hits]
    assert result.count == len(ids) == len(set(ids))
    assert set(engine.match(query).values_list("record_id", flat=True)) == set(ids)
    return ids


def html(text: str, number: int = 1) -> list[str]:
    """The passages of a record as a query shows them."""
    return [str(one.html) for one in engine.passages([number], parse(text)).get(number, [])]


# -- letters --


@pytest.mark.parametrize(
    "query", ["договор", "ДОГОВОР", "Договор", "дого*", "ДОГО*", "договоры", '"Договор о"']
)
def test_case_and_ending_hide_no_cyrillic_word(query: str) -> None:
    """B022."""
    put(1, title="Договор о коллективной безопасности")
    put(2, title="Доклад о коллективной безопасности")
    assert found(query) == [1]


def test_yo_and_ye_are_one_letter() -> None:
    """B023."""
    put(1, "Пётр пришёл")
    put(2, "Петр ушёл")
    put(3, "Достигнута договорённость.")
    assert found("Петр") == found("Пётр") == [1, 2]
    assert found("договоренность") == [3]
    assert html("договоренность", 3) == ["Достигнута <mark>договорённость</mark>."]


def test_a_decomposed_letter_is_found_and_is_no_other() -> None:
    """B024."""
    put(1, "мои\u0306 договор с Российскои\u0306")
    put(2, "мои договоры")
    assert found('"мой договор"') == found('"мои\u0306 договор"') == [1]
    assert found("российской") == found("российскои\u0306") == [1]
    assert found('"мои договоры"') == [2]


def test_marks_that_are_not_read_hide_nothing() -> None:
    """B035."""
    put(1, "кол\u00adлективной ОДКБ\u200bустав Статья\u00a04 CSTO\u200f")
    for query in ("коллективной", "устав", "одкб", '"статья 4"', "CSTO"):
        assert found(query) == [1]
    assert html("коллективной CSTO")[0].startswith("<mark>кол\u00adлективной</mark> ОДКБ")


# -- phrases, numbers, names --


def test_typographic_quotes_make_a_phrase() -> None:
    """B026."""
    put(1, "On collective security, коллективная безопасность, мир и безопасность")
    put(2, "security that is collective, безопасность и мир, безопасность коллективная")
    assert found("“collective security”") == found('"collective security"') == [1]
    assert found("«коллективная безопасность»") == [1]
    assert found("„мир и безопасность“") == [1]
    assert sorted(found("collective security")) == [1, 2]


def test_a_number_is_not_the_beginning_of_another() -> None:
    """B030."""
    put(1, "…", title="Article 4")
    put(2, "…", title="Article 40")
    put(3, "…", title="Article 4bis")
    put(4, "By Article 51 all 4 states agree; см. ст. 40.")
    put(5, "Согласно статье\u00a04 Договора")
    for query in ('"Article 4"', "Article 4", "art. 4", "статья 4", "ст. 4", "§ 4"):
        assert found(query) == [1, 5]
    assert found("Article 4bis") == [3]
    assert found("ст. 40") == [2, 4]
    assert found('="Article 4"') == [1]


@pytest.mark.parametrize(
    "query", ["Kassym Jomart", "kassym-jomart", "KassymJomart", "Касым Жомарт", "jomart kassym"]
)
def test_a_hyphen_in_a_name_defeats_nobody(query: str) -> None:
    """B032."""
    put(1, title="Kassym-Jomart Tokayev", names=("Касым-Жомарт Токаев",), kind="person")
    put(2, title="Kassym Ivanov", kind="person")
    assert found(query) == [1]


@pytest.mark.parametrize(
    "query", ["Nikol Pashinyan", "Pashinyan Nikol", "Pashinyan, N.", "N. Pashinyan", "Пашинян"]
)
def test_a_person_is_found_however_the_name_is_put(query: str) -> None:
    """B037."""
    put(1, "Nikol Pashinyan spoke of Пашинян.", title="A statement with a long title")
    put(2, title="Nikol Pashinyan", names=("Никол Пашинян",), kind="person")
    put(3, title="Arsen Pashinyan", kind="person")
    assert found(query)[0] == 2


@pytest.mark.parametrize("query", ["O'Connor", "O’Connor", "oconnor"])
def test_an_apostrophe_breaks_nothing(query: str) -> None:
    """B028."""
    put(1, "By O’Connor")
    put(2, "By Connor O")
    assert found(query) == [1]


@pytest.mark.parametrize("query", ["co-operation", "cooperation", '"co operation"', "co\u2011operation"])
def test_a_hyphen_is_a_hyphen_or_nothing(query: str) -> None:
    """B028."""
    put(1, "military co-operation")
    put(2, "operation of a co")
    assert found(query) == [1]


def test_a_phrase_stays_within_whole_words_and_one_passage() -> None:
    """B045."""
    put(1, "Of collective", "security and peace")
    put(2, "alphabet betamax")
    assert found('"collective security"') == found("collectivesecurity") == found('"alpha beta"') == []
    assert found("collective security") == [1]


@pytest.mark.parametrize(
    "query", ["@x", "^a", "a/b", "20.04", "title:x", "NEAR(", "AND", "-", "*", '"', "мир OR", "{x} : y"]
)
def test_signs_of_the_database_are_only_signs(query: str) -> None:
    """B028."""
    put(1, "nothing of the sort")
    assert found(query) == []


def test_signs_in_words_written_together_make_a_phrase() -> None:
    put(1, "v. 20.04 and a/b")
    put(2, "v. 04.20 and b/a")
    assert found("20.04") == found("a/b") == [1]


def test_a_star_finds_endings_and_only_at_the_end() -> None:
    """B029."""
    put(1, "договор")
    put(2, "договоры")
    put(3, "разговор")
    assert sorted(found("догов*")) == [1, 2]
    assert found("*говор") == []
    assert found("=договор*") == [1, 2]


def test_exclusion_excludes() -> None:
    """B034."""
    put(1, "The charter and the treaty")
    put(2, "The charter")
    for query in ("charter -treaty", "charter \u2212treaty", "charter\u00a0NOT treaty"):
        assert found(query) == [2]
    assert found("-treaty") == []


def test_exact_form_finds_no_other_form() -> None:
    put(1, "securities")
    put(2, "security")
    assert sorted(found("security")) == [1, 2]
    assert found("=security") == [2]


def test_common_words_count_in_phrases_only() -> None:
    put(1, "a matter of the heart")
    put(2, "heart matter")
    assert sorted(found("the matter of heart")) == [1, 2]
    assert found('"matter of the heart"') == [1]
    assert found('"of the"') == found("=the") == [1]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("peacekeep* NEAR/5 UN", [1]),
        ("UN NEAR/5 peacekeepers", [1]),
        ("UN NEAR/4 peacekeepers", []),
        ('"one two" NEAR/1 three', [1]),
        ('three NEAR/2 "one two"', [1]),
        ("one NEAR/1 three", []),
        ("two NEAR/1 two", [1]),
        ('"one two" NEAR/1 "two three"', [1]),
        ('"one two" NEAR/1 "three four"', [1]),
        ('"one two" NEAR/1 four', []),
        ("=un NEAR/5 =peacekeepers", [1]),
        ("=un NEAR/5 =peacekeeper", []),
        ("=un NEAR/5 =peacekeep*", [1]),
        ("=un NEAR/5 =peacekeepi*", []),
        ("one OR zzz* NEAR/3 three", [1]),
        ("(zzz OR four) NEAR/1 three", [1]),
        ("zzz* NEAR/3 three", []),
        ('"three four" OR (zzz NEAR/3 three)', [1]),
        ('"three zzz" OR (one NEAR/3 three)', [1]),
    ],
)
def test_near_counts_words_in_both_directions(query: str, ids: list[int]) -> None:
    put(1, "UN one two three four peacekeepers")
    put(2, "UN", "peacekeepers")
    assert found(query) == ids


def test_words_far_behind_in_a_long_passage_are_found_as_phrases() -> None:
    filler = " ".join(f"w{number}" for number in range(1995))
    put(1, f"{filler} across the border of parts " + "the " * 1000 + "very end")
    for query in ('"across the border of parts"', '"the very end"', "w1990 NEAR/30 parts", '"w1994 across"'):
        assert found(query) == [1]
    assert found('"the border end"') == []


# -- order --


@pytest.mark.parametrize(
    ("query", "first"),
    [("О Совете коллективной безопасности", 1), ("On the Council", 2), ("on the council", 2)],
)
def test_the_record_whose_whole_title_it_is_comes_first(query: str, first: int) -> None:
    """B033."""
    put(1, title="О Совете коллективной безопасности")
    put(2, title="On the Council")
    put(3, title="On the Council of the Council", date_min=date(2024, 1, 1))
    put(4, title="Решение о Совете коллективной безопасности ОДКБ", date_min=date(2024, 1, 1))
    assert found(query)[0] == first


def test_titles_before_texts_then_often_before_once_then_newest() -> None:
    put(1, "border " * 6 + "x " * 100, date_min=date(2001, 1, 1))
    put(2, "border " + "x " * 100, date_min=date(2022, 1, 1))
    put(3, "border " + "x " * 100, date_min=date(2023, 1, 1))
    put(4, title="On the long and winding border", date_min=date(1999, 1, 1))
    put(5, title="The border", date_min=date(1998, 1, 1))
    put(6, "border " + "x " * 100)
    assert found("border") == [5, 4, 1, 3, 2, 6]


def test_a_record_that_bears_a_name_of_the_query_comes_before_those_whose_titles_hold_all_of_it() -> None:
    put(1, "Kazakhstan joined in 1994.", title="Kazakhstan", names=("Казахстан",), kind="state")
    put(2, title="Kazakhstan joined us")
    put(3, "Казахстан joined, Kazakhstan")
    names = {"kazakhstan": ["Казахстан"]}
    query = parse("kazakhstan joined", names=lambda keys: {key: names[key] for key in keys if key in names})
    assert [hit.id for hit in engine.search(query).hits] == [1, 2, 3]
    assert found("kazakhstan joined") == [2, 1, 3]


def test_a_record_is_found_by_what_it_is_known_by_which_is_never_shown() -> None:
    put(1, "Words", title="A speech", about=("16 мая 2022", "Kazakhstan"))
    put(2, "Kazakhstan", "16 мая 2022")
    assert found("kazakhstan 2022") == found('"16 мая"') == [2, 1]
    assert html("kazakhstan words") == ["<mark>Words</mark>"]
    assert html("kazakhstan") == []


def test_a_role_is_found_like_a_title_and_makes_no_title_shorter() -> None:
    put(1, title="Nikol Pashinyan", roles=(Role("Prime Minister"),), kind="person")
    put(2, "Prime Minister of many words", title="Minister")
    put(3, title="Prime Minister Office of the State", kind="organ")
    assert found("prime minister") == [1, 3, 2]
    assert found("minister") == [2, 1, 3]


def test_a_role_that_opens_nothing_is_found_all_the_same() -> None:
    put(1, title="Younger", roles=(Role("Member State", opens=False), Role("Chair")))
    put(2, title="Elder", roles=(Role("Member State", held=False, opens=False), Role("Chair", held=False)))
    assert found("member state") == [1, 2]
    opened = Opening.objects.exclude(kind="statement").order_by("record_id")
    assert list(opened.values_list("record_id", "kind", "text")) == [(1, HELD, "Chair"), (2, LEFT, "Chair")]


def test_a_role_that_was_left_is_no_title_and_weighs_like_words_said_often() -> None:
    put(
        1,
        title="Younger",
        roles=(Role("Prime Minister"), Role("Head of the Guard", held=False)),
        kind="person",
    )
    put(2, title="Elder", roles=(Role("Prime Minister", held=False),), kind="person")
    put(3, "A prime thing, a minister and many other words", title="On a meeting")
    assert found("prime minister") == [1, 2, 3]
    put(4, title="Guard of the Head")
    assert found("guard head") == [4, 1]


def test_orders_are_total_and_say_where_the_undated_stand() -> None:
    for number, title in ((1, "Ель"), (2, "Ёлка"), (3, "Жук"), (4, "Ель")):
        day = date(2020, 1, number) if number < 3 else None
        put(number, "x1", title=title, date_min=day, sort_ru=sort_key(title), sort_en=str(9 - number))
    query = parse("x1")
    orders = {sort: [hit.id for hit in engine.search(query, sort=sort).hits] for sort in engine.SORTS}
    assert orders == {
        "relevance": [2, 1, 3, 4],
        "date": [1, 2, 3, 4],
        "-date": [2, 1, 3, 4],
        "title_en": [4, 3, 2, 1],
        "title_ru": [1, 4, 2, 3],
    }


def test_pages_follow_each_other_without_gap() -> None:
    engine.index(
        Document(number, "statement", segments=(Segment("", "en", "x1"),)) for number in range(1, 24)
    )
    pages = [[hit.id for hit in engine.search(parse("x1"), page=page, size=10).hits] for page in (1, 2, 3, 4)]
    assert pages == [list(range(1, 11)), list(range(11, 21)), [21, 22, 23], []]


def test_what_is_put_first_stands_before_whole_titles_in_its_order_and_on_no_page_twice() -> None:
    day, near = date(2022, 5, 16), date(2022, 5, 17)
    put(1, title="x1", date_min=near)
    for number in range(2, 8):
        put(number, "x1", date_min=day)
    put(8, "x1", kind="session", date_min=day)
    put(9, "x1", kind="session", date_min=day, date_max=near)
    put(10, "x2", kind="session", date_min=day)
    first = (Filters(kinds=("session",), on=day), Filters(on=day))
    asked = [engine.search(parse("x1"), page=page, size=3, first=first) for page in (1, 2, 3, 4)]
    assert [[hit.id for hit in one.hits] for one in asked] == [[8, 2, 3], [4, 5, 6], [7, 1, 9], []]
    assert {one.count for one in asked} == {9}
    scores = [hit.score for one in asked for hit in one.hits]
    assert scores == sorted(scores, reverse=True)
    by_date = engine.search(parse("x1"), sort="-date", first=first)
    assert by_date.hits[0].id == 1


@pytest.mark.parametrize("wrong", [{"sort": "banana"}, {"page": 0}, {"size": 0}])
def test_a_page_that_cannot_be_is_an_error(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="No such page"):
        engine.search(None, **wrong)  # type: ignore[arg-type]


# -- facets and filters --


def counts(result: engine.Result, facet: str) -> dict[str, int]:
    return {one.value: one.count for one in result.facets.get(facet, ())}


def test_two_values_of_a_facet_multiply_no_count() -> None:
    """B046."""
    for number in range(1, 11):
        facets = {"state": ("kgz", "blr"), "topic": ("border",) if number < 5 else ()}
        put(number, "x1", facets=facets)
    put(11, "x1", facets={"state": ("arm",)})
    result = engine.search(parse("x1"), Filters(facets={"state": ["kgz", "blr"]}))
    assert result.count == 10
    assert counts(result, "state") == {"kgz": 10, "blr": 10, "arm": 1}
    assert counts(result, "topic") == {"border": 4}


def test_a_facet_is_counted_with_every_filter_but_its_own() -> None:
    put(1, "x1", facets={"state": ("kaz",), "year": ("2020",)})
    put(2, "x1", facets={"state": ("arm",), "year": ("2020",)})
    put(3, "x1", facets={"state": ("kaz",), "year": ("2021",)})
    put(4, "y1", facets={"state": ("kaz",), "year": ("2020",)})
    result = engine.search(parse("x1"), Filters(facets={"state": ["kaz"], "year": ["2020"]}))
    assert [hit.id for hit in result.hits] == [1]
    assert counts(result, "state") == {"kaz": 1, "arm": 1}
    assert counts(result, "year") == {"2020": 1, "2021": 1}


def test_a_range_meets_possible_days_and_never_the_undated() -> None:
    put(1, "x1", date_min=date(2020, 1, 1), date_max=date(2020, 12, 31))
    put(2, "x1", date_min=date(2021, 6, 1))
    put(3, "x1")

    def ids(**bounds: date) -> list[int]:
        return sorted(hit.id for hit in engine.search(parse("x1"), Filters(**bounds)).hits)  # type: ignore[arg-type]

    assert ids(after=date(2020, 12, 31)) == [1, 2]
    assert ids(before=date(2020, 1, 1)) == [1]
    assert ids(after=date(2021, 1, 1), before=date(2021, 6, 1)) == [2]
    assert ids() == [1, 2, 3]


def test_fields_stand_anywhere_in_a_query() -> None:
    fields = {"state": FacetField("state", choices("kaz", "arm"))}
    put(1, "war", facets={"state": ("kaz",)})
    put(2, "peace", facets={"state": ("arm",)})
    put(3, "peace", facets={"state": ("kaz", "arm")})

    def ids(text: str) -> set[int]:
        return {hit.id for hit in engine.search(parse(text, fields)).hits}

    assert ids("war OR state:arm") == {1, 2, 3}
    assert ids("state:kaz -state:arm") == {1}
    assert ids("-(war state:kaz) state:kaz") == {3}


def test_kinds_narrow_matches_and_searches() -> None:
    put(1, "x1", kind="person")
    put(2, "x1", kind="session")
    assert list(engine.match(parse("x1"), kinds=["person"]).values_list("record_id", flat=True)) == [1]
    assert [hit.id for hit in engine.search(parse("x1"), Filters(kinds=["session"])).hits] == [2]


def test_a_match_serves_as_a_subquery_of_another_table() -> None:
    put(1, "war and peace", facets={"state": ("kaz",)})
    put(2, "peace", facets={"state": ("arm",)})
    values = FacetValue.objects.filter(record_id__in=engine.match(parse("peace -war")))
    assert [value.record_id for value in values] == [2]
    records = IndexedRecord.objects.filter(pk__in=engine.match(parse('"war and" OR "not there"')))
    assert [record.pk for record in records] == [1]
    assert list(values.filter(record_id__in=engine.match(parse("-war")))) == []


# -- in and out --


def test_indexing_again_replaces() -> None:
    put(1, "old words", title="Old", facets={"state": ("kaz",)})
    put(1, "new words", title="New")
    assert found("old") == found("=old") == []
    assert found("new") == found('"new words"') == [1]
    assert engine.search(parse("new")).facets == {}


def test_what_is_removed_is_gone_and_unknown_ids_are_passed_over() -> None:
    put(1, "zqx77ing", "first")
    put(2, "zqx77 first")
    engine.remove([1, 999])
    assert found("zqx77i*") == []
    assert found("zqx77*") == [2]
    assert list(engine.indexed_ids()) == [2]
    engine.clear()
    assert found("first") == []
    assert list(engine.indexed_ids()) == []


@pytest.mark.parametrize(
    ("compound", "common", "query", "then"),
    [
        ("мой-и", "мой", "мой* NEAR/2 treaty", [1, 3]),
        ("во-т", "вот", "=вот* NEAR/2 treaty", [1]),  # no row holds the exact form of a compound
    ],
)
def test_a_word_that_was_removed_completes_nothing_to_a_common_word(
    compound: str, common: str, query: str, then: list[int]
) -> None:
    put(1, f"{common} treaty")
    assert found(query) == []
    put(2, f"{compound} alone")
    assert found(query) == [1]  # what the vocabulary holds of records is theirs together
    engine.remove([2])
    assert found(query) == []
    put(3, f"{compound} treaty")
    assert found(query) == then


def test_a_document_twice_in_one_go_is_there_once_as_it_was_last() -> None:
    engine.index([Document(1, "person", names=("one",)), Document(1, "person", names=("two",))])
    assert (found("one"), found("two")) == ([], [1])


def test_big_ids_and_a_document_without_anything() -> None:
    engine.index([Document(2**40, "person"), Document(7, "person", names=("seven",))])
    assert list(engine.indexed_ids()) == [7, 2**40]
    assert found("seven") == [7]


def test_a_document_with_too_many_different_words_is_refused_before_anything_is_written() -> None:
    words = " ".join(f"{number:x}".rjust(90, "x") for number in range(6000))
    with pytest.raises(engine.DocumentTooLarge):
        put(1, words)
    assert list(engine.indexed_ids()) == []


def test_writing_takes_as_many_statements_for_one_document_as_for_many() -> None:
    def statements(*numbers: int) -> int:
        with CaptureQueriesContext(connection) as caught:
            engine.index(
                Document(
                    number,
                    "statement",
                    titles=(("en", f"On matter {number}"),),
                    segments=(Segment("p1", "en", f"word{number} of war"), Segment("p2", "en", "and peace")),
                    facets={"state": ("kaz", f"state{number}")},
                )
                for number in numbers
            )
        return len(caught)

    assert (statements(1), statements(*range(2, 12))) == (14, 14)
    assert (statements(1), statements(*range(2, 12))) == (18, 18)  # known already: taken out first
    assert found("war peace") == list(range(1, 12))


def test_a_word_or_a_value_that_is_known_already_is_kept_once() -> None:
    put(1, "peace", facets={"state": ("kaz",)})
    put(2, "peace war", facets={"state": ("kaz", "arm")})
    assert sorted(Word.objects.values_list("form", "stem")) == [("peace", "peac"), ("war", "war")]
    assert sorted(FacetLetter.objects.values_list("facet", "value")) == [("state", "arm"), ("state", "kaz")]
    tables.write_new(Word, [("war", "other", ""), ("truce", "truce", "trc")])
    assert dict(Word.objects.values_list("form", "stem")) == {"peace": "peac", "war": "war", "truce": "truce"}


def test_a_table_that_is_lost_is_the_databases_error_on_the_way_in() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fulltext_titlekey RENAME TO fulltext_lost")
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        put(1, title="peace")
    assert engine.is_lost(raised.value)


def test_a_search_takes_as_many_queries_for_one_record_as_for_many() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            query = parse('war "of the" -zzz')
            result = engine.search(query, Filters(facets={"state": ["kaz"]}))
            engine.passages([hit.id for hit in result.hits], query)
        return len(caught)

    put(1, "war of the worlds", facets={"state": ("kaz",)})
    assert queries() == 2
    engine.index(
        Document(number, "statement", segments=(Segment("", "en", "war of the"),), facets={"state": ("kaz",)})
        for number in range(2, 60)
    )
    assert queries() == 2
