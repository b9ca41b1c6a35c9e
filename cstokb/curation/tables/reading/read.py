"""The door of the reader: bytes in, a grid out, or a sentence why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.reading.encodings import decode
from cstokb.curation.tables.reading import delimited
from cstokb.curation.tables.reading.grid import Grid, gathered
from cstokb.curation.tables.reading.workbook import Workbook

LARGEST = 50 * 1024 * 1024
_OTHERS = ((b"\xd0\xcf\x11\xe0", "XLS"), (b"%PDF-", "PDF"), (b"\x1f\x8b", "GZIP"), (b"{\\rtf", "RTF"))


def read_table(data: bytes, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Grid:
    """The table that a file holds; what the file is shows in its bytes, whatever its name says.

    Args:
        data: the file.
        encoding: that of a text file, where the detection is wrong; empty to detect it.
        delimiter: one of ``DELIMITERS``; empty to detect it.
        sheet: the name of a sheet of a workbook; empty for the first that is shown.

    Raises:
        DocumentRefused: the one error that any bytes can cause.
    """
    if len(data) > LARGEST:
        raise DocumentRefused(_("The file is larger than %(most)d MB.") % {"most": LARGEST // 1024 // 1024})
    if not data.strip():
        raise DocumentRefused(_("The file is empty."))
    for mark, name in _OTHERS:
        if data.startswith(mark):
            said = _("%(name)s files are not read. Save the table as XLSX or CSV.")
            raise DocumentRefused(said % {"name": name})
    grid = _workbook(data, sheet) if data.startswith(b"PK\x03\x04") else _text(data, encoding, delimiter)
    if len(grid.header) < 2:
        said = _(
            "The table has one column only. Choose what stands between the cells, or bring a table with two."
        )
        raise DocumentRefused(said)
    return grid


def _text(data: bytes, encoding: str, delimiter: str) -> Grid:
    decoded = decode(data, encoding)
    if delimiter and delimiter not in delimited.DELIMITERS:
        raise DocumentRefused(_("Cells are not divided by this sign."))
    found = delimiter or delimited.delimiter_of(decoded.text)
    header, rows, empty = gathered(delimited.rows_of(decoded.text, found))
    return Grid(
        "csv",
        header,
        rows,
        empty,
        encoding=decoded.encoding,
        encoding_from=decoded.known_from,
        delimiter=found,
        delimiter_from="asked" if delimiter else "found",
    )


def _workbook(data: bytes, sheet: str) -> Grid:
    book = Workbook(data, sheet)
    try:
        header, rows, empty = gathered(book.rows())
    finally:
        book.close()
    return Grid(
        "xlsx", header, rows, empty, sheets=book.sheets, sheet=book.sheet, epoch=book.epoch, exact=True
    )
