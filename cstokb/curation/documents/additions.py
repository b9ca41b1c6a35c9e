"""What a document adds to records that stand: a spelling as a name, and itself as evidence, where that was ticked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cstokb.curation.documents.choices import Choices, Decision, Do
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.named import named
from cstokb.curation.documents.spellings import Spelling, paragraph_of, spellings
from cstokb.curation.models import Upload
from cstokb.records.choices import NameKind
from cstokb.records.models import Evidence, NameForm, Record, Source
from cstokb.records.payload import EVIDENCE_FIELDS, NAME_FIELDS, stored
from cstokb.records.publish import Change

_LONGEST_QUOTATION = 300
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
_Ticked = list[tuple[Spelling, Decision]]


def additions(found: Recognised, choices: Choices, source: Source) -> Iterator[Change]:
    """A change for each record that gets a name or evidence."""
    by_record: dict[tuple[str, str], _Ticked] = defaultdict(list)
    for spelling in spellings(found):
        decision = choices.spellings.get(spelling.index)
        if (
            decision
            and decision.do is Do.ACCEPT
            and decision.record
            and (decision.backs or decision.remember)
        ):
            kind = decision.kind or spelling.kind.value
            by_record[kind, decision.record].append((spelling, decision))
    for (kind, slug), ticked in by_record.items():
        yield _change(named(kind, slug), ticked, found, source)


def file_of(source: Source, upload: Upload) -> Change | None:
    """The file of a source that stood without one."""
    if source.checksum or source.file_name:
        return None
    row: Any = stored(source.entry)
    row.checksum, row.file_name = upload.file.sha256, upload.name
    return Change(row, source.public_id, base_version=source.entry.version)


def _change(record: Record, ticked: _Ticked, found: Recognised, source: Source) -> Change:
    return Change(
        record,
        record.entry.slug,
        names=_names(record, [one for one, said in ticked if said.remember], found.language),
        evidence=_evidence(record, [one for one in ticked if one[1].backs], found, source),
        base_version=record.entry.version,
    )


def _names(record: Record, remembered: list[Spelling], language: str) -> list[NameForm] | None:
    """The names that it has and the spellings that it has not; None where nothing is new."""
    standing = list(NameForm.objects.filter(entry=record.entry))
    known = {name.text for name in standing}
    fresh = list(dict.fromkeys(one.text for one in remembered if one.text not in known))
    if not fresh:
        return None
    given = [
        NameForm(**{name: getattr(row, name) for name in NAME_FIELDS}) for row in standing if not row.own
    ]
    return given + [
        NameForm(text=text, kind=NameKind.ALIAS, language=language, script=script_of(text)) for text in fresh
    ]


def script_of(text: str) -> str:
    """Cyrl or Latn, as most of the letters are; empty for others."""
    names = [unicodedata.name(letter, "") for letter in text if letter.isalpha()]
    for word, script in (("CYRILLIC", "Cyrl"), ("LATIN", "Latn")):
        if sum(name.startswith(word) for name in names) * 2 > len(names):
            return script
    return ""


def _evidence(record: Record, ticked: _Ticked, found: Recognised, source: Source) -> list[Evidence] | None:
    """The evidence that it has, and the sentence in which the document first names it."""
    held = list(Evidence.objects.filter(entry=record.entry).select_related("source__entry"))
    if not ticked or any(row.source_id == source.pk and not row.field for row in held):
        return None
    spelling, decision = ticked[0]
    here = [one for one in spelling.places if one.start not in decision.not_here]
    place = (here or spelling.places)[0]
    kept = [
        Evidence(source=row.source, **{name: getattr(row, name) for name in EVIDENCE_FIELDS}) for row in held
    ]
    number = paragraph_of(found, place.start)
    own = Evidence(
        source=source,
        locator=f"paragraph {number}" if number else "",
        quotation=sentence_at(found, place.start),
    )
    return [*kept, own]


def sentence_at(found: Recognised, place: int) -> str:
    """The sentence in which a character stands, shortened to the words about it where it is long."""
    start, end = next(
        ((first, last) for first, last in found.paragraphs if first <= place < last), (place, place)
    )
    said = start
    for part in _SENTENCE_END.split(found.text[start:end]):
        if said + len(part) >= place:
            offset = max(0, place - said - _LONGEST_QUOTATION // 2)
            return part[offset : offset + _LONGEST_QUOTATION].strip()
        said += len(part) + 1
    return ""
