"""What a record is known by beside its own words, in both languages: its date, its kind, whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from cstokb.dates import HistoricDate
from cstokb.records.choices import Visibility
from cstokb.records.models import Record

#: What stands behind a year in Russian, in full and cut short.
YEAR_RU = "года (г.)"


@cache
def months(language: str, number: int) -> tuple[str, ...]:
    """What a month is called: by itself, and where Russian has another form beside a day."""
    with translation.override(language):
        return tuple(dict.fromkeys(str(names[number]) for names in (MONTHS, MONTHS_ALT)))


def days(*dates: HistoricDate | None) -> Iterator[str]:
    """Dates as readers write them, in words of both languages and in digits; or the years that they may lie in."""
    for value in dates:
        if value is None or value.earliest is None or value.latest is None:
            continue
        first, last = value.earliest, value.latest
        if first == last:
            yield from _day(first)
        elif (first.year, first.month) == (last.year, last.month):
            yield from _month(first)
        else:
            yield from _years(first, last)


def _years(first: date, last: date) -> Iterator[str]:
    """2022; 2022 года (г.)."""
    return (f"{year} {YEAR_RU}" for year in range(first.year, last.year + 1))


def _day(day: date) -> Iterator[str]:
    """16 May 2022, May 16, 2022, the 16th; 16 мая 2022 года (г.); 2022-05-16, 16.05.2022."""
    for month in months("en", day.month):
        yield f"{day.day} {month} {day.year}"
        yield f"{month} {day.day}, {day.year}, {day.day}{_ordinal(day.day)}"
    for month in months("ru", day.month):
        yield f"{day.day} {month} {day.year} {YEAR_RU}"
    yield f"{day:%Y-%m-%d}, {day:%d.%m.%Y}"


def _month(day: date) -> Iterator[str]:
    """May 2022; май 2022 года (г.)."""
    yield from (f"{month} {day.year}" for month in months("en", day.month))
    yield from (f"{month} {day.year} {YEAR_RU}" for month in months("ru", day.month))


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def spanned(began_on: HistoricDate | None, ended_on: HistoricDate | None) -> Iterator[str]:
    """The years of a period from the first to the last that is recorded; those to come are nobody's yet."""
    known = [one for one in (began_on, ended_on) if one and one.earliest and one.latest]
    if known:
        first, last = known[0].earliest, known[-1].latest
        yield from _years(first, last) if first and last else ()


def in_both(*labels: object) -> Iterator[str]:
    """Words of the interface in English and in Russian."""
    for language in ("en", "ru"):
        with translation.override(language):
            yield from map(str, labels)


def labels_of(*records: Record | None) -> Iterator[str]:
    """By what those of the records that are public are sought, in both languages; their entries are at hand."""
    for one in records:
        if one is not None and one.entry.visibility == Visibility.PUBLIC:
            yield from one.sought_as()
