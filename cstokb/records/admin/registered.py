"""Pages of what all records share: sources and topics to edit, everything the writer keeps to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstokb.records.admin.base import RecordAdmin
from cstokb.records.admin.columns import moment, shown_label
from cstokb.records.admin.filters import (
    ContradictionFilter,
    KindFilter,
    KindOfEntryFilter,
    LinkFilter,
    MissingRussianFilter,
)
from cstokb.records.admin.guard import ReadOnlyAdmin
from cstokb.records.admin.ids import IdRule
from cstokb.records.admin.search import searched
from cstokb.records.admin.standing import ReviewOfEntryFilter, stands, with_proposals
from cstokb.records.models import Address, ChangeEvent, DataLoad, Entry, Evidence, NameForm, Source, Topic
from cstokb.records.registry import model_of


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Where facts are written."""

    columns = ("publisher", "type", "language", "published_on")
    search_also = ("url__icontains",)
    id_rule = IdRule(example="bd0dc0c4e3")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), LinkFilter]


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    """Subject headings."""

    columns = ("label_ru", "parent")
    filters = ("parent",)
    id_rule = IdRule(example="peacekeeping", days=False)


def edit_url(entry: Entry) -> str:
    """The curators' page of a record."""
    meta = model_of(entry.kind)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def record_link(entry: Entry) -> str:
    """The record's label, leading to its page."""
    return format_html('<a href="{}">{}</a>', edit_url(entry), shown_label(entry))


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """All records in one list, whatever their kind: the drafts with their reasons, and those without Russian."""

    list_display = ("record", "kind_name", "slug", "standing", "reason", "visibility", "changed")
    list_display_links = None
    list_filter = (KindFilter, "publication", ReviewOfEntryFilter, "visibility", MissingRussianFilter)
    ordering = ("kind", "sort_en", "pk")
    search_fields = ("sort_en",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_proposals(super().get_queryset(request), "pk")

    @admin.display(description=_("publication"), ordering="publication")
    def standing(self, row: Any) -> str:
        """Whether it is a draft, published or withdrawn, and what is proposed for it."""
        return stands(row, row.proposal_state, row.asked_state)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return searched(queryset, search_term, entry=""), False

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, row: Entry) -> str:
        """The moment of the last change."""
        return moment(row.changed_at)

    @admin.display(description=_("record"), ordering="sort_en")
    def record(self, row: Entry) -> str:
        """The record, leading to its form."""
        return record_link(row)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, row: Entry) -> Any:
        """What sort of record it is."""
        return model_of(row.kind)._meta.verbose_name


class OfEntryAdmin(ReadOnlyAdmin):
    """Lists of rows that belong to a record."""

    list_select_related: ClassVar[Any] = ("entry",)
    search_fields = ("entry__sort_en",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return searched(queryset, search_term), False

    @admin.display(description=_("record"), ordering="entry__sort_en")
    def record(self, row: Any) -> str:
        """The record, leading to its form."""
        return record_link(row.entry)

    @admin.display(description=_("kind"), ordering="entry__kind")
    def kind_name(self, row: Any) -> Any:
        """What sort of record it is."""
        return model_of(row.entry.kind)._meta.verbose_name


@admin.register(Evidence)
class EvidenceAdmin(OfEntryAdmin):
    """What sources say; it is changed beside its record."""

    list_display = ("record", "kind_name", "field", "stance", "rank", "value", "source_name", "locator")
    list_display_links = None
    list_filter = (ContradictionFilter, "stance", "rank", KindOfEntryFilter)
    list_select_related = ("entry", "source__entry")
    ordering = ("-pk",)

    @admin.display(description=_("source"), ordering="source__entry__sort_en")
    def source_name(self, row: Evidence) -> str:
        """The source, leading to its form."""
        return record_link(row.source.entry)


@admin.register(NameForm)
class NameFormAdmin(OfEntryAdmin):
    """Every spelling under which a record is found; names are changed beside their record."""

    list_display = ("text", "record", "kind_name", "kind", "language", "script")
    list_display_links = None
    list_filter = ("kind", "language", "own", KindOfEntryFilter)
    ordering = ("folded", "pk")


@admin.register(ChangeEvent)
class ChangeEventAdmin(OfEntryAdmin):
    """Everything that happened to records."""

    list_display = ("happened_at", "kind", "record", "kind_name", "by", "reason", "public")
    list_display_links = None
    list_filter = ("kind", "public", KindOfEntryFilter)
    list_select_related = ("entry", "by")
    ordering = ("-pk",)

    @admin.display(description=_("at"), ordering="pk")
    def happened_at(self, row: ChangeEvent) -> str:
        """The moment of the change."""
        return moment(row.at)


@admin.register(Address)
class AddressAdmin(OfEntryAdmin):
    """Every path under which a record was ever published."""

    list_display = ("path", "record", "kind_name", "since", "current")
    list_display_links = None
    list_filter = ("current",)
    ordering = ("path",)

    @admin.display(description=_("since"), ordering="began_at")
    def since(self, row: Address) -> str:
        """The moment from which the path leads to the record."""
        return moment(row.began_at)


@admin.register(DataLoad)
class DataLoadAdmin(ReadOnlyAdmin):
    """Loads of the starter data."""

    list_display = ("loaded_at", "digest")
    ordering = ("-loaded_at",)
