"""The text that binds a state on a day: an amendment changes it only for states for which it is in force."""

from datetime import date

import pytest

from cstokb.dates import Answer, HistoricDate, Period, Verdict
from treaty.binding import Bonds, Reach
from treaty.choices import WordingState
from treaty.reading import Amending, Force, Numbered, Part, Wording
from treaty.status import Act, parties

FORCE = Force("cst", HistoricDate.parse("1992-05-15"), HistoricDate.parse("1994-04-20"))
PROTOCOL = Force("protocol", HistoricDate.parse("2010-12-10"), HistoricDate.parse("2012-12-19"))
YES, NO, MAYBE = (
    Verdict(Answer.YES),
    Verdict(Answer.NO),
    Verdict(Answer.UNKNOWN, ("protocol/arm/ratification",)),
)
#: Row ids of two amending instruments.
FIRST, SECOND = 7, 8


def day(text: str) -> date:
    return date.fromisoformat(text)


def edtf(text: str | None) -> HistoricDate | None:
    return HistoricDate.parse(text) if text else None


def wording(began: str | None, ended: str | None = None, made_by: int | None = None) -> Wording:
    name = f"w/{began}"
    period = Period(edtf(began), edtf(ended), began_fact=f"{name}.began_on", ended_fact=f"{name}.ended_on")
    return Wording(1, name, "en", "restatement", period, "Words.", made_by)


def amendment(
    effect: str = "changes-words",
    *,
    by: int = FIRST,
    maker: Force = PROTOCOL,
    began: str | None = None,
    ended: str | None = None,
) -> Amending:
    return Amending(1, f"a/{by}/{effect}", by, maker, effect, Period(edtf(began), edtf(ended)))


def part(
    *wordings: Wording,
    amendments: tuple[Amending, ...] = (),
    numbers: tuple[Numbered, ...] = (),
    number: str = "4",
) -> Part:
    return Part(1, "cst/art-4", "article", number, numbers, wordings, amendments)


OLD = wording("1994-04-20", "2012-12-18")
NEW = wording("2012-12-19", "2020-12-31", FIRST)
NEWEST = wording("2021-01-01", None, SECOND)
ARTICLE = part(OLD, NEW, NEWEST)


class TestWordingThatBinds:
    @pytest.mark.parametrize(
        ("on", "first", "second", "held"),
        [
            ("2012-12-18", YES, YES, OLD),
            ("2012-12-19", YES, YES, NEW),
            ("2020-12-31", YES, YES, NEW),
            ("2021-01-01", YES, YES, NEWEST),
            ("2021-01-01", YES, NO, NEW),
            ("2012-12-19", NO, YES, OLD),
            ("2021-01-01", NO, YES, NEWEST),
            ("2026-01-01", NO, NO, OLD),
        ],
    )
    def test_it_is_the_newest_whose_maker_is_in_force_for_the_state(
        self, on: str, first: Verdict, second: Verdict, held: Wording
    ) -> None:
        reading = ARTICLE.read_for(FORCE, day(on), {FIRST: first, SECOND: second})
        assert (reading.state, reading.wordings) == (WordingState.IN_FORCE, (held,))

    def test_where_all_is_in_force_it_reads_as_in_general(self) -> None:
        for on in ("1994-04-19", "1994-04-20", "2012-12-18", "2012-12-19", "2020-12-31", "2021-01-01"):
            general = ARTICLE.read(FORCE, day(on))
            assert ARTICLE.read_for(FORCE, day(on), {FIRST: YES, SECOND: YES}) == general

    def test_a_maker_that_is_not_named_is_not_in_force(self) -> None:
        assert ARTICLE.read_for(FORCE, day("2013-01-01"), {}).wordings == (OLD,)

    def test_what_is_not_known_of_the_state_is_not_known_of_its_text_and_names_the_act(self) -> None:
        reading = ARTICLE.read_for(FORCE, day("2013-01-01"), {FIRST: MAYBE, SECOND: NO})
        assert (reading.state, reading.wordings, reading.possible) == (WordingState.UNKNOWN, (), (OLD, NEW))
        assert reading.blocked_by == ("protocol/arm/ratification",)
        assert reading.blocked(OLD) == ("protocol/arm/ratification",)
        before = ARTICLE.read_for(FORCE, day("2012-12-18"), {FIRST: MAYBE, SECOND: NO})
        assert (before.state, before.wordings) == (WordingState.IN_FORCE, (OLD,))

    def test_what_ended_without_a_successor_has_ended_for_everybody(self) -> None:
        gap = part(wording("1994-04-20", "2005-01-01"), wording("2012-12-19", None, FIRST))
        assert gap.read_for(FORCE, day("2008-01-01"), {FIRST: NO}).state == WordingState.NOT_VERIFIED
        assert gap.read_for(FORCE, day("2005-01-01"), {FIRST: NO}).state == WordingState.IN_FORCE

    def test_an_amendment_without_words_leaves_the_older_wording_to_those_it_does_not_bind(self) -> None:
        article = part(OLD, amendments=(amendment(),))
        assert article.read_for(FORCE, day("2013-01-01"), {FIRST: YES}).state == WordingState.NOT_VERIFIED
        assert article.read_for(FORCE, day("2013-01-01"), {FIRST: NO}).wordings == (OLD,)
        assert article.read_for(FORCE, day("2013-01-01"), {FIRST: MAYBE}).possible == (OLD,)

    def test_before_the_instrument_is_in_force_nothing_binds(self) -> None:
        assert ARTICLE.read_for(FORCE, day("1994-04-19"), {FIRST: YES}).state == WordingState.NOT_YET


class TestAmendmentsWithoutWords:
    """Amended on 23 June 2006 and 10 December 2010; text held for the original and for 2010 alone."""

    ORIGINAL, OF_2010 = wording("1994-04-20", "2010-12-09"), wording("2010-12-10", None, SECOND)
    SIX = amendment(maker=Force("six", None, edtf("2006-06-23")))
    TEN = amendment(by=SECOND, maker=Force("ten", None, edtf("2010-12-10")))
    TEXT = part(ORIGINAL, OF_2010, amendments=(SIX, TEN))

    def test_the_original_is_shown_with_the_amendment_that_is_not_in_it(self) -> None:
        reading = self.TEXT.read(FORCE, day("2007-01-01"))
        assert (reading.wordings, reading.lacking) == ((self.ORIGINAL,), (self.SIX,))

    @pytest.mark.parametrize("on", ["2006-06-22", "2010-12-10", "2026-01-01"])
    def test_nothing_is_lacking_before_it_and_once_a_later_wording_is_held(self, on: str) -> None:
        assert self.TEXT.read(FORCE, day(on)).lacking == ()

    def test_the_day_itself_lacks_it(self) -> None:
        assert self.TEXT.read(FORCE, day("2006-06-23")).lacking == (self.SIX,)

    def test_for_a_state_that_it_does_not_bind_nothing_is_lacking(self) -> None:
        reading = self.TEXT.read_for(FORCE, day("2007-01-01"), {FIRST: NO, SECOND: NO})
        assert (reading.wordings, reading.lacking) == ((self.ORIGINAL,), ())

    def test_one_whose_entry_is_not_known_is_doubtful_from_its_signature(self) -> None:
        undated = amendment(by=9, maker=Force("late", edtf("2022-08-26")))
        article = part(OLD, NEW, amendments=(undated,))
        assert article.read(FORCE, day("2019-01-01")).doubtful == ()
        later = part(wording("1994-04-20"), amendments=(undated,)).read(FORCE, day("2022-08-26"))
        assert (later.state, later.doubtful) == (WordingState.IN_FORCE, (undated,))


class TestInsertedAndRepealed:
    def test_an_inserted_article_is_there_from_its_amendment_on(self) -> None:
        inserted = part(wording("2012-12-19", None, FIRST), amendments=(amendment("inserts"),), number="7A")
        assert inserted.read(FORCE, day("2012-12-18")).state == WordingState.NOT_YET
        assert inserted.read(FORCE, day("2012-12-19")).state == WordingState.IN_FORCE

    def test_it_is_not_there_for_a_state_that_the_amendment_does_not_bind(self) -> None:
        inserted = part(wording("2012-12-19", None, FIRST), amendments=(amendment("inserts"),), number="7A")
        assert inserted.read_for(FORCE, day("2013-01-01"), {FIRST: NO}).state == WordingState.NOT_YET
        unsure = inserted.read_for(FORCE, day("2013-01-01"), {FIRST: MAYBE})
        assert (unsure.state, unsure.blocked_by) == (WordingState.UNKNOWN, ("protocol/arm/ratification",))

    def test_a_repealed_article_says_so_and_keeps_its_number(self) -> None:
        repealed = part(wording("1994-04-20", "2012-12-18"), amendments=(amendment("repeals"),), number="22")
        gone = repealed.read(FORCE, day("2012-12-19"))
        assert (gone.state, gone.number) == (WordingState.REPEALED, "22")
        assert repealed.read(FORCE, day("2012-12-18")).wordings == repealed.wordings
        assert repealed.nearest(day("2020-01-01")) == day("2012-12-18")

    def test_it_goes_on_for_a_state_that_the_repeal_does_not_bind(self) -> None:
        numbers = (Numbered("22", Period(None, edtf("2012-12-18"))),)
        open_ = part(wording("1994-04-20"), amendments=(amendment("repeals"),), numbers=numbers, number="22")
        assert open_.read_for(FORCE, day("2013-01-01"), {FIRST: YES}).state == WordingState.REPEALED
        assert open_.read_for(FORCE, day("2013-01-01"), {FIRST: NO}).state == WordingState.IN_FORCE

    def test_a_repeal_for_a_time_is_over_when_it_ends(self) -> None:
        paused = part(
            wording("1994-04-20"), amendments=(amendment("repeals", began="2000-01-01", ended="2001-12-31"),)
        )
        states = [
            paused.read(FORCE, day(on)).state
            for on in ("1999-12-31", "2000-01-01", "2001-12-31", "2002-01-01")
        ]
        assert states == ["in-force", "repealed", "repealed", "in-force"]

    def test_a_renumbered_article_keeps_its_number_for_a_state_not_bound(self) -> None:
        numbers = (
            Numbered("6", Period(None, edtf("2012-12-18"))),
            Numbered("5", Period(edtf("2012-12-19"), None)),
        )
        six = part(wording("1994-04-20"), amendments=(amendment("renumbers"),), numbers=numbers, number="5")
        assert six.read_for(FORCE, day("2013-01-01"), {FIRST: YES}).number == "5"
        assert six.read_for(FORCE, day("2013-01-01"), {FIRST: NO}).number == "6"


class TestAmendmentDays:
    def test_it_follows_the_entry_into_force_of_its_maker_and_outlives_it(self) -> None:
        maker = Force("p", None, edtf("2012-12-19"), edtf("2015-01-01"))
        one = amendment(maker=maker)
        answers = [one.on(day(on)).answer for on in ("2012-12-18", "2012-12-19", "2020-01-01")]
        assert answers == [Answer.NO, Answer.YES, Answer.YES]

    def test_its_own_days_go_before(self) -> None:
        one = amendment(began="2014-01-01", ended="2014-12-31")
        answers = [one.on(day(on)).answer for on in ("2013-12-31", "2014-01-01", "2014-12-31", "2015-01-01")]
        assert answers == [Answer.NO, Answer.YES, Answer.YES, Answer.NO]

    def test_without_any_day_it_is_not_known_and_names_the_fact(self) -> None:
        one = amendment(maker=Force("late", edtf("2022-08-26")))
        assert one.on(day("2022-08-25")).answer is Answer.NO
        assert one.on(day("2022-08-26")).blocked_by == ("late.in_force_on",)


def act(instrument: str, state: str, kind: str, effective: str | None = None) -> tuple[str, Act]:
    return state, Act(f"{instrument}/{state}/{kind}", kind, None, edtf(effective))


def bonds(on: str, *acts: tuple[str, Act], protocol: Force = PROTOCOL) -> Bonds:
    """Kazakhstan, Belarus and Armenia are parties to the Treaty (row id 1); ``acts`` are those upon the protocol."""
    treaty = [act("cst", state, "consent", "1994-04-20") for state in ("kaz", "blr", "arm")]
    told = {
        1: parties("cst", treaty, FORCE.in_force_on),
        FIRST: parties("protocol", list(acts), protocol.in_force_on, ended_on=protocol.ended_on),
    }
    return Bonds(1, told, {1: FORCE, FIRST: protocol}, day(on))


class TestForWhom:
    KAZ, BLR = act("protocol", "kaz", "ratification", "2012-12-19"), act("protocol", "blr", "consent", "2012")

    def test_each_party_of_the_instrument_stands_in_one_of_three_groups(self) -> None:
        assert bonds("2012-12-20", self.KAZ, self.BLR).reach(FIRST) == Reach(("kaz",), ("arm",), ("blr",))
        assert bonds("2012-12-18", self.KAZ).reach(FIRST) == Reach((), ("arm", "blr", "kaz"), ())

    def test_a_state_that_is_no_party_to_the_instrument_stands_in_none(self) -> None:
        outsider = act("protocol", "srb", "consent", "2012-12-19")
        assert bonds("2013-01-01", self.KAZ, outsider).reach(FIRST) == Reach(("kaz",), ("arm", "blr"), ())

    def test_one_in_force_to_which_nobody_is_known_to_have_consented_leaves_it_open(self) -> None:
        told = bonds("2013-01-01")
        assert told.reach(FIRST) == Reach((), (), ("arm", "blr", "kaz"))
        assert told.verdict(FIRST, "kaz").blocked_by == ("protocol.parties",)
        assert bonds("2012-12-18").verdict(FIRST, "kaz").answer is Answer.NO

    def test_what_an_instrument_changed_goes_on_binding_when_it_has_ended(self) -> None:
        ended = Force("protocol", None, edtf("2012-12-19"), edtf("2015-01-01"))
        assert bonds("2020-01-01", self.KAZ, protocol=ended).makers("kaz")[FIRST].answer is Answer.YES

    def test_the_standing_is_that_under_the_instrument_itself(self) -> None:
        assert bonds("2013-01-01").standing("kaz").party.answer is Answer.YES
        assert bonds("2013-01-01").standing("usa").party.answer is Answer.NO
