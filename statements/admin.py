"""The curators' pages of statements, their language versions and passages, and the states behind them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from cstokb.records.admin import IdRule, RecordAdmin
from cstokb.records.admin.columns import moment
from statements.choices import ReferenceBasis
from statements.models import Joined, Passage, PassageReference, Statement, StatementText


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    """Texts issued by organs, states and speakers, the newest first."""

    columns = ("title_ru", "type", "issued_on", "issuer", "organ", "speaker", "session")
    filters = ("organ", "session")
    ordering = (F("issued_on_min").desc(nulls_last=True), "-pk")
    id_rule = IdRule(
        reserved=frozenset({"compare", "formulas", "passages"}),
        example="2022-05-16-anniversary",
        days=False,
    )


@admin.register(StatementText)
class StatementTextAdmin(RecordAdmin):
    """Language versions whose words are held."""

    columns = ("statement", "language", "original", "standing", "complete")
    id_rule = IdRule(example="2022-05-16-anniversary/en", below="statement")


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    """Paragraphs of statements, citable for ever."""

    columns = ("statement", "statement_text", "anchor", "order", "role", "speaker")
    ordering = ("statement", "statement_text", "order")
    id_rule = IdRule(example="2022-05-16-anniversary/p7", below="statement")


@admin.register(PassageReference)
class PassageReferenceAdmin(RecordAdmin):
    """What passages cite or lean on."""

    columns = ("passage", "provision", "instrument", "basis")
    id_rule = IdRule(example="2022-05-16-anniversary/p7/ref-1", below="passage")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("tagged_by")

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        return (*super().get_list_display(request), "tagged")

    @admin.display(description=gettext_lazy("tagged by"), ordering="tagged_by")
    def tagged(self, row: PassageReference) -> str:
        """Whose tag it is, and since when it stands; readers see the day alone."""
        return f"{row.tagged_by}, {moment(row.entry.created_at)}" if row.tagged_by else ""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A tag is that of the person who set it, whoever publishes it."""
        made = form.instance
        if made.basis == ReferenceBasis.TAGGED and (not change or "basis" in form.changed_data):
            made.tagged_by = request.user
        super().save_related(request, form, formsets, change)


@admin.register(Joined)
class JoinedAdmin(RecordAdmin):
    """How states stood to collective texts."""

    columns = ("statement", "state", "standing")
    filters = ("state",)
    id_rule = IdRule(example="2022-05-16-anniversary/arm", below="statement")
