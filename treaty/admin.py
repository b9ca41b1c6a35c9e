"""The curators' pages of instruments, provisions, wordings, amendments, acts and the ties between them."""

from __future__ import annotations

from django.contrib import admin

from cstokb.records.admin import IdRule, RecordAdmin
from treaty.models import (
    Amendment,
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

    columns = ("instrument", "state", "type", "done_on", "effective_on", "scope", "disputed")
    filters = ("state", "instrument")
    id_rule = IdRule(example="cst/kaz/ratification/1993-12", below="instrument")


@admin.register(InstrumentRelation)
class InstrumentRelationAdmin(RecordAdmin):
    """How instruments stand to one another."""

    columns = ("source", "verb", "target")
    filters = ("source", "target")
    id_rule = IdRule(example="charter-protocol-2010/amends/charter", below="source")
