"""The curators' pages of instruments, provisions, wordings, amendments, acts and the ties between them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstokb.records.admin import IdRule, RecordAdmin
from cstokb.records.scope import NOW
from treaty import final
from treaty.models import (
    ActionProvision,
    Amendment,
    FinalClause,
    Instrument,
    InstrumentRelation,
    Provision,
    ProvisionNumber,
    ProvisionReference,
    ProvisionText,
    TreatyAction,
)
from treaty.models.instruments import RESERVED_IDS


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    """Legal acts as works."""

    columns = ("title_ru", "type", "signed_on", "in_force_on", "ended_on", "external")
    search_also = ("unts_number__iexact", "official_url__icontains")
    id_rule = IdRule(reserved=RESERVED_IDS, example="cst", days=False)


@admin.register(Provision)
class ProvisionAdmin(RecordAdmin):
    """Addressable parts of instruments."""

    columns = ("instrument", "type", "number", "eid", "order", "heading_en")
    filters = ("instrument",)
    id_rule = IdRule(reserved=RESERVED_IDS, example="cst/art-4", below="instrument", days=False)


@admin.register(ProvisionNumber)
class ProvisionNumberAdmin(RecordAdmin):
    """Numbers of provisions that were renumbered."""

    columns = ("provision", "number", "began_on", "ended_on")
    id_rule = IdRule(example="cst/art-4/number-1", below="provision")


@admin.register(ProvisionText)
class ProvisionTextAdmin(RecordAdmin):
    """Wordings of provisions."""

    columns = ("provision", "language", "standing", "began_on", "ended_on", "made_by")
    filters = ("made_by",)
    id_rule = IdRule(example="cst/art-4/en/2012-12-19", below="provision")


@admin.register(ProvisionReference)
class ProvisionReferenceAdmin(RecordAdmin):
    """What a provision refers to."""

    columns = ("provision", "target_provision", "target_instrument", "why_en")
    id_rule = IdRule(example="charter/art-1/ref-1", below="provision")


@admin.register(Amendment)
class AmendmentAdmin(RecordAdmin):
    """What one instrument changed in another, provision by provision."""

    columns = ("instrument", "provision", "effect", "made_by", "began_on", "ended_on", "wording")
    filters = ("made_by", "instrument")
    id_rule = IdRule(example="cst-protocol-2010/amends/cst/art-4", below="made_by")


@admin.register(TreatyAction)
class TreatyActionAdmin(RecordAdmin):
    """Acts of states upon instruments."""

    columns = ("instrument", "state", "type", "done_on", "effective_on", "scope", "objects_to", "disputed")
    filters = ("state", "instrument")
    id_rule = IdRule(example="cst/kaz/ratification/1993-12", below="instrument")


@admin.register(ActionProvision)
class ActionProvisionAdmin(RecordAdmin):
    """Provisions that acts concern."""

    columns = ("action", "provision")
    filters = ("action", "provision")
    id_rule = IdRule(example="cst/kaz/reservation/1993-12/art-4", below="action")


class DisagreeingFilter(admin.SimpleListFilter):
    """Clauses from which another date follows than the stored one."""

    title = _("computed dates")
    parameter_name = "computed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("disagrees", _("disagree with stored ones"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "disagrees":
            return queryset
        found = {one.clause for told in final.told(NOW).values() for one in told.contradictions}
        return queryset.filter(entry__slug__in=found)


@admin.register(FinalClause)
class FinalClauseAdmin(RecordAdmin):
    """What instruments lay down about their own time."""

    columns = ("instrument", "provision", "rule", "count", "span", "unit", "other")
    filters = ("instrument",)
    id_rule = IdRule(example="cst/clause/term", below="instrument")

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_filter(request), DisagreeingFilter]

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        shown = super().get_list_display(request)
        return (*shown, "disagreeing") if request.GET.get("computed") else shown

    @admin.display(description=_("what disagrees"))
    def disagreeing(self, row: FinalClause) -> str:
        """The records whose stored date is another, each with both days."""
        told = final.told(NOW, [row.instrument_id]).get(row.instrument_id, final.Told())
        found = [one for one in told.contradictions if one.clause == row.public_id]
        said = gettext("%(record)s: stored %(stored)s, computed %(computed)s")
        return "; ".join(
            said % {"record": one.of, "stored": one.stored, "computed": one.bound.known} for one in found
        )


@admin.register(InstrumentRelation)
class InstrumentRelationAdmin(RecordAdmin):
    """How instruments stand to one another."""

    columns = ("source", "verb", "target")
    filters = ("source", "target")
    id_rule = IdRule(example="charter-protocol-2010/amends/charter", below="source")
