"""The words of an instrument in Akoma Ntoso: preface, preamble, chapters, articles, paragraphs, and notes to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from treaty.akomantoso.events import EDITORS, Life
from treaty.akomantoso.naming import eid
from treaty.akomantoso.tree import add, element
from treaty.choices import ProvisionKind, TextStanding, WordingState
from treaty.documents import Document, Passage, no_text_remark, restatement_remark

#: Why no words stand there, in the words of the schema.
STATUS = {
    WordingState.NOT_YET: "undefined",
    WordingState.NO_LONGER: "removed",
    WordingState.NOT_VERIFIED: "incomplete",
    WordingState.UNKNOWN: "unknown",
}
#: How the words that are shown differ from those of the instrument.
_DIFFERS = {
    TextStanding.RESTATEMENT: "edited",
    TextStanding.OFFICIAL_TRANSLATION: "translated",
    TextStanding.UNOFFICIAL_TRANSLATION: "translated",
}
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_BLANKS = re.compile(r"[ \t]+")
_TAGS = {
    ProvisionKind.CHAPTER: "chapter",
    ProvisionKind.ARTICLE: "article",
    ProvisionKind.PARAGRAPH: "paragraph",
}


@dataclass
class Writer:
    """Writes the provisions of a document and gathers their notes. Every eId is given once."""

    document: Document
    life: Life
    notes: list[Element] = field(default_factory=list)

    @cached_property
    def names(self) -> dict[str, str]:
        """The eIds of all provisions, by their public ids, so that a portion has those of the whole."""
        return eids(self.document)

    def preface(self) -> Element:
        """The title, when it was signed, and what a reader must know first."""
        of = self.document
        title = element("docTitle", of.title)
        said = [of.lede, restatement_remark(of), no_text_remark(of)]
        if of.title_is_ours:
            said.append(_("The title is our wording; the official title was not seen."))
        return element(
            "preface",
            element("longTitle", element("p", title), eId="longTitle"),
            *(self._remark(words) for words in said if words),
            *([self._official()] if of.values["official_url"] else []),
        )

    def _official(self) -> Element:
        address = str(self.document.values["official_url"])
        return element(
            "p", _("Official text"), ": ", element("ref", address, href=address), status="editorial"
        )

    def _remark(self, words: str) -> Element:
        return element("p", element("remark", words, status="editorial"), status="editorial")

    @property
    def opening(self) -> Passage | None:
        """The preamble, where the instrument begins with one; a preamble with parts stands in the body."""
        first = next(iter(self.document.passages), None)
        opens = first is not None and first.type == ProvisionKind.PREAMBLE and not first.children
        return first if opens else None

    def preamble(self) -> Element | None:
        """The preamble that opens the instrument."""
        return self.provision(self.opening) if self.opening else None

    def body(self) -> Element:
        """Everything but that preamble; a remark where nothing is held, since a body is never empty."""
        made = [self.provision(one) for one in self.document.passages if one is not self.opening]
        return element("body", *(made or [self._nothing()]))

    def _nothing(self) -> Element:
        remark = self._remark(
            no_text_remark(self.document) or _("No articles of this instrument are held here.")
        )
        content = element("content", remark, eId="hcontainer_1__content")
        return element("hcontainer", content, eId="hcontainer_1", name="text-not-held", status="unknown")

    # -- provisions ------------------------------------------------------------------------------------------------

    def provision(self, one: Passage) -> Element:
        """A provision with its parts."""
        name, permanent = self.names[one.id], eid(one.eid)
        preamble = one is self.opening
        tag = "preamble" if preamble else _TAGS.get(ProvisionKind(one.type), "hcontainer")
        words = list(self._words(one, name))
        status = STATUS.get(one.state) if one.notice else None
        period = self.life.span(one.wording.period) if one.wording else None
        made = element(
            tag,
            eId=name,
            wId=permanent if permanent != name else None,
            name=one.type if tag == "hcontainer" else None,
            status=status,
            period=period,
        )
        if preamble:
            for part in words:
                made.append(part)
            return made
        made.append(element("num", one.name, eId=f"{name}__num"))
        if one.heading:
            state = "editorial" if one.heading_is_ours else None
            made.append(element("heading", one.heading, eId=f"{name}__heading", status=state))
        self._fill(made, name, one, words)
        return made

    def _fill(self, made: Element, name: str, one: Passage, words: list[Element]) -> None:
        if one.children:
            if words:
                made.append(element("intro", *words, eId=f"{name}__intro"))
            for child in one.children:
                made.append(self.provision(child))
        elif words:
            made.append(element("content", *words, eId=f"{name}__content"))

    def _words(self, one: Passage, name: str) -> Iterator[Element]:
        """The paragraphs of a wording, or why there is none; behind the last the marks of its notes."""
        if one.notice:
            rows = [self._remark(one.notice)]
        elif one.wording:
            rows = list(self._wording(one))
        else:
            rows = []
        notes = [self._note(text) for text in self._notes(one)]
        if notes and not rows:
            rows = [element("p")]
        for mark in notes:
            add(rows[-1], mark)
        yield from rows

    def _wording(self, one: Passage) -> Iterator[Element]:
        held = one.wording
        if held is None:
            return
        status = _DIFFERS.get(TextStanding(held.standing))
        kind = "restatement" if held.standing == TextStanding.RESTATEMENT else None
        language = held.language if one.fallback else None
        for line in _lines(one.pieces):
            words = [
                element("ref", text, href=f"{self.document.site}{path}") if path else text
                for text, path in line
            ]
            yield element("p", *words, status=status, class_=kind, xml_lang=language)

    def of_passages(self, passages: Iterable[Passage]) -> list[tuple[Passage, str]]:
        """Provisions with their eIds."""
        return [(one, self.names[one.id]) for one in passages]

    # -- notes -----------------------------------------------------------------------------------------------------

    def _notes(self, one: Passage) -> Iterator[Element]:
        for text in one.notes:
            yield element("p", text)
        if one.refers_to:
            yield self._references(one)

    def _references(self, one: Passage) -> Element:
        """The provisions and instruments that it refers to; those without a page here are only named."""
        of = self.document
        made = element("p", _("Refers to"), ": ")
        for place, target in enumerate(one.refers_to):
            add(made, "; " if place else "")
            label = target.label(of.language)
            add(made, element("ref", label, href=f"{of.site}{target.path}") if target.path else label)
        return made

    def _note(self, words: Element) -> Element:
        """Keep a note, and give the mark that leads to it."""
        number = len(self.notes) + 1
        self.notes.append(element("note", words, eId=f"note_{number}"))
        return element("noteRef", href=f"#note_{number}", marker=str(number))

    def gathered(self) -> Element | None:
        """The notes of what was written."""
        language = self.document.spoken
        return element("notes", *self.notes, source=EDITORS, xml_lang=language) if self.notes else None


def _lines(pieces: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The pieces of a text line by line, blanks made single; blank lines are left out."""
    lines: list[list[tuple[str, str]]] = [[]]
    for text, path in pieces:
        first, *further = _BREAK.split(text)
        lines[-1].append((_BLANKS.sub(" ", first), path))
        lines += [[(_BLANKS.sub(" ", part), path)] for part in further]
    for line in lines:
        if "".join(text for text, _path in line).strip():
            line[0] = (line[0][0].lstrip(), line[0][1])
            line[-1] = (line[-1][0].rstrip(), line[-1][1])
            yield [(text, path) for text, path in line if text]


def eids(of: Document) -> dict[str, str]:
    """The eId of each provision by the number of the day, each given once.

    One whose name is given already goes by its permanent address, and failing that by a mark behind it.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for one in of.all():
        spare = (f"{eid(one.eid)}_x{n}" for n in count(1))
        name = next(name for name in chain((eid(one.anchor), eid(one.eid)), spare) if name not in taken)
        taken.add(name)
        given[one.id] = name
    return given
