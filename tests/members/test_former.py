"""B041: who held an office yesterday is its former holder today, on every surface; the clock stands still."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.factories import records as make
from tests.listing.asking import ask, body, data

pytestmark = pytest.mark.django_db
WHO = "/people/nursultan-nazarbayev/"


def words(path: str) -> str:
    main = body(ask(path)).decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture(scope="class")
def president(own_database: None) -> None:
    """In post to 20 March 2019, the day on which the successor began."""
    office = make.office("kaz/president", "President of Kazakhstan", state=make.state("kaz", "Kazakhstan"))
    first = make.person("nursultan-nazarbayev", "Nursultan Nazarbayev")
    make.term(first, office, "1990-04-24", "2019-03-20")
    make.term(make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev"), office, "2019-03-20")


@pytest.mark.usefixtures("president")
class TestDayAfterTheLast:
    @pytest.fixture(params=[(20, "current", "President"), (21, "former", "former President")])
    def told(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
        day, status, title = request.param
        moment = datetime(2019, 3, day, 12, 0, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return status, f"{title} of Kazakhstan"

    def test_role_status_in_the_api(self, told: tuple[str, str]) -> None:
        status, _title = told
        assert data(f"/api/v1{WHO}")["role_status"] == status
        rows = {row["id"]: row["role_status"] for row in data("/api/v1/people/")["results"]}
        assert rows == {"nursultan-nazarbayev": status, "kassym-jomart-tokayev": "current"}

    @pytest.mark.parametrize("path", [WHO, "/people/", "/search/?q=Nazarbayev"])
    def test_the_words_of_the_page_the_list_and_the_card_of_the_search(
        self, told: tuple[str, str], path: str
    ) -> None:
        _status, title = told
        said = words(path)
        assert re.search(rf"Nursultan Nazarbayev (?:in office |Person · )?{title}", said), said
        assert ("former President" in said) == title.startswith("former")

    def test_the_day_of_hand_over_names_both_and_the_next_one(self) -> None:
        held = {
            day: {row["person"] for row in data(f"/api/v1/terms/?office=kaz/president&on={day}")["results"]}
            for day in ("2019-03-19", "2019-03-20", "2019-03-21")
        }
        first, second = "nursultan-nazarbayev", "kassym-jomart-tokayev"
        assert held == {"2019-03-19": {first}, "2019-03-20": {first, second}, "2019-03-21": {second}}


@pytest.mark.parametrize(("day", "status"), [("1999-12-31", "current"), ("2000-01-01", "former")])
def test_an_open_term_in_a_body_that_is_gone_makes_a_former_holder(day: str, status: str) -> None:
    """B008."""
    gone = make.organ("staff", "Staff", established_on="1994", dissolved_on="1999-12-31")
    chief = make.office("staff/chief", "Chief of Staff", role="official", organ=gone)
    make.term(make.person("ivan-ivanov", "Ivan Ivanov"), chief, "1994-02-01")
    assert data(f"/api/v1/people/ivan-ivanov/?on={day}")["role_status"] == status
    assert ("former Chief of Staff" in words(f"/people/ivan-ivanov/?on={day}")) == (status == "former")


def test_nor_does_the_search_speak_of_him_in_the_present() -> None:
    gone = make.organ("staff", "Staff", established_on="1994", dissolved_on="1999-12-31")
    chief = make.office("staff/chief", "Chief of Staff", role="official", organ=gone)
    make.term(make.person("ivan-ivanov", "Ivan Ivanov"), chief, "1994-02-01")
    assert "former Chief of Staff" in words("/search/?q=Ivanov")


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        ("2016-12-31", "in office", "not yet in office"),
        ("2017-01-01", "in office", "in office"),
        ("2017-01-02", "formerly in office", "in office"),
    ],
)
def test_an_organ_and_a_person_say_who_is_in_office_on_the_day(day: str, first: str, second: str) -> None:
    staff = make.organ("secretariat", "Secretariat")
    office = make.office("secretariat/sg", "Secretary General", role="secretary-general", organ=staff)
    make.term(make.person("a", "Nikolai Bordyuzha"), office, "2003-04-28", "2017-01-01")
    make.term(make.person("b", "Yuri Khachaturov"), office, "2017-01-01")
    said = words(f"/organs/secretariat/?on={day}")
    assert f"Nikolai Bordyuzha Secretary General 28 April 2003 – 1 January 2017 {first} " in said
    assert f"Yuri Khachaturov Secretary General 1 January 2017 – no end recorded {second} " in said
    assert f"Secretary General 1 January 2017 – no end recorded {second} " in words(f"/people/b/?on={day}")
