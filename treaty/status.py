"""How a state stands to an instrument on a day, computed from its acts alone. Pure functions, three-valued.

The terms are those of the Vienna Convention on the Law of Treaties, articles 2, 10-18, 20-25 and 54-57: a state that
has consented is a contracting state, and a party from the day on which the instrument is in force for it. How acts
make spells is told in docs/architecture-status.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from cstokb.dates import Answer, HistoricDate, Verdict
from treaty.choices import PartyStatus
from treaty.course import Terms, course_of
from treaty.layout import spells_of
from treaty.spells import CONSENTS, ENDS, Act, Bound, Spell

__all__ = [
    "CONSENTS",
    "ENDS",
    "Act",
    "Bound",
    "History",
    "Parties",
    "Spell",
    "Standing",
    "history",
    "parties",
]


@dataclass(frozen=True)
class Standing:
    """How a state stands to an instrument on a day: the status, whether it is a party, since when and by which act.

    ``unsure`` names the acts that keep the status from being known where it is certain that the state is no party.
    """

    status: str
    party: Verdict
    since: HistoricDate | None = None
    act: str | None = None
    unsure: tuple[str, ...] = ()

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The acts that keep the answer, or else the status, from being known."""
        return self.party.blocked_by or self.unsure


@dataclass(frozen=True)
class History:
    """Every spell of one state under one instrument, oldest first."""

    spells: tuple[Spell, ...] = ()

    @property
    def as_party(self) -> tuple[Spell, ...]:
        """The spells in which the instrument was in force for the state."""
        return tuple(spell for spell in self.spells if spell.status == PartyStatus.PARTY)

    def on(self, day: date) -> Standing:
        """How the state stands on the day (law 2: yes, no, or unknown with the fact that blocks)."""
        party = Verdict(Answer.NO)
        for spell in self.as_party:
            verdict = spell.verdict(day)
            if verdict.answer is Answer.YES:
                return _standing(spell, verdict)
            party = party.or_(verdict)
        return (
            Standing(PartyStatus.UNKNOWN, party) if party.answer is Answer.UNKNOWN else self._otherwise(day)
        )

    def _otherwise(self, day: date) -> Standing:
        """The status of a state that certainly is no party: that of the spell which counts most on the day."""
        no, unsure = Verdict(Answer.NO), list[str]()
        for spell in self._by_weight():
            verdict = spell.verdict(day)
            if verdict.answer is Answer.YES and not unsure:
                return _standing(spell, no)
            unsure += verdict.blocked_by
        if unsure:
            return Standing(PartyStatus.UNKNOWN, no, unsure=tuple(dict.fromkeys(unsure)))
        return Standing(PartyStatus.NONE, no)

    def _by_weight(self) -> Iterator[Spell]:
        """Consent counts before provisional application, and that before the rest; of those the later first."""
        first = (PartyStatus.CONTRACTING, PartyStatus.PROVISIONAL)
        for status in first:
            yield from (spell for spell in self.spells if spell.status == status)
        for spell in reversed(self.spells):
            if spell.status not in (PartyStatus.PARTY, *first):
                yield spell


def _standing(spell: Spell, party: Verdict) -> Standing:
    act = spell.act
    return Standing(spell.status, party, spell.since, act.id if act and act.kind else None)


def history(
    acts: Iterable[Act],
    in_force_on: HistoricDate | None = None,
    *,
    signed_on: HistoricDate | None = None,
    closing: Act | None = None,
) -> History:
    """The history of one state under one instrument.

    Args:
        acts: the acts of that state on that instrument, in any order.
        in_force_on: the day of general entry into force; a consent without a date of its own works from then.
        signed_on: the day of signature or adoption of the instrument, before which no act upon it was done.
        closing: the end of the instrument itself, if it has ended: an act without a kind.
    """
    terms = Terms(signed_on, in_force_on, closing)
    return History(tuple(spells_of(course_of(acts, terms), terms)))


@dataclass(frozen=True)
class Parties:
    """The histories of every state under one instrument, by the state's public id."""

    instrument: str
    histories: dict[str, History] = field(default_factory=dict)
    #: A page of many provisions asks every instrument on the same day once for each of them.
    _told: dict[date, Mapping[str, Standing]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def on(self, day: date) -> Mapping[str, Standing]:
        """How each state with an act stands on the day."""
        if day not in self._told:
            self._told[day] = MappingProxyType(
                {state: told.on(day) for state, told in self.histories.items()}
            )
        return self._told[day]

    def certain(self, day: date) -> list[str]:
        """States that certainly are parties on the day, by id."""
        return self._answering(Answer.YES, day)

    def uncertain(self, day: date) -> list[str]:
        """States of which it is not known whether they are parties on the day, by id."""
        return self._answering(Answer.UNKNOWN, day)

    def _answering(self, answer: Answer, day: date) -> list[str]:
        return sorted(state for state, one in self.on(day).items() if one.party.answer is answer)


def parties(
    instrument: str,
    acts: Sequence[tuple[str, Act]],
    in_force_on: HistoricDate | None,
    *,
    signed_on: HistoricDate | None = None,
    ended_on: HistoricDate | None = None,
) -> Parties:
    """The parties of one instrument from (state id, act) pairs. ``ended_on`` is its own last day in force."""
    by_state: dict[str, list[Act]] = {}
    for state, act in acts:
        by_state.setdefault(state, []).append(act)
    closing = Act(f"{instrument}.ended_on", "", effective_on=ended_on) if ended_on else None
    return Parties(
        instrument,
        {
            state: history(own, in_force_on, signed_on=signed_on, closing=closing)
            for state, own in by_state.items()
        },
    )
