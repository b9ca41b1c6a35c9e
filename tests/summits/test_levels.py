"""At what level a state was represented over time: lanes, drawing, table, and the list behind them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.dates import HistoricDate
from members.models import State
from summits.levels import lanes, level_of, sitting
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data, ids_in


def seat(**values: Any) -> dict[str, Any]:
    return {"capacity": "head-of-state", "mode": "in-person", "signed": False, "represents": None, **values}


@pytest.mark.parametrize(
    ("told", "level"),
    [
        (seat(), "head-of-state"),
        (seat(capacity="head-of-government", mode="video"), "head-of-government"),
        (seat(mode="absent"), "absent"),
        (seat(capacity="", mode="in-person"), "no-level"),
        (seat(capacity="", mode="not-known", signed=True), "no-level"),
        (seat(capacity="", mode="not-known"), "not-known"),
        (None, "not-known"),
    ],
)
def test_a_seat_has_a_level_and_no_record_has_none(told: dict[str, Any] | None, level: str) -> None:
    assert level_of(told) == level


def test_lanes_run_from_the_highest_level_down_and_through_time() -> None:
    days = [HistoricDate.parse(day) for day in ("2021-09-16", "2019-11-28", "2020-12-02")]
    told = [seat(), seat(mode="absent"), seat(capacity="head-of-government")]
    found = lanes(sitting(day, one) for day, one in zip(days, told, strict=True))
    assert [(lane.level, [str(one.on) for one in lane.sittings]) for lane in found] == [
        ("head-of-state", ["2021-09-16"]),
        ("head-of-government", ["2020-12-02"]),
        ("absent", ["2019-11-28"]),
    ]
    twice = lanes([sitting(days[0], seat()), sitting(days[1], seat())])
    assert [str(one.on) for one in twice[0].sittings] == ["2019-11-28", "2021-09-16"]


@pytest.fixture
def arm() -> State:
    """A party since 1994, with four meetings of which one tells nothing, and three sessions that never count."""
    arm = make.state("arm", "Armenia")
    treaty = treaties.instrument("cst", in_force_on="1994-04-20")
    treaties.act(treaty, arm, "ratification", "1994-01-01")
    leader = make.person("serzh-sargsyan", "Serzh Sargsyan")
    meetings.session("1993-12-24-ashgabat", "1993-12-24")
    meetings.seat(meetings.session("2015-12-21-moscow", "2015-12-21"), arm, leader, office_en="President")
    meetings.session("2016-12-26-moscow", "2016-12-26")
    meetings.seat(
        meetings.session("2020-12-02-video", "2020-12-02", format="video"),
        arm,
        capacity="head-of-government",
        mode="video",
    )
    meetings.seat(
        meetings.session("2023-11-23-minsk", "2023-11-23"),
        arm,
        capacity="",
        mode="absent",
        reason_en="no representative",
    )
    meetings.seat(meetings.session("2018-12-06-moscow", "2018-12-06", status="cancelled"), arm, mode="absent")
    meetings.session("2026-11-11-moscow", "2026-11-11", status="planned")
    meetings.seat(meetings.session("2022-01-06-decision", "2022-01-06", type="consultation"), arm)
    return arm


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(ask(path)).decode()))


@pytest.mark.django_db
@pytest.mark.usefixtures("arm")
class TestOfAState:
    TABLE = (
        "head of state 1 21 December 2015 21 December 2015 "
        "head of government 1 2 December 2020 2 December 2020 "
        "absent 1 23 November 2023 23 November 2023 "
        "not recorded in our sources 1 26 December 2016 26 December 2016"
    )

    @pytest.mark.parametrize("path", ["/states/arm/", "/attendances/?state=arm"])
    def test_page_and_list_draw_it_and_count_meetings_alone(self, path: str) -> None:
        assert f"Level Meetings First Last {self.TABLE} " in words(path)
        shown = (
            body(ask(path)).decode().partition('aria-labelledby="representation-t')[2].partition("</svg>")[0]
        )
        assert re.findall(r'<use class="[^"]*" href="#([^"]*)"', shown) == ["a-p", "a-v", "a-a"]
        assert shown.count(">?</text>") == 1

    def test_nothing_is_drawn_for_several_states_and_for_none(self) -> None:
        make.state("kaz", "Kazakhstan")
        for path in ("/attendances/", "/attendances/?state=arm&state=kaz", "/attendances/?state=kaz"):
            assert "Level of representation over time" not in words(path)

    def test_the_list_says_who_in_what_office_and_why_somebody_was_absent(self) -> None:
        said = words("/attendances/?state=arm")
        assert "21 December 2015 Armenia Serzh Sargsyan President head of state in person" in said
        assert "absent, no representative" in said
        assert ids_in("/attendances.csv?state=arm") == ids_in("/api/v1/attendances/?state=arm")

    def test_what_counts_as_no_meeting_is_listed_marked_and_never_counted(self) -> None:
        counted = ["2023-11-23-minsk/arm", "2020-12-02-video/arm", "2015-12-21-moscow/arm"]
        assert ids_in("/api/v1/attendances/?counted=yes") == counted
        rows = data("/api/v1/attendances/?counted=no")["results"]
        assert [(row["id"], row["counted"]) for row in rows] == [
            ("2022-01-06-decision/arm", False),
            ("2018-12-06-moscow/arm", False),
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 20])
def test_the_list_of_a_state_costs_the_same_for_few_meetings_and_for_many(arm: State, more: int) -> None:
    for number in range(more):
        meetings.seat(meetings.session(f"{1995 + number}-05-01-minsk", f"{1995 + number}-05-01"), arm)
    costs = []
    for path in ("/attendances/?state=arm", "/states/arm/"):
        with CaptureQueriesContext(connection) as queries:
            ask(path)
        costs.append(len(queries))
    assert costs == [6, 10]
