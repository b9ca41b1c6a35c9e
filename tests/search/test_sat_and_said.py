"""Sessions are found by who sat in them, and texts by whoever's words stand in them, as the index follows both."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Person, State
from summits.models import Session
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import data
from tests.search.test_known_by import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def arm() -> State:
    return make.state("arm", "Armenia", "Армения")


@pytest.fixture
def who() -> Person:
    return make.person("who", "Ivan Zqxov", "Иван Зкуксов")


@pytest.fixture
def gathering() -> Session:
    return meetings.session("2020-12-02-video", "2020-12-02", title_en="Gathering")


def test_a_session_is_found_by_who_sat_in_any_spelling(arm: State, who: Person, gathering: Session) -> None:
    meetings.seat(gathering, arm, who, mode="video")
    for query in ("Zqxov", "Зкуксова", "Ivan Zqxov", "Zqxov, I."):
        assert found(query) == ["who", "2020-12-02-video"], query
    assert found("Zqxov 2020") == ["2020-12-02-video"]
    assert found("Zqxov 2021") == found("Petr Zqxov") == []


@pytest.mark.parametrize(("mode", "sat"), [("in-person", 1), ("not-known", 1), ("absent", 0)])
def test_whoever_is_said_to_have_been_absent_did_not_sit(
    arm: State, who: Person, gathering: Session, mode: str, sat: int
) -> None:
    meetings.seat(gathering, arm, who, mode=mode)
    assert found("Zqxov") == ["who", "2020-12-02-video"][: 1 + sat]
    assert set(found("person:who")) == set(found("Zqxov"))
    counted = {
        one["value"]: one["count"] for one in data("/api/v1/search/?q=gathering")["facets"].get("person", ())
    }
    assert counted == ({"who": 1} if sat else {})


def test_the_index_follows_the_attendance(arm: State, who: Person, gathering: Session) -> None:
    other = make.person("other", "Newov")
    seat = meetings.seat(gathering, arm, who)
    seat.person = other
    make.rewritten(seat, at=make.WRITTEN)
    assert (found("Zqxov"), found("Newov")) == (["who"], ["other", "2020-12-02-video"])
    seat.session = meetings.session("2021-09-16-dushanbe", "2021-09-16", title_en="Gathering")
    make.rewritten(seat, at=make.WRITTEN)
    assert found("Newov") == ["other", "2021-09-16-dushanbe"]
    make.withdrawn(seat)
    assert found("Newov") == ["other"]


def test_the_index_follows_the_person(arm: State, who: Person, gathering: Session) -> None:
    meetings.seat(gathering, arm, who)
    who.name_en, who.name_ru = "Ivan Newov", ""
    make.rewritten(who, at=make.WRITTEN)
    assert (found("Zqxov"), found("Newov")) == ([], ["who", "2020-12-02-video"])
    make.withdrawn(who)
    assert found("Newov") == []


def test_what_is_no_public_record_finds_no_session(arm: State, who: Person, gathering: Session) -> None:
    meetings.seat(gathering, arm, make.person("hidden", "Secretov", publication="draft"))
    meetings.seat(gathering, make.organ("staff", "Staff"), who, publication="draft")
    assert found("Secretov") == []
    assert found("Zqxov") == ["who"]


def test_a_report_is_found_by_whoever_it_quotes_and_follows_the_passage(who: Person) -> None:
    report = meetings.statement("report", "2022", title_en="Report", type="report", issuer="press")
    quoted = meetings.passage(meetings.text(report), "p1", "We stand together.", speaker=who)
    assert found("Zqxov") == found("Зкуксов") == ["who", "report"]
    assert found("what did Zqxov say") == found("что сказал Зкуксов") == ["report"]
    quoted.speaker = make.person("other", "Newov")
    make.rewritten(quoted, at=make.WRITTEN)
    assert (found("Zqxov"), found("Newov")) == (["who"], ["other", "report"])
    make.withdrawn(quoted)
    assert found("Newov") == ["other"]


def test_his_texts_stand_above_the_sessions_however_new_these_are(
    arm: State, who: Person, gathering: Session
) -> None:
    meetings.seat(gathering, arm, who)
    meetings.statement("speech", "1999", title_en="Speech", speaker=who, type="address")
    report = meetings.statement("report", "1998", title_en="Report", type="report", issuer="press")
    meetings.passage(meetings.text(report), "p1", "We stand together.", speaker=who)
    assert found("Zqxov") == ["who", "speech", "report", "2020-12-02-video"]


def test_whoever_speaks_or_sits_is_suggested_by_his_name_and_his_texts_are_not(
    arm: State, who: Person, gathering: Session
) -> None:
    meetings.seat(gathering, arm, who)
    meetings.statement("speech", "1999", title_en="Speech", speaker=who, type="address")
    assert [one["id"] for one in data("/api/v1/suggest/?q=zqx")] == ["who"]


def test_a_full_table_takes_no_more_queries_to_be_published_than_one_seat(gathering: Session) -> None:
    counts = []
    for number in range(3):
        state, person = (
            make.state(f"s{number}", f"State {number}"),
            make.person(f"p{number}", f"Pqx {number}"),
        )
        with CaptureQueriesContext(connection) as queries:
            meetings.seat(gathering, state, person)
        counts.append(len(queries))
    assert counts[1] == counts[2]
