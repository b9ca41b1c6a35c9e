"""People are found by any part of their name, in any order and romanisation."""

import pytest
from pytest_django import DjangoAssertNumQueries

from cstokb.records.models import NameForm
from cstokb.search.people import Form, People, other_forms
from tests.factories.records import person

TOKAYEV = Form(1, "Kassym-Jomart Tokayev", ("kasim", "Jomart", "tokaev"))


class TestForm:
    @pytest.mark.parametrize(
        "tokens",
        [
            ("tokaev",),
            ("kasim", "Jomart"),
            ("tokaev", "Jomart"),
            ("kasimJomart",),
            ("tokaev", "k"),
            ("k", "J", "tokaev"),
        ],
    )
    def test_words_of_the_name_in_any_order_joined_or_as_initials_fit(self, tokens: tuple[str, ...]) -> None:
        assert TOKAYEV.fits(tokens)

    @pytest.mark.parametrize(
        "tokens",
        [("tokaev", "tokaev"), ("toka",), ("tokaev", "s"), ("Jomartkasim",), ("tokaev", "kasim", "z")],
    )
    def test_a_word_that_is_not_in_the_name_or_counts_twice_does_not(self, tokens: tuple[str, ...]) -> None:
        assert not TOKAYEV.fits(tokens)


def test_one_word_in_the_place_of_the_family_name_gives_the_other_family_names() -> None:
    people = People.of([TOKAYEV, Form(1, "Касым-Жомарт Токаев", ("kasim", "Jomart", "tokaev"))])
    assert list(people.others(("tokaev",))) == [
        "Tokayev",
        "Токаев",
        "Kassym-Jomart Tokayev",
        "Касым-Жомарт Токаев",
    ]


def test_a_given_name_gives_whole_names_only() -> None:
    assert list(People.of([TOKAYEV]).others(("kasim",))) == ["Kassym-Jomart Tokayev"]


@pytest.mark.django_db
class TestOtherForms:
    def test_a_spelling_that_nobody_entered_means_the_person(self) -> None:
        person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
        assert other_forms({"касым жомарт"}, "one") == {
            "касым жомарт": ["Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"]
        }

    @pytest.mark.parametrize("key", ["мирзиёева", "мирзиёеву", "мирзиёевым"])
    def test_the_cases_of_a_name_that_is_published_in_latin_letters_alone(self, key: str) -> None:
        person("shavkat-mirziyoyev", "Shavkat Mirziyoyev")
        assert "Shavkat Mirziyoyev" in other_forms({key}, "one")[key]
        assert other_forms({"мирзиёевский"}, "one").get("мирзиёевский", []) == []

    @pytest.mark.parametrize("key", ["this", "test text", "tok", "tokay*", "and"])
    def test_other_words_mean_nobody(self, key: str) -> None:
        person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev")
        assert other_forms({key}, "one").get(key, []) == []

    def test_a_draft_is_called_nothing(self) -> None:
        person("nobody", "Zqxa Tokayev", publication="draft")
        assert other_forms({"tokayev"}, "one") == {}

    def test_what_people_are_called_is_read_once_for_a_state_of_the_public_whole(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        person("a", "Nikol Pashinyan", names=[NameForm(text="Пашинян", kind="alias", language="ru")])
        other_forms({"pashinyan"}, "one")
        with django_assert_num_queries(1):
            assert other_forms({"pashinyan"}, "one") == {"pashinyan": ["Пашинян", "Nikol Pashinyan"]}
