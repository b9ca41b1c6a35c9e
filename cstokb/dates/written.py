"""A day as people write it: 16 May 2022, May 16th, 2022, 16 мая 2022 г., 16.05.2022, 2022-05-16."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cstokb.dates.display import MONTHS_BESIDE_A_DAY

# The shortest beginning of a month's name that is read as the name, with or without a point: Sept., дек.
SHORTEST = 3
_IN_DIGITS = re.compile(
    r"(?:(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}))"
)
_PARTS = re.compile(r"([0-9]+)(?:st|nd|rd|th|-?го)?\b|([^\W\d_]+)\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,]*")
#: Words that may stand beside the parts of a date and say nothing.
_IDLE = frozenset(("of", "the", "года", "году", "г"))


def written_day(text: str) -> date | None:
    """The day that a text is as a whole; None where it says anything else, less than a day, or no day that there is."""
    stripped = text.strip()
    digits = _IN_DIGITS.fullmatch(stripped)
    if digits:
        year, month, day = digits.group("y", "m", "d") if digits["y"] else reversed(digits.groups()[3:])
        return _day(int(year), int(month), int(day))
    parts = [found.group(1) or found.group(2).casefold() for found in _PARTS.finditer(stripped)]
    if not _BETWEEN.fullmatch(_PARTS.sub("", stripped)):
        return None
    return _in_words([part for part in parts if part not in _IDLE])


def _in_words(parts: Sequence[str]) -> date | None:
    """Day, month, year, or month, day, year."""
    if len(parts) != 3:
        return None
    day, month = parts[:2] if parts[0].isdecimal() else (parts[1], parts[0])
    number = _month(month)
    if number is None or not (
        day.isdecimal() and parts[2].isdecimal() and len(parts[2]) == 4 and len(day) <= 2
    ):
        return None
    return _day(int(parts[2]), number, int(day))


def _month(word: str) -> int | None:
    """The only month whose name is the word or begins with it."""
    for names in MONTHS_BESIDE_A_DAY:
        begun = [number for number, name in enumerate(names, 1) if name.casefold().startswith(word)]
        if len(begun) == 1 and len(word) >= SHORTEST:
            return begun[0]
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
