"""The acts of one state sorted by what they change, and when each of them works. Pure functions.

Each kind of act changes what it changes and nothing else (Vienna Convention on the Law of Treaties; the rules are
written down in docs/architecture-status.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cstokb.dates import HistoricDate
from treaty.choices import ActionKind
from treaty.spells import CONSENTS, ENDS, RESUMES, Act, Bound


@dataclass(frozen=True)
class Terms:
    """What the instrument itself says of time: no act upon it lies before its signature, none works after its end."""

    signed_on: HistoricDate | None = None
    in_force_on: HistoricDate | None = None
    closing: Act | None = None

    @property
    def floor(self) -> date:
        """The earliest day on which a state can have acted."""
        return (self.signed_on.earliest if self.signed_on else None) or date.min


@dataclass
class Stretch:
    """Acts that belong together: a consent with those that confirm it, those that ended what it began, and those that
    turned a suspension into an end."""

    consents: list[Act] = field(default_factory=list)
    ends: list[Act] = field(default_factory=list)
    left: list[Act] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether any consent in it is undisputed."""
        return any(not act.disputed for act in self.consents)

    @property
    def is_open(self) -> bool:
        """Whether nothing has certainly ended it."""
        return all(act.disputed for act in self.ends)

    @property
    def was_suspended(self) -> bool:
        """Whether it is a suspension that ended it."""
        return bool(self.ends) and self.ends[-1].kind == ActionKind.SUSPENSION


@dataclass
class Course:
    """The acts of one state, sorted by what they change: signatures and consents in their order, and beside them the
    times of provisional application."""

    line: list[Act | Stretch] = field(default_factory=list)
    applied: list[Stretch] = field(default_factory=list)

    @property
    def last(self) -> Stretch | None:
        """The newest consent."""
        return next((one for one in reversed(self.line) if isinstance(one, Stretch)), None)

    def take(self, act: Act) -> None:
        """Put an act where it belongs; one that changes no status goes nowhere."""
        last = self.last
        if act.kind == ActionKind.SIGNATURE:
            self.line.append(act)
        elif act.kind == ActionKind.PROVISIONAL:
            self._apply(act)
        elif act.kind in CONSENTS or (act.kind in RESUMES and last and last.was_suspended):
            self._consent(act, last)
        elif act.kind in ENDS or not act.kind:
            self._end(act, last)

    def _apply(self, act: Act) -> None:
        if not self.applied or self.applied[-1].ends:
            self.applied.append(Stretch([act]))

    def _consent(self, act: Act, last: Stretch | None) -> None:
        if last is None or last.ends:
            self.line.append(Stretch([act]))
        elif not act.disputed or not last.is_sure:
            last.consents.append(act)

    def _end(self, act: Act, last: Stretch | None) -> None:
        if self.applied and not self.applied[-1].ends:
            self.applied[-1].ends.append(act)
        if last and last.is_open:
            last.ends.append(act)
        elif last and last.was_suspended and act.kind != ActionKind.SUSPENSION:
            last.left.append(act)


def course_of(acts: Iterable[Act], terms: Terms) -> Course:
    """The acts of one state in their order, and the end of the instrument after them."""
    course = Course()
    for act in sorted(acts, key=lambda act: (act.moment, act.kind in ENDS, act.id)):
        course.take(act)
    if terms.closing:
        course.take(terms.closing)
    return course


# -- when they work ------------------------------------------------------------------------------------------------


def span(when: HistoricDate | None, floor: date) -> Bound:
    """The days that a date may be; without one, any day from the first possible one on."""
    if when is None or when.earliest is None or when.latest is None:
        return Bound(floor, date.max)
    return Bound(when.earliest, when.latest)


def is_dated(when: HistoricDate | None) -> bool:
    """Whether anything is known of the day."""
    return when is not None and when.earliest is not None


def when_done(act: Act, floor: date) -> Bound:
    """When an act was done; one without a day of its own when it worked."""
    return span(act.done_on if is_dated(act.done_on) else act.effective_on, floor)


def effect(act: Act, terms: Terms) -> Bound:
    """When a consent works for the state: its own day, else the general one, else some day after the act."""
    if is_dated(act.effective_on):
        return span(act.effective_on, terms.floor)
    given = span(act.done_on, terms.floor)
    general = terms.in_force_on
    if act.effective_on is not None or general is None or general.latest is None or general.earliest is None:
        return Bound(given.earliest, date.max)
    if is_dated(act.done_on) and given.latest <= general.latest:
        return Bound(max(given.earliest, general.earliest), general.latest)
    return Bound(given.earliest, date.max)


def party_from(stretch: Stretch, terms: Terms) -> Bound:
    """From when the state is a party: a deposit settles it for consents whose effect is not stated (article 16)."""
    sure = [act for act in stretch.consents if not act.disputed]
    if any(act.kind == ActionKind.DEPOSIT for act in sure):
        sure = [act for act in sure if act.kind == ActionKind.DEPOSIT or act.effective_on is not None]
    return _earliest(
        [effect(act, terms) for act in sure], [effect(act, terms) for act in _doubted(stretch.consents)]
    )


def _doubted(acts: Sequence[Act]) -> list[Act]:
    return [act for act in acts if act.disputed]


def _earliest(sure: Sequence[Bound], doubtful: Sequence[Bound]) -> Bound:
    """The first of some days; a doubtful one can only bring the earliest possible day forward."""
    every = [*sure, *doubtful]
    return Bound(min(one.earliest for one in every), min(one.latest for one in (sure or doubtful)))


def first_day_out(acts: Sequence[Act], terms: Terms) -> Bound:
    """The first day on which the state is out: the effective day of an act, the day after a lapse (law 3)."""
    bounds = [(act, _out(act, terms.floor)) for act in acts]
    return _earliest(
        [bound for act, bound in bounds if not act.disputed], [bound for act, bound in bounds if act.disputed]
    )


def _out(act: Act, floor: date) -> Bound:
    if act.effective_on is not None and not is_dated(act.effective_on):
        return Bound(span(act.done_on, floor).earliest, date.max)
    return span(act.effective_on or act.done_on, floor).moved(int(act.is_last_day))
