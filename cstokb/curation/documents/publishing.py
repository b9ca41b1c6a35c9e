"""The day on which a document was published: what the page says of itself, or its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cstokb.curation.documents.dates import SAID, dates
from cstokb.curation.documents.main_text import MainText
from cstokb.curation.reading import Document
from cstokb.dates import HistoricDate, InvalidDate

#: How many blocks at the beginning and at the end may hold the day, and how much of each is looked at.
_FIRST, _LAST, _WIDE = 6, 3, 110
_SHORT = 90
#: What stands before the date of a dateline: a place in capitals or with one, or a word that says what follows.
_BEFORE = re.compile(
    r"(?:(?:published|posted|updated|date|released|press release|опубликовано|дата(?: публикации)?|размещено|обновлено"
    r"|пресс-релиз)\W{0,4}(?:on )?)?"
    r"(?:(?!On |In |By |At |В |На |С |К |По )[A-ZА-ЯЁ][\w.’'-]*(?:[ /][A-ZА-ЯЁ][\w.’'-]*){0,3}\W{1,4}){0,3}"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W{1,3}|(?:понедельник|вторник|среда|четверг|пятница|суббота"
    r"|воскресенье)\W{1,3})?(?:\d{1,2}:\d{2}\W{1,4})?",
    re.I,
)


def day_of(document: Document, main: MainText) -> HistoricDate | None:
    """The day of publication; None where nothing says it with its year."""
    if document.published:
        try:
            return HistoricDate.parse(document.published)
        except InvalidDate:
            pass
    return next(_datelines(main), None)


def _datelines(main: MainText) -> Iterator[HistoricDate]:
    words = [one.words for one in main.blocks]
    for one in words[:_FIRST]:
        for found in dates(one[:_WIDE]):
            exact = found.score == SAID and len(found.record) == 10
            if exact and _BEFORE.fullmatch(one[: found.start]):
                yield HistoricDate.parse(found.record)
    for one in reversed(words[-_LAST:]):
        for found in dates(one) if len(one) <= _SHORT else ():
            if found.score == SAID and len(found.record) == 10:
                yield HistoricDate.parse(found.record)
