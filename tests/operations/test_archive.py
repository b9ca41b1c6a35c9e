"""The file a backup is kept in."""

import random
from pathlib import Path

import pytest

from cstokb.operations import archive
from cstokb.operations.archive import DamagedBackupError, Manifest

CONTENT = bytes(range(256)) * 5000


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    database = tmp_path / "database"
    database.write_bytes(CONTENT)
    archive.write(tmp_path / "made.backup", manifest_of(CONTENT), database)
    return tmp_path / "made.backup"


def manifest_of(content: bytes) -> Manifest:
    return Manifest("sqlite", "2026-03-05T10:30:00+00:00", "0.1.0", ["records.0001_records"], len(content))


def test_what_was_written_comes_out_again(backup: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert archive.extract(backup, out) == manifest_of(CONTENT)
    assert out.read_bytes() == CONTENT


def test_only_its_owner_reads_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_an_empty_database_is_no_special_case(tmp_path: Path) -> None:
    (tmp_path / "database").touch()
    archive.write(tmp_path / "made.backup", manifest_of(b""), tmp_path / "database")
    assert archive.extract(tmp_path / "made.backup", tmp_path / "out").size == 0


@pytest.mark.parametrize("where", ["mark", "digest", "manifest", "data", "last byte"])
def test_one_changed_byte_is_refused(where: str, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    places = {"mark": 3, "digest": 30, "manifest": archive.LINE_LENGTH + 5, "data": 2000, "last byte": -1}
    content[places[where]] ^= 1
    backup.write_bytes(content)
    with pytest.raises(DamagedBackupError):
        archive.verify(backup)


def test_a_hundred_damages_are_all_found(backup: Path) -> None:
    chance, whole = random.Random(41), backup.read_bytes()
    for _ in range(100):
        place = chance.randrange(len(whole))
        damaged = chance.choice(
            [
                whole[:place],
                whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :],
                whole[:place] + whole[place + 1 :],
                whole + whole[: place + 1],
                whole[:place] + b"\x00" * (len(whole) - place + 1),
            ]
        )
        backup.write_bytes(damaged)
        with pytest.raises(DamagedBackupError):
            archive.verify(backup)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"SQLite format 3\x00", b"cstokb-backup 2 " + b"0" * 64 + b"\n{}\n"]
)
def test_a_file_of_another_kind_is_refused(content: bytes, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(content)
    with pytest.raises(DamagedBackupError, match="no backup that this release can read"):
        archive.verify(other)


def test_a_missing_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(DamagedBackupError, match="cannot be read: No such file"):
        archive.verify(tmp_path / "nothing")


def test_a_write_that_fails_leaves_the_earlier_file_and_nothing_else(backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(FileNotFoundError):
        archive.write(backup, manifest_of(CONTENT), tmp_path / "nothing")
    assert backup.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["database", "made.backup"]
