"""An instrument as a text of its own: as of a day and in a language, ready for any format. Fetched once, then pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate
from cstokb.listing.ask import Ask
from cstokb.listing.etag import public_revision
from cstokb.listing.evidence import evidence_of
from cstokb.listing.listing import Line
from cstokb.listing.names import Named
from treaty.akomantoso.naming import WorkName
from treaty.choices import ActionKind, TextStanding, WordingState
from treaty.citations import Citation, pieces
from treaty.editions import Edition, edition_on, editions, expression_path
from treaty.library import Target
from treaty.models import Instrument
from treaty.numbering import ProvisionName
from treaty.page_facts import lede
from treaty.page_instrument import Whole, prolongations
from treaty.page_parts import change_note, confidence_note, own, state_words
from treaty.reading import Part, Reading, Wording, changes
from treaty.texts import Row
from treaty.values import verb_words


@dataclass(frozen=True)
class Related:
    """Another instrument: its name as a work, its label, its English address (empty: no page), and how it stands."""

    work: WorkName
    label: str
    path: str
    verb: str = ""
    reverse: bool = False
    words: str = ""


@dataclass(frozen=True)
class Passage:
    """A provision as the text shows it on the day.

    ``notice`` says why no wording is shown; ``fallback`` is true where the wording is in another language than asked.
    ``pieces`` are the words of the wording, each with the English address of what it refers to, or an empty one.
    """

    id: str
    type: str
    eid: str
    anchor: str
    name: str
    heading: str
    heading_is_ours: bool
    state: WordingState
    wording: Wording | None
    notice: str
    notes: tuple[str, ...]
    refers_to: tuple[Named, ...]
    made_by: Related | None
    fallback: bool
    pieces: tuple[tuple[str, str], ...] = ()
    children: tuple[Passage, ...] = ()

    def all(self) -> Iterable[Passage]:
        """The provision and its parts, in their order."""
        yield self
        for child in self.children:
            yield from child.all()


@dataclass(frozen=True)
class Document:
    """An instrument as of a day and in a language. What is said around its words is ``spoken`` in one of the interface.

    ``edition`` is the expression of that day, None before there was any. ``made_on`` is the day on which the knowledge
    base last changed, so that an unchanged answer stays the same to the byte.
    """

    work: WorkName
    language: str
    spoken: str
    day: date
    edition: Edition | None
    editions: tuple[Edition, ...]
    title: str
    title_is_ours: bool
    lede: str
    dates: Mapping[str, HistoricDate | None]
    values: Mapping[str, Any]
    passages: tuple[Passage, ...]
    signatories: tuple[Named, ...]
    amended: tuple[tuple[date, Related], ...]
    prolonged: tuple[date, ...]
    relations: tuple[Related, ...]
    evidence: Sequence[Mapping[str, Any]]
    site: str
    made_on: date

    @property
    def path(self) -> str:
        """The English address of the work."""
        return f"/treaties/{self.work.id}/"

    def address(self, suffix: str = "/", language: str = "") -> str:
        """The English address of the expression of the day in a format; of the work where no day begins it."""
        return expression_path(self.work.id, self.edition, language or self.language, suffix)

    def all(self) -> Iterable[Passage]:
        """Every provision, in their order."""
        for passage in self.passages:
            yield from passage.all()

    @property
    def wordings(self) -> list[Wording]:
        """The wordings that are shown."""
        return [one.wording for one in self.all() if one.wording]


def document(ask: Ask, row: Row, line: Line, language: str) -> Document:
    """Fetch an instrument as of the day asked about, said in a language; a fixed number of queries."""
    with speaking(language):
        return _document(replace(ask, language=spoken(language)), row, line, language)


def _document(ask: Ask, row: Row, line: Line, language: str) -> Document:
    whole = Whole.of(ask, row, line)
    found = editions(whole.force, whole.parts)
    related = _related(whole)
    values, titled = line.values, "ru" if ask.language == "ru" and line.values["title_ru"] else "en"
    return Document(
        work=WorkName(values["type"], line.id, line.dates["signed_on"]),
        language=language,
        spoken=ask.language,
        day=ask.day,
        edition=edition_on(found, ask.day),
        editions=tuple(found),
        title=own(values, "title", ask),
        title_is_ours=bool(values[f"title_{titled}_is_ours"]),
        lede=lede(line, ask),
        dates=line.dates,
        values=values,
        passages=_passages(whole, related, language),
        signatories=_signatories(whole),
        amended=tuple((day, related[key]) for day, key in changes(whole.parts) if key in related),
        prolonged=tuple(prolongations(whole.acts)),
        relations=_relations(whole, related),
        evidence=evidence_of([row["entry_id"]], ask).get(row["entry_id"], ()),
        site=str(settings.SITE_URL),
        made_on=_made_on(ask),
    )


def _made_on(ask: Ask) -> date:
    moment = ask.scope.known_on or public_revision(ask).at
    return moment.date() if moment else ask.today


def _related(whole: Whole) -> dict[int, Related]:
    """The other instruments that are named, by their row ids; one query."""
    ids = {one["instrument"] for one in whole.relations}
    ids |= {one.made_by for part in whole.parts for one in part.wordings if one.made_by}
    rows = whole.ask.scope.rows(Instrument).filter(entry_id__in=ids)
    return {
        key: Related(WorkName(kind, named.id, signed), named.label(whole.ask.language), named.path)
        for key, kind, signed in rows.values_list("entry_id", "type", "signed_on")
        if (named := whole.names.get(key))
    }


def _relations(whole: Whole, related: Mapping[int, Related]) -> tuple[Related, ...]:
    return tuple(
        replace(related[one["instrument"]], verb=one["verb"], reverse=one["reverse"], words=verb_words(one))
        for one in whole.relations
        if one["instrument"] in related
    )


def _signatories(whole: Whole) -> tuple[Named, ...]:
    keys = [act["state_id"] for act in whole.acts if act["type"] == ActionKind.SIGNATURE]
    found = (whole.names[key] for key in dict.fromkeys(keys) if key in whole.names)
    return tuple(sorted(found, key=lambda named: named.id))


# -- provisions ----------------------------------------------------------------------------------------------------


def _passages(whole: Whole, related: Mapping[int, Related], language: str) -> tuple[Passage, ...]:
    """The provisions as a tree. One whose parent is not public stands at the top."""
    below: dict[int | None, list[Row]] = {}
    keys = {row["entry_id"] for row in whole.rows}
    for row in whole.rows:
        parent = row["parent_id"] if row["parent_id"] in keys else None
        below.setdefault(parent, []).append(row)

    def under(parent: int | None) -> tuple[Passage, ...]:
        return tuple(
            replace(_passage(whole, row, related, language), children=under(row["entry_id"]))
            for row in below.get(parent, ())
        )

    return under(None)


def _passage(whole: Whole, row: Row, related: Mapping[int, Related], language: str) -> Passage:
    ask, (part, reading) = whole.ask, whole.readings[row["entry_id"]]
    wording = reading.wording(language) if reading.wordings else None
    targets = [
        one["target_provision"] or one["target_instrument"]
        for one in whole.references
        if one["provision"] == part.entry_id
    ]
    return Passage(
        id=part.id,
        type=part.type,
        eid=row["eid"],
        anchor=_anchor(row["eid"], part, reading),
        name=part.name_on(ask.day, ask.language),
        heading=own(row, "heading", ask),
        heading_is_ours=bool(row["heading_is_ours"]),
        state=reading.state,
        wording=wording,
        notice="" if wording or part.is_heading else state_words(part, reading, ask),
        notes=_notes(whole, row, part, wording),
        refers_to=tuple(whole.names[key] for key in dict.fromkeys(targets) if key in whole.names),
        made_by=related.get(wording.made_by) if wording and wording.made_by else None,
        fallback=wording is not None and wording.language != language,
        pieces=_pieces(whole, wording) if wording else (),
    )


def _pieces(whole: Whole, one: Wording) -> tuple[tuple[str, str], ...]:
    """The words of a wording; those that certainly refer to one record with a page are pieces of their own."""
    resolved = whole.links.found.get(one.entry_id, ())
    addresses = {citation.start: _address(whole, citation, targets) for citation, targets in resolved}
    found = pieces(one.text, [citation for citation, _targets in resolved if addresses[citation.start]])
    return tuple((text, addresses[citation.start] if citation else "") for text, citation in found)


def _address(whole: Whole, one: Citation, targets: Sequence[Target]) -> str:
    """Where a reference certainly leads; nowhere where it is ambiguous, names several, or means what is not held."""
    if one.ambiguous or len(targets) != 1 or not targets[0].held:
        return ""
    named = whole.names.get(targets[0].provision or targets[0].instrument)
    return named.path if named else ""


def _anchor(eid: str, part: Part, reading: Reading) -> str:
    """Its address by the number of the day; ``eid`` is the one that never changes."""
    if not part.numbers:
        return eid
    above, _slash, _own = eid.rpartition("/")
    return "/".join(one for one in (above, ProvisionName(part.type, reading.number).anchor) if one)


def _notes(whole: Whole, row: Row, part: Part, wording: Wording | None) -> tuple[str, ...]:
    """What the margin of the page says, as sentences: the change, a note, how sure the editors are."""
    found = []
    if wording:
        found = [change_note(wording, part, whole.names, whole.ask), confidence_note(wording.confidence)]
    said = [_said(one) for one in found if one]
    note = own(row, "note", whole.ask)
    return (*said, note) if note else tuple(said)


def _said(note: Mapping[str, Any]) -> str:
    maker = f" ({note['label']})" if note.get("label") else ""
    text = f": {note['text']}" if note.get("text") else ""
    return f"{note['title']}{maker}{text}"


def speaking(language: str) -> AbstractContextManager[None]:
    """Let gettext speak the language of a document; English for a language that the interface does not have."""
    return translation.override(spoken(language))


def spoken(language: str) -> str:
    """The language of the interface in which a text in some language is presented."""
    return language if language in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def restatement_remark(of: Document) -> str:
    """What a reader must know first: that the words are ours; empty where none is."""
    if not any(one.standing == TextStanding.RESTATEMENT for one in of.wordings):
        return ""
    return _("In our own words, not the official text. A restatement has no legal force.")


def no_text_remark(of: Document) -> str:
    """That no provision of the instrument is held; empty where one is."""
    return "" if of.passages else _("No text of this instrument is held here.")
