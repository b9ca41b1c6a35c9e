"""Pauses in taking part in the Organization, beside the standing of states to instruments: they change no status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cstokb.dates import Answer, HistoricDate, Period, Verdict
from cstokb.listing.ask import Ask
from cstokb.listing.names import names_of
from members.models import ParticipationPause

COLUMNS = ("state_id", "entry__slug", "began_on", "ended_on", "summary_en", "summary_ru")


@dataclass(frozen=True)
class Pause:
    """A time in which a state itself took no part."""

    id: str
    began_on: HistoricDate | None
    ended_on: HistoricDate | None
    summary_en: str = ""
    summary_ru: str = ""

    def on(self, day: date) -> Verdict:
        """Whether it holds the day."""
        began, ended = f"{self.id}.began_on", f"{self.id}.ended_on"
        return Period(self.began_on, self.ended_on, began_fact=began, ended_fact=ended).verdict(day)


def pauses_by_state(ask: Ask) -> Mapping[str, Sequence[Pause]]:
    """The pauses of each state, oldest first, by the state's public id; two queries."""
    rows = list(ask.scope.rows(ParticipationPause).order_by("began_on_min", "entry_id").values_list(*COLUMNS))
    names = names_of((row[0] for row in rows), ask.scope)
    found: dict[str, list[Pause]] = {}
    for state, *pause in rows:
        if state in names:
            found.setdefault(names[state].id, []).append(Pause(*pause))
    return found


def paused(pauses: Sequence[Pause], day: date) -> bool | None:
    """Whether a state with these pauses took no part on the day; None where it is not known."""
    verdict = Verdict(Answer.NO)
    for pause in pauses:
        verdict = verdict.or_(pause.on(day))
    return {Answer.YES: True, Answer.NO: False}.get(verdict.answer)
