"""Exports of a selection: CSV, XLSX, JSON and NDJSON, streamed so that memory does not grow with the rows."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from cstokb.listing.errors import BadQuestion, Fault
from cstokb.listing.names import Names
from cstokb.listing.selection import Selection
from cstokb.listing.shape import Shape

#: Rows that are fetched, named and described together, and how many characters are sent together.
CHUNK = 1_000
PIECE = 32 * 1024
MOST_NAMES = 20_000
LONGEST_CELL = 32_767
MOST_SHEET_ROWS = 1_048_575
#: A spreadsheet reads a text that begins so as a formula, full-width forms included.
FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Record = dict[str, Any]
#: The records of an export in order, made while they are written.
Records = Iterator[Record]


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text itself."""
        return text


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
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def flat(value: Any) -> str:
    """A value in a cell of CSV; numbers stay numbers, texts are made harmless."""
    return plain(value) if isinstance(value, int | float) else neutral(plain(value))


def records_of(selection: Selection, shape: Shape, rows: Iterator[Mapping[str, Any]]) -> Records:
    """Rows as records, a chunk at a time; names already fetched are kept for later chunks."""
    known: Names = {}
    while chunk := list(islice(rows, CHUNK)):
        if len(known) > MOST_NAMES:
            known.clear()
        # It is written after the request, when its language is no longer the active one.
        with override(selection.ask.language):
            described = shape.describe(selection.listing, chunk, selection.ask, known)
        yield from described


def all_records(selection: Selection, shape: Shape) -> Records:
    """Every record of a selection, in order."""
    return records_of(selection, shape, selection.streamed(CHUNK))


def pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts joined to pieces that are worth sending; the first one at once, since somebody waits for it."""
    held: list[str] = []
    size, least = 0, 1
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= least:
            yield "".join(held).encode()
            held.clear()
            size, least = 0, PIECE
    if held:
        yield "".join(held).encode()


def to_csv(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8: a header, then a line for each record."""
    writer = csv.writer(Echo())
    yield writer.writerow(keys).encode()
    yield from pieces(writer.writerow([flat(record.get(key)) for key in keys]) for record in records)


def to_ndjson(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """One JSON object a line."""
    write = _encoder()
    yield from pieces(write(record) + "\n" for record in records)


def to_json(keys: Sequence[str], records: Records, head: Mapping[str, Any]) -> Iterator[bytes]:
    """The envelope of the API around the records."""
    write = _encoder()
    members = {name: value for name, value in head.items() if name != "results"}
    yield (write(members)[:-1] + (", " if members else "") + '"results": [').encode()
    yield from pieces((",\n" if number else "\n") + write(record) for number, record in enumerate(records))
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
        sheet.append([_cell(sheet, key, bold=True) for key in one.keys])
        for record in one.records:
            sheet.append([_cell(sheet, record.get(key)) for key in one.keys])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while part := file.read(64 * 1024):
            yield part


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=_NOT_IN_XML.sub("", plain(value))[:LONGEST_CELL])
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _encoder() -> Callable[[Any], str]:
    return json.JSONEncoder(ensure_ascii=False, default=str).encode


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
