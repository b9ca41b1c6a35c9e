"""The page of a statement, as its template shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cstokb.dates import Answer
from cstokb.listing.ask import Ask
from cstokb.listing.citation import FORMATS as CITATIONS
from cstokb.listing.citation import panel
from cstokb.listing.citing import cite_url
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.plain_table import plain_table
from cstokb.records.choices import Language
from statements.cards import held_in_words, issuer_in_words, unadopted
from statements.choices import IssuerKind, JoinedStanding, StatementKind, SummaryBasis
from statements.documents import cited
from statements.models import Joined, PassageReference, Statement
from statements.page_text import TextView
from statements.parts import Part, Reading, StatementParts
from summits.facts import Fact, cell, fact_of, meta, own, sentence
from summits.readings import Backed, Sheet, sheet

#: The formats of a text, by suffix.
TEXT_FORMATS = {"xml": "Akoma Ntoso", "txt": "TXT", "jsonld": "JSON-LD"}
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
    read: Reading
    names: Names
    found: ByEntry
    ask: Ask

    def context(self, wanted: str, *, alone: bool, pin: str = "") -> dict[str, Any]:
        """What the template is given.

        ``wanted`` is the language asked for, ``alone`` whether that one only, ``pin`` the passage that is cited.
        """
        said = self.sheet()
        keys = [row["entry_id"] for _anchor, row in self.read.recorded()]
        refs = {key: said.refs_beyond(key, self.line.entry_id) for key in keys}
        text = TextView(self.parts, self.read, self.names, refs, wanted, alone, self.ask)
        return {
            "kind": self.kind(),
            "summary": own(self.line.values, "summary", self.ask),
            "summary_basis": self.summary_basis(),
            "facts": self.facts(text),
            "text": text.context() if text.texts else None,
            "not_held": self.not_held(),
            "states": self.states(said),
            "disputes": said.readings,
            "evidence": said.notes,
            "formats": self.formats(wanted if alone else ""),
            "citation": self.citation(pin),
        }

    def formats(self, language: str) -> list[dict[str, str]]:
        """The statement in other formats, in the language that was asked for; its JSON is the record."""
        asked = f"?lang={language}" if language else ""
        bare = self.line.url.rstrip("/")
        found = [{"url": f"{bare}.json", "label": "JSON"}]
        found += [{"url": f"{bare}.{form}{asked}", "label": label} for form, label in TEXT_FORMATS.items()]
        return [*found, {"url": "#cite", "label": _("Cite")}]

    def citation(self, pin: str) -> dict[str, Any]:
        """How the statement is cited, or a passage of it."""
        asked = f"?passage={pin}" if pin else ""
        addresses = {form: f"{self.line.url.rstrip('/')}.{form}{asked}" for form in CITATIONS}
        return {
            **panel(cited(self.line, self.ask, pin), addresses),
            "styles_url": cite_url(self.ask, self.line.url, pin),
            "whole_url": f"{self.line.url}#cite",
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

    def facts(self, text: TextView) -> list[Fact]:
        """The facts beside the text."""
        line, values, ask = self.line, self.line.values, self.ask
        ours = _("The title is in our words.") if values["title_is_ours"] else ""
        return [
            {"label": _("Date"), "date": line.dates["issued_on"]},
            {"label": _("Issued by"), "text": self._issuer()},
            fact_of(_("Organ"), line, "organ", ask),
            {"label": _("Issuer in words"), "text": own(values, "issuer", ask)},
            fact_of(_("Speaker"), line, "speaker", ask),
            {
                "label": _("Office on that day"),
                "text": text.office(self.read.statement["speaker_id"], own(values, "speaker_office", ask)),
            },
            fact_of(_("For the state"), line, "speaker_state", ask),
            fact_of(_("Session"), line, "session", ask),
            {"label": _("Meeting"), "text": own(values, "meeting", ask)},
            {"label": _("Place"), "text": own(values, "place", ask)},
            fact_of(_("The same text as an instrument"), line, "instrument", ask),
            {"label": _("Text"), "text": self._held()},
            {"label": _("Languages known"), "text": _languages(values["languages"])},
            {"label": _("Title"), "text": ours},
        ]

    def _issuer(self) -> str:
        """States together or the press; an organ and a speaker are facts of their own."""
        issuer = IssuerKind(self.line.values["issuer"])
        return "" if issuer in (IssuerKind.ORGAN, IssuerKind.SPEAKER) else sentence(str(issuer.label))

    def _held(self) -> str:
        """Whether the words are held, in which languages, and whether all of them."""
        texts = self.parts.texts
        if texts and not any(text["complete"] for text in texts):
            return _("Only some passages held")
        return held_in_words(self.line)

    # -- the text --------------------------------------------------------------------------------------------------

    def not_held(self) -> str:
        """The sentence that says plainly that there are no words to read here."""
        if self.parts.texts:
            return ""
        return _("The text of this statement is not held. What stands here is a summary in our own words.")

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
                {"text": ". ".join(meta(own(one, "reason", self.ask), self._outside(one)))},
            ]
            for one in shown
        ]
        heads = (_("State"), _("How it stood to the text"), _("Reason"))
        return plain_table(_("States and the text"), heads, rows, mode="run") if rows else None

    def _outside(self, one: Part) -> str:
        """That a state which stood to the text was certainly no member of the Organization on that day."""
        if self.parts.was_member(one["state_id"], self.line.dates["issued_on"]) is not Answer.NO:
            return ""
        return _("Not a member of the Organization on that day")

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
        backed += [Backed(row["entry_id"], PassageReference, anchor) for anchor, row in self.read.recorded()]
        known = (*self.names.values(), *self.line.refs.values())
        return sheet(backed, self.found, {one.id: one.label(self.ask.language) for one in known}, self.ask)

    def _values(self, one: Part) -> Mapping[str, Any]:
        return {"standing": one["standing"], "state": self.names[one["state_id"]].id}


def _languages(codes: list[str]) -> str:
    return ", ".join(map(Language.name_of, codes))
