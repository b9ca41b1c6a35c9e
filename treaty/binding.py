"""For whom instruments are in force on a day, as the reading of their texts asks it. Pure functions, three-valued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cstokb.dates import Answer, Verdict
from treaty.choices import PartyStatus
from treaty.reading import Makers
from treaty.status import Parties, Standing
from treaty.wordings import Force, exact

_NOBODY = Standing(PartyStatus.NONE, Verdict(Answer.NO))


@dataclass(frozen=True)
class Reach:
    """For which parties of the amended instrument an amending one is in force, for which not, and for which that is
    not known; by the states' public ids.
    """

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bonds:
    """How states stand on a day to one instrument and to those that amended it.

    ``key`` is the row id of the instrument, ``told`` holds the parties and ``forces`` the time in force of each by its
    row id.
    """

    key: int
    told: Mapping[int, Parties]
    forces: Mapping[int, Force]
    day: date

    @cached_property
    def _standings(self) -> Mapping[int, Mapping[str, Standing]]:
        return {key: parties.on(self._day_for(key)) for key, parties in self.told.items()}

    def _day_for(self, key: int) -> date:
        """The day asked about; for an amending instrument that has ended its last day, for what it changed remains."""
        force = self.forces.get(key)
        if key == self.key or force is None or not force.is_over(self.day):
            return self.day
        return exact(force.ended_on) or self.day

    def standing(self, state: str) -> Standing:
        """How a state stands to the instrument itself."""
        return self._standings.get(self.key, {}).get(state, _NOBODY)

    def verdict(self, key: int, state: str) -> Verdict:
        """Whether an instrument is in force for a state.

        One that may be in force while nobody is known to have consented to it leaves open for whom it is.
        """
        standings = self._standings.get(key, {})
        verdict = standings.get(state, _NOBODY).party
        if verdict.answer is Answer.NO and self._lacks_parties(key):
            return Verdict(Answer.UNKNOWN, (f"{self.forces[key].id}.parties",))
        return verdict

    def _lacks_parties(self, key: int) -> bool:
        force = self.forces.get(key)
        if force is None or force.on(self._day_for(key)).answer is Answer.NO:
            return False
        return all(one.party.answer is Answer.NO for one in self._standings.get(key, {}).values())

    def makers(self, state: str) -> Makers:
        """Whether each instrument is in force for a state, by row id, as ``Part.read_for`` asks it."""
        return {key: self.verdict(key, state) for key in self.told}

    def reach(self, maker: int) -> Reach:
        """For which parties of the amended instrument an amending one is in force."""
        found: dict[Answer, list[str]] = {answer: [] for answer in Answer}
        for state, one in sorted(self._standings.get(self.key, {}).items()):
            if one.party.answer is not Answer.NO:
                found[one.party.and_(self.verdict(maker, state)).answer].append(state)
        return Reach(tuple(found[Answer.YES]), tuple(found[Answer.NO]), tuple(found[Answer.UNKNOWN]))
