"""Dates in words."""

import pytest

from cstokb.dates import HistoricDate, describe


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("2022-05-16", "16 May 2022", "16 мая 2022"),
        ("2012-12-09", "9 December 2012", "9 декабря 2012"),
        ("1992-05", "May 1992", "май 1992"),
        ("1999-03", "March 1999", "март 1999"),
        ("1992", "1992", "1992"),
        ("1992-05~", "about May 1992", "около мая 1992"),
        ("1999-08~", "about August 1999", "около августа 1999"),
        ("1992~", "about 1992", "около 1992"),
        ("1992-05-15~", "about 15 May 1992", "около 15 мая 1992"),
        ("0862", "862", "862"),
        ("XXXX", "date not known", "дата не известна"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known_on_one_line(text: str, english: str, russian: str) -> None:
    value = HistoricDate.parse(text)
    assert describe(value, "en") == english.replace(" ", "\u00a0")
    assert describe(value, "ru") == russian.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("text", "english", "russian"),
    [
        ("2022-05", "May 2022", "мая 2022"),
        ("1999-03", "March 1999", "марта 1999"),
        ("2022-05-16", "16 May 2022", "16 мая 2022"),
        ("1992", "1992", "1992"),
        ("1992-05~", "about May 1992", "около мая 1992"),
    ],
)
def test_behind_since_a_russian_month_has_another_form(text: str, english: str, russian: str) -> None:
    value = HistoricDate.parse(text)
    assert describe(value, "en", after_since=True) == english.replace(" ", "\u00a0")
    assert describe(value, "ru", after_since=True) == russian.replace(" ", "\u00a0")


def test_no_date_is_said_to_be_not_known() -> None:
    assert describe(None, "en") == "date\u00a0not\u00a0known"
    assert describe(None, "ru") == "дата\u00a0не\u00a0известна"


def test_each_month_has_its_name() -> None:
    said = [describe(HistoricDate(2000, month), "ru").split("\u00a0")[0] for month in range(1, 13)]
    of_it = [describe(HistoricDate(2000, month, 1), "ru").split("\u00a0")[1] for month in range(1, 13)]
    assert len(set(said)) == len(set(of_it)) == 12
    assert [name[:2] for name in said] == [name[:2] for name in of_it]


def test_there_is_no_third_language() -> None:
    with pytest.raises(KeyError):
        describe(HistoricDate(1992, 5), "fr")
