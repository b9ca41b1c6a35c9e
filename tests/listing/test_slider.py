"""The slider of years: where it goes, and to which day a year that it sends leads."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from cstokb.listing.ask import Ask
from cstokb.listing.clocks import BOTH, NONE, Clocks, Day
from cstokb.listing.slider import leads_to, slider

TODAY = datetime(2026, 11, 29, 12, tzinfo=UTC)


def asked(query: str, path: str = "/ru/states/") -> Ask:
    return Ask.about(QueryDict(query), now=TODAY, language="ru", path=path)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("on_year=1999", "/ru/states/?on=1999-12-31"),
        ("on_year=2025", "/ru/states/?on=2025-12-31"),
        ("on_year=2026", "/ru/states/"),
        ("on_year=2027", "/ru/states/"),
        ("on_year=1999&on=2005-01-01", "/ru/states/?on=1999-12-31"),
        ("on_year=2026&on=2005-01-01&standing=member", "/ru/states/?standing=member"),
        (
            "state=kaz&on_year=1999&state=blr&page=3&cursor=x&known_on=2026-11-28",
            "/ru/states/?state=kaz&state=blr&known_on=2026-11-28&on=1999-12-31",
        ),
    ],
)
def test_a_year_leads_to_its_last_day_and_the_present_one_to_today(query: str, address: str) -> None:
    assert leads_to(asked(query), BOTH) == address


@pytest.mark.parametrize(
    "query", ["", "year=1999", "on_year=", "on_year=0000", "on_year=199", "on_year=19999", "on_year=١٩٩٩"]
)
def test_what_is_no_year_leads_nowhere(query: str) -> None:
    assert leads_to(asked(query), BOTH) is None


@pytest.mark.parametrize("clocks", [None, NONE, Clocks(Day.NARROWS, known_on=True)])
def test_nor_does_a_year_where_no_day_is_shown(clocks: Clocks | None) -> None:
    assert leads_to(asked("on_year=1999"), clocks) is None


@pytest.mark.parametrize(
    ("first", "on", "years"),
    [
        ("1992-05-15", "1999-04-20", (1992, 1999, 2026)),
        ("1992-05-15", "1990-01-01", (1992, 1992, 2026)),
        ("1992-05-15", "2030-01-01", (1992, 2026, 2026)),
        ("2025-12-31", "", (2025, 2026, 2026)),
    ],
)
def test_it_goes_from_the_first_year_to_the_present_one(
    first: str, on: str, years: tuple[int, int, int]
) -> None:
    made = slider(asked(f"on={on}"), datetime.fromisoformat(first).date())
    assert made is not None
    assert (made["first"], made["year"], made["last"]) == years


@pytest.mark.parametrize("first", [None, "2026-01-01", "2027-01-01"])
def test_there_is_none_where_there_are_no_two_years(first: str | None) -> None:
    assert slider(asked(""), datetime.fromisoformat(first).date() if first else None) is None
