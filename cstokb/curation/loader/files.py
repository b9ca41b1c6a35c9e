"""Reading the files of the starter data, as they are described in data/README.md."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SATELLITES = ("names", "topics", "evidence", "pending")
LEDGER = "ledger"


class LoadError(ValueError):
    """The starter data cannot be loaded; the message names the file and the record. Nothing was written."""


@dataclass(frozen=True)
class RawRecord:
    """One record as its file holds it."""

    file: str
    kind: str
    id: str
    fields: dict[str, Any]
    publication: str = "published"
    why: str = ""
    names: list[dict[str, Any]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    pending: list[dict[str, Any]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where the record stands, for messages."""
        return f"{self.file}: {self.kind} {self.id}"


def digest(folder: Path) -> str:
    """A digest of every file of the starter data, names included."""
    total = hashlib.sha256()
    for path in _files(folder):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.json"))


def read_records(folder: Path) -> Iterator[RawRecord]:
    """Every record of every file, in the order of the files.

    Raises:
        LoadError: when a file is no JSON list of objects with a kind and an id, or names a record twice.
    """
    seen: dict[tuple[str, str], str] = {}
    for path in _files(folder):
        if path.relative_to(folder).parts[0] == LEDGER:
            continue
        for item in _objects(path):
            record = _raw(path.relative_to(folder).as_posix(), item)
            key = (record.kind, record.id)
            if key in seen:
                raise LoadError(f"{record.place} stands already in {seen[key]}")
            seen[key] = record.file
            yield record


def read_ledger(folder: Path) -> list[dict[str, Any]]:
    """What became of every input record of the research."""
    return [row for path in sorted((folder / LEDGER).glob("*.json")) for row in _objects(path)]


def _objects(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise LoadError(f"{path.name} is no JSON file: {error}") from error
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise LoadError(f"{path.name} must hold a list of objects")
    return content


def _raw(file: str, item: dict[str, Any]) -> RawRecord:
    kind, key = item.get("kind"), item.get("id")
    if not isinstance(kind, str) or not isinstance(key, str) or not key:
        raise LoadError(f"{file}: a record without a kind or an id")
    own = {"kind", "id", "publication", "why", *SATELLITES}
    return RawRecord(
        file=file,
        kind=kind,
        id=key,
        fields={name: value for name, value in item.items() if name not in own},
        publication=item.get("publication", "published"),
        why=item.get("why", ""),
        **{name: item.get(name, []) for name in SATELLITES},
    )
