"""Where the invented corpora are kept: for each size a file of its own on SQLite, a database on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from psycopg import sql

from cstokb.databases import CACHE_ALIAS

FOLDER = Path(settings.VAR_DIR, "benchmark")
#: No limit of requests and no words on the screen while something is measured.
QUIET = {"RATE_ANONYMOUS": "100000000", "RATE_SEARCH": "100000000", "LOG_LEVEL": "ERROR"}


@dataclass(frozen=True)
class Place:
    """The database of one size; that of none holds the starter data alone, and the others begin as it."""

    size: int

    @property
    def vendor(self) -> str:
        """Which kind of database it is: the kind of the one in use."""
        return connection.vendor

    @property
    def name(self) -> str:
        """The path of the file, or the name of the database beside the one in use."""
        if self.vendor == "sqlite":
            return str(FOLDER / f"corpus-{self.size}.sqlite3")
        return f"{_own_name()}_bench_{self.size}"

    @property
    def url(self) -> str:
        """The address under which a process finds it."""
        if self.vendor == "sqlite":
            return f"sqlite:///{self.name}"
        return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.name}"))

    @property
    def cache(self) -> str:
        """Under which name a process in it finds the database of its cache."""
        return CACHE_ALIAS if self.vendor == "sqlite" else DEFAULT_DB_ALIAS

    @property
    def mark(self) -> Path:
        """The file that says that the corpus is whole."""
        return FOLDER / f"{self.vendor}-{self.size}.whole"

    @property
    def figures(self) -> Path:
        """Where what was measured there is kept."""
        return FOLDER / f"{self.vendor}-{self.size}.json"

    def copy(self, source: Place | None) -> None:
        """Begin it anew: empty, or as another that is whole."""
        self.mark.unlink(missing_ok=True)
        if self.vendor == "sqlite":
            for path in FOLDER.glob(f"corpus-{self.size}.*"):
                path.unlink()
            if source:
                shutil.copyfile(source.name, self.name)
            return
        own, template = sql.Identifier(self.name), sql.Identifier(source.name if source else "template0")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(own))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(own, template))

    def run(self, *words: str) -> None:
        """Run this project's command with that database in the place of its own."""
        environment = os.environ | QUIET | {"DATABASE_URL": self.url}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
        subprocess.run(command, env=environment, check=True)  # noqa: S603 - this project's own command


def _own_name() -> str:
    """The database in use, whose corpora stand beside it."""
    return str(settings.DATABASES["default"]["NAME"]).split("_bench_")[0]
