"""Filters of the lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cstokb.records.admin.columns import shown_label, sort_column
from cstokb.records.choices import LinkState
from cstokb.records.models import Entry
from cstokb.records.queues import link_found, open_contradictions, without_russian
from cstokb.records.registry import record_models

MOST_CHOICES = 40
#: Of a row id that a database can hold.
MOST_DIGITS = 19


class RecordFilter(admin.RelatedFieldListFilter):
    """The records that a field may refer to, by label; of too many to choose from, the one that the address names."""

    def field_choices(
        self, field: Field[Any, Any], request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        kind = field.related_model.kind  # type: ignore[union-attr]  # the field refers to a record
        entries = Entry.objects.filter(kind=kind).order_by(sort_column(""), "pk")[: MOST_CHOICES + 1]
        found: list[tuple[str, Any]] = [(str(entry.pk), shown_label(entry)) for entry in entries]
        if len(found) <= MOST_CHOICES:
            return found
        chosen = [str(one) for one in self.lookup_val or () if str(one).isdecimal()]
        named = Entry.objects.filter(kind=kind, pk__in=[one for one in chosen if len(one) < MOST_DIGITS])
        return [(str(entry.pk), shown_label(entry)) for entry in named]

    def has_output(self) -> bool:
        """Also where the address names a record: a filter that is not shown would narrow nothing, and say nothing."""
        return bool(self.lookup_val) or super().has_output()


class KindFilter(admin.SimpleListFilter):
    """The kinds of records."""

    title = _("kind")
    parameter_name = "kind"
    path = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        models = sorted(record_models().items())
        return [(kind, model._meta.verbose_name) for kind, model in models]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class KindOfEntryFilter(KindFilter):
    """The kinds of the records that rows belong to."""

    path = "entry__kind"


class MissingRussianFilter(admin.SimpleListFilter):
    """Records without a Russian name or title."""

    title = _("Russian name")
    parameter_name = "russian"
    path = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(without_russian(self.path)) if self.value() == "missing" else queryset


class MissingRussianRecordFilter(MissingRussianFilter):
    """The same in the list of one kind."""

    path = "entry__"


class ContradictionFilter(admin.SimpleListFilter):
    """Evidence that speaks against a record and was not weighed yet."""

    title = _("contradictions")
    parameter_name = "contradictions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("not weighed yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return open_contradictions(queryset) if self.value() == "open" else queryset


class LinkFilter(admin.SimpleListFilter):
    """Sources by what asking their address found."""

    title = _("address")
    parameter_name = "link"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*LinkState.choices, ("never", _("never asked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "never":
            return queryset.exclude(url="").filter(~link_found())
        return queryset.filter(link_found(self.value())) if self.value() in LinkState.values else queryset
