"""The spells of a state under an instrument: each kind of act alone, and each edge of leaving and return."""

from datetime import date, timedelta

import pytest

from cstokb.dates import Answer, HistoricDate
from treaty.choices import ActionKind, PartyStatus
from treaty.status import CONSENTS, ENDS, Act, History, Standing, history, parties

ENTRY = HistoricDate.parse("1994-04-20")


def act(kind: str, done: str | None = None, effective: str | None = None, *, disputed: bool = False) -> Act:
    return Act(
        f"{kind}/{done or effective or 'undated'}",
        kind,
        HistoricDate.parse(done) if done else None,
        HistoricDate.parse(effective) if effective else None,
        disputed,
    )


def on(told: History, day: str) -> Standing:
    return told.on(date.fromisoformat(day))


def shown(told: History) -> list[tuple[str, str, str]]:
    """Each spell as its status, first day and first day out."""
    return [
        (
            str(spell.status),
            spell.begins.earliest.isoformat(),
            spell.ends.earliest.isoformat() if spell.ends else "",
        )
        for spell in told.spells
    ]


SIGNED = act(ActionKind.SIGNATURE, "1992-05-15")
CONSENTED = act(ActionKind.RATIFICATION, "1993-03-01", "1994-04-20")
LIFE = (
    SIGNED,
    CONSENTED,
    act(ActionKind.LAPSE, None, "1999-04-20"),
    act(ActionKind.SIGNATURE, "2005-02-01"),
    act(ActionKind.ACCESSION, "2006-08-16", "2006-09-15"),
    act(ActionKind.SUSPENSION, "2010-06-01", "2010-07-01"),
    act(ActionKind.PROLONGATION, "2010-12-01", "2011-01-01"),
    act(ActionKind.WITHDRAWAL, "2012-06-20", "2012-12-19"),
)
#: The first day of each spell, what it is, and what it was the day before.
EDGES = [
    ("1992-05-15", PartyStatus.SIGNATORY, "signature/1992-05-15"),
    ("1993-03-01", PartyStatus.CONTRACTING, "ratification/1993-03-01"),
    ("1994-04-20", PartyStatus.PARTY, "ratification/1993-03-01"),
    ("1999-04-21", PartyStatus.FORMER, "lapse/1999-04-20"),
    ("2005-02-01", PartyStatus.SIGNATORY, "signature/2005-02-01"),
    ("2006-08-16", PartyStatus.CONTRACTING, "accession/2006-08-16"),
    ("2006-09-15", PartyStatus.PARTY, "accession/2006-08-16"),
    ("2010-07-01", PartyStatus.SUSPENDED, "suspension/2010-06-01"),
    ("2011-01-01", PartyStatus.PARTY, "prolongation/2010-12-01"),
    ("2012-12-19", PartyStatus.FORMER, "withdrawal/2012-06-20"),
]


class TestALifeWithLeavingAndReturn:
    @pytest.mark.parametrize(("place", "edge"), list(enumerate(EDGES)))
    def test_the_first_day_the_day_after_and_the_last_day_before(
        self, place: int, edge: tuple[str, PartyStatus, str]
    ) -> None:
        told, (first, status, by) = history(LIFE), edge
        day = date.fromisoformat(first)
        before = EDGES[place - 1][1] if place else PartyStatus.NONE
        assert [told.on(day + timedelta(days=step)).status for step in (-1, 0, 1)] == [before, status, status]
        standing = told.on(day)
        assert (standing.act, standing.since) == (by, HistoricDate.of_day(day))
        assert standing.party.answer is (Answer.YES if status == PartyStatus.PARTY else Answer.NO)

    def test_each_spell_names_the_acts_that_began_and_ended_it(self) -> None:
        spells = history(LIFE).spells
        assert [(spell.begins.exact, spell.act and spell.act.id) for spell in spells] == [
            (date.fromisoformat(first), by) for first, _status, by in EDGES
        ]
        assert [spell.ended_by[-1].id for spell in spells[:-1]] == [by for _first, _status, by in EDGES[1:]]
        assert spells[-1].ends is None

    def test_a_time_as_a_party_after_another_is_a_return(self) -> None:
        assert [spell.again for spell in history(LIFE).as_party] == [False, True, True]

    def test_the_order_in_which_acts_are_given_does_not_matter(self) -> None:
        assert history(reversed(LIFE)) == history(LIFE)

    def test_a_state_suspended_that_withdraws_is_a_former_party(self) -> None:
        told = history(
            [
                CONSENTED,
                act(ActionKind.SUSPENSION, "2010-07-01", "2010-07-01"),
                act(ActionKind.WITHDRAWAL, "2011-01-01", "2011-07-01"),
            ]
        )
        assert [on(told, day).status for day in ("2011-06-30", "2011-07-01")] == [
            PartyStatus.SUSPENDED,
            PartyStatus.FORMER,
        ]


class TestEachKindAlone:
    @pytest.mark.parametrize("kind", sorted(CONSENTS))
    def test_a_consent_makes_a_contracting_state_and_then_a_party(self, kind: str) -> None:
        assert shown(history([act(kind, "1993-03-01", "1994-04-20")])) == [
            ("contracting", "1993-03-01", "1994-04-20"),
            ("party", "1994-04-20", ""),
        ]

    @pytest.mark.parametrize(
        "kind",
        [
            ActionKind.RESERVATION,
            ActionKind.DECLARATION,
            ActionKind.OBJECTION,
            ActionKind.PROLONGATION,
            *sorted(ENDS),
        ],
    )
    def test_what_changes_no_status_begins_nothing(self, kind: str) -> None:
        assert history([act(kind, "1993-03-01", "1993-03-01")]).spells == ()

    @pytest.mark.parametrize(
        "kind",
        [ActionKind.RESERVATION, ActionKind.DECLARATION, ActionKind.OBJECTION, ActionKind.PROLONGATION],
    )
    def test_what_changes_no_status_leaves_the_spells_of_a_party_as_they_are(self, kind: str) -> None:
        alone = history([SIGNED, CONSENTED])
        assert history([SIGNED, CONSENTED, act(kind, "1999-04-02", "1999-04-21")]) == alone

    def test_a_signature_makes_a_signatory_and_nothing_else(self) -> None:
        assert shown(history([SIGNED])) == [("signatory", "1992-05-15", "")]

    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            (ActionKind.LAPSE, "former"),
            (ActionKind.DENUNCIATION, "former"),
            (ActionKind.WITHDRAWAL, "former"),
            (ActionKind.SUSPENSION, "suspended"),
        ],
    )
    def test_an_end_ends_the_time_as_a_party(self, kind: str, status: str) -> None:
        told = history([CONSENTED, act(kind, "1999-04-20", "1999-04-20")])
        first_out = "1999-04-21" if kind == ActionKind.LAPSE else "1999-04-20"
        assert shown(told)[1:] == [("party", "1994-04-20", first_out), (status, first_out, "")]

    def test_a_withdrawal_after_a_mere_signature_changes_nothing(self) -> None:
        assert shown(history([SIGNED, act(ActionKind.WITHDRAWAL, "1993-01-01")])) == [
            ("signatory", "1992-05-15", "")
        ]

    def test_a_consent_taken_back_before_it_worked_leaves_a_signatory(self) -> None:
        told = history([SIGNED, CONSENTED, act(ActionKind.WITHDRAWAL, "1993-09-01", "1993-10-01")])
        assert shown(told) == [
            ("signatory", "1992-05-15", "1993-03-01"),
            ("contracting", "1993-03-01", "1993-10-01"),
            ("signatory", "1993-10-01", ""),
        ]

    def test_a_second_suspension_and_a_second_signature_begin_nothing(self) -> None:
        acts = [SIGNED, CONSENTED, act(ActionKind.SUSPENSION, "2010-07-01", "2010-07-01")]
        again = [
            act(ActionKind.SIGNATURE, "1992-06-01"),
            act(ActionKind.SUSPENSION, "2011-07-01", "2011-07-01"),
        ]
        assert shown(history([*acts, *again])) == shown(history(acts))


class TestProvisionalApplication:
    APPLIED = act(ActionKind.PROVISIONAL, "1992-06-01", "1992-07-01")

    def test_it_ends_with_entry_into_force_for_the_state_and_lies_beside_the_consent(self) -> None:
        told = history([SIGNED, self.APPLIED, CONSENTED])
        assert ("provisional", "1992-07-01", "1994-04-20") in shown(told)
        assert [
            on(told, day).status
            for day in ("1992-06-30", "1992-07-01", "1993-02-28", "1993-03-01", "1994-04-20")
        ] == [
            PartyStatus.SIGNATORY,
            PartyStatus.PROVISIONAL,
            PartyStatus.PROVISIONAL,
            PartyStatus.CONTRACTING,
            PartyStatus.PARTY,
        ]

    def test_it_ends_with_its_own_end(self) -> None:
        told = history([SIGNED, self.APPLIED, act(ActionKind.WITHDRAWAL, "1992-09-01", "1992-10-01")])
        assert [on(told, day).status for day in ("1992-09-30", "1992-10-01")] == [
            PartyStatus.PROVISIONAL,
            PartyStatus.SIGNATORY,
        ]

    def test_it_makes_no_party(self) -> None:
        assert on(history([self.APPLIED]), "1993-01-01").party.answer is Answer.NO


class TestDeposits:
    def test_a_deposit_settles_the_day_of_a_ratification_without_one(self) -> None:
        told = history(
            [
                act(ActionKind.RATIFICATION, "1995-01-01"),
                act(ActionKind.DEPOSIT, "1996-01-01", "1996-02-01"),
            ],
            ENTRY,
        )
        assert shown(told) == [("contracting", "1995-01-01", "1996-02-01"), ("party", "1996-02-01", "")]

    def test_a_deposit_confirms_a_ratification_with_one(self) -> None:
        told = history([CONSENTED, act(ActionKind.DEPOSIT, "1994-04-20", "1994-04-20")], ENTRY)
        assert shown(told) == shown(history([CONSENTED]))
        assert on(told, "2000-01-01").since == ENTRY

    def test_a_ratification_before_and_a_deposit_after_the_general_day_is_not_yet_known_to_work(self) -> None:
        told = history(
            [act(ActionKind.RATIFICATION, "1993-01-01"), act(ActionKind.DEPOSIT, "1995-01-01")], ENTRY
        )
        assert on(told, "1994-12-31").status == PartyStatus.CONTRACTING
        assert on(told, "1995-01-01").party.blocked_by == ("ratification/1993-01-01", "deposit/1995-01-01")


class TestWhatIsNotKnown:
    def test_a_signature_known_by_its_month_is_unknown_inside_it_and_names_the_act(self) -> None:
        told = history([act(ActionKind.SIGNATURE, "1993-12")])
        inside = on(told, "1993-12-15")
        assert (inside.status, inside.party.answer) == (PartyStatus.UNKNOWN, Answer.NO)
        assert inside.blocked_by == ("signature/1993-12",)
        assert [on(told, day).status for day in ("1993-11-30", "1993-12-31")] == [
            PartyStatus.NONE,
            PartyStatus.SIGNATORY,
        ]

    def test_an_act_without_a_date_lies_after_the_signature_of_the_instrument(self) -> None:
        told = history([act(ActionKind.RATIFICATION)], signed_on=HistoricDate.parse("2021-09-16"))
        assert on(told, "2021-09-15").party.answer is Answer.NO
        assert on(told, "2021-09-16").blocked_by == ("ratification/undated",)

    def test_only_what_may_have_happened_by_the_day_blocks_it(self) -> None:
        told = history(
            [
                act(ActionKind.CONSENT, "2006-08-16", "2006-08-16", disputed=True),
                act(ActionKind.CONSENT, "2008-03-28", "2008-03-28"),
            ]
        )
        assert on(told, "2007-01-01").blocked_by == ("consent/2006-08-16",)
        assert on(told, "2008-03-28").party.answer is Answer.YES

    def test_a_disputed_suspension_leaves_the_answer_unknown_until_the_next_consent(self) -> None:
        told = history(
            [
                CONSENTED,
                act(ActionKind.SUSPENSION, "1998-01-01", "1998-01-01", disputed=True),
                act(ActionKind.ACCESSION, "2006-01-01", "2006-01-01"),
            ]
        )
        assert on(told, "1997-12-31").party.answer is Answer.YES
        assert on(told, "1998-01-01").blocked_by == ("suspension/1998-01-01",)
        assert on(told, "2006-01-01").party.answer is Answer.YES

    def test_a_withdrawal_known_by_its_year_is_unknown_inside_it(self) -> None:
        told = history([CONSENTED, act(ActionKind.WITHDRAWAL, "2012", "2012")])
        assert [on(told, day).party.answer for day in ("2011-12-31", "2012-06-01", "2012-12-31")] == [
            Answer.YES,
            Answer.UNKNOWN,
            Answer.NO,
        ]

    def test_a_consent_whose_effect_is_not_known_is_over_when_it_is_withdrawn(self) -> None:
        told = history(
            [
                act(ActionKind.RATIFICATION, "1995-01-01"),
                act(ActionKind.WITHDRAWAL, "1997-01-01", "1997-07-01"),
            ]
        )
        assert [on(told, day).party.answer for day in ("1997-06-30", "1997-07-01")] == [
            Answer.UNKNOWN,
            Answer.NO,
        ]
        assert on(told, "1997-07-01").status == PartyStatus.FORMER


def test_an_instrument_that_has_ended_has_no_parties_from_the_day_after() -> None:
    told = parties("cst", [("arm", CONSENTED)], ENTRY, ended_on=HistoricDate.parse("2012-06-12"))
    assert (told.certain(date(2012, 6, 12)), told.certain(date(2012, 6, 13))) == (["arm"], [])
    after = told.on(date(2012, 6, 13))["arm"]
    assert (after.status, after.act) == (PartyStatus.FORMER, None)


def test_the_end_of_an_instrument_known_by_its_year_is_the_fact_that_blocks() -> None:
    told = parties("cst", [("arm", CONSENTED)], ENTRY, ended_on=HistoricDate.parse("2012"))
    assert told.on(date(2012, 6, 13))["arm"].blocked_by == ("cst.ended_on",)
