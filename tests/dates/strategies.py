"""Dates for property tests."""

from datetime import date

from hypothesis import strategies as st

from cstokb.dates import HistoricDate


def _texts_of(day: date) -> list[str]:
    return [f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d}"[:7], f"{day:%Y-%m-%d}"[:4]]


# Away from the edges of the calendar, where widening stops; the edges have examples of their own.
days = st.dates(date(1001, 1, 1), date(9000, 12, 31))
certain_texts = days.flatmap(lambda day: st.sampled_from(_texts_of(day)))
approximate_texts = certain_texts.map(lambda text: f"{text}~")
dated = (certain_texts | approximate_texts).map(HistoricDate.parse)
historic_dates = dated | st.just(HistoricDate.UNKNOWN)
