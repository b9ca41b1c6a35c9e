"""What cannot be so is refused with a sentence, by the writer and in the curators' forms, on both databases."""

from typing import Any

import pytest
from django.test import Client

from cstokb.records.publish import WriteRefused
from members.models import Office, Person, State, Term
from summits.models import Attendance, Session
from tests.factories import curators, meetings
from tests.factories import records as make

pytestmark = pytest.mark.django_db
TWICE = "This state sits in the session already: change that attendance instead."
REVERSED = "The end lies before the beginning."


@pytest.fixture
def kaz() -> State:
    return make.state("kaz", "Kazakhstan")


@pytest.fixture
def acting(kaz: State) -> Term:
    """A term, as acting president, from 20 March to 12 June 2019."""
    office = make.office("kaz/president", "President", state=kaz)
    who = make.person("tokayev", "Kassym-Jomart Tokayev")
    return make.term(who, office, "2019-03-20", "2019-06-12", acting=True)


@pytest.fixture
def seated(kaz: State) -> Session:
    one = meetings.session("2020-12-02-video", "2020-12-02")
    meetings.seat(one, kaz)
    return one


@pytest.fixture
def editor() -> Client:
    return curators.signed_in(curators.curator("editor"))


def told(editor: Client, path: str, **values: Any) -> str:
    """What an editor is told who sends a form with these values."""
    sent = curators.sent_back(editor.get(path), **values)
    response = editor.post(path, sent)
    assert response.status_code == 200
    return str(response.content.decode())


class TestTerms:
    @pytest.mark.parametrize(("began", "ended"), [("2019-06-11", None), ("2019-01-01", "2019-03-21")])
    def test_two_of_one_person_in_one_office_share_no_two_days_acting_or_not(
        self, acting: Term, began: str, ended: str | None
    ) -> None:
        with pytest.raises(WriteRefused, match="The term overlaps kaz/president/tokayev/2019-03-20"):
            make.term(acting.person, acting.office, began, ended)
        assert Term.objects.count() == 1

    def test_the_day_of_hand_over_may_be_shared(self, acting: Term) -> None:
        make.term(acting.person, acting.office, "2019-06-12")
        make.term(make.person("nazarbayev", "Nursultan Nazarbayev"), acting.office, "1990", "2019-03-20")
        assert Term.objects.count() == 3

    @pytest.mark.parametrize(("began", "ended"), [("2020-06-02", "2020-06-01"), ("2020-06", "2020-05")])
    def test_none_ends_before_it_begins(self, acting: Term, began: str, ended: str) -> None:
        with pytest.raises(WriteRefused, match=REVERSED):
            make.term(acting.person, acting.office, began, ended)

    def test_the_form_names_both_days_and_the_other_term(self, editor: Client, acting: Term) -> None:
        office, person = Office.objects.get(), Person.objects.get()
        values = {"public_id": "kaz/president/again", "office": office.pk, "person": person.pk}
        days = {"began_on": "2021-02-02", "ended_on": "2021-02-01"}
        shown = told(editor, "/admin/members/term/add/", **values, **days)
        assert "The end, 2021-02-01, lies before the beginning, 2021-02-02." in shown
        shown = told(editor, "/admin/members/term/add/", **values, began_on="2019-05-01")
        assert "The term overlaps kaz/president/tokayev/2019-03-20." in shown


class TestDays:
    def test_no_chairmanship_and_no_session_ends_before_it_begins(self, kaz: State) -> None:
        with pytest.raises(WriteRefused, match=REVERSED):
            meetings.chair(kaz, "2020-01-02", "2020-01-01")
        with pytest.raises(WriteRefused, match=REVERSED):
            meetings.session("2020-01-02-minsk", "2020-01-02", "2020-01-01")
        meetings.session("2020-01-03-minsk", "2020-01-03", "2020-01-03")


class TestAttendance:
    def test_a_state_sits_once_in_a_session(self, seated: Session, kaz: State) -> None:
        again = Attendance(session=seated, state=kaz, capacity="guest", mode="video")
        with pytest.raises(WriteRefused, match=TWICE):
            make.published(again, "2020-12-02-video/kaz-again")
        assert Attendance.objects.get().capacity == "head-of-state"
        meetings.seat(meetings.session("2021-08-23-video", "2021-08-23"), kaz)

    def test_so_does_an_organ(self, seated: Session) -> None:
        staff = make.organ("secretariat", "Secretariat")
        meetings.seat(seated, staff)
        again = Attendance(session=seated, organ=staff, mode="video")
        with pytest.raises(WriteRefused, match="This organ sits in the session already"):
            make.published(again, "2020-12-02-video/secretariat-again")

    def test_it_is_that_of_a_state_or_of_an_organ(self, seated: Session) -> None:
        with pytest.raises(WriteRefused, match="fill in exactly one"):
            make.published(Attendance(session=seated, mode="video"), "2020-12-02-video/nobody")

    def test_the_form_says_so_too(self, editor: Client, seated: Session, kaz: State) -> None:
        values = {"public_id": "2020-12-02-video/again", "session": seated.pk, "state": kaz.pk}
        shown = told(editor, "/admin/summits/attendance/add/", **values, mode="video")
        assert TWICE in shown
