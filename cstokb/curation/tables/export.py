"""Templates and exports: the columns of a kind, empty or filled, so that what comes back is understood."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.tables import evidence
from cstokb.curation.tables.columns import Column
from cstokb.curation.tables.layout import ID, PUBLICATION, VERSION, Layout
from cstokb.curation.tables.standing import LISTS, Held, held
from cstokb.listing.export import Sheet, book_of, to_csv
from cstokb.records.models import Entry

#: Named to curators who open the file; a spreadsheet then knows that it is UTF-8.
MARK = "\ufeff".encode()
MOST_PIECES = 99
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def template(layout: Layout, form: str) -> Iterator[bytes]:
    """An empty table with the columns of a kind; in XLSX a second sheet says what each column is."""
    keys = [one.name for one in layout.columns if one.name != VERSION]
    return _written(layout, form, keys, iter(()))


def records(layout: Layout, slugs: Collection[str] | None, form: str) -> Iterator[bytes]:
    """Records of a kind in the columns of its template, all of them where no ids are given."""
    wanted = slugs if slugs is not None else _all(layout.kind)
    rows = [_row(layout, one) for one in held(layout.model, wanted, LISTS)]
    used = {key for row in rows for key in row}
    own = [one.name for one in layout.columns if one.name not in (ID, VERSION)]
    numbers = range(2, MOST_PIECES + 1) if layout.model.needs_evidence else ()
    more = [one.name for number in numbers for one in evidence.columns(number)]
    keys = [ID, VERSION, PUBLICATION, *own, *(name for name in more if name in used)]
    shown = [key for key in keys if key != f"{evidence.prefix(1)}title"]
    return _written(layout, form, shown, iter(rows))


def _all(kind: str) -> list[str]:
    return list(Entry.objects.filter(kind=kind).values_list("slug", flat=True))


def _row(layout: Layout, one: Held) -> dict[str, Any]:
    cells: dict[str, Any] = {
        ID: one.entry.slug,
        VERSION: one.entry.version,
        PUBLICATION: one.entry.publication,
    }
    for column in layout.columns:
        if column.name in one.values:
            cells[column.name] = column.write(one.values[column.name])
    for number, piece in enumerate(one.values.get("evidence", [])[:MOST_PIECES], 1):
        cells |= {evidence.prefix(number) + name: value for name, value in piece.items()}
    return cells


def _written(
    layout: Layout, form: str, keys: Sequence[str], rows: Iterator[dict[str, Any]]
) -> Iterator[bytes]:
    if form == "csv":
        return _marked(to_csv(keys, rows, {}))
    return book_of([Sheet(_("records"), keys, rows), _notes(layout)])


def _marked(parts: Iterator[bytes]) -> Iterator[bytes]:
    yield MARK
    yield from parts


def _notes(layout: Layout) -> Sheet:
    keys = (_("column"), _("what it is"), _("what it may hold"), _("needed"))
    lines = (
        [one.name, _meaning(one), one.allowed(), _("yes") if one.required else ""] for one in layout.columns
    )
    told = [dict(zip(keys, line, strict=True)) for line in lines]
    told += [{keys[0]: said} for said in rules()]
    return Sheet(_("notes"), keys, iter(told))


def _meaning(column: Column) -> str:
    return ". ".join(part for part in (str(column.label), str(column.help)) if part)


def rules() -> list[str]:
    """How a table is read, for the notes of a template and the page of the import."""
    return [
        _("A column that the table has not leaves its field as it is; an empty cell empties it."),
        _("A new id makes a draft; an id that stands changes that record."),
        _("Evidence is added to what stands; a second piece has the columns evidence2_source and so on."),
    ]
