"""Small workbooks for tests, and what to damage in them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def workbook(
    rows: Sequence[Sequence[Any]], *, epoch_1904: bool = False, formats: Mapping[str, str] | None = None
) -> bytes:
    """An XLSX file with one sheet; ``formats`` are number formats by cell."""
    book = Workbook()
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes], extra: Mapping[str, bytes] | None = None
) -> bytes:
    """The same archive with each part changed, and more parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return held.getvalue()


def sheet_replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same workbook with some bytes of its first sheet replaced."""

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        assert old in part
        return part.replace(old, new)

    return repacked(data, change)


def day(text: str) -> datetime:
    """A day as a spreadsheet holds it."""
    return datetime.fromisoformat(text)
