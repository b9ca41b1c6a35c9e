"""Keeps what public passages cite in their words: found when a text is published, in its transaction (ADR 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.records import indexing
from cstokb.records.indexing import Step, portions
from cstokb.records.models import Record
from cstokb.records.scope import NOW, Scope
from statements.models import DetectedCitation, Passage, Statement, StatementText
from treaty.citations import Citation, Context, find
from treaty.detection import meant
from treaty.library import Library, Shelf, Target
from treaty.models import Instrument, InstrumentRelation, Provision, ProvisionNumber

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BATCH = 500
#: What a citation found in a passage says; two that say the same are one.
SAID = (
    *("passage_id", "start", "end", "words"),
    *("target_provision_id", "target_instrument_id", "ambiguous", "held"),
)
Resolved = Sequence[tuple[Citation, Sequence[Target]]]


class Detected:
    """The table of citations found in passages, as a follower of the records."""

    def refresh(self, records: Sequence[Record]) -> None:
        """Read anew the passages that changed, and those whose citations may now mean something else."""
        concerned = _concerned(records)
        if concerned is None:
            return
        owners = {owner for one in records for owner in one.index_owners()}
        # The search documents of others name what they cite, too.
        indexing.make_anew(self.write(concerned) - owners)

    def rebuild(self) -> Iterator[Step]:
        """Read every public passage anew."""
        for keys, done, total in portions(Passage.objects.all(), BATCH):
            self._write(keys)
            yield Step(done, total, _("Finding what passages cite"))

    def is_complete(self) -> bool:
        """Whether it was ever made; whether it is right, the consistency check says."""
        return DetectedCitation.objects.exists() or next(found_in(Q()), None) is None

    def write(self, passages: Q) -> set[int]:
        """Read some passages anew, in the caller's transaction; the statements of which something else is said."""
        changed: set[int] = set()
        keys = list(Passage.objects.filter(passages).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            changed |= self._write(keys[start : start + BATCH])
        return changed

    def _write(self, keys: Sequence[int]) -> set[int]:
        kept = DetectedCitation.objects.filter(passage_id__in=keys)
        found = list(found_in(Q(pk__in=keys)))
        before = {tuple(row) for row in kept.values_list(*SAID)}
        differing = before ^ {_said(one) for one in found}
        if not differing:
            return set()
        kept.delete()
        DetectedCitation.objects.bulk_create(found, batch_size=BATCH)
        passages = Passage.objects.filter(pk__in={row[0] for row in differing})
        return set(passages.values_list("statement_id", flat=True))


FOLLOWER = Detected()


def _concerned(records: Sequence[Record]) -> Q | None:
    """The passages to read anew after a change; None where no citation can have changed.

    A name of an instrument may change what any passage means. A provision or a number changes what those passages
    mean that cite its instrument. The day and the instrument of a statement say how its passages are to be read.
    """
    if any(isinstance(one, (Instrument, InstrumentRelation)) for one in records):
        return Q()
    provisions = {one.pk for one in records if isinstance(one, Provision)}
    provisions |= {one.provision_id for one in records if isinstance(one, ProvisionNumber)}
    passages = {one.pk for one in records if isinstance(one, Passage)}
    texts = {one.pk for one in records if isinstance(one, StatementText)}
    statements = {one.pk for one in records if isinstance(one, Statement)}
    if not (provisions or passages or texts or statements):
        return None
    instruments = Provision.objects.filter(pk__in=provisions).values("instrument_id")
    citing = DetectedCitation.objects.filter(target_instrument_id__in=instruments).values("passage_id")
    own = Q(statement__instrument_id__in=instruments)
    concerned = Q(pk__in=passages) | Q(statement_text_id__in=texts) | Q(statement_id__in=statements)
    return concerned | Q(pk__in=citing) | own if provisions else concerned


# -- reading -------------------------------------------------------------------------------------------------------


class Written(NamedTuple):
    """A passage as the grammar reads it: its words, the day of its statement, the instrument that is the same text."""

    key: int
    text: str
    day: date | None
    instrument: int | None


def resolved(passages: Iterable[Written], library: Library) -> dict[int, Resolved]:
    """What the words of passages cite, with all that each citation may mean; at most one query."""
    read, shelf = _read(passages, library)
    return {
        one.key: [(citation, shelf.targets(citation, one.day)) for citation in citations]
        for one, citations in read
    }


def _read(
    passages: Iterable[Written], library: Library, *, always: bool = False
) -> tuple[list[tuple[Written, tuple[Citation, ...]]], Shelf]:
    read = [(one, find(one.text, library.book, _context(one, library)).citations) for one in passages]
    cited = (citation for _one, citations in read for citation in citations)
    return read, library.shelf(cited, always=always)


def _context(one: Written, library: Library) -> Context:
    """A statement is the text of no instrument, save where the same text is kept as one."""
    return library.context(one.instrument) if one.instrument else Context()


def found_in(meant_ones: Q, scope: Scope = NOW) -> Iterator[DetectedCitation]:
    """The citations in some passages, of those that show in a scope; nothing is written."""
    written = list(_written(meant_ones, scope))
    if not written:
        return
    read, shelf = _read(written, Library.of(scope), always=scope.known_on is not None)
    for one, citations in read:
        for citation in citations:
            yield from _rows(one, citation, shelf)


def _written(meant_ones: Q, scope: Scope) -> Iterator[Written]:
    passages = scope.rows(Passage).filter(meant_ones).order_by("entry_id")
    statements = scope.rows(Statement).filter(entry_id__in=passages.order_by().values("statement_id"))
    told = {key: others for key, *others in statements.values_list("entry_id", "issued_on", "instrument_id")}
    for key, statement, text in passages.values_list("entry_id", "statement_id", "text"):
        if statement in told:
            issued, instrument = told[statement]
            yield Written(key, text, issued.earliest if issued else None, instrument)


def _rows(one: Written, citation: Citation, shelf: Shelf) -> Iterator[DetectedCitation]:
    targets, ambiguous = meant(citation, shelf, one.day)
    for target in targets:
        yield DetectedCitation(
            passage_id=one.key,
            start=citation.start,
            end=citation.end,
            words=one.text[citation.start : citation.end],
            target_provision_id=target.provision,
            target_instrument_id=target.instrument,
            ambiguous=ambiguous,
            held=target.held,
        )


def _said(one: DetectedCitation) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in SAID)


def differences() -> Iterator[tuple[int, _StrPromise]]:
    """The passages, by row id, of which the table does not say what they cite, and how it differs."""
    kept = {tuple(row) for row in DetectedCitation.objects.values_list(*SAID)}
    made = {_said(one) for one in found_in(Q())}
    for row in sorted(made - kept, key=str):
        yield row[0], format_lazy(_("cites something by «{words}» that is not in the table"), words=row[3])
    for row in sorted(kept - made, key=str):
        yield row[0], format_lazy(_("is said to cite something by «{words}» and does not"), words=row[3])
