"""Comparing rows with the records that stand: who is meant, what differs, and what a row may not do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cstokb.curation.tables import evidence
from cstokb.curation.tables.checks import check
from cstokb.curation.tables.layout import ID, Binding, Layout
from cstokb.curation.tables.plan import Difference, Line, Plan, Progress, State
from cstokb.curation.tables.reading import Grid
from cstokb.curation.tables.rows import lines_of, resolve, resolve_sources
from cstokb.curation.tables.standing import LISTS, Held, by_key, held, unique_keys
from cstokb.listing.columns import utc
from cstokb.records import rights
from cstokb.records.choices import DECIDABLE, Publication
from cstokb.records.models import Entry, Revision, Source
from cstokb.records.payload import record_fields

if TYPE_CHECKING:
    from cstokb.accounts.models import User


def _silent(said: str, done: int, total: int) -> None:
    """Tell nobody."""


def plan(grid: Grid, layout: Layout, *, by: User, progress: Progress = _silent) -> Plan:
    """What a table would do, if this person confirmed it now.

    Args:
        grid: the table.
        layout: the columns of its kind.
        by: who imports; decides whether a change of a published record is written or proposed.
        progress: is told what is being done, and how many rows of how many.

    Raises:
        DocumentRefused: when the columns are none of the kind.
    """
    binding = layout.bind(grid.header)
    lines = lines_of(grid, binding)
    made = Plan(grid, layout, binding, lines)
    resolve(lines, layout, binding)
    made.sources = resolve_sources(lines, binding)
    _identify(lines, layout, binding)
    _compare(made, by, progress)
    check(made, progress)
    _find_proposals(made)
    return made


def _identify(lines: list[Line], layout: Layout, binding: Binding) -> None:
    """Give each row the id of its record: as written, by what is unique of it, or made for a new source."""
    nameless = [line for line in lines if not line.slug and line.state is not State.WRONG]
    for names in unique_keys(layout.model) if nameless else ():
        known = by_key(layout.model, names)
        for line in nameless:
            line.slug = line.slug or known.get(tuple(line.values.get(name) for name in names), "")
    for line in nameless:
        if not line.slug and layout.model is Source and line.values.get("url"):
            line.slug = hashlib.sha256(line.values["url"].encode()).hexdigest()[:10]
        elif not line.slug:
            line.refuse(_("A new record needs an id."), letter=binding.letter("id"), column="id")
    first: dict[str, int] = {}
    for line in lines:
        if line.slug and first.setdefault(line.slug, line.number) != line.number:
            said = _("The same record stands in line %(line)d already.") % {"line": first[line.slug]}
            line.refuse(said, letter=binding.letter("id"), column="id", value=line.slug)


def _compare(made: Plan, by: User, progress: Progress) -> None:
    lists = _lists(made.binding)
    whole = rights.may_publish(by)
    waiting: dict[str, Line] = {}
    for line in made.lines:
        if line.slug:
            waiting.setdefault(line.slug, line)
    rows = held(made.layout.model, list(waiting), lists)
    for done, one in enumerate(rows, 1):
        line = waiting.pop(one.entry.slug)
        line.version, line.label = one.entry.version, str(one.entry)
        line.publication, line.standing = one.entry.publication, one.record
        line.at_once = whole or one.entry.publication == Publication.DRAFT
        _differ(line, one, made.binding)
        if not done % 1_000:
            progress(_("Comparing rows"), done, len(made.lines))
    for line in waiting.values():
        _begin(line, made)
    for line in made.lines:
        if line.faults and line.state is not State.CONFLICT:
            line.state = State.WRONG


def _lists(binding: Binding) -> list[str]:
    """The lists of a record that the file says something of."""
    names = {column.name for _place, column in binding.read}
    backed = any(name.startswith("evidence") and evidence.column(name) for name in names)
    return [name for name in LISTS if name in names or (name == "evidence" and backed)]


def _differ(line: Line, one: Held, binding: Binding) -> None:
    for _place, column in binding.read:
        if column.name in line.values and column.name in one.values:
            old, new = one.values[column.name], line.values[column.name]
            if column.differs(old, new):
                line.differences.append(Difference(column.name, old, new))
    _add_evidence(line, one.values.get("evidence", []), binding)
    if not line.differences:
        return
    line.state = State.CHANGED
    if line.given is not None and line.given not in (one.entry.version, utc(one.entry.changed_at)):
        said = _(
            "The record was changed after the file was made. Export it again, and bring your changes once more."
        )
        line.refuse(said)
        line.state = State.CONFLICT


def _add_evidence(line: Line, standing: list[dict[str, Any]], binding: Binding) -> None:
    pieces = evidence.pieces(line.values)
    if not pieces:
        return
    whole = evidence.added(standing, pieces)
    if trouble := evidence.trouble(standing, whole, binding.fields):
        line.refuse(trouble, letter=binding.letter("evidence_source"), column="evidence_source")
    if evidence.alphabetical(whole) != evidence.alphabetical(standing):
        line.differences.append(Difference("evidence", standing, whole))


def _begin(line: Line, made: Plan) -> None:
    """A record that does not stand yet becomes a draft."""
    line.state, line.publication = State.NEW, Publication.DRAFT
    for column in made.layout.columns:
        if column.required and column.name != ID and not made.binding.letter(column.name):
            said = _("A new record needs the column %(name)s, which the file has not.")
            line.refuse(said % {"name": column.name}, column=column.name)
    if line.given:
        said = _(
            "No such record stands, though the file says its version. Was it deleted, or its id changed?"
        )
        line.refuse(said, letter=made.binding.letter("id"), column="id", value=line.slug)
    fields = {one.name for one in record_fields(made.layout.model)} | {"names", "topics"}
    given = [
        (name, value) for name, value in line.values.items() if name in fields and value not in (None, "", [])
    ]
    line.differences = [Difference(name, None, value) for name, value in given]
    _add_evidence(line, [], made.binding)


def _find_proposals(made: Plan) -> None:
    """Rows whose change waits already, word for word, propose nothing again."""
    asking = {line.slug: line for line in made.lines if line.state is State.CHANGED and not line.at_once}
    entries = Entry.objects.filter(kind=made.layout.kind, slug__in=list(asking)) if len(asking) < 900 else ()
    keys = {entry.pk: entry.slug for entry in entries}
    for revision in Revision.objects.filter(state__in=DECIDABLE, entry_id__in=list(keys)):
        line = asking[keys[revision.entry_id]]
        wanted = payload(line)
        if {name: value for name, value in revision.payload.items() if name != "correction"} == wanted:
            line.state = State.PROPOSED


def payload(line: Line) -> dict[str, Any]:
    """What a line would make different, as a proposal holds it."""
    return {one.name: one.new for one in line.differences}
