"""States, memberships, people, offices, terms and organs in the API, exactly."""

import re
from datetime import UTC, date, datetime

import pytest

from cstokb.records.models import NameForm
from cstokb.records.publish import WriteRefused
from members.consistency import terms_share_at_most_the_hand_over
from members.models import Office, Organ, Person, State
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults, ids_in

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def roster(own_database: None) -> None:
    make.roster()


@pytest.mark.usefixtures("roster")
class TestStandingOnADay:
    def test_seven_members_while_uzbekistan_was_one(self) -> None:
        answer = data("/api/v1/states/?standing=member&on=2011-06-01")
        assert [one["id"] for one in answer["results"]] == ["arm", "blr", "kaz", "kgz", "rus", "tjk", "uzb"]
        assert {one["standing"] for one in answer["results"]} == {"member"}

    def test_six_after_its_suspension(self) -> None:
        assert ids_in("/api/v1/states/?standing=member&on=2013-01-01") == [
            "arm",
            "blr",
            "kaz",
            "kgz",
            "rus",
            "tjk",
        ]
        assert ids_in("/api/v1/states/?standing=suspended&on=2013-01-01") == ["uzb"]

    def test_six_today_with_the_pause_of_armenia_beside_its_standing(self) -> None:
        results = data("/api/v1/states/?standing=member")["results"]
        assert [one["id"] for one in results] == ["arm", "blr", "kaz", "kgz", "rus", "tjk"]
        assert [one["id"] for one in results if one["standing_paused"]] == ["arm"]

    def test_states_are_listed_whole_with_what_held_that_day(self) -> None:
        results = data("/api/v1/states/?on=2013-01-01")["results"]
        assert {one["id"]: one["standing"] for one in results} == {
            **dict.fromkeys(("arm", "blr", "kaz", "kgz", "rus", "tjk"), "member"),
            "uzb": "suspended",
            "afg": "none",
        }

    def test_several_standings_mean_any_of_them(self) -> None:
        assert ids_in("/api/v1/states/?standing=none&standing=suspended&on=2013-01-01") == ["afg", "uzb"]

    def test_the_day_before_the_first_has_no_member(self) -> None:
        assert ids_in("/api/v1/states/?standing=member&on=2003-09-17") == []
        assert len(ids_in("/api/v1/states/?standing=member&on=2003-09-18")) == 6

    def test_a_record_says_its_periods_and_pauses(self) -> None:
        record = data("/api/v1/states/arm/")
        assert [one["id"] for one in record["memberships"]] == ["arm/member/2003-09-18"]
        assert record["memberships"][0]["organ"] is None
        assert [(one["id"], one["began_on"], one["ended_on"]) for one in record["pauses"]] == [
            ("arm/pause/2024-02-22", "2024-02-22", None)
        ]


def test_a_state_whose_day_is_not_known_stands_aside_with_the_fact() -> None:
    geo = make.state("geo", "Georgia")
    make.member(geo, "1993-12")
    make.member(make.state("kaz", "Kazakhstan"), "1993-11-30")
    answer = data("/api/v1/states/?standing=member&on=1993-12-09")
    assert [one["id"] for one in answer["results"]] == ["kaz"]
    assert answer["unknown"] == [{"id": "geo", "blocked_by": ["geo/member/1993-12.began_on"]}]
    assert ids_in("/states.csv?standing=member&on=1993-12-09") == ["kaz"]
    assert ids_in("/api/v1/states/?standing=member&on=1993-12-31") == ["geo", "kaz"]
    assert data("/api/v1/states/?on=1993-12-09")["results"][0]["standing"] is None


def test_memberships_hold_their_last_day_and_not_the_next() -> None:
    make.roster()
    assert ids_in("/api/v1/memberships/?on=2012-12-18&state=uzb") == ["uzb/member/2006-08-16"]
    assert ids_in("/api/v1/memberships/?on=2012-12-19&state=uzb") == []
    assert ids_in("/api/v1/memberships/?current=no") == ["uzb/member/2006-08-16"]


def test_a_filter_takes_any_spelling_of_a_name() -> None:
    make.roster()
    for name in ("kaz", "KAZ", "Kazakhstan", "kazakhstan", "Казахстан", "КАЗАХСТАН"):
        assert ids_in(f"/api/v1/memberships/?state={name}") == ["kaz/member/2003-09-18"], name


def test_a_name_that_is_nobodys_is_refused_with_the_nearest() -> None:
    make.roster()
    (fault,) = faults("/api/v1/memberships/?state=Kazahstan")
    assert (fault["parameter"], fault["code"], fault["nearest"]) == ("state", "names_nothing", "kaz")


class TestRoles:
    """B041: who held an office yesterday is shown as its former holder today."""

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def president(cls, own_database: None) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        office = make.office("kaz/president", "President of Kazakhstan", state=kaz)
        make.term(
            make.person("nursultan-nazarbayev", "Nursultan Nazarbayev"), office, "1990-04-24", "2019-03-20"
        )
        make.term(make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev"), office, "2019-03-20")

    @pytest.mark.parametrize(("day", "status"), [("2019-03-20", "current"), ("2019-03-21", "former")])
    def test_the_role_on_a_day(self, day: str, status: str) -> None:
        record = data(f"/api/v1/people/nursultan-nazarbayev/?on={day}")
        assert (record["office"], record["role_en"]) == ("kaz/president", "President of Kazakhstan")
        assert record["role_status"] == status

    def test_both_holders_are_named_on_the_day_of_hand_over(self) -> None:
        people = [
            one["person"] for one in data("/api/v1/terms/?office=kaz/president&on=2019-03-20")["results"]
        ]
        assert sorted(people) == ["kassym-jomart-tokayev", "nursultan-nazarbayev"]

    def test_people_are_found_by_the_state_whose_office_they_held(self) -> None:
        assert ids_in("/api/v1/people/?state=kaz&role=head-of-state") == [
            "nursultan-nazarbayev",
            "kassym-jomart-tokayev",
        ]
        assert ids_in("/api/v1/people/?role=minister") == []

    def test_a_day_is_no_filter_of_people(self) -> None:
        assert [fault["parameter"] for fault in faults("/api/v1/people/?on=2019-03-20")] == ["on"]

    def test_a_family_name_alone_names_the_person(self) -> None:
        assert len(ids_in("/api/v1/terms/?person=Tokayev")) == 1


class TestHandOver:
    """B006: A held an office from 16 November 2015 to 11 December 2017, B from that day to 9 January 2018."""

    @pytest.fixture(autouse=True)
    def terms(self) -> Office:
        office = make.office("kgz/speaker", "Speaker", role="minister", state=make.state("kgz", "Kyrgyzstan"))
        make.term(make.person("a", "Aigul A"), office, "2015-11-16", "2017-12-11")
        make.term(make.person("b", "Bakyt B"), office, "2017-12-11", "2018-01-09")
        return office

    @pytest.mark.parametrize(
        ("day", "holders"),
        [
            ("2015-11-15", []),
            ("2017-12-10", ["a"]),
            ("2017-12-11", ["a", "b"]),
            ("2017-12-12", ["b"]),
            ("2018-01-10", []),
        ],
    )
    def test_both_are_named_once_on_the_day_and_one_on_the_days_beside_it(
        self, day: str, holders: list[str]
    ) -> None:
        rows = data(f"/api/v1/terms/?office=kgz/speaker&on={day}&sort=began_on")["results"]
        days = {"a": ("2015-11-16", "2017-12-11"), "b": ("2017-12-11", "2018-01-09")}
        assert [(one["person"], (one["began_on"], one["ended_on"])) for one in rows] == [
            (who, days[who]) for who in holders
        ]

    def test_each_is_listed_once_among_people(self) -> None:
        assert sorted(ids_in("/api/v1/people/?role=minister")) == ["a", "b"]

    def test_no_law_is_broken(self) -> None:
        assert list(terms_share_at_most_the_hand_over(date(2026, 1, 1))) == []

    @pytest.mark.parametrize(
        ("began", "ended"),
        [("2017-12-01", "2018-03-01"), ("2017-12-10", None), ("2017-12-01", "2017-12-11")],
    )
    def test_one_person_twice_on_two_days_or_more_is_refused_and_no_date_is_invented(
        self, terms: Office, began: str, ended: str | None
    ) -> None:
        with pytest.raises(WriteRefused, match="overlaps") as refused:
            make.term(Person.objects.get(entry__slug="a"), terms, began, ended)
        given = {"2015-11-16", "2017-12-11", began, *([ended] if ended else [])}
        assert set(re.findall(r"\d{4}(?:-\d\d)*", str(refused.value))) <= given
        assert len(ids_in("/api/v1/terms/?person=a")) == 1

    def test_one_person_may_hand_over_to_himself(self, terms: Office) -> None:
        make.term(Person.objects.get(entry__slug="a"), terms, "2017-12-11", "2018-03-01")
        assert ids_in("/api/v1/terms/?person=a&on=2017-12-11&sort=began_on") == [
            "kgz/speaker/a/2015-11-16",
            "kgz/speaker/a/2017-12-11",
        ]


def test_an_open_term_in_a_body_that_is_gone_is_not_current() -> None:
    """B008."""
    gone = make.organ("staff", "Staff", established_on="1994", dissolved_on="1999-12-31")
    make.term(make.person("ivan", "Ivan Ivanov"), make.office("staff/chief", "Chief", organ=gone), "1994")
    assert ids_in("/api/v1/terms/?current=yes") == []
    assert ids_in("/api/v1/terms/?on=1999-12-31") == ["staff/chief/ivan/1994"]
    assert ids_in("/api/v1/terms/?on=2000-01-01") == []
    (record,) = data("/api/v1/terms/?current=no")["results"]
    assert (record["ended_on"], record["body_ended_on"]) == (None, "1999-12-31")
    assert ids_in("/api/v1/organs/?current=no") == ["staff"]


def test_a_former_name_is_given_for_the_days_on_which_it_was_borne() -> None:
    former = NameForm(text="Emomali Rahmonov", kind="former", language="en", ended_on="2007")
    rahmon = make.person("emomali-rahmon", "Emomali Rahmon", names=[former])
    make.term(
        rahmon, make.office("tjk/president", "President", state=make.state("tjk", "Tajikistan")), "1994-11-16"
    )
    then = {
        day: data(f"/api/v1/terms/?on={day}")["results"][0]["name_then_en"]
        for day in ("1999-04-02", "2007-06-01", "2012-12-19")
    }
    assert then == {"1999-04-02": "Emomali Rahmonov", "2007-06-01": None, "2012-12-19": None}


def test_a_draft_is_nowhere_and_does_not_change_the_etag() -> None:
    make.state("kaz", "Kazakhstan")
    etag = ask("/api/v1/states/")["ETag"]
    make.draft(State(alpha2="XX", name_en="Atlantis"), "atl")
    assert ids_in("/api/v1/states/") == ["kaz"]
    assert ask("/api/v1/states/")["ETag"] == etag
    ask("/api/v1/states/atl/", 404)
    assert data("/api/v1/states/?q=Atlantis")["count"] == 0
    assert faults("/api/v1/memberships/?state=Atlantis")[0]["nearest"] is None


def test_a_reference_to_what_is_not_public_is_null() -> None:
    hidden = make.draft(Organ(name_en="Zqxcouncil", type="working"), "hidden")
    make.organ("csc", "Council", parent=hidden)
    record = data("/api/v1/organs/csc/")
    assert record["parent"] is None
    assert b"Zqxcouncil" not in body(ask("/organs/csc/"))


def test_what_was_known_is_answered_from_history() -> None:
    first, second = datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2026, 2, 1, 12, tzinfo=UTC)
    kaz = make.state("kaz", "Kazakstan", at=first)
    kaz.name_en = "Kazakhstan"
    make.rewritten(kaz, at=second, correction=True)
    names = {
        moment: [one["name_en"] for one in data(f"/api/v1/states/?known_on={moment}")["results"]]
        for moment in ("2025-12-31", "2026-01-15", "2026-02-01T11:59:59Z", "2026-02-01T12:00:00Z")
    }
    assert names == {
        "2025-12-31": [],
        "2026-01-15": ["Kazakstan"],
        "2026-02-01T11:59:59Z": ["Kazakstan"],
        "2026-02-01T12:00:00Z": ["Kazakhstan"],
    }
    assert "notice" in data("/api/v1/states/?known_on=2025-12-31")
    assert [fault["code"] for fault in faults("/api/v1/states/?known_on=2199-01-01")] == ["future"]
    assert [fault["parameter"] for fault in faults("/api/v1/states/?known_on=2026-01-15&q=kaz")] == ["q"]
