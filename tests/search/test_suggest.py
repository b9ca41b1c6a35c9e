"""Suggestions while somebody types."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cstokb.fulltext.keyboard import other_layout
from cstokb.fulltext.models import Opening
from cstokb.records.models import NameForm
from members.models import Person, Term
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

    def test_russian_in_latin_letters_suggests_what_sounds_so(self) -> None:
        assert told("ustav") == [("Устав Союза", "charter", "sound")]
        assert ids("ustav sojuz") == []

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
            "office": None,
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


@pytest.fixture(scope="class")
def offices(own_database: None) -> None:
    """Presidents, a Secretary General and the chair of the Council."""
    kaz, arm = make.state("kaz", "Kazakhstan", "Казахстан"), make.state("arm", "Armenia", "Армения")
    first, second, chair, last = (
        make.person(slug, slug.title(), russian)
        for slug, russian in (
            ("elder", "Старший"),
            ("younger", "Младший"),
            ("armen", "Армен"),
            ("acting", "Другой"),
        )
    )
    names: dict[str, Any] = {"name_ru": "Президент Казахстана", "state": kaz}
    president = make.office("kaz/president", "President of Kazakhstan", **names)
    secretary = make.office(
        "sg",
        "Secretary General of the CSTO",
        role="secretary-general",
        name_ru="Генеральный секретарь ОДКБ",
        state=arm,
    )
    make.term(first, president, "1991-12-16", "2019-03-20")
    make.term(last, president, "2019-03-20", "2019-06-12", acting=True)
    make.term(second, president, "2019-06-12")
    make.term(last, secretary, "2017-05", "2018-11-02")
    make.term(second, secretary, "2019", "2022")
    make.term(chair, secretary, "2023-01-01", "2999")
    make.term(chair, make.office("arm/gone", "Prefect of Armenia", state=arm, abolished_on="2001"), "2000")
    meetings.chair(arm, "2024-11-28", "2025-11-27", person=first)
    meetings.chair(arm, "2025-11-27", person=chair)
    meetings.statement("words", "2020", title_en="Words of the President")


def said(query: str, more: str = "") -> list[tuple[str, str | None, str]]:
    """Id, office and fit of each suggestion."""
    return [
        (one["id"], one["office"], one["fit"]) for one in data(f"/api/v1/suggest/?q={quote(query)}{more}")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("offices")
class TestOffices:
    def test_who_holds_an_office_comes_first_and_who_held_it_last_the_latest_before_the_earlier(self) -> None:
        until = [
            ("acting", "former President of Kazakhstan, acting, until 12\xa0June\xa02019"),
            ("elder", "former President of Kazakhstan, until 20\xa0March\xa02019"),
        ]
        holder = ("younger", "President of Kazakhstan, since 12\xa0June\xa02019")
        for query, fit in (
            ("president of kazakhstan", "exact"),
            ("Президент Казахстана", "exact"),
            ("president of kaz", "name"),
            ("Kazakhstan, pres", "word"),
            ("ghtpbltyn", "layout"),
        ):
            found = [one for one in said(query) if one[0] not in ("kaz", "words")]
            assert found == [(*one, fit) for one in (holder, *until)], query

    def test_other_headings_stand_between_them(self) -> None:
        assert [slug for slug, _office, _fit in said("president")] == ["younger", "words", "acting", "elder"]

    def test_the_name_is_the_first_line_and_both_are_in_the_language_asked_for(self) -> None:
        (told, *_former) = data(f"/api/v1/suggest/?q={quote('генеральный секр')}&lang=ru")
        assert (told["text"], told["label"], told["id"]) == ("Армен", "Армен", "armen")
        assert told["office"] == "Генеральный секретарь ОДКБ, с 1\xa0января\xa02023"

    @pytest.mark.parametrize("query", ["secretary-general", "general of the", "CSTO secr"])
    def test_a_title_is_written_with_a_hyphen_or_begun_at_a_later_word(self, query: str) -> None:
        assert [slug for slug, _office, _fit in said(query)] == ["armen", "younger", "acting"]
        assert said("secretary-generals") == []

    def test_what_an_office_is_called_for_short_will_do(self) -> None:
        assert [slug for slug, _office, _fit in said("генсек")] == ["armen", "younger", "acting"]
        assert said("генсеки") == []

    def test_one_whose_end_is_recorded_and_still_to_come_holds_it(self) -> None:
        assert said("secretary general")[0][:2] == (
            "armen",
            "Secretary General of the CSTO, since 1\xa0January\xa02023",
        )

    def test_an_office_that_was_abolished_is_held_by_nobody(self) -> None:
        assert said("prefect") == [("armen", "former Prefect of Armenia, until 2001", "name")]

    def test_the_chair_of_the_council_is_one_too(self) -> None:
        title = "Chairman of the Collective Security Council of the CSTO"
        assert said("chairman of the coll") == [
            ("armen", f"{title}, since 27\xa0November\xa02025", "name"),
            ("elder", f"former {title}, until 27\xa0November\xa02025", "name"),
        ]

    def test_a_person_stands_once_under_what_fits_best(self) -> None:
        assert said("armen") == [("armen", None, "exact"), ("arm", None, "name")]

    @pytest.mark.parametrize(("query", "queries"), [("president", 4), ("chairman", 5), ("prefect", 4)])
    def test_it_takes_one_query_more_for_offices_and_one_for_the_chair(
        self, query: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(queries):
            said(query)

    def test_what_is_public_no_longer_lends_its_title_to_nobody(self) -> None:
        term = Term.objects.get(office__entry__slug="kaz/president", acting=True)
        make.withdrawn(term)
        assert [slug for slug, _office, _fit in said("president")] == ["younger", "words", "elder"]


@pytest.mark.django_db
def test_many_who_held_an_office_do_not_crowd_out_who_holds_it() -> None:
    office = make.office("kaz/president", "President", state=make.state("kaz", "Kazakhstan"))
    for number in range(30):
        ended = None if number == 29 else f"20{number:02}"
        make.term(make.person(f"ivan-{number}", f"Ivan {number:02}"), office, f"19{number + 10}", ended)
    found = said("president")
    assert (len(found), found[0][0]) == (10, "ivan-29")
    assert {text for _slug, text, _fit in found[1:] if text and not text.startswith("former ")} == set()


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
