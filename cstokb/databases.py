"""How the two databases are opened, and where the shared cache lives.

SQLite needs no setting: write-ahead log, every commit synced to disk, write locks taken at the start of a
transaction, and a wait of twenty seconds for another writer. PostgreSQL is used through psycopg's pool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:  # models cannot be loaded before the settings
    from django.db.models import QuerySet

CACHE_ALIAS = "cache"
CACHE_TABLE = "cache_entries"
SQLITE_WAIT_SECONDS = 20
# 64 MB of page cache for each connection and 256 MB of the file mapped: a search reads many small rows.
_CACHED = "PRAGMA cache_size=-65536"
_IN_MEMORY = "PRAGMA temp_store=MEMORY"
SQLITE_SPEED = f"{_CACHED}; PRAGMA mmap_size=268435456; {_IN_MEMORY};"
# SQLite sorts in memory up to the size of its cache before it uses a file, and without end where that is in memory too.
_LITTLE_CACHE = "PRAGMA cache_size=-4096"
_IN_FILE = "PRAGMA temp_store=FILE"

Config = dict[str, Any]


def sqlite(path: Path, *, synchronous: str = "FULL") -> Config:
    """Settings for a SQLite file. Django itself switches the foreign keys on for each connection."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # One connection a thread for as long as the thread lives; opening one costs more than a query.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": SQLITE_WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; {SQLITE_SPEED}",
        },
    }


def postgresql(config: Config, *, pool_min: int, pool_max: int) -> Config:
    """Settings for PostgreSQL from a parsed URL; the pool keeps the connections, so Django must keep none.

    PostgreSQL compiles what it believes to be expensive: of a page's query of many parts that takes a fifth of a
    second, and the query itself some milliseconds. A URL with ``options`` of its own has the last word.
    """
    pool = {"min_size": pool_min, "max_size": max(pool_min, pool_max), "timeout": 5}
    options = {"connect_timeout": 5, "options": "-c jit=off"} | config.get("OPTIONS", {}) | {"pool": pool}
    return config | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def databases(config: Config | None, var: Path, *, pool_min: int, pool_max: int) -> dict[str, Config]:
    """The databases of this process: ``default``, and beside a SQLite file one more file for the cache.

    The cache counts requests and failed log-ins. In the same SQLite file each count would wait for an import
    that holds the write lock; in its own file, which may be lost and is not synced, it waits for nothing.
    """
    if config and "postgresql" in config["ENGINE"]:
        return {"default": postgresql(config, pool_min=pool_min, pool_max=pool_max)}
    path = Path(config["NAME"]) if config else var / "cstokb.sqlite3"
    return {
        "default": sqlite(path),
        CACHE_ALIAS: sqlite(path.with_suffix(".cache.sqlite3"), synchronous="OFF"),
    }


#: What PostgreSQL calls a lock that it did not get in the time that was set.
LOCK_NOT_AVAILABLE = "55P03"


def is_busy(error: BaseException | None) -> bool:
    """Whether an error says that somebody else has been writing for longer than a writer waits."""
    cause = getattr(error, "__cause__", None)
    name, state = getattr(cause, "sqlite_errorname", ""), getattr(cause, "sqlstate", "")
    return str(name).startswith("SQLITE_BUSY") or state == LOCK_NOT_AVAILABLE


#: A step of SQLite's plan that reads rows where they stand and keeps none, but for a list of ids.
_READS = re.compile(r"[\d ]*(SCAN|SEARCH|LIST SUBQUERY) .*")


@contextmanager
def sorting_in_file(rows: QuerySet[Any, Any]) -> Iterator[None]:
    """Let SQLite put a whole list in order in a file: in memory a million rows take more than a hundred megabytes.

    Within a transaction it cannot be told so, and sorts as ever. Rows that stand in an index in order already are only
    read: to be told so costs the connection all that it keeps in memory.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or _are_read(rows):
        yield
        return
    _tell(_LITTLE_CACHE, _IN_FILE)
    try:
        yield
    finally:
        _tell(_CACHED, _IN_MEMORY)


def _are_read(rows: QuerySet[Any, Any]) -> bool:
    """Whether SQLite reads the rows of a queryset in order, and so keeps at most ids meanwhile: of those left out."""
    return all(_READS.fullmatch(step) for step in rows.explain().splitlines())


def _tell(*pragmas: str) -> None:
    with connection.cursor() as cursor:
        for pragma in pragmas:
            cursor.execute(pragma)


class CacheRouter:
    """Send the cache's table, and nothing else, to the cache's own file."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return CACHE_ALIAS if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The cache's file holds the cache alone, and the main database everything else."""
        if db == CACHE_ALIAS or app_label == "django_cache":
            return db == CACHE_ALIAS and app_label == "django_cache"
        return None
