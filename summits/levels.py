"""At what level states were represented in meetings, over time: pure functions over seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from cstokb.dates import HistoricDate, sort_key
from summits.choices import Capacity, Mode
from summits.signs import PRESENT, Seat, sign_of

#: Lanes below the levels that a record names.
NO_LEVEL, ABSENT, NO_RECORD = "no-level", "absent", "not-known"
#: Levels from the highest down, then what is no level.
LEVELS = (
    Capacity.HEAD_OF_STATE,
    Capacity.ACTING_HEAD_OF_STATE,
    Capacity.HEAD_OF_GOVERNMENT,
    Capacity.REPRESENTATIVE,
    Capacity.SECRETARY_GENERAL,
    Capacity.GUEST,
    NO_LEVEL,
    ABSENT,
    NO_RECORD,
)


@dataclass(frozen=True)
class Sitting:
    """How a state was represented in one meeting: its lane and the sign of the matrix."""

    on: HistoricDate | None
    level: str
    sign: str


@dataclass(frozen=True)
class Lane:
    """The meetings at one level, the oldest first."""

    level: str
    sittings: Sequence[Sitting]

    @property
    def label(self) -> str:
        """The level in words."""
        return level_label(self.level)


def level_label(level: str) -> str:
    """A level in words, or what stands in its place."""
    if level == NO_LEVEL:
        return gettext("level not recorded")
    if level == NO_RECORD:
        return gettext("not recorded in our sources")
    return str(Mode.ABSENT.label if level == ABSENT else Capacity(level).label)


def level_of(seat: Seat | None) -> str:
    """The lane of a seat; without a row a state that had one is not known, never absent."""
    if seat is None:
        return NO_RECORD
    if seat["mode"] == Mode.ABSENT:
        return ABSENT
    if seat["capacity"]:
        return str(seat["capacity"])
    return NO_LEVEL if sign_of(seat) in PRESENT else NO_RECORD


def lanes(sittings: Iterable[Sitting]) -> list[Lane]:
    """The levels that occur, the highest first, each with its meetings."""
    by_level: dict[str, list[Sitting]] = {}
    for one in sorted(sittings, key=lambda sitting: sort_key(sitting.on)):
        by_level.setdefault(one.level, []).append(one)
    return [Lane(level, by_level[level]) for level in LEVELS if level in by_level]


def sitting(on: HistoricDate | None, seat: Mapping[str, Any] | None) -> Sitting:
    """A meeting of which a seat tells, or does not."""
    return Sitting(on, level_of(seat), sign_of(seat) if seat else NO_RECORD)
