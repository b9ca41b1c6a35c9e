"""The file a backup is kept in: it says what it holds, and any damage to it shows.

Line 1 is the format's mark, its version and the SHA-256 of all that follows; line 2 is the manifest as JSON; the
rest is the database, compressed. Since the digest covers everything behind it and line 1 is compared whole, a file
that is cut short, longer, or changed in one byte is refused before anything is read from it.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

MARK = "cstokb-backup"
VERSION = "1"
DIGEST_LENGTH = 64
LINE_LENGTH = len(f"{MARK} {VERSION} ") + DIGEST_LENGTH + 1
CHUNK = 1024 * 1024
LEVEL = 6


class DamagedBackupError(Exception):
    """The file is no whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds."""

    engine: str  # "sqlite" or "postgresql"
    made_at: str  # RFC 3339, UTC
    release: str
    migrations: list[str]  # app.name of every applied migration, sorted
    size: int  # bytes of the database before compression


def write(target: Path, manifest: Manifest, database: Path) -> None:
    """Write ``database`` and its manifest to ``target``, which is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with unfinished.open("wb") as file, database.open("rb") as source:
            file.write(b" " * LINE_LENGTH)
            file.write(json.dumps(asdict(manifest), sort_keys=True).encode() + b"\n")
            _compress(source, file)
        with unfinished.open("r+b") as file:
            file.write(_first_line(unfinished))
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o600)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(target.parent)


def verify(path: Path) -> Manifest:
    """Read the whole file and return its manifest. Raises ``DamagedBackupError``, also when it is no backup."""
    try:
        with path.open("rb") as file:
            first = file.read(LINE_LENGTH)
            manifest_line = file.readline()
    except OSError as error:
        raise DamagedBackupError(f"{path} cannot be read: {error.strerror}.") from error
    if not first.startswith(f"{MARK} {VERSION} ".encode()):
        raise DamagedBackupError(f"{path} is no backup that this release can read.")
    if first != _first_line(path):
        raise DamagedBackupError(f"{path} is damaged: its checksum does not fit what it holds.")
    return Manifest(**json.loads(manifest_line))


def extract(path: Path, target: Path) -> Manifest:
    """Verify ``path`` and write its database to ``target``. Raises ``DamagedBackupError``."""
    manifest = verify(path)
    with path.open("rb") as file, target.open("wb") as out:
        file.seek(LINE_LENGTH)
        file.readline()
        for chunk in _decompress(file):
            out.write(chunk)
    if target.stat().st_size != manifest.size:
        raise DamagedBackupError(
            f"{path} is damaged: the database in it has another size than its manifest says."
        )
    return manifest


def _first_line(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(LINE_LENGTH)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return f"{MARK} {VERSION} {digest.hexdigest()}\n".encode()


def _compress(source: BinaryIO, target: BinaryIO) -> None:
    packer = zlib.compressobj(LEVEL)
    while chunk := source.read(CHUNK):
        target.write(packer.compress(chunk))
    target.write(packer.flush())


def _decompress(source: BinaryIO) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    while chunk := source.read(CHUNK):
        yield unpacker.decompress(chunk)
    yield unpacker.flush()


def _sync_folder(folder: Path) -> None:
    """Make sure that the new name, too, is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
