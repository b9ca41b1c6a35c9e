"""Backup and restore of everything the knowledge base knows: one file, one step, on both databases."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cstokb import __version__
from cstokb.operations import archive
from cstokb.operations.archive import Manifest
from cstokb.operations.snapshots import SnapshotError, snapshots_of


def back_up(target: Path) -> Manifest:
    """Write a backup to ``target`` while others work, read it back, and return what it holds.

    It holds every change committed before the call. Raises ``SnapshotError``; no file is left then.
    """
    kind = snapshots_of(connection)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy = Path(folder) / "database"
        kind.take(copy)
        manifest = Manifest(
            engine=kind.engine,
            made_at=timezone.now().isoformat(timespec="seconds"),
            release=__version__,
            migrations=applied_migrations(),
            size=copy.stat().st_size,
        )
        archive.write(target, manifest, copy)
    return archive.verify(target)


@contextmanager
def sound_copy(source: Path) -> Iterator[tuple[Manifest, Path]]:
    """What ``source`` holds and its database, proved to be whole and to fit this knowledge base.

    Raises ``DamagedBackupError`` or ``SnapshotError``.
    """
    kind = snapshots_of(connection)
    with tempfile.TemporaryDirectory(prefix="cstokb-restore-") as folder:
        copy = Path(folder) / "database"
        manifest = archive.extract(source, copy)
        refuse_misfit(manifest, kind.engine)
        kind.check(copy)
        yield manifest, copy


def check(source: Path) -> Manifest:
    """Prove that ``source`` could be restored here, without doing it. Raises as ``sound_copy`` does."""
    with sound_copy(source) as (manifest, _copy):
        return manifest


def restore(source: Path) -> Manifest:
    """Replace everything by what ``source`` holds. Raises as ``sound_copy`` does, and then nothing was changed."""
    with sound_copy(source) as (manifest, copy):
        snapshots_of(connection).put_back(copy)
    cache.clear()
    return manifest


def refuse_misfit(manifest: Manifest, engine: str) -> None:
    """Raise ``SnapshotError`` for a backup of another kind of database, or of a newer release than this one."""
    if manifest.engine != engine:
        raise SnapshotError(f"This backup is of {manifest.engine}, and this knowledge base runs on {engine}.")
    unknown = sorted(set(manifest.migrations) - known_migrations())
    if unknown:
        raise SnapshotError(f"This backup is of a newer release ({manifest.release}): it knows {unknown[0]}.")


def applied_migrations() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}
