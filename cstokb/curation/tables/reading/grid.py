"""Grid: the rows of a table with the places of their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from cstokb.curation.reading import DocumentRefused

MOST_ROWS = 100_000
MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class Dated:
    """A cell that a spreadsheet holds as a date: EDTF, no more exact than the cell's format shows it."""

    edtf: str


@dataclass(frozen=True)
class Broken:
    """A cell without a value that can be taken: an error of the spreadsheet, or a formula that was never computed."""

    reason: str


#: What a cell holds. A CSV file has texts alone; None is an empty cell.
Cell = str | int | float | bool | Dated | Broken | None


@dataclass(frozen=True)
class Row:
    """A row: the line of the file, or row of the sheet, in which it begins, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)

    def cell(self, place: int) -> Cell:
        """The cell in a column, counted from 0; a short row has empty ones at its end."""
        return self.cells[place] if place < len(self.cells) else None


@dataclass(frozen=True)
class Grid:
    """What was read of a file.

    Attributes:
        format: csv or xlsx.
        header: the names in the first row that holds anything.
        rows: those below it; empty ones are counted in ``empty`` and left out.
        encoding: that of a text file; ``encoding_from`` says how it became known.
        delimiter: what stands between the cells of a text file; ``delimiter_from`` is asked or found.
        sheets: the names of the sheets of a workbook, and ``sheet`` the one that was read.
        epoch: the day that a workbook counts its serial numbers from, as number 0.
        exact: whether an apostrophe before what looks like a formula is the file's own (XLSX), not a guard (CSV).
    """

    format: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: int = 0
    encoding: str = ""
    encoding_from: str = ""
    delimiter: str = ""
    delimiter_from: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    epoch: date | None = None
    exact: bool = field(default=False)


def letter_of(place: int) -> str:
    """The letters of a column counted from 0, as spreadsheets name them: A, Z, AA."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def gathered(rows: Iterator[Row]) -> tuple[tuple[str, ...], tuple[Row, ...], int]:
    """The header, the rows below it, and how many of these were empty.

    Raises:
        DocumentRefused: when there is no header, or more than a table of records needs.
    """
    header: tuple[str, ...] = ()
    kept: list[Row] = []
    empty = 0
    for row in rows:
        if len(row.cells) > MOST_COLUMNS and any(cell is not None for cell in row.cells[MOST_COLUMNS:]):
            raise DocumentRefused(_("The table has more than %(most)d columns.") % {"most": MOST_COLUMNS})
        if row.is_empty:
            empty += bool(header)
        elif not header:
            header = _names(row)
        else:
            kept.append(row)
            if len(kept) > MOST_ROWS:
                raise DocumentRefused(_("The table has more than %(most)d rows.") % {"most": MOST_ROWS})
    if not header:
        raise DocumentRefused(_("The table is empty: it has no header."))
    return header, tuple(kept), empty


def _names(row: Row) -> tuple[str, ...]:
    names = [str(cell).strip() if isinstance(cell, str | int) else "" for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
