"""What a source says of a field, in the reader's words: the field's label, and its value as pages show values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import override

from cstokb.dates import EdtfField, HistoricDate, InvalidDate, describe
from cstokb.listing import registry
from cstokb.records.models import Record


def column_of(model: type[Record], name: str) -> Field[Any, Any] | None:
    """The model's field of that name, if there is one."""
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def field_words(model: type[Record], name: str | None) -> str:
    """The label of a field; of what is no field that of the list's column, and nothing for the record as a whole."""
    if not name:
        return ""
    column = column_of(model, name)
    if column is not None:
        return str(column.verbose_name)
    return registry.column_label(model.kind, name) or name.replace("_", " ")


def value_words(
    model: type[Record], name: str | None, value: Any, labels: Mapping[str, str], language: str
) -> str:
    """A stored value as a reader says it: a date in words, the label of a choice, the name of a record."""
    column = column_of(model, name or "")
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, EdtfField):
        return _date(value, language)
    if column is not None and column.choices:
        return str(_words_of(column).get(str(value), value))
    return labels.get(str(value), str(value))


def _words_of(column: Field[Any, Any]) -> dict[str, Any]:
    """The labels of a vocabulary, by its stored words and by its English labels, since sources are told in English."""
    with override("en"):
        english = {str(label): label for _word, label in column.flatchoices}
    return {**english, **{str(word): label for word, label in column.flatchoices}}


def _date(value: Any, language: str) -> str:
    try:
        return describe(value if isinstance(value, HistoricDate) else HistoricDate.parse(value), language)
    except InvalidDate:
        return str(value)
