"""What a record is known by beside its own words, in both languages: its date, its kind, whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

from cstokb.dates import HistoricDate
from cstokb.records.choices import Visibility
from cstokb.records.models import Record


@cache
def months(language: str, number: int) -> tuple[str, ...]:
    """What a month is called: by itself, and where Russian has another form beside a day."""
    with translation.override(language):
        return tuple(dict.fromkeys(str(names[number]) for names in (MONTHS, MONTHS_ALT)))


def days(*dates: HistoricDate | None) -> Iterator[str]:
    """Dates as readers write them, in both languages: 16 May 2022, May 2022, or the years they may lie in."""
    for value in dates:
        if value is None or value.earliest is None or value.latest is None:
            continue
        first, last = value.earliest, value.latest
        if (first.year, first.month) != (last.year, last.month):
            yield from (str(year) for year in range(first.year, last.year + 1))
            continue
        day = f"{first.day} " if first == last else ""
        for language in ("en", "ru"):
            yield from (f"{day}{month} {first.year}" for month in months(language, first.month))


def in_both(*labels: object) -> Iterator[str]:
    """Words of the interface in English and in Russian."""
    for language in ("en", "ru"):
        with translation.override(language):
            yield from map(str, labels)


def labels_of(*records: Record | None) -> Iterator[str]:
    """What those of the records that are public are called, in both languages; their entries are at hand."""
    for one in records:
        if one is not None and one.entry.visibility == Visibility.PUBLIC:
            yield from dict.fromkeys((one.label("en"), one.label("ru")))
