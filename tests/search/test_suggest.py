"""Suggestions while somebody types."""

from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.models import Opening
from cstokb.records.models import NameForm
from members.models import Person
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import data
from treaty.models import Instrument


def told(query: str) -> list[tuple[str, str, str]]:
    """Text, id and fit of each suggestion."""
    return [(one["text"], one["id"], one["fit"]) for one in data(f"/api/v1/suggest/?q={quote(query)}")]


def ids(query: str) -> list[str]:
    return [slug for _text, slug, _fit in told(query)]


@pytest.fixture(scope="class")
def world(own_database: None) -> None:
    spellings = [NameForm(text="Tokayev", kind="alias", language="en")]
    make.person("tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", names=spellings)
    make.state("kaz", "Kazakhstan", "Казахстан")
    make.draft(Person(name_en="Tokareva"), "tokareva")
    make.withdrawn(make.person("tokmak", "Tokmak Gone"))
    make.topic("kazan", "Kazan")
    meetings.statement("on-kaz", "2010", title_en="Words on Kazakhstan and others, Tokyo")
    cst = treaties.instrument("cst", "Collective Security Treaty", signed_on="1992-05-15")
    charter = treaties.instrument(
        "charter", "Charter of the Union", title_ru="Устав Союза", kind="charter", signed_on="2002-10-07"
    )
    for of in (charter, cst):
        for order, number in enumerate(("4", "40", "4bis")):
            treaties.article(of, number, order=order)
    hidden = Instrument(title_en="Charter hidden", type="charter")
    make.draft(hidden, "hidden")


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
class TestSuggest:
    def test_whole_names_come_before_beginnings_and_these_before_words_within(self) -> None:
        assert told("tokayev") == [("Tokayev", "tokayev", "exact")]
        assert told("kazakhstan") == [
            ("Kazakhstan", "kaz", "exact"),
            ("Words on Kazakhstan and others, Tokyo", "on-kaz", "word"),
        ]
        assert ids("kaza") == ["kaz", "kazan", "on-kaz"]

    def test_each_record_stands_once_under_the_name_that_fits_best(self) -> None:
        assert told("tok") == [
            ("Tokayev", "tokayev", "name"),
            ("Words on Kazakhstan and others, Tokyo", "on-kaz", "word"),
        ]
        assert told("ка") == [("Казахстан", "kaz", "name"), ("Касым-Жомарт Токаев", "tokayev", "name")]

    @pytest.mark.parametrize(
        "query", ["jomart", "Kasym-Zho", "касым жом", "ТОКА", "tokayev kass", "Tokayev, K", "kassymjo"]
    )
    def test_words_within_other_orders_and_romanisations_find_a_person(self, query: str) -> None:
        assert ids(query) == ["tokayev"]

    @pytest.mark.parametrize(("query", "text"), [("njrf", "Токаев"), ("ещлфн", "Tokayev")])
    def test_the_other_keyboard_layout_is_understood_and_said(self, query: str, text: str) -> None:
        ((shown, slug, fit),) = told(query)
        assert (text in shown, slug, fit) == (True, "tokayev", "layout")

    @pytest.mark.parametrize("query", ["", " ", "*", "zzz", "tokar", "tokm", "charter hid", "nj"])
    def test_nothing_is_suggested_for_nothing_and_never_what_is_not_public(self, query: str) -> None:
        assert told(query) == []

    @pytest.mark.parametrize("query", ["art 4", "Article 4", "art. 4", "ст. 4", "статья 4", "§ 4"])
    def test_an_article_is_of_any_instrument_and_four_is_not_forty(self, query: str) -> None:
        assert ids(query) == ["cst/art-4", "charter/art-4"]

    @pytest.mark.parametrize(
        "query", ["charter 4", "4 charter", "charter art 4", "art 4 of the char", "4 устава", "устав ст. 4"]
    )
    def test_an_instrument_named_beside_the_number_is_meant_alone(self, query: str) -> None:
        assert ids(query) == ["charter/art-4"]

    def test_an_article_that_was_inserted_is_another(self) -> None:
        assert ids("charter 4bis") == ["charter/art-4bis"]

    def test_it_says_where_the_record_stands(self) -> None:
        assert data("/api/v1/suggest/?q=токаев")[0] == {
            "text": "Касым-Жомарт Токаев",
            "type": "person",
            "type_label": "Person",
            "id": "tokayev",
            "label": "Kassym-Jomart Tokayev",
            "fit": "word",
            "html_url": "http://testserver/people/tokayev/",
        }

    def test_labels_and_pages_are_in_the_language_asked_for(self) -> None:
        (told,) = data("/api/v1/suggest/?q=tokayev&lang=ru")
        assert (told["label"], told["type_label"]) == ("Касым-Жомарт Токаев", "Лицо")
        assert told["html_url"] == "http://testserver/ru/people/tokayev/"

    @pytest.mark.parametrize("query", ["q=tok&lang=kk", "q=a&q=b", "q=%00", f"q={'a' * 301}", "x=1"])
    def test_a_bad_question_is_refused(self, query: str) -> None:
        data(f"/api/v1/suggest/?{query}", 400)

    @pytest.mark.parametrize(("query", "queries"), [("tok", 3), ("c", 3), ("art 4", 4), ("zzz", 2)])
    def test_it_takes_as_many_queries_for_one_as_for_many(
        self, query: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(queries):
            told(query)


@pytest.mark.django_db
def test_the_answer_is_bounded_and_ranges_are_read_by_the_index() -> None:
    for number in range(30):
        make.person(f"ivan-{number}", f"Ivan {number:02}")
    assert len(told("ivan")) == 10
    question = Opening.objects.filter(kind="person", place=0, start__gte="ivan", start__lt="ivan\U0010ffff")
    if connection.vendor == "sqlite":
        assert "USING INDEX fulltext_opening_start" in question.order_by("start").explain()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("njrftd", "токаев"),
        ("ЕЩЛФНУМ", "TOKAYEV"),
        ("lhe;,f", "дружба"),
        ("2022", ""),
        ("токtok", ""),
        ("", ""),
    ],
)
def test_a_key_stands_for_the_letter_of_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant
