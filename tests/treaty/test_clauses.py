"""Final clauses as rules: which dates follow, how well they are known, and which stored dates disagree."""

from collections.abc import Sequence
from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate
from treaty.choices import ActionKind, ClauseRule
from treaty.clauses import Clause, Computed, Facts, computed, contradictions, later
from treaty.reading import Force
from treaty.status import Act

STATES = ("arm", "blr", "kaz")


def when(text: str | None) -> HistoricDate | None:
    return HistoricDate.parse(text) if text else None


def act(kind: str, done: str | None, effective: str | None = None, *, disputed: bool = False) -> Act:
    return Act(f"{kind}/{done or effective}", kind, when(done), when(effective), disputed)


def force(
    slug: str = "treaty",
    in_force: str | None = None,
    ended: str | None = None,
    signed: str | None = "2000-01-01",
) -> Force:
    return Force(slug, when(signed), when(in_force), when(ended))


def deposited(*days: str | None) -> dict[str, list[Act]]:
    """States that signed on one day and deposited on these; None: the deposit is not known."""
    return {
        state: [
            act(ActionKind.SIGNATURE, "2000-01-01"),
            *([act(ActionKind.DEPOSIT, day)] if day else []),
        ]
        for state, day in zip(STATES, days, strict=False)
    }


def follows(
    rule: str,
    of: Force,
    acts: dict[str, list[Act]] | None = None,
    others: Sequence[Force] = (),
    **given: object,
) -> Computed:
    clause = Clause("c", rule, **given)  # type: ignore[arg-type]  # each test gives what its rule takes
    found = computed([clause], Facts(of, acts or {}, {one.id: one for one in others}))
    assert len(found) == 1
    return found[0]


def days(one: Computed) -> tuple[str, str]:
    return one.bound.earliest.isoformat(), one.bound.latest.isoformat()


class TestEntryIntoForce:
    def test_on_signature(self) -> None:
        one = follows(ClauseRule.ENTRY_SIGNATURE, force(in_force="2000-01-01"))
        assert (one.bound.exact, one.agrees, one.blocked_by) == (date(2000, 1, 1), Answer.YES, ())

    def test_on_so_many_deposits(self) -> None:
        acts = deposited("2001-03-01", "2001-01-01", "2001-02-01")
        assert [
            follows(ClauseRule.ENTRY_DEPOSITS, force(), acts, count=count).bound.exact for count in (1, 2, 3)
        ] == [date(2001, 1, 1), date(2001, 2, 1), date(2001, 3, 1)]

    def test_with_a_delay_after_the_deposit(self) -> None:
        one = follows(
            ClauseRule.ENTRY_DEPOSITS, force(), deposited("2001-01-31"), count=1, span=1, unit="month"
        )
        assert one.bound.exact == date(2001, 2, 28)

    def test_on_the_deposits_of_all_signatories_and_of_no_other_state(self) -> None:
        acts = deposited("2001-03-01", "2001-01-01", "2001-02-01")
        acts["uzb"] = [act(ActionKind.ACCESSION, "2005-01-01"), act(ActionKind.DEPOSIT, "2005-02-01")]
        assert follows(ClauseRule.ENTRY_ALL, force(), acts).bound.exact == date(2001, 3, 1)

    def test_a_missing_deposit_makes_the_day_unknown_and_is_the_fact_that_is_named(self) -> None:
        one = follows(ClauseRule.ENTRY_ALL, force(in_force="2003-09-18"), deposited("2001-03-01", None))
        assert days(one) == ("2001-03-01", date.max.isoformat())
        assert one.blocked_by == ("treaty/blr/deposit",)
        assert one.agrees is Answer.UNKNOWN

    def test_what_is_missing_but_decides_nothing_blocks_nothing(self) -> None:
        acts = deposited("2001-03-01", "2001-01-01", None)
        acts["kaz"].append(act(ActionKind.RATIFICATION, "2002-01-01"))
        one = follows(ClauseRule.ENTRY_DEPOSITS, force(), acts, count=2)
        assert (one.bound.exact, one.blocked_by) == (date(2001, 3, 1), ())

    def test_a_stored_day_before_the_last_known_deposit_is_contradicted_even_where_another_is_missing(
        self,
    ) -> None:
        acts = deposited("2004-03-01", None)
        assert follows(ClauseRule.ENTRY_ALL, force(in_force="2003-09-18"), acts).agrees is Answer.NO

    def test_too_few_states_for_the_number_are_said(self) -> None:
        one = follows(ClauseRule.ENTRY_DEPOSITS, force(), deposited("2001-03-01"), count=4)
        assert one.blocked_by == ("treaty.deposits",)

    def test_a_disputed_deposit_is_none(self) -> None:
        acts = deposited(None)
        acts["arm"].append(act(ActionKind.DEPOSIT, "2001-03-01", disputed=True))
        assert follows(ClauseRule.ENTRY_ALL, force(), acts).bound.exact is None

    def test_with_another_instrument(self) -> None:
        other = force("other", "1994-04-20")
        one = follows(ClauseRule.ENTRY_WITH, force(in_force="1994-04-21"), others=[other], other="other")
        assert (one.bound.exact, one.agrees) == (date(1994, 4, 20), Answer.NO)
        month = follows(
            ClauseRule.ENTRY_WITH,
            force(in_force="1994-04-21"),
            others=[force("other", "1994-04")],
            other="other",
        )
        assert (month.agrees, month.blocked_by) == (Answer.UNKNOWN, ("other.in_force_on",))


class TestJoining:
    def test_a_state_that_deposits_after_the_general_day_joins_from_then_with_the_delay(self) -> None:
        acts = {
            "arm": [act(ActionKind.DEPOSIT, "2000-06-01")],
            "uzb": [
                act(ActionKind.ACCESSION, "2008-03-28", "2008-06-01"),
                act(ActionKind.DEPOSIT, "2008-05-02"),
            ],
        }
        one = follows(ClauseRule.JOINING, force(in_force="2000-06-01"), acts, span=30, unit="day")
        assert (one.state, one.of, one.bound.exact) == ("uzb", "accession/2008-03-28", date(2008, 6, 1))
        assert one.agrees is Answer.YES

    def test_without_the_deposit_it_is_unknown_and_not_before_the_consent(self) -> None:
        acts = {"uzb": [act(ActionKind.ACCESSION, "2008-03-28", "2008-03-28")]}
        one = follows(ClauseRule.JOINING, force(in_force="2000-06-01"), acts)
        assert (one.bound.earliest, one.agrees) == (date(2008, 3, 28), Answer.UNKNOWN)
        assert one.blocked_by == ("treaty/uzb/deposit",)


class TestTermAndEnd:
    TERM = Clause("t", ClauseRule.TERM, span=5, unit="year")
    AGAIN = Clause("p", ClauseRule.PROLONGATION, span=5, unit="year", other="protocol")

    @pytest.mark.parametrize(
        ("day", "end"),
        [
            ("1992-05-15", "1999-04-20"),
            ("1999-04-20", "1999-04-20"),
            ("1999-04-21", "2004-04-20"),
            ("2026-11-28", "2029-04-20"),
        ],
    )
    def test_terms_follow_on_one_another(self, day: str, end: str) -> None:
        facts = Facts(force(in_force="1994-04-20"))
        found = computed([self.TERM, self.AGAIN], facts, date.fromisoformat(day))
        assert [(one.name, one.bound.exact) for one in found] == [("term_ends_on", date.fromisoformat(end))]

    def test_without_prolongation_there_is_one_term(self) -> None:
        found = computed([self.TERM], Facts(force(in_force="1994-04-20")), date(2026, 1, 1))
        assert [one.bound.exact for one in found] == [date(1999, 4, 20)]

    @pytest.mark.parametrize(
        ("last", "agrees"), [("1999-04-20", "yes"), ("1999-04-21", "no"), ("1999", "unknown")]
    )
    def test_a_lapse_is_the_last_day_of_a_term(self, last: str, agrees: str) -> None:
        acts = {"geo": [act(ActionKind.LAPSE, None, last)]}
        found = computed([self.TERM, self.AGAIN], Facts(force(in_force="1994-04-20"), acts))
        assert [one.agrees.value for one in found] == [agrees]

    def test_it_ends_with_another_or_when_another_enters_into_force(self) -> None:
        other = force("other", "2012-06-13", "2020-12-31")
        ends = follows(ClauseRule.END_WITH, force(ended="2020-12-31"), others=[other], other="other")
        replaced = follows(ClauseRule.END_ON_ENTRY, force(ended="2012-06-12"), others=[other], other="other")
        assert [ends.agrees, replaced.agrees] == [Answer.YES, Answer.YES]
        assert replaced.bound.exact == date(2012, 6, 12)

    def test_while_the_other_has_not_ended_nothing_follows(self) -> None:
        clause = Clause("c", ClauseRule.END_WITH, other="other")
        assert computed([clause], Facts(force(), {}, {"other": force("other", "2012-06-13")})) == []


class TestWithdrawal:
    @pytest.mark.parametrize(
        ("effective", "agrees"),
        [
            ("2012-12-19", "no"),
            ("2012-12-20", "yes"),
            ("2013-05-01", "yes"),
            ("2012", "unknown"),
            (None, "unknown"),
        ],
    )
    def test_it_works_at_the_earliest_when_the_notice_has_run_out(
        self, effective: str | None, agrees: str
    ) -> None:
        acts = {"uzb": [act(ActionKind.WITHDRAWAL, "2012-06-20", effective)]}
        one = follows(ClauseRule.WITHDRAWAL, force(), acts, span=6, unit="month")
        assert (one.bound.exact, one.agrees.value) == (date(2012, 12, 20), agrees)


@pytest.mark.parametrize(
    ("day", "span", "unit", "then"),
    [
        ("2012-01-31", 1, "month", "2012-02-29"),
        ("2012-02-29", 1, "year", "2013-02-28"),
        ("2012-12-31", 30, "day", "2013-01-30"),
        ("9999-12-31", 1, "year", "9999-12-31"),
    ],
)
def test_days_months_and_years_later(day: str, span: int, unit: str, then: str) -> None:
    assert later(date.fromisoformat(day), span, unit).isoformat() == then


def test_moving_one_deposit_moves_what_follows_and_moving_it_back_clears_the_contradiction() -> None:
    clause = Clause("c", ClauseRule.ENTRY_ALL)
    told = [
        computed([clause], Facts(force(in_force="2003-09-18"), deposited("2003-07-01", last)))
        for last in ("2003-09-18", "2003-10-01", "2003-09-18")
    ]
    assert [one[0].bound.exact for one in told] == [date(2003, 9, 18), date(2003, 10, 1), date(2003, 9, 18)]
    assert [len(contradictions(one)) for one in told] == [0, 1, 0]
