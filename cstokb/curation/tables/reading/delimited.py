"""CSV and TSV: which delimiter, and rows with the lines in which they begin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.tables.reading.grid import Cell, Row

#: What a curator may choose, in the order in which ties are broken.
DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 2_000_000
_SAMPLE_ROWS = 30
_SAMPLE = 200_000


def delimiter_of(text: str) -> str:
    """The delimiter with which the first rows have most often as many cells as the header, and more than one.

    Raises:
        DocumentRefused: when with each of them the header is a single cell.
    """
    weighed = [(_fit(text, one), -place, one) for place, one in enumerate(DELIMITERS)]
    fit, _place, best = max(weighed)
    if fit == (0.0, 0):
        said = _(
            "The table has one column only. Choose what stands between the cells, or bring a table with two."
        )
        raise DocumentRefused(said)
    return best


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How large a part of the first rows is as wide as the header, and how wide that is."""
    lines = io.StringIO(text[:_SAMPLE], newline="")
    try:
        widths = [len(row) for row in islice(_reader(lines, delimiter, strict=False), _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return round(widths.count(widths[0]) / len(widths), 3), widths[0]


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a text.

    Raises:
        DocumentRefused: when a quotation mark stands where none can, naming the line.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = _reader(io.StringIO(text, newline=""), delimiter, strict=True)
    began = 1
    try:
        for cells in reader:
            yield Row(began, tuple(_cell(cell) for cell in cells))
            began = reader.line_num + 1
    except csv.Error as error:
        said = _(
            "The row that begins in line %(line)d cannot be read: a quotation mark is missing or stands "
            "in the middle of a cell, or the cell is too long."
        )
        raise DocumentRefused(said % {"line": began}) from error


def _reader(lines: io.StringIO, delimiter: str, *, strict: bool) -> Any:
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _cell(text: str) -> Cell:
    return text or None
