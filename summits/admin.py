"""The curators' pages of sessions, attendance, the chair, invocations, activities and milestones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cstokb.records.admin import IdRule, RecordAdmin
from cstokb.records.scope import NOW
from summits.models import (
    Activity,
    ActivityState,
    AdoptedInstrument,
    AgendaItem,
    Attendance,
    ChairException,
    Chairmanship,
    Invocation,
    InvocationDocument,
    InvocationStep,
    Milestone,
    Session,
)
from summits.turns import computed_words, contradicted


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Meetings of organs, the newest first."""

    columns = ("title_ru", "type", "status", "organ", "began_on")
    filters = ("organ", "country")
    ordering = (F("began_on_min").desc(nulls_last=True), "-pk")
    id_rule = IdRule(
        reserved=frozenset({"attendance", "chairmanships"}), example="2022-05-16-moscow", days=False
    )


@admin.register(AgendaItem)
class AgendaItemAdmin(RecordAdmin):
    """Points of agendas."""

    columns = ("session", "order", "text_ru")
    filters = ("session",)
    id_rule = IdRule(example="2022-05-16-moscow/agenda-1", below="session")


@admin.register(Attendance)
class AttendanceAdmin(RecordAdmin):
    """Who sat for whom."""

    columns = ("session", "state", "organ", "person", "capacity", "mode", "signed")
    filters = ("state", "session")
    id_rule = IdRule(example="2022-05-16-moscow/arm", below="session")


@admin.register(AdoptedInstrument)
class AdoptedInstrumentAdmin(RecordAdmin):
    """Texts that sessions adopted."""

    columns = ("session", "order", "type", "instrument")
    filters = ("session",)
    id_rule = IdRule(example="2022-05-16-moscow/text-1", below="session")


class DisagreeingFilter(admin.SimpleListFilter):
    """Chairmanships that are not those which follow from the Charter's rule."""

    title = _("the Charter's rule")
    parameter_name = "computed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("disagrees", _("disagree with it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=contradicted(NOW)) if self.value() == "disagrees" else queryset


@admin.register(Chairmanship)
class ChairmanshipAdmin(RecordAdmin):
    """Who held the chair."""

    columns = ("state", "person", "began_on", "ended_on", "basis")
    filters = ("state",)
    ordering = (F("began_on_min").desc(nulls_last=True), "-pk")
    id_rule = IdRule(example="arm/2021-09-16", below="state")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), DisagreeingFilter]

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        shown = super().get_list_display(request)
        return (*shown, "disagreeing") if request.GET.get("computed") else shown

    @admin.display(description=_("what follows from the rule"))
    def disagreeing(self, row: Chairmanship) -> str:
        """Who held the chair by the rule, and for which days."""
        found = contradicted(NOW).get(row.pk)
        return computed_words(found[1]) if found else ""


@admin.register(ChairException)
class ChairExceptionAdmin(RecordAdmin):
    """Where the Council decided otherwise than the Charter's rule."""

    columns = ("session", "state")
    filters = ("state",)
    id_rule = IdRule(example="2022-11-23-yerevan/chair", below="session")


@admin.register(Invocation)
class InvocationAdmin(RecordAdmin):
    """Requests under a provision, and what came of them."""

    columns = ("requested_on", "state", "provision", "outcome", "context")
    filters = ("state",)
    id_rule = IdRule(example="kaz-2022-01", days=False)


@admin.register(InvocationStep)
class InvocationStepAdmin(RecordAdmin):
    """Steps of invocations."""

    columns = ("invocation", "order", "done_on")
    filters = ("invocation",)
    id_rule = IdRule(example="kaz-2022-01/step-1", below="invocation")


@admin.register(InvocationDocument)
class InvocationDocumentAdmin(RecordAdmin):
    """Documents of invocations."""

    columns = ("invocation", "order", "title_en", "instrument", "session")
    filters = ("invocation",)
    id_rule = IdRule(example="kaz-2022-01/document-1", below="invocation")


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    """Operations and exercises."""

    columns = ("name_ru", "type", "status", "began_on", "ended_on", "place_en")
    ordering = (F("began_on_min").desc(nulls_last=True), "-pk")
    id_rule = IdRule(example="rubezh-2005", days=False)


@admin.register(ActivityState)
class ActivityStateAdmin(RecordAdmin):
    """States in operations and exercises."""

    columns = ("activity", "state", "role", "contingent")
    filters = ("state",)
    id_rule = IdRule(example="rubezh-2005/host/kgz", below="activity")


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    """Dated facts of the Organization."""

    columns = ("happened_on", "state", "organ", "instrument", "session", "planned")
    filters = ("state", "organ")
    id_rule = IdRule(example="1992-05-15-treaty-signed", days=False)
