"""The pages of sessions, chairmanships, invocations and activities."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import Evidence
from cstokb.records.publish import Change, write
from members.models import State
from summits.models import InvocationStep, Session
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, data

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 2, 1, tzinfo=UTC)


def page(path: str, status: int = 200) -> str:
    """The words of a page with its addresses, blanks made one."""
    return re.sub(r"\s+", " ", body(ask(path, status)).decode())


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(path)))


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    return {slug: make.state(slug, name) for slug, name in (("arm", "Armenia"), ("kaz", "Kazakhstan"))}


@pytest.fixture(scope="class")
def summit(states: dict[str, State]) -> Session:
    """A session with two seats, an agenda, an adopted text, neighbours, and the chair in the register."""
    leader = make.person("nikol-pashinyan", "Nikol Pashinyan")
    absent = make.person("serzh", "Serzh Sargsyan")
    meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
    meetings.session("2022-01-10-video", "2022-01-10", title_en="January by video")
    one = meetings.session(
        "2022-05-16-moscow",
        "2022-05-16",
        title_en="Anniversary summit",
        title_ru="Юбилейный саммит",
        type="anniversary",
        city_en="Moscow",
        venue_en="Kremlin",
        chair_state=states["arm"],
        chair_person=leader,
        summary_en="All six met.",
    )
    meetings.session("2022-06-01-secret", "2022-06-01", title_en="A secret session", publication="draft")
    meetings.session("2022-09-13-video", "2022-09-13", title_en="September by video")
    meetings.seat(one, states["arm"], leader, capacity="head-of-government", office_en="Prime Minister")
    meetings.seat(
        one, states["kaz"], leader, capacity="representative", represents=absent, reason_en="illness"
    )
    peace = make.topic("peace", "Keeping the peace")
    meetings.point(one, 1, "Thirty years of the Treaty", topics=[peace.pk])
    meetings.adopted(one, "Decision on medals", title_is_ours=True)
    meetings.adopted(one, instrument=treaties.instrument("cst", "The Treaty itself", short_en="The Treaty"))
    return one


@pytest.mark.usefixtures("summit")
class TestSession:
    def test_who_sat_in_what_office_and_how(self) -> None:
        said = words("/summits/2022-05-16-moscow/")
        assert "Armenia Nikol Pashinyan Prime Minister head of government in person" in said
        assert "representative in person, for Serzh Sargsyan, illness" in said
        assert "A state that is not named here is not known, which does not mean absent." in said

    def test_a_column_that_only_says_whose_page_it_is_is_left_out(self) -> None:
        head = re.compile(r'<th scope="col"\s+role="columnheader">([^<]*)</th>')
        heads = {
            path: head.findall(page(path).partition('id="attendances-')[2])
            for path in ("/states/arm/", "/people/nikol-pashinyan/")
        }
        assert heads["/states/arm/"][:5] == ["Session", "Person", "Office that day", "Level", "Mode"]
        assert heads["/people/nikol-pashinyan/"][:5] == ["Session", "For", "Office that day", "Level", "Mode"]

    def test_facts_agenda_with_topics_chair_and_neighbours(self) -> None:
        said, shown = words("/summits/2022-05-16-moscow/"), page("/summits/2022-05-16-moscow/")
        assert "Place Moscow, Kremlin" in said
        assert "Chair, as reported Armenia , Nikol Pashinyan" in said
        assert "Armenia (16 September 2021 – 23 November 2022)" in said
        assert "Thirty years of the Treaty Keeping the peace" in said
        assert 'href="/topics/peace/"' in shown
        assert 'href="/summits/2022-01-10-video/"' in shown
        assert 'href="/summits/2022-09-13-video/"' in shown
        assert "secret" not in shown

    def test_adopted_texts_link_to_instruments_and_mark_titles_as_ours(self) -> None:
        said = words("/summits/2022-05-16-moscow/")
        assert "Decision on medals Title in our words; text not held" in said
        assert 'href="/treaties/cst/"' in page("/summits/2022-05-16-moscow/")

    def test_a_contradicting_source_stands_beside_ours(self, summit: Session) -> None:
        row = summit.attendances.get(state__entry__slug="arm")
        article = make.source("00article0")
        evidence = [
            Evidence(source=make.source()),
            Evidence(
                source=article,
                field="office_en",
                value="President",
                stance="contradicts",
                rank="deprecated",
                quotation="Presidents of Armenia, Belarus",
            ),
        ]
        write([Change(row, row.public_id, evidence=evidence)], at=LATER)
        said = words("/summits/2022-05-16-moscow/")
        assert "A disputed reading Armenia: office on that day Prime Minister preferred" in said
        assert "President not preferred Presidents of Armenia, Belarus" in said
        assert "contradicts : Armenia: office on that day: President" in said

    def test_the_page_in_russian_has_russian_words_and_addresses(self) -> None:
        shown = page("/ru/summits/2022-05-16-moscow/")
        assert "Юбилейный саммит" in shown
        assert 'href="/ru/states/arm/"' in shown

    def test_a_draft_has_no_page(self) -> None:
        ask("/summits/2022-06-01-secret/", 404)

    def test_one_that_was_called_off_says_that_it_does_not_count(self) -> None:
        meetings.session("2018-12-06-petersburg", "2018-12-06", status="cancelled")
        said = words("/summits/2018-12-06-petersburg/")
        assert "Cancelled. It is listed here and not counted as a meeting." in said
        assert "Who attended is not recorded." in said

    def test_the_list_says_how_many_are_meetings(self) -> None:
        meetings.session("2018-12-06-petersburg", "2018-12-06", status="cancelled")
        said = words("/summits/")
        assert "4 records" in said
        assert "3 of them are meetings that took place." in said
        assert "Cancelled · Regular" in said


def test_a_session_costs_the_same_with_few_seats_and_with_many(states: dict[str, State]) -> None:
    one = meetings.session("2022-05-16-moscow", "2022-05-16", chair_state=states["arm"])
    other = meetings.session("2023-11-23-minsk", "2023-11-23")
    meetings.seat(one, states["arm"])
    meetings.point(one, 1, "First")
    for number in range(10):
        who = make.state(
            f"x{chr(97 + number)}y",
            f"State {number}",
        )
        meetings.seat(other, who, make.person(f"person-{number}", f"Person {number}"))
        meetings.point(other, number, f"Point {number}")
        meetings.adopted(other, f"Text {number}")
    costs = []
    for path in ("/summits/2022-05-16-moscow/", "/summits/2023-11-23-minsk/"):
        with CaptureQueriesContext(connection) as queries:
            ask(path)
        costs.append(len(queries))
    assert costs == [SESSION, SESSION]


#: Revision, row, what hangs on it, panels, and names with evidence, spellings and topics.
SESSION = 5


class TestChairmanships:
    def test_every_chair_is_listed_with_days_and_sources(self, states: dict[str, State]) -> None:
        meetings.chair(states["arm"], "2021-09-16", "2022-11-23")
        meetings.chair(states["kaz"], "2022-11-23", basis="rule")
        said = words("/summits/chairmanships/")
        assert "16 September 2021 – 23 November 2022 Armenia reported by a source Evidence 1" in said
        assert "supports : Kazakhstan (from 23 November 2022); Armenia (from 16 September 2021)" in said
        said = words("/summits/chairmanships/?on=2022-11-24")
        assert "1 record" in said
        assert "Armenia (2021" not in said


@pytest.mark.usefixtures("states")
class TestInvocation:
    def test_request_decision_outcome_and_steps(self, states: dict[str, State]) -> None:
        article = treaties.article(treaties.instrument("cst"), "4")
        one = meetings.invocation(
            "kaz-2022",
            "2022-01-05",
            state=states["kaz"],
            provision=article,
            request_en="Help against unrest.",
            decision_en="Peacekeepers were sent.",
            outcome_en="They left on 19 January.",
        )
        meetings.step(one, 1, "The request is made", "2022-01-05")
        meetings.step(one, 2, "The last leave", "2022-01-19")
        said = words("/invocations/kaz-2022/")
        assert (
            "Request Help against unrest. Decision Peacekeepers were sent. What came of it They left" in said
        )
        assert "5 January 2022 The request is made 19 January 2022 The last leave" in said
        assert 'href="/treaties/cst/art-4/"' in page("/invocations/kaz-2022/")
        assert "Context" not in said

    def test_documents_stand_with_the_session_that_adopted_them_and_steps_with_their_own_source(self) -> None:
        council = meetings.session("2022-01-06-decision", "2022-01-06", title_en="By consultation")
        one = meetings.invocation("kaz-2022", "2022-01-05", session=council)
        own = [Evidence(source=make.source("00ownsrce0"))]
        step = InvocationStep(invocation=one, order=1, text_en="The request is made")
        write([Change(step, "kaz-2022/step-1", "published", "", evidence=own)], at=make.WRITTEN)
        meetings.step(one, 2, "The last leave")
        meetings.paper(one, 1, "Decision of 6 January 2022", session=council)
        meetings.paper(one, 2, "Draft decision", note_en="Not adopted.")
        said = words("/invocations/kaz-2022/")
        assert re.search(r"The request is made\s?Evidence 2 The last leave Documents", said)
        assert "Documents Decision of 6 January 2022 · By consultation Draft decision Not adopted." in said
        told = data("/api/v1/invocations/kaz-2022/")
        assert [step["sources"] for step in told["steps"]] == [["00ownsrce0"], ["00testsrc0"]]
        documents = [(paper["title_en"], paper["session"], paper["note_en"]) for paper in told["documents"]]
        assert documents == [
            ("Decision of 6 January 2022", "2022-01-06-decision", None),
            ("Draft decision", None, "Not adopted."),
        ]

    def test_context_says_why_and_is_not_counted(self) -> None:
        meetings.invocation("uzb-2000", context=True, context_en="No request under the Treaty.")
        meetings.invocation("kaz-2022", "2022-01-05")
        said = words("/invocations/uzb-2000/")
        assert "Context, not counted as an invocation No request under the Treaty." in said
        listed = words("/invocations/")
        assert "1 of them is a request; the others are context." in listed
        assert "Context, not counted" in listed


class TestActivity:
    def test_states_with_their_part_and_contingent(self, states: dict[str, State]) -> None:
        one = meetings.activity("mission", "2022-01-06", "2022-01-19", type="operation", strength=2030)
        meetings.part(one, states["arm"], contingent=100, contingent_qualifier="about")
        meetings.part(one, states["kaz"], "host")
        said = words("/activities/mission/")
        assert "Kazakhstan host Armenia participant about 100" in said
        assert "6 January 2022 – 19 January 2022" in said
        assert "Strength 2030" in said
        assert "Operation" in words("/activities/")

    def test_mandate_and_the_ties_to_requests_and_sessions_both_ways(self) -> None:
        council = meetings.session("2022-01-06-decision", "2022-01-06", title_en="By consultation")
        one = meetings.activity("mission", "2022-01-06", type="operation", mandate_en="Guard sites.")
        meetings.activity("drill", "2021-01-06")
        meetings.invocation("kaz-2022", "2022-01-05", session=council, activity=one)
        said = words("/activities/mission/")
        assert "Mandate Guard sites." in said
        assert "Sessions By consultation" in said
        assert "Request kaz-2022" in said
        assert "Operations on requests before it 1" in words("/summits/2022-01-06-decision/")
        assert 'href="/activities/mission/"' in page("/summits/2022-01-06-decision/")
        told = data("/api/v1/activities/mission/")
        assert (told["invocations"], told["sessions"]) == (["kaz-2022"], ["2022-01-06-decision"])
        found = data("/api/v1/activities/?session=2022-01-06-decision")["results"]
        assert [row["id"] for row in found] == ["mission"]
