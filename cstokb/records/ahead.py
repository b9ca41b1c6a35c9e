"""What is entered as having happened on a day that has not come: often a slip of the pen, as 3013 for 2013."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstokb.dates import EdtfField, HistoricDate, describe
from cstokb.records.models import Record

#: The fields that say when something happened or began; what ends may well end later.
HAPPENED = ("issued_on", "done_on", "began_on", "signed_on", "established_on")
#: The status of what took place, in the kinds that tell it from what is planned or was cancelled.
HELD = "held"


def warnings(record: Record, today: date) -> list[str]:
    """A sentence for each date of a record that lies after today; none for what is only planned."""
    language = "ru" if (get_language() or "").startswith("ru") else "en"
    said = _("%(field)s: %(date)s lies in the future.")
    return [
        said % {"field": capfirst(str(field.verbose_name)), "date": describe(value, language)}
        for field, value in _ahead(record, today)
    ]


def _ahead(record: Record, today: date) -> Iterator[tuple[EdtfField, HistoricDate]]:
    if getattr(record, "status", HELD) != HELD:
        return
    for field in record._meta.concrete_fields:
        if isinstance(field, EdtfField) and field.name in HAPPENED:
            value = field.value_from_object(record)
            if value is not None and value.earliest is not None and value.earliest > today:
                yield field, value
