"""A statement as a text of its own, in one language and ready for any format. Fetched once, then pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.citation import Cited
from cstokb.listing.citing import Asked
from cstokb.listing.errors import NothingHere
from cstokb.listing.etag import public_revision
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line
from cstokb.listing.names import Named
from statements.cards import issuer_in_words
from statements.choices import IssuerKind, JoinedStanding, ReferenceBasis, StatementKind
from statements.page_text import TextView
from statements.parts import Part, reading, statement_parts
from summits.facts import own
from treaty.akomantoso.naming import COUNTRY, language_code
from treaty.citations import Citation, pieces
from treaty.documents import speaking, spoken
from treaty.library import Target, unsure

STOOD_BEHIND = (JoinedStanding.JOINED, JoinedStanding.WITH_RESERVATION)


@dataclass(frozen=True)
class Words:
    """A passage: its words in pieces, each with the English address of what it cites, and who said them.

    ``speaker`` is named at the passage alone; ``leans_on`` are the editors' tags.
    """

    anchor: str
    role: str
    pieces: tuple[tuple[str, str], ...]
    speaker: Named | None
    office: str
    quotes: str
    leans_on: tuple[Named, ...]
    cites: tuple[Named, ...]
    note: str

    @property
    def text(self) -> str:
        """The words as they stand."""
        return "".join(piece for piece, _path in self.pieces)


@dataclass(frozen=True)
class StatementDocument:
    """A statement in one language: its words, or our summary where none are held.

    ``text`` is the language version shown, None where the statement is not held. ``made_on`` is the day on which the
    knowledge base last changed, so that an unchanged answer stays the same to the byte.
    """

    line: Line
    language: str
    spoken: str
    title: str
    summary: str
    issuer: str
    text: Part | None
    languages: tuple[str, ...]
    passages: tuple[Words, ...]
    speaker: Named | None
    office: str
    organ: Named | None
    session: Named | None
    states: tuple[tuple[Named, str], ...]
    evidence: Sequence[Mapping[str, Any]]
    site: str
    made_on: date

    @property
    def id(self) -> str:
        """The public id of the statement."""
        return self.line.id

    @property
    def issued(self) -> HistoricDate | None:
        """Its day, as well as that is known."""
        return self.line.dates["issued_on"]

    @property
    def path(self) -> str:
        """The English address of the page."""
        return f"/statements/{self.id}/"

    @property
    def work(self) -> str:
        """The name of the work in Akoma Ntoso: ``/akn/xx-csto/statement/declaration/2024/<id>``."""
        year = self.issued.year if self.issued else None
        kind = self.line.values["type"]
        return f"/akn/{COUNTRY}/statement/{kind}/{f'{year:04d}' if year else 'undated'}/{self.id}"

    @property
    def expression(self) -> str:
        """The name of the language version in Akoma Ntoso."""
        day = self.issued.exact_day if self.issued else None
        return f"{self.work}/{language_code(self.language)}@{day.isoformat() if day else ''}"

    @property
    def authors(self) -> tuple[Named, ...]:
        """Who stands over the text: the speaker, the organ, or the states behind it."""
        one = {IssuerKind.SPEAKER: self.speaker, IssuerKind.ORGAN: self.organ}.get(self.line.values["issuer"])
        if one is not None:
            return (one,)
        behind = (named for named, standing in self.states if standing in STOOD_BEHIND)
        return tuple(behind) if self.line.values["issuer"] == IssuerKind.STATES else ()


def document(ask: Ask, row: dict[str, Any], line: Line, language: str) -> StatementDocument:
    """Fetch a statement in a language: the version that is held in it, else the one that is; a fixed cost."""
    parts, read, beside = statement_parts(row, ask), reading(row, ask), Beside.of(ask)
    beside.fetch(names=(*read.names(), *(one["state_id"] for one in parts.stood)), evidence=[row["entry_id"]])
    text = parts.text_in(language)
    shown = text["language"] if text else language
    with speaking(shown):
        said = replace(ask, language=spoken(shown))
        view = TextView(parts, read, beside.names, {}, shown, alone=True, ask=said)
        return StatementDocument(
            line=line,
            language=shown,
            spoken=said.language,
            title=own(line.values, "title", said),
            summary=own(line.values, "summary", said),
            issuer=issuer_in_words(line, said),
            text=text,
            languages=tuple(one["language"] for one in parts.texts),
            passages=tuple(_words(one, view) for one in (read.of(text) if text else ())),
            speaker=line.refs.get("speaker"),
            office=view.office(row["speaker_id"], own(line.values, "speaker_office", said)),
            organ=line.refs.get("organ"),
            session=line.refs.get("session"),
            states=tuple(
                (beside.names[one["state_id"]], one["standing"])
                for one in parts.stood
                if one["state_id"] in beside.names
            ),
            evidence=beside.evidence.get(row["entry_id"], ()),
            site=str(settings.SITE_URL),
            made_on=_made_on(ask),
        )


def _made_on(ask: Ask) -> date:
    moment = ask.scope.known_on or public_revision(ask).at
    return moment.date() if moment else ask.today


def _words(one: Part, view: TextView) -> Words:
    ask, names = view.ask, view.names
    cited = [(each, names[each["target"]]) for each in view.read.cited(one) if each["target"] in names]
    quotes = names.get(one["quotes_id"])
    found = view.read.found.get(one["entry_id"], ())
    return Words(
        anchor=one["anchor"],
        role=one["role"],
        pieces=tuple(_pieces(one["text"], found, view)),
        speaker=names.get(one["speaker_id"]),
        office=view.office(one["speaker_id"], own(one, "speaker_office", ask)),
        quotes=quotes.label(ask.language) if quotes else own(one, "quotes", ask),
        leans_on=tuple(named for each, named in cited if each["basis"] == ReferenceBasis.TAGGED),
        cites=tuple(named for _each, named in cited),
        note=own(one, "note", ask),
    )


def _pieces(text: str, found: Sequence[tuple[Citation, Sequence[Target]]], view: TextView) -> Any:
    """The words; those that certainly cite one record with a page are pieces of their own with its address."""
    paths = {citation.start: _path(citation, targets, view) for citation, targets in found}
    for words, citation in pieces(text, [one for one, _targets in found if paths[one.start]]):
        yield words, paths[citation.start] if citation else ""


def _path(citation: Citation, targets: Sequence[Target], view: TextView) -> str:
    if unsure(citation, targets) or len(targets) != 1 or not targets[0].held:
        return ""
    named = view.names.get(targets[0].provision or targets[0].instrument)
    return named.path if named else ""


# -- how it is cited -----------------------------------------------------------------------------------------------


def cited(line: Line, ask: Ask, pin: str = "") -> Cited:
    """How a statement is cited, or one passage of it."""
    values = line.values
    issuer = IssuerKind(values["issuer"])
    person, organ = line.refs.get("speaker"), line.refs.get("organ")
    authors: tuple[tuple[str, str, bool], ...]
    if issuer == IssuerKind.SPEAKER and person:
        authors = ((person.label_en, person.label_ru, True),)
    elif issuer == IssuerKind.ORGAN and organ:
        authors = ((organ.label_en, organ.label_ru, False),)
    elif issuer == IssuerKind.STATES and values["issuer_en"]:
        authors = ((values["issuer_en"], values["issuer_ru"] or "", False),)
    else:
        authors = ()
    asked_for = Asked.of(ask, f"/statements/{line.id}/", ("known_on",), pin)
    return Cited(
        key=line.id,
        title={"en": values["title_en"], "ru": values["title_ru"] or ""},
        kind={language: _kind(values["type"], language) for language in ("en", "ru")},
        authors=authors,
        issued=line.dates["issued_on"],
        pin=pin,
        event=_event(line),
        **asked_for.told(),
    )


def _event(line: Line) -> dict[str, str] | None:
    """The meeting at which a speech was given, nothing where it is not known; None for what is no speech."""
    if line.values["type"] not in (StatementKind.ADDRESS, StatementKind.REMARKS):
        return None
    session = line.refs.get("session")
    return {"en": session.label_en, "ru": session.label_ru} if session else {}


def _kind(kind: str, language: str) -> str:
    with speaking(language):
        return str(StatementKind(kind).label)


def require_passage(row: Mapping[str, Any], anchor: str, ask: Ask) -> str:
    """The anchor, where a passage of the statement bears it. Raises NothingHere."""
    if anchor and not any(one["anchor"] == anchor for one in reading(row, ask).passages):
        raise NothingHere(_("The statement has no such passage."))
    return anchor
