"""The edtf package reads the same texts: where the two have a form in common they agree."""

import warnings
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from cstokb.dates import HistoricDate, InvalidDate
from tests.dates.strategies import approximate_texts, certain_texts, days

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its grammar is built with calls that pyparsing has given up
    import edtf


def day_of(moment: Any) -> date:
    return date(*moment[:3])


@settings(deadline=None, max_examples=200)
@given(certain_texts)
def test_the_possible_days_of_a_certain_date_agree(text: str) -> None:
    ours, theirs = HistoricDate.parse(text), edtf.parse_edtf(text)
    assert ours.earliest == day_of(theirs.lower_strict())
    assert ours.latest == day_of(theirs.upper_strict())


@settings(deadline=None, max_examples=200)
@given(approximate_texts)
def test_the_possible_days_of_an_approximate_date_agree_for_years_and_are_fewer_for_months_and_days(
    text: str,
) -> None:
    ours, theirs = HistoricDate.parse(text), edtf.parse_edtf(text)
    first, last = day_of(theirs.lower_fuzzy()), day_of(theirs.upper_fuzzy())
    assert theirs.is_approximate
    assert ours.earliest
    assert ours.latest
    if ours.precision == "year":
        assert (ours.earliest, ours.latest) == (first, last)
    else:
        # It widens by a unit of every part, so that about a day is also about its year.
        assert first < ours.earliest <= ours.latest < last


@settings(deadline=None)
@given(days)
def test_the_text_of_a_day_agrees(day: date) -> None:
    assert str(edtf.parse_edtf(HistoricDate.of_day(day).edtf)) == HistoricDate.of_day(day).edtf


@pytest.mark.parametrize("text", ["2022-02-30", "2022-13", "13.05.2022", "", "1992-5", "XXXX~~"])
def test_what_neither_reads(text: str) -> None:
    with pytest.raises(InvalidDate):
        HistoricDate.parse(text)
    with pytest.raises((edtf.EDTFParseException, ValueError)):
        day_of(edtf.parse_edtf(text).lower_strict())


@pytest.mark.parametrize("text", ["1992?", "199X", "1992-05/1993-01", "2001-21", "Y17000", "[1667,1668]"])
def test_what_the_format_has_and_no_fact_here_needs(text: str) -> None:
    edtf.parse_edtf(text)
    with pytest.raises(InvalidDate):
        HistoricDate.parse(text)
