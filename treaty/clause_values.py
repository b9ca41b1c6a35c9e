"""Final clauses and the dates that follow from them, as the API says them with their instrument."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import Answer, HistoricDate
from cstokb.listing.columns import Data
from treaty.choices import ClauseRule, TimeUnit
from treaty.final import Told

Item = dict[str, Any]


def clause_items(told: Told) -> list[Item]:
    """The clauses as the API says them with their instrument; references as row ids."""
    return [
        {
            "id": row["entry__slug"],
            "rule": row["rule"],
            "provision": row["provision_id"],
            "count": row["count"],
            "span": row["span"],
            "unit": row["unit"] or None,
            "other": row["other_id"],
        }
        for row in told.rows
    ]


def computed_items(told: Told) -> list[Item]:
    """The dates that follow, beside the stored ones, as the API says them."""
    return [
        {
            "clause": one.clause,
            "name": one.name,
            "of": one.of,
            "state": one.state,
            "computed": one.bound.known.edtf,
            "at_the_earliest": one.least,
            "stored": _edtf(one.stored),
            "agrees": Answer(one.agrees).value,
            "blocked_by": list(one.blocked_by),
        }
        for one in told.computed
    ]


def _edtf(value: HistoricDate | None) -> str | None:
    return value.edtf if value else None


CLAUSE_DETAILS = (
    Data(
        "clauses",
        _("its final clauses"),
        lambda row, made: clause_items(made["told"]),
        ids=("provision", "other"),
        title="FinalClauseOfInstrument",
        members={
            "id": serializers.CharField(),
            "rule": serializers.ChoiceField(choices=ClauseRule.values),
            "provision": serializers.CharField(allow_null=True),
            "count": serializers.IntegerField(allow_null=True),
            "span": serializers.IntegerField(allow_null=True),
            "unit": serializers.ChoiceField(choices=TimeUnit.values, allow_null=True),
            "other": serializers.CharField(allow_null=True),
        },
    ),
    Data(
        "computed",
        _("dates that follow from its final clauses, beside the stored ones"),
        lambda row, made: computed_items(made["told"]),
        title="ComputedDate",
        members={
            "clause": serializers.CharField(),
            "name": serializers.CharField(help_text="The field that stores the date, or term_ends_on."),
            "of": serializers.CharField(help_text="The instrument or the act that it is a date of."),
            "state": serializers.CharField(allow_null=True),
            "computed": serializers.CharField(help_text="An EDTF date; XXXX: not known."),
            "at_the_earliest": serializers.BooleanField(help_text="Whether a later day agrees too."),
            "stored": serializers.CharField(allow_null=True),
            "agrees": serializers.ChoiceField(choices=[answer.value for answer in Answer]),
            "blocked_by": serializers.ListField(child=serializers.CharField()),
        },
    ),
)
