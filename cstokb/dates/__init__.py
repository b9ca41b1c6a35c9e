"""Dates as well as they are known, periods between them, and answers that may be "not known".

Knows nothing of the domain: pure Python, and the model and form fields that store it.
"""

from cstokb.dates.answers import Answer, Verdict
from cstokb.dates.display import describe
from cstokb.dates.fields import BoundField, EdtfField, bounds_check, date_order, meets, period_check
from cstokb.dates.forms import EdtfFormField
from cstokb.dates.historic import HistoricDate, InvalidDate, Precision, sort_key
from cstokb.dates.parameters import bound_day, parse_day, parse_known_on
from cstokb.dates.period import Period, holding, last_day_before_act, possibly_holding, unknown_holding

__all__ = [
    "Answer",
    "BoundField",
    "EdtfField",
    "EdtfFormField",
    "HistoricDate",
    "InvalidDate",
    "Period",
    "Precision",
    "Verdict",
    "bound_day",
    "bounds_check",
    "date_order",
    "describe",
    "holding",
    "last_day_before_act",
    "meets",
    "parse_day",
    "parse_known_on",
    "period_check",
    "possibly_holding",
    "sort_key",
    "unknown_holding",
]
