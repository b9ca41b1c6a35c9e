"""Documents from files: read, recognised, and marked with the file that they came from."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.model import Recognised
from cstokb.curation.documents.recognise import recognise
from cstokb.curation.reading import read


def recognised_file(path: Path, names: Gazetteer, *, encoding: str = "", language: str = "") -> Recognised:
    """What is recognised in a file.

    Raises:
        OSError: when the file cannot be opened.
        DocumentRefused: when it cannot be read.
    """
    data = path.read_bytes()
    found = recognise(read(data, encoding=encoding, language=language), names)
    checksum = hashlib.sha256(data).hexdigest()
    return replace(found, source=replace(found.source, file=path.name, sha256=checksum))
