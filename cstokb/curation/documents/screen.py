"""What the review screen shows: the text, and beside it a card for each spelling and each quotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.documents.answers import MOST_PLACES, NAMEABLE, PLAIN
from cstokb.curation.documents.choices import SURE, Choices, Decision, Do, SaidBy
from cstokb.curation.documents.model import FindingKind, Quotation, Recognised
from cstokb.curation.documents.spellings import RECORD_KINDS, Spelling, paragraph_of, spellings
from cstokb.dates.forms import EdtfFormField
from cstokb.records.admin.columns import described
from cstokb.records.models import Entry

KINDS: dict[FindingKind, Any] = {
    FindingKind.PERSON: gettext_lazy("People"),
    FindingKind.ORGAN: gettext_lazy("Organs"),
    FindingKind.STATE: gettext_lazy("States"),
    FindingKind.INSTRUMENT: gettext_lazy("Instruments"),
    FindingKind.PROVISION: gettext_lazy("Articles and other parts"),
    FindingKind.SESSION: gettext_lazy("Sessions"),
    FindingKind.TOPIC: gettext_lazy("Topics"),
    FindingKind.DATE: gettext_lazy("Dates"),
    FindingKind.PLACE: gettext_lazy("Places"),
    FindingKind.SOURCE: gettext_lazy("Sources"),
    FindingKind.NAME: gettext_lazy("Not recognised"),
}
ONE: dict[FindingKind, Any] = {
    FindingKind.PERSON: gettext_lazy("person"),
    FindingKind.ORGAN: gettext_lazy("organ"),
    FindingKind.STATE: gettext_lazy("state"),
    FindingKind.INSTRUMENT: gettext_lazy("instrument"),
    FindingKind.PROVISION: gettext_lazy("provision"),
    FindingKind.SESSION: gettext_lazy("session"),
    FindingKind.TOPIC: gettext_lazy("topic"),
    FindingKind.DATE: gettext_lazy("date"),
    FindingKind.PLACE: gettext_lazy("place"),
    FindingKind.SOURCE: gettext_lazy("source"),
    FindingKind.NAME: gettext_lazy("not recognised"),
}
#: A form may send a thousand values; the cards of one part send fewer, each of its boxes counted.
MOST_BOXES = 600
_BOXES_OF_A_SPELLING = 5
QUOTATIONS_A_PAGE = 40
_AROUND = 60


@dataclass(frozen=True)
class Option:
    """A record that a spelling may name; ``score`` is empty where nothing was compared."""

    value: str
    label: str
    score: str = ""


@dataclass(frozen=True)
class Place:
    """Where a spelling stands, with the words about it; ``here`` unless it names something else there."""

    start: int
    paragraph: int
    before: str
    words: str
    after: str
    here: bool


@dataclass(frozen=True)
class Card:
    """A spelling, what it may name, and what was decided."""

    spelling: Spelling
    decision: Decision
    kind: str
    options: tuple[Option, ...]
    places: tuple[Place, ...]
    nameable: tuple[tuple[str, Any], ...]
    says: str
    is_open: bool
    error: str = ""

    @property
    def chosen(self) -> str:
        """The value of the button that is pressed."""
        if self.decision.do is not Do.ACCEPT:
            return self.decision.do.value
        return f"r:{self.decision.record}" if self.is_offered else "other"

    @property
    def is_offered(self) -> bool:
        return f"r:{self.decision.record}" in {one.value for one in self.options}

    @property
    def typed(self) -> str:
        """What stands in the box for another record, or for the name of a new one."""
        return "" if self.decision.do is Do.ACCEPT and self.is_offered else self.decision.record

    @property
    def can_be_new(self) -> bool:
        return self.spelling.kind in {FindingKind.PERSON, FindingKind.ORGAN, FindingKind.NAME}

    @property
    def can_back(self) -> bool:
        """Whether a name and evidence can be given: to records, not to days and places."""
        return self.spelling.kind in RECORD_KINDS or self.spelling.kind is FindingKind.NAME


@dataclass(frozen=True)
class Saying:
    """A quotation, what was decided on it, and who may have said it."""

    index: int
    quotation: Quotation
    said: SaidBy
    paragraph: int
    speakers: tuple[Option, ...]
    is_open: bool
    words_of: str
    errors: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """A speaker who is not among those offered."""
        return "" if self.said.speaker in {one.value for one in self.speakers} else self.said.speaker


def labels_of(found: Recognised, choices: Choices) -> dict[tuple[str, str], str]:
    """How the records are called that are found or chosen: label, id and publication, in one query."""
    wanted = {one.record for one in (*found.findings, *found.not_recognised)}
    wanted |= {near.record for one in (*found.findings, *found.not_recognised) for near in one.candidates}
    wanted |= {one.record for one in choices.spellings.values()}
    wanted |= {name for one in choices.quotations.values() for name in (one.speaker, one.document)}
    wanted |= {name for one in found.quotations for name in (one.speaker, one.document)}
    slugs = sorted(one for one in wanted if one)
    rows = [
        entry
        for start in range(0, len(slugs), 500)
        for entry in Entry.objects.filter(slug__in=slugs[start : start + 500])
    ]
    return {(entry.kind, entry.slug): described(entry) for entry in rows}


_OFFERS = {
    "published_on": FindingKind.DATE,
    "issued_on": FindingKind.DATE,
    "place": FindingKind.PLACE,
    "session": FindingKind.SESSION,
}


def _pages(listed: Iterable[Spelling]) -> list[list[Spelling]]:
    """The spellings by kind, cut into parts whose boxes a form may send."""
    pages: list[list[Spelling]] = []
    left = 0
    for one in sorted(listed, key=lambda one: (list(KINDS).index(one.kind), one.index)):
        boxes = _BOXES_OF_A_SPELLING + min(len(one.places), MOST_PLACES)
        if boxes > left:
            pages.append([])
            left = MOST_BOXES
        pages[-1].append(one)
        left -= boxes
    return pages


@dataclass(frozen=True)
class Box:
    """A text box about the source or the report."""

    name: str
    label: Any
    value: str
    longest: int
    error: str = ""
    help: Any = ""
    offers: tuple[tuple[str, str], ...] = ()


_BOXES: dict[str, tuple[Any, Any]] = {
    "title": (gettext_lazy("Title of the source"), ""),
    "publisher": (gettext_lazy("Publisher"), ""),
    "url": (gettext_lazy("Address of the page"), ""),
    "published_on": (gettext_lazy("Published on"), EdtfFormField.forms_help_text),
    "statement_en": (gettext_lazy("Title of the report"), ""),
    "statement_ru": (gettext_lazy("Title of the report (Russian)"), ""),
    "issued_on": (gettext_lazy("Date of the report"), EdtfFormField.forms_help_text),
    "place": (gettext_lazy("Place"), ""),
    "session": (gettext_lazy("Id of the session that it reports on"), ""),
}


class Screen:
    """The cards of one page of the review."""

    def __init__(
        self, found: Recognised, choices: Choices, errors: Mapping[str, str] | None = None, part: int = 1
    ) -> None:
        self.found, self.choices, self._errors = found, choices, errors or {}
        self.spellings = spellings(found)
        self.labels = labels_of(found, choices)
        self._pages = _pages(self.spellings)
        self.parts = max(len(self._pages), -(-len(found.quotations) // QUOTATIONS_A_PAGE), 1)
        self.part = min(max(part, 1), self.parts)

    @property
    def undecided(self) -> int:
        """How many spellings nobody has decided on, in all parts."""
        decided = {index for index, one in self.choices.spellings.items() if one.do is not Do.UNDECIDED}
        return sum(one.index not in decided for one in self.spellings)

    def sections(self) -> list[tuple[FindingKind, Any, list[Card]]]:
        """The cards by kind, in the order in which a curator looks at them."""
        cards: dict[FindingKind, list[Card]] = {}
        for one in self._pages[self.part - 1] if self.part <= len(self._pages) else ():
            cards.setdefault(one.kind, []).append(self._card(one))
        return [(kind, KINDS[kind], held) for kind, held in cards.items()]

    def _card(self, one: Spelling) -> Card:
        decision = self.choices.spellings.get(one.index, Decision(kind=one.kind.value))
        error = self._errors.get(f"s{one.index}", "")
        unsure = one.score < SURE or not one.is_known
        nameable = tuple((kind.value, ONE[kind]) for kind in NAMEABLE) if one.kind is FindingKind.NAME else ()
        return Card(
            spelling=one,
            decision=decision,
            kind=str(ONE[one.kind]),
            options=tuple(self._options(one)),
            places=tuple(self._places(one, decision)),
            nameable=nameable,
            says=self._says(one, decision),
            is_open=bool(error) or (unsure and decision.do is Do.UNDECIDED),
            error=error,
        )

    def _options(self, one: Spelling) -> Iterable[Option]:
        near = {candidate.record: candidate for candidate in one.candidates}
        if one.record:
            score = near[one.record].score if one.record in near else one.score
            yield Option(f"r:{one.record}", self._label(one.kind.value, one.record), f"{score:.2f}")
        for record, candidate in near.items():
            if record != one.record:
                label = self.labels.get((one.kind.value, record)) or f"{candidate.label} · {record}"
                yield Option(f"r:{record}", label, f"{candidate.score:.2f}")

    def _label(self, kind: str, record: str) -> str:
        return self.labels.get((kind, record), record)

    def _places(self, one: Spelling, decision: Decision) -> Iterable[Place]:
        text = self.found.text
        for place in one.places[:MOST_PLACES]:
            yield Place(
                start=place.start,
                paragraph=paragraph_of(self.found, place.start),
                before=text[max(0, place.start - _AROUND) : place.start].rsplit("\n", 1)[-1],
                words=place.text,
                after=text[place.end : place.end + _AROUND].split("\n", 1)[0],
                here=place.start not in decision.not_here,
            )

    def _says(self, one: Spelling, decision: Decision) -> str:
        """What was decided, in a few words."""
        said = {
            Do.UNDECIDED: _("undecided"),
            Do.REFUSE: _("refused"),
            Do.PERSON: _("new person"),
            Do.ORGAN: _("new organ"),
        }
        if decision.do is not Do.ACCEPT:
            return said[decision.do]
        return self._label(decision.kind or one.kind.value, decision.record)

    def sayings(self) -> list[Saying]:
        """The quotations of this part."""
        start = (self.part - 1) * QUOTATIONS_A_PAGE
        rows = list(enumerate(self.found.quotations))[start : start + QUOTATIONS_A_PAGE]
        speakers = self._speakers()
        return [self._saying(index, one, speakers) for index, one in rows]

    def _saying(self, index: int, one: Quotation, speakers: tuple[Option, ...]) -> Saying:
        said = self.choices.quotations.get(index) or SaidBy(
            Do.UNDECIDED, one.speaker, one.office, one.document
        )
        errors = tuple(
            self._errors[name] for name in (f"q{index}-speaker", f"q{index}-document") if name in self._errors
        )
        paragraph = paragraph_of(self.found, one.spans[0][0]) if one.spans else 0
        is_open = bool(errors) or said.do is Do.UNDECIDED or not (said.speaker or said.document)
        return Saying(index, one, said, paragraph, speakers, is_open, self._words_of(said), errors)

    def _words_of(self, said: SaidBy) -> str:
        """Who said it, and the text that it is taken from."""
        named = [("person", said.speaker)] if said.speaker else []
        named += [(kind, said.document) for kind in ("statement", "provision", "instrument") if said.document]
        return ", ".join(self.labels[one] for one in named if one in self.labels)

    def _speakers(self) -> tuple[Option, ...]:
        """The people of the document, those that it was taken to name and those that are to be new."""
        known = {one.record for one in self.spellings if one.kind is FindingKind.PERSON and one.record}
        known |= {
            one.record for one in self.choices.spellings.values() if one.kind == "person" and one.record
        }
        known |= {one.speaker for one in self.found.quotations if one.speaker}
        people = [(self._label("person", slug), slug) for slug in known if ("person", slug) in self.labels]
        fresh = [
            Option(f"new:{one.index}", _("new: %(name)s") % {"name": (decision.record or one.text)})
            for one in self.spellings
            if (decision := self.choices.spellings.get(one.index)) and decision.do is Do.PERSON
        ]
        return (*(Option(slug, label) for label, slug in sorted(people)), *fresh)

    @property
    def numbers(self) -> range:
        """The parts of the review, from 1."""
        return range(1, self.parts + 1)

    def source_fields(self) -> list[Box]:
        """The boxes about the source and the report."""
        return [
            Box(
                name,
                label,
                getattr(self.choices, name),
                PLAIN[name],
                self._errors.get(name, ""),
                said,
                self._offers(name),
            )
            for name, (label, said) in _BOXES.items()
        ]

    def _offers(self, name: str) -> tuple[tuple[str, str], ...]:
        """What the text has for a box: its dates, places and sessions."""
        kind = _OFFERS.get(name)
        found = {one.record for one in self.spellings if one.kind is kind and one.record}
        return tuple((record, self._label(str(kind), record)) for record in sorted(found))

    def documents(self) -> list[tuple[str, str]]:
        """The instruments and their parts that are found, offered as what a quotation is taken from."""
        kinds = {FindingKind.INSTRUMENT, FindingKind.PROVISION}
        found = {(one.kind.value, one.record) for one in self.spellings if one.kind in kinds and one.record}
        return sorted((slug, self._label(kind, slug)) for kind, slug in found)


def title_of(spelling: Spelling, choices: Choices, labels: Mapping[tuple[str, str], str]) -> str:
    """What a mark in the text says when it is pointed at."""
    decision = choices.spellings.get(spelling.index, Decision())
    record = decision.record if decision.do is Do.ACCEPT else spelling.record
    label = labels.get((decision.kind or spelling.kind.value, record), record)
    return f"{ONE[spelling.kind]}: {label}" if label else str(ONE[spelling.kind])
