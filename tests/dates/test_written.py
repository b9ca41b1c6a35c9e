"""A day as people write it."""

from datetime import date

import pytest

from cstokb.dates.written import written_day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "16 May 2022",
            "16 may 2022",
            "May 16, 2022",
            "May 16th, 2022",
            "16th of May 2022",
            "the 16th May 2022",
        ),
        *("16 мая 2022", "16 мая 2022 года", "16 Мая 2022 г.", "16-го мая 2022", " 16  мая 2022 "),
        *("16.05.2022", "16.5.2022", "2022-05-16"),
    ],
)
def test_a_day_is_read_in_words_of_both_languages_and_in_digits(text: str) -> None:
    assert written_day(text) == date(2022, 5, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sept. 9, 2021", date(2021, 9, 9)),
        ("9 дек 2021", date(2021, 12, 9)),
        ("1 Mar 2021", date(2021, 3, 1)),
    ],
)
def test_a_month_may_be_cut_short(text: str, day: date) -> None:
    assert written_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "May 2022", "2022", "16 May", "summit 16 May 2022", "16 May 2022 Moscow", "16 May 2022-2023"),
        *(
            "31 April 2022",
            "30.02.2022",
            "2022-13-01",
            "16 ju 2022",
            "1 ма 2021",
            "16 May 22",
            "116 May 2022",
        ),
        *(
            "16/05/2022",
            "2022.05.16",
            "16 2022 May",
            "16.05.2022?",
            "16 May 2022?",
            "١٦ May 2022",
            "16 M\u0301ay 2022",
        ),
    ],
)
def test_what_is_less_or_more_than_a_day_is_none(text: str) -> None:
    assert written_day(text) is None
