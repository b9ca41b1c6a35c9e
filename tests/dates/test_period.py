"""Periods: which days they hold, and what they share."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cstokb.dates import Answer, HistoricDate, InvalidDate, Period, Verdict, last_day_before_act
from cstokb.dates.period import SharedDays

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def period(began: str | None, ended: str | None, ended_by_act: bool = False) -> Period:
    return Period(
        None if began is None else HistoricDate.parse(began),
        None if ended is None else HistoricDate.parse(ended),
        ended_by_act,
    )


@pytest.mark.parametrize(
    ("began", "ended", "day", "answer", "blocked_by"),
    [
        # Both ends are days of the period.
        ("2003-09-18", "2012-12-18", date(2003, 9, 17), NO, ()),
        ("2003-09-18", "2012-12-18", date(2003, 9, 18), YES, ()),
        ("2003-09-18", "2012-12-18", date(2012, 12, 18), YES, ()),
        ("2003-09-18", "2012-12-18", date(2012, 12, 19), NO, ()),
        # An open end.
        ("2003-09-18", None, date(2003, 9, 17), NO, ()),
        ("2003-09-18", None, date(9999, 12, 31), YES, ()),
        # An imprecise beginning.
        ("1993-12", None, date(1993, 11, 30), NO, ()),
        ("1993-12", None, date(1993, 12, 1), UNKNOWN, ("began_on",)),
        ("1993-12", None, date(1993, 12, 30), UNKNOWN, ("began_on",)),
        ("1993-12", None, date(1993, 12, 31), YES, ()),
        # An imprecise end.
        ("1990", "1993-12", date(1993, 12, 1), YES, ()),
        ("1990", "1993-12", date(1993, 12, 2), UNKNOWN, ("ended_on",)),
        ("1990", "1993-12", date(1993, 12, 31), UNKNOWN, ("ended_on",)),
        ("1990", "1993-12", date(1994, 1, 1), NO, ()),
        # Ended, on a day not known: that is not an open end.
        ("2003-09-18", "XXXX", date(2003, 9, 17), NO, ()),
        ("2003-09-18", "XXXX", date(2003, 9, 18), YES, ()),
        ("2003-09-18", "XXXX", date(2003, 9, 19), UNKNOWN, ("ended_on",)),
        # The beginning is not known, or only that there was one.
        (None, "1999-04-20", date(1950, 1, 1), UNKNOWN, ("began_on",)),
        (None, "1999-04-20", date(1999, 4, 20), YES, ()),
        (None, "1999-04-20", date(1999, 4, 21), NO, ()),
        ("XXXX", "1999-04-20", date(1999, 4, 19), UNKNOWN, ("began_on",)),
        (None, None, date(2020, 1, 1), UNKNOWN, ("began_on",)),
        (None, "XXXX", date(2020, 1, 1), UNKNOWN, ("began_on", "ended_on")),
        # Both ends in the same year.
        ("1992", "1992", date(1992, 6, 1), UNKNOWN, ("began_on", "ended_on")),
        ("1992", "1992-06-10", date(1992, 6, 10), YES, ()),
        ("1992", "1992-06-10", date(1992, 6, 9), UNKNOWN, ("began_on",)),
        ("1992-06-10", "1992", date(1992, 6, 10), YES, ()),
        ("1992-06-10", "1992", date(1992, 6, 11), UNKNOWN, ("ended_on",)),
    ],
)
def test_a_day_is_held_or_not_or_the_end_that_blocks_certainty_is_named(
    began: str | None, ended: str | None, day: date, answer: Answer, blocked_by: tuple[str, ...]
) -> None:
    assert period(began, ended).verdict(day) == Verdict(answer, blocked_by)
    assert period(began, ended).holds(day) is answer


@pytest.mark.parametrize(
    ("act", "day", "answer"),
    [
        ("2012-12-19", date(2012, 12, 18), YES),
        ("2012-12-19", date(2012, 12, 19), NO),
        ("2012-12", date(2012, 11, 30), YES),
        ("2012-12", date(2012, 12, 1), UNKNOWN),
        ("2012-12", date(2012, 12, 30), UNKNOWN),
        ("2012-12", date(2012, 12, 31), NO),
        ("XXXX", date(2012, 12, 31), UNKNOWN),
    ],
)
def test_an_act_ends_a_period_with_the_day_before(act: str, day: date, answer: Answer) -> None:
    assert period("2006-08-16", act, ended_by_act=True).holds(day) is answer


def test_the_last_day_is_the_day_before_an_act() -> None:
    assert last_day_before_act(date(2012, 12, 19)) == date(2012, 12, 18)
    assert last_day_before_act(date(2024, 3, 1)) == date(2024, 2, 29)
    with pytest.raises(InvalidDate):
        last_day_before_act(date.min)


def test_what_blocks_is_named_by_the_facts_given() -> None:
    known = Period(HistoricDate(1994), HistoricDate(1994), began_fact="ratification", ended_fact="withdrawal")
    assert known.verdict(date(1994, 5, 1)).blocked_by == ("ratification", "withdrawal")


@pytest.mark.parametrize(
    ("one", "other", "none_shared", "one_shared"),
    [
        # The hand-over of 11 December 2017.
        (("2015-11-16", "2017-12-11"), ("2017-12-11", "2018-01-09"), YES, NO),
        (("2015-11-16", "2017-12-11"), ("2017-12-12", "2018-01-09"), NO, NO),
        (("2015-11-16", "2017-12-12"), ("2017-12-11", "2018-01-09"), YES, YES),
        # A single day: at the end of the other period, and within it.
        (("2015-11-16", "2017-12-11"), ("2017-12-11", "2017-12-11"), YES, NO),
        (("2015-11-16", "2017-12-11"), ("2016-01-01", "2016-01-01"), YES, YES),
        # Open ends.
        (("2015-11-16", None), ("2017-12-11", None), YES, YES),
        (("2015-11-16", None), ("2000-01-01", "2015-11-16"), YES, NO),
        (("2015-11-16", None), ("2000-01-01", "2015-11-15"), NO, NO),
        # Ends that are not known well enough.
        (("2015", "2017"), ("2017", "2018"), UNKNOWN, UNKNOWN),
        (("2015", "2017"), ("2017-12-31", "2018"), UNKNOWN, NO),
        (("2015", "2017"), ("2018-01-01", None), NO, NO),
        (("2015", "2017"), ("2016", None), YES, YES),
        (("2015", "XXXX"), ("2016", None), UNKNOWN, UNKNOWN),
        ((None, "2016"), ("2015", None), YES, YES),
        ((None, "2016"), ("2016-01-01", None), YES, UNKNOWN),
        ((None, None), ("2015", None), YES, YES),
        ((None, None), ("2015", "2016"), UNKNOWN, UNKNOWN),
        ((None, "XXXX"), (None, "XXXX"), UNKNOWN, UNKNOWN),
    ],
)
def test_periods_overlap_or_not_with_or_without_a_day_of_hand_over(
    one: tuple[str | None, str | None],
    other: tuple[str | None, str | None],
    none_shared: Answer,
    one_shared: Answer,
) -> None:
    first, second = period(*one), period(*other)
    assert (first.overlaps(second), first.overlaps(second, 1)) == (none_shared, one_shared)
    assert (second.overlaps(first), second.overlaps(first, 1)) == (none_shared, one_shared)
    assert first.possibly_overlaps(second) is (none_shared is not NO)
    assert first.certainly_overlaps(second) is (none_shared is YES)
    assert first.possibly_overlaps(second, 1) is (one_shared is not NO)
    assert first.certainly_overlaps(second, 1) is (one_shared is YES)


@pytest.mark.parametrize(
    ("began", "ended", "is_reversed"),
    [
        ("2021-09-08", "2021-05-16", True),
        ("2021-09-08", "2021-09-07", True),
        ("2021-09-08", "2021-09-08", False),
        ("2021-09-08", "2021-09", False),
        ("2021-09-08", "2021-08", True),
        ("2021-09-08", "2021-08~", False),
        ("2021-09-08", "XXXX", False),
        ("2021-09-08", None, False),
        (None, "2021-05-16", False),
        ("XXXX", "2021-05-16", False),
    ],
)
def test_a_period_is_reversed_only_if_it_certainly_is(
    began: str | None, ended: str | None, is_reversed: bool
) -> None:
    assert period(began, ended).is_reversed is is_reversed


def test_periods_stand_in_order_of_their_first_then_their_last_day() -> None:
    ordered = [
        period("1992", None),
        period("1992-05-15", "1999-04-20"),
        period("1992-05-15", "2012-12-18"),
        period("1992-05-15", None),
        period(None, "1992"),
    ]
    assert sorted(set(ordered), key=lambda one: one.sort_key) == ordered


# An oracle that tries every possible world: each end on each of its possible days, in a calendar of thirty days.

START, LENGTH, OPEN = date(2000, 1, 1), 30, 1000
World = tuple[int, int]


def _days(value: HistoricDate | None) -> range:
    if value is None or value.earliest is None or value.latest is None:
        return range(LENGTH)
    return range((value.earliest - START).days, (value.latest - START).days + 1)


def worlds(one: Period) -> Iterator[World]:
    for first in _days(one.began_on):
        for last in [OPEN] if one.ended_on is None else _days(one.ended_on):
            if first <= last:
                yield first, last


def outcome(results: set[bool]) -> Answer:
    return UNKNOWN if len(results) == 2 else YES if results == {True} else NO


def overlap(one: World, other: World, shared: int) -> bool:
    return one[1] >= other[0] + shared and other[1] >= one[0] + shared


numbers = st.integers(12, 18)
ends = st.builds(
    lambda number, about: HistoricDate.parse(f"{START + timedelta(days=number)}{about}"),
    numbers,
    st.sampled_from(["", "~"]),
)
periods = st.builds(
    Period, st.none() | st.just(HistoricDate.UNKNOWN) | ends, st.none() | st.just(HistoricDate.UNKNOWN) | ends
)


@settings(deadline=None, max_examples=300)
@given(periods, st.integers(9, 21))
def test_the_answer_is_certain_exactly_if_all_possible_worlds_agree(one: Period, number: int) -> None:
    assume(not one.is_reversed)
    verdict = one.verdict(START + timedelta(days=number))
    assert verdict.answer is outcome({first <= number <= last for first, last in worlds(one)})
    assert bool(verdict.blocked_by) is (verdict.answer is UNKNOWN)


@settings(deadline=None, max_examples=150)
@given(periods, periods, st.sampled_from([0, 1]))
def test_an_overlap_is_certain_exactly_if_all_possible_worlds_agree(
    one: Period, other: Period, shared: SharedDays
) -> None:
    assume(not one.is_reversed and not other.is_reversed)
    others = list(worlds(other))
    results = {overlap(first, second, shared) for first in worlds(one) for second in others}
    assert one.overlaps(other, shared) is outcome(results)
