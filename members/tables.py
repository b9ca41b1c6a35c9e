"""Terms of office as tables on the pages of states, people and organs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from members.choices import RoleStatus
from members.status import last_day, role_status


def term_table(lines: Sequence[Line], ask: Ask) -> dict[str, Any]:
    """Terms: who, in which office, from when to when; an open term ends with its body."""
    rows = [
        [_person(line, ask), {"text": _title(line, ask)}, _days(line), _then(line, ask)] for line in lines
    ]
    heads = (_("Person"), _("Office"), _("Days"), _("That day"))
    return {
        "caption": _("Terms of office"),
        "caption_hidden": True,
        "columns": [{"label": h} for h in heads],
        "rows": rows,
    }


def own_term_table(lines: Sequence[Line], ask: Ask) -> dict[str, Any]:
    """One person's terms."""
    rows = [[{"text": _title(line, ask)}, _days(line), _then(line, ask)] for line in lines]
    heads = (_("Office"), _("Days"), _("That day"))
    return {
        "caption": _("Terms of office"),
        "caption_hidden": True,
        "columns": [{"label": h} for h in heads],
        "rows": rows,
    }


def _person(line: Line, ask: Ask) -> dict[str, Any]:
    person = line.refs["person"]
    then = line.values[f"name_then_{ask.language}"]
    return {"text": then or person.label(ask.language), "url": ask.localised(person.path)}


def _title(line: Line, ask: Ask) -> str:
    title = line.refs["office"].label(ask.language)
    return str(_("%(title)s, acting") % {"title": title}) if line.values["acting"] else title


def _days(line: Line) -> dict[str, Any]:
    return {
        "began_on": line.dates["began_on"],
        "ended_on": last_day(line.dates["ended_on"], line.dates["body_ended_on"]),
    }


def _then(line: Line, ask: Ask) -> dict[str, Any]:
    """Whether the office is held on the day of the page; a day of hand-over has two holders."""
    ended = line.dates["body_ended_on"]
    gone = ended is not None and ended.latest is not None and ended.latest < ask.day
    status = role_status(ask.day, line.dates["began_on"], line.dates["ended_on"], over=gone)
    return {"text": RoleStatus(status).label, "lead": status == RoleStatus.CURRENT}
