"""XLSX: the rows of a sheet, from a file that is opened only when it is a modest one."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.reading.archive import require_plain_office_file
from cstokb.curation.tables.reading.grid import MOST_COLUMNS, MOST_ROWS, Broken, Cell, Dated, Row, letter_of

#: A sheet of 50,000 rows unpacks to some 50 MB.
LARGEST_PART = 64 * 1024 * 1024
#: The last row that is looked at, the empty ones counted too.
_LAST_ROW = 2 * MOST_ROWS
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Workbook:
    """A workbook that was opened; ``close`` it."""

    def __init__(self, data: bytes, wanted: str = "") -> None:
        """Open a file and choose the sheet with a name, or the first that is shown.

        Raises:
            DocumentRefused: when it is no workbook, one that bursts, or has no such sheet.
        """
        parts = require_plain_office_file(data, largest=LARGEST_PART)
        if "xl/workbook.xml" not in parts:
            raise DocumentRefused(_("The file is no XLSX workbook. Save the table as XLSX or CSV."))
        self._data = data
        with _told_plainly():
            self._book = _opened(data, computed=True)
            self.sheets = tuple(str(one.title) for one in self._book.worksheets)
            self.sheet = self._chosen(wanted)
            self.epoch: date = self._book.epoch.date()

    def _chosen(self, wanted: str) -> str:
        if wanted and wanted not in self.sheets:
            raise DocumentRefused(_("The workbook has no sheet “%(name)s”.") % {"name": wanted[:100]})
        shown = [str(one.title) for one in self._book.worksheets if one.sheet_state == "visible"]
        if not self.sheets:
            raise DocumentRefused(_("The workbook has no sheet."))
        return wanted or next(iter(shown), self.sheets[0])

    def rows(self) -> Iterator[Row]:
        """The rows of the sheet.

        Raises:
            DocumentRefused: when the sheet is damaged or larger than a table of records.
        """
        with _told_plainly():
            computed = self._lines(self._book)
            if not self._has_formulas():
                yield from (self._row(number, line, None) for number, line in enumerate(computed, 1))
                return
            book = _opened(self._data, computed=False)
            try:
                pairs = zip(computed, self._lines(book), strict=True)
                yield from (self._row(number, line, said) for number, (line, said) in enumerate(pairs, 1))
            finally:
                book.close()

    def _has_formulas(self) -> bool:
        path = self._book[self.sheet]._worksheet_path
        return _FORMULA.search(self._book._archive.read(path)) is not None

    def _lines(self, book: Any) -> Iterator[tuple[Any, ...]]:
        sheet = book[self.sheet]
        sheet.reset_dimensions()  # what a file says of its size is not believed
        for number, line in enumerate(sheet.iter_rows(), 1):
            if number > _LAST_ROW:
                raise DocumentRefused(_("The table has more than %(most)d rows.") % {"most": MOST_ROWS})
            if len(line) > 2 * MOST_COLUMNS:
                raise DocumentRefused(_("The table has more than %(most)d columns.") % {"most": MOST_COLUMNS})
            yield line

    def _row(self, number: int, line: tuple[Any, ...], said: tuple[Any, ...] | None) -> Row:
        cells = [_cell(one) for one in line]
        for place, formula in enumerate(said or ()):
            # A formula whose stored value is an empty text says that it is a text.
            if formula.data_type == "f" and cells[place] is None and line[place].data_type == "n":
                told = _(
                    "The formula in %(cell)s has no stored value. Open the file in a spreadsheet and save it."
                )
                cells[place] = Broken(told % {"cell": f"{letter_of(place)}{number}"})
        return Row(number, tuple(cells))

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()


def _opened(data: bytes, *, computed: bool) -> Any:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """The library raises whatever a damaged part leads it to; a curator is told in one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (DocumentRefused, GeneratorExit):
        raise
    except Exception as error:  # openpyxl declares no errors of its own
        raise DocumentRefused(_("The office file is damaged and cannot be opened.")) from error


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if cell.data_type == "e":
            return Broken(_("The cell holds the error %(error)s of the spreadsheet.") % {"error": value[:20]})
        return value.replace("_x000D_", "\r")
    if isinstance(value, datetime):
        return _dated(value, cell.number_format)
    if isinstance(value, date):
        return _dated(datetime(value.year, value.month, value.day), cell.number_format)  # noqa: DTZ001
    if isinstance(value, time | timedelta):
        return Broken(_("The cell holds a time of day."))
    return value if isinstance(value, bool | int | float) else str(value)


def _dated(value: datetime, form: str | None) -> Cell:
    """A date no more exact than its cell shows it: a spreadsheet keeps "May 1992" as the first of May."""
    if (value.hour, value.minute, value.second) != (0, 0, 0):
        return Broken(_("The cell holds a date with a time of day; leave the time out."))
    shown = _QUOTED.sub("", (form or "").split(";")[0]).lower()
    if "d" in shown or "y" not in shown:
        return Dated(f"{value:%Y-%m-%d}" if value.year >= 1000 else value.date().isoformat())
    return Dated(f"{value.year:04d}-{value.month:02d}" if "m" in shown else f"{value.year:04d}")
