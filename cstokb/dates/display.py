"""Dates in words, for readers."""

from __future__ import annotations

from cstokb.dates.historic import HistoricDate

NO_BREAK = "\u00a0"

# Tables and no message catalogue: the caller names the language, and Russian needs the month in two cases.
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RUSSIAN = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_RUSSIAN_OF = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTH_ALONE = {"en": _ENGLISH, "ru": _RUSSIAN}
_MONTH_WITHIN = {"en": _ENGLISH, "ru": _RUSSIAN_OF}
#: What months are called beside a day, in each language.
MONTHS_BESIDE_A_DAY = tuple(_MONTH_WITHIN.values())
_ABOUT = {"en": "about", "ru": "около"}
_NOT_KNOWN = {"en": "date not known", "ru": "дата не известна"}


def describe(value: HistoricDate | None, language: str, *, after_since: bool = False) -> str:
    """Say a date in English (``en``) or Russian (``ru``) as exactly as it is known: 16 May 2022, май 1992,
    about 1992.

    ``after_since`` is the form behind a word that asks for the genitive, such as с, до, от and после: с мая 1992.
    Behind по, and by itself, a month stands as it is called. The parts are joined by no-break spaces, so that a date
    stays on one line. Raises KeyError for another language.
    """
    if value is None or value.year is None:
        return _NOT_KNOWN[language].replace(" ", NO_BREAK)
    parts = [_ABOUT[language]] if value.approximate else []
    if value.day is not None:
        parts.append(str(value.day))
    if value.month is not None:
        # "16 мая", "около мая" and "с мая" ask for the genitive, a month by itself stands in the nominative.
        months = _MONTH_WITHIN if parts or after_since else _MONTH_ALONE
        parts.append(months[language][value.month - 1])
    return NO_BREAK.join([*parts, str(value.year)])
