"""Chairmanships beside what follows from the Charter: page, API, the curators' queue, and sessions that move."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.curation.checks import broken_laws
from cstokb.records.models import Evidence
from cstokb.records.publish import Change, WriteRefused, write
from members.models import State
from summits.consistency import DOUBTS
from summits.models import ChairException, Chairmanship, Session
from tests.factories import curators, meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 2, 1, tzinfo=UTC)


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body(ask(path)).decode()))


def chosen(of: Session, who: State) -> ChairException:
    return make.published(ChairException(session=of, state=who), f"{of.public_id}/chair")


def weighed() -> list[str]:
    return [str(one) for rule in DOUBTS for one in rule(date(2026, 11, 1))]


@pytest.fixture
def states() -> dict[str, State]:
    names = {"arm": "Armenia", "blr": "Belarus", "tjk": "Tajikistan"}
    return {slug: make.state(slug, name) for slug, name in names.items()}


@pytest.fixture
def summits(states: dict[str, State]) -> dict[str, Session]:
    """Tajikistan hosts in 2021 and passes the chair to Armenia, which hosts in 2022; then it is that of Belarus."""
    charter = treaties.instrument("charter", in_force_on="2003-09-18")
    treaties.article(charter, "13")
    first = meetings.session("2021-09-16-dushanbe", "2021-09-16", country=states["tjk"])
    second = meetings.session("2022-11-23-yerevan", "2022-11-23", country=states["arm"])
    meetings.session("2022-05-16-moscow", "2022-05-16", type="anniversary", country=states["blr"])
    meetings.session("2022-12-01-minsk", "2022-12-01", status="cancelled", country=states["tjk"])
    meetings.session("2027-01-01-minsk", "2027-01-01", status="planned", country=states["tjk"])
    chosen(first, states["arm"])
    chosen(second, states["blr"])
    return {"first": first, "second": second}


@pytest.mark.usefixtures("summits")
class TestComputed:
    def test_a_record_says_the_turn_the_sessions_the_exception_and_the_rule(
        self, states: dict[str, State]
    ) -> None:
        meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
        (row,) = data("/api/v1/chairmanships/?on=2022-05-16")["results"]
        assert {name: row[name] for name in ("agrees", "contradicted", "computed_basis", "rule")} == {
            "agrees": "yes",
            "contradicted": [],
            "computed_basis": "exception",
            "rule": "charter/art-13",
        }
        assert (row["computed_state"], row["computed_began_on"], row["computed_ended_on"]) == (
            "arm",
            "2021-09-16",
            "2022-11-23",
        )
        assert (row["began_at"], row["ended_at"], row["exception"]) == (
            "2021-09-16-dushanbe",
            "2022-11-23-yerevan",
            "2021-09-16-dushanbe/chair",
        )
        assert weighed() == []

    def test_planned_and_cancelled_sessions_and_other_meetings_pass_nothing_on(
        self, states: dict[str, State]
    ) -> None:
        meetings.chair(states["blr"], "2022-11-23")
        (row,) = data("/api/v1/chairmanships/")["results"]
        assert (row["agrees"], row["computed_ended_on"]) == ("yes", None)

    def test_a_session_that_moves_moves_what_follows_and_the_stored_days_contradict_it(
        self, states: dict[str, State], summits: dict[str, Session]
    ) -> None:
        meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
        session = summits["second"]
        session.began_on = "2022-12-05"
        write([Change(session, session.public_id)], at=LATER)
        (row,) = data("/api/v1/chairmanships/")["results"]
        assert (row["computed_ended_on"], row["contradicted"]) == ("2022-12-05", ["ended_on"])
        before = data("/api/v1/chairmanships/?known_on=2026-01-15")["results"][0]
        assert (before["computed_ended_on"], before["agrees"]) == ("2022-11-23", "yes")

    def test_a_host_that_changes_changes_whose_turn_it_is(
        self, states: dict[str, State], summits: dict[str, Session]
    ) -> None:
        third = meetings.session("2023-11-23-minsk", "2023-11-23", country=states["blr"])
        meetings.chair(states["tjk"], "2023-11-23")
        (row,) = data("/api/v1/chairmanships/")["results"]
        assert (row["computed_state"], row["contradicted"]) == ("blr", ["state"])
        third.country = states["tjk"]
        write([Change(third, third.public_id)], at=LATER)
        (row,) = data("/api/v1/chairmanships/")["results"]
        assert (row["computed_state"], row["computed_began_on"], row["agrees"]) == (
            "tjk",
            "2023-11-23",
            "yes",
        )

    def test_an_exception_that_is_not_public_counts_for_nothing(self, states: dict[str, State]) -> None:
        third = meetings.session("2023-11-23-minsk", "2023-11-23", country=states["blr"])
        make.draft(ChairException(session=third, state=states["arm"]), "2023-11-23-minsk/chair")
        meetings.chair(states["blr"], "2022-11-23")
        (row,) = data("/api/v1/chairmanships/")["results"]
        assert (row["agrees"], row["computed_ended_on"]) == ("yes", None)

    def test_a_session_has_one_exception(self, states: dict[str, State], summits: dict[str, Session]) -> None:
        again = ChairException(session=summits["first"], state=states["blr"])
        with pytest.raises(WriteRefused, match="This session has an exception already"):
            make.published(again, "2021-09-16-dushanbe/again")


@pytest.fixture
def disputed(states: dict[str, State], summits: dict[str, Session]) -> Chairmanship:
    """A chairmanship whose last day is another than the rule's, and of which a source names the year alone."""
    row = meetings.chair(states["arm"], "2021-09-16", "2022-12-31")
    claim = Evidence(
        source=make.source("00article0"),
        field="began_on",
        value="2022",
        quotation="In 2022, Armenia will chair",
        stance="contradicts",
        rank="deprecated",
    )
    write([Change(row, row.public_id, evidence=[Evidence(source=make.source()), claim])], at=LATER)
    return row


@pytest.mark.usefixtures("disputed")
class TestContradiction:
    def test_the_page_has_a_notice_and_both_days(self) -> None:
        said = words("/summits/chairmanships/")
        assert "Armenia (from 16 September 2021): the Charter's rule gives another last day" in said.replace(
            "&#x27;", "'"
        )
        assert (
            "By the rule: Armenia, 16 September 2021 – 23 November 2022; "
            "stored: 16 September 2021 – 31 December 2022." in said
        )
        assert "2021-09-16-dushanbe Armenia 16 September 2021 – 23 November 2022 the Council decided" in said

    def test_it_stands_in_the_queue_and_breaks_no_law(self, disputed: Chairmanship) -> None:
        (said,) = weighed()
        assert said.startswith(
            "chair: chairmanship arm/2021-09-16: last day: “Article 13, CHARTER” gives Armenia, "
        )
        assert said.replace("\u00a0", " ").endswith(
            "Armenia, 16 September 2021 – 23 November 2022, stored is 16 September 2021 – 31 December 2022"
        )
        assert list(broken_laws(date(2026, 11, 1))) == []
        desk = curators.signed_in(curators.curator("reviewer"))
        queue = re.sub(r"<[^>]+>|\s+", " ", desk.get("/admin/").content.decode())
        assert re.search(
            r"1 +Against the computed dates +Armenia +chairmanship +The chair is not what the sessions", queue
        )
        listed = desk.get("/admin/summits/chairmanship/?computed=disagrees").content.decode()
        assert "Armenia, 16 September 2021 – 23 November 2022" in listed.replace("\u00a0", " ")

    def test_lists_can_be_asked_for_it(self) -> None:
        assert ids_in("/api/v1/chairmanships/?agrees=no") == ["arm/2021-09-16"]
        assert ids_in("/summits/chairmanships.csv?agrees=yes") == []
        assert faults("/api/v1/chairmanships/?agrees=perhaps")[0]["parameter"] == "agrees"

    def test_what_a_source_says_of_a_day_stands_beside_the_computed_one(self) -> None:
        (reading,) = data("/api/v1/chairmanships/arm/2021-09-16/")["readings"]
        assert reading == {
            "field": "began_on",
            "value": "2022",
            "source": "00article0",
            "quotation": "In 2022, Armenia will chair",
            "stance": "contradicts",
            "computed": "2021-09-16",
            "agrees": "no",
        }
        assert (
            "first day: 2022 “In 2022, Armenia will chair”; by the rule 16 September 2021; "
            "of that time it held the chair 1 January 2022 – 23 November 2022"
        ) in words("/summits/chairmanships/")


def test_a_session_said_to_have_passed_the_chair_to_another_state_is_weighed(
    states: dict[str, State], summits: dict[str, Session]
) -> None:
    session = summits["second"]
    session.next_chair_state = states["blr"]
    write([Change(session, session.public_id)], at=LATER)
    assert weighed() == []
    session.next_chair_state = states["tjk"]
    write([Change(session, session.public_id)], at=LATER)
    assert weighed() == [
        "chair: session 2022-11-23-yerevan: passed the chair to another state than “Article 13, CHARTER” gives"
    ]


def test_the_chairs_of_the_council_stand_on_its_page_and_on_that_of_no_other_organ(
    states: dict[str, State],
) -> None:
    council = meetings.council()
    make.organ("cmd", "Council of Ministers of Defence")
    meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
    assert "Chairs 1 " in words(f"/organs/{council.public_id}/")
    assert ids_in("/api/v1/chairmanships/?organ=csc&on=2022-01-01") == ["arm/2021-09-16"]
    assert ids_in("/api/v1/chairmanships/?organ=cmd") == []


@pytest.mark.parametrize("more", [0, 6])
def test_chairmanships_cost_the_same_for_few_and_for_many(states: dict[str, State], more: int) -> None:
    treaties.article(treaties.instrument("charter", in_force_on="2003-09-18"), "13")
    for number in range(1 + more):
        year = 2010 + number
        of = meetings.session(f"{year}-05-01-minsk", f"{year}-05-01", country=states["blr"])
        chosen(of, states["arm" if number % 2 else "tjk"])
        meetings.chair(states["arm" if number % 2 else "tjk"], f"{year}-05-01", f"{year + 1}-05-01")
    costs = []
    for path in ("/summits/chairmanships/", "/api/v1/chairmanships/", "/summits/chairmanships.csv"):
        with CaptureQueriesContext(connection) as queries:
            body(ask(path))
        costs.append(len(queries))
    assert costs == [6, 5, 5]


@pytest.mark.parametrize(
    ("day", "arm", "blr"),
    [
        ("2022-11-22", "in the chair", ""),
        ("2022-11-23", "in the chair", "in the chair"),
        ("2022-11-24", "", "in the chair"),
    ],
)
def test_the_page_of_the_council_says_who_is_in_the_chair_on_the_day(
    states: dict[str, State], day: str, arm: str, blr: str
) -> None:
    meetings.council()
    meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
    meetings.chair(states["blr"], "2022-11-23")
    said = words(f"/organs/csc/?on={day}").partition("Chairs 2 ")[2]
    assert f"16 September 2021 – 23 November 2022 reported by a source {arm}".rstrip() in said
    rows = re.split(r"(?=Armenia|Belarus)", said)
    held = {row.split()[0]: "in the chair" in row for row in rows if row.startswith(("Armenia", "Belarus"))}
    assert held == {"Armenia": bool(arm), "Belarus": bool(blr)}


def test_the_page_of_a_session_says_to_whom_the_chair_passed_otherwise(summits: dict[str, Session]) -> None:
    said = words("/summits/2021-09-16-dushanbe/")
    assert "The chair, otherwise than by the Charter&#x27;s rule 1" in said
    assert "Armenia takes or keeps the chair: the Council decided otherwise" in said
    assert "otherwise than" not in words("/summits/2022-05-16-moscow/")
