"""Rows of the lists as readers see them: cards, and tables for panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import Answer, Period
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.plain_table import plain_table
from summits.choices import (
    ActivityKind,
    ActivityStatus,
    ChairBasis,
    Outcome,
    SessionFormat,
    SessionKind,
    SessionStatus,
)
from summits.facts import cell, meta, own, sentence
from summits.signs import level_in_words, mode_in_words, sign_of

Card = dict[str, Any]


def session_card(line: Line, ask: Ask) -> Card:
    """A session: its kind, where and how; one that counts as no meeting says so first."""
    values = line.values
    organ = line.refs.get("organ")
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["began_on"],
        "meta": meta(
            uncounted(line),
            sentence(str(SessionKind(values["type"]).label)),
            place(line, ask) or SessionFormat(values["format"]).label,
            organ.label(ask.language) if organ else "",
        ),
        "summary": own(values, "summary", ask),
    }


def uncounted(line: Line) -> str:
    """The word that marks a session which counts as no meeting; empty for any other."""
    if line.values["counted"]:
        return ""
    status = line.values["status"]
    if status == SessionStatus.HELD:
        return _("Not counted as a meeting")
    return sentence(str(SessionStatus(status).label))


def place(line: Line, ask: Ask) -> str:
    """Where a session met: city, and its venue."""
    return ", ".join(meta(own(line.values, "city", ask), own(line.values, "venue", ask)))


def chair_card(line: Line, ask: Ask) -> Card:
    """A chairmanship, with its person and what the dates rest on."""
    person = line.refs.get("person")
    basis = sentence(str(ChairBasis(line.values["basis"]).label))
    state = line.refs.get("state")
    return {
        "title": state.label(ask.language) if state else line.label,
        "url": line.url,
        "on": line.dates["began_on"],
        "meta": meta(person.label(ask.language) if person else "", basis),
    }


def exception_card(line: Line, ask: Ask) -> Card:
    """The state that took or kept the chair from a session on, on the page of that session."""
    state = line.refs.get("state")
    return {
        "title": state.label(ask.language) if state else line.label,
        "url": ask.localised("/summits/chairmanships/#turns"),
        "meta": [_("takes or keeps the chair: the Council decided otherwise")],
        "summary": line.values["note_ru" if ask.language == "ru" else "note_en"] or "",
    }


def invocation_card(line: Line, ask: Ask) -> Card:
    """An invocation with its outcome; a row kept as context says so."""
    values, state = line.values, line.refs.get("state")
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["requested_on"],
        "meta": meta(outcome_in_words(line), state.label(ask.language) if state else ""),
        "summary": own(values, "context", ask) if values["context"] else own(values, "request", ask),
    }


def outcome_in_words(line: Line) -> str:
    """What became of a request, or that there was none under the Treaty."""
    if line.values["context"]:
        return _("Context, not counted")
    return sentence(str(Outcome(line.values["outcome"]).label)) if line.values["outcome"] else ""


def activity_card(line: Line, ask: Ask) -> Card:
    """An operation or exercise with its nature, place and strength."""
    values = line.values
    status = ActivityStatus(values["status"])
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["began_on"],
        "meta": meta(
            "" if status is ActivityStatus.HELD else sentence(str(status.label)),
            sentence(own(values, "nature", ask) or str(ActivityKind(values["type"]).label)),
            own(values, "place", ask),
        ),
        "summary": own(values, "description", ask),
    }


def milestone_card(line: Line, ask: Ask) -> Card:
    """What happened, where and whom it concerned."""
    named = (line.refs.get(name) for name in ("state", "organ", "instrument"))
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["happened_on"],
        "meta": meta(
            _("Was only planned") if line.values["planned"] else "",
            own(line.values, "place", ask),
            *(one.label(ask.language) for one in named if one),
        ),
    }


def seat_card(line: Line, ask: Ask) -> Card:
    """Who sat for whom, at what level and how."""
    who = line.refs.get("state") or line.refs.get("organ")
    person = line.refs.get("person")
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["held_on"],
        "meta": meta(
            who.label(ask.language) if who else "",
            person.label(ask.language) if person else "",
            level_in_words(line.values),
            mode_in_words(line.values),
        ),
    }


# -- tables --------------------------------------------------------------------------------------------------------


def seat_table(lines: Sequence[Line], ask: Ask) -> Card:
    """Attendance on the page of a state, a person or an organ: in which session, who, at what level and how."""
    heads = (_("Session"), _("For"), _("Person"), _("Office that day"), _("Level"), _("Mode"))
    return plain_table(_("Attendance"), heads, [_seat_row(line, ask) for line in lines], mode="run")


def _seat_row(line: Line, ask: Ask) -> list[dict[str, Any]]:
    session = line.refs.get("session")
    who = line.refs.get("state") or line.refs.get("organ")
    return [
        {"date": line.dates["held_on"], "url": line.url} if line.dates["held_on"] else cell(session, ask),
        cell(who, ask),
        cell(line.refs.get("person"), ask, lead=True),
        {"text": own(line.values, "office", ask)},
        {"text": level_in_words(line.values)},
        {"text": _seat_mode(line, ask), "sign": sign_of(line.values)},
    ]


def _seat_mode(line: Line, ask: Ask) -> str:
    """How somebody took part, for whom, and why somebody was absent."""
    represented = line.refs.get("represents")
    for_whom = _("for %(name)s") % {"name": represented.label(ask.language)} if represented else ""
    return ", ".join(meta(mode_in_words(line.values), for_whom, own(line.values, "reason", ask)))


def chair_table(lines: Sequence[Line], ask: Ask) -> Card:
    """Chairmanships on the page of a state or a person: who, for which days, on what basis."""
    heads = (_("State"), _("Person"), _("Days"), _("Basis"), _("That day"))
    return plain_table(_("Chairmanships"), heads, [_chair_row(line, ask) for line in lines])


def _chair_row(line: Line, ask: Ask) -> list[dict[str, Any]]:
    return [
        cell(line.refs.get("state"), ask),
        cell(line.refs.get("person"), ask, lead=True),
        {"began_on": line.dates["began_on"], "ended_on": line.dates["ended_on"]},
        {"text": ChairBasis(line.values["basis"]).label},
        _chair_then(line, ask),
    ]


def _chair_then(line: Line, ask: Ask) -> dict[str, Any]:
    """Whether the state holds the chair on the day of the page; a day of hand-over has two."""
    answer = Period(line.dates["began_on"], line.dates["ended_on"]).holds(ask.day)
    words = {Answer.YES: _("in the chair"), Answer.UNKNOWN: _("not known"), Answer.NO: ""}
    return {"text": words[answer], "lead": answer is Answer.YES}
