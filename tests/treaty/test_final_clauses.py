"""Final clauses on every surface: what follows stands beside what is stored; a contradiction is seen and cleared."""

import re
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from cstokb.curation.checks import broken_laws, doubts
from cstokb.records.publish import Change, write
from tests.factories import records as make
from tests.factories import treaties
from tests.factories.records import WRITTEN
from tests.listing.asking import ask, body, data, ids_in
from treaty.models import FinalClause, Instrument, TreatyAction

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


@pytest.fixture(scope="class")
def charter(own_database: None) -> Instrument:
    """Two signatories and their deposits, of which the last brings the instrument into force."""
    of = treaties.instrument("charter", "Charter", signed_on="2002-10-07", in_force_on="2003-09-18")
    for slug, name, day in (("arm", "Armenia", "2003-07-01"), ("blr", "Belarus", "2003-09-18")):
        state = make.state(slug, name)
        treaties.act(of, state, "signature", "2002-10-07")
        treaties.act(of, state, "ratification", "2003-06-01", "2003-09-18", scope="general")
        treaties.act(of, state, "deposit", day)
    treaties.clause(of, "entry-on-all-deposits", provision=treaties.article(of, "26"))
    return of


def move(day: str) -> None:
    """Correct the day of the last deposit."""
    act = TreatyAction.objects.get(type="deposit", state__entry__slug="blr")
    act.done_on = day
    write([Change(act, act.public_id)], at=WRITTEN, reason="another reading")


def entry() -> tuple[str, str, str, list[str]]:
    (one,) = data("/api/v1/instruments/charter/")["computed"]
    return one["computed"], one["stored"], one["agrees"], one["blocked_by"]


@pytest.mark.usefixtures("charter")
class TestEntryIntoForce:
    def test_moving_a_deposit_moves_the_day_and_raises_a_contradiction_that_moving_it_back_clears(
        self, today: object
    ) -> None:
        said = "Computed from Article 26, Charter: 1 October 2003; stored: 18 September 2003."
        for day, agrees, weighed in (
            ("2003-09-18", "yes", 0),
            ("2003-10-01", "no", 1),
            ("2003-09-18", "yes", 0),
        ):
            move(day)
            assert entry() == (day, "2003-09-18", agrees, [])
            assert len(list(doubts(today))) == weighed  # type: ignore[arg-type]
            for path in ("/treaties/charter/", "/treaties/charter/parties/"):
                assert (said in page(path).replace("\u00a0", " ")) == bool(weighed)

    def test_it_breaks_no_law_of_the_model_and_the_check_says_that_it_waits(self, today: object) -> None:
        move("2003-10-01")
        assert [str(one) for one in broken_laws(today)] == []  # type: ignore[arg-type]
        out = StringIO()
        call_command("check_consistency", stdout=out)
        assert (
            "to weigh: clauses: final-clause charter/clause/entry-on-all-deposits: “Charter”: “in force from” "
            "is stored as 18 September 2003, and 1 October 2003 follows"
            in out.getvalue().replace("\u00a0", " ")
        )

    def test_a_deposit_that_is_not_known_is_named(self) -> None:
        make.withdrawn(TreatyAction.objects.get(type="deposit", state__entry__slug="blr"))
        assert entry() == ("XXXX", "2003-09-18", "unknown", ["charter/blr/deposit"])
        shown = page("/treaties/charter/").replace("\u00a0", " ")
        assert "not before 1 July 2003; deposits not found: Belarus" in shown

    def test_the_clause_is_told_in_a_sentence_with_where_it_stands(self) -> None:
        shown = page("/treaties/charter/")
        assert "It enters into force on the last deposit or notice of the signatories." in shown
        assert "Final clauses" in page("/treaties/charter/parties/")
        (clause,) = data("/api/v1/instruments/charter/")["clauses"]
        assert (clause["rule"], clause["provision"]) == ("entry-on-all-deposits", "charter/art-26")

    def test_what_is_not_certain_of_a_clause_is_said(self, charter: Instrument) -> None:
        treaties.clause(charter, "withdrawal", span=6, unit="month", confidence="medium")
        said = "A state may leave by notice given at least 6 months before (medium confidence)."
        assert said in page("/treaties/charter/")
        assert page("/treaties/charter/").count("(medium confidence)") == 1

    def test_a_draft_clause_shows_nowhere(self, charter: Instrument) -> None:
        treaties.clause(charter, "withdrawal", span=6, unit="month", publication="draft")
        assert "withdrawal" not in str(data("/api/v1/instruments/charter/")["clauses"])
        assert "notice given" not in page("/treaties/charter/")
        assert ids_in("/api/v1/final-clauses/") == ["charter/clause/entry-on-all-deposits"]

    def test_the_list_is_asked_by_instrument_and_rule(self, charter: Instrument) -> None:
        treaties.clause(charter, "withdrawal", span=6, unit="month")
        assert ids_in("/api/v1/final-clauses/?rule=withdrawal") == ["charter/clause/withdrawal"]
        assert ids_in("/api/v1/final-clauses.csv?instrument=charter&provision=charter/art-26") == [
            "charter/clause/entry-on-all-deposits"
        ]


def test_the_term_that_holds_the_day_is_told_with_its_end() -> None:
    of = treaties.instrument("cst", signed_on="1992-05-15", in_force_on="1994-04-20")
    protocol = treaties.instrument("prolongation", "Protocol on prolongation", signed_on="1999-04-02")
    treaties.clause(of, "term", span=5, unit="year")
    treaties.clause(of, "prolongation", span=5, unit="year", other=protocol)
    for day, end in (("1999-04-20", "1999-04-20"), ("1999-04-21", "2004-04-20")):
        told = data(f"/api/v1/instruments/cst/?on={day}")["computed"]
        assert [(one["name"], one["computed"]) for one in told] == [("term_ends_on", end)]
    shown = page("/treaties/cst/")
    assert "It is concluded for 5 years." in shown
    assert "It is prolonged by Protocol on prolongation, each time for 5 years." in shown


def test_states_for_which_the_same_follows_share_a_row_and_another_day_has_its_own() -> None:
    of = treaties.instrument("charter", in_force_on="2003-09-18")
    treaties.clause(of, "withdrawal", span=6, unit="month")
    names = {"aze": "Azerbaijan", "geo": "Georgia", "uzb": "Uzbekistan"}
    for slug, name in names.items():
        state = make.state(slug, name)
        treaties.act(of, state, "accession", "2008-03-28", "2008-03-28")
        noticed = "2012-06-21" if slug == "uzb" else "2012-06-20"
        treaties.act(of, state, "withdrawal", noticed, "2013-01-01")
    table = page("/treaties/charter/").partition("Final clauses")[2].partition("</table>")[0]
    assert "End for the states: Azerbaijan, Georgia<" in table
    assert "End for the state: Uzbekistan<" in table
    assert table.count("A state may leave by notice") == 2


def test_a_withdrawal_before_the_notice_has_run_out_is_a_contradiction_of_the_act() -> None:
    of = treaties.instrument("charter", in_force_on="2003-09-18")
    treaties.clause(of, "withdrawal", span=6, unit="month")
    uzb = make.state("uzb", "Uzbekistan")
    treaties.act(of, uzb, "accession", "2008-03-28", "2008-03-28")
    treaties.act(of, uzb, "withdrawal", "2012-06-20", "2012-12-19")
    (one,) = data("/api/v1/instruments/charter/")["computed"]
    assert (one["of"], one["state"], one["computed"], one["at_the_earliest"], one["agrees"]) == (
        "charter/uzb/withdrawal/2012-06-20",
        "uzb",
        "2012-12-20",
        True,
        "no",
    )
    assert "End for the state: Uzbekistan: the stored day disagrees" in page("/treaties/charter/parties/")


@pytest.mark.parametrize(
    ("rule", "given", "wrong"),
    [
        ("entry-on-deposits", {}, "count"),
        ("term", {}, "span"),
        ("entry-with-instrument", {}, "other"),
        ("entry-on-signature", {"count": 5}, "count"),
    ],
)
def test_a_rule_has_what_it_needs_and_nothing_else(rule: str, given: dict[str, int], wrong: str) -> None:
    of = treaties.instrument("charter")
    with pytest.raises(ValidationError) as refused:
        FinalClause(instrument=of, rule=rule, **given).clean()
    assert list(refused.value.message_dict) == [wrong]


def test_the_page_costs_the_same_for_one_clause_and_for_many(
    charter: Instrument, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            body(ask(path))
        return len(asked)

    paths = ("/treaties/charter/", "/treaties/charter/parties/", "/api/v1/instruments/charter/")
    before = [cost(path) for path in paths]
    treaties.clause(charter, "withdrawal", span=6, unit="month", provision=treaties.article(charter, "19"))
    treaties.clause(charter, "joining", span=30, unit="day")
    assert [cost(path) for path in paths] == before
