"""The drafts that a document brings: a source, people and organs that are new, and the report with its passages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cstokb.curation.documents.choices import Choices, Do, Keep, SaidBy
from cstokb.curation.documents.ids import free, latin
from cstokb.curation.documents.model import FindingKind, Quotation, Recognised, Span
from cstokb.curation.documents.named import named
from cstokb.curation.documents.spellings import Spelling, paragraph_of, spellings
from cstokb.curation.importing.origins import standing_for
from cstokb.curation.models import Upload
from cstokb.dates import HistoricDate, InvalidDate
from cstokb.records.choices import Publication
from cstokb.records.models import Evidence, Source
from cstokb.records.publish import Change, WriteRefused
from members.choices import OrganKind
from members.models import Organ, Person
from statements.choices import IssuerKind, PassageRole, ReferenceBasis, StatementKind, SummaryBasis
from statements.models import Passage, PassageReference, Statement, StatementText

_LONGEST_TITLE = 400
#: A paragraph is a quotation where the quoted words are so much of it.
_NEARLY_ALL = 0.8


@dataclass(frozen=True)
class Piece:
    """A stretch of the text that becomes a passage, with what was decided on the quotation that it is, if any."""

    start: int
    end: int
    role: PassageRole
    said_by: SaidBy | None = None


class Drafts:
    """What a document brings that is new, as changes for the writer. Nothing is written here."""

    def __init__(self, found: Recognised, choices: Choices, upload: Upload, *, day: date) -> None:
        self.found, self.choices, self._day = found, choices, day
        self._name, self._checksum = upload.name, upload.file.sha256
        self._taken: dict[str, set[str]] = {}
        self._new: dict[int, Person | Organ] = {}
        self._slugs: dict[int, str] = {}
        self._written: list[Passage] = []
        self._pieces: list[Piece] = []
        held = self._standing_source()
        self.source_is_new = held is None
        self.source = held or self._source()
        self.statement, self._statement_id, self._text = Statement(), "", StatementText()

    def _standing_source(self) -> Source | None:
        """The source at the same address, else the one with the same file."""
        rows = Source.objects.select_related("entry").order_by("pk")
        url = self.choices.url.strip()
        by_url: Source | None = rows.filter(url=url).first() if url else None
        return standing_for(by_url or rows.filter(checksum=self._checksum).first())

    def _source(self) -> Source:
        said = self.choices
        title = said.title.strip() or self.found.source.title or self._name or said.url
        return Source(
            title=title[:500],
            publisher=said.publisher.strip(),
            url=said.url.strip(),
            type=said.type,
            language=self.found.language,
            published_on=_day(said.published_on),
            accessed_on=self._day,
            file_name=self._name,
            checksum=self._checksum,
        )

    def new_source(self) -> list[Change]:
        """The source, unless it stands; its id is the beginning of its file's checksum."""
        if not self.source_is_new:
            return []
        slug = free(Source.kind, self._checksum[:10], self._ids(Source.kind))
        return [self._draft(self.source, slug, evidence=None)]

    # -- people and organs ---------------------------------------------------------------------------------

    def new_names(self) -> list[Change]:
        """The people and organs that the knowledge base does not know yet; the same words make one."""
        changes: list[Change] = []
        for spelling in spellings(self.found):
            decision = self.choices.spellings.get(spelling.index)
            if decision is None or decision.do not in {Do.PERSON, Do.ORGAN}:
                continue
            name = (decision.record or spelling.text).strip()[:200]
            record = self._named(decision.do, name)
            slug = free(record.kind, latin(name) or "unnamed", self._ids(record.kind))
            self._new[spelling.index], self._slugs[spelling.index] = record, slug
            changes.append(self._draft(record, slug, evidence=[self._evidence(spelling)]))
        return changes

    def _named(self, do: Do, name: str) -> Person | Organ:
        names = {"name_en": name, "name_ru": name if self.found.language == "ru" else ""}
        return Person(**names) if do is Do.PERSON else Organ(type=OrganKind.EXTERNAL, **names)

    def _evidence(self, spelling: Spelling) -> Evidence:
        return Evidence(source=self.source, locator=self._locator(spelling.places[0].start))

    def ids_of(self, kind: str) -> list[str]:
        """Public ids of the new records of a kind."""
        return [self._slugs[index] for index, record in self._new.items() if record.kind == kind]

    # -- the report ----------------------------------------------------------------------------------------

    def statement_change(self) -> Change:
        """The report: a press text that is kept for what it quotes."""
        said = self.choices
        title = said.statement_en.strip() or self.source.title
        issued = _day(said.issued_on)
        parts = [issued.edtf if issued and issued.exact_day else "", latin(title)]
        wanted = "-".join(part for part in parts if part) or self._checksum[:10]
        self._statement_id = free(Statement.kind, wanted, self._ids(Statement.kind))
        self.statement = Statement(
            type=StatementKind.REPORT,
            title_en=title[:_LONGEST_TITLE],
            title_ru=said.statement_ru.strip()[:_LONGEST_TITLE],
            issued_on=issued,
            issuer=IssuerKind.PRESS,
            issuer_en=said.publisher.strip()[:300],
            place_en=said.place.strip()[:120],
            session=named("session", said.session),
            languages=self.found.language,
            summary_basis=SummaryBasis.TEXT,
        )
        whole = Evidence(source=self.source)
        return self._draft(self.statement, self._statement_id, evidence=[whole], topics=self._topics())

    def _topics(self) -> list[int]:
        accepted = [
            named("topic", decision.record)
            for spelling in spellings(self.found)
            if (decision := self.choices.spellings.get(spelling.index))
            and decision.do is Do.ACCEPT
            and FindingKind.TOPIC in {spelling.kind, decision.kind}
        ]
        return list(dict.fromkeys(topic.pk for topic in accepted if topic is not None))

    def text_change(self) -> Change:
        """The language version: whole, or the quoted words only."""
        language = self.found.language or "en"
        self._text = StatementText(
            statement=self.statement,
            language=language,
            original=False,
            standing=self.choices.standing,
            complete=self.choices.keep is Keep.WHOLE,
        )
        return self._draft(self._text, f"{self._statement_id}/{language}", evidence=[])

    def passages(self) -> list[Change]:
        """What is kept of the text, in its order."""
        self._pieces = _pieces(self.found, self.choices)
        changes = [self._passage(number, piece) for number, piece in enumerate(self._pieces, 1)]
        self._written = [change.record for change in changes]  # type: ignore[misc]  # each is a passage
        return changes

    def _passage(self, number: int, piece: Piece) -> Change:
        anchor = f"p{number}"
        row = Passage(
            statement=self.statement,
            statement_text=self._text,
            anchor=anchor,
            order=number,
            role=piece.role,
            text=self.found.text[piece.start : piece.end],
            **self._attribution(piece.said_by),
        )
        evidence = Evidence(source=self.source, locator=self._locator(piece.start))
        return self._draft(row, f"{self._statement_id}/{anchor}", evidence=[evidence])

    def _attribution(self, said: SaidBy | None) -> dict[str, Any]:
        if said is None:
            return {}
        language = "ru" if self.found.language == "ru" else "en"
        values: dict[str, Any] = {f"speaker_office_{language}": said.office.strip()[:200]}
        if said.speaker:
            values["speaker"] = self._speaker(said.speaker)
        document = quoted(said.document)
        if isinstance(document, Statement):
            values["quotes"] = document
        elif document is not None:
            values |= {"quotes_en": document.label("en")[:300], "quotes_ru": document.label("ru")[:300]}
        return values

    def _speaker(self, speaker: str) -> Person | None:
        if speaker.startswith("new:"):
            record = self._new.get(int(speaker.removeprefix("new:")))
            if not isinstance(record, Person):
                raise WriteRefused(
                    _("A quotation is given to a person who is not among the new ones any more.")
                )
            return record
        found = named("person", speaker)
        return found if isinstance(found, Person) else None

    def references(self) -> list[Change]:
        """What a quotation is taken from, where that is an instrument or a part of one."""
        changes = []
        for passage, piece in zip(self._written, self._pieces, strict=True):
            document = quoted(piece.said_by.document) if piece.said_by else None
            if document is not None and not isinstance(document, Statement):
                row = PassageReference(
                    passage=passage, basis=ReferenceBasis.TAGGED, **{document.kind: document}
                )
                changes.append(self._draft(row, f"{passage.entry.slug}/ref-1", evidence=[]))
        return changes

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self._pieces)

    # -- what all have in common ---------------------------------------------------------------------------

    def _draft(
        self, record: Any, slug: str, *, evidence: list[Evidence] | None, topics: list[int] | None = None
    ) -> Change:
        why = _("Imported; not looked over by another person yet.")
        return Change(record, slug, Publication.DRAFT, why, evidence=evidence, topics=topics, base_version=0)

    def _locator(self, place: int) -> str:
        number = paragraph_of(self.found, place)
        return f"paragraph {number}" if number else ""

    def _ids(self, kind: str) -> set[str]:
        return self._taken.setdefault(kind, set())


def quoted(document: str) -> Any:
    """The statement, instrument or provision whose words a quotation is; None where none is named."""
    if not document:
        return None
    for kind in ("statement", "provision", "instrument"):
        record = named(kind, document, missing_is_none=True)
        if record is not None:
            return record
    raise WriteRefused(_("There is no %(record)s.") % {"record": document})


def _pieces(found: Recognised, choices: Choices) -> list[Piece]:
    accepted = [
        (one, said)
        for index, one in enumerate(found.quotations)
        if (said := choices.quotations.get(index)) and said.do is Do.ACCEPT and one.spans
    ]
    if choices.keep is Keep.QUOTED:
        return [piece for one, said in accepted for piece in _as_printed(found, one, said)]
    return [
        _paragraph(found, span, accepted) for span in found.paragraphs if found.text[slice(*span)].strip()
    ]


def _as_printed(found: Recognised, one: Quotation, said: SaidBy) -> list[Piece]:
    """From the first quoted letter to the last: words that name the speaker in between stand as they are printed.

    A quotation of several paragraphs is as many passages, each in the same voice.
    """
    stretches: dict[Span, Span] = {}
    for start, end in one.spans:
        paragraph = _paragraph_at(found, start)
        first, _last = stretches.get(paragraph, (start, end))
        stretches[paragraph] = (first, end)
    return [
        Piece(*stretch, PassageRole.HEADING if where in found.headings else PassageRole.QUOTATION, said)
        for where, stretch in stretches.items()
    ]


def _paragraph_at(found: Recognised, place: int) -> Span:
    at = bisect_right(found.paragraphs, place, key=itemgetter(0)) - 1
    return found.paragraphs[at] if at >= 0 else (0, len(found.text))


def _paragraph(found: Recognised, span: Span, accepted: list[tuple[Quotation, SaidBy]]) -> Piece:
    start, end = span
    inside = [
        (min(last, end) - max(first, start), said)
        for one, said in accepted
        for first, last in one.spans
        if first < end and start < last
    ]
    length = sum(held for held, _said in inside)
    is_quoted = len({said for _held, said in inside}) == 1 and length >= _NEARLY_ALL * (end - start)
    role = PassageRole.QUOTATION if is_quoted else PassageRole.PARAGRAPH
    role = PassageRole.HEADING if span in found.headings else role
    return Piece(start, end, role, inside[0][1] if is_quoted else None)


def _day(text: str) -> HistoricDate | None:
    try:
        return HistoricDate.parse(text.strip()) if text.strip() else None
    except (InvalidDate, ValidationError) as error:
        raise WriteRefused(str(error)) from error
