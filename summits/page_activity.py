"""The page of an operation or an exercise, as its template shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.plain_table import plain_table
from summits.choices import ActivityKind, ActivityRole, ActivityStatus
from summits.facts import Fact, cell, links, own, sentence
from summits.models import Activity, ActivityState
from summits.parts import Part
from summits.readings import Backed, Sheet, sheet


def context(
    line: Line,
    parts: Sequence[Part],
    sessions: Sequence[int | None],
    names: Names,
    found: ByEntry,
    ask: Ask,
) -> dict[str, Any]:
    """What the template of an activity is given."""
    shown = [part for part in parts if part["state_id"] in names]
    backed = [Backed(line.entry_id, Activity, values=line.values)]
    backed += [
        Backed(part["entry_id"], ActivityState, names[part["state_id"]].label(ask.language), part)
        for part in shown
    ]
    said = sheet(backed, found, {}, ask)
    kind = str(ActivityKind(line.values["type"]).label)
    return {
        "kind": sentence(own(line.values, "nature", ask) or kind),
        "lede": own(line.values, "description", ask),
        "states": _states(shown, names, said, line.entry_id, ask),
        "mandate": own(line.values, "mandate", ask),
        "facts": [
            *_facts(line, ask),
            {"label": _("Sessions"), "links": links(dict.fromkeys(sessions), names, ask)},
        ],
        "evidence": said.notes,
        "disputes": said.readings,
    }


def _facts(line: Line, ask: Ask) -> list[Fact]:
    values = line.values
    return [
        {"label": _("Kind"), "text": sentence(str(ActivityKind(values["type"]).label))},
        {"label": _("Status"), "text": sentence(str(ActivityStatus(values["status"]).label))},
        {"label": _("Days"), "began_on": line.dates["began_on"], "ended_on": line.dates["ended_on"]},
        {"label": _("Place"), "text": own(values, "place", ask)},
        {"label": _("Series"), "text": own(values, "series", ask)},
        {"label": _("Strength"), "text": strength_in_words(values, ask)},
    ]


def strength_in_words(values: Mapping[str, Any], ask: Ask) -> str:
    """The strength in the words of the record, else the figure with its qualifier."""
    return own(values, "strength", ask) or number_in_words(values["strength"], values["strength_qualifier"])


def number_in_words(number: int | None, qualifier: str | None) -> str:
    """A figure as a source gives it: "over 2000"; nothing for none."""
    if number is None:
        return ""
    said = {"over": _("over %(n)s"), "about": _("about %(n)s"), "up to": _("up to %(n)s")}
    return said.get(qualifier or "", "%(n)s") % {"n": number}


def _states(parts: Sequence[Part], names: Names, said: Sheet, whole: int, ask: Ask) -> dict[str, Any] | None:
    """Hosts and participants with their contingents."""
    rows = [
        [
            cell(names[part["state_id"]], ask),
            {
                "text": ActivityRole(part["role"]).label,
                "lead": True,
                "refs": said.refs_beyond(part["entry_id"], whole),
            },
            {"text": number_in_words(part["contingent"], part["contingent_qualifier"])},
            {"text": own(part, "note", ask)},
        ]
        for part in parts
    ]
    return (
        plain_table(_("States"), (_("State"), _("Part"), _("Contingent"), _("Note")), rows) if rows else None
    )
