"""Keeps the references that public wordings make: found when a text is published, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cstokb.records.indexing import Step, portions
from cstokb.records.models import Record
from cstokb.records.scope import NOW, Scope
from treaty.citations import Citation, find
from treaty.library import Library, Place, Shelf, Target, steps_of, unsure
from treaty.models import (
    DetectedReference,
    Instrument,
    InstrumentRelation,
    Provision,
    ProvisionNumber,
    ProvisionText,
)
from treaty.questions import DETECTED

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A stretch with more possible meanings than these says of none of them that it is referred to.
MOST_MEANINGS = 5
BATCH = 500


class Detected:
    """The table of references found in wordings, as a follower of the records."""

    def refresh(self, records: Sequence[Record]) -> None:
        """Read anew the wordings that changed, and those whose references may now mean something else."""
        concerned = _concerned(records)
        if concerned is not None:
            self.write(concerned)

    def rebuild(self) -> Iterator[Step]:
        """Read every public wording anew."""
        for keys, done, total in portions(ProvisionText.objects.all(), BATCH):
            self._write(keys)
            yield Step(done, total, _("Finding what treaties refer to"))

    def is_complete(self) -> bool:
        """Whether it was ever made; whether it is right, the consistency check says."""
        texts = ProvisionText.objects.published()
        return DetectedReference.objects.exists() or not texts.exists()

    def write(self, wordings: Q) -> None:
        """Read some wordings anew, in the caller's transaction."""
        keys = list(ProvisionText.objects.filter(wordings).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            self._write(keys[start : start + BATCH])

    def _write(self, keys: Sequence[int]) -> None:
        DetectedReference.objects.filter(wording_id__in=keys).delete()
        DetectedReference.objects.bulk_create(found_in(Q(pk__in=keys)), batch_size=BATCH)


FOLLOWER = Detected()


def _concerned(records: Sequence[Record]) -> Q | None:
    """The wordings to read anew after a change; None where no reference can have changed.

    A name or an amendment may change what any text means. A provision or a number changes what the texts of its
    instrument mean, and those that refer to that instrument.
    """
    if any(isinstance(one, (Instrument, InstrumentRelation)) for one in records):
        return Q()
    texts = {one.pk for one in records if isinstance(one, ProvisionText)}
    provisions = {one.pk for one in records if isinstance(one, Provision)}
    provisions |= {one.provision_id for one in records if isinstance(one, ProvisionNumber)}
    if not texts and not provisions:
        return None
    instruments = Provision.objects.filter(pk__in=provisions).values("instrument_id")
    citing = DetectedReference.objects.filter(target_instrument_id__in=instruments).values("wording_id")
    return Q(pk__in=texts) | Q(provision__instrument_id__in=instruments) | Q(pk__in=citing)


def found_in(wordings: Q, scope: Scope = NOW) -> Iterator[DetectedReference]:
    """The references that some wordings make, of those that show in a scope; nothing is written."""
    library = Library.of(scope)
    texts = scope.rows(ProvisionText).filter(wordings).order_by("entry_id")
    rows = scope.rows(Provision).values_list("entry_id", "instrument_id", "parent_id", "type", "number")
    places = {key: Place(*others) for key, *others in rows}
    read = [
        (row, _citations(row, library, places))
        for row in texts.values("entry_id", "provision_id", "began_on", "text")
        if row["provision_id"] in places
    ]
    shelf = library.shelf(one for _row, citations in read for one in citations)
    for row, citations in read:
        for one in citations:
            yield from _rows(row, places[row["provision_id"]].instrument, one, shelf)


def _citations(row: Any, library: Library, places: Mapping[int, Place]) -> tuple[Citation, ...]:
    key = row["provision_id"]
    context = library.context(places[key].instrument, steps_of(places, key))
    return find(row["text"], library.book, context).citations


def meant(one: Citation, shelf: Shelf, day: date | None) -> tuple[list[Target], bool]:
    """What a citation in a text of a day is kept to mean, and whether that is uncertain; nothing where too much is."""
    targets = shelf.targets(one, day)
    if not unsure(one, targets):
        return targets, False
    held = [target for target in targets if target.held]
    return (held if len(held) <= MOST_MEANINGS else []), True


def _rows(row: Any, instrument: int, one: Citation, shelf: Shelf) -> Iterator[DetectedReference]:
    day = row["began_on"].earliest if row["began_on"] else None
    targets, ambiguous = meant(one, shelf, day)
    for target in _of_others(targets, row["provision_id"], instrument):
        yield DetectedReference(
            wording_id=row["entry_id"],
            provision_id=row["provision_id"],
            start=one.start,
            end=one.end,
            words=row["text"][one.start : one.end],
            target_provision_id=target.provision,
            target_instrument_id=target.instrument,
            ambiguous=ambiguous,
            held=target.held,
        )


def _of_others(targets: Iterable[Target], provision: int, instrument: int) -> Iterator[Target]:
    """Without the provision itself ("this Article"), and its instrument as a whole ("this Treaty")."""
    for target in targets:
        whole = target.instrument == instrument and target.provision is None and target.held
        if target.provision != provision and not whole:
            yield target


def differences() -> Iterator[tuple[int, _StrPromise]]:
    """The wordings, by row id, of which the table does not say what they refer to, and how it differs."""
    kept = {tuple(row) for row in DetectedReference.objects.values_list(*DETECTED)}
    made = {tuple(getattr(one, name) for name in DETECTED) for one in found_in(Q())}
    for row in sorted(made - kept, key=str):
        yield (
            row[0],
            format_lazy(_("refers to something by «{words}» that is not in the table"), words=row[4]),
        )
    for row in sorted(kept - made, key=str):
        yield row[0], format_lazy(_("is said to refer to something by «{words}» and does not"), words=row[4])
