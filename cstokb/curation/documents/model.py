"""What is recognised in a document: findings and quotations with their spans, for the review screen and for JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Span = tuple[int, int]


class FindingKind(StrEnum):
    """What a stretch of text names. A topic's span is one that speaks for the topic of the whole document."""

    STATE = "state"
    PERSON = "person"
    ORGAN = "organ"
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    PLACE = "place"
    DATE = "date"
    TOPIC = "topic"
    SESSION = "session"
    SOURCE = "source"
    NAME = "name"  # looks like the name of somebody or something and is nobody's here


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant: its public id, how it is called, and how near it is, from 0 to 1."""

    record: str
    label: str
    score: float


@dataclass(frozen=True)
class Finding:
    """A stretch of the text that names something: ``text`` is what stands from ``start`` to ``end``.

    ``record`` is the public id of what it names (``kaz``, ``cst/art-4``, ``csc``), for a date its EDTF form, for a
    place its name in English, and empty where nothing is recognised. ``score`` is how sure that is, from 0 to 1.
    ``candidates`` are the nearest records, best first; the record itself is one of them only where others compete.
    """

    kind: FindingKind
    text: str
    start: int
    end: int
    record: str = ""
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return self.start, self.end

    def as_json(self) -> dict[str, Any]:
        """The values of one finding in the answer of the command."""
        return {
            "kind": self.kind.value,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "record": self.record,
            "score": self.score,
        }


@dataclass(frozen=True)
class Quotation:
    """Words of somebody, in one or more pieces ("…," the President continued, "…").

    ``text`` is the pieces joined by blanks, without their quotation marks. ``speaker`` is the public id of a person,
    ``office`` the words for their office as they stand in the text where they are named, ``document`` the public id of
    the instrument, provision or statement whose words they are; each empty where it is not known.
    """

    text: str
    spans: tuple[Span, ...]
    speaker: str = ""
    office: str = ""
    document: str = ""

    def as_json(self) -> dict[str, Any]:
        """The values of one quotation in the answer of the command."""
        return {
            "text": self.text,
            "spans": [list(span) for span in self.spans],
            "speaker": self.speaker,
            "office": self.office,
            "document": self.document,
        }


@dataclass(frozen=True)
class Warned:
    """Something that a curator should look at: a stable code, a sentence, and the stretch that it is about, if any."""

    code: str
    text: str
    start: int = 0
    end: int = 0

    def as_json(self) -> dict[str, Any]:
        """The values of one warning in the answer of the command."""
        return {"code": self.code, "text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class About:
    """What a document says of itself, and which file it was; each is empty where it is not said.

    ``published`` is the day of publication as EDTF. ``file`` and ``sha256`` are set by whoever has the file.
    """

    file: str = ""
    sha256: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    format: str = "text"
    encoding: str = ""
    encoding_from: str = ""

    def as_json(self) -> dict[str, Any]:
        """The values under "source" in the answer of the command."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Recognised:
    """Everything recognised in a document.

    ``text`` is the main text; every offset counts its characters. ``paragraphs`` and ``headings`` are spans in it,
    a heading is a paragraph too. ``findings`` stand in the order of the text; two of one kind never overlap.
    ``not_recognised`` are names that match no record, with the nearest ones as candidates.
    """

    source: About
    language: str
    text: str
    paragraphs: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    not_recognised: tuple[Finding, ...] = ()
    warnings: tuple[Warned, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The one object that `manage.py import_document --format json` prints."""
        return {
            "source": self.source.as_json(),
            "language": self.language,
            "findings": [one.as_json() for one in self.findings],
            "quotations": [one.as_json() for one in self.quotations],
            "warnings": [one.as_json() for one in self.warnings],
        }
