"""Pace: long writing in short steps, so that nobody waits for more than one of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: In seconds: what a step should take. Others who save wait for one step at most.
STRIDE = 0.4
#: In seconds: how long it rests after each. SQLite asks again for its lock every tenth of a second, so that everybody
#: who waits gets in.
REST = 0.15
LEAST, FIRST, MOST = 10, 100, 500


class Pace:
    """How many rows a step takes: as many as the one before shows to be done in time, whatever machine it is."""

    def __init__(self) -> None:
        self.size = FIRST

    @contextmanager
    def step(self) -> Iterator[int]:
        """One step, which is told how many rows it may take; then it rests."""
        began = time.monotonic()
        yield self.size
        took = max(time.monotonic() - began, 0.001)
        self.size = max(LEAST, min(MOST, 2 * self.size, int(self.size * STRIDE / took)))
        time.sleep(REST)
