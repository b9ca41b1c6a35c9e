"""How much the slow tests do: so much that every change can wait for it, or all of it."""

import os
from typing import Any, TypeVar

import pytest

Count = TypeVar("Count", int, float)


def is_full(scale: str) -> bool:
    """Whether this is the command that counts as high as was ever promised."""
    return scale == "test-long"


#: TEST_SCALE is set by scripts/lanes.py to the command that runs the tests.
IS_FULL = is_full(os.environ.get("TEST_SCALE", ""))


def at_scale(few: Count, full: Count) -> Count:
    """The one for every change, the other for ``make test-long``."""
    return full if IS_FULL else few


def few_and_all(name: str, few: Any, whole: Any) -> pytest.MarkDecorator:
    """A parameter of a test that asks a few where somebody waits, and everything, those few among it, in a slow lane.

    The few are marked as a sample, so that whoever runs both does not ask them twice.
    """
    return pytest.mark.parametrize(
        name, [pytest.param(few, marks=pytest.mark.sample), pytest.param(whole, marks=pytest.mark.slow)]
    )
