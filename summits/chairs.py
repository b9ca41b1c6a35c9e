"""What a chairmanship says beside what is stored: the turn that follows from the rule, and readings of its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cstokb.dates import Answer, HistoricDate
from cstokb.dates.historic import InvalidDate
from cstokb.listing.ask import Ask
from cstokb.listing.columns import Choice, Data, Date, Ref, Texts
from cstokb.listing.evidence import ByEntry, Item, evidence_of
from cstokb.listing.table import Row
from summits.chair import UNCHECKED, Checked, Turn, same
from summits.choices import Agreement, ChairBasis
from summits.turns import Course, course

DAYS = ("began_on", "ended_on")


@dataclass(frozen=True)
class Reading:
    """What a source says of an end of a chairmanship, beside the computed day."""

    name: str
    value: HistoricDate
    item: Item
    computed: HistoricDate | None
    agrees: Answer


@dataclass(frozen=True)
class Computed:
    """What follows for some chairmanships, by row id, and the evidence of those of which it was asked."""

    course: Course
    checks: Mapping[int, Checked]
    evidence: ByEntry

    def turn(self, row: Row) -> Turn | None:
        """The turn that follows for a row, or stands where the rule has another state."""
        return self.checks.get(row["entry_id"], UNCHECKED).turn


def computed(rows: Sequence[Row], ask: Ask) -> Computed:
    """The turns beside the chairmanships of a page; one query."""
    told = course(ask)
    return Computed(told, told.checks(rows), {})


def with_readings(rows: Sequence[Row], ask: Ask) -> Computed:
    """The same with what sources say of their days."""
    made = computed(rows, ask)
    return Computed(made.course, made.checks, evidence_of([row["entry_id"] for row in rows], ask))


def readings(items: Sequence[Item], turn: Turn | None) -> Iterator[Reading]:
    """What sources say of the days of a chairmanship, each beside the computed day."""
    for item in items:
        name, value = item["field"], _date(item["value"])
        if name in DAYS and value is not None:
            day = getattr(turn, name) if turn else None
            answer = same(value, day) if turn and not turn.blocked_by else Answer.UNKNOWN
            yield Reading(name, value, item, day, answer)


def _date(text: str | None) -> HistoricDate | None:
    try:
        return HistoricDate.parse(text) if text else None
    except InvalidDate:
        return None


# -- columns -------------------------------------------------------------------------------------------------------

NEEDS = ("entry_id", "state_id", "began_on", "ended_on")


def _of_turn(name: str) -> Any:
    def read(row: Row, made: Computed) -> Any:
        turn = made.turn(row)
        return getattr(turn, name) if turn else None

    return read


def _agrees(row: Row, made: Computed) -> str:
    return made.checks.get(row["entry_id"], UNCHECKED).agrees.value


def _contradicted(row: Row, made: Computed) -> tuple[str, ...]:
    return made.checks.get(row["entry_id"], UNCHECKED).contradicted


def _rule(row: Row, made: Computed) -> int | None:
    return made.course.rule if made.turn(row) else None


COMPUTED = (
    Choice(
        "agrees",
        _("whether it is the chairmanship that follows from the Charter's rule"),
        _agrees,
        needs=NEEDS,
        words=Agreement,
    ),
    Texts("contradicted", _("its fields that certainly disagree with the rule"), _contradicted, needs=NEEDS),
    Ref("computed_state", _("state in the chair by the rule"), _of_turn("state"), needs=NEEDS),
    Date("computed_began_on", _("first day by the rule"), _of_turn("began_on"), needs=NEEDS),
    Date("computed_ended_on", _("last day by the rule; null: it goes on"), _of_turn("ended_on"), needs=NEEDS),
    Choice(
        "computed_basis",
        _("whether that turn follows from the rule or from an exception"),
        _of_turn("basis"),
        needs=NEEDS,
        words=ChairBasis,
    ),
    Ref("began_at", _("session at which that turn began"), _of_turn("began_at"), needs=NEEDS),
    Ref("ended_at", _("session at which it ended"), _of_turn("ended_at"), needs=NEEDS),
    Ref("exception", _("exception on which it rests"), _of_turn("exception"), needs=NEEDS),
    Ref("rule", _("provision in which the rule stands"), _rule, needs=NEEDS),
)


def _readings(row: Row, made: Computed) -> list[dict[str, Any]]:
    found = readings(made.evidence.get(row["entry_id"], ()), made.turn(row))
    return [
        {
            "field": one.name,
            "value": one.value.edtf,
            "source": one.item["source"],
            "quotation": one.item["quotation"],
            "stance": one.item["stance"],
            "computed": one.computed.edtf if one.computed else None,
            "agrees": one.agrees.value,
        }
        for one in found
    ]


def _text(label: Any = "") -> serializers.CharField:
    return serializers.CharField(allow_null=True, help_text=str(label))


CHAIR_DETAILS = (
    Data(
        "readings",
        _("what sources say of its days, each beside the day that follows from the rule"),
        _readings,
        needs=NEEDS,
        title="ChairmanshipReading",
        members={
            "field": serializers.ChoiceField(choices=DAYS),
            "value": serializers.CharField(),
            "source": serializers.CharField(),
            "quotation": _text(),
            "stance": serializers.CharField(),
            "computed": _text(_("Null: the rule gives no day.")),
            "agrees": serializers.ChoiceField(choices=Agreement.values),
        },
    ),
)
