"""The form field for a historic date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.dates.historic import MOST_CHARACTERS, HistoricDate, InvalidDate, historic_or_none


class EdtfFormField(forms.Field):
    """A text box for a date in its text form; cleans to a HistoricDate, or to None when it is left empty."""

    widget = forms.TextInput
    forms_help_text = _("YYYY-MM-DD, YYYY-MM or YYYY; ~ behind it: approximate; XXXX: the day is not known.")

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        """Say which forms a date has, before what the owner of the field has to say."""
        both = format_lazy("{} {}", self.forms_help_text, help_text) if help_text else self.forms_help_text
        super().__init__(help_text=both, **kwargs)

    def to_python(self, value: Any) -> HistoricDate | None:
        """Read the text; the sentence of InvalidDate becomes the error of the field."""
        try:
            return historic_or_none(value)
        except InvalidDate as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored date in its text form, and a refused text as it was typed."""
        return value.edtf if isinstance(value, HistoricDate) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Keep the browser from completing, correcting or sending what no date can be."""
        attrs = super().widget_attrs(widget)
        return {
            **attrs,
            "size": 12,
            "maxlength": MOST_CHARACTERS,
            "autocomplete": "off",
            "spellcheck": "false",
        }
