"""Run the tests in every lane this machine has, and say which ran: lanes.py COMMAND [pytest options].

The commands are those of the Makefile, and test-change, which `make test` runs with SCALE=test-change.

SQLite always; PostgreSQL where its server is installed (or TEST_DATABASE_URL names one), with test what asks the
database itself, with test-ci all the rest; Chromium where it is installed; with test-ci also a second Python with the
newest Django, where one is found, which measures coverage. test-change is test and test-ci in one: half as many
starts, on each database one world for quick and slow tests, and no sample of what the slow ones ask whole.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import postgres

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "test"
NO_TESTS = 5  # pytest's own exit code
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WORKERS = str(min(os.cpu_count() or 2, 4))
SUITE = "not slow and not browser"
MARKS = {
    "test": SUITE,
    "test-ci": "slow and not browser",
    "test-change": "not sample and not browser",
    "test-long": "slow and not browser",
}
BROWSER_MARKS = {
    "test": "browser and not slow",
    "test-ci": "browser and slow",
    "test-change": "browser",
    "test-long": "browser and slow",
}
ON_A_SECOND_PYTHON = ("test-ci", "test-change")
#: Where the database itself is asked something of its own: the one writer, history, lists in every form, full text.
#: `make test` asks these of PostgreSQL too; everything else is asked of it where nobody waits, by `make test-ci`.
POSTGRESQL_FIRST = (
    "tests/contracts/test_same_answer.py",
    "tests/fulltext",
    "tests/listing",
    *(f"tests/records/test_{what}.py" for what in ("conflicts", "history", "naming", "publish", "scope")),
)
#: Costs half as much again, so that it is measured where nobody waits for it.
COVERAGE = ["--cov", "--cov-report=term:skip-covered", "--cov-report=html"]


@dataclass
class Lane:
    """One run of pytest."""

    name: str
    marks: str
    environment: dict[str, str] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    #: How tests are shared out: by class and module, so that a world is built once, or one by one.
    dist: str = "loadscope"
    python: str = sys.executable
    missing: str = ""  # why the lane does not run here
    #: What has to end before the tests can begin, and says whether it was done.
    before: Callable[[], bool] = lambda: True
    code: int = 0
    seconds: float = 0
    counts: tuple[int, int, int] = (0, 0, 0)  # passed, failed, skipped

    @property
    def result(self) -> str:
        if self.missing:
            return f"not run: {self.missing}"
        passed, failed, skipped = self.counts
        return f"{passed} passed, {failed} failed, {skipped} skipped in {self.seconds:.0f} s"

    def run(self, scale: str, options: list[str]) -> None:
        """Run the tests; what they print goes straight to the reader."""
        print(f"\n=== {self.name} ===", flush=True)
        report = RESULTS / f"{self.name.replace(',', '').replace(' ', '-').lower()}.xml"
        report.unlink(missing_ok=True)
        if not self.before():
            self.code = 1
            return
        # tests/order.py says in which order.
        spread = ["-n", WORKERS, f"--dist={self.dist}", "--no-loadscope-reorder"]
        spread += ["-m", self.marks, f"--junit-xml={report}"]
        words = [self.python, "-m", "pytest", *spread, *self.options, *options]
        environment = {**os.environ, **self.environment, "TEST_SCALE": scale}
        # A machine that keeps no compiled files would compile the tests anew in every process of every lane.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begun = time.monotonic()
        self.code = subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode
        self.seconds = time.monotonic() - begun
        self.counts = counts_of(report)

    @property
    def failed(self) -> bool:
        return self.code not in (0, NO_TESTS)


def counts_of(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of pytest's report; all zero when it wrote none."""
    if not report.exists():
        return 0, 0, 0
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 - pytest wrote the file
    words = ("tests", "failures", "errors", "skipped")
    tests, failures, errors, skipped = (
        int(suite.get(word, "0")) if suite is not None else 0 for word in words
    )
    return tests - failures - errors - skipped, failures + errors, skipped


def sqlite_lane(scale: str) -> Lane:
    return Lane("SQLite", MARKS[scale], {"DATABASE_URL": ""})


def postgresql_lanes(scale: str, stack: ExitStack) -> list[Lane]:
    """What this run asks of PostgreSQL, on one server."""
    lanes = {
        "test": [Lane("PostgreSQL", SUITE, options=list(POSTGRESQL_FIRST))],
        "test-ci": [
            Lane("PostgreSQL", MARKS[scale]),
            Lane("PostgreSQL, the rest", SUITE, options=[f"--ignore={path}" for path in POSTGRESQL_FIRST]),
        ],
        "test-change": [Lane("PostgreSQL", MARKS[scale])],
        "test-long": [Lane("PostgreSQL", MARKS[scale])],
    }[scale]
    url, binaries = os.environ.get("TEST_DATABASE_URL", ""), postgres.programs()
    if not url and binaries:
        url = stack.enter_context(postgres.server(binaries))
    for lane in lanes:
        lane.environment["DATABASE_URL"] = url
        lane.missing = "" if url else "no server (apt install postgresql)"
    return lanes


def browser_lane(scale: str) -> Lane:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    lane = Lane("Browser", BROWSER_MARKS[scale], {"DATABASE_URL": "", "CHROMIUM": path or ""})
    lane.missing = "" if path else "no Chromium (apt install chromium)"
    lane.dist = "worksteal"  # one module of long tests over data that nobody changes
    return lane


def second_python() -> str | None:
    """A Python newer than the project's lowest, on which the newest Django is locked."""
    named = os.environ.get("SECOND_PYTHON", "")
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    homes = sorted(map(str, pyenv.glob("versions/3.1[3-9]*/bin/python")))
    candidates = filter(None, [named, "python3.14", "python3.13", *homes])
    return next((path for path in map(shutil.which, candidates) if path and works(path)), None)


def works(python: str) -> bool:
    """Whether it starts and can make an environment; a pyenv shim is there also for a Python that is not chosen."""
    words = [python, "-c", "import venv, ensurepip"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def second_python_lane(stack: ExitStack) -> Lane:
    """The suite on a second Python, whose packages are installed while the other lanes run."""
    python = second_python()
    lane = Lane("Second Python and Django", SUITE, {"DATABASE_URL": ""}, COVERAGE)
    if python is None:
        lane.missing = "no Python 3.13 or newer (SECOND_PYTHON names one)"
        return lane
    home = ROOT / "var" / "second-python"
    lane.python = str(home / "bin" / "python")
    lock, installed = ROOT / "requirements-dev.txt", home / "installed-requirements-dev.txt"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        subprocess.run([python, "-m", "venv", "--clear", str(home)], check=True)
        pip = [lane.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        installing = subprocess.Popen([*pip, "--require-hashes", "-r", str(lock)])
        stack.callback(installing.terminate)  # which has long ended, unless the run was ended before it
        lane.before = lambda: are_installed(installing, lock, installed)
    return lane


def are_installed(installing: subprocess.Popen[bytes], lock: Path, installed: Path) -> bool:
    """Wait for pip, and note what it installed."""
    if installing.wait():
        print("The packages for a second Python could not be installed.", flush=True)
        return False
    shutil.copy(lock, installed)
    return True


def summary(lanes: list[Lane]) -> None:
    print("\n=== Lanes ===")
    for lane in lanes:
        print(f"{lane.name:<26}{lane.result}")
    passed, failed, skipped = (sum(column) for column in zip(*(lane.counts for lane in lanes), strict=True))
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)


def main(scale: str, options: list[str]) -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        lanes = [sqlite_lane(scale), *postgresql_lanes(scale, stack), browser_lane(scale)]
        if scale in ON_A_SECOND_PYTHON:
            lanes.append(second_python_lane(stack))
        for lane in lanes:
            if not lane.missing:
                lane.run(scale, options)
    summary(lanes)
    return int(any(lane.failed for lane in lanes))


def stop(number: int, frame: object) -> None:
    """End as after Ctrl-C, so that the server of the tests is stopped and its folder removed."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    if len(sys.argv) < 2 or sys.argv[1] not in MARKS:
        sys.exit(f"Name what to run: {', '.join(MARKS)}.")
    sys.exit(main(sys.argv[1], sys.argv[2:]))
