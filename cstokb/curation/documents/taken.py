"""Stretches of a text that are taken, asked for in time that hardly grows with their number."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from cstokb.curation.documents.model import Span


class Taken:
    """Stretches that do not overlap; those that do are held as one."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._held: list[Span] = []
        for start, end in sorted(spans):
            if self._held and start < self._held[-1][1]:
                self._held[-1] = self._held[-1][0], max(end, self._held[-1][1])
            elif start < end:
                self._held.append((start, end))

    def touches(self, start: int, end: int) -> bool:
        """Whether any character from start to end is taken."""
        at = bisect_left(self._held, (end,))
        return at > 0 and self._held[at - 1][1] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether all characters from start to end are taken, by one stretch."""
        at = bisect_left(self._held, (start + 1,))
        return at > 0 and end <= self._held[at - 1][1]

    def take(self, start: int, end: int) -> bool:
        """Take a stretch of which nothing is taken yet; whether it could be."""
        if self.touches(start, end):
            return False
        insort(self._held, (start, end))
        return True
