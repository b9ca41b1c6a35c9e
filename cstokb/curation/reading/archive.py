"""The parts of an office file, taken out with care: a small file may hold gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import IO, Any

from django.utils.translation import gettext as _
from lxml import etree

from cstokb.curation.reading.document import DocumentRefused

MOST_ENTRIES = 2_000
LARGEST_PART = 16 * 1024 * 1024
#: Text packs to a tenth or so; what packs far better than this was made to burst.
HIGHEST_RATIO = 120
_SMALL = 256 * 1024
_PIECE = 1024 * 1024
_OVERLAP = 64


def parts_of(data: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """The wanted parts that an office file has.

    Raises:
        DocumentRefused: when the file is no archive, or one that bursts.
    """
    with _opened(data, LARGEST_PART) as archive:
        held = [entry for entry in archive.infolist() if entry.filename in wanted]
        return {entry.filename: archive.read(entry) for entry in held}


def require_plain_office_file(data: bytes, *, largest: int) -> frozenset[str]:
    """The names of the parts of an office file that another library may open.

    Args:
        data: the file.
        largest: how many bytes a part of XML may unpack to.

    Raises:
        DocumentRefused: when it is no archive, one that bursts, holds another archive, or declares entities.
    """
    with _opened(data, largest) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as part:
                _require_plain(part, is_xml=entry.filename.endswith((".xml", ".rels")))
        return frozenset(archive.namelist())


def _require_plain(part: IO[bytes], *, is_xml: bool) -> None:
    """Read a part through, a piece at a time; a declaration may stand behind a long remark."""
    before = piece = part.read(_PIECE)
    if piece.startswith(b"PK\x03\x04"):
        raise DocumentRefused(_("The office file holds another archive; it was not opened."))
    while is_xml and piece:
        if _declares(before):
            raise DocumentRefused(_("The file declares entities of its own (a DTD), which are not allowed."))
        piece = part.read(_PIECE)
        before = before[-_OVERLAP:] + piece


@contextmanager
def _opened(data: bytes, largest: int) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _require_modest(archive.infolist(), largest)
            yield archive
    except DocumentRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise DocumentRefused(_("The office file is damaged and cannot be opened.")) from error
    except (RuntimeError, MemoryError) as error:  # zipfile's word for a password
        raise DocumentRefused(_("The office file is locked with a password.")) from error


def _require_modest(entries: list[zipfile.ZipInfo], largest: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise DocumentRefused(_("The office file has too many parts to be a text."))
    for entry in entries:
        bursts = entry.file_size > _SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if bursts or (entry.filename.endswith((".xml", ".rels")) and entry.file_size > largest):
            raise DocumentRefused(
                _("The office file would unpack to far more than a text needs; it was not opened.")
            )


def _declares(head: bytes) -> bool:
    plain = head.replace(b"\x00", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def tree_of(part: bytes) -> Any:
    """The XML of a part.

    Raises:
        DocumentRefused: when it is no XML, nested beyond reason, or declares a document type.
    """
    head = part[:4096].replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in part.replace(b"\x00", b"").upper():
        raise DocumentRefused(_("The file declares entities of its own (a DTD), which are not allowed."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentRefused(_("The office file is damaged and cannot be opened.")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused(_("The file declares entities of its own (a DTD), which are not allowed."))
    return root
