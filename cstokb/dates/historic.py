"""A date as a source gives it: a day, a month, a year, about one of these, or known only to have happened.

The text form is the part of the Extended Date/Time Format (ISO 8601-2) that sources on treaties need.
Everything else is refused with a sentence; an imprecise date is never completed to a first of January.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Precision = Literal["day", "month", "year", "unknown"]

UNKNOWN_TEXT = "XXXX"
LONGEST_TEXT = len("YYYY-MM-DD~")
BLANKS = " \t\r\n\u00a0\u202f\ufeff"  # what word processors and spreadsheets leave around a date
MOST_CHARACTERS = 100  # nothing longer is looked at, so the time spent on a text is bounded

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~)?")
_FIRST_MONTH = date.min.year * 12
_LAST_MONTH = date.max.year * 12 + 11


class InvalidDate(ValueError):
    """A text that is no date; its string is one sentence for the person who wrote the text.

    The sentence is translated when it is read, names no date but the one written, and ``code`` says in one
    word what is wrong, for answers to programs.
    """

    def __init__(self, message: StrPromise | str, code: str, written: str = "") -> None:
        super().__init__(message, code, written)
        self.message = message
        self.code = code
        self.written = written

    def __str__(self) -> str:
        sentence = str(self.message)
        return sentence % {"written": self.written} if self.written else sentence


class _Slip(NamedTuple):
    """A form that people do write in place of a date, and what to tell them."""

    pattern: re.Pattern[str]
    code: str
    message: StrPromise


_SLIPS = (
    _Slip(
        re.compile(r".*[\x00-\x1f\x7f-\x9f]", re.DOTALL),
        "characters",
        _("A date holds no control characters."),
    ),
    _Slip(
        re.compile(r".*[^\D0-9]"),
        "characters",
        _("Write a date with the digits 0 to 9, not those of another script."),
    ),
    _Slip(
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]"),
        "time",
        _("This is a moment, not a date: leave out the time of day."),
    ),
    _Slip(
        re.compile(r"[0-9]{1,4}[./][0-9]{1,4}"),
        "order",
        _("Write the year first and hyphens between the parts: YYYY-MM-DD."),
    ),
    _Slip(
        re.compile(r"[0-9]+~?$"),
        "year",
        _("A year has four digits, and hyphens stand between year, month and day: YYYY-MM-DD."),
    ),
)


@dataclass(frozen=True)
class HistoricDate:
    """What is known of the day on which something happened. Immutable, hashable, valid by construction.

    Years run from 0001 to 9999, the calendar that the databases share; whether a year is likely is for a
    reviewer to say, so the next century is warned about elsewhere and not refused here. Raises InvalidDate
    for parts that are no date.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    UNKNOWN: ClassVar[HistoricDate]  # it happened, the day is not known

    def __post_init__(self) -> None:
        """Refuse what is not in the calendar."""
        if self.year is None:
            self._require(self.month is None and self.day is None and not self.approximate, _NO_YEAR, "year")
            return
        self._require(date.min.year <= self.year <= date.max.year, _NO_SUCH_YEAR, "year")
        self._require(self.month is not None or self.day is None, _NO_MONTH, "month")
        self._require(self.month is None or 1 <= self.month <= 12, _NO_SUCH_MONTH, "month")
        if self.month is not None and self.day is not None:
            self._require(1 <= self.day <= monthrange(self.year, self.month)[1], _NO_SUCH_DAY, "day")

    def _require(self, holds: bool, message: StrPromise, code: str) -> None:
        if not holds:
            raise InvalidDate(message, code, self.edtf)

    @classmethod
    def parse(cls, text: str) -> HistoricDate:
        """Read ``1992``, ``1992-05``, ``1992-05-15``, any of them with ``~`` for about, or ``XXXX``.

        Blanks around it do not matter. Raises InvalidDate for everything else.
        """
        if len(text) > MOST_CHARACTERS:
            raise InvalidDate(_("This is too long to be a date."), "length")
        return _parse(text.strip(BLANKS))

    @classmethod
    def of_day(cls, day: date) -> HistoricDate:
        """Take a calendar day as known exactly."""
        return cls(day.year, day.month, day.day)

    @cached_property
    def edtf(self) -> str:
        """The text form, the only one for this date."""
        if self.year is None:
            return UNKNOWN_TEXT
        text = f"{self.year:04d}"
        for part in (self.month, self.day):
            text += "" if part is None else f"-{part:02d}"
        return text + "~" * self.approximate

    @cached_property
    def precision(self) -> Precision:
        """The smallest unit that is known."""
        if self.year is None:
            return "unknown"
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @cached_property
    def _possible_days(self) -> tuple[date, date] | None:
        """The first and last day it may have been; about one widens by a whole unit on each side."""
        if self.year is None:
            return None
        around = 1 if self.approximate else 0
        if self.month is None:
            return _first_day((self.year - around) * 12), _last_day((self.year + around) * 12 + 11)
        if self.day is None:
            month = self.year * 12 + self.month - 1
            return _first_day(month - around), _last_day(month + around)
        number = date(self.year, self.month, self.day).toordinal()
        first, last = date.min.toordinal(), date.max.toordinal()
        return date.fromordinal(max(number - around, first)), date.fromordinal(min(number + around, last))

    @property
    def earliest(self) -> date | None:
        """The first day it may have been; None when the day is not known at all."""
        return self._possible_days[0] if self._possible_days else None

    @property
    def latest(self) -> date | None:
        """The last day it may have been; None when the day is not known at all."""
        return self._possible_days[1] if self._possible_days else None

    @property
    def exact_day(self) -> date | None:
        """The day, where it is known and not approximate."""
        return self.earliest if self.precision == "day" and not self.approximate else None

    @property
    def sort_key(self) -> tuple[int, int]:
        """Order by the earliest possible day, the less precise date first, a day not known last.

        So 1992 stands before 1992-01, and that before 1992-01-01.
        """
        if self._possible_days is None:
            return _AFTER_ALL_DATES
        earliest, latest = self._possible_days
        return earliest.toordinal(), -latest.toordinal()

    def meets(self, after: date | None, before: date | None) -> bool:
        """Say whether it may have been on a day from ``after`` to ``before``, both included, None being no
        bound.

        A day not known meets no range, and a range that ends before it begins is met by nothing.
        """
        if after is None and before is None:
            return True
        if self._possible_days is None or (after and before and before < after):
            return False
        earliest, latest = self._possible_days
        return (after is None or after <= latest) and (before is None or earliest <= before)

    def __str__(self) -> str:
        return self.edtf


_NO_YEAR = _("A date whose year is not known has no other part.")
_NO_SUCH_YEAR = _("There is no such year: %(written)s.")
_NO_MONTH = _("A day needs its month.")
_NO_SUCH_MONTH = _("There is no such month: %(written)s.")
_NO_SUCH_DAY = _("There is no such day: %(written)s.")
_AFTER_ALL_DATES = (date.max.toordinal() + 1, 0)

HistoricDate.UNKNOWN = HistoricDate(None)


def _first_day(month: int) -> date:
    """The first day of a month counted from year 0, held within the calendar."""
    year, index = divmod(max(month, _FIRST_MONTH), 12)
    return date(year, index + 1, 1)


def _last_day(month: int) -> date:
    """The last day of a month counted from year 0, held within the calendar."""
    year, index = divmod(min(month, _LAST_MONTH), 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


@lru_cache(maxsize=8192)
def _parse(text: str) -> HistoricDate:
    if text == UNKNOWN_TEXT:
        return HistoricDate.UNKNOWN
    form = _FORM.fullmatch(text)
    if form is None:
        raise _refusal(text)
    year, month, day, about = form.groups()
    return HistoricDate(
        int(year), int(month) if month else None, int(day) if day else None, about is not None
    )


def _refusal(text: str) -> InvalidDate:
    """The sentence that helps most with a text that has none of the forms."""
    if not text:
        return InvalidDate(_("Write a date."), "empty")
    for slip in _SLIPS:
        if slip.pattern.match(text):
            return InvalidDate(slip.message, slip.code)
    return InvalidDate(
        _(
            "Write a date as YYYY-MM-DD, YYYY-MM or YYYY, with ~ behind it if it is approximate, "
            "or XXXX if the day is not known."
        ),
        "form",
    )


def historic_or_none(value: HistoricDate | str | None) -> HistoricDate | None:
    """Read what a form, a file or a program hands over; nothing, or a blank text, is None.

    Raises InvalidDate for any other text, and TypeError for a value of any other kind: a datetime has a zone
    and so names no day by itself.
    """
    if value is None or isinstance(value, HistoricDate):
        return value
    if not isinstance(value, str):
        raise TypeError(f"A historic date is made of text, not of {type(value).__name__}.")
    return HistoricDate.parse(value) if value.strip(BLANKS) else None


def sort_key(value: HistoricDate | None) -> tuple[int, int]:
    """Order dates of which some are missing: those without a known day stand last."""
    return _AFTER_ALL_DATES if value is None else value.sort_key
