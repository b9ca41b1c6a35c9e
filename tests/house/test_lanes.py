"""What scripts/lanes.py runs, and what it says of it."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings

from tests import scale

NO_TESTS = 5  # pytest's own exit code


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module; it finds its neighbours beside it, as when it is run by path."""
    monkeypatch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
    import lanes  # type: ignore[import-not-found, unused-ignore]

    return lanes  # type: ignore[no-any-return, unused-ignore]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The environment in which a lane starts its tests; none are run."""
    environment: dict[str, Any] = {}

    def run(words: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        environment.update(given["env"])
        return subprocess.CompletedProcess(words, NO_TESTS)

    monkeypatch.setattr(subprocess, "run", run)
    return environment


@pytest.mark.parametrize(
    ("command", "count"), [("test", 3), ("test-ci", 3), ("test-change", 3), ("test-long", 40)]
)
def test_the_tests_are_told_how_much_to_do(
    lanes: ModuleType, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], command: str, count: int
) -> None:
    lane = lanes.Lane("Nothing", "slow")
    lane.run(command, [])
    assert not lane.failed
    monkeypatch.setattr(scale, "IS_FULL", scale.is_full(told["TEST_SCALE"]))
    assert scale.at_scale(3, 40) == count


def test_what_python_compiled_is_kept_for_the_next_process(
    lanes: ModuleType, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    lanes.Lane("Nothing", "slow").run("test", [])
    assert "PYTHONDONTWRITEBYTECODE" not in told
    assert told["PYTHONUNBUFFERED"] == "1"


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


def test_what_two_commands_run_is_what_every_change_runs_in_one(
    lanes: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://somewhere/it")
    with ExitStack() as stack:
        (whole,) = lanes.postgresql_lanes("test-change", stack)
    assert (whole.marks, whole.options) == ("not sample and not browser", [])
    assert lanes.sqlite_lane("test-change").marks == "not sample and not browser"
    assert lanes.browser_lane("test-change").marks == "browser"
    assert lanes.SUITE == "not slow and not browser"
    assert ("test-change" in lanes.ON_A_SECOND_PYTHON, "test" in lanes.ON_A_SECOND_PYTHON) == (True, False)


@pytest.mark.parametrize(("code", "failed"), [(0, False), (1, True)])
def test_a_lane_whose_packages_are_not_installed_has_failed_and_starts_nothing(
    lanes: ModuleType, told: dict[str, Any], tmp_path: Path, code: int, failed: bool
) -> None:
    lock, installed = tmp_path / "lock", tmp_path / "installed"
    lock.write_text("django==6")
    with subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"]) as pip:
        lane = lanes.Lane("Second", "slow", before=lambda: lanes.are_installed(pip, lock, installed))
        lane.run("test-ci", [])
    assert (lane.failed, told == {}, installed.exists()) == (failed, failed, not failed)


def test_what_is_passed_over_as_a_sample_stands_beside_the_whole() -> None:
    few, whole = scale.few_and_all("count", 1, 20).args[1]
    assert [(one.values, [mark.name for mark in one.marks]) for one in (few, whole)] == [
        ((1,), ["sample"]),
        ((20,), ["slow"]),
    ]


@pytest.mark.parametrize(("code", "failed"), [(0, False), (5, False), (1, True), (2, True)])
def test_a_lane_without_a_test_to_run_has_not_failed(lanes: ModuleType, code: int, failed: bool) -> None:
    assert lanes.Lane("Some", "slow", code=code).failed is failed
