"""Carrying out a plan: drafts ahead where there are many, then changes and proposals in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from cstokb.records.decisions import settle_all
from cstokb.records.models import Entry, Evidence, NameForm, Record, Source, Topic
from cstokb.records.publish import Change, WriteRefused, write, write_all
from cstokb.records.revisions import propose

if TYPE_CHECKING:
    from cstokb.accounts.models import User

BATCH = 500
#: So many drafts are written in one step with everything else; more are written ahead of it, portion by portion.
FEW = 500
#: The version of a draft that nobody has touched since it was made.
FIRST = 1

Items = list[Line | NewSource]


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
    settled: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[str, int]] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "created": self.created,
            "changed": self.changed,
            "proposed": self.proposed,
            "settled": self.settled,
            "sources": self.sources,
            "unchanged": self.unchanged,
            "left_out": self.left_out,
        }


def prepare(
    plan: Plan,
    *,
    at: datetime,
    by: User,
    left_out: Collection[int] = (),
    seen: Mapping[str, int] | None = None,
    reason: str = "",
    correction: bool = False,
    standing: Mapping[str, Sequence[str]] | None = None,
) -> Work:
    """What the lines of a plan ask for, ready to be written: new records as drafts, the rest as this person may.

    Args:
        plan: made against the records as they stand.
        at: the moment, aware.
        by: who imports.
        left_out: the numbers of the lines that were ticked off.
        seen: the versions that the person was shown, by id; None where nobody was shown any.
        reason: why, for the history.
        correction: whether what was published before was wrong.
        standing: ids, by kind, of the drafts that this import has written before it was cut short.

    Raises:
        Stopped: when a line is wrong or its record has moved on; the lines say so.
        WriteRefused: when the person may not do what it takes.
    """
    stood = standing or {}
    own = set(stood.get(plan.layout.kind, ()))
    chosen = [
        line for line in plan.lines if line.asks and line.number not in left_out and line.slug not in own
    ]
    if seen is not None:
        for line in moved(chosen, seen):
            line.refuse(_("The record has been changed since the table was shown."))
            line.state = State.CONFLICT
    _require_sound(chosen)
    report = Report(
        created=[(slug, FIRST) for slug in stood.get(plan.layout.kind, ())],
        sources=[(slug, FIRST) for slug in stood.get(Source.kind, ()) if plan.layout.kind != Source.kind],
        unchanged=sum(not line.asks and line.slug not in own for line in plan.lines),
        left_out=sum(line.asks and line.number in left_out for line in plan.lines),
    )
    return Work(plan, chosen, report, at, by, reason, correction)


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


class Work:
    """One import: prepared while nobody waits, so that the steps that hold the lock do no more than write.

    Few drafts are written with everything else in one step, ``finish``. Many are written ahead of it, some at a time,
    each time in a transaction of their own: no reader sees a draft. What readers see changes in the last step alone.
    """

    def __init__(
        self,
        plan: Plan,
        chosen: Sequence[Line],
        report: Report,
        at: datetime,
        by: User,
        reason: str,
        correction: bool,
    ) -> None:
        self._plan, self._chosen, self._report = plan, chosen, report
        self._at, self._by, self._reason, self._correction = at, by, reason, correction
        self._later = [line for line in chosen if not line.at_once]
        self._needed = _needed_sources(chosen, plan)
        if self._needed and not by.has_perm("records.add_source"):
            raise WriteRefused(_("You may not add sources, and the table names new ones."))
        self._sources = _sources(chosen)
        self._topics = _topics(chosen)
        self._keys = reference_keys(plan)
        self._made: dict[str, int] = {}
        self._waits: dict[str, list[tuple[str, str]]] = {}
        now = [line for line in chosen if line.at_once]
        self._records = {line.slug: self._record(line) for line in now}
        self._behind = {line.slug: self._named(line) for line in now}
        self._require_companions(now)
        fresh = [line for line in now if line.state is State.NEW]
        many = len(fresh) + len(self._needed) > FEW
        sources: list[Items] = [list(self._needed)] if self._needed else []
        self._ahead = [*sources, *self._waves(fresh)] if many else []
        self._last = (
            self._waves([line for line in now if line.state is not State.NEW], known=fresh)
            if many
            else [*sources, *self._waves(now)]
        )

    def _record(self, line: Line) -> Record:
        record = line.standing if line.standing is not None else self._plan.layout.model()
        self._waits[line.slug] = assign(record, line, self._keys)
        return record

    def _named(self, line: Line) -> list[str]:
        """The records of the file behind which a line is written: those that it refers to, and headings over it."""
        over = (slug for slug in payload(line).get("topics", ()) if slug not in self._topics)
        return [*(slug for _name, slug in self._waits[line.slug]), *over]

    def _require_companions(self, lines: Sequence[Line]) -> None:
        """A record that is to be made is written with those that it refers to, or not at all."""
        for line in lines:
            for slug in self._behind[line.slug]:
                if slug not in self._records:
                    line.refuse(_("The record %(id)s, to which it refers, is left out.") % {"id": slug})
        _require_sound(lines)

    @property
    def ahead(self) -> int:
        """How many drafts are to be written before the last step."""
        return sum(len(items) for items in self._ahead)

    def write_ahead(self, most: int) -> tuple[str, list[str]]:
        """Write the next drafts, so many at most, in the caller's transaction: their kind and ids.

        Raises:
            Stopped: when one of them is wrong.
            WriteRefused: when the writer refuses them for another reason.
        """
        items = self._ahead[0]
        part, rest = items[:most], items[most:]
        with self._blaming():
            write(self._changes(part), at=self._at, by=self._by, reason=self._reason)
        self._note(part)
        self._ahead[:1] = [rest] if rest else []
        kind = Source.kind if isinstance(part[0], NewSource) else self._plan.layout.kind
        return kind, [one.slug for one in part]

    def finish(self, *, at: datetime | None = None) -> Report:
        """Write all that is left, and propose, in one transaction; ``at`` is the moment where that is a later one.

        Raises:
            Stopped: when a line is wrong or its record has moved on; the lines say so, and nothing was written.
            WriteRefused: when the writer refuses the whole for another reason.
        """
        self._at = at or self._at
        with self._blaming(), transaction.atomic():
            written = write_all(
                self._batches(), at=self._at, by=self._by, reason=self._reason, correction=self._correction
            )
            settled = settle_all(written.changed, by=self._by, at=self._at)
            self._report.settled += settled.items()
            self._propose()
        return self._report

    @contextmanager
    def _blaming(self) -> Iterator[None]:
        try:
            yield
        except Stopped:
            raise
        except WriteRefused as error:
            _require_sound(_blamed(error, self._plan, self._chosen))
            raise

    def _batches(self) -> Iterator[list[Change]]:
        """What is left, in parts; each is noted when the writer asks for the next one."""
        for items in [*self._ahead, *self._last]:
            for start in range(0, len(items), BATCH):
                part = items[start : start + BATCH]
                yield self._changes(part)
                self._note(part)

    def _changes(self, part: Items) -> list[Change]:
        return [self._new_source(one) if isinstance(one, NewSource) else self._change(one) for one in part]

    def _new_source(self, one: NewSource) -> Change:
        record = Source(title=one.title, url=one.url)
        return Change(record, one.slug, Publication.DRAFT, self._why, base_version=0)

    def _note(self, part: Items) -> None:
        """Take down what was written, and let go of the rows."""
        sources = [one.slug for one in part if isinstance(one, NewSource)]
        self._sources |= _by_slug(sources)
        self._report.sources += [(slug, FIRST) for slug in sources]
        for line in part:
            if isinstance(line, NewSource):
                continue
            record = self._records.pop(line.slug)
            self._made[line.slug] = record.pk
            if isinstance(record, Topic):
                self._topics[line.slug] = record.pk
            if line.state is State.NEW:
                self._report.created.append((line.slug, FIRST))
            else:
                self._report.changed.append((line.slug, record.entry.version, _before(line)))

    @property
    def _why(self) -> str:
        return _("Imported from a table; not looked over by another person yet.")

    def _waves(self, lines: Sequence[Line], known: Sequence[Line] = ()) -> list[Items]:
        """Lines whose record refers to another of the file come after it."""
        waves: list[Items] = []
        waiting, gone = list(lines), {line.slug for line in known}
        while waiting:
            ready = [one for one in waiting if gone.issuperset(self._behind[one.slug])]
            if not ready:
                waiting[0].refuse(_("It refers to itself in a circle."))
                _require_sound(waiting)
            waves.append(list(ready))
            gone |= {line.slug for line in ready}
            waiting = [line for line in waiting if line.slug not in gone]
        return waves

    def _change(self, line: Line) -> Change:
        record = self._records[line.slug]
        for name, slug in self._waits[line.slug]:
            setattr(record, name, self._made[slug])
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

    def _propose(self) -> None:
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
                self._report.proposed.append((line.slug, made.pk))


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
