"""Whether a document was imported before: the same file, the same text, or the same words under another name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cstokb.curation.documents.model import Recognised
from cstokb.curation.models import Kind, State, Upload
from cstokb.fulltext.normalise import fold
from cstokb.records.models import Entry, Source
from statements.models import Passage

#: A quotation shorter than this is said by many texts.
_LONG = 60
_MOST = 500


@dataclass(frozen=True)
class Standing:
    """What stands of a document that was imported before; ``same`` says what it has in common: file, text or words."""

    entry: Entry
    same: str


def digest_of(text: str) -> str:
    """A digest of the letters and digits of a text: the same whatever the spacing, the marks and the file format."""
    letters = "".join(letter for letter in fold(text) if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def standing(found: Recognised, checksum: str) -> list[Standing]:
    """The sources and statements that stand of the document already, each once."""
    rows = [Standing(entry, "file") for entry in _of_file(checksum)]
    rows += [Standing(entry, "text") for entry in _of_text(digest_of(found.text))]
    rows += [Standing(entry, "words") for entry in _of_words(found)]
    unique = {row.entry.pk: row for row in reversed(rows)}
    return list(reversed(unique.values()))


def _of_file(checksum: str) -> list[Entry]:
    if not checksum:
        return []
    sources = Source.objects.filter(checksum=checksum).select_related("entry")
    return [source.entry for source in sources.order_by("pk")]


def _of_text(digest: str) -> list[Entry]:
    confirmed = Upload.objects.filter(
        kind=Kind.DOCUMENT, state=State.CONFIRMED, result__digest=digest
    ).order_by("decided_at")
    results = list(confirmed.values_list("result", flat=True))
    wanted = [(kind, row.get(kind)) for row in results for kind in ("source", "statement") if row.get(kind)]
    found = {
        (entry.kind, entry.slug): entry
        for entry in Entry.objects.filter(
            kind__in=("source", "statement"), slug__in=[slug for _kind, slug in wanted]
        )
    }
    return [found[key] for key in wanted if key in found]


def _of_words(found: Recognised) -> list[Entry]:
    """Statements that hold at least half of the long quotations, word for word."""
    said = {one.text for one in found.quotations[:_MOST] if len(one.text) >= _LONG}
    said |= {found.text[one.spans[0][0] : one.spans[-1][1]] for one in found.quotations[:_MOST] if one.spans}
    said = {text for text in said if len(text) >= _LONG}
    if not said:
        return []
    passages = Passage._base_manager.filter(text__in=said).values_list("statement_id", "text")
    by_statement: dict[int, set[str]] = {}
    for statement, text in passages:
        by_statement.setdefault(statement, set()).add(text)
    long = sum(len(one.text) >= _LONG for one in found.quotations)
    ids = [key for key, texts in by_statement.items() if 2 * len(texts) >= long]
    return list(Entry.objects.filter(pk__in=ids).order_by("pk"))
