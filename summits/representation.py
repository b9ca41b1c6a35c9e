"""How one state was represented in the meetings of the Council over time: fetched once, drawn and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.plain_table import plain_table
from cstokb.listing.prepared import ID, prepared
from cstokb.listing.together import Wanted
from cstokb.records.scope import Scope
from summits.levels import Lane, Sitting, lanes, sitting
from summits.matrix import ACT, TREATY, Parties
from summits.models import Attendance, Session
from summits.signs import LEGEND
from treaty.models import Instrument, TreatyAction
from treaty.status import Act, history

Part = dict[str, Any]
SEAT = ("session_id", "capacity", "mode", "signed", "represents_id")
#: The place where a section of this kind is drawn.
TEMPLATE = "summits/levels.html"


def representation(state: int, ask: Ask) -> list[Lane]:
    """The levels at which a state sat in the meetings that took place; one query.

    Meetings without a record of it count while it may have been a party to the Treaty; planned and cancelled sessions
    and decisions by consultation never do.
    """
    return ask.once(("representation", state), lambda: lanes(_sittings(state, ask)))


def _sittings(state: int, ask: Ask) -> list[Sitting]:
    meetings, seats, done = _told(ask.scope, state=state)
    sat = {seat["session_id"]: {**seat, "represents": seat["represents_id"]} for seat in seats}
    told = [Act(*(act[name] for name in ACT[1:-1])) for act in done]
    general = done[0]["in_force_on"] if done else None
    parties = Parties({}, {state: history(told, general)} if told else {})
    return [
        sitting(one["began_on"], sat.get(one["entry_id"]))
        for one in meetings
        if one["entry_id"] in sat or parties.expected(state, one["began_on"])
    ]


@prepared(state=ID)
def _told(scope: Scope, state: int) -> tuple[Wanted, ...]:
    """The meetings that count, the seats of a state, and its acts upon the Treaty."""
    rows = scope.rows
    council: Any = rows(Session)
    treaty = rows(Instrument).filter(entry__slug=TREATY)
    acts: Any = rows(TreatyAction).filter(state_id=state, instrument_id__in=treaty.values("entry_id"))
    dated = acts.in_order().annotate(in_force_on=Subquery(treaty.values("in_force_on")[:1]))
    return (
        Wanted.of(council.counted(), ("entry_id", "began_on")),
        Wanted.of(rows(Attendance).filter(state_id=state), SEAT),
        Wanted.of(dated, ACT),
    )


def section(state: int, public_id: str, ask: Ask) -> Part | None:
    """What templates/summits/levels.html draws; None for a state that is known from no meeting."""
    found = representation(state, ask)
    if not any(lane.level != "not-known" for lane in found):
        return None
    kinds = {one.sign for lane in found for one in lane.sittings}
    return {
        "id": "representation",
        "title": _("Level of representation over time"),
        "template": TEMPLATE,
        "rows": [
            {"label": lane.label, "signs": [{"on": s.on, "kind": s.sign} for s in lane.sittings]}
            for lane in found
        ],
        "legend": [kind for kind in LEGEND if kind in kinds],
        "table": counts(found),
        "all_url": ask.localised(f"/attendances/?state={public_id}"),
    }


def counts(found: Sequence[Lane]) -> Part:
    """The numbers of the drawing: how many meetings at each level, the first and the last of them."""
    heads = (_("Level"), _("Meetings"), _("First"), _("Last"))
    rows = [
        [
            {"text": lane.label},
            {"text": str(len(lane.sittings))},
            {"date": lane.sittings[0].on},
            {"date": lane.sittings[-1].on},
        ]
        for lane in found
    ]
    return plain_table(_("Level of representation"), heads, rows)


def of_state(line: Line, ask: Ask) -> Part | None:
    """The section on the page of a state."""
    return section(line.entry_id, line.id, ask)


TIMELINES = {"state": (of_state,)}
