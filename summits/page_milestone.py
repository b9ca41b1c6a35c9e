"""The page of a milestone, as its template shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from summits.facts import fact_of, own
from summits.models import Milestone
from summits.readings import Backed, sheet


def context(line: Line, found: ByEntry, ask: Ask) -> dict[str, Any]:
    """What the template of a milestone is given."""
    said = sheet([Backed(line.entry_id, Milestone, values=line.values)], found, {}, ask)
    return {
        "kind": _("Was only planned") if line.values["planned"] else _("Milestone"),
        "facts": [
            {"label": _("Day"), "date": line.dates["happened_on"]},
            {"label": _("Place"), "text": own(line.values, "place", ask)},
            fact_of(_("State"), line, "state", ask),
            fact_of(_("Organ"), line, "organ", ask),
            fact_of(_("Instrument"), line, "instrument", ask),
            fact_of(_("Session"), line, "session", ask),
        ],
        "evidence": said.notes,
        "disputes": said.readings,
    }
