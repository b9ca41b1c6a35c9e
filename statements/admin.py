"""The curators' pages of statements, their language versions and passages, and the states behind them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F

from cstokb.records.admin import IdRule, RecordAdmin
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


@admin.register(Joined)
class JoinedAdmin(RecordAdmin):
    """How states stood to collective texts."""

    columns = ("statement", "state", "standing")
    filters = ("state",)
    id_rule = IdRule(example="2022-05-16-anniversary/arm", below="statement")
