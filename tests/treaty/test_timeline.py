"""A state over the years: its spells under every instrument on its page, and by which act its standing began."""

import re

import pytest

from members.models import State
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


def words(path: str) -> str:
    text = re.sub(r"<[^>]*>", " ", body(ask(path)).decode().split("<main", 1)[1])
    return " ".join(text.split())


@pytest.fixture(scope="class")
def uzb(own_database: None) -> State:
    """A state that joined, was suspended, and ratified the Charter; and one that never acted."""
    state = make.state("uzb", "Uzbekistan")
    make.state("afg", "Afghanistan")
    make.member(state, "2006-08-16", "2012-12-18", ended_by="suspension")
    charter = treaties.instrument(
        "charter", "Charter", kind="charter", signed_on="2002-10-07", in_force_on="2003-09-18"
    )
    other = treaties.instrument("protocol", "A protocol", kind="protocol", signed_on="2006-08-16")
    treaties.act(charter, state, "accession", "2006-08-16", "2006-08-16")
    treaties.act(charter, state, "suspension", None, "2012-12-19")
    treaties.act(other, state, "signature", "2006-08-16")
    return state


@pytest.mark.usefixtures("uzb")
class TestTimeline:
    def test_each_instrument_is_a_row_with_spells_and_acts_drawn_and_as_a_table(self) -> None:
        page = words("/states/uzb/")
        part = page.partition("Treaties and other instruments over time")[2]
        assert "Charter accession 16 August 2006" in part
        assert "Charter party 16 August 2006 – 18 December 2012" in part
        assert "Charter suspended 19 December 2012 –" in part
        assert "A protocol signatory 16 August 2006 –" in part
        assert 'role="img"' in body(ask("/states/uzb/")).decode()

    def test_a_state_without_acts_has_no_such_part_and_a_draft_adds_none(self) -> None:
        assert "over time" not in words("/states/afg/")
        afg = State.objects.get(entry__slug="afg")
        charter = Instrument.objects.get(entry__slug="charter")
        treaties.act(charter, afg, "signature", "2002-10-07", publication="draft")
        assert "over time" not in words("/states/afg/")

    def test_before_an_act_was_entered_the_page_knew_nothing_of_it(self) -> None:
        assert "over time" not in words("/ru/states/afg/?known_on=2026-01-02")


@pytest.mark.usefixtures("uzb")
class TestRoster:
    @pytest.mark.parametrize(
        ("day", "row"),
        [
            ("2006-08-15", "Uzbekistan no standing"),
            ("2006-08-16", "Uzbekistan member 16 August 2006 accession: Charter"),
            ("2012-12-18", "Uzbekistan member 16 August 2006 accession: Charter"),
            ("2012-12-19", "Uzbekistan membership suspended 19 December 2012 suspension: Charter"),
        ],
    )
    def test_a_state_stands_with_since_when_and_by_which_act(self, day: str, row: str) -> None:
        assert row in words(f"/states/?on={day}")

    def test_acts_upon_other_texts_are_no_reason(self) -> None:
        assert "A protocol" not in words("/states/?on=2006-08-16")

    def test_the_act_leads_to_the_parties_on_that_day(self) -> None:
        page = body(ask("/states/?on=2012-12-19")).decode()
        assert 'href="/treaties/charter/parties/?on=2012-12-19"' in page
