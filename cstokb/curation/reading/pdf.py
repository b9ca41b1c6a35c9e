"""PDF: lines as they are printed become paragraphs; a file of pictures is refused."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2
from django.utils.translation import gettext as _

from cstokb.curation.reading.cleaning import clean, share_of_letters
from cstokb.curation.reading.document import Block, BlockKind, DocumentRefused
from cstokb.curation.reading.unwrap import Line, paragraphs, without_running_titles

MOST_PAGES = 500
MOST_LETTERS = 1_200_000
#: Of the characters that are printed at least so many must be letters; fonts without a map give dots and figures.
LEAST_LETTERS = 0.35
#: PDFium keeps one state for the whole process and may not be asked by two threads at once.
_ONE_AT_A_TIME = threading.Lock()
#: How PDFium says that a word was broken; it goes on with the next line as if there were none.
_BROKEN = ("\ufffe", "\u0002")
_RAW_LINE = re.compile("([^\n\ufffe\u0002]*)([\n\ufffe\u0002]|$)")


@dataclass(frozen=True)
class _Placed:
    """A line of a page in points from its lower left corner."""

    text: str
    left: float
    right: float
    bottom: float


def blocks_of(data: bytes) -> list[Block]:
    """The paragraphs of a PDF file.

    Raises:
        DocumentRefused: when the file cannot be opened, or its pages are pictures or signs without letters.
    """
    try:
        with _ONE_AT_A_TIME:
            pages = _pages_of(data)
    except DocumentRefused:
        raise
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        raise DocumentRefused(_("The PDF file is damaged or locked with a password.")) from error
    _require_letters(pages)
    lines = [line for page in without_running_titles(_with_gaps(pages)) for line in page]
    return [Block(BlockKind.PARAGRAPH, text) for text in paragraphs(lines)]


def _pages_of(data: bytes) -> list[list[_Placed]]:
    document = pypdfium2.PdfDocument(data)
    try:
        return _pages(document)
    finally:
        document.close()


def _pages(document: Any) -> list[list[_Placed]]:
    if len(document) > MOST_PAGES:
        raise DocumentRefused(_("The PDF file has more than %(most)d pages.") % {"most": MOST_PAGES})
    pages, letters = [], 0
    for page in document:
        text = page.get_textpage()
        try:
            letters += text.count_chars()
            if letters > MOST_LETTERS:
                raise DocumentRefused(_("The PDF file holds more text than can be read at once."))
            pages.append(list(_lines(text)))
        finally:
            text.close()
            page.close()
    return pages


def _lines(page: Any) -> Iterator[_Placed]:
    for text, first, last in _raw_lines(page):
        yield _Placed(text, *_box(page, first, last))


def _with_gaps(pages: list[list[_Placed]]) -> list[list[Line]]:
    """Lines with the gap above each, measured in the distance between lines that is most usual in the file."""
    falls = [above.bottom - line.bottom for page in pages for above, line in pairwise(page)]
    usual = median([fall for fall in falls if fall > 1.0] or [1.0])
    return [
        [
            Line(
                line.text,
                line.left,
                line.right,
                max(0.0, (above.bottom - line.bottom) / usual) if above else 1.0,
            )
            for above, line in zip([None, *page[:-1]], page, strict=True)
        ]
        for page in pages
    ]


def _raw_lines(page: Any) -> Iterator[tuple[str, int, int]]:
    """Each printed line with the places of its first and last sign."""
    text = page.get_text_range().replace("\r\n", "\n\n").replace("\r", "\n")
    for match in _RAW_LINE.finditer(text):
        raw = match[1] + ("-" if match[2] in _BROKEN else "")
        raw = re.sub(r"\xad\s*$", "-", raw)
        if said := clean(raw):
            lead = len(match[1]) - len(match[1].lstrip())
            yield said, match.start() + lead, match.start() + max(len(match[1].rstrip()) - 1, 0)


def _box(page: Any, first: int, last: int) -> tuple[float, float, float]:
    """Where a line begins and ends across, and how high it stands."""
    try:
        left, bottom, _right, _top = page.get_charbox(first, loose=True)
        right = page.get_charbox(last, loose=True)[2]
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return 0.0, 0.0, 0.0
    return left, right, bottom


def _require_letters(pages: list[list[_Placed]]) -> None:
    text = " ".join(line.text for page in pages for line in page)
    if not text.strip():
        said = _("The pages of the PDF file are pictures without text; have the text recognized first.")
        raise DocumentRefused(said)
    share = share_of_letters(text)
    if share < LEAST_LETTERS:
        said = _("The PDF file holds no text that can be read: only %(share)d of 100 signs are letters.")
        raise DocumentRefused(said % {"share": round(share * 100)})
