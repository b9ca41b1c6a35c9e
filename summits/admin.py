"""The curators' pages of sessions, attendance, the chair, invocations, activities and milestones."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F

from cstokb.records.admin import IdRule, RecordAdmin
from summits.models import (
    Activity,
    ActivityState,
    AdoptedInstrument,
    AgendaItem,
    Attendance,
    Chairmanship,
    Invocation,
    InvocationStep,
    Milestone,
    Session,
)


@admin.register(Session)
class SessionAdmin(RecordAdmin):
    """Meetings of organs, the newest first."""

    columns = ("title_ru", "type", "format", "status", "organ", "began_on", "city_en")
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


@admin.register(Chairmanship)
class ChairmanshipAdmin(RecordAdmin):
    """Who held the chair."""

    columns = ("state", "person", "began_on", "ended_on", "basis")
    filters = ("state",)
    ordering = (F("began_on_min").desc(nulls_last=True), "-pk")
    id_rule = IdRule(example="arm/2021-09-16", below="state")


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
