"""The time that counts while something is measured."""

from __future__ import annotations

import time

from django.db import connection

#: On SQLite everything is done in one process, whose own time does not depend on what else the machine does.
CLOCKS = {"sqlite": time.process_time, "postgresql": time.perf_counter}


def now() -> float:
    """The time that counts, in seconds."""
    return CLOCKS[connection.vendor]()
