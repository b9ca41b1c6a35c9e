"""Evidence and names beside a record: edited as lists, and handed to the writer as whole lists."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.records.admin.columns import described
from cstokb.records.admin.fields import FindMixin, FormsWithRecords
from cstokb.records.models import Evidence, NameForm, Record
from cstokb.records.payload import record_fields
from cstokb.records.writer.satellites import EVIDENCE, NAMES, Satellite


class ListFormSet(BaseModelFormSet[Any, Any]):
    """Rows that belong to one entry. Nothing is saved here: ``rows`` is the list as it should be.

    A row that somebody else took away meanwhile keeps what was typed: the key of a row is not looked up.
    """

    model: Any
    satellite: Satellite

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: Record | None = None,
        queryset: QuerySet[Any],
        save_as_new: bool = False,
        **kwargs: Any,
    ) -> None:
        self.instance = instance
        key = instance.pk if instance is not None else None
        super().__init__(data, files, queryset=queryset.filter(entry_id=key), **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        """The word under which the lists are posted."""
        return cls.satellite.name

    def add_fields(self, form: Any, index: int | None) -> None:
        """Put the key beside each row without asking for the row behind it."""
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=form.instance.pk
        )

    def filled(self) -> list[Any]:
        """The forms whose rows should stand."""
        return [form for form in self.forms if self._stands(form)]

    def _stands(self, form: Any) -> bool:
        kept = form.has_changed() or form.instance.pk is not None
        return kept and not form.cleaned_data.get(DELETION_FIELD_NAME)

    def rows(self) -> list[Any]:
        """The list as it should be, as rows that are not saved."""
        names = [f.name for f in self.model._meta.concrete_fields if f.name in self._asked_for()]
        return [
            self.model(**{name: getattr(form.instance, name) for name in names}) for form in self.filled()
        ]

    def _asked_for(self) -> set[str]:
        return set(self.form.base_fields)

    def clean(self) -> None:
        """Say where a row stands in the list twice: the writer would keep only the first."""
        seen: set[tuple[Any, ...]] = set()
        for form in self.filled():
            if form.errors:
                continue
            key = tuple(getattr(form.instance, name) for name in self.satellite.key)
            if key in seen:
                form.add_error(None, _("This stands in the list already."))
            seen.add(key)


class EvidenceFormSet(ListFormSet):
    """The evidence of a record; each row says which field it concerns."""

    satellite = EVIDENCE

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer the record's fields, and name the chosen source without a query for each row."""
        super().add_fields(form, index)
        if "field" in form.fields:
            choices = self.field_choices() | {
                form.instance.field: form.instance.field or _("the whole record")
            }
            form.fields["field"].widget = forms.Select(choices=list((choices | self.field_choices()).items()))
        widget = getattr(form.fields.get("source"), "widget", None)
        widget = getattr(widget, "widget", widget)
        if isinstance(widget, FindMixin) and form.instance.pk:
            widget.labels = {form.instance.source_id: described(form.instance.source.entry)}

    def field_choices(self) -> dict[str, str]:
        """The fields that evidence can concern."""
        model = type(self.instance) if self.instance is not None else None
        fields = record_fields(model) if model else []
        return {"": _("the whole record")} | {f.name: capfirst(str(f.verbose_name)) for f in fields}


class NameFormSet(ListFormSet):
    """The spellings of a record's name, without those that its own fields spell."""

    satellite = NAMES


class ListInlineChecks(InlineModelAdminChecks):
    """The rows hang on the record's entry, not on the record; there is no key to check."""

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class ListInline(FormsWithRecords, admin.options.InlineModelAdmin[Any, Any]):
    """A list beside a record."""

    formset: Any  # a ListFormSet
    checks_class = ListInlineChecks
    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A formset whose rows hang on the record's entry."""
        can_change = self.has_change_permission(request, obj)
        return modelformset_factory(
            self.model,
            form=self.form,
            formset=self.formset,
            fields=flatten_fieldsets(self.get_fieldsets(request, obj)),
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=self.get_extra(request, obj),
            can_delete=can_change,
        )

    # Who may change the record may change its lists; the writer takes them together.
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        meta = self.parent_model._meta
        verb = "change" if obj is not None else "add"
        return request.user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        meta = self.parent_model._meta
        return request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}")


class EvidenceInline(ListInline):
    """Where the record is written."""

    model = Evidence
    formset = EvidenceFormSet
    template = "admin/edit_inline/stacked.html"
    verbose_name_plural = gettext_lazy("Evidence")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "source",
                    ("field", "stance", "rank"),
                    ("value", "locator"),
                    "quotation",
                    ("note_en", "note_ru"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("source__entry")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Short boxes: a quotation and a note are a sentence or two."""
        if db_field.name in {"quotation", "note_en", "note_ru"}:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 60})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class NameInline(ListInline):
    """Other spellings of the record's name."""

    model = NameForm
    formset = NameFormSet
    template = "admin/edit_inline/tabular.html"
    verbose_name_plural = gettext_lazy("Other names and spellings")
    fields = ("text", "kind", "language", "script", "began_on", "ended_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(own=False)
