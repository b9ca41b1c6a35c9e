"""The expressions of an instrument: the spans of days over which it reads the same. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cstokb.dates import HistoricDate, Period
from treaty.choices import WordingState
from treaty.reading import Force, Part, Reading

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Edition:
    """Days, both included, on which an instrument reads the same in every provision.

    ``first`` is None where the day of signature is not known, so that no day is the first; ``last`` is None where no
    later change is known. ``languages`` are those in which a wording of these days is held.
    """

    first: date | None
    last: date | None
    languages: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether the day is one of these."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def editions(force: Force, parts: Sequence[Part]) -> list[Edition]:
    """Every expression, oldest first. Nothing reads before the first day on which it may have been signed."""
    start = force.signed_on.earliest if force.signed_on else None
    days = sorted(day for day in _boundaries(force, parts) if start is None or day > start)
    found: list[tuple[date | None, tuple[Reading, ...], object]] = []
    for first in (start, *days):
        shown = first or (days[0] - _DAY if days and days[0] > date.min else date.min)
        readings = tuple(part.read(force, shown) for part in parts)
        sign = (force.on(shown).answer, [_sign(one) for one in readings])
        if not found or found[-1][2] != sign:
            found.append((first, readings, sign))
    lasts = [first - _DAY if first else None for first, _readings, _sign_of in found[1:]]
    return [
        Edition(first, last, _languages(readings))
        for (first, readings, _sign_of), last in zip(found, [*lasts, None], strict=True)
    ]


def edition_on(found: Iterable[Edition], day: date) -> Edition | None:
    """The expression of a day; None before there was any."""
    return next((one for one in found if one.holds(day)), None)


def expression_path(instrument: str, edition: Edition | None, language: str, suffix: str = "/") -> str:
    """The English address of an expression in a format; that of the work where no day begins it."""
    first = edition.first if edition else None
    between = f"/{first.isoformat()}/{language}" if first else ""
    return f"/treaties/{instrument}{between}{suffix}"


def _sign(reading: Reading) -> tuple[str, WordingState, tuple[int, ...], tuple[int, ...]]:
    """What two days must share to read the same."""
    held = tuple(one.entry_id for one in reading.wordings)
    return reading.number, reading.state, held, tuple(one.entry_id for one in reading.possible)


def _languages(readings: Iterable[Reading]) -> tuple[str, ...]:
    return tuple(sorted({one.language for reading in readings for one in reading.wordings}))


def _boundaries(force: Force, parts: Iterable[Part]) -> set[date]:
    """The days on which the answer to any question about a day can change."""
    periods = [Period(force.in_force_on, force.ended_on)]
    for part in parts:
        periods += [one.period for one in part.numbers]
        periods += [one.period for one in part.wordings]
        periods += [Period(one.since, one.period.ended_on) for one in part.amendments]
    dates = [one for period in periods for one in (period.began_on, period.ended_on)]
    return {day for one in (*dates, force.signed_on) if one is not None for day in _turns(one)}


def _turns(value: HistoricDate) -> Iterator[date]:
    """The first and last day it may have been, and the days after them: a last day is included."""
    for day in (value.earliest, value.latest):
        if day is not None:
            yield day
            if day < date.max:
                yield day + _DAY
