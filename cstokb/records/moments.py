"""Moments that people type: in their zone, as the clock on the wall shows them, and in which zone they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

FORM = "%Y-%m-%d %H:%M"
#: How far ahead something can be planned; a moment beyond is a slip of the pen.
MOST_AHEAD = timedelta(days=5 * 366)


class NoSuchMomentError(ValueError):
    """What was typed names no moment, or none that can be used; its message says why."""


def typed(text: str, zone: ZoneInfo) -> datetime:
    """The moment that a wall clock in a zone shows as ``2026-12-01 00:00`` (or with a T), in UTC.

    Raises:
        NoSuchMomentError: when it cannot be read, when clocks are put forward past it, or when they show it twice.
    """
    told = {"moment": text.strip().replace("T", " "), "zone": zone.key}
    try:
        wall = datetime.strptime(told["moment"][:16], FORM)  # noqa: DTZ007  # the zone is put to it below
        if told["moment"][16:] not in ("", ":00"):
            raise ValueError("seconds")
        first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except (ValueError, OverflowError):
        said = _("“%(moment)s” is no moment; write it as 2026-12-01 09:30.")
        raise NoSuchMomentError(said % told) from None
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != wall:
        said = _("There is no %(moment)s in %(zone)s: clocks are put forward past it. Choose another moment.")
        raise NoSuchMomentError(said % told)
    said = _("Clocks in %(zone)s show %(moment)s twice, as they are put back. Choose another moment.")
    raise NoSuchMomentError(said % told)


def require_ahead(moment: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Refuse what lies behind, and what lies so far ahead that nobody means it.

    Raises:
        NoSuchMomentError: with the moment as it was meant, and the present one beside it.
    """
    if moment <= now:
        said = _("%(moment)s has passed; it is %(now)s.")
        raise NoSuchMomentError(said % {"moment": in_zone(moment, zone), "now": in_zone(now, zone)})
    if moment - now > MOST_AHEAD:
        said = _("%(moment)s is more than five years ahead.")
        raise NoSuchMomentError(said % {"moment": in_zone(moment, zone)})


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in a zone and, where that is another, in UTC beside it."""
    here, there = f"{moment.astimezone(zone):{FORM}} {zone.key}", f"{moment.astimezone(UTC):{FORM}} UTC"
    return here if here == there else f"{here} ({there})"
