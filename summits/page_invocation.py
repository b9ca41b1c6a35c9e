"""The page of an invocation, as its template shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from summits.cards import outcome_in_words
from summits.facts import Fact, fact_of, own
from summits.models import Invocation
from summits.parts import Part
from summits.readings import Backed, sheet


def context(line: Line, steps: Sequence[Part], found: ByEntry, ask: Ask) -> dict[str, Any]:
    """What the template of an invocation is given."""
    said = sheet([Backed(line.entry_id, Invocation, values=line.values)], found, {}, ask)
    is_context = line.values["context"]
    return {
        "kind": outcome_in_words(line),
        "is_context": is_context,
        "why_context": own(line.values, "context", ask) if is_context else "",
        "told": _told(line, ask),
        "steps": [{"on": step["done_on"], "text": own(step, "text", ask)} for step in steps],
        "facts": _facts(line, ask),
        "evidence": said.notes,
        "disputes": said.readings,
    }


def _told(line: Line, ask: Ask) -> list[dict[str, str]]:
    """Request, decision and outcome in our words."""
    headings = {"request": _("Request"), "decision": _("Decision"), "outcome": _("What came of it")}
    told = (
        {"id": name, "heading": head, "text": own(line.values, name, ask)} for name, head in headings.items()
    )
    return [one for one in told if one["text"]]


def _facts(line: Line, ask: Ask) -> list[Fact]:
    dates = line.dates
    return [
        fact_of(_("State"), line, "state", ask),
        {"label": _("Asked on"), "date": dates["requested_on"]},
        fact_of(_("Provision"), line, "provision", ask),
        {"label": _("Provision, as the sources name it"), "text": own(line.values, "provision", ask)},
        {"label": _("Asked of"), "text": own(line.values, "addressee", ask)},
        {"label": _("Decided on"), "date": dates["decided_on"]},
        {"label": _("Outcome"), "text": outcome_in_words(line)},
        fact_of(_("Session"), line, "session", ask),
        fact_of(_("Operation"), line, "activity", ask),
        {"label": _("Ended on"), "date": dates["ended_on"]},
    ]
