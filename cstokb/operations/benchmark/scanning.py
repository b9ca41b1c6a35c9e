"""Which large tables are read from end to end to find a few rows, as PostgreSQL itself counts what is read.

A plan tells nothing of what the functions do that it calls; the counters of the tables tell of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from django.core.cache import caches
from django.db import connection
from django.test import Client

from cstokb.listing import counts
from cstokb.operations.benchmark.loading import vocabularies
from cstokb.operations.benchmark.questions import thirty
from cstokb.operations.benchmark.rivals import Anew, Product, answer

#: A table with fewer rows than these is read whole sooner than any index of it.
LARGE = 5_000
# What this session has not yet told the server, it tells itself; together they are right at every moment, the processes
# that helped it with a plan included.
_READ = """
SELECT every.relname, every.seq_tup_read + own.seq_tup_read
FROM pg_stat_user_tables AS every JOIN pg_stat_xact_user_tables AS own USING (relid)
JOIN pg_class ON pg_class.oid = relid WHERE reltuples >= %s
"""


def scans(client: Client, addresses: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """How many rows of which large table scans of it read, for all searches and for single addresses."""
    asked: dict[str, Callable[[], object]] = {
        f"thirty searches, {rival.name}": partial(_thirty, rival) for rival in (Product(client), Anew(client))
    }
    asked |= {
        name: partial(answer, client, path)
        for name, path in addresses.items()
        if not path.startswith("/bare/")
    }
    return {name: scanned(ask) for name, ask in asked.items()}


def _thirty(rival: Product) -> None:
    for each in thirty(vocabularies()["en"]):
        rival.ask(each)


def scanned(ask: Callable[[], object], large: int = LARGE) -> dict[str, int]:
    """How many rows of each table of so many or more are read by scans of it while something is asked."""
    caches[counts.CACHE].clear()  # what a process has counted is no answer of the database
    before = _read(large)
    ask()
    return dict(_read(large) - before)


def _read(large: int) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction would see again what it saw first
        cursor.execute(_READ, [large])
        return Counter(dict(cursor.fetchall()))
