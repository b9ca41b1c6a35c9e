"""The parts of an office file, taken out with care: a small file may hold gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from cstokb.curation.reading.document import DocumentRefused

MOST_ENTRIES = 2_000
LARGEST_PART = 16 * 1024 * 1024
#: Text packs to a tenth or so; what packs far better than this was made to burst.
HIGHEST_RATIO = 120
_SMALL = 256 * 1024


def parts_of(data: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """The wanted parts that an office file has.

    Raises:
        DocumentRefused: when the file is no archive, or one that bursts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _require_modest(entries)
            held = [entry for entry in entries if entry.filename in wanted]
            return {entry.filename: archive.read(entry) for entry in held}
    except DocumentRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise DocumentRefused(_("The office file is damaged and cannot be opened.")) from error
    except (RuntimeError, MemoryError) as error:  # zipfile's word for a password
        raise DocumentRefused(_("The office file is locked with a password.")) from error


def _require_modest(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise DocumentRefused(_("The office file has too many parts to be a text."))
    for entry in entries:
        bursts = entry.file_size > _SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if bursts or (entry.filename.endswith((".xml", ".rels")) and entry.file_size > LARGEST_PART):
            raise DocumentRefused(
                _("The office file would unpack to far more than a text needs; it was not opened.")
            )


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
