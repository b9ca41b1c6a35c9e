"""Acts, spells and final clauses of the starter data, where they are most often asked."""

import pytest

from cstokb.curation.checks import doubts
from tests.listing.asking import data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def told(query: str) -> dict[str, dict[str, object]]:
    return {row["state"]: row for row in data(f"/api/v1/status/?{query}")["results"]}


def test_eight_states_were_parties_to_the_treaty_when_the_first_term_ran_out_and_one_is_not_known() -> None:
    rows = told("instrument=cst&on=1999-04-01")
    assert {state: row["answer"] for state, row in rows.items()} == {
        **dict.fromkeys(("arm", "blr", "geo", "kaz", "kgz", "rus", "tjk", "uzb"), "yes"),
        "aze": "unknown",
    }
    assert rows["aze"]["blocked_by"] == ["cst/aze/ratification/1994-04-20"]


@pytest.mark.parametrize(
    ("day", "status", "answer"),
    [
        ("1992-05-14", "none", "no"),
        ("1992-05-15", "signatory", "no"),
        ("1994-04-19", "signatory", "no"),
        ("1994-04-20", "party", "yes"),
        ("1999-04-20", "party", "yes"),
        ("1999-04-21", "former", "no"),
        ("2006-08-15", "former", "no"),
        ("2006-08-16", "unknown", "unknown"),
        ("2008-03-27", "unknown", "unknown"),
        ("2008-03-28", "party", "yes"),
        ("2012-12-18", "party", "yes"),
        ("2012-12-19", "suspended", "no"),
    ],
)
def test_uzbekistan_signed_left_returned_and_left_again(day: str, status: str, answer: str) -> None:
    row = told(f"instrument=cst&on={day}")["uzb"]
    assert (row["status"], row["answer"]) == (status, answer)


def test_the_spells_of_uzbekistan_are_told_with_their_acts() -> None:
    spells: object = told("instrument=cst&spells=yes")["uzb"]["spells"]
    assert [(one["status"], one["again"], one["ended_by"]) for one in spells] == [  # type: ignore[attr-defined]
        ("signatory", False, ["cst/uzb/consent/1994-04-20"]),
        ("party", False, ["cst/uzb/lapse/1999-04-20"]),
        ("former", False, ["cst/uzb/consent/2006-08-16", "cst/uzb/consent/2008-03-28"]),
        ("party", True, ["cst/uzb/suspension/2012-12-19"]),
        ("suspended", False, []),
    ]


def test_a_pause_of_armenia_changes_no_status() -> None:
    before, after = (told(f"instrument=cst&on={day}")["arm"] for day in ("2024-02-21", "2024-02-22"))
    assert (before["paused"], after["paused"]) == (False, True)
    assert {before["status"], after["status"]} == {"party"}


@pytest.mark.parametrize(("day", "members"), [("2011-06-01", 7), ("2013-01-01", 6)])
def test_members_are_counted_by_standing_and_not_by_treaty(day: str, members: int) -> None:
    assert data(f"/api/v1/states/?standing=member&on={day}")["count"] == members


def test_no_stored_date_that_ships_disagrees_with_a_final_clause(today: object) -> None:
    assert [str(doubt) for doubt in doubts(today) if doubt.law == "clauses"] == []  # type: ignore[arg-type]


def test_the_entry_of_the_charter_is_not_known_to_follow_since_no_deposit_was_found() -> None:
    (entry,) = [
        one for one in data("/api/v1/instruments/charter/")["computed"] if one["name"] == "in_force_on"
    ]
    assert (entry["stored"], entry["agrees"]) == ("2003-09-18", "unknown")
    assert entry["blocked_by"] == [
        f"charter/{state}/deposit" for state in ("arm", "blr", "kaz", "kgz", "rus", "tjk")
    ]


@pytest.mark.parametrize(("day", "end"), [("1999-04-20", "1999-04-20"), ("1999-04-21", "2004-04-20")])
def test_the_term_of_the_treaty_is_prolonged_by_five_years(day: str, end: str) -> None:
    computed = data(f"/api/v1/instruments/cst/?on={day}")["computed"]
    assert [one["computed"] for one in computed if one["name"] == "term_ends_on"] == [end]


def test_every_lapse_of_the_treaty_is_the_last_day_of_its_first_term() -> None:
    computed = data("/api/v1/instruments/cst/")["computed"]
    lapses = {one["of"]: one["agrees"] for one in computed if one["name"] == "effective_on"}
    assert lapses == dict.fromkeys(
        (f"cst/{state}/lapse/1999-04-20" for state in ("aze", "geo", "uzb")), "yes"
    )


@pytest.mark.parametrize("instrument", ["csc-regulations-1992", "peacekeeping-decision-2007"])
def test_what_enters_into_force_with_another_does_so_on_its_day(instrument: str) -> None:
    (entry,) = data(f"/api/v1/instruments/{instrument}/")["computed"]
    assert (entry["computed"], entry["agrees"]) == (entry["stored"], "yes")
