"""Backup and restore of a database in use."""

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from cstokb.accounts.models import User
from cstokb.operations import archive, backups
from cstokb.operations.archive import DamagedBackupError
from cstokb.operations.snapshots import SnapshotError, snapshots_of

pytestmark = pytest.mark.django_db(transaction=True)


def addresses() -> list[str]:
    return list(User.objects.values_list("email", flat=True))


def make_users(*names: str) -> None:
    for name in names:
        User.objects.create_user(f"{name}@example.org")


def test_everything_comes_back_and_nothing_else_stays(tmp_path: Path) -> None:
    make_users("anna", "boris")
    made = backups.back_up(tmp_path / "made.backup")
    User.objects.filter(email="anna@example.org").delete()
    make_users("vera")
    assert backups.restore(tmp_path / "made.backup") == made
    assert addresses() == ["anna@example.org", "boris@example.org"]


def test_tables_made_after_the_backup_are_gone(tmp_path: Path) -> None:
    backups.back_up(tmp_path / "made.backup")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (number integer)")
    backups.restore(tmp_path / "made.backup")
    assert "later" not in connection.introspection.table_names()


def test_restoring_twice_is_the_same_as_once(tmp_path: Path) -> None:
    make_users("anna")
    backups.back_up(tmp_path / "made.backup")
    for _ in range(2):
        backups.restore(tmp_path / "made.backup")
    make_users("boris")  # identities go on where they were
    assert addresses() == ["anna@example.org", "boris@example.org"]


def test_it_says_what_it_holds(tmp_path: Path) -> None:
    made = backups.back_up(tmp_path / "made.backup")
    assert made.engine == connection.vendor
    assert "accounts.0002_groups" in made.migrations
    assert made.size > 10_000


def test_a_restore_forgets_what_was_cached(tmp_path: Path) -> None:
    backups.back_up(tmp_path / "made.backup")
    cache.set("page", "of the newer state")
    backups.restore(tmp_path / "made.backup")
    assert cache.get("page") is None


def test_backups_taken_while_others_write_hold_all_that_was_committed_before(tmp_path: Path) -> None:
    """B103."""
    stop, counted = threading.Event(), []

    def write() -> None:
        try:
            number = 0
            while not stop.is_set():
                User.objects.create_user(f"user{number}@example.org")
                number += 1
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            counted.append(User.objects.count())
            backups.back_up(tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
    final = User.objects.count()
    for number, before in enumerate(counted):
        backups.restore(tmp_path / f"{number}.backup")
        assert before <= User.objects.count() <= final
        assert {f"user{n}@example.org" for n in range(before)} <= set(addresses())


class TestRefusal:
    """A file that is not right changes nothing."""

    @pytest.fixture
    def made(self, tmp_path: Path) -> Path:
        make_users("anna")
        backups.back_up(tmp_path / "made.backup")
        make_users("boris")
        return tmp_path / "made.backup"

    def refused(self, file: Path, error: type[Exception], sentence: str) -> None:
        with pytest.raises(error, match=sentence):
            backups.restore(file)
        assert addresses() == ["anna@example.org", "boris@example.org"]

    def test_a_file_cut_short(self, made: Path) -> None:
        """B103."""
        made.write_bytes(made.read_bytes()[:-100])
        self.refused(made, DamagedBackupError, "damaged")

    def test_of_the_other_kind_of_database(self, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rewrite(made, engine="oracle")
        self.refused(made, SnapshotError, "is of oracle")

    def test_of_a_newer_release(self, made: Path) -> None:
        self.rewrite(made, migrations=["records.0999_future"], release="9.0")
        self.refused(made, SnapshotError, r"newer release \(9.0\): it knows records.0999_future")

    def test_a_whole_file_that_holds_no_sound_database(self, made: Path, tmp_path: Path) -> None:
        self.rewrite(made, database=b"this is no database" * 1000)
        self.refused(made, SnapshotError, "copy is no")

    def rewrite(self, made: Path, database: bytes | None = None, **changes: object) -> None:
        """Make the file again, whole, with something else in it."""
        content = made.parent / "content"
        manifest = archive.extract(made, content)
        if database is not None:
            content.write_bytes(database)
            changes["size"] = len(database)
        archive.write(made, archive.Manifest(**{**vars(manifest), **changes}), content)


class TestSqlite:
    @pytest.fixture(autouse=True)
    def only_sqlite(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("about SQLite's own checks")

    def test_rows_that_refer_to_nothing_are_found(self, tmp_path: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("INSERT INTO accounts_user_groups (user_id, group_id) VALUES (-77, -77)")
            cursor.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(SnapshotError, match="2 rows refer to rows that are not there"):
            backups.back_up(tmp_path / "made.backup")
        assert list(tmp_path.iterdir()) == []


class TestPostgresql:
    @pytest.fixture(autouse=True)
    def only_postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("about PostgreSQL's programs")

    def test_missing_programs_are_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda program: None)
        with pytest.raises(SnapshotError, match="pg_dump is missing: apt install postgresql-client"):
            backups.back_up(tmp_path / "made.backup")

    def test_an_error_of_the_program_is_passed_on_and_no_file_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")
        with pytest.raises(SnapshotError, match=r"pg_dump failed.*no_such_database"):
            snapshots_of(connection).take(tmp_path / "copy")


class TestCommands:
    def run(self, *words: object) -> str:
        out = io.StringIO()
        call_command(*map(str, words), stdout=out)
        return out.getvalue()

    @pytest.fixture
    def answer(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        return lambda text: monkeypatch.setattr("builtins.input", lambda question: text)

    def test_backup_and_restore(self, tmp_path: Path) -> None:
        make_users("anna")
        file = tmp_path / "made.backup"
        assert f"{file}: {connection.vendor}, " in self.run("backup", file)
        User.objects.all().delete()
        assert "restored" in self.run("restore", file, "--yes")
        assert addresses() == ["anna@example.org"]

    def test_without_a_name_it_is_named_by_the_moment_and_never_overwrites(
        self, tmp_path: Path, settings: Any, moment: object
    ) -> None:
        settings.VAR_DIR = tmp_path
        for _ in range(2):
            self.run("backup")
        names = sorted(path.name for path in (tmp_path / "backups").iterdir())
        assert names == ["2026-03-05T103000Z-2.backup", "2026-03-05T103000Z.backup"]

    def test_check_changes_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "made.backup"
        self.run("backup", file)
        make_users("anna")
        assert "sound" in self.run("restore", "--check", file)
        assert addresses() == ["anna@example.org"]

    @pytest.mark.parametrize("typed", ["no", "", "y"])
    def test_restore_asks_first(self, typed: str, tmp_path: Path, answer: Callable[[str], None]) -> None:
        file = tmp_path / "made.backup"
        self.run("backup", file)
        make_users("anna")
        answer(typed)
        with pytest.raises(CommandError, match="Nothing was changed"):
            self.run("restore", file)
        assert addresses() == ["anna@example.org"]
        answer("yes")
        self.run("restore", file)
        assert addresses() == []

    def test_restore_without_anybody_to_ask_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        with pytest.raises(CommandError, match="Nothing was changed"):
            self.run("restore", tmp_path / "made.backup")

    def test_a_damaged_file_ends_in_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "made.backup").write_bytes(b"x")
        with pytest.raises(CommandError, match="no backup that this release can read"):
            self.run("restore", tmp_path / "made.backup", "--yes")
