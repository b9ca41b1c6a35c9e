"""The standing of a state on a day (law 8), a person's role on a day, and what is not known."""

from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate
from members.choices import Standing
from members.status import Spell, last_day, role_status, standing_on


def edtf(text: str | None) -> HistoricDate | None:
    return HistoricDate.parse(text) if text else None


def spell(
    began: str | None, ended: str | None = None, *, ended_by: str = "", standing: str = "member"
) -> Spell:
    return Spell(f"uzb/{standing}/{began}", standing, edtf(began), edtf(ended), ended_by)


SUSPENDED = [spell("2006-08-16", "2012-12-18", ended_by="suspension")]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2006, 8, 15), Standing.NONE),
        (date(2006, 8, 16), Standing.MEMBER),
        (date(2012, 12, 18), Standing.MEMBER),
        (date(2012, 12, 19), Standing.SUSPENDED),
        (date(2026, 1, 1), Standing.SUSPENDED),
    ],
)
def test_a_suspension_ends_the_membership_the_day_after_its_last_day(day: date, standing: Standing) -> None:
    assert standing_on(day, SUSPENDED).certain == standing


def test_the_suspension_counts_from_the_day_after_the_last_day() -> None:
    assert standing_on(date(2020, 1, 1), SUSPENDED).since == edtf("2012-12-19")


def test_a_member_stands_since_its_first_day() -> None:
    assert standing_on(date(2012, 12, 18), SUSPENDED).since == edtf("2006-08-16")


@pytest.mark.parametrize("ended_by", ["withdrawal", "exclusion", "lapse", ""])
def test_every_other_end_leaves_a_former_member(ended_by: str) -> None:
    left = [spell("1994", "1999-04-20", ended_by=ended_by)]
    assert standing_on(date(1999, 4, 20), left).certain == Standing.MEMBER
    assert standing_on(date(1999, 4, 21), left).certain == Standing.FORMER


def test_who_returns_is_a_member_again_and_the_later_end_counts() -> None:
    spells = [spell("1994-04-20", "1999-04-20", ended_by="lapse"), *SUSPENDED]
    assert standing_on(date(2003, 1, 1), spells).certain == Standing.FORMER
    assert standing_on(date(2008, 1, 1), spells).certain == Standing.MEMBER
    assert standing_on(date(2013, 1, 1), spells).certain == Standing.SUSPENDED


def test_a_former_member_that_observes_is_an_observer() -> None:
    spells = [spell("1994", "1999", ended_by="withdrawal"), spell("2013", standing="observer")]
    assert standing_on(date(2014, 1, 1), spells).certain == Standing.OBSERVER


def test_who_never_had_a_period_has_no_standing() -> None:
    one = standing_on(date(2020, 1, 1), [])
    assert (one.certain, one.since, one.blocked_by) == (Standing.NONE, None, ())


def test_a_day_inside_an_imprecise_first_date_is_not_known_and_names_the_fact() -> None:
    one = standing_on(date(2003, 6, 1), [spell("2003")])
    assert one.certain is None
    assert set(one.possible) == {Standing.MEMBER, Standing.NONE}
    assert one.blocked_by == ("uzb/member/2003.began_on",)


def test_a_day_inside_an_imprecise_last_date_is_member_or_what_follows() -> None:
    one = standing_on(date(2012, 6, 1), [spell("2006-08-16", "2012", ended_by="suspension")])
    assert set(one.possible) == {Standing.MEMBER, Standing.SUSPENDED}
    assert one.blocked_by == ("uzb/member/2006-08-16.ended_on",)


def test_a_pause_ends_nothing_and_stands_beside_the_standing() -> None:
    pauses = [Spell("arm/pause/2024-02", "", edtf("2024-02"), None)]
    before, within, after = (
        standing_on(day, [spell("2003-09-18")], pauses)
        for day in (date(2024, 1, 31), date(2024, 2, 10), date(2024, 3, 1))
    )
    assert [one.certain for one in (before, within, after)] == [Standing.MEMBER] * 3
    assert [one.paused.answer for one in (before, within, after)] == [Answer.NO, Answer.UNKNOWN, Answer.YES]
    assert within.paused.blocked_by == ("arm/pause/2024-02.began_on",)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(1990, 4, 23), "future"),
        (date(1990, 4, 24), "current"),
        (date(2019, 3, 20), "current"),
        (date(2019, 3, 21), "former"),
    ],
)
def test_a_role_is_current_up_to_and_on_its_last_day(day: date, status: str) -> None:
    assert role_status(day, edtf("1990-04-24"), edtf("2019-03-20")) == status


def test_a_role_that_ended_in_a_year_is_not_known_within_it() -> None:
    assert role_status(date(2019, 5, 1), edtf("1990"), edtf("2019")) == "unknown"


def test_nobody_outlasts_the_body_whose_office_he_held() -> None:
    assert last_day(None, edtf("1999-12-31")) == edtf("1999-12-31")
    assert last_day(edtf("1998"), edtf("1999-12-31")) == edtf("1998")
    assert last_day(None, None) is None
