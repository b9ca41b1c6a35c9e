"""The page of the status matrix: the signs of the cells, and the strip of days on which something changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstokb.dates import HistoricDate, describe
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.names import Named
from cstokb.listing.selection import Selection
from cstokb.listing.slider import end_of, on_day
from treaty.choices import PartyStatus
from treaty.matrix import LEGEND, Told, across, told
from treaty.page_parts import Item, link, own
from treaty.page_status import SIGNS


def matrix_table(selection: Selection, lines: Sequence[Line]) -> Item:
    """The matrix as components/matrix.html shows it."""
    ask, found = selection.ask, told(selection.ask)
    states = across(ask, selection.filterset.answers.get("state"))
    return {
        "caption": _("How each state stands to each instrument on the day shown"),
        "row_heading": _("Instrument"),
        "columns": [_column(one, ask) for one in states],
        "groups": [{"rows": [_row(line, states, found, ask) for line in lines]}],
        "wide": True,
    }


def _column(one: Named, ask: Ask) -> Item:
    shown = link(one, ask)
    return {"label": one.id.upper(), "title": shown["label"], "url": shown["url"]}


def _row(line: Line, states: Sequence[Named], found: Told, ask: Ask) -> Item:
    signed = line.dates["signed_on"]
    return {
        "label": own(line.values, "short", ask) or line.label,
        "place": describe(signed, ask.language) if signed else "",
        "url": f"{line.url}parties/",
        "lang": "en" if ask.language == "ru" and not _has_russian(line) else "",
        "cells": [_cell(found.status(line.entry_id, one.id)) for one in states],
    }


def _has_russian(line: Line) -> bool:
    """Whether the name shown is Russian: that of the short title where there is one."""
    name = "short" if line.values["short_en"] or line.values["short_ru"] else "title"
    return bool(line.values[f"{name}_ru"])


def _cell(status: str) -> Item:
    """A cell by its sign, whose word it says to those who listen."""
    return {"kind": SIGNS[PartyStatus(status)]}


def legend() -> list[str]:
    """The signs of the matrix, one for each status."""
    return [SIGNS[status] for status in LEGEND]


# -- the strip of days ---------------------------------------------------------------------------------------------


def first_day(ask: Ask) -> date | None:
    """The first day on which a state came to stand otherwise to an instrument."""
    return min(told(ask).days(), default=None)


def day_strip(ask: Ask, path: str) -> Item | None:
    """The years from the first change to today, and the changes next to the day shown; None where nothing changed."""
    changes = Counter({day: n for day, n in told(ask).days().items() if day <= ask.today})
    if not changes:
        return None
    return {
        "years": [_year(year, changes, ask, path) for year in range(min(changes).year, ask.today.year + 1)],
        "before": _change(max((day for day in changes if day < ask.day), default=None), changes, ask, path),
        "after": _change(min((day for day in changes if day > ask.day), default=None), changes, ask, path),
    }


def _year(year: int, changes: Counter[date], ask: Ask, path: str) -> Item:
    """A year by its last day; the present one by today."""
    n = sum(count for day, count in changes.items() if day.year == year)
    return {
        "label": str(year),
        "url": on_day(ask, ask.localised(path), end_of(year, ask.today)),
        "current": ask.day.year == year,
        "changes": n,
        "title": _changes(n) if n else "",
    }


def _change(day: date | None, changes: Counter[date], ask: Ask, path: str) -> Item | None:
    if day is None:
        return None
    return {
        "day": HistoricDate.of_day(day),
        "url": on_day(ask, ask.localised(path), day),
        "title": _changes(changes[day]),
    }


def _changes(n: int) -> str:
    return ngettext("%(n)d change of status", "%(n)d changes of status", n) % {"n": n}
