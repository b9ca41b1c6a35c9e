"""HistoricDate: what is read, what is refused and with which sentence, and which days are possible."""

import copy
import pickle
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.dates import HistoricDate, InvalidDate, sort_key
from cstokb.dates.historic import historic_or_none
from tests.dates.strategies import certain_texts, dated, days, historic_dates


@pytest.mark.parametrize(
    ("text", "precision", "approximate", "earliest", "latest"),
    [
        ("1992", "year", False, date(1992, 1, 1), date(1992, 12, 31)),
        ("1992-05", "month", False, date(1992, 5, 1), date(1992, 5, 31)),
        ("1992-05-15", "day", False, date(1992, 5, 15), date(1992, 5, 15)),
        ("1992~", "year", True, date(1991, 1, 1), date(1993, 12, 31)),
        ("1992-05~", "month", True, date(1992, 4, 1), date(1992, 6, 30)),
        ("1992-05-15~", "day", True, date(1992, 5, 14), date(1992, 5, 16)),
        ("XXXX", "unknown", False, None, None),
        ("2024-02", "month", False, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", "month", False, date(2023, 2, 1), date(2023, 2, 28)),
        ("2023-01~", "month", True, date(2022, 12, 1), date(2023, 2, 28)),
        ("2022-12~", "month", True, date(2022, 11, 1), date(2023, 1, 31)),
        ("2024-03-01~", "day", True, date(2024, 2, 29), date(2024, 3, 2)),
        ("2022-12-31~", "day", True, date(2022, 12, 30), date(2023, 1, 1)),
    ],
)
def test_a_form_gives_its_precision_and_its_possible_days(
    text: str, precision: str, approximate: bool, earliest: date | None, latest: date | None
) -> None:
    parsed = HistoricDate.parse(text)
    assert (parsed.edtf, parsed.precision, parsed.approximate) == (text, precision, approximate)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)
    assert str(parsed) == text


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("0001~", date(1, 1, 1), date(2, 12, 31)),
        ("0001-01~", date(1, 1, 1), date(1, 2, 28)),
        ("0001-01-01~", date(1, 1, 1), date(1, 1, 2)),
        ("9999~", date(9998, 1, 1), date(9999, 12, 31)),
        ("9999-12~", date(9999, 11, 1), date(9999, 12, 31)),
        ("9999-12-31~", date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_widening_stops_at_the_edges_of_the_calendar(text: str, earliest: date, latest: date) -> None:
    parsed = HistoricDate.parse(text)
    assert (parsed.earliest, parsed.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text", [" 1992-05", "1992-05\n", "\u00a01992-05\u202f", "\ufeff1992-05\r\n", "\t1992-05 "]
)
def test_blanks_around_a_date_do_not_matter(text: str) -> None:
    assert HistoricDate.parse(text) == HistoricDate(1992, 5)


REFUSED = [
    ("", "empty", "Write a date."),
    ("   ", "empty", "Write a date."),
    ("2022-02-30", "day", "There is no such day: 2022-02-30."),
    ("2023-02-29", "day", "There is no such day: 2023-02-29."),
    ("2022-05-00", "day", "There is no such day: 2022-05-00."),
    ("1900-02-29~", "day", "There is no such day: 1900-02-29~."),
    ("2022-13", "month", "There is no such month: 2022-13."),
    ("2022-00-10", "month", "There is no such month: 2022-00-10."),
    ("0000", "year", "There is no such year: 0000."),
    ("0000-05-01", "year", "There is no such year: 0000-05-01."),
    ("100000000000000000000", "year", "A year has four digits"),
    ("99999", "year", "A year has four digits"),
    ("20220516", "year", "A year has four digits"),
    ("992", "year", "A year has four digits"),
    ("13.05.2022", "order", "Write the year first and hyphens between the parts: YYYY-MM-DD."),
    ("05/13/2022", "order", "Write the year first"),
    ("2022.05.13", "order", "Write the year first"),
    ("2022-05-16T10:00:00Z", "time", "This is a moment, not a date"),
    ("2022-05-16 10:00", "time", "This is a moment, not a date"),
    ("1992\x00", "characters", "A date holds no control characters."),
    ("19\n92", "characters", "A date holds no control characters."),
    ("\x1c1992", "characters", "A date holds no control characters."),
    ("١٩٩٢", "characters", "Write a date with the digits 0 to 9"),
    ("1992-0５", "characters", "Write a date with the digits 0 to 9"),
    ("ХХХХ", "form", "Write a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    ("xxxx", "form", "Write a date as"),
    ("XXXX~", "form", "Write a date as"),
    ("199X", "form", "Write a date as"),
    ("1992-XX", "form", "Write a date as"),
    ("1992?", "form", "Write a date as"),
    ("1992-5", "form", "Write a date as"),
    ("1992-05-1", "form", "Write a date as"),
    ("~1992", "form", "Write a date as"),
    ("1992~-05", "form", "Write a date as"),
    ("1992-05~~", "form", "Write a date as"),
    ("-1992", "form", "Write a date as"),
    ("+1992", "form", "Write a date as"),
    ("1992-", "form", "Write a date as"),
    ("1992–05", "form", "Write a date as"),
    ("1992-05-15-01", "form", "Write a date as"),
    ("May 1992", "form", "Write a date as"),
    ("yesterday", "form", "Write a date as"),
    ("9" * 100_000, "length", "This is too long to be a date."),
    ("1992-05-" * 12_500, "length", "This is too long to be a date."),
    (" " * 100_000, "length", "This is too long to be a date."),
]


@pytest.mark.parametrize(("text", "code", "sentence"), REFUSED, ids=[repr(row[0])[:24] for row in REFUSED])
def test_any_other_text_is_refused_with_a_sentence_that_helps(text: str, code: str, sentence: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        HistoricDate.parse(text)
    assert refusal.value.code == code
    assert str(refusal.value).startswith(sentence)


@settings(deadline=None, max_examples=400)
@given(st.text(max_size=130) | st.from_regex(r"[0-9X]{3,5}[-./~T ][0-9]{1,3}[-~]?[0-9]{0,3}", fullmatch=True))
def test_a_text_gives_a_date_or_a_sentence_that_names_no_other_date(text: str) -> None:
    said = ""
    try:
        parsed = HistoricDate.parse(text)
        assert parsed.edtf == text.strip(" \t\r\n\u00a0\u202f\ufeff")
    except InvalidDate as error:
        said = str(error)
    assert all(number in text for number in re.findall(r"\d{2,}", said))


def test_the_sentence_is_in_the_language_of_its_reader() -> None:
    with pytest.raises(InvalidDate) as refusal:
        HistoricDate.parse("")
    with translation.override("ru"):
        assert str(refusal.value) == translation.gettext("Write a date.")


@pytest.mark.parametrize(
    "parts",
    [(None, 5), (None, None, 1), (None, None, None, True), (1992, None, 15), (0,), (10_000,), (1992, 13)],
)
def test_parts_that_are_no_date_make_no_date(parts: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidDate):
        HistoricDate(*parts)


@given(historic_dates)
def test_a_date_is_its_text_and_nothing_else(value: HistoricDate) -> None:
    again = HistoricDate.parse(value.edtf)
    assert again == value
    assert hash(again) == hash(value)
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value  # noqa: S301  pickled a line above


@given(certain_texts)
def test_about_a_date_is_another_date_around_it(text: str) -> None:
    certain, about = HistoricDate.parse(text), HistoricDate.parse(f"{text}~")
    assert certain != about
    assert about.sort_key < certain.sort_key
    assert about.meets(None, about.earliest)
    assert not certain.meets(None, about.earliest)
    assert about.meets(about.latest, None)
    assert not certain.meets(about.latest, None)


@given(days)
def test_a_day_is_known_exactly(day: date) -> None:
    value = HistoricDate.of_day(day)
    assert value.edtf == day.isoformat()
    assert value.exact_day == value.earliest == value.latest == day


@pytest.mark.parametrize("text", ["1992", "1992-05", "1992-05-15~", "XXXX"])
def test_no_other_date_has_an_exact_day(text: str) -> None:
    assert HistoricDate.parse(text).exact_day is None


def test_a_date_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        HistoricDate.parse("1992").year = 1993  # type: ignore[misc]


def test_dates_stand_in_order_of_their_first_possible_day_the_less_precise_first() -> None:
    # 1992-01-01~ and 1991-12-31 may both be 31 December.
    ordered = ["1992-01-01~", "1991-12-31", "1992", "1992-01", "1992-01-01", "1992-05~", "1992-05", "XXXX"]
    assert sorted(set(ordered), key=lambda text: HistoricDate.parse(text).sort_key) == ordered


def test_a_missing_date_is_ordered_like_an_unknown_day() -> None:
    assert sort_key(None) == sort_key(HistoricDate.UNKNOWN) > sort_key(HistoricDate.parse("9999-12-31"))


@pytest.mark.parametrize(
    ("text", "meets"),
    [
        ("1992-05", True),
        ("1992-05-15", True),
        ("1992-06", False),
        ("1992-05-10", True),
        ("1992-05-20", True),
        ("1992-05-09", False),
        ("1992-05-21", False),
        ("1992-05-21~", True),
        ("1992-05-22~", False),
        ("1992", True),
        ("1991", False),
        ("1991~", True),
        ("XXXX", False),
    ],
)
def test_a_range_is_met_by_dates_that_may_lie_in_it(text: str, meets: bool) -> None:
    assert HistoricDate.parse(text).meets(date(1992, 5, 10), date(1992, 5, 20)) is meets


@pytest.mark.parametrize(
    ("text", "after", "before", "meets"),
    [
        ("1992-05", date(1992, 5, 31), None, True),
        ("1992-05", date(1992, 6, 1), None, False),
        ("1992-05", None, date(1992, 5, 1), True),
        ("1992-05", None, date(1992, 4, 30), False),
        ("1992-05", date(1992, 5, 20), date(1992, 5, 10), False),
        ("XXXX", date(1992, 5, 20), None, False),
        ("XXXX", None, None, True),
        ("1992-05", None, None, True),
    ],
)
def test_a_range_may_be_open_and_a_reversed_one_is_empty(
    text: str, after: date | None, before: date | None, meets: bool
) -> None:
    assert HistoricDate.parse(text).meets(after, before) is meets


@given(dated, days)
def test_a_date_meets_a_day_exactly_if_it_is_possible(value: HistoricDate, day: date) -> None:
    assert value.earliest
    assert value.latest
    assert value.meets(day, day) is (value.earliest <= day <= value.latest)
    assert value.meets(value.latest, value.latest)
    assert value.meets(value.earliest, value.earliest)


def test_nothing_is_read_from_nothing() -> None:
    assert historic_or_none(None) is None
    assert historic_or_none("") is None
    assert historic_or_none(" \u00a0") is None
    assert historic_or_none("1992") == HistoricDate(1992)
    assert historic_or_none(HistoricDate.UNKNOWN) is HistoricDate.UNKNOWN


@pytest.mark.parametrize("value", [date(1992, 5, 15), datetime(1992, 5, 15), 1992, b"1992"])  # noqa: DTZ001
def test_a_historic_date_is_made_of_text_only(value: Any) -> None:
    with pytest.raises(TypeError, match="made of text"):
        historic_or_none(value)
