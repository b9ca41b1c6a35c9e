"""How states stand to an instrument on a day, over the API, the page and its other formats."""

import csv
import io
import re

import pytest

from members.models import State
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def cst() -> Instrument:
    return treaties.instrument("cst", "Treaty", signed_on="1992-05-15", in_force_on="1994-04-20")


@pytest.fixture
def uzb() -> State:
    return make.state("uzb", "Uzbekistan", "Узбекистан")


@pytest.fixture
def coming_and_going(cst: Instrument, uzb: State) -> None:
    """A state that signs, lapses, returns and is suspended, and one whose accession is known to the month."""
    treaties.act(cst, uzb, "signature", "1992-05-15")
    treaties.act(cst, uzb, "consent", None, "1994-04-20")
    treaties.act(cst, uzb, "lapse", None, "1999-04-20")
    treaties.act(cst, uzb, "accession", "2008-03-28", "2008-03-28")
    treaties.act(cst, uzb, "suspension", "2012-12-19", "2012-12-19")
    treaties.act(cst, make.state("blr", "Belarus", "Беларусь"), "accession", "1993-12", "1993-12")


def answers(day: str) -> dict[str, tuple[str, str]]:
    return {
        one["state"]: (one["answer"], one["status"])
        for one in data(f"/api/v1/status/?instrument=cst&on={day}")["results"]
    }


@pytest.mark.usefixtures("coming_and_going")
class TestStatus:
    @pytest.mark.parametrize(
        ("day", "answer", "status"),
        [
            ("1992-05-14", "no", "none"),
            ("1992-05-15", "no", "signatory"),
            ("1994-04-19", "no", "signatory"),
            ("1994-04-20", "yes", "party"),
            ("1999-04-20", "yes", "party"),
            ("1999-04-21", "no", "former"),
            ("2008-03-27", "no", "former"),
            ("2008-03-28", "yes", "party"),
            ("2012-12-18", "yes", "party"),
            ("2012-12-19", "no", "suspended"),
        ],
    )
    def test_the_first_and_last_day_of_each_spell_and_the_days_beside(
        self, day: str, answer: str, status: str
    ) -> None:
        assert answers(day)["uzb"] == (answer, status)

    @pytest.mark.parametrize(
        ("day", "answer"), [("1993-11-30", "no"), ("1993-12-15", "unknown"), ("1994-01-01", "yes")]
    )
    def test_a_month_answers_unknown_inside_it(self, day: str, answer: str) -> None:
        assert answers(day)["blr"][0] == answer

    def test_the_whole_row(self) -> None:
        told = data("/api/v1/status/?instrument=cst&on=1993-12-15")
        assert told == {
            "instrument": "cst",
            "on": "1993-12-15",
            "count": 2,
            "next": None,
            "previous": None,
            "results": [
                {
                    "state": "blr",
                    "answer": "unknown",
                    "status": "unknown",
                    "since": None,
                    "act": None,
                    "blocked_by": ["cst/blr/accession/1993-12"],
                    "paused": False,
                },
                {
                    "state": "uzb",
                    "answer": "no",
                    "status": "signatory",
                    "since": "1992-05-15",
                    "act": "cst/uzb/signature/1992-05-15",
                    "blocked_by": [],
                    "paused": False,
                },
            ],
        }

    def test_page_csv_and_api_say_the_same(self) -> None:
        told = data("/api/v1/status/?instrument=cst&on=2000-01-01")["results"]
        assert data("/treaties/cst/parties.json?on=2000-01-01")["results"] == told
        for path in (
            "/treaties/cst/parties.csv?on=2000-01-01",
            "/api/v1/status.csv?instrument=cst&on=2000-01-01",
        ):
            rows = list(csv.DictReader(io.StringIO(body(ask(path)).decode(), newline="")))
            assert [(row["state"], row["answer"], row["status"]) for row in rows] == [
                (one["state"], one["answer"], one["status"]) for one in told
            ]

    def test_every_spell_is_told_with_the_acts_that_began_and_ended_it(self) -> None:
        rows = data("/api/v1/status/?instrument=cst&spells=yes")["results"]
        spells = {row["state"]: row["spells"] for row in rows}
        assert [(one["status"], one["began_on"], one["ended_on"], one["again"]) for one in spells["uzb"]] == [
            ("signatory", "1992-05-15", "1994-04-19", False),
            ("party", "1994-04-20", "1999-04-20", False),
            ("former", "1999-04-21", "2008-03-27", False),
            ("party", "2008-03-28", "2012-12-18", True),
            ("suspended", "2012-12-19", None, False),
        ]
        assert spells["uzb"][3]["begun_by"] == ["cst/uzb/accession/2008-03-28"]
        assert spells["uzb"][3]["ended_by"] == ["cst/uzb/suspension/2012-12-19"]
        assert [(one["began_on"], one["ended_on"]) for one in spells["blr"]] == [("1993-12", None)]
        csv_rows = body(ask("/api/v1/status.csv?instrument=cst&spells=yes")).decode()
        assert "cst/uzb/suspension/2012-12-19" in csv_rows
        assert "spells" not in data("/api/v1/status/?instrument=cst&spells=no")["results"][0]
        assert faults("/api/v1/status/?instrument=cst&spells=banana")[0]["parameter"] == "spells"

    def test_the_page_shows_every_spell(self) -> None:
        page = re.sub(r"\s+", " ", body(ask("/treaties/cst/parties/")).decode())
        assert page.count("party again") == 1
        assert re.search(r"no longer a party.*?21.April.1999.*?27.March.2008", page)

    def test_a_pause_stands_beside_the_status_and_changes_none(self) -> None:
        make.pause(State.objects.get(entry__slug="blr"), "2024-02-22")
        rows = {
            day: {row["state"]: row for row in data(f"/api/v1/status/?instrument=cst&on={day}")["results"]}
            for day in ("2024-02-21", "2024-02-22")
        }
        assert [rows[day]["blr"]["paused"] for day in rows] == [False, True]
        assert [rows[day]["blr"]["status"] for day in rows] == ["party", "party"]
        assert rows["2024-02-22"]["uzb"]["paused"] is False
        assert "party (participation paused)" in body(ask("/treaties/cst/parties/?on=2024-02-22")).decode()
        assert "participation" not in body(ask("/treaties/cst/parties/?on=2024-02-21")).decode()

    def test_the_page_names_the_act_that_blocks_an_answer(self) -> None:
        page = body(ask("/treaties/cst/parties/?on=1993-12-15")).decode()
        assert "Not known for" in page
        assert "accession, December\u00a01993" in page

    def test_a_draft_act_changes_nothing(self, cst: Instrument, uzb: State) -> None:
        before = answers("2020-01-01")
        treaties.act(cst, uzb, "accession", "2019-01-01", "2019-01-01", publication="draft")
        assert answers("2020-01-01") == before

    def test_the_matrix_has_instruments_down_and_states_across(self, uzb: State) -> None:
        later = treaties.instrument("charter", "Charter", signed_on="2002-10-07", in_force_on="2003-09-18")
        treaties.act(later, uzb, "signature", "2002-10-07")
        treaties.instrument("untouched", "Nobody acted", signed_on="2003-01-01")
        results = data("/treaties/status.json?on=2009-01-01")["results"]
        assert [{name: one[name] for name in ("id", "blr", "uzb")} for one in results] == [
            {"id": "charter", "blr": None, "uzb": "signatory"},
            {"id": "cst", "blr": "party", "uzb": "party"},
        ]
        page = body(ask("/treaties/status/?on=2009-01-01")).decode()
        assert "signatory" in page
        assert "untouched" not in page


@pytest.mark.usefixtures("cst")
class TestAsking:
    def test_an_instrument_must_be_named(self) -> None:
        assert [(one["parameter"], one["code"]) for one in faults("/api/v1/status/")] == [
            ("instrument", "required")
        ]

    def test_one_that_does_not_exist_gets_the_nearest(self) -> None:
        fault = faults("/api/v1/status/?instrument=cts")[0]
        assert (fault["code"], fault["nearest"]) == ("names_nothing", "cst")

    def test_a_title_names_it_too(self) -> None:
        assert data("/api/v1/status/?instrument=Treaty")["instrument"] == "cst"

    def test_a_title_of_two_is_ambiguous_and_names_both(self) -> None:
        treaties.instrument("other", "Treaty")
        fault = faults("/api/v1/status/?instrument=Treaty")[0]
        assert (fault["code"], fault["allowed"]) == ("ambiguous", ["cst", "other"])

    def test_an_unknown_parameter_and_an_impossible_day_are_refused(self) -> None:
        assert faults("/api/v1/status/?instrument=cst&day=2000-01-01")[0]["parameter"] == "day"
        assert faults("/api/v1/status/?instrument=cst&on=2001-02-29")[0]["parameter"] == "on"
        assert faults("/treaties/cst/parties.json?lang=en")[0]["parameter"] == "lang"
        ask("/treaties/cst/parties/?utm_source=letter")
