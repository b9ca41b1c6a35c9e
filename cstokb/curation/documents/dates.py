"""Dates in running text, in English and Russian: days, months and years, also those whose year is said elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cstokb.curation.documents.model import Finding, FindingKind
from cstokb.curation.documents.taken import Taken
from cstokb.dates import HistoricDate, InvalidDate

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec")
_RUSSIAN = (
    *("январ(?:[ьяею]|ём)", "феврал(?:[ьяею]|ём)", "март(?:[ауе]|ом)?", "апрел(?:[ьяею]|ем)", "ма[йяюе]"),
    *("июн[ьяею]", "июл[ьяею]", "август(?:[ауе]|ом)?", "сентябр(?:[ьяею]|ём)", "октябр(?:[ьяею]|ём)"),
    *("ноябр(?:[ьяею]|ём)", "декабр(?:[ьяею]|ём)"),
    *(r"янв\.?", r"февр?\.?", r"апр\.?", r"июн\.?", r"июл\.?"),
    *(r"авг\.?", r"сент?\.?", r"окт\.?", r"нояб?\.?", r"дек\.?"),
)
_S = r"[ \u00a0\u202f\u2009\n]"
_LATIN_MONTH = "|".join([*_ENGLISH, *(rf"{short}\.?" for short in _SHORT)])
_MONTH = "|".join([_LATIN_MONTH, *_RUSSIAN])
_DAY = r"(?<![\d.,:/])[«“\"]?(?:0?[1-9]|[12]\d|3[01])(?!\d)[»”\"]?"
_ORDINAL = r"(?:st|nd|rd|th|-?го)?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_YEAR_WORD = rf"(?:{_S}*(?:годами|годам|годах|годов|годом|годы|года|году|годе|год|гг?\.))"
_DASH = r"[-\u2010-\u2015]"
_JOIN = rf"{_S}*(?:{_DASH}|,|and|to|и|по|through|until|до){_S}*"
_DAYS = rf"(?P<days>{_DAY}{_ORDINAL}(?:{_JOIN}{_DAY}{_ORDINAL}){{0,3}})"

#: "16 May 2022", "14–15 мая 2022 года", "15-го мая", "16th of May".
_DAY_FIRST = re.compile(
    rf"{_DAYS}{_S}+(?:of{_S}+)?(?P<month>{_MONTH})(?![\w-])(?:(?:,|{_S}+of)?{_S}*(?P<year>{_YEAR}){_YEAR_WORD}?"
    rf"|{_S}+(?P<this>с\.{_S}?г\.|сего года|этого года|текущего года|this year))?",
    re.I,
)
#: "May 16, 2022", "May 16–17", "Sept. 18th 2003".
_MONTH_FIRST = re.compile(
    rf"(?<![\w-])(?P<month>{_LATIN_MONTH}){_S}+(?:the{_S}+)?{_DAYS}(?:,?{_S}+(?P<year>{_YEAR}))?",
    re.I,
)
#: "May 2022", «в мае 2022 года», "January of this year".
_MONTH_ONLY = re.compile(
    rf"(?<![\w-])(?P<month>{_MONTH}),?(?:{_S}+of)?{_S}+(?P<year>{_YEAR}){_YEAR_WORD}?", re.I
)
#: "in January", «в мае», «в марте этого года».
_MONTH_ALONE = re.compile(
    rf"(?<![\w-])(?:in|since|until|during|early|late|mid|last|next|this|в|во|с|до|к){_S}+(?P<month>{_MONTH})(?![\w-]|{_S}*\d)"
    rf"(?:{_S}+(?P<this>с\.{_S}?г\.|сего года|этого года|текущего года|(?:of{_S}+)?this year))?",
    re.I,
)
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?P<year>{_YEAR})(?![./-]?\d){_YEAR_WORD}?"
)
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
#: A year alone needs a word that says it is one.
_YEAR_RUSSIAN = re.compile(
    rf"(?<![\d.,/№-])(?P<years>{_YEAR}(?:{_JOIN}{_YEAR}){{0,3}}){_S}*(?:-?(?:го|м))?{_YEAR_WORD}(?!\w)", re.I
)
_YEAR_ENGLISH = re.compile(
    rf"(?<![\w-])(?:in|since|until|till|from|by|before|after|during|of|between|year|early|late|mid|spring|summer|autumn"
    rf"|fall|winter)(?:{_S}+(?:the{_S}+year|early|late|mid))?[-{_S[1:-1]}]+(?P<years>{_YEAR}(?:{_JOIN}{_YEAR}){{0,3}})"
    r"(?![\w-]|/\d|[.,]\d|%)",
    re.I,
)
_ONE_YEAR = re.compile(_YEAR)
_ONE_DAY = re.compile(r"[«“\"]?(\d{1,2})[»”\"]?")
_NUMBERS = {
    **{name: at for at, name in enumerate(_ENGLISH, start=1)},
    **{name[:3]: at for at, name in enumerate(_ENGLISH, start=1)},
}
_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
#: How sure a date is whose year the words say, or the day of the document, or only other dates of the text.
SAID, BY_DOCUMENT, BY_TEXT = 1.0, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as the words give it; without a year it is still to be completed."""

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    this: bool = False


def dates(text: str, published: HistoricDate | None = None) -> list[Finding]:
    """The dates of a text in its order, as findings whose record is EDTF.

    A day without a year has the year that brings it nearest to the day of publication; where that is not known, the
    last year that the text names, with a low score; where there is none, no record.
    """
    found = _without_overlaps(_all(text))
    latest = max((one.year for one in found if one.year), default=None)
    findings = (_finding(text, one, published, latest) for one in found)
    return [one for one in findings if one is not None]


def _all(text: str) -> Iterator[_Found]:
    for pattern in (_ISO, _NUMERIC):
        for match in pattern.finditer(text):
            yield _numeric(match)
    for pattern, read in (
        (_DAY_FIRST, _days),
        (_MONTH_FIRST, _days),
        (_MONTH_ONLY, _month),
        (_MONTH_ALONE, _month),
    ):
        for match in pattern.finditer(text):
            if _is_month(match["month"]):
                yield from read(match)
    for pattern in (_YEAR_RUSSIAN, _YEAR_ENGLISH):
        for match in pattern.finditer(text):
            yield from _years(match)


def _month(match: re.Match[str]) -> Iterator[_Found]:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    yield _Found(
        match.start("month"), match.end(), year, month_number(match["month"]), this=bool(parts.get("this"))
    )


def _numeric(match: re.Match[str]) -> _Found:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    return _Found(match.start(), match.end(), year, month, day)


def _days(match: re.Match[str]) -> Iterator[_Found]:
    """Every day of "14–15 May 2022"; the one beside the month has the month and the year in its span."""
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else None
    this = bool(match.groupdict().get("this"))
    days = list(_ONE_DAY.finditer(match["days"]))
    offset = match.start("days")
    before = match.start("month") > match.start("days")
    whole = len(days) - 1 if before else 0
    for at, day in enumerate(days):
        start, end = offset + day.start(), offset + day.end()
        if at == whole:
            start = start if before else match.start()
            end = match.end() if before or len(days) == 1 else end
        yield _Found(start, end, year, month, int(day[1]), this)


def _years(match: re.Match[str]) -> Iterator[_Found]:
    years = list(_ONE_YEAR.finditer(match["years"]))
    offset = match.start("years")
    for at, year in enumerate(years):
        end = match.end() if at == len(years) - 1 else offset + year.end()
        yield _Found(offset + year.start(), end, int(year[0]))


def _is_month(word: str) -> bool:
    """An English month has its capital ("may" is no month)."""
    return not word.isascii() or word[:1].isupper()


def month_number(word: str) -> int:
    """The number of a month by its name in any form."""
    low = word.lower().rstrip(".")
    if low[:3] in _NUMBERS and low.isascii():
        return _NUMBERS[low[:3]]
    return next(at for at, stem in enumerate(_STEMS, start=1) if low.startswith(stem))


def _without_overlaps(found: Iterator[_Found]) -> list[_Found]:
    """Of dates that overlap the one that says more; in the order of the text."""
    taken = Taken()
    ordered = sorted(found, key=lambda one: (-_exactness(one), -(one.end - one.start), one.start))
    kept = [one for one in ordered if taken.take(one.start, one.end)]
    return sorted(kept, key=lambda one: one.start)


def _exactness(one: _Found) -> int:
    return sum(part is not None for part in (one.day, one.month, one.year))


def _finding(text: str, one: _Found, published: HistoricDate | None, latest: int | None) -> Finding | None:
    year, score = one.year, SAID
    if year is None and published is not None and published.year is not None:
        year, score = _nearest(one, published), BY_DOCUMENT
    elif year is None and latest is not None:
        year, score = latest, BY_TEXT
    if year is None:
        return Finding(FindingKind.DATE, text[one.start : one.end], one.start, one.end)
    try:
        edtf = HistoricDate(year, one.month, one.day).edtf
    except InvalidDate:
        return None
    return Finding(FindingKind.DATE, text[one.start : one.end], one.start, one.end, edtf, score)


def _nearest(one: _Found, published: HistoricDate) -> int:
    """The year in which a day is nearest to the day of publication."""
    year = published.year or 0
    if one.this or published.earliest is None or one.month is None:
        return year
    years = [each for each in (year - 1, year, year + 1) if _day(each, one.month, one.day or 1)]
    middle = published.earliest if published.precision == "day" else date(year, published.month or 7, 1)
    return min(
        years,
        default=year,
        key=lambda each: (
            abs((_day(each, one.month, one.day or 15) or date.min) - middle) + _later(each, year)
        ),
    )


def _later(year: int, published: int) -> timedelta:
    """What was is written of more than what will be."""
    return timedelta(days=60 if year > published else 0)


def _day(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 1, day or 1)
    except ValueError:
        return None
