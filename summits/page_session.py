"""The page of a session, as its template shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cstokb.dates import describe
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import ByEntry
from cstokb.listing.listing import Line
from cstokb.listing.names import Names
from cstokb.listing.plain_table import plain_table
from summits.cards import place, uncounted
from summits.choices import SessionFormat, SessionKind, SessionStatus, TextKind
from summits.facts import Fact, cell, fact_of, link, links, meta, own, sentence, url_of
from summits.models import Attendance, Session
from summits.parts import Part, SessionParts
from summits.readings import Backed, Sheet, sheet
from summits.signs import level_in_words, mode_in_words, sign_of


@dataclass(frozen=True)
class SessionView:
    """A session with its parts and the names of all they refer to."""

    line: Line
    parts: SessionParts
    names: Names
    found: ByEntry
    ask: Ask

    def context(self) -> dict[str, Any]:
        """What the template is given."""
        said = self.sheet()
        return {
            "kind": self.kind(),
            "lede": own(self.line.values, "summary", self.ask),
            "uncounted": self.uncounted(),
            "facts": self.facts(),
            "attendance": self.attendance(said),
            "adopted": [self.adopted(text) for text in self.parts.adopted],
            "disputes": said.readings,
            "evidence": said.notes,
        }

    # -- head and facts --------------------------------------------------------------------------------------------

    def kind(self) -> str:
        """What sort of meeting of which organ."""
        organ = self.line.refs.get("organ")
        kind = sentence(str(SessionKind(self.line.values["type"]).label))
        return " · ".join(meta(kind, organ.label(self.ask.language) if organ else ""))

    def uncounted(self) -> str:
        """Why the session counts as no meeting; empty for one that does."""
        word = uncounted(self.line)
        if not word:
            return ""
        if self.line.values["status"] == SessionStatus.HELD:
            return _("A decision taken by consultation. It is listed here and not counted as a meeting.")
        return _("%(status)s. It is listed here and not counted as a meeting.") % {"status": word}

    def facts(self) -> list[Fact]:
        """The facts beside the text."""
        line, values, ask = self.line, self.line.values, self.ask
        form = SessionFormat(values["format"]).label
        kind = sentence(str(SessionKind(values["type"]).label))
        return [
            fact_of(_("Organ"), line, "organ", ask),
            self._days(),
            {"label": _("Place"), "text": place(line, ask)},
            {"label": _("Country"), "links": self._country()},
            {"label": _("Kind and form"), "text": f"{kind}, {form}"},
            {"label": _("Chair, as reported"), "links": self._chair()},
            {"label": _("Chair that day, by the register"), "html": self._register()},
            fact_of(_("Chair passed to"), line, "next_chair_state", ask),
            {"label": _("Agenda"), "html": self._agenda()},
            {"label": _("Session before"), "links": links([self.parts.previous], self.names, ask)},
            {"label": _("Session after"), "links": links([self.parts.following], self.names, ask)},
        ]

    def _days(self) -> Fact:
        began, ended = self.line.dates["began_on"], self.line.dates["ended_on"]
        if ended is None:
            return {"label": _("Day"), "date": began}
        return {"label": _("Days"), "began_on": began, "ended_on": ended}

    def _country(self) -> list[dict[str, str]]:
        country = self.line.refs.get("country")
        named = own(self.line.values, "country", self.ask)
        return [link(country, self.ask)] if country else [{"label": named, "url": ""}] if named else []

    def _chair(self) -> list[dict[str, str]]:
        found = (self.line.refs.get(name) for name in ("chair_state", "chair_person"))
        return [link(named, self.ask) for named in found if named]

    def _register(self) -> SafeString:
        """The states that held the chair on the first day, with their days."""
        rows = [
            (url_of(self.names[chair["state_id"]], self.ask), *self._chair_words(chair))
            for chair in self.parts.chairs
            if chair["state_id"] in self.names
        ]
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a> {}', rows)

    def _chair_words(self, chair: Part) -> tuple[str, str]:
        ends = [chair["began_on"], chair["ended_on"]]
        days = " – ".join(describe(end, self.ask.language) if end else "" for end in ends)
        return self.names[chair["state_id"]].label(self.ask.language), f"({days.strip()})"

    def _agenda(self) -> SafeString:
        if not self.parts.agenda:
            return SafeString("")
        points = [(own(point, "text", self.ask), self._topics(point)) for point in self.parts.agenda]
        return format_html('<ol class="agenda">{}</ol>', format_html_join("", "<li>{}{}</li>", points))

    def _topics(self, point: Part) -> SafeString:
        found = links(point["topics"], self.names, self.ask)
        return format_html_join(
            "", ' <a class="tag" href="{}">{}</a>', ((t["url"], t["label"]) for t in found)
        )

    # -- who sat ---------------------------------------------------------------------------------------------------

    def who(self, seat: Part) -> str:
        """The state or organ of an attendance."""
        key = seat["state_id"] or seat["organ_id"]
        return self.names[key].label(self.ask.language) if key in self.names else seat["entry__label_en"]

    def attendance(self, said: Sheet) -> dict[str, Any] | None:
        """Who sat, in what office, at what level and how."""
        heads = (_("For"), _("Person"), _("Office that day"), _("Level"), _("Mode"))
        rows = [self._seat(seat, said) for seat in self.parts.seats]
        return plain_table(_("Attendance"), heads, rows, mode="run") if rows else None

    def _seat(self, seat: Part, said: Sheet) -> list[dict[str, Any]]:
        ask, names = self.ask, self.names
        who = names.get(seat["state_id"] or seat["organ_id"])
        seat = {**seat, "represents": seat["represents_id"] in names}
        return [
            cell(who, ask),
            {**self._person(seat), "refs": said.refs_beyond(seat["entry_id"], self.line.entry_id)},
            {"text": own(seat, "office", ask)},
            {"text": level_in_words(seat)},
            {"text": self._mode(seat), "sign": sign_of(seat)},
        ]

    def _person(self, seat: Part) -> dict[str, Any]:
        person = self.names.get(seat["person_id"])
        if person is None:
            return {"text": _("person not recorded"), "lead": True}
        shown = cell(person, self.ask, lead=True)
        if seat["name_inferred"]:
            shown["text"] = _("%(name)s (inferred from the office)") % {"name": shown["text"]}
        return shown

    def _mode(self, seat: Part) -> str:
        represented = self.names.get(seat["represents_id"])
        for_whom = _("for %(name)s") % {"name": represented.label(self.ask.language)} if represented else ""
        return ", ".join(meta(mode_in_words(seat), for_whom, own(seat, "reason", self.ask)))

    # -- texts and evidence ----------------------------------------------------------------------------------------

    def adopted(self, text: Part) -> dict[str, Any]:
        """An adopted text as components/record.html shows it."""
        instrument = self.names.get(text["instrument_id"])
        title = instrument.label(self.ask.language) if instrument else own(text, "title", self.ask)
        ours = _("Title in our words; text not held") if text["title_is_ours"] and not instrument else ""
        return {
            "when": sentence(str(TextKind(text["type"]).label)),
            "title": title,
            "url": url_of(instrument, self.ask) if instrument else "",
            "meta": meta(ours),
        }

    def sheet(self) -> Sheet:
        """The evidence of the session and of every attendance."""
        backed = [Backed(self.line.entry_id, Session, values=self.line.values)]
        backed += [
            Backed(seat["entry_id"], Attendance, self.who(seat), _columns(seat)) for seat in self.parts.seats
        ]
        labels = {named.id: named.label(self.ask.language) for named in self.names.values()}
        labels |= {named.id: named.label(self.ask.language) for named in self.line.refs.values()}
        return sheet(backed, self.found, labels, self.ask)


def _columns(seat: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns of an attendance that a reading can speak of in words."""
    return {name: value for name, value in seat.items() if not name.endswith("_id")}


def context(line: Line, parts: SessionParts, names: Names, found: ByEntry, ask: Ask) -> dict[str, Any]:
    """What the template of a session is given."""
    return SessionView(line, parts, names, found, ask).context()
