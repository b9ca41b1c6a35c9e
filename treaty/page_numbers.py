"""What the page of a provision says of its number: those it bore, and where a number passed to another provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cstokb.dates import Answer
from treaty.numbering import ProvisionName
from treaty.page_parts import Item, within
from treaty.texts import Row

if TYPE_CHECKING:
    from treaty.page_provision import Single


def number_table(single: Single) -> Item | None:
    """The numbers it bore, where they changed."""
    if not single.part.numbers:
        return None
    rows = [
        [
            {"text": ProvisionName(single.part.type, one.number).text(single.ask.language)},
            {"began_on": one.period.began_on, "ended_on": one.period.ended_on},
        ]
        for one in single.part.numbers
    ]
    columns = [{"label": _("Number")}, {"label": _("Days")}]
    return {"caption": _("Numbers over time"), "caption_hidden": True, "columns": columns, "rows": rows}


def passed_on(single: Single) -> Item | None:
    """Where the number in the address belongs to another provision on the day, or the other way round."""
    others = [row for row in single.neighbours if row["entry_id"] != single.part.entry_id]
    here, mine = single.row["eid"], _anchor(single.row, single.reading.number)
    bearing = [row for row in others if here in _anchors_on(single, row)]
    named = [row for row in others if row["eid"] == mine and mine != here]
    links = [_twin(single, row) for row in (*bearing, *named)]
    if not links:
        return None
    return {
        "kind": "acc",
        "title": _("This number has passed from one provision to another."),
        "links": links,
    }


def _twin(single: Single, row: Row) -> Item:
    label = _("On this day %(address)s is %(name)s") % {
        "address": row["entry__slug"],
        "name": single.name_of(row),
    }
    return {"url": within(single.ask, f"/treaties/{row['entry__slug']}/"), "label": label}


def _anchor(row: Row, number: str) -> str:
    return ProvisionName(row["type"], number).anchor


def _anchors_on(single: Single, row: Row) -> set[str]:
    return {
        _anchor(row, one.number)
        for one in single.borne(row)
        if one.period.holds(single.ask.day) is Answer.YES
    }
