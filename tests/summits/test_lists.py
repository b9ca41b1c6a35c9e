"""The lists of sessions, attendance, chairmanships, invocations, activities and milestones, exactly."""

import pytest

from members.models import State
from summits.models import Session
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    return {slug: make.state(slug, name) for slug, name in (("arm", "Armenia"), ("kaz", "Kazakhstan"))}


@pytest.fixture(scope="class")
def sessions(states: dict[str, State]) -> dict[str, Session]:
    """Two meetings, one of two days, one known to the month, one planned, cancelled, by consultation, and a draft."""
    peace = make.topic("peace", "Peace")
    return {
        "minsk": meetings.session("2023-11-23-minsk", "2023-11-23", city_en="Minsk", topics=[peace.pk]),
        "video": meetings.session("2020-12-02-video", "2020-12-02", format="video", type="extraordinary"),
        "lake": meetings.session("2009-07-31-lake", "2009-07-31", "2009-08-01", type="informal"),
        "month": meetings.session("2008-12-steppe", "2008-12", type="informal"),
        "planned": meetings.session("2026-11-11-moscow", "2026-11-11", status="planned"),
        "cancelled": meetings.session("2018-12-06-petersburg", "2018-12-06", status="cancelled"),
        "decision": meetings.session("2022-01-06-decision", "2022-01-06", type="consultation"),
        "draft": meetings.session("2024-01-01-nowhere", "2024-01-01", publication="draft"),
    }


ALL = [
    "2026-11-11-moscow",
    "2023-11-23-minsk",
    "2022-01-06-decision",
    "2020-12-02-video",
    "2018-12-06-petersburg",
    "2009-07-31-lake",
    "2008-12-steppe",
]


@pytest.mark.usefixtures("sessions")
class TestSessions:
    def test_planned_and_cancelled_ones_are_listed_and_no_draft(self) -> None:
        assert ids_in("/api/v1/sessions/") == ALL
        assert ids_in("/summits.csv") == ALL

    def test_the_alias_answers_the_same(self) -> None:
        assert ids_in("/api/v1/summits/") == ALL
        assert data("/api/v1/summits/2023-11-23-minsk/") == data("/api/v1/sessions/2023-11-23-minsk/")

    def test_what_counts_as_a_meeting(self) -> None:
        counted = ["2023-11-23-minsk", "2020-12-02-video", "2009-07-31-lake", "2008-12-steppe"]
        assert ids_in("/api/v1/sessions/?counted=yes") == counted
        assert ids_in("/api/v1/sessions/?counted=no") == [one for one in ALL if one not in counted]
        assert [one["id"] for one in data("/api/v1/sessions/")["results"] if one["counted"]] == counted
        assert (
            list(Session.objects.published().counted().newest_first().values_list("entry__slug", flat=True))
            == counted
        )

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("type=informal", ["2009-07-31-lake", "2008-12-steppe"]),
            ("type=informal&type=consultation", ["2022-01-06-decision", "2009-07-31-lake", "2008-12-steppe"]),
            ("status=planned&status=cancelled", ["2026-11-11-moscow", "2018-12-06-petersburg"]),
            ("topic=peace", ["2023-11-23-minsk"]),
            ("organ=csc&year=2022", ["2022-01-06-decision"]),
            ("year=2009", ["2009-07-31-lake"]),
            ("year=2008", ["2008-12-steppe"]),
            ("after=2009-08-01&before=2009-08-01", ["2009-07-31-lake"]),
            ("after=2009-08-02&before=2018-12-05", []),
            ("before=2008-12-15", ["2008-12-steppe"]),
            ("before=2008-11-30", []),
            ("sort=date&before=2018", ["2008-12-steppe", "2009-07-31-lake", "2018-12-06-petersburg"]),
        ],
    )
    def test_filters(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/sessions/?{query}") == ids
        assert ids_in(f"/summits.json?{query}") == ids

    @pytest.mark.parametrize(
        ("day", "yes", "unknown"),
        [
            ("2009-07-31", ["2009-07-31-lake"], []),
            ("2009-08-01", ["2009-07-31-lake"], []),
            ("2009-08-02", [], []),
            ("2008-12-10", [], [{"id": "2008-12-steppe", "blocked_by": ["2008-12-steppe.began_on"]}]),
            ("2009-01-01", [], []),
        ],
    )
    def test_on_finds_the_sessions_that_sat_that_day(
        self, day: str, yes: list[str], unknown: list[dict[str, object]]
    ) -> None:
        answer = data(f"/api/v1/sessions/?on={day}")
        assert ([one["id"] for one in answer["results"]], answer["unknown"]) == (yes, unknown)

    def test_a_slip_is_refused_with_the_nearest_word(self) -> None:
        (fault,) = faults("/api/v1/sessions/?status=planed")
        assert (fault["parameter"], fault["nearest"]) == ("status", "planned")
        (fault,) = faults("/api/v1/sessions/?counted=banana")
        assert (fault["parameter"], fault["allowed"]) == ("counted", ["yes", "no"])

    def test_the_neighbours_are_never_a_draft(self) -> None:
        record = data("/api/v1/sessions/2023-11-23-minsk/")
        assert (record["previous"], record["following"]) == ("2022-01-06-decision", "2026-11-11-moscow")
        assert data("/api/v1/sessions/2008-12-steppe/")["previous"] is None
        assert data("/api/v1/sessions/2026-11-11-moscow/")["following"] is None


class TestADay:
    """B004: a session of 23 November 2022 is of that day, and not of the day before it."""

    LISTS = ("/api/v1/sessions/", "/api/v1/sessions.csv", "/summits.csv", "/summits.json", "/summits.atom")

    @pytest.fixture(autouse=True)
    def yerevan(self) -> None:
        meetings.session("2022-11-23-yerevan", "2022-11-23")
        meetings.session("2022-10-31-astana", "2022-10-31")

    @pytest.mark.parametrize(
        ("day", "ids"), [("2022-11-22", []), ("2022-11-23", ["2022-11-23-yerevan"]), ("2022-11-24", [])]
    )
    def test_its_own_day_lists_it_once(self, day: str, ids: list[str]) -> None:
        for path in self.LISTS:
            assert ids_in(f"{path}?after={day}&before={day}") == ids, path
            assert ids_in(f"{path}?on={day}") == ids, path
        for query in (f"after={day}&before={day}", f"on={day}"):
            shown = body(ask(f"/summits/?{query}")).decode()
            assert ('href="/summits/2022-11-23-yerevan/' in shown) == bool(ids), query
            assert data(f"/api/v1/sessions/?{query}")["count"] == len(ids)

    def test_its_month_counts_one(self) -> None:
        counts = {
            month: data(f"/api/v1/sessions/?after={month}&before={month}")["count"]
            for month in ("2022-10", "2022-11", "2022-12")
        }
        assert counts == {"2022-10": 1, "2022-11": 1, "2022-12": 0}


@pytest.fixture(scope="class")
def seats(sessions: dict[str, Session], states: dict[str, State]) -> None:
    """Armenia by its prime minister by video, absent in Minsk; Kazakhstan in both; a draft and an organ."""
    leader = make.person("nikol-pashinyan", "Nikol Pashinyan")
    secretariat = make.organ("secretariat", "Secretariat")
    meetings.seat(sessions["video"], states["arm"], leader, capacity="head-of-government", mode="video")
    meetings.seat(sessions["minsk"], states["arm"], mode="absent", capacity="")
    meetings.seat(sessions["video"], states["kaz"], mode="video")
    meetings.seat(sessions["minsk"], states["kaz"])
    meetings.seat(sessions["lake"], states["kaz"], publication="draft")
    meetings.seat(sessions["month"], states["kaz"])
    meetings.seat(sessions["minsk"], secretariat, capacity="secretary-general")


@pytest.mark.usefixtures("seats")
class TestAttendance:
    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            (
                "",
                [
                    "2023-11-23-minsk/arm",
                    "2023-11-23-minsk/kaz",
                    "2023-11-23-minsk/secretariat",
                    "2020-12-02-video/arm",
                    "2020-12-02-video/kaz",
                    "2008-12-steppe/kaz",
                ],
            ),
            ("session=2020-12-02-video", ["2020-12-02-video/arm", "2020-12-02-video/kaz"]),
            ("state=arm", ["2023-11-23-minsk/arm", "2020-12-02-video/arm"]),
            ("state=Armenia&mode=absent", ["2023-11-23-minsk/arm"]),
            ("person=Pashinyan", ["2020-12-02-video/arm"]),
            ("organ=secretariat", ["2023-11-23-minsk/secretariat"]),
            ("capacity=head-of-government", ["2020-12-02-video/arm"]),
            ("mode=video&state=kaz", ["2020-12-02-video/kaz"]),
            ("on=2020-12-02", ["2020-12-02-video/arm", "2020-12-02-video/kaz"]),
            ("on=2020-12-03", []),
            ("year=2023&state=kaz", ["2023-11-23-minsk/kaz"]),
            ("before=2020", ["2020-12-02-video/arm", "2020-12-02-video/kaz", "2008-12-steppe/kaz"]),
        ],
    )
    def test_filters(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/attendances/?{query}") == ids

    def test_a_day_inside_a_month_names_the_session_that_blocks(self) -> None:
        assert data("/api/v1/attendances/?on=2008-12-10")["unknown"] == [
            {"id": "2008-12-steppe/kaz", "blocked_by": ["2008-12-steppe.began_on"]}
        ]

    def test_a_row_says_who_how_and_where(self) -> None:
        row = data("/api/v1/attendances/2020-12-02-video/arm/")
        said = ("session", "state", "organ", "person", "capacity", "mode", "held_on")
        assert tuple(row[name] for name in said) == (
            "2020-12-02-video",
            "arm",
            None,
            "nikol-pashinyan",
            "head-of-government",
            "video",
            "2020-12-02",
        )
        assert row["html_url"].endswith("/summits/2020-12-02-video/")

    def test_sessions_by_state_and_person_count_each_session_once(self) -> None:
        assert ids_in("/api/v1/sessions/?state=kaz") == [
            "2023-11-23-minsk",
            "2020-12-02-video",
            "2008-12-steppe",
        ]
        assert ids_in("/api/v1/sessions/?state=kaz&state=arm") == ids_in("/api/v1/sessions/?state=kaz")
        assert ids_in("/api/v1/sessions/?person=nikol-pashinyan") == ["2020-12-02-video"]

    def test_the_record_of_a_session_holds_its_seats_states_first(self) -> None:
        seats = data("/api/v1/sessions/2023-11-23-minsk/")["attendances"]
        assert [(one["state"], one["organ"], one["mode"]) for one in seats] == [
            ("arm", None, "absent"),
            ("kaz", None, "in-person"),
            (None, "secretariat", "in-person"),
        ]


class TestChairmanships:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def chairs(cls, states: dict[str, State]) -> None:
        meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
        meetings.chair(states["kaz"], "2022-11-23", basis="rule")
        meetings.chair(states["kaz"], "2003", "2004", publication="draft")

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("", ["kaz/2022-11-23", "arm/2021-09-16"]),
            ("on=2022-05-16", ["arm/2021-09-16"]),
            ("on=2022-11-23", ["kaz/2022-11-23", "arm/2021-09-16"]),
            ("on=2021-09-15", []),
            ("state=arm", ["arm/2021-09-16"]),
            ("basis=rule", ["kaz/2022-11-23"]),
        ],
    )
    def test_a_day_of_hand_over_names_both(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/chairmanships/?{query}") == ids
        assert ids_in(f"/summits/chairmanships.csv?{query}") == ids


class TestInvocations:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def requests(cls, states: dict[str, State]) -> None:
        article = treaties.article(treaties.instrument("cst"), "4")
        meetings.invocation("kaz-2022", "2022-01-05", state=states["kaz"], provision=article)
        meetings.invocation("arm-2021", "2021-05-14", state=states["arm"], outcome="refused")
        meetings.invocation("arm-2010", "2010-06", state=states["arm"], outcome="no-decision")
        meetings.invocation("uzb-2000", context=True, context_en="No request under the Treaty.")
        meetings.invocation("secret", "2023-01-01", publication="draft")

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("", ["kaz-2022", "arm-2021", "arm-2010", "uzb-2000"]),
            ("context=no", ["kaz-2022", "arm-2021", "arm-2010"]),
            ("context=yes", ["uzb-2000"]),
            ("provision=cst/art-4", ["kaz-2022"]),
            ("state=arm&outcome=refused", ["arm-2021"]),
            ("on=2022-01-05", ["kaz-2022"]),
            ("on=2022-01-06", []),
            ("year=2010", ["arm-2010"]),
            ("dated=no", ["uzb-2000"]),
        ],
    )
    def test_filters(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/invocations/?{query}") == ids
        assert ids_in(f"/invocations.ndjson?{query}") == ids

    def test_one_known_to_the_month_stands_aside_and_one_without_a_day_belongs_to_none(self) -> None:
        assert data("/api/v1/invocations/?on=2010-06-15")["unknown"] == [
            {"id": "arm-2010", "blocked_by": ["arm-2010.requested_on"]}
        ]


class TestActivities:
    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def activities(cls, states: dict[str, State]) -> None:
        mission = meetings.activity("mission", "2022-01-06", "2022-01-19", type="operation")
        meetings.part(mission, states["kaz"], "host")
        meetings.part(mission, states["arm"], contingent=100)
        drill = meetings.activity("drill", "2022-09-26", "2022-10-08")
        meetings.part(drill, states["kaz"], "host")
        meetings.part(drill, states["kaz"], publication="draft")
        meetings.activity("recurring", "XXXX", type="operation")

    @pytest.mark.parametrize(
        ("query", "ids"),
        [
            ("", ["drill", "mission", "recurring"]),
            ("type=operation", ["mission", "recurring"]),
            ("state=arm", ["mission"]),
            ("state=kaz", ["drill", "mission"]),
            ("on=2022-01-19", ["mission"]),
            ("on=2022-01-20", []),
            ("year=2022&type=exercise", ["drill"]),
        ],
    )
    def test_filters(self, query: str, ids: list[str]) -> None:
        assert ids_in(f"/api/v1/activities/?{query}") == ids
        assert ids_in(f"/activities.csv?{query}") == ids

    def test_one_that_began_on_a_day_not_known_may_hold_any_day(self) -> None:
        assert data("/api/v1/activities/?on=2022-01-20")["unknown"] == [
            {"id": "recurring", "blocked_by": ["recurring.began_on"]}
        ]

    def test_the_record_tells_hosts_from_participants(self) -> None:
        record = data("/api/v1/activities/mission/")
        assert (record["hosts"], record["participants"]) == (["kaz"], ["arm"])
        assert [(one["state"], one["contingent"]) for one in record["states"]] == [
            ("kaz", None),
            ("arm", 100),
        ]
