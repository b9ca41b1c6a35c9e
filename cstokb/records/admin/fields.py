"""Form fields for references: a box in which records are found by any spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet

from cstokb.records.admin.columns import described
from cstokb.records.admin.guard import is_key
from cstokb.records.models import Entry, Record
from cstokb.records.payload import target


class FindMixin(AutocompleteMixin):
    """Names what is chosen by label, id and publication, without asking the database twice.

    ``labels`` holds what is known of the chosen records already, by key.
    """

    labels: dict[int, str]
    kind: str

    is_required: bool
    allow_multiple_selected: bool
    create_option: Callable[..., Any]

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """The chosen records only; the others are fetched as somebody types."""
        keys = [int(one) for one in value if is_key(one)]
        options = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        options += list(self._named(keys).items())
        made = [
            self.create_option(name, key, label, {str(one) for one in keys}, index)
            for index, (key, label) in enumerate(options)
        ]
        return [(None, made, 0)]

    def _named(self, keys: list[int]) -> dict[Any, str]:
        known = {key: self.labels[key] for key in keys if key in self.labels}
        missing = set(keys) - known.keys()
        if missing:
            entries = Entry.objects.filter(kind=self.kind, pk__in=missing)
            known |= {entry.pk: described(entry) for entry in entries}
        return known


class RecordSelect(FindMixin, forms.Select):
    """One record."""


class RecordSelectMultiple(FindMixin, forms.SelectMultiple):
    """Several records."""


def select(field: ForeignKey[Any, Any], site: Any, *, several: bool = False) -> forms.Select:
    """The widget for a field that refers to records."""
    model = target(field)
    widget = (RecordSelectMultiple if several else RecordSelect)(field, site)
    widget.labels, widget.kind = {}, model.kind if model else ""
    return widget


class RecordChoiceField(forms.ModelChoiceField[Any]):
    """A reference to one record by its key."""

    def to_python(self, value: Any) -> Any:
        """Refuse what can be no key before a database is asked."""
        if value in self.empty_values or isinstance(value, Record) or is_key(value):
            return super().to_python(value)
        raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})


class RecordsChoiceField(forms.ModelMultipleChoiceField[Any]):
    """References to several records by their keys."""

    def clean(self, value: Any) -> QuerySet[Any]:
        """Refuse what can be no key before a database is asked."""
        for one in value or ():
            if not is_key(one):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one}
                )
        return super().clean(value)


class FormsWithRecords:
    """For model admins and inlines: every reference to a record is a box that finds records."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: Any, **kwargs: Any) -> Any:
        model = target(db_field)
        if model is not None:
            kwargs |= {
                "form_class": RecordChoiceField,
                "widget": select(db_field, self.admin_site),
                "queryset": model._base_manager.select_related("entry"),
                "to_field_name": None,
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
