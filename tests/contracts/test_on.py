"""on= over periods: rows that hold the day, and beside them rows of which it is not known, on page and API alike."""

from collections.abc import Callable
from typing import Any

import pytest

from cstokb.records.models import Record
from summits.models import Chairmanship
from tests.factories import records as make
from tests.listing.asking import ask, body, data, ids_in

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

#: A period certain to hold the day asked about, one that may, and one that certainly does not.
DAY = "2010-06-15"
PERIODS = {"yes": ("2010-06-15", "2010-06-15"), "perhaps": ("2010-06", "2011"), "no": ("2010-06-16", None)}


def memberships() -> dict[str, Record]:
    return {
        name: make.member(make.state(f"{name[:2]}x", name.title()), began, ended)
        for name, (began, ended) in PERIODS.items()
    }


def terms() -> dict[str, Record]:
    office = make.office("kaz/president", "President", state=make.state("kaz", "Kazakhstan"))
    return {
        name: make.term(make.person(name, name.title()), office, began, ended)
        for name, (began, ended) in PERIODS.items()
    }


def chairmanships() -> dict[str, Record]:
    made: dict[str, Record] = {}
    for name, (began, ended) in PERIODS.items():
        state = make.state(f"{name[:2]}x", name.title())
        row = Chairmanship(state=state, began_on=began, ended_on=ended, basis="reported")
        made[name] = make.published(row, f"{state.public_id}/{began}")
    return made


def organs() -> dict[str, Record]:
    return {
        name: make.organ(name, name.title(), established_on=began, dissolved_on=ended)
        for name, (began, ended) in PERIODS.items()
    }


LISTS: dict[str, tuple[Callable[[], dict[str, Any]], str, str]] = {
    "memberships": (memberships, "", "began_on"),
    "terms": (terms, "", "began_on"),
    "chairmanships": (chairmanships, "/summits/chairmanships/", "began_on"),
    "organs": (organs, "/organs/", "established_on"),
}


@pytest.mark.parametrize("api", LISTS)
def test_a_day_gives_the_rows_that_hold_it_and_names_what_blocks_the_others(api: str) -> None:
    make_rows, page, began = LISTS[api]
    ids = {name: one.public_id for name, one in make_rows().items()}
    answer = data(f"/api/v1/{api}/?on={DAY}")
    assert [one["id"] for one in answer["results"]] == [ids["yes"]]
    assert answer["unknown"] == [{"id": ids["perhaps"], "blocked_by": [f"{ids['perhaps']}.{began}"]}]
    assert ids_in(f"/api/v1/{api}.csv?on={DAY}") == [ids["yes"]]
    assert data(f"/api/v1/{api}/?on=2010-05-31")["count"] == 0
    if page:
        text = body(ask(f"{page}?on={DAY}")).decode()
        assert "Not known for" in text
        assert f"{ids['perhaps']}.{began}" in text
        assert "What held on" in text
