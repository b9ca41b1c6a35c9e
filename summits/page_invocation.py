"""The page of an invocation, as its template shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.records.models import Record
from summits.cards import outcome_in_words
from summits.facts import Fact, fact_of, links, own
from summits.models import Invocation, InvocationDocument, InvocationStep
from summits.parts import InvocationParts, Part
from summits.readings import Backed, sheet


def context(line: Line, parts: InvocationParts, names: Names, found: ByEntry, ask: Ask) -> dict[str, Any]:
    """What the template of an invocation is given."""
    backed = [Backed(line.entry_id, Invocation, values=line.values)]
    backed += [_backed(step, InvocationStep, own(step, "text", ask)) for step in parts.steps]
    backed += [_backed(paper, InvocationDocument, own(paper, "title", ask)) for paper in parts.papers]
    said = sheet(backed, found, {}, ask)
    is_context = line.values["context"]
    return {
        "kind": outcome_in_words(line),
        "is_context": is_context,
        "why_context": own(line.values, "context", ask) if is_context else "",
        "told": _told(line, ask),
        "steps": [
            {
                "on": step["done_on"],
                "text": own(step, "text", ask),
                "refs": said.refs_beyond(step["entry_id"], line.entry_id),
            }
            for step in parts.steps
        ],
        "papers": [
            {
                "text": own(paper, "title", ask),
                "links": links((paper["instrument_id"], paper["session_id"]), names, ask),
                "note": own(paper, "note", ask),
                "refs": said.refs_beyond(paper["entry_id"], line.entry_id),
            }
            for paper in parts.papers
        ],
        "facts": _facts(line, ask),
        "evidence": said.notes,
        "disputes": said.readings,
    }


def _backed(part: Part, model: type[Record], name: str) -> Backed:
    return Backed(part["entry_id"], model, name[:80], part)


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
