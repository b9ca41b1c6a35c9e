"""Days and records as messages of rules say them: in words, in the language of whoever reads the message.

Rules are asked in one language and read in another, after their findings were kept; so nothing is said before it is
read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstokb.dates import HistoricDate, describe
from cstokb.records.models import Entry, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

Day = date | HistoricDate | None


def _day(value: Day, after_since: bool = False) -> str:
    known = HistoricDate.of_day(value) if isinstance(value, date) else value
    return describe(known, get_language() or "en", after_since=after_since)


def _label(english: str, russian: str) -> str:
    return (russian if get_language() == "ru" else english) or english


_later: Callable[..., _StrPromise] = lazy(_day, str)  # type: ignore[assignment]  # said to be a str already
_called: Callable[..., _StrPromise] = lazy(_label, str)  # type: ignore[assignment]


def day_said(value: Day, *, within: bool = False) -> _StrPromise:
    """A day, as exactly as it is known; ``within`` behind a word that asks for the genitive, such as с and до."""
    return _later(value, within)


def days_said(began: Day, ended: Day) -> _StrPromise:
    """The first and the last day, once where they are the same."""
    if began is None:
        return format_lazy(_("until {day}"), day=_later(ended, True)) if ended else _later(None)
    if ended is None:
        return format_lazy(_("from {day} on"), day=_later(began, True))
    return _later(began) if began == ended else format_lazy("{} – {}", _later(began), _later(ended))


def named(entry: Entry) -> _StrPromise:
    """A record by its title, in quotation marks."""
    return format_lazy(_("“{record}”"), record=label_of(entry))


def label_of(entry: Entry) -> _StrPromise:
    """A record by its title alone."""
    return _called(entry.label_en, entry.label_ru)


def held(row: Record) -> _StrPromise:
    """A record with a time, of which several may be called the same, by its title and its days."""
    began, ended = (getattr(row, name, None) for name in ("began_on", "ended_on"))
    return format_lazy(_("“{record}” ({days})"), record=label_of(row.entry), days=days_said(began, ended))


def of_kinds(kinds: set[str], slugs: set[str]) -> dict[str, Any]:
    """Titles of records of some kinds by their public ids; one query, or none."""
    rows = Entry.objects.filter(kind__in=kinds, slug__in=slugs) if slugs else ()
    return {entry.slug: named(entry) for entry in rows}
