"""Rows of the lists of members as readers see them."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from members.choices import OrganKind, PeriodStanding, RoleStatus, Standing


def shown_standing(line: Line) -> str:
    """The mark of a state's standing: a member that takes no part has a mark of its own."""
    if line.values["standing"] == Standing.MEMBER and line.values["standing_paused"]:
        return "paused"
    return line.values["standing"] or "unknown"


def state_card(line: Line, ask: Ask) -> dict[str, Any]:
    """A state with the badge of its standing."""
    official = line.values["official_ru" if ask.language == "ru" else "official_en"] or ""
    return {
        "title": line.label,
        "url": line.url,
        "when": line.id.upper(),
        "badge": {"standing": shown_standing(line)},
        "summary": official,
    }


def member_card(line: Line, ask: Ask) -> dict[str, Any]:
    """A period in an organ: who, and as what."""
    who = line.refs.get("state") or line.refs.get("body")
    meta = [str(PeriodStanding(line.values["standing"]).label)]
    url = ask.localised(who.path) if who and who.path else ""
    return {
        "title": who.label(ask.language) if who else line.label,
        "url": url,
        "on": line.dates["began_on"],
        "meta": meta,
    }


def role_in_words(line: Line, ask: Ask) -> str:
    """What a person is on the day: "President of Kazakhstan", "former President of Kazakhstan"."""
    title = (line.values["role_ru"] if ask.language == "ru" else None) or line.values["role_en"] or ""
    return office_in_words(str(title), line.values["role_status"])


def office_in_words(title: str, status: str | None) -> str:
    """The title of an office as it is said of who holds it, or held it."""
    if status == RoleStatus.FORMER and title:
        return str(_("former %(title)s") % {"title": title})
    return title


def person_card(line: Line, ask: Ask) -> dict[str, Any]:
    """A person with the office held on the day, or held last."""
    role = role_in_words(line, ask)
    when = str(RoleStatus.CURRENT.label) if line.values["role_status"] == RoleStatus.CURRENT else ""
    return {"title": line.label, "url": line.url, "when": when, "meta": [role] if role else []}


def organ_card(line: Line, ask: Ask) -> dict[str, Any]:
    """An organ with its kind and what it does."""
    kind = capfirst(str(OrganKind(line.values["type"]).label))
    short = line.values["abbreviation_ru" if ask.language == "ru" else "abbreviation_en"]
    summary = (line.values["function_ru"] if ask.language == "ru" else None) or line.values["function_en"]
    return {
        "title": line.label,
        "url": line.url,
        "when": short or "",
        "meta": [kind],
        "summary": summary or "",
    }
