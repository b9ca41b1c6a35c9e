"""How a state stands to an instrument on a day."""

from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate
from treaty.choices import ActionKind, PartyStatus
from treaty.status import Act, History, Standing, history, parties

ENTRY = HistoricDate.parse("1994-04-20")


def act(kind: str, done: str | None = None, effective: str | None = None, *, disputed: bool = False) -> Act:
    return Act(
        id=f"{kind}/{done or effective or 'undated'}",
        kind=kind,
        done_on=HistoricDate.parse(done) if done else None,
        effective_on=HistoricDate.parse(effective) if effective else None,
        disputed=disputed,
    )


def on(told: History, day: str) -> Standing:
    return told.on(date.fromisoformat(day))


UZBEKISTAN = history(
    [
        act(ActionKind.SUSPENSION, "2012-12-19", "2012-12-19"),
        act(ActionKind.ACCESSION, "2008-03-28", "2008-03-28"),
        act(ActionKind.SIGNATURE, "1992-05-15"),
        act(ActionKind.CONSENT, None, "1994-04-20"),
        act(ActionKind.LAPSE, None, "1999-04-20"),
        act(ActionKind.CONSENT, "2006-08-16", "XXXX"),
    ],
    ENTRY,
)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("1992-05-14", PartyStatus.NONE),
        ("1992-05-15", PartyStatus.SIGNATORY),
        ("1994-04-19", PartyStatus.SIGNATORY),
        ("1994-04-20", PartyStatus.PARTY),
        ("1999-04-20", PartyStatus.PARTY),
        ("1999-04-21", PartyStatus.FORMER),
        ("2006-08-15", PartyStatus.FORMER),
        ("2006-08-16", PartyStatus.UNKNOWN),
        ("2008-03-27", PartyStatus.UNKNOWN),
        ("2008-03-28", PartyStatus.PARTY),
        ("2012-12-18", PartyStatus.PARTY),
        ("2012-12-19", PartyStatus.SUSPENDED),
    ],
)
def test_a_state_that_left_and_came_back_stands_right_on_every_edge(day: str, status: str) -> None:
    assert on(UZBEKISTAN, day).status == status


def test_an_unknown_answer_names_the_act_that_blocks_it() -> None:
    standing = on(UZBEKISTAN, "2007-01-01")
    assert standing.party.answer is Answer.UNKNOWN
    assert "consent/2006-08-16" in standing.party.blocked_by


def test_a_lapse_is_itself_the_last_day_and_a_denunciation_works_from_the_start_of_its_day() -> None:
    consent = act(ActionKind.RATIFICATION, "1994-01-01", "1994-04-20")
    lapsed = history([consent, act(ActionKind.LAPSE, None, "1999-04-20")])
    denounced = history([consent, act(ActionKind.DENUNCIATION, "1998-10-01", "1999-04-20")])
    assert on(lapsed, "1999-04-20").status == PartyStatus.PARTY
    assert on(denounced, "1999-04-20").status == PartyStatus.FORMER
    assert on(denounced, "1999-04-19").status == PartyStatus.PARTY


def test_a_disputed_consent_leaves_the_answer_unknown_until_the_lapse_and_no_afterwards() -> None:
    told = history(
        [
            act(ActionKind.SIGNATURE, "1993-09-24"),
            act(ActionKind.CONSENT, None, "1994-04-20", disputed=True),
            act(ActionKind.LAPSE, None, "1999-04-20"),
        ]
    )
    assert on(told, "1994-04-19").party.answer is Answer.NO
    assert on(told, "1994-04-20").party.answer is Answer.UNKNOWN
    assert on(told, "1999-04-20").party.answer is Answer.UNKNOWN
    assert on(told, "1999-04-21").party.answer is Answer.NO
    assert on(told, "1999-04-21").status == PartyStatus.SIGNATORY


def test_an_accession_known_by_its_month_is_unknown_within_it_and_certain_after() -> None:
    told = history([act(ActionKind.ACCESSION, "1993-12", "1993-12")])
    assert on(told, "1993-11-30").party.answer is Answer.NO
    assert on(told, "1993-12-15").party.answer is Answer.UNKNOWN
    assert on(told, "1993-12-31").party.answer is Answer.YES
    assert on(told, "1994-01-01").party.answer is Answer.YES


def test_a_consent_before_the_general_entry_works_from_then_and_one_after_it_is_not_known() -> None:
    early = history([act(ActionKind.RATIFICATION, "1992-12-23")], ENTRY)
    late = history([act(ActionKind.RATIFICATION, "1995-01-01")], ENTRY)
    assert on(early, "1994-04-19").status == PartyStatus.CONTRACTING
    assert on(early, "1994-04-20").status == PartyStatus.PARTY
    assert on(late, "1996-01-01").party.blocked_by == ("ratification/1995-01-01",)


def test_a_later_deposit_makes_an_open_spell_surer_and_begins_no_second_one() -> None:
    told = history(
        [act(ActionKind.CONSENT, None, "1994"), act(ActionKind.DEPOSIT, "1994-04-20", "1994-04-20")]
    )
    assert len(told.spells) == 1
    assert on(told, "1994-02-01").party.answer is Answer.UNKNOWN
    assert on(told, "1994-04-20").party.answer is Answer.YES


def test_a_reservation_changes_no_status() -> None:
    told = history([act(ActionKind.RESERVATION, "1992-05-15")], ENTRY)
    assert on(told, "2020-01-01").status == PartyStatus.NONE


def test_the_parties_of_an_instrument_keep_certain_and_uncertain_states_apart() -> None:
    told = parties(
        "cst",
        [
            ("arm", act(ActionKind.CONSENT, None, "1994-04-20")),
            ("aze", act(ActionKind.CONSENT, None, "1994-04-20", disputed=True)),
            ("geo", act(ActionKind.SIGNATURE, "1993-12-09")),
        ],
        ENTRY,
    )
    day = date(1995, 1, 1)
    assert told.certain(day) == ["arm"]
    assert told.uncertain(day) == ["aze"]


def test_parties_of_one_day_are_told_once_and_those_of_another_day_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A list of two hundred provisions asks two hundred times."""
    days: list[date] = []
    plain = History.on

    def counted(one: History, day: date) -> Standing:
        days.append(day)
        return plain(one, day)

    monkeypatch.setattr(History, "on", counted)
    consent = act(ActionKind.CONSENT, None, "1994-04-20")
    told = parties("cst", [("kaz", consent), ("uzb", consent)], ENTRY)
    eve, first = date(1994, 4, 19), date(1994, 4, 20)
    seen = [told.on(day)["kaz"].status for day in (first, eve, first, eve)]
    assert seen == [PartyStatus.PARTY, PartyStatus.NONE] * 2
    assert days == [first, first, eve, eve]
