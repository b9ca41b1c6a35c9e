"""What scripts/lanes.py runs, and what it says of it."""

import subprocess
from contextlib import ExitStack
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

from tests import scale


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module; it finds its neighbours beside it, as when it is run by path."""
    monkeypatch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
    import lanes  # type: ignore[import-not-found, unused-ignore]

    return lanes  # type: ignore[no-any-return, unused-ignore]


@pytest.mark.parametrize(("command", "count"), [("test", 3), ("test-ci", 3), ("test-long", 40)])
def test_the_tests_are_told_how_much_to_do(
    lanes: ModuleType, monkeypatch: pytest.MonkeyPatch, command: str, count: int
) -> None:
    told: dict[str, Any] = {}

    def run(words: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        told.update(given["env"])
        return subprocess.CompletedProcess(words, lanes.NO_TESTS)

    monkeypatch.setattr(subprocess, "run", run)
    lane = lanes.Lane("Nothing", "slow")
    lane.run(command, [])
    assert not lane.failed
    monkeypatch.setattr(scale, "IS_FULL", scale.is_full(told["TEST_SCALE"]))
    assert scale.at_scale(3, 40) == count


def test_what_one_command_leaves_out_on_postgresql_the_other_runs(
    lanes: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://somewhere/it")
    with ExitStack() as stack:
        (first,) = lanes.postgresql_lanes("test", stack)
        slow, rest = lanes.postgresql_lanes("test-ci", stack)
    assert (first.marks, rest.marks, slow.marks) == (lanes.SUITE, lanes.SUITE, "slow and not browser")
    assert rest.options == [f"--ignore={path}" for path in first.options]
    assert [path for path in first.options if not (settings.BASE_DIR / path).exists()] == []


@pytest.mark.parametrize(("code", "failed"), [(0, False), (5, False), (1, True), (2, True)])
def test_a_lane_without_a_test_to_run_has_not_failed(lanes: ModuleType, code: int, failed: bool) -> None:
    assert lanes.Lane("Some", "slow", code=code).failed is failed
