"""Documents into the index and out of it, always inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError, transaction

from cstokb.fulltext import kept, letters, openings, tables, vocabulary
from cstokb.fulltext.backends import backend
from cstokb.fulltext.backends.base import RecordTerms, Stream
from cstokb.fulltext.documents import Document
from cstokb.fulltext.forms import packed
from cstokb.fulltext.models import (
    FacetValue,
    IndexedRecord,
    Kept,
    Late,
    Opening,
    Passage,
    Rebuild,
    Stamp,
    TitleKey,
    Word,
)
from cstokb.fulltext.tables import Row
from cstokb.fulltext.terms import Analysis, analyse
from cstokb.fulltext.tree import Phrase, Term

BATCH = 200
MOST_TITLE_WORDS = 9999
AVERAGE_WORDS = 300
# A PostgreSQL vector keeps 255 places of a word; a stream of this length is far from its other limits.
MOST_TERMS = 2000
MOST_PLACES = 255
# Parts of one passage overlap by more than any phrase and distance of a query together.
OVERLAP = 160
# A PostgreSQL vector holds a megabyte of different words.
MOST_BYTES = 900_000

_TABLES = (IndexedRecord, TitleKey, Opening, Passage, FacetValue)


class DocumentTooLarge(ValueError):
    """A document with more different words than one index row can hold."""


class _Read:
    """A document with its texts analysed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts = tuple(dict.fromkeys([text for _, text in document.titles] + list(document.names)))
        self.headings = [analyse(text) for text in self.texts]
        self.bodies = [analyse(segment.text) for segment in document.segments]
        self.roles = {role.text: analyse(role.text) for role in document.roles}
        self.held = [self.roles[role.text] for role in document.roles if role.held]
        self.called = [self.roles[role.text] for role in document.roles if role.held and role.opens]
        self.answers = [analyse(text) for text in document.answers]
        self.about = [*map(analyse, dict.fromkeys(document.about)), *self.answers]
        self.all = (*self.headings, *self.roles.values(), *self.bodies, *self.about)

    def terms(self) -> RecordTerms:
        """Its terms, weighed."""
        title = set(_terms_of([*self.headings, *self.held]))
        left = set(_terms_of(self.roles.values()))
        body, about = Counter(_terms_of(self.bodies)), set(_terms_of(self.about))
        if len("".join(title | left | body.keys() | about).encode()) > MOST_BYTES:
            raise DocumentTooLarge(
                f"Document {self.document.id} holds too many different words to be indexed."
            )
        length = sum(len(analysis.words) for analysis in self.bodies)
        worth = {times: weight(times, length) for times in set(body.values())}
        weights = {term: worth[times] for term, times in body.items()}
        own = weights | dict.fromkeys(left, "B") | dict.fromkeys(title, "A")
        return RecordTerms(self.document.id, dict.fromkeys(about, "D") | own)

    def streams(self) -> Iterator[Stream]:
        """Its rows of terms, cut into parts."""
        rows = (row for analysis in self.all for row in analysis.sequences())
        parts = (part for row in rows for part in cut(row))
        for number, part in enumerate(parts):
            yield Stream(self.document.id, number, part)

    def words(self) -> set[tuple[str, str]]:
        """Its word forms with their stems."""
        return {(word.form, word.stem) for analysis in self.all for word in analysis.told()}

    def record(self, known: Mapping[letters.Value, str]) -> Row:
        one = self.document
        own = "".join(known[value] for value in letters.values_of(one))
        days = (one.date_min, one.date_max or one.date_min)
        return (one.id, one.kind, *days, self.title_words(), one.sort_en, one.sort_ru, own)

    def title_words(self) -> int:
        """How long its shortest title or name is; of the offices that are held, the longest."""
        if self.called:
            return max(len(analysis.words) for analysis in self.called)
        return min((len(analysis.words) for analysis in self.headings), default=MOST_TITLE_WORDS)

    def title_keys(self) -> Iterator[Row]:
        found = (*self.headings, *self.answers)
        keys = dict.fromkeys(key for analysis in found for key in analysis.title_keys())
        return ((self.document.id, key) for key in keys)

    def openings(self) -> Iterable[Row]:
        one = self.document
        texts = [(one.kind, text, read) for text, read in zip(self.texts, self.headings, strict=True)]
        texts += [
            (openings.HELD if role.held else openings.LEFT, role.text, self.roles[role.text])
            for role in one.roles
            if role.opens
        ]
        made = (row for kind, text, read in texts for row in openings.rows(one.id, kind, text, read))
        return {(row.kind, row.place, row.start): row for row in made}.values()

    def passages(self) -> Iterator[Row]:
        for ordinal, (one, found) in enumerate(zip(self.document.segments, self.bodies, strict=True)):
            about = (one.anchor, one.language, one.role, one.voice)
            yield (self.document.id, ordinal, *about, one.text, packed(found), len(found.words))

    def facets(self) -> Iterator[Row]:
        for facet, values in self.document.facets.items():
            yield from ((self.document.id, facet, value) for value in dict.fromkeys(values))


def _terms_of(read: Iterable[Analysis]) -> Iterator[str]:
    """Every term of some texts, as often as it stands there."""
    return (term for analysis in read for term in analysis.found_by())


def weight(times: int, length: int) -> str:
    """How much a term says of passages that hold it so many times in so many words: B most, D least.

    The measure is BM25's, with a fixed average length, so that one record's index depends on no other record.
    """
    measure = times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / AVERAGE_WORDS))
    return "B" if measure >= 1.6 else "C" if measure >= 1.1 else "D"


def cut(terms: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row of terms in overlapping parts, none longer than a vector can hold with all places."""
    start = end = 0
    while end < len(terms):
        start = max(end - OVERLAP, start + 1) if end else 0
        end = _end_of_part(terms, start)
        yield tuple(terms[start:end])


def _end_of_part(terms: Sequence[str], start: int) -> int:
    last = min(start + MOST_TERMS, len(terms))
    if last - start <= MOST_PLACES:
        return last
    counts: Counter[str] = Counter()
    for at in range(start, last):
        counts[terms[at]] += 1
        if counts[terms[at]] > MOST_PLACES:
            return at
    return last


def index(documents: Iterable[Document]) -> None:
    """Put documents into the index, in place of what it held of the same records.

    Raises DocumentTooLarge before it writes anything of the batch the document is in.
    """
    every = iter(documents)
    while batch := list(islice(every, BATCH)):
        made = read(batch)
        _take_out([one.document.id for one in made.documents])
        put(made)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with all that the index keeps of them, ready to be written."""

    documents: Sequence[_Read]
    terms: Sequence[RecordTerms]


def read(documents: Iterable[Document]) -> Batch:
    """Read the texts of some documents; nothing is written. Raises DocumentTooLarge."""
    unique = {document.id: document for document in documents}
    made = [_Read(document) for document in unique.values()]
    return Batch(made, [one.terms() for one in made])


def put(batch: Batch) -> None:
    """Write documents of which the index holds nothing yet."""
    read, records = batch.documents, batch.terms
    known = letters.learn(value for one in read for value in letters.values_of(one.document))
    tables.write(IndexedRecord, (one.record(known) for one in read))
    tables.write(TitleKey, (key for one in read for key in one.title_keys()))
    tables.write(Opening, (row for one in read for row in one.openings()))
    tables.write(Passage, (passage for one in read for passage in one.passages()))
    tables.write(FacetValue, (value for one in read for value in one.facets()))
    vocabulary.learn(word for one in read for word in one.words())
    backend().add(records, (stream for one in read for stream in one.streams()))
    kept.outdate()


def remove(ids: Sequence[int]) -> None:
    """Take records out of the index; ids that it does not hold are passed over."""
    if _take_out(ids):
        kept.outdate()


def _take_out(ids: Sequence[int]) -> bool:
    """Take records out, without saying so; whether any of them was in."""
    held = False
    for start in range(0, len(ids), BATCH):
        asked = tables.rows(IndexedRecord, ("record_id",), "record_id", ids[start : start + BATCH])
        part = [key for (key,) in asked]
        if not part:
            continue
        held = True
        for model in _TABLES:
            tables.delete(model, part)
        backend().remove(part)
    return held


def clear() -> None:
    """Empty the index."""
    for model in (*_TABLES, Word):
        model._default_manager.all().delete()
    backend().clear()
    kept.outdate()


def note(ids: Sequence[int]) -> None:
    """While the index is made anew beside this one: remember that these records were written."""
    if ids and Rebuild.objects.exists():
        Late.objects.bulk_create([Late(record_id=key) for key in ids], batch_size=1000)


def is_readable() -> bool:
    """Whether every table of the index can be asked."""
    nothing = Term("nothing", "")
    held = (backend().having(nothing), backend().placed([Phrase((nothing.term,) * 2, "")]))
    try:
        with transaction.atomic():
            for model in (*_TABLES, Word, Kept, Stamp, Rebuild, Late):
                model._default_manager.exists()
            for rows in held:
                IndexedRecord.objects.filter(record_id__in=rows).exists()
            backend().alive(["nothing"])
    except DatabaseError:
        return False
    return True


def is_empty() -> bool:
    """Whether the index holds no record."""
    return not IndexedRecord.objects.exists()


def is_whole() -> bool:
    """Whether everything that belongs to the index was made since its tables stand; cheap."""
    return Opening.objects.exists() or not IndexedRecord.objects.exists()


def facets_of(ids: Sequence[int], facet: str) -> dict[int, set[str]]:
    """The values that records have in a facet; records without any are left out."""
    found: dict[int, set[str]] = {}
    rows = FacetValue.objects.filter(record_id__in=list(ids), facet=facet)
    for key, value in rows.values_list("record_id", "value"):
        found.setdefault(key, set()).add(value)
    return found


def indexed_ids() -> Iterator[int]:
    """The ids of all records in the index, ascending."""
    yield from IndexedRecord.objects.order_by("record_id").values_list("record_id", flat=True).iterator()
