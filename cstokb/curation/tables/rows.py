"""Rows: the cells of a file as values, each fault with its place, and the records that they name."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.tables import evidence
from cstokb.curation.tables.columns import NOT_SAID, CellRefused, Circumstances, Column, Ref, Refs, plain
from cstokb.curation.tables.layout import ID, VERSION, Binding, Layout
from cstokb.curation.tables.lookup import Lookup, chunks
from cstokb.curation.tables.plan import Line, NewSource
from cstokb.curation.tables.reading import Cell, Dated, Grid, Row, letter_of
from cstokb.records.models import Entry, Source

_LONGEST_TITLE = 500


def lines_of(grid: Grid, binding: Binding) -> list[Line]:
    """The rows of a grid as lines with values; references are still the texts of their cells."""
    told = Circumstances(grid.epoch, grid.exact, binding.public)
    return [_line(row, binding, told) for row in grid.rows]


def _line(row: Row, binding: Binding, told: Circumstances) -> Line:
    line = Line(row.number)
    for place, column in binding.read:
        cell = row.cell(place)
        try:
            value = column.read(cell, told)
        except CellRefused as error:
            line.refuse(str(error), letter=letter_of(place), column=column.name, value=shown(cell))
            continue
        if column.name == ID:
            line.slug = value
        elif column.name == VERSION:
            line.given = value
        elif value is not NOT_SAID:
            line.values[column.name] = value
    if binding.changed is not None and isinstance(stamp := row.cell(binding.changed), str):
        line.given = plain(stamp, told)
    _require_room(row, line, binding)
    return line


def _require_room(row: Row, line: Line, binding: Binding) -> None:
    """A row that is longer than the header has shifted: a delimiter stands in a text without quotation marks."""
    width = len(binding.read) + len(binding.unread)
    for place in range(width, len(row.cells)):
        if row.cells[place] is not None:
            said = _("The row has more cells than the header has names.")
            line.refuse(said, letter=letter_of(place), value=shown(row.cells[place]))
            return


def shown(cell: Cell) -> str:
    """A cell as a report names it."""
    if isinstance(cell, Dated):
        return cell.edtf
    return "" if cell is None or not isinstance(cell, str | int | float) else str(cell)


def resolve(lines: list[Line], layout: Layout, binding: Binding) -> None:
    """Put ids where cells name records, and a fault where they name nothing."""
    columns = [column for _place, column in binding.read if isinstance(column, Ref | Refs)]
    lookup = Lookup({layout.kind: {line.slug for line in lines if line.slug}})
    for kind, texts in _named(lines, columns).items():
        lookup.learn(kind, texts)
    for line in lines:
        for column in columns:
            if line.values.get(column.name):
                _resolve(line, column, lookup, binding)


def _named(lines: Iterable[Line], columns: Iterable[Ref | Refs]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    for column in columns:
        for line in lines:
            value = line.values.get(column.name)
            named[column.kind] |= {value} if isinstance(value, str) else set(value or ())
    return named


def _resolve(line: Line, column: Ref | Refs, lookup: Lookup, binding: Binding) -> None:
    value = line.values[column.name]
    try:
        if isinstance(column, Ref):
            line.values[column.name] = lookup.slug(column.kind, value)
        else:
            line.values[column.name] = [lookup.slug(column.kind, one) for one in value]
    except CellRefused as error:
        shown_value = value if isinstance(value, str) else "; ".join(value)
        line.refuse(str(error), letter=binding.letter(column.name), column=column.name, value=shown_value)


def resolve_sources(lines: list[Line], binding: Binding) -> dict[str, NewSource]:
    """Put ids where evidence names sources; sources of addresses that are not known are made up and given back."""
    names = [column.name for _place, column in binding.read if evidence.column(column.name)]
    columns = [name for name in names if name.endswith("_source")]
    said = {line.values[name] for line in lines for name in columns if line.values.get(name)}
    known = _standing_sources(said)
    fresh: dict[str, NewSource] = {}
    for line in lines:
        for name in columns:
            text = line.values.get(name)
            if text:
                _resolve_source(line, name, text, known, fresh, binding)
        if lonely := evidence.without_source({key: line.values.get(key) for key in names}):
            line.refuse(_("The evidence names no source."), letter=binding.letter(lonely), column=lonely)
    return fresh


def _resolve_source(
    line: Line, name: str, text: str, known: dict[str, str], fresh: dict[str, NewSource], binding: Binding
) -> None:
    if text not in known and text.startswith(("https://", "http://")) and len(text) <= 1000:
        title = str(line.values.get(name.removesuffix("source") + "title") or text)[:_LONGEST_TITLE]
        one = NewSource(_free_id(text), text, title)
        known[text] = one.slug
        fresh[one.slug] = one
    if text in known:
        line.values[name] = known[text]
    else:
        said = _("There is no source with this id; a new one needs its address, https://…")
        line.refuse(said, letter=binding.letter(name), column=name, value=text)


def _standing_sources(said: Iterable[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for part in chunks(sorted(said)):
        rows = Source.objects.filter(url__in=part).values_list("url", "entry__slug")
        known |= dict(rows)
        known |= {slug: slug for slug in _slugs(Source.kind, part)}
    return known


def _slugs(kind: str, slugs: list[str]) -> Iterator[str]:
    return Entry.objects.filter(kind=kind, slug__in=slugs).values_list("slug", flat=True).iterator()


def _free_id(url: str) -> str:
    whole = hashlib.sha256(url.encode()).hexdigest()
    lengths = (length for length in range(10, 64, 2))
    taken = set(_slugs(Source.kind, [whole[:length] for length in lengths]))
    return next(whole[:length] for length in range(10, 64, 2) if whole[:length] not in taken)


def asked(line: Line, columns: Iterable[Column]) -> dict[str, Any]:
    """The values of a line that are fields or whole lists of a record, evidence left out."""
    return {one.name: line.values[one.name] for one in columns if one.name in line.values}
