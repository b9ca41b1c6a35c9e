"""In which order several processes are given the tests."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.order import longest_first


def item(file: str, name: str, *marks: str) -> Any:
    """A test as far as the order looks at it."""
    return SimpleNamespace(
        path=Path(file), name=name, get_closest_marker=lambda mark: mark if mark in marks else None
    )


def test_files_with_slow_tests_come_first_and_then_those_with_most() -> None:
    given = [
        item("few", "a"),
        item("most", "c"),
        item("most", "a"),
        item("most", "b"),
        item("long", "b"),
        item("long", "a", "slow"),
        item("browsed", "a", "browser"),
    ]
    assert [(str(one.path), one.name) for one in longest_first(given)] == [
        ("long", "b"),
        ("long", "a"),
        ("most", "c"),
        ("most", "a"),
        ("most", "b"),
        ("few", "a"),
        ("browsed", "a"),
    ]
