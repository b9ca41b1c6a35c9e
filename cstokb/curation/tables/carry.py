"""Carrying out a plan: drafts, changes and proposals in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cstokb.curation.tables.checks import assign, reference_keys
from cstokb.curation.tables.compare import payload
from cstokb.curation.tables.lookup import chunks
from cstokb.curation.tables.plan import Line, NewSource, Plan, State, moved
from cstokb.dates import HistoricDate
from cstokb.records.choices import Publication
from cstokb.records.decisions import settle
from cstokb.records.models import Entry, Evidence, NameForm, Record, Revision, Source, Topic
from cstokb.records.publish import Change, WriteRefused, write_all
from cstokb.records.revisions import propose

if TYPE_CHECKING:
    from cstokb.accounts.models import User

BATCH = 500


class Stopped(WriteRefused):
    """The table cannot be taken as it is; nothing was written. Its plan's lines say what is wrong."""


@dataclass
class Report:
    """What an import did. ``changed`` holds the values before it, so that they can be put back.

    ``created`` and ``changed`` are kept with the version that each record had afterwards.
    """

    created: list[tuple[str, int]] = field(default_factory=list)
    changed: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    proposed: list[tuple[str, int]] = field(default_factory=list)
    sources: list[tuple[str, int]] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "created": self.created,
            "changed": self.changed,
            "proposed": self.proposed,
            "sources": self.sources,
            "unchanged": self.unchanged,
            "left_out": self.left_out,
        }


def carry_out(
    plan: Plan,
    *,
    at: datetime,
    by: User,
    left_out: Collection[int] = (),
    seen: Mapping[str, int] | None = None,
    reason: str = "",
    correction: bool = False,
) -> Report:
    """Write what the lines of a plan ask for: new records as drafts, the rest as this person may.

    Args:
        plan: made against the records as they stand.
        at: the moment, aware.
        by: who imports.
        left_out: the numbers of the lines that were ticked off.
        seen: the versions that the person was shown, by id; None where nobody was shown any.
        reason: why, for the history.
        correction: whether what was published before was wrong.

    Raises:
        Stopped: when a line is wrong or its record has moved on; the lines say so, and nothing was written.
        WriteRefused: when the writer refuses the whole for another reason.
    """
    chosen = [line for line in plan.lines if line.asks and line.number not in left_out]
    if seen is not None:
        for line in moved(chosen, seen):
            line.refuse(_("The record has been changed since the table was shown."))
            line.state = State.CONFLICT
    _require_sound(chosen)
    work = _Work(plan, chosen, at, by, reason, correction)
    try:
        with transaction.atomic():
            return work.run(left_out)
    except Stopped:
        raise
    except WriteRefused as error:
        _require_sound(_blamed(error, plan, chosen))
        raise


def _require_sound(lines: Sequence[Line]) -> None:
    wrong = [line for line in lines if line.state in (State.WRONG, State.CONFLICT)]
    if wrong:
        numbers = ", ".join(str(line.number) for line in wrong[:10])
        said = _("Nothing was written. Correct these lines or tick them off: %(lines)s.")
        raise Stopped(said % {"lines": numbers + (" …" if len(wrong) > 10 else "")})


def _blamed(error: WriteRefused, plan: Plan, chosen: Sequence[Line]) -> list[Line]:
    """The line whose record a refusal of the writer begins with, marked as wrong."""
    said = str(error)
    blamed = [line for line in chosen if said.startswith((f"{plan.layout.kind} {line.slug}:",))]
    for line in blamed:
        line.refuse(said.partition(": ")[2], value=line.slug)
    return blamed


class _Work:
    """One import: prepared before the transaction, so that it holds the lock for no longer than writing takes."""

    def __init__(
        self, plan: Plan, chosen: Sequence[Line], at: datetime, by: User, reason: str, correction: bool
    ) -> None:
        self._plan, self._at, self._by = plan, at, by
        self._reason, self._correction = reason, correction
        self._now = [line for line in chosen if line.at_once]
        self._later = [line for line in chosen if not line.at_once]
        self._needed = _needed_sources(chosen, plan)
        if self._needed and not by.has_perm("records.add_source"):
            raise WriteRefused(_("You may not add sources, and the table names new ones."))
        self._sources = _sources(chosen)
        self._topics = _topics(chosen)
        self._keys = reference_keys(plan)
        self._made: dict[str, Record] = {}
        self._waits: dict[str, list[tuple[str, str]]] = {}
        self._records = {line.slug: self._record(line) for line in self._now}

    def _record(self, line: Line) -> Record:
        record = line.standing if line.standing is not None else self._plan.layout.model()
        self._waits[line.slug] = assign(record, line, self._keys)
        return record

    def run(self, left_out: Collection[int]) -> Report:
        """Write, then propose. Raises WriteRefused."""
        written = write_all(
            self._batches(), at=self._at, by=self._by, reason=self._reason, correction=self._correction
        )
        self._settle(written.changed)
        lines = {line.slug: line for line in self._now}
        report = Report(
            created=[(s, self._version(s)) for s, line in lines.items() if line.state is State.NEW],
            changed=[(s, self._version(s), _before(line)) for s, line in lines.items() if line.version],
            sources=[(one.slug, 1) for one in self._needed],
            unchanged=sum(not line.asks for line in self._plan.lines),
            left_out=sum(line.asks and line.number in left_out for line in self._plan.lines),
        )
        self._propose(report)
        return report

    def _settle(self, changed: Sequence[int]) -> None:
        """Proposals that ask for what stands now are done, as after every change that is written at once."""
        open_ = Revision.objects.open().values_list("entry_id", flat=True)
        for entry in Entry.objects.filter(pk__in=set(open_).intersection(changed)):
            settle(entry, by=self._by, at=self._at)

    def _version(self, slug: str) -> int:
        return self._records[slug].entry.version

    def _batches(self) -> Iterator[list[Change]]:
        if self._needed:
            yield [_draft(Source(title=one.title, url=one.url), one.slug, self._why) for one in self._needed]
            self._sources |= _by_slug([one.slug for one in self._needed])
        for wave in self._waves():
            for start in range(0, len(wave), BATCH):
                part = wave[start : start + BATCH]
                yield [self._change(line) for line in part]
                self._made |= {line.slug: self._records[line.slug] for line in part}

    @property
    def _why(self) -> str:
        return _("Imported from a table; not looked over by another person yet.")

    def _waves(self) -> Iterator[list[Line]]:
        """Lines whose record refers to another of the file come after it."""
        waiting = list(self._now)
        while waiting:
            open_ = {line.slug for line in waiting}
            ready = [one for one in waiting if not any(slug in open_ for _n, slug in self._waits[one.slug])]
            if not ready:
                waiting[0].refuse(_("It refers to itself in a circle."))
                _require_sound(waiting)
            yield ready
            gone = {line.slug for line in ready}
            waiting = [line for line in waiting if line.slug not in gone]

    def _change(self, line: Line) -> Change:
        record = self._records[line.slug]
        for name, slug in self._waits[line.slug]:
            if slug not in self._made:
                line.refuse(_("The record %(id)s, to which it refers, is left out.") % {"id": slug})
                _require_sound([line])
            setattr(record, name, self._made[slug].pk)
        new, fresh = payload(line), line.state is State.NEW
        return Change(
            record,
            line.slug,
            publication=Publication.DRAFT if fresh else None,
            why=self._why if fresh else None,
            evidence=[self._evidence(one) for one in new["evidence"]] if "evidence" in new else None,
            names=[_name(one) for one in new["names"]] if "names" in new else None,
            topics=[self._topics[slug] for slug in new["topics"]] if "topics" in new else None,
            base_version=line.version,
        )

    def _evidence(self, row: Mapping[str, Any]) -> Evidence:
        rest = {name: value for name, value in row.items() if name != "source"}
        return Evidence(source=self._sources[row["source"]], **rest)

    def _propose(self, report: Report) -> None:
        entries = _entries(self._plan.layout.kind, [line.slug for line in self._later])
        marked = {"correction": True} if self._correction else {}
        for line in self._later:
            entry = entries[line.slug]
            if entry.version != line.version:
                line.refuse(_("The record has been changed since the table was shown."))
                line.state = State.CONFLICT
                _require_sound([line])
            made = propose(entry, payload(line) | marked, at=self._at, by=self._by, reason=self._reason)
            if made is not None:
                report.proposed.append((line.slug, made.pk))


def _draft(record: Record, slug: str, why: str) -> Change:
    return Change(record, slug, Publication.DRAFT, why, base_version=0)


def _before(line: Line) -> dict[str, Any]:
    return {one.name: one.old for one in line.differences}


def _name(row: Mapping[str, Any]) -> NameForm:
    days = {name: HistoricDate.parse(row[name]) for name in ("began_on", "ended_on") if row.get(name)}
    return NameForm(**{**row, **days})


def _needed_sources(lines: Sequence[Line], plan: Plan) -> list[NewSource]:
    named = {row["source"] for line in lines for row in payload(line).get("evidence", ())}
    return [one for slug, one in plan.sources.items() if slug in named]


def _sources(lines: Sequence[Line]) -> dict[str, Source]:
    return _by_slug({row["source"] for line in lines for row in payload(line).get("evidence", ())})


def _by_slug(slugs: Collection[str]) -> dict[str, Source]:
    rows = Source.objects.select_related("entry")
    found = (one for part in chunks(sorted(slugs)) for one in rows.filter(entry__slug__in=part))
    return {one.public_id: one for one in found}


def _topics(lines: Sequence[Line]) -> dict[str, int]:
    wanted = {slug for line in lines for slug in payload(line).get("topics", ())}
    return {slug: entry.pk for slug, entry in _entries(Topic.kind, wanted).items()}


def _entries(kind: str, slugs: Collection[str]) -> dict[str, Entry]:
    found = (Entry.objects.filter(kind=kind, slug__in=part) for part in chunks(sorted(slugs)))
    return {entry.slug: entry for rows in found for entry in rows}
