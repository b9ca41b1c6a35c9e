"""Whose turn in the chair follows from the Charter's rule, and whether a stored chairmanship is that turn."""

from dataclasses import replace
from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate
from summits.chair import Checked, Meeting, check, holders, turns

ARM, BLR, KAZ, RUS = 1, 2, 3, 4


def edtf(text: str | None) -> HistoricDate | None:
    return HistoricDate.parse(text) if text else None


def meeting(day: str, host: int | None, *, chosen: int | None = None, regular: bool = True) -> Meeting:
    """A session; its row id is its year, that of an exception ten thousand more."""
    year = int(day[:4])
    return Meeting(
        f"{day}-city", year, edtf(day), regular, host, chosen, 10_000 + year if chosen is not None else None
    )


SINCE = edtf("2003-09-18")
#: Belarus hosts and takes the chair; in Russia the Council chooses Kazakhstan; an informal meeting passes nothing on.
MET = [
    meeting("2002-05-14", RUS),
    meeting("2006-06-23", BLR),
    meeting("2009-07-31", KAZ, regular=False),
    meeting("2010-12-10", RUS, chosen=KAZ),
    meeting("2012-12-19", ARM),
]


def days(met: list[Meeting]) -> list[tuple[int | None, str, str | None]]:
    found = turns(met, SINCE)
    return [(one.state, one.began_on.edtf, one.ended_on.edtf if one.ended_on else None) for one in found]


class TestTurns:
    def test_the_host_of_a_regular_session_takes_the_chair_unless_another_is_chosen(self) -> None:
        assert days(MET) == [
            (BLR, "2006-06-23", "2010-12-10"),
            (KAZ, "2010-12-10", "2012-12-19"),
            (ARM, "2012-12-19", None),
        ]
        first, second, third = turns(MET, SINCE)
        assert (first.basis, second.basis, third.basis) == ("rule", "exception", "rule")
        assert (second.began_at, second.ended_at, second.exception) == (2010, 2012, 12010)

    def test_moving_a_session_moves_the_turn_that_begins_and_the_one_that_ends(self) -> None:
        moved = [*MET[:4], meeting("2013-01-05", ARM)]
        assert days(moved)[1:] == [(KAZ, "2010-12-10", "2013-01-05"), (ARM, "2013-01-05", None)]
        assert days([*MET[:4], replace(MET[4], host=RUS)])[2] == (RUS, "2012-12-19", None)

    def test_before_the_rule_is_in_force_nothing_follows(self) -> None:
        assert turns(MET, None) == []
        assert turns(MET, HistoricDate.UNKNOWN) == []
        assert days([meeting("2003-09-17", RUS)]) == []
        assert days([meeting("2003-09-18", RUS)]) == [(RUS, "2003-09-18", None)]

    def test_the_chair_that_stays_is_one_turn(self) -> None:
        kept = [*MET, meeting("2013-12-01", RUS, chosen=ARM)]
        assert days(kept)[-1] == (ARM, "2012-12-19", None)

    def test_without_a_host_and_without_a_choice_nobody_is_known(self) -> None:
        (turn,) = turns([meeting("2020-12-02", None)], SINCE)
        assert (turn.state, turn.blocked_by) == (None, ("2020-12-02-city.country",))

    @pytest.mark.parametrize(
        ("day", "states"),
        [
            (date(2006, 6, 22), []),
            (date(2010, 12, 9), [BLR]),
            (date(2010, 12, 10), [BLR, KAZ]),
            (date(2010, 12, 11), [KAZ]),
        ],
    )
    def test_the_day_of_hand_over_has_both(self, day: date, states: list[int]) -> None:
        assert [one.state for one in holders(turns(MET, SINCE), day)] == states


class TestCheck:
    @pytest.mark.parametrize(
        ("state", "began", "ended", "answer", "contradicted"),
        [
            (KAZ, "2010-12-10", "2012-12-19", "yes", ()),
            (ARM, "2012-12-19", None, "yes", ()),
            (KAZ, "2010-12", "2012-12-19", "unknown", ()),
            (KAZ, "2011-01-01", "2012-12-19", "no", ("began_on",)),
            (KAZ, "2010-12-10", "2012-12-31", "no", ("ended_on",)),
            (KAZ, "2010-12-10", None, "no", ("ended_on",)),
            (RUS, "2010-12-10", "2012-12-19", "no", ("state",)),
            (RUS, "2002-05-14", "2006-06-23", "unknown", ()),
            (RUS, None, None, "no", ("state",)),
            (ARM, None, None, "unknown", ()),
        ],
    )
    def test_only_what_certainly_differs_contradicts(
        self, state: int, began: str | None, ended: str | None, answer: str, contradicted: tuple[str, ...]
    ) -> None:
        found = check(state, edtf(began), edtf(ended), turns(MET, SINCE))
        assert (found.agrees.value, found.contradicted) == (answer, contradicted)

    def test_where_nobody_is_known_nothing_disagrees(self) -> None:
        unknown = turns([meeting("2020-12-02", None)], SINCE)
        assert check(RUS, edtf("2020-12-02"), None, unknown) == Checked(None, Answer.UNKNOWN, ())
