"""Exports of a selection: CSV, XLSX, JSON and NDJSON, streamed so that memory does not grow with the rows."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cstokb.listing.blocks import CHUNK, Block, Record, in_blocks, to_text
from cstokb.listing.errors import BadQuestion, Fault
from cstokb.listing.names import Names, leave_names
from cstokb.listing.selection import Selection
from cstokb.listing.shape import Shape
from cstokb.listing.table import Row

#: Names that are kept for the rows that come, while there are no more: each takes most of a kilobyte.
MOST_NAMES = 4_000
LONGEST_CELL = 32_767
MOST_SHEET_ROWS = 1_048_575
#: A spreadsheet reads a text that begins so as a formula, full-width forms included.
FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

#: The records of an export in order, made while they are written, one by one or many at a time.
Records = Iterable[Record] | Iterable[Block]


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what could be one.

    A text that begins with an apostrophe gets another, so that ``restored`` always finds the original.
    """
    return f"'{text}" if FORMULA.match(text) else text


def restored(text: str) -> str:
    """The original of a cell of our CSV; an apostrophe that guards nothing is the text's own."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def plain(value: Any) -> str:
    """A value as a text: null is empty, lists are joined, objects are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    if isinstance(value, list | dict):
        return to_text(value)
    return str(value)


def flat(value: Any) -> str:
    """A value in a cell of CSV; numbers stay numbers, texts are made harmless."""
    return plain(value) if isinstance(value, int | float) else neutral(plain(value))


def blocks_of(selection: Selection, shape: Shape, tables: Iterable[Sequence[Row]]) -> Iterator[Block]:
    """Rows as records, a table at a time; names already fetched are kept for later ones."""
    known: Names = {}
    for table in tables:
        if len(known) > MOST_NAMES:
            known.clear()
        # What is kept for a page goes with its rows, or it would pile up.
        ask = replace(selection.ask, memo=dict(selection.ask.memo))
        leave_names(ask)
        # It is written after the request, when its language is no longer the active one.
        with override(ask.language):
            block = shape.block(selection.listing, table, ask, known)
        yield block


def all_blocks(selection: Selection, shape: Shape) -> Iterator[Block]:
    """Every record of a selection, in order."""
    return blocks_of(selection, shape, selection.streamed(CHUNK))


def to_csv(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8: a header, then a line for each record."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(keys)
    yield _taken(file)
    for block in in_blocks(records):
        writer.writerows(block.rows(keys, flat))
        yield _taken(file)


def _taken(file: StringIO) -> bytes:
    """What was written, which is not kept."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text.encode()


def to_ndjson(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """One JSON object a line."""
    for block in in_blocks(records):
        yield block.as_json(after="\n").encode()


def to_json(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """The envelope of the API around the records."""
    members = {name: value for name, value in head.items() if name != "results"}
    yield (to_text(members)[:-1] + (", " if members else "") + '"results": [').encode()
    begun = False
    for block in in_blocks(records):
        text = block.as_json(before=",\n")
        yield (text if begun else text[1:]).encode()
        begun = begun or bool(text)
    yield b"\n]}\n"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its title, its header, and what stands below."""

    title: str
    keys: Sequence[str]
    records: Records


def to_xlsx(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """A workbook with one sheet."""
    return book_of([Sheet("records", keys, records)])


def book_of(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """A workbook: texts are of type text, whatever they look like, and numbers are numbers."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = "B2"
        sheet.append([_cell(sheet, _told(key), bold=True) for key in one.keys])
        for block in in_blocks(one.records):
            for row in block.rows(one.keys, _told):
                sheet.append([_cell(sheet, value) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while part := file.read(64 * 1024):
            yield part


def _told(value: Any) -> str | int | float:
    """A value as a sheet can hold it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _NOT_IN_XML.sub("", plain(value))[:LONGEST_CELL]


def _cell(sheet: Any, value: str | float, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


Writer = Callable[[Sequence[str], Records, Mapping[str, Any]], Iterator[bytes]]
#: Formats by suffix: media type and writer.
FORMATS: dict[str, tuple[str, Writer]] = {
    "json": ("application/json", to_json),
    "ndjson": ("application/x-ndjson", to_ndjson),
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
}

#: Formats that say how many rows they hold, or have room for so many only.
COUNTING = ("json", "xlsx")


def exported(
    selection: Selection, form: str, shape: Shape, records: Records, head: Mapping[str, Any]
) -> HttpResponseBase:
    """The download of some records of a selection in one of the formats."""
    media_type, write = FORMATS[form]
    response = StreamingHttpResponse(write(shape.keys, records, head), content_type=media_type)
    if form in ("csv", "xlsx"):
        name = iri_to_uri(f"{selection.listing.api}.{form}")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def require_fits(form: str, count: int) -> None:
    """Refuse more rows than a sheet holds. Raises BadQuestion."""
    if form == "xlsx" and count > MOST_SHEET_ROWS:
        detail = f"A sheet holds {MOST_SHEET_ROWS} rows, and this list has {count}."
        raise BadQuestion(
            faults=[Fault("format", "xlsx", "too_many", detail, allowed=["csv", "ndjson", "json"])]
        )
