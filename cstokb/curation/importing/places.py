"""Places: where new provisions stand among those that have their order already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

#: The distance between the provisions of an instrument that had none, so that later ones find room.
STEP = 10


class Places:
    """The orders that are taken in an instrument, and free ones between them."""

    def __init__(self, taken: Iterable[int]) -> None:
        self._taken = set(taken)
        self._was_empty = not self._taken
        #: Orders at the end that were given for want of room among the neighbours.
        self.pushed: set[int] = set()

    def given(self, wanted: Sequence[int | None]) -> Iterator[int]:
        """An order for each of a sequence: its own where it has one, else a free one between its neighbours'."""
        low = -1
        for index, own in enumerate(wanted):
            if own is not None:
                low = max(low, own)
                yield own
                continue
            run = next((end for end in range(index, len(wanted)) if wanted[end] is not None), len(wanted))
            high = wanted[run] if run < len(wanted) else None
            order = self._free(low, high)
            low = low if order in self.pushed else order
            yield order

    def _free(self, low: int, high: int | None) -> int:
        step = STEP if self._was_empty else 1
        after_all = max(self._taken, default=-step) + step
        order = after_all
        if high is not None:
            order = next((one for one in range(low + 1, high) if one not in self._taken), after_all)
            if order == after_all:
                self.pushed.add(order)
        self._taken.add(order)
        return order
