"""The page of a statement, as its template shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.records.choices import Language
from statements.cards import held_in_words, issuer_in_words, unadopted
from statements.choices import (
    IssuerKind,
    JoinedStanding,
    PassageRole,
    ReferenceBasis,
    StatementKind,
    SummaryBasis,
)
from statements.models import Joined, Statement
from statements.parts import Part, Reading, StatementParts
from summits.cards import table
from summits.facts import Fact, cell, fact_of, link, meta, own, sentence
from summits.readings import Backed, Sheet, sheet

#: The sign of each standing, as components/states.html and the matrices have them.
SIGNS = {
    JoinedStanding.JOINED: "joined",
    JoinedStanding.WITH_RESERVATION: "with-reservation",
    JoinedStanding.DID_NOT_JOIN: "not-joined",
    JoinedStanding.ABSENT: "absent",
    JoinedStanding.UNKNOWN: "not-known",
}


@dataclass(frozen=True)
class StatementView:
    """A statement with its parts, the language version shown, and the names of all they refer to."""

    line: Line
    parts: StatementParts
    text: Part | None
    read: Reading
    names: Names
    found: ByEntry
    ask: Ask

    def context(self, wanted: str) -> dict[str, Any]:
        """What the template is given; ``wanted`` is the language asked for."""
        said = self.sheet()
        return {
            "kind": self.kind(),
            "summary": own(self.line.values, "summary", self.ask),
            "summary_basis": self.summary_basis(),
            "facts": self.facts(),
            "text": self.shown(wanted),
            "not_held": self.not_held(),
            "passages": [self.passage(one) for one in self.read.passages],
            "states": self.states(said),
            "disputes": said.readings,
            "evidence": said.notes,
        }

    # -- head and facts --------------------------------------------------------------------------------------------

    def kind(self) -> str:
        """What sort of text by whom; one that was not adopted says so first."""
        kind = sentence(str(StatementKind(self.line.values["type"]).label))
        return " · ".join(meta(unadopted(self.line), kind, issuer_in_words(self.line, self.ask)))

    def summary_basis(self) -> str:
        """On what our summary rests, in words."""
        basis = self.line.values["summary_basis"]
        if not basis:
            return ""
        return _("our summary; it rests on %(basis)s") % {"basis": SummaryBasis(basis).label}

    def facts(self) -> list[Fact]:
        """The facts beside the text."""
        line, values, ask = self.line, self.line.values, self.ask
        ours = _("The title is in our words.") if values["title_is_ours"] else ""
        return [
            {"label": _("Date"), "date": line.dates["issued_on"]},
            {"label": _("Issued by"), "text": self._issuer()},
            fact_of(_("Organ"), line, "organ", ask),
            {"label": _("Issuer in words"), "text": own(values, "issuer", ask)},
            fact_of(_("Speaker"), line, "speaker", ask),
            {"label": _("Office on that day"), "text": own(values, "speaker_office", ask)},
            fact_of(_("For the state"), line, "speaker_state", ask),
            fact_of(_("Session"), line, "session", ask),
            {"label": _("Meeting"), "text": own(values, "meeting", ask)},
            {"label": _("Place"), "text": own(values, "place", ask)},
            fact_of(_("The same text as an instrument"), line, "instrument", ask),
            {"label": _("Text"), "text": self._held(), "links": self._versions()},
            {"label": _("Languages known"), "text": _languages(values["languages"])},
            {"label": _("Title"), "text": ours},
        ]

    def _issuer(self) -> str:
        """States together or the press; an organ and a speaker are facts of their own."""
        issuer = IssuerKind(self.line.values["issuer"])
        return "" if issuer in (IssuerKind.ORGAN, IssuerKind.SPEAKER) else sentence(str(issuer.label))

    def _held(self) -> str:
        """Whether the words are held, and whether all of them."""
        if self.text and not self.text["complete"]:
            return _("Only some passages held")
        return held_in_words(self.line)

    def _versions(self) -> list[dict[str, str]]:
        """The other language versions that are held."""
        others = (text for text in self.parts.texts if self.text and text is not self.text)
        return [
            {"label": str(Language(one["language"]).label), "url": f"?lang={one['language']}"}
            for one in others
        ]

    # -- the text --------------------------------------------------------------------------------------------------

    def not_held(self) -> str:
        """The sentence that says plainly that there are no words to read here."""
        if self.text is not None:
            return ""
        return _("The text of this statement is not held. What stands here is a summary in our own words.")

    def shown(self, wanted: str) -> dict[str, Any] | None:
        """The language version shown: its voice, what is missing of it, and whether it is the one asked for."""
        text = self.text
        if text is None:
            return None
        quoted = all(one["role"] != PassageRole.PARAGRAPH for one in self.read.passages)
        note = "" if text["complete"] else _("only some passages are held")
        return {
            "lang": text["language"],
            "wanted": wanted,
            "voice": "quotation" if quoted and not text["complete"] else text["standing"],
            "voice_note": note,
            "note": own(text, "note", self.ask),
        }

    def passage(self, one: Part) -> dict[str, Any]:
        """A passage with its speaker, the text whose words it is, and what it cites."""
        ask, speaker = self.ask, self.names.get(one["speaker_id"])
        quotes = self.names.get(one["quotes_id"])
        return {
            "anchor": one["anchor"],
            "number": one["anchor"].removeprefix("p"),
            "heading": one["role"] == PassageRole.HEADING,
            "text": one["text"],
            "lang": self.text["language"] if self.text else "",
            "speaker": link(speaker, ask),
            "office": own(one, "speaker_office", ask),
            "quotes": link(quotes, ask) or _words(own(one, "quotes", ask)),
            "cited": [cited for cited in map(self._cited, self.read.cited(one)) if cited],
            "note": own(one, "note", ask),
        }

    def _cited(self, one: Part) -> dict[str, Any]:
        target = self.names.get(one["provision_id"] or one["instrument_id"])
        tagged = one["basis"] == ReferenceBasis.TAGGED
        return (
            {**link(target, self.ask), "tagged": tagged, "note": own(one, "note", self.ask)} if target else {}
        )

    # -- states and evidence ---------------------------------------------------------------------------------------

    def states(self, said: Sheet) -> dict[str, Any] | None:
        """How each state stood to the text, with the reason where one is given."""
        shown = [one for one in self.parts.stood if one["state_id"] in self.names]
        rows = [
            [
                cell(self.names[one["state_id"]], self.ask),
                {
                    "text": JoinedStanding(one["standing"]).label,
                    "sign": SIGNS[JoinedStanding(one["standing"])],
                    "refs": said.refs_beyond(one["entry_id"], self.line.entry_id),
                },
                {"text": own(one, "reason", self.ask)},
            ]
            for one in shown
        ]
        heads = (_("State"), _("How it stood to the text"), _("Reason"))
        return table(_("States and the text"), heads, rows, mode="run") if rows else None

    def sheet(self) -> Sheet:
        """The evidence of the statement and of how each state stood to it."""
        backed = [Backed(self.line.entry_id, Statement, values=self.line.values)]
        backed += [
            Backed(
                one["entry_id"],
                Joined,
                self.names[one["state_id"]].label(self.ask.language),
                self._values(one),
            )
            for one in self.parts.stood
            if one["state_id"] in self.names
        ]
        known = (*self.names.values(), *self.line.refs.values())
        return sheet(backed, self.found, {one.id: one.label(self.ask.language) for one in known}, self.ask)

    def _values(self, one: Part) -> Mapping[str, Any]:
        return {"standing": one["standing"], "state": self.names[one["state_id"]].id}


def _languages(codes: list[str]) -> str:
    return ", ".join(str(Language(code).label) if code in Language.values else code for code in codes)


def _words(text: str) -> dict[str, str]:
    return {"label": text, "url": ""} if text else {}
