"""The tests' database: migrated once, then copied by every process that tests.

Running the migrations takes longer than most tests together, and the result depends on nothing but their text. So it
is kept as a template: a file on SQLite, a template database on PostgreSQL.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

DAY = 24 * 3600
#: The name before any test database takes its place.
BASE_NAME = settings.DATABASES["default"]["NAME"]


#: Nothing is kept as text beside the template; Django 6.1 does so only where it is asked.
UNWANTED: dict[str, Any] = {"serialize": False} if django.VERSION < (6, 1) else {}

#: What the loaded data depends on: the data, the platform that writes and indexes it, and of each app the models.
LOADING = (
    "data/**/*.json",
    "cstokb/curation/loader/*.py",
    "cstokb/dates/*.py",
    "cstokb/fulltext/**/*.py",
    "cstokb/records/*.py",
    "cstokb/records/models/*.py",
    "cstokb/records/writer/*.py",
    "statements/formulas/*.py",
    "treaty/citations/*.py",
    "treaty/detection.py",
    "treaty/library.py",
    *(
        f"{app}/{name}"
        for app in ("members", "treaty", "summits", "statements")
        for name in ("models*", "models/*.py", "choices.py", "indexing.py", "numbering.py", "querysets.py")
    ),
)


def loading_digest() -> str:
    """Changes with the starter data and with the code that loads, writes and indexes it."""
    digest, root = hashlib.sha256(migrations_digest().encode()), Path(settings.BASE_DIR)
    for path in sorted({path for pattern in LOADING for path in root.glob(pattern) if path.is_file()}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migrations_digest() -> str:
    """Changes with the text of any migration and with Django's version."""
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def one_at_a_time(template: SqliteTemplate | PostgresqlTemplate) -> Iterator[None]:
    """Several processes start at once; the first builds a template, and those that need the same one wait for it."""
    with Path(settings.TEST_DIR, f"{Path(template.name).stem}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteTemplate:
    """A template that is a file."""

    def __init__(self, digest: str, word: str = "template") -> None:
        self.path = Path(settings.TEST_DIR, f"{word}-{digest}.sqlite3")
        self.name = str(self.path)
        self.building = str(self.path.with_suffix(".building"))

    def exists(self) -> bool:
        return self.path.exists()

    def begin(self, migrated: SqliteTemplate) -> None:
        """Begin it as a copy of the one that is migrated."""
        shutil.copyfile(migrated.path, self.building)

    def finish(self) -> None:
        connection.close()
        Path(self.building).rename(self.path)
        for old in (*Path(settings.TEST_DIR).glob("*-*.sqlite3"), *Path(settings.TEST_DIR).glob("*.lock")):
            if time.time() - old.stat().st_mtime > DAY:
                old.unlink()


def server_cursor() -> AbstractContextManager[CursorWrapper]:
    """A cursor outside any database of the server: one cannot rename the database one is in."""
    cursor: AbstractContextManager[CursorWrapper] = connection.creation._nodb_cursor()  # type: ignore[attr-defined]
    return cursor


class PostgresqlTemplate:
    """A template that is a database of the same server."""

    def __init__(self, digest: str, word: str = "test") -> None:
        self.name = f"{word}_{BASE_NAME}_{digest}"
        self.building = f"{self.name}_building"

    def exists(self) -> bool:
        with server_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def begin(self, migrated: PostgresqlTemplate) -> None:
        """Begin it as a copy of the one that is migrated."""
        with server_cursor() as cursor:
            quote = connection.ops.quote_name
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(self.building)}")
            cursor.execute(f"CREATE DATABASE {quote(self.building)} TEMPLATE {quote(migrated.name)}")

    def finish(self) -> None:
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's connections have it
        with server_cursor() as cursor:
            quote = connection.ops.quote_name
            cursor.execute(f"ALTER DATABASE {quote(self.building)} RENAME TO {quote(self.name)}")


def build(template: SqliteTemplate | PostgresqlTemplate) -> None:
    """Run the migrations into a database with another name, so that a broken run leaves no template."""
    _let_go()  # a pool keeps talking to the database it was opened for
    connection.settings_dict["TEST"]["NAME"] = template.building
    connection.creation.create_test_db(verbosity=0, autoclobber=True, **UNWANTED)
    template.finish()


def build_starter(template: Any) -> None:
    """Load the starter data into a copy of the migrated database, likewise with another name."""
    migrated = _kind()(migrations_digest())
    with one_at_a_time(migrated):
        if not migrated.exists():
            build(migrated)
        _let_go()  # a database that somebody talks to is no template
        template.begin(migrated)
    _become(template.building)
    call_command("load_data", verbosity=0)
    template.finish()


@contextmanager
def test_database() -> Iterator[None]:
    """Give this process a fresh copy of the migrated database, and take it away at the end."""
    template = _kind()(migrations_digest())
    suffix = str(os.getpid())
    with one_at_a_time(template):
        if not template.exists():
            build(template)
        connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"] = template.name
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    connection.settings_dict.update(connection.creation.get_test_db_clone_settings(suffix))
    yield
    connection.creation.destroy_test_db(verbosity=0)


@contextmanager
def starter_database() -> Iterator[None]:
    """Put a database with the starter data in the place of the tests' own for a while.

    It is loaded once for a state of code and data, and copied by every process that asks for it.
    """
    template = _kind()(loading_digest(), "starter")
    with one_at_a_time(template):
        if not template.exists():
            own = connection.settings_dict["NAME"]
            build_starter(template)
            _become(own)
    with _copy_of(template, "starter"):
        yield


@contextmanager
def own_database() -> Iterator[None]:
    """Put an empty, migrated database in the place of the tests' own for a while: what is written into it stays."""
    with _copy_of(_kind()(migrations_digest()), "own"):
        yield


def _kind() -> type[SqliteTemplate | PostgresqlTemplate]:
    return SqliteTemplate if connection.vendor == "sqlite" else PostgresqlTemplate


@contextmanager
def _copy_of(template: SqliteTemplate | PostgresqlTemplate, word: str) -> Iterator[None]:
    """A copy of a template in the place of the tests' own database."""
    own = connection.settings_dict["NAME"]
    with one_at_a_time(template):
        _become(template.name)
        connection.creation.clone_test_db(f"{os.getpid()}_{word}", verbosity=0, autoclobber=True)
    _become(connection.creation.get_test_db_clone_settings(f"{os.getpid()}_{word}")["NAME"])
    yield
    connection.creation.destroy_test_db(own, verbosity=0)
    _become(own)


def _become(name: str) -> None:
    """Talk to another database of the same server from now on."""
    _let_go()
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    ContentType.objects.clear_cache()  # what another database calls 39 may be nobody here


def _let_go() -> None:
    """Close the connection, and the pool it came from."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
