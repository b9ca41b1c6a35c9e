"""Carrying out a plan: drafts and proposals in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.curation.importing.origins import Origin
from cstokb.curation.importing.plan import Item, Plan
from cstokb.dates import HistoricDate
from cstokb.records.choices import Publication
from cstokb.records.models import Entry, Evidence, Source
from cstokb.records.payload import EVIDENCE_FIELDS, payload_of, stored
from cstokb.records.publish import Change, Conflict, Outcome, write_all
from cstokb.records.revisions import propose
from treaty.models import Provision, ProvisionText

if TYPE_CHECKING:
    from cstokb.accounts.models import User

_LONGEST_HEADING = 300
_LONGEST_LOCATOR = 200


@dataclass
class Report:
    """What an import did: ids of what was written as drafts and of what is proposed."""

    provisions: list[str] = field(default_factory=list)
    wordings: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    source: str = ""
    source_is_new: bool = False

    @property
    def did_nothing(self) -> bool:
        """Whether everything stood already or was proposed before."""
        return not (self.provisions or self.wordings or self.changed or self.proposed)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "provisions": self.provisions,
            "wordings": self.wordings,
            "changed": self.changed,
            "proposed": self.proposed,
            "source": self.source,
            "source_is_new": self.source_is_new,
        }


def carry_out(
    plan: Plan, chosen: Collection[int], origin: Origin, *, at: datetime, by: User | None, reason: str = ""
) -> Report:
    """Write the chosen parts of a plan: new ones as drafts, changes of published ones as proposals.

    Args:
        plan: made against the records as they stand.
        chosen: the indexes of its items to take; one that cannot be taken is passed over.
        origin: the source of the text.
        at: the moment, aware.
        by: who imports; None for a command.
        reason: why, for history; says itself where empty.

    Raises:
        WriteRefused: when a record breaks a law of the model or has moved on; nothing was written.
    """
    items = [item for item in plan.items if item.index in chosen and item.can_be_taken]
    if not items:
        return Report(source=_id_of(origin.standing()))
    said = reason or _("Imported: %(name)s") % {"name": origin.file_name or origin.url or origin.title}
    with transaction.atomic():
        return _Import(plan, items, origin, at, by, said).run()


def _id_of(source: Source | None) -> str:
    return source.public_id if source else ""


class _Import:
    """One import: what it writes, batch by batch."""

    def __init__(
        self, plan: Plan, items: Sequence[Item], origin: Origin, at: datetime, by: User | None, reason: str
    ) -> None:
        self._plan, self._items, self._origin = plan, items, origin
        self._at, self._by, self._reason = at, by, reason
        self._source = origin.standing()
        self._provisions = {item.part.anchor: item.provision for item in plan.items if item.provision}
        fresh = [item.slug for item in items if item.provision is None]
        self.report = Report(fresh, source=_id_of(self._source), source_is_new=self._source is None)

    def run(self) -> Report:
        """Write drafts, then queue proposals."""
        outcome = write_all(
            (batch for batch in self._batches() if batch), at=self._at, by=self._by, reason=self._reason
        )
        self._propose()
        self._keep_changed(outcome)
        return self.report

    def _batches(self) -> Iterator[list[Change]]:
        if self._source is None:
            source, slug = self._origin.new()
            yield [self._draft(source, slug, evidence=None)]
            self._source, self.report.source = source, slug
        fresh = [item for item in self._items if item.provision is None]
        yield [self._provision(item) for item in fresh if not item.part.parent]
        yield [self._provision(item) for item in fresh if item.part.parent]
        yield [self._ended(item.ends) for item in self._items if item.ends]
        worded = [item for item in self._items if item.has_wording and not item.is_proposed]
        yield [self._wording(item) for item in worded]

    def _draft(self, record: Any, slug: str, *, evidence: list[Evidence] | None) -> Change:
        why = _("Imported; not looked over by another person yet.")
        return Change(record, slug, Publication.DRAFT, why, evidence=evidence, base_version=0)

    def _provision(self, item: Item) -> Change:
        part, language = item.part, self._plan.terms.language
        heading = part.heading[:_LONGEST_HEADING]
        row = Provision(
            instrument=self._plan.terms.instrument,
            parent=self._provisions.get(part.parent),
            type=part.kind,
            number=part.number,
            eid=part.anchor,
            order=item.order,
            heading_en=heading if language == "en" else "",
            heading_ru=heading if language == "ru" else "",
            heading_is_ours=not heading,
        )
        self._provisions[part.anchor] = row
        return self._draft(row, item.slug, evidence=[self._evidence(item)])

    def _wording(self, item: Item) -> Change:
        if item.wording is not None:
            self.report.changed.append(item.wording_id)
            return self._rewritten(item, item.wording)
        row = self._with_terms(
            ProvisionText(provision=self._provisions[item.part.anchor], text=item.part.text)
        )
        self.report.wordings.append(item.wording_id)
        return self._draft(row, item.wording_id, evidence=[self._evidence(item)])

    def _ended(self, draft: ProvisionText) -> Change:
        """A draft that the new wording follows, with the day before as its last."""
        row: Any = stored(draft.entry)
        row.ended_on = HistoricDate.parse(self._plan.terms.eve)
        self.report.changed.append(draft.public_id)
        return Change(row, draft.public_id, base_version=draft.entry.version)

    def _with_terms(self, row: ProvisionText) -> ProvisionText:
        terms = self._plan.terms
        row.language, row.standing, row.began_on = terms.language, terms.standing, terms.began_on
        if terms.ended_on is not None:
            row.ended_on = terms.ended_on
        if terms.made_by is not None:
            row.made_by = terms.made_by
        return row

    def _rewritten(self, item: Item, standing: ProvisionText) -> Change:
        """A wording that stands, with the words and days of the import and its source beside those it has."""
        row: Any = stored(standing.entry)
        row.text = item.part.text
        return Change(
            self._with_terms(row),
            standing.public_id,
            evidence=self._evidence_beside(item, standing),
            base_version=standing.entry.version,
        )

    def _evidence(self, item: Item) -> Evidence:
        label = item.part.label or item.part.kind.label
        return Evidence(source=self._source, locator=str(label)[:_LONGEST_LOCATOR])

    def _evidence_beside(self, item: Item, standing: ProvisionText) -> list[Evidence]:
        held = Evidence.objects.filter(entry=standing.entry).select_related("source__entry")
        kept = [
            Evidence(source=row.source, **{name: getattr(row, name) for name in EVIDENCE_FIELDS})
            for row in held
        ]
        own = self._evidence(item)
        known = {(row.source_id, row.locator, row.field) for row in kept}
        return kept if (own.source_id, own.locator, "") in known else [*kept, own]

    def _propose(self) -> None:
        """What is published is changed by another person's decision alone."""
        waiting = [(item, item.wording) for item in self._items if item.wording and item.is_proposed]
        entries = Entry.objects.in_bulk([wording.pk for _item, wording in waiting])
        for item, wording in waiting:
            change, entry = self._rewritten(item, wording), entries[wording.pk]
            if change.base_version != entry.version:
                raise Conflict(entry, change.base_version or 0)
            change.record.entry = entry
            if propose(entry, payload_of(change), at=self._at, by=self._by, reason=self._reason):
                self.report.proposed.append(item.wording_id)

    def _keep_changed(self, outcome: Outcome) -> None:
        """Of drafts that were written again, only those that changed are told."""
        held = [row for item in self._items for row in (item.wording, item.ends) if row]
        rows = {row.public_id: row.pk for row in held}
        self.report.changed = [slug for slug in self.report.changed if rows[slug] in outcome.changed]
