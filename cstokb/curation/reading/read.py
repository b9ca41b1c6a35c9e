"""The door of the reader: bytes in, a document out, or a sentence why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from cstokb.curation.reading import plain
from cstokb.curation.reading.cleaning import clean, put_letters_back, require_whole, tidy
from cstokb.curation.reading.document import Block, Document, DocumentRefused
from cstokb.curation.reading.encodings import decode
from cstokb.curation.reading.languages import language_of
from cstokb.curation.reading.mhtml import is_mhtml, page_of

LARGEST = 20 * 1024 * 1024
MOST_TEXT = 1_000_000
MOST_BLOCKS = 20_000
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|meta|title|body|main|article|p|div|pre|br|table|ol|ul|h[1-6])\b", re.I
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
)


def read(data: bytes, *, encoding: str = "", language: str = "") -> Document:
    """The document that a file holds; what the file is shows in its bytes, whatever its name says.

    Args:
        data: the file.
        encoding: that of an HTML or text file, where the detection is wrong; empty to detect it.
        language: an ISO 639-1 code, empty to detect it.

    Raises:
        DocumentRefused: the one error that any bytes can cause.
    """
    if len(data) > LARGEST:
        said = _("The file is larger than %(most)d MB.")
        raise DocumentRefused(said % {"most": LARGEST // 1024 // 1024})
    if not data.strip():
        raise DocumentRefused(_("The file is empty."))
    if data.startswith(b"PK\x03\x04"):
        from cstokb.curation.reading import docx

        return _finished(Document((), "docx"), docx.blocks_of(data), language)
    if b"%PDF-" in data[:1024]:
        from cstokb.curation.reading import pdf

        return _finished(Document((), "pdf"), pdf.blocks_of(data), language)
    if is_mhtml(data):
        data, named = page_of(data)
        encoding = encoding or named
    _refuse_others(data)
    decoded = decode(data, encoding)
    document = Document((), encoding=decoded.encoding, encoding_from=decoded.known_from)
    return _from_text(decoded.text, document, language)


def read_text(text: str, *, language: str = "") -> Document:
    """The document that a pasted text is; pasted HTML is read as HTML.

    Raises:
        DocumentRefused: as ``read`` does.
    """
    return _from_text(text, Document(()), language)


def _refuse_others(data: bytes) -> None:
    for mark, name in _OTHERS:
        if data.startswith(mark):
            said = _("%(name)s files are not read. Save the text as HTML, DOCX, PDF or plain text.")
            raise DocumentRefused(said % {"name": name})


def _from_text(text: str, document: Document, language: str) -> Document:
    if not _HTML.search(text[:20_000]):
        if len(text) > MOST_TEXT:
            raise DocumentRefused(_("The file holds more text than can be read at once."))
        return _finished(document, plain.blocks_of(text), language)
    from cstokb.curation.reading import html

    blocks, head = html.blocks_of(text)
    return _finished(replace(document, format="html", **vars(head)), blocks, language)


def _finished(document: Document, blocks: Sequence[Block], language: str) -> Document:
    if len(blocks) > MOST_BLOCKS or sum(len(block.text) for block in blocks) > MOST_TEXT:
        raise DocumentRefused(_("The file holds more text than can be read at once."))
    mended, notes = put_letters_back(blocks)
    spoken = language or language_of(" ".join(block.text for block in mended))
    tidied = [replace(one, text=tidy(one.text, spoken), number=clean(one.number)) for one in mended]
    held = tuple(block for block in tidied if block.text)
    if not held:
        raise DocumentRefused(_("The file holds no text that can be read."))
    require_whole(held)
    return replace(document, blocks=held, language=spoken, notes=(*document.notes, *notes))
