"""The slider of years beside a day: it works as a form of its own, which every page that shows a day answers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.clocks import Clocks, Day

#: The parameter under which the slider sends a year. No page is shown under it: it leads to one with a day.
YEAR = "on_year"
_YEAR = re.compile("[0-9]{4}")


def slider(ask: Ask, first: date | None) -> dict[str, Any] | None:
    """What components/dayslider.html shows: the years from a first day to today; None where there are no two."""
    if first is None or first.year >= ask.today.year:
        return None
    return {
        "first": first.year,
        "last": ask.today.year,
        "year": min(max(ask.day.year, first.year), ask.today.year),
        "today": ask.today,
    }


def end_of(year: int, today: date) -> date | None:
    """The day by which a page shows a year: its last, None for the present year, which is shown by today."""
    last = date(year, 12, 31)
    return None if last >= today else last


def on_day(ask: Ask, path: str, day: date | None) -> str:
    """The address of the page on another day, with everything else that was asked."""
    params = ask.params.copy()
    for name in ("on", YEAR, "page", "cursor"):
        params.pop(name, None)
    if day:
        params["on"] = day.isoformat()
    return f"{path}?{params.urlencode()}" if params else path


def leads_to(ask: Ask, clocks: Clocks | None) -> str | None:
    """Where a reader is sent who chose a year on a page that shows a day; None where no year is chosen there."""
    year = ask.params.get(YEAR, "")
    if clocks is None or clocks.on != Day.SHOWS or not _YEAR.fullmatch(year) or year == "0000":
        return None
    return on_day(ask, ask.path, end_of(int(year), ask.today))
