"""The evidence of a page: sources shown once, readings that contradict each other side by side."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone, translation

from cstokb.listing.ask import Ask
from summits.models import Attendance, Session
from summits.readings import Backed, Sheet, sheet


def item(source: str, **values: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("field", "value", "locator", "quotation", "note_en", "note_ru"))
    named = {"source_title": source.upper(), "publisher": None, "source_url": None, "language": "en"}
    return {**plain, **named, "source": source, "stance": "supports", "rank": "normal", **values}


WHOLE = Backed(1, Session, values={"type": "regular", "city_en": "Moscow", "city_ru": "Москва"})
PART = Backed(
    2,
    Attendance,
    "Armenia",
    {"capacity": "head-of-government", "office_en": "Prime Minister", "office_ru": "премьер-министр"},
)


def told(found: dict[int, list[dict[str, Any]]], language: str = "en", **labels: str) -> Sheet:
    ask = Ask.about(QueryDict(), now=timezone.now(), language=language)
    with translation.override(language):
        return sheet([WHOLE, PART], found, labels, ask)


def test_a_source_that_backs_both_alike_is_shown_once() -> None:
    said = told({1: [item("a"), item("b")], 2: [item("b"), item("c")]})
    assert [note["title"] for note in said.notes] == ["A", "B", "C"]
    assert said.refs == {1: [1, 2], 2: [2, 3]}
    assert said.refs_beyond(2, 1) == [3]
    assert [note["backs"] for note in said.notes] == ["", "", "Armenia"]
    assert said.readings == []


def test_what_a_source_says_of_one_field_is_shown_with_its_name() -> None:
    said = told({1: [item("a")], 2: [item("a", field="capacity", value="head-of-government")]})
    assert said.notes[1]["backs"] == "Armenia: capacity: head of government"
    assert said.readings == []


def test_readings_stand_side_by_side_and_one_is_preferred() -> None:
    said = told(
        {
            2: [
                item("a", field="office_en", value="Prime Minister", rank="preferred", quotation="by its PM"),
                item("b", field="office_en", value="Prime Minister"),
                item("a", field="office_en", value="President", stance="contradicts", note_en="A slip."),
            ]
        }
    )
    (reading,) = said.readings
    assert reading["title"] == "Armenia: office on that day"
    assert [
        (one["value"], one["preferred"], one["quotation"], one["reason"], one["refs"])
        for one in reading["choices"]
    ] == [
        ("Prime Minister", True, "by its PM", "Source", [1, 2]),
        ("President", False, "", "A slip.", [3]),
    ]


def test_of_several_that_back_the_record_one_is_preferred_and_the_others_support_it() -> None:
    def standings(*said: dict[str, Any]) -> list[tuple[str, bool, bool]]:
        other = item("z", field="city_en", value="Minsk", stance="contradicts")
        (reading,) = told({1: [*said, other]}).readings
        return [(one["value"], one["preferred"], one["supports"]) for one in reading["choices"]]

    def says(value: str, rank: str = "normal") -> dict[str, Any]:
        return item(value, field="city_en", value=value, rank=rank)

    against = ("Minsk", False, False)
    assert standings(says("Near Moscow", "preferred"), says("Moscow"), says("Kremlin", "deprecated")) == [
        ("Near Moscow", True, True),
        ("Moscow", False, True),
        ("Kremlin", False, False),
        against,
    ]
    assert standings(says("Near Moscow"), says("Moscow")) == [
        ("Near Moscow", False, True),
        ("Moscow", True, True),
        against,
    ]
    assert standings(says("Near Moscow")) == [("Near Moscow", True, True), against]
    assert standings(says("Near Moscow"), says("Kremlin")) == [
        ("Near Moscow", False, True),
        ("Kremlin", False, True),
        against,
    ]


def test_a_reading_that_only_contradicts_stands_beside_the_record() -> None:
    said = told({2: [item("a", field="capacity", value="head of state", stance="contradicts")]})
    assert [(one["value"], one["preferred"], one["refs"]) for one in said.readings[0]["choices"]] == [
        ("Head of government", True, []),
        ("Head of state", False, [1]),
    ]


def test_a_reading_names_records_dates_and_words_as_readers_do() -> None:
    found = {
        1: [
            item("a", field="chair_state", value="tjk", stance="contradicts"),
            item("b", field="began_on", value="2008-12-19", stance="contradicts"),
        ]
    }
    values = [
        [one["value"] for one in reading["choices"]] for reading in told(found, tjk="Tajikistan").readings
    ]
    assert values == [["Tajikistan"], ["19\xa0December\xa02008"]]


def test_in_russian_what_the_record_says_stands_in_russian() -> None:
    found = {
        2: [
            item("a", field="office_en", value="Prime Minister"),
            item(
                "b",
                field="office_en",
                value="President",
                stance="contradicts",
                note_en="A slip.",
                note_ru="Оговорка.",
            ),
        ]
    }
    ours, other = told(found, "ru").readings[0]["choices"]
    assert (ours["value"], other["value"], other["reason"]) == ("Премьер-министр", "President", "Оговорка.")


def test_what_is_said_of_no_field_of_the_model_is_evidence_and_no_reading() -> None:
    said = told({1: [item("a", field="texts", value="will chair", stance="contradicts")]})
    assert (said.notes[0]["backs"], said.readings) == ("texts: will chair", [])
