"""The attendance matrix: which meetings and states, what each cell says, and that the exports say the same."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.pages.html import sign
from members.models import State
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db
CELL = re.compile(r"<td>(?:(?!</td>).)*?class=\"vh\">([^<]*)</span>", re.DOTALL)


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    """Two parties from 1994, one of which left in 1999, one that joined in 2005, and one that never acted."""
    names = {"arm": "Armenia", "aze": "Azerbaijan", "rus": "Russia", "chn": "China"}
    states = {slug: make.state(slug, name) for slug, name in names.items()}
    treaty = treaties.instrument("cst", in_force_on="1994-04-20")
    for slug, day in (("arm", "1994-01-01"), ("aze", "1994-01-01"), ("rus", "2005-01-01")):
        treaties.act(treaty, states[slug], "ratification", day, None if day < "1994-04" else day)
    treaties.act(treaty, states["aze"], "lapse", "1999-04-20", "1999-04-20")
    return states


@pytest.fixture(scope="class")
def meetings_held(states: dict[str, State]) -> None:
    """A meeting while Azerbaijan was a party, one afterwards with a guest, and two sessions that do not count."""
    early = meetings.session("1995-02-10-almaty", "1995-02-10", city_en="Almaty")
    meetings.seat(early, states["arm"], mode="not-known", signed=True)
    late = meetings.session("2021-09-17-video", "2021-09-17", format="video", chair_state=states["arm"])
    meetings.seat(late, states["arm"], mode="video", capacity="head-of-government")
    meetings.seat(late, states["chn"], mode="video", capacity="guest")
    meetings.session("2026-11-11-moscow", "2026-11-11", status="planned")
    meetings.session("2022-01-06-decision", "2022-01-06", type="consultation")
    meetings.session("2023-01-01-draft", "2023-01-01", publication="draft")


def table(path: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(body(ask(path)).decode(), newline="")))


def cells(path: str) -> list[list[str]]:
    """The words of the cells of each row of the page, as those who listen hear them."""
    shown = body(ask(path)).decode()
    rows = re.search(r"<tbody>(.*)</tbody>", shown, re.DOTALL)
    assert rows
    return [CELL.findall(row) for row in rows[1].split("</tr>") if "<th" in row]


@pytest.mark.usefixtures("meetings_held")
class TestMatrix:
    def test_meetings_down_and_the_states_that_ever_acted_across(self) -> None:
        rows = table("/summits/attendance.csv")
        assert [row["id"] for row in rows] == ["2021-09-17-video", "1995-02-10-almaty"]
        assert [name for name in rows[0] if len(name) == 3 and name != "url"] == ["arm", "aze", "rus"]

    def test_each_cell_says_mode_and_level_or_why_it_is_silent(self) -> None:
        late, early = table("/summits/attendance.csv")
        assert (late["arm"], late["aze"], late["rus"]) == (
            "by video, head of government",
            "not a party that day",
            "not recorded in our sources",
        )
        assert (early["arm"], early["aze"], early["rus"]) == (
            "signed, so probably present, head of state",
            "not recorded in our sources",
            "not a party that day",
        )

    def test_page_and_exports_hold_the_same_words(self) -> None:
        for language in ("", "/ru"):
            shown = cells(f"{language}/summits/attendance/")
            rows = table(f"{language}/summits/attendance.csv")
            assert shown == [[row["arm"], row["aze"], row["rus"]] for row in rows]
            results = data(f"{language}/summits/attendance.json")["results"]
            assert shown == [[one["arm"], one["aze"], one["rus"]] for one in results]

    def test_a_record_without_a_mode_and_no_record_have_signs_of_their_own(self) -> None:
        meetings.seat(
            meetings.session("1998-05-01-minsk", "1998-05-01"),
            State.objects.get(entry__slug="arm"),
            mode="not-known",
        )
        shown = body(ask("/summits/attendance/?year=1998")).decode()
        signs = re.findall(r"<td>(<span class=.*?)<sup|<td>(<span class=.*?)<span class=\"vh\">", shown)
        assert [first or second for first, second in signs] == [
            sign("mode-not-known"),
            sign("not-known"),
            sign("none"),
        ]
        assert cells("/summits/attendance/?year=1998") == [
            ["mode not known, head of state", "not recorded in our sources", "not a party that day"]
        ]
        legend = shown.partition('<ul class="legend"')[2].partition("</ul>")[0]
        assert "mode not known: named, but not how it took part" in legend
        assert "not recorded in our sources" in legend

    def test_a_state_asked_for_has_the_one_column_even_if_it_never_acted(self) -> None:
        (row,) = table("/summits/attendance.csv?state=chn")
        assert (row["id"], row["chn"], "arm" in row) == ("2021-09-17-video", "by video, guest", False)

    def test_how_often_each_sat_stands_below(self) -> None:
        shown = re.sub(r"<[^>]+>|\s", "", body(ask("/summits/attendance/")).decode().split("<tfoot>")[1])
        assert shown.startswith("Attended,ofthoserecorded2of/20of/00of/0")

    def test_filters_are_those_of_sessions(self) -> None:
        assert ids_in("/summits/attendance.csv?year=1995") == ["1995-02-10-almaty"]
        assert ids_in("/summits/attendance.json?on=2021-09-17") == ["2021-09-17-video"]
        ask("/summits/attendance.csv?status=planned", 400)

    def test_sessions_are_found_by_how_the_states_asked_about_sat(self) -> None:
        late = ["2021-09-17-video"]
        assert ids_in("/summits/attendance.csv?mode=video") == late
        assert ids_in("/summits/attendance.csv?capacity=guest") == late
        assert ids_in("/summits/attendance.csv?capacity=guest&state=arm") == []
        assert ids_in("/api/v1/sessions/?capacity=head-of-government&state=arm") == late
        assert "mode" in [fault["parameter"] for fault in faults("/summits/attendance.csv?mode=perhaps")]

    def test_a_question_that_cannot_be_read_gives_the_form_again(self) -> None:
        shown = body(ask("/summits/attendance/?year=soon", 400)).decode()
        assert "Write a year with four digits." in shown

    def test_no_meeting_is_an_answer(self) -> None:
        assert "No record fits." in body(ask("/summits/attendance/?year=1999")).decode()


@pytest.mark.parametrize("more", [0, 40])
def test_the_matrix_costs_the_same_for_few_meetings_and_for_many(states: dict[str, State], more: int) -> None:
    for number in range(1 + more):
        one = meetings.session(f"{1995 + number}-05-01-minsk", f"{1995 + number}-05-01")
        meetings.seat(one, states["arm"])
    with CaptureQueriesContext(connection) as queries:
        shown = cells("/summits/attendance/")
    assert len(shown) == 1 + more
    assert len(queries) == 7
