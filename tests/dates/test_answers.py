"""Three-valued logic, with the facts that block certainty."""

from itertools import product

import pytest

from cstokb.dates import Answer, Verdict

YES, NO = Verdict(Answer.YES), Verdict(Answer.NO)
MAYBE, PERHAPS = Verdict(Answer.UNKNOWN, ("a", "b")), Verdict(Answer.UNKNOWN, ("b", "c"))


def test_answers_are_words() -> None:
    assert [str(answer) for answer in Answer] == ["yes", "no", "unknown"]
    assert Answer("unknown") is Answer.UNKNOWN


@pytest.mark.parametrize("answer", list(Answer))
def test_an_answer_is_no_condition(answer: Answer) -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(answer)


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_a_certain_answer_is_blocked_by_nothing(answer: Answer) -> None:
    with pytest.raises(ValueError, match="Only an unknown answer"):
        Verdict(answer, ("a",))


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        (YES, YES, YES),
        (YES, NO, NO),
        (NO, NO, NO),
        (YES, MAYBE, MAYBE),
        (NO, MAYBE, NO),
        (MAYBE, MAYBE, MAYBE),
    ],
)
def test_and_is_settled_by_a_no(left: Verdict, right: Verdict, both: Verdict) -> None:
    assert left.and_(right) == right.and_(left) == both


@pytest.mark.parametrize(
    ("left", "right", "either"),
    [
        (YES, YES, YES),
        (YES, NO, YES),
        (NO, NO, NO),
        (YES, MAYBE, YES),
        (NO, MAYBE, MAYBE),
        (MAYBE, MAYBE, MAYBE),
    ],
)
def test_or_is_settled_by_a_yes(left: Verdict, right: Verdict, either: Verdict) -> None:
    assert left.or_(right) == right.or_(left) == either


def test_what_blocks_both_sides_is_named_once_and_in_order() -> None:
    assert MAYBE.and_(PERHAPS) == MAYBE.or_(PERHAPS) == Verdict(Answer.UNKNOWN, ("a", "b", "c"))
    assert PERHAPS.and_(MAYBE).blocked_by == ("b", "c", "a")


def test_not_turns_a_certain_answer_and_leaves_an_unknown_one() -> None:
    assert (YES.not_(), NO.not_(), MAYBE.not_()) == (NO, YES, MAYBE)


def test_not_both_is_not_the_one_or_not_the_other() -> None:
    for left, right in product((YES, NO, MAYBE, PERHAPS), repeat=2):
        assert left.and_(right).not_() == left.not_().or_(right.not_())
