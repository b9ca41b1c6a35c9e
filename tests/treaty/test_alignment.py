"""What became of a provision between two days, told from its wordings alone; paragraphs of two languages paired."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstokb.dates import HistoricDate, Period
from tests.redline.strategies import patient
from treaty.alignment import Outcome, Pair, Step, aligned, change_days, comparable, compared
from treaty.reading import Amending, Force, Numbered, Part, Wording

FORCE = Force("cst", in_force_on=HistoricDate.parse("1994-04-20"))
BEFORE, AFTER = date(2012, 12, 18), date(2012, 12, 19)


def period(began: str | None, ended: str | None = None) -> Period:
    first, last = (HistoricDate.parse(day) if day else None for day in (began, ended))
    return Period(first, last)


def wording(
    text: str,
    began: str | None = "1994-04-20",
    ended: str | None = None,
    *,
    language: str = "en",
    standing: str = "restatement",
    made_by: int | None = None,
) -> Wording:
    public_id = f"cst/art-4/{language}/{began}/{standing}"
    return Wording(1, public_id, language, standing, period(began, ended), text, made_by)


def part(*wordings: Wording, numbers: tuple[Numbered, ...] = (), kind: str = "article") -> Part:
    return Part(1, "cst/art-4", kind, "4", numbers, wordings)


OLD, NEW = wording("Old.", ended="2012-12-18"), wording("New.", "2012-12-19", made_by=7)


class TestOutcomes:
    @pytest.mark.parametrize(
        ("one", "outcome"),
        [
            (part(OLD, NEW), Outcome.CHANGED),
            (part(wording("Same.")), Outcome.UNCHANGED),
            (part(OLD), Outcome.NOT_VERIFIED),
            (part(NEW), Outcome.NOT_VERIFIED),
            (part(), Outcome.NOT_VERIFIED),
            (part(kind="chapter"), Outcome.HEADING),
            (part(NEW, numbers=(Numbered("4", period("2012-12-19")),)), Outcome.INSERTED),
            (part(OLD, numbers=(Numbered("4", period("1994-04-20", "2012-12-18")),)), Outcome.REPEALED),
            (part(NEW, numbers=(Numbered("4", period("2020-01-01")),)), Outcome.NOT_YET),
            (part(OLD, numbers=(Numbered("4", period("1994-04-20", "2000-01-01")),)), Outcome.NO_LONGER),
            (part(wording("Old.", "1994", "2012-12")), Outcome.UNKNOWN),
            (part(OLD, wording("Новое.", "2012-12-19", language="ru")), Outcome.NOT_COMPARABLE),
        ],
    )
    def test_between_two_days(self, one: Part, outcome: Outcome) -> None:
        assert compared(one, FORCE, BEFORE, AFTER, "en").outcome == outcome

    def test_the_same_wording_written_again_is_no_change(self) -> None:
        again = part(OLD, wording("Old.", "2012-12-19", made_by=7))
        pair = compared(again, FORCE, BEFORE, AFTER, "en")
        assert (pair.outcome, pair.is_change, pair.redline) == (Outcome.UNCHANGED, False, None)

    def test_a_change_names_its_day_and_its_maker(self) -> None:
        assert compared(part(OLD, NEW), FORCE, BEFORE, AFTER, "en").steps == (Step(AFTER, 7),)
        assert compared(part(OLD, NEW), FORCE, AFTER, date(2020, 1, 1), "en").steps == ()

    def test_several_changes_between_two_days_are_all_named(self) -> None:
        newest = wording("Newest.", "2021-01-19", made_by=9)
        three = part(OLD, wording("New.", "2012-12-19", "2021-01-18", made_by=7), newest)
        assert compared(three, FORCE, BEFORE, date(2022, 1, 1), "en").steps == (
            Step(AFTER, 7),
            Step(date(2021, 1, 19), 9),
        )

    def test_a_repeal_has_a_day_and_no_maker(self) -> None:
        gone = part(OLD, numbers=(Numbered("4", period("1994-04-20", "2012-12-18")),))
        pair = compared(gone, FORCE, BEFORE, AFTER, "en")
        assert pair.steps == (Step(AFTER, None),)
        assert (pair.old, pair.new) == (OLD, None)
        assert pair.redline is not None
        assert (pair.redline.old, pair.redline.new) == ("Old.", "")

    def test_a_wording_without_a_first_day_is_named_and_not_compared(self) -> None:
        undated = wording("Some day.", None, made_by=9)
        pair = compared(part(OLD, NEW, undated), FORCE, BEFORE, AFTER, "en")
        assert (pair.outcome, pair.undated) == (Outcome.CHANGED, (9,))


class TestAmendments:
    """Amendments are known before their text is."""

    def amending(
        self, began: str | None = "2012-12-19", *, maker: str | None = None, made: int | None = None
    ) -> Amending:
        force = Force("protocol", in_force_on=HistoricDate.parse(maker) if maker else None)
        return Amending(5, "protocol/amends/cst/art-4", 7, force, "changes-words", period(began), 1, made)

    def between(self, one: Part, *amendings: Amending) -> Pair:
        return compared(one, FORCE, BEFORE, AFTER, "en", amendings)

    def test_one_whose_wording_is_not_held_is_never_called_unchanged(self) -> None:
        pair = self.between(part(wording("Same.")), self.amending())
        assert (pair.outcome, pair.is_change, pair.steps) == (
            Outcome.NOT_CONSOLIDATED,
            True,
            (Step(AFTER, 7),),
        )
        assert self.between(part(wording("Same.")), self.amending("2012-12-20")).outcome == Outcome.UNCHANGED

    def test_one_whose_wording_is_held_and_says_the_same_is_no_change(self) -> None:
        again = part(OLD, wording("Old.", "2012-12-19", made_by=7))
        assert self.between(again, self.amending(made=1)).outcome == Outcome.UNCHANGED

    def test_it_names_who_ended_a_wording_that_has_no_successor(self) -> None:
        pair = self.between(part(OLD), self.amending())
        assert (pair.outcome, pair.steps) == (Outcome.NOT_VERIFIED, (Step(AFTER, 7),))

    def test_it_makes_a_change_where_no_wording_is_held_at_all(self) -> None:
        assert self.between(part(), self.amending()).is_change
        assert not self.between(part()).is_change

    def test_it_begins_with_the_instrument_that_makes_it(self) -> None:
        pair = self.between(part(wording("Same.")), self.amending(None, maker="2012-12-19"))
        assert pair.steps == (Step(AFTER, 7),)

    def test_without_a_day_it_is_named_apart(self) -> None:
        pair = self.between(part(wording("Same.")), self.amending(None))
        assert (pair.outcome, pair.steps, pair.undated) == (Outcome.UNCHANGED, (), (7,))

    def test_its_day_is_a_day_of_change(self) -> None:
        found = change_days([part(wording("Same."))], FORCE, "en", {1: [self.amending()]})
        assert [day for day, _pairs in found] == [AFTER]
        assert change_days([part(wording("Same."))], FORCE, "en", {2: [self.amending()]}) == []


class TestWhichWordingsAreCompared:
    def read(self, *wordings: Wording, on: date) -> tuple[str | None, str | None]:
        one = part(*wordings)
        old, new = comparable(one.read(FORCE, BEFORE), one.read(FORCE, on), "en")
        return (old.text if old else None, new.text if new else None)

    def test_those_of_one_standing_before_one_of_more_worth(self) -> None:
        authentic = wording("Authentic.", "2012-12-19", standing="authentic")
        assert self.read(OLD, NEW, authentic, on=AFTER) == ("Old.", "New.")
        assert self.read(OLD, authentic, on=AFTER) == ("Old.", "Authentic.")

    def test_the_best_standing_that_both_days_have(self) -> None:
        both = wording("A.", standing="authentic", ended="2012-12-18")
        after = wording("B.", "2012-12-19", standing="authentic")
        assert self.read(OLD, NEW, both, after, on=AFTER) == ("A.", "B.")

    def test_the_language_asked_for_before_another_that_both_have(self) -> None:
        russian = (
            wording("Старое.", ended="2012-12-18", language="ru"),
            wording("Новое.", "2012-12-19", language="ru"),
        )
        one = part(OLD, NEW, *russian)
        old, new = comparable(one.read(FORCE, BEFORE), one.read(FORCE, AFTER), "ru")
        assert (old, new) == russian
        assert self.read(OLD, *russian, on=AFTER) == ("Старое.", "Новое.")


class TestDaysOfChange:
    def test_they_are_those_on_which_the_words_changed(self) -> None:
        five = part(wording("Five."))
        found = change_days([part(OLD, NEW), five], FORCE, "en")
        assert [(day, len(pairs)) for day, pairs in found] == [(AFTER, 1)]

    def test_entry_into_force_and_its_end_are_none(self) -> None:
        over = Force("cst", in_force_on=FORCE.in_force_on, ended_on=HistoricDate.parse("2000-12-31"))
        assert change_days([part(wording("Words.", ended="2000-12-31"))], over, "en") == []

    def test_a_day_that_is_not_exactly_known_is_none(self) -> None:
        assert change_days([part(OLD, wording("New.", "2013"))], FORCE, "en")[0][0] == AFTER
        assert change_days([part(wording("New.", "2013"))], FORCE, "en") == []

    def test_the_first_and_the_last_day_of_the_calendar_do_no_harm(self) -> None:
        ages = Force("cst", in_force_on=HistoricDate.parse("0001-01-01"))
        one = part(wording("Words.", "0001-01-01", "9999-12-31"))
        assert change_days([one], ages, "en") == []
        assert compared(one, ages, date.min, date.max, "en").outcome == Outcome.UNCHANGED


class TestParagraphsOfTwoLanguages:
    def test_as_many_stand_in_their_order(self) -> None:
        assert aligned(["a", "b"], ["а", "б"]) == [(["a"], ["а"]), (["b"], ["б"])]

    def test_one_that_stands_for_two(self) -> None:
        left = ["A short first paragraph.", "A second one that is about as long as two others together are."]
        right = ["Короткий первый абзац.", "Второй, примерно половина.", "И третий, ещё половина."]
        assert aligned(left, right) == [([left[0]], [right[0]]), ([left[1]], right[1:])]

    def test_numbers_count_more_than_lengths(self) -> None:
        left = ["1. One.", "2. Two is a much longer paragraph than its twin."]
        right = ["Преамбула, длинная, как второй абзац напротив.", "1. Один.", "2. Два."]
        assert ([left[0]], [right[1]]) in aligned(left, right)
        assert ([left[1]], [right[2]]) in aligned(left, right)

    @patient
    @given(st.lists(st.text(min_size=1), max_size=8), st.lists(st.text(min_size=1), max_size=8))
    def test_none_is_lost_and_the_order_stays(self, left: list[str], right: list[str]) -> None:
        beads = aligned(left, right)
        assert [text for side, _other in beads for text in side] == left
        assert [text for _other, side in beads for text in side] == right

    def test_very_many_are_paired_by_their_place(self) -> None:
        beads = aligned(["a"] * 1000, ["б"] * 999)
        assert (len(beads), beads[-1]) == (1000, (["a"], []))
