"""Days and moments as a request writes them: ``on=``, ``after=``, ``before=``, ``known_on=``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from cstokb.dates.historic import HistoricDate, InvalidDate

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Side = Literal["after", "before"]

_HOUR, _SIXTIETH = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339, with any number of decimals; a leap second is not taken, since no clock here can hold one.
_MOMENT = re.compile(
    rf"{_DAY.pattern}[Tt]{_HOUR}:{_SIXTIETH}:{_SIXTIETH}(?:\.[0-9]+)?(?:[Zz]|[+-]{_HOUR}:{_SIXTIETH})"
)
_PLUS_LOST = re.compile(r"[^ +]+[0-9] [0-9]{2}:?[0-9]{2}")
_LONGEST_MOMENT = 60

_EXPECT_BOUND = _("Write a day, a month or a year: YYYY-MM-DD, YYYY-MM or YYYY.")
_EXPECT_DAY = _("Write a day as YYYY-MM-DD.")
_EXPECT_MOMENT = _("Write a day as YYYY-MM-DD, or a moment with its zone as YYYY-MM-DDThh:mm:ssZ.")


def bound_day(text: str, side: Side) -> date:
    """Read the bound of a range; a month or a year alone stands for its first day (after) or last day
    (before).

    Raises InvalidDate for anything else, an approximate date included, since a question is about certain
    days.
    """
    bound = _parse(text, _EXPECT_BOUND)
    if bound.earliest is None or bound.latest is None or bound.approximate:
        raise InvalidDate(_EXPECT_BOUND, "form")
    return bound.earliest if side == "after" else bound.latest


def parse_day(text: str) -> date:
    """Read one day, written YYYY-MM-DD and nothing else. Raises InvalidDate."""
    parsed = _parse(text, _EXPECT_DAY)
    if parsed.exact_day is None or parsed.edtf != text:
        raise InvalidDate(_EXPECT_DAY, "form")
    return parsed.exact_day


def parse_known_on(text: str, now: datetime) -> datetime:
    """Read the moment at which the knowledge base is asked, as a moment in UTC.

    A moment is written as in RFC 3339, with its zone; a day means its end in UTC, and today means ``now``,
    which has a zone. Raises InvalidDate for other texts and for what lies ahead of ``now``.
    """
    if _DAY.fullmatch(text):
        return _end_of(parse_day(text), now.astimezone(UTC))
    if len(text) > _LONGEST_MOMENT or not _MOMENT.fullmatch(text):
        raise _no_moment(text)
    parse_day(text[:10])  # has the better sentence for a day that does not exist
    try:
        moment = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError:
        raise InvalidDate(_("This moment lies outside the calendar."), "range") from None
    return _not_ahead(moment, now.astimezone(UTC))


def _parse(text: str, expected: StrPromise) -> HistoricDate:
    """Read a date, telling of the forms that are expected in this place where the text has none of them."""
    try:
        return HistoricDate.parse(text)
    except InvalidDate as error:
        if error.code != "form":
            raise
    raise InvalidDate(expected, "form")


def _end_of(day: date, now: datetime) -> datetime:
    if day == now.date():
        return now
    return _not_ahead(datetime.combine(day, time.max, UTC), now)


def _not_ahead(moment: datetime, now: datetime) -> datetime:
    if moment > now:
        raise InvalidDate(_("This lies in the future; nothing is known of it yet."), "future")
    return moment


def _no_moment(text: str) -> InvalidDate:
    if len(text) <= _LONGEST_MOMENT and _PLUS_LOST.fullmatch(text):
        return InvalidDate(_("In an address the plus sign before a zone is written %2B."), "zone")
    return InvalidDate(_EXPECT_MOMENT, "form")
