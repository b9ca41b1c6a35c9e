"""In which order processes take their work, so that none is left with the longest of it while the others wait."""

from collections import Counter

import pytest


def longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """The files with slow tests before the others, and files with many tests before those with few.

    What stands in one file stays together and in its order, so that what is set up for a file is set up once.
    """
    sizes = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    return sorted(items, key=lambda item: (item.path not in slow, -sizes[item.path]))
