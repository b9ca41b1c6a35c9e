"""An instrument as of a day: which wording of each provision holds, or why none is shown. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cstokb.dates import Answer, HistoricDate, Verdict
from treaty.choices import AmendmentEffect, ProvisionKind, TextStanding, WordingState
from treaty.numbering import ProvisionName
from treaty.wordings import DAY, Amending, Force, Numbered, Step, Wording, exact, lies_ahead

__all__ = ["Amending", "Force", "Makers", "Numbered", "Part", "Reading", "Wording", "changes", "languages"]

#: Whether amending instruments, by their row ids, are in force for a state on a day.
Makers = Mapping[int, Verdict]
#: Effects by which a provision gets a number, another number or none.
MOVES = frozenset({AmendmentEffect.INSERTS, AmendmentEffect.REPEALS, AmendmentEffect.RENUMBERS})

#: Which wording of a day is read first where several are held: the one that is worth most as law.
WORTH = {standing: place for place, standing in enumerate(TextStanding.values)}


@dataclass(frozen=True)
class Reading:
    """What can be read of a provision on a day: its number, its wordings, or the state that explains why none.

    ``doubts`` say of each possible wording why it is not known whether it holds. ``lacking`` are the amendments that
    hold on the day though no wording consolidated with them is held, ``doubtful`` those of which it is not known
    whether they hold. ``read_for`` is the row id of the state that it binds so, None for what holds in general.
    """

    number: str
    state: WordingState
    wordings: tuple[Wording, ...] = ()
    possible: tuple[Wording, ...] = ()
    doubts: tuple[Verdict, ...] = ()
    blocked_by: tuple[str, ...] = ()
    lacking: tuple[Amending, ...] = ()
    doubtful: tuple[Amending, ...] = ()
    read_for: int | None = None

    def blocked(self, one: Wording) -> tuple[str, ...]:
        """The facts that keep it from being known whether a possible wording holds."""
        return self.doubts[self.possible.index(one)].blocked_by

    def wording(self, language: str) -> Wording | None:
        """The wording to show: in the language, else in English, else in any; the one worth most as law first."""
        return min(self.wordings or self.possible, key=lambda one: _preference(one, language), default=None)


@dataclass(frozen=True)
class Part:
    """A provision with all its numbers, wordings (oldest first) and the amendments to it.

    Where ``makers`` are given, the provision is read for one state: they say for each amending instrument, by its row
    id, whether it is in force for that state on the day; one that is not named is not.
    """

    entry_id: int
    id: str
    type: str
    number: str
    numbers: tuple[Numbered, ...] = ()
    wordings: tuple[Wording, ...] = ()
    amendments: tuple[Amending, ...] = ()

    def read(self, force: Force, day: date) -> Reading:
        """The provision as it stood on the day, given when its instrument is in force."""
        return self._read(force, day, None)

    def read_for(self, force: Force, day: date, makers: Makers) -> Reading:
        """The provision as it binds one state on the day.

        An amendment changes it only for states for which the amending instrument is in force (Vienna Convention,
        article 40): the newest wording whose maker is in force for the state holds, else the older one, although its
        general period has ended.
        """
        return self._read(force, day, makers)

    def _read(self, force: Force, day: date, makers: Makers | None) -> Reading:
        number = self.number_on(day, makers)
        borne = self.is_borne(force, day, makers)
        if borne.answer is Answer.NO:
            return Reading(number, self._outside(force, day, makers))
        stands = self._stands(day, makers)
        verdicts = [(one, self.holds(one, day, makers).and_(stands)) for one in self.wordings]
        held = tuple(one for one, verdict in verdicts if verdict.answer is Answer.YES)
        open_ = [(one, verdict) for one, verdict in verdicts if verdict.answer is Answer.UNKNOWN]
        if held:
            found = Reading(number, WordingState.IN_FORCE, held)
        elif open_:
            blocked = dict.fromkeys(fact for _one, verdict in open_ for fact in verdict.blocked_by)
            possible, doubts = zip(*open_, strict=True)
            found = Reading(number, WordingState.UNKNOWN, (), possible, doubts, tuple(blocked))
        elif borne.answer is Answer.UNKNOWN:
            found = Reading(number, WordingState.UNKNOWN, blocked_by=borne.blocked_by)
        else:
            found = Reading(number, WordingState.IN_FORCE if self.is_heading else WordingState.NOT_VERIFIED)
        return self._with_amendments(found, day, makers)

    # -- whether it is there ---------------------------------------------------------------------------------------

    def is_borne(self, force: Force, day: date, makers: Makers | None = None) -> Verdict:
        """Whether the provision is a part of the instrument in force on the day."""
        verdict = force.on(day).and_(self._stands(day, makers))
        if not self.numbers or (makers is not None and self._moved):
            return verdict
        numbered = Verdict(Answer.NO)
        for one in self.numbers:
            numbered = numbered.or_(one.period.verdict(day))
        return verdict.and_(numbered)

    def _stands(self, day: date, makers: Makers | None) -> Verdict:
        """Whether amendments leave the provision in the instrument: inserted where one inserts it, not repealed."""
        inserted = [one for one in self.amendments if one.effect == AmendmentEffect.INSERTS]
        verdict = Verdict(Answer.NO if inserted else Answer.YES)
        for one in inserted:
            verdict = verdict.or_(works(one, day, makers))
        for one in self.repeals:
            verdict = verdict.and_(works(one, day, makers).not_())
        return verdict

    @property
    def repeals(self) -> tuple[Amending, ...]:
        """The amendments that take it out."""
        return tuple(one for one in self.amendments if one.effect == AmendmentEffect.REPEALS)

    @property
    def _moved(self) -> tuple[Amending, ...]:
        """The amendments that give it a number, another number or none."""
        return tuple(one for one in self.amendments if one.effect in MOVES)

    def repealed(self, day: date, makers: Makers | None = None) -> Amending | None:
        """The amendment by which it is repealed on the day."""
        gone = (one for one in self.repeals if works(one, day, makers).answer is Answer.YES)
        return next(gone, None)

    def _outside(self, force: Force, day: date, makers: Makers | None) -> WordingState:
        """Before or after its time, where it certainly is no part of what is in force."""
        if force.on(day).answer is Answer.NO:
            return WordingState.NO_LONGER if force.is_over(day) else WordingState.NOT_YET
        if self.repealed(day, makers):
            return WordingState.REPEALED
        if self._stands(day, makers).answer is Answer.NO:
            return WordingState.NOT_YET
        ahead = all(lies_ahead(one.period.began_on, day) for one in self.numbers)
        return WordingState.NOT_YET if ahead else WordingState.NO_LONGER

    # -- its number ------------------------------------------------------------------------------------------------

    def number_on(self, day: date, makers: Makers | None = None) -> str:
        """The number it bears on the day, or may bear; the present one where none is recorded for the day.

        For a state it is that of the day before an amendment which gives it another and is not in force for the state.
        """
        asked = self._eve(day, makers)
        answers = {
            answer: [one.number for one in self.numbers if one.period.holds(asked) is answer]
            for answer in Answer
        }
        return next(iter((*answers[Answer.YES], *answers[Answer.UNKNOWN])), self.number)

    def _eve(self, day: date, makers: Makers | None) -> date:
        if makers is None:
            return day
        away = (one for one in self._moved if works(one, day, makers).answer is Answer.NO)
        begun = [first for one in away if (first := exact(one.since)) and date.min < first <= day]
        return min(begun) - DAY if begun else day

    def name_on(self, day: date, language: str) -> str:
        """Its kind and number on the day, as a reader says them."""
        return self.named(self.number_on(day), language)

    def named(self, number: str, language: str) -> str:
        """Its kind and a number, as a reader says them."""
        return ProvisionName(self.type, number).text(language)

    # -- its words -------------------------------------------------------------------------------------------------

    def holds(self, one: Wording, day: date, makers: Makers | None = None) -> Verdict:
        """Whether a wording is the one of the day, or the one that binds the state on that day."""
        if makers is None:
            return one.period.verdict(day)
        verdict = one.begun(day)
        if one.made_by is not None:
            verdict = verdict.and_(makers.get(one.made_by, Verdict(Answer.NO)))
        later = [step for step in self._steps(one, day, makers) if step.follows(one)]
        for step in later:
            verdict = verdict.and_(step.works.not_())
        if any(step.ends(one) for step in later):
            return verdict
        return verdict.and_(one.lasting(day))

    def _steps(self, one: Wording, day: date, makers: Makers) -> Iterator[Step]:
        """The changes that may stand in a wording's way; what has no words yet leaves a wording that has not ended."""
        nobody = Verdict(Answer.NO)
        for other in self.wordings:
            if other.made_by is not None:
                bound = other.begun(day).and_(makers.get(other.made_by, nobody))
                yield Step(other.made_by, other.period.began_on, bound)
        for amendment in self.amendments:
            if amendment.ends_words and one.period.ended_on is not None:
                yield Step(amendment.made_by, amendment.since, works(amendment, day, makers))

    def _with_amendments(self, found: Reading, day: date, makers: Makers | None) -> Reading:
        verdicts = [
            (one, works(one, day, makers).answer)
            for one in self.amendments
            if one.rewords and not self._is_consolidated(one, found)
        ]
        lacking = tuple(one for one, answer in verdicts if answer is Answer.YES)
        doubtful = tuple(one for one, answer in verdicts if answer is Answer.UNKNOWN)
        return replace(found, lacking=lacking, doubtful=doubtful)

    def _is_consolidated(self, amendment: Amending, found: Reading) -> bool:
        """Whether its own wording is held, or the words that are read began with it or after it."""
        if any(one.made_by == amendment.made_by for one in self.wordings):
            return True
        since = amendment.since.latest if amendment.since else None
        shown = found.wordings or found.possible
        began = [one.period.began_on.earliest if one.period.began_on else None for one in shown]
        return since is not None and any(first is not None and first >= since for first in began)

    @property
    def is_heading(self) -> bool:
        """Whether it only heads other provisions and has no words of its own."""
        return self.type == ProvisionKind.CHAPTER and not self.wordings

    @property
    def is_restated(self) -> bool:
        """Whether any of its wordings is told in our own words."""
        return any(one.standing == TextStanding.RESTATEMENT for one in self.wordings)

    # -- neighbours in time ----------------------------------------------------------------------------------------

    def nearest(self, day: date) -> date | None:
        """A day for which a wording is held, where none is for the day asked: the last before it, else the next."""
        ended = [last for one in self.wordings if (last := exact(one.period.ended_on)) and last < day]
        begun = [first for one in self.wordings if (first := exact(one.period.began_on)) and first > day]
        gone = [first for one in self.repeals if (first := exact(one.since)) and date.min < first <= day]
        ended += [first - DAY for first in gone if self.wordings]
        return max(ended, default=None) or min(begun, default=None)


def works(one: Amending, day: date, makers: Makers | None) -> Verdict:
    """Whether an amendment holds on the day, and is in force for the state where one is asked about."""
    verdict = one.on(day)
    return verdict if makers is None else verdict.and_(makers.get(one.made_by, Verdict(Answer.NO)))


def changes(parts: Iterable[Part], whole: Iterable[Amending] = ()) -> list[tuple[date, int]]:
    """The days on which amendments began to hold, each with its maker's row id, in order; their words held or not.

    ``whole`` are those that name no provision.
    """
    made: list[tuple[int | None, HistoricDate | None]] = [(one.made_by, one.since) for one in whole]
    for part in parts:
        made += [(one.made_by, one.period.began_on) for one in part.wordings]
        made += [(one.made_by, one.since) for one in part.amendments]
    return sorted({(first, maker) for maker, day in made if maker is not None and (first := exact(day))})


def languages(parts: Iterable[Part]) -> list[str]:
    """The languages in which wordings are held."""
    return sorted({one.language for part in parts for one in part.wordings})


def _preference(one: Wording, language: str) -> tuple[bool, bool, int, str]:
    return one.language != language, one.language != "en", WORTH[one.standing], one.id
