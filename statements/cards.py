"""Statements and passages of the lists as readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.listing.plain_table import plain_table
from statements.choices import Adopted, IssuerKind, JoinedStanding, StatementKind
from summits.facts import link, meta, own, sentence

Card = dict[str, Any]


def statement_card(line: Line, ask: Ask) -> Card:
    """A statement: its kind, who stands over it, and whether its words are held."""
    values = line.values
    kind = sentence(str(StatementKind(values["type"]).label))
    return {
        "title": line.label,
        "url": line.url,
        "on": line.dates["issued_on"],
        "meta": meta(unadopted(line), kind, issuer_in_words(line, ask), held_in_words(line)),
        "summary": own(values, "summary", ask),
    }


def unadopted(line: Line) -> str:
    """The word that marks a text which was not adopted, or of which that is not known."""
    said = {Adopted.NO: _("Not adopted"), Adopted.UNKNOWN: _("Adoption not known")}
    return said.get(line.values["adopted"], "")


def held_in_words(line: Line) -> str:
    """Whether the words of the text are held."""
    return _("Held, whole or in part") if line.values["text_held"] else _("Text not held")


def issuer_in_words(line: Line, ask: Ask) -> str:
    """Who stands over a text: the organ, the speaker, the states together, or the press."""
    named = {IssuerKind.ORGAN: "organ", IssuerKind.SPEAKER: "speaker"}.get(line.values["issuer"], "")
    record = line.refs.get(named)
    if record:
        return record.label(ask.language)
    return own(line.values, "issuer", ask) or sentence(str(IssuerKind(line.values["issuer"]).label))


def passage_card(line: Line, ask: Ask) -> Card:
    """A passage word for word under its text, with its speaker."""
    values, speaker = line.values, line.refs.get("speaker")
    statement = line.refs.get("statement")
    found = {
        "anchor": values["anchor"],
        "url": line.url,
        "lang": values["language"],
        "html": format_html("{}", values["text"]),
    }
    return {
        "title": statement.label(ask.language) if statement else line.label,
        "url": line.url,
        "on": line.dates["issued_on"],
        "meta": meta(speaker.label(ask.language) if speaker else "", own(values, "speaker_office", ask)),
        "links": [link(one, ask) for one in line.lists.get("cites", ())],
        "links_label": _("Cites or leans on:"),
        "passages": [found],
    }


def joined_card(line: Line, ask: Ask) -> Card:
    """A text, and how a state stood to it."""
    statement, state = line.refs.get("statement"), line.refs.get("state")
    return {
        "title": statement.label(ask.language) if statement else line.label,
        "url": line.url,
        "on": line.dates["issued_on"],
        "meta": meta(
            state.label(ask.language) if state else "",
            sentence(str(JoinedStanding(line.values["standing"]).label)),
        ),
        "summary": own(line.values, "reason", ask),
    }


def apart_table(lines: Sequence[Line], ask: Ask) -> Card:
    """Texts that a state did not join, the oldest first; the first of all and the first adopted one say so."""
    adopted = next((line.id for line in lines if line.values["adopted"] == Adopted.YES), None)
    rows = []
    for place, line in enumerate(lines):
        first = [sentence(str(Adopted(line.values["adopted"]).label))]
        first += [_("first of all")] if place == 0 else []
        first += [_("first that was adopted without it")] if line.id == adopted else []
        rows.append(
            [
                {"date": line.dates["issued_on"]},
                {"text": line.label, "url": line.url, "lead": True},
                {"text": ", ".join(first)},
            ]
        )
    heads = (_("Date"), _("Text"), _("Adopted"))
    return plain_table(_("Texts that it did not join"), heads, rows, mode="run")
