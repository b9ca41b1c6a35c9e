"""Three answers instead of two: what is not known is said to be not known, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Never


class Answer(StrEnum):
    """The answer to a question about a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> Never:
        """Refuse to be a condition: every answer is a word, so ``if answer`` would take "no" for true."""
        raise TypeError("An answer has three values; compare it with Answer.YES, NO or UNKNOWN.")


@dataclass(frozen=True)
class Verdict:
    """An answer with the facts that keep it from being certain; a certain answer is blocked by nothing.

    Verdicts combine in Kleene's three-valued logic. Only the facts that matter are kept: a certain "no" in an
    "and", or a certain "yes" in an "or", settles the question whatever else is not known.
    """

    answer: Answer
    blocked_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a certain answer that names obstacles."""
        if self.blocked_by and self.answer is not Answer.UNKNOWN:
            raise ValueError("Only an unknown answer is blocked by something.")

    def and_(self, other: Verdict) -> Verdict:
        """Both hold."""
        return self._combined(other, settled_by=Answer.NO)

    def or_(self, other: Verdict) -> Verdict:
        """At least one of the two holds."""
        return self._combined(other, settled_by=Answer.YES)

    def not_(self) -> Verdict:
        """The opposite; what is unknown stays unknown for the same reasons."""
        return Verdict(_OPPOSITE[self.answer], self.blocked_by)

    def _combined(self, other: Verdict, settled_by: Answer) -> Verdict:
        answers = {self.answer, other.answer}
        if settled_by in answers:
            return Verdict(settled_by)
        if Answer.UNKNOWN in answers:
            return Verdict(Answer.UNKNOWN, tuple(dict.fromkeys(self.blocked_by + other.blocked_by)))
        return self


_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}
