"""Choices: what a curator decided on a document so far, as it is kept with the upload until it is confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from cstokb.curation.documents.model import FindingKind, Recognised
from cstokb.curation.documents.spellings import Spelling, spellings
from cstokb.records.choices import SourceType
from treaty.choices import TextStanding

#: How sure a finding has to be for being accepted before anybody has looked.
SURE = 0.8


class Do(StrEnum):
    """What is to be done with a finding or a quotation."""

    UNDECIDED = ""
    ACCEPT = "accept"
    REFUSE = "refuse"
    PERSON = "new-person"
    ORGAN = "new-organ"


class Keep(StrEnum):
    """What of the text becomes passages of a press report."""

    QUOTED = "quoted"
    WHOLE = "whole"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Decision:
    """What is decided on one spelling.

    ``record`` is what it names (an id, a day in EDTF, a place); ``kind`` that of the record where nothing was
    recognised. ``backs``: the document becomes evidence for the record. ``remember``: the spelling becomes a name of
    it. ``not_here``: the characters at which its places begin that name something else.
    """

    do: Do = Do.UNDECIDED
    record: str = ""
    kind: str = ""
    backs: bool = False
    remember: bool = False
    not_here: tuple[int, ...] = ()


@dataclass(frozen=True)
class SaidBy:
    """What is decided on one quotation: whose words, in which office, of which text.

    ``speaker`` is the id of a person, or ``new:`` and the index of the spelling that becomes one.
    """

    do: Do = Do.UNDECIDED
    speaker: str = ""
    office: str = ""
    document: str = ""


@dataclass(frozen=True)
class Choices:
    """Everything that confirming a document needs to know. Dates are EDTF, records are ids, empty is not said."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    published_on: str = ""
    type: str = SourceType.MEDIA.value
    keep: Keep = Keep.QUOTED
    statement_en: str = ""
    statement_ru: str = ""
    issued_on: str = ""
    place: str = ""
    session: str = ""
    standing: str = TextStanding.UNOFFICIAL_TRANSLATION.value
    again: bool = False
    spellings: dict[int, Decision] = field(default_factory=dict)
    quotations: dict[int, SaidBy] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """JSON values, from which ``from_json`` makes the same choices."""
        return {
            **{one.name: getattr(self, one.name) for one in fields(self)},
            "spellings": {str(index): asdict(one) for index, one in self.spellings.items()},
            "quotations": {str(index): asdict(one) for index, one in self.quotations.items()},
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Choices:
        """The choices that ``as_json`` wrote down; an upload keeps beside them how its file is to be read."""
        names = {one.name for one in fields(cls)} - {"spellings", "quotations"}
        plain = {name: value for name, value in values.items() if name in names}
        return cls(
            **{**plain, "keep": Keep(plain["keep"])},
            spellings={int(index): _decision(one) for index, one in values["spellings"].items()},
            quotations={
                int(index): SaidBy(**{**one, "do": Do(one["do"])})
                for index, one in values["quotations"].items()
            },
        )


def _decision(values: dict[str, Any]) -> Decision:
    return Decision(**{**values, "do": Do(values["do"]), "not_here": tuple(values["not_here"])})


def suggested(found: Recognised, threshold: float = SURE) -> Choices:
    """What is chosen before anybody has looked: findings as sure as ``threshold``, and every quotation."""
    source, listed = found.source, spellings(found)
    sure = [one for one in listed if one.is_known and one.score >= threshold]
    return Choices(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published_on=source.published,
        type=(SourceType.MEDIA if source.url else SourceType.FILE).value,
        keep=Keep.QUOTED if found.quotations else Keep.NOTHING,
        statement_en=source.title,
        statement_ru=source.title if found.language == "ru" else "",
        issued_on=source.published,
        session=_commonest(sure, FindingKind.SESSION),
        spellings={one.index: Decision(Do.ACCEPT, one.record, one.kind.value) for one in sure},
        quotations={
            index: SaidBy(Do.ACCEPT, one.speaker, one.office, one.document)
            for index, one in enumerate(found.quotations)
        },
    )


def _commonest(listed: Iterable[Spelling], kind: FindingKind) -> str:
    counted = Counter[str]()
    for one in listed:
        if one.kind is kind:
            counted[one.record] += len(one.places)
    return min(counted, key=lambda record: (-counted[record], record), default="")
