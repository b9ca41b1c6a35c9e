"""How the house is kept: sizes, purposes, migrations, locks."""

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOT: Path = settings.BASE_DIR
CODE = [ROOT / name for name in ("cstokb", "members", "treaty", "summits", "statements", "scripts")]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 8
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def sources() -> list[Path]:
    found = [path for folder in CODE for path in sorted(folder.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, int]]:
    """Name and number of lines of every function, its docstring not counted."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - docstring_end(node)


def docstring_end(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    return (first.end_lineno or 0) if documented else node.lineno


def test_no_file_is_longer_than_a_room() -> None:
    long = {
        str(path.relative_to(ROOT)): lines for path in sources() if (lines := length(path)) > LONGEST_FILE
    }
    assert long == {}


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_functions_are_short() -> None:
    # What the style page shows is one long example, not logic.
    sizes = {name: size for name, size in functions() if not name.startswith("cstokb/pages/sample")}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}
    assert median(sizes.values()) <= MEDIAN_FUNCTION


def test_every_app_says_in_a_sentence_what_it_is_for() -> None:
    ours = [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path
    ]
    sentences = {config.name: (config.__doc__ or "").strip() for config in ours}
    assert len(ours) >= 13
    assert [name for name, sentence in sentences.items() if not sentence.endswith(".")] == []
    assert [name for name, sentence in sentences.items() if len(sentence.split()) < 6] == []


@pytest.mark.django_db
class TestMigrations:
    def test_the_models_need_no_further_one(self) -> None:
        out = io.StringIO()
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
        assert out.getvalue() == "No changes detected\n"

    def test_they_are_named_by_hand(self) -> None:
        names = [path.stem for folder in CODE for path in folder.rglob("migrations/[0-9]*.py")]
        assert len(names) >= 6
        assert [name for name in names if re.search(r"_auto_|_initial$|\d{8}", name)] == []


class TestLocks:
    """Both files install with plain pip, anywhere, and nothing else than what was tested."""

    @pytest.fixture(params=["requirements.txt", "requirements-dev.txt"])
    def lock(self, request: pytest.FixtureRequest) -> str:
        return (ROOT / str(request.param)).read_text()

    def test_every_package_is_pinned_with_hashes(self, lock: str) -> None:
        entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]
        assert len(entries) > 30
        assert [entry for entry in entries if not re.match(r"[a-z0-9.-]+(\[[a-z, ]+\])?==\S+", entry)] == []
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []

    def test_it_holds_no_address(self, lock: str) -> None:
        assert re.findall(r"\S*://\S*|--(?:extra-)?index-url|--find-links", lock) == []

    def test_the_two_agree(self) -> None:
        run, dev = (
            set(pins((ROOT / name).read_text())) for name in ("requirements.txt", "requirements-dev.txt")
        )
        assert run - dev == set()

    @pytest.mark.parametrize(
        ("file", "extras"),
        [
            ("requirements.txt", ("ingest", "fast")),
            ("requirements-dev.txt", ("ingest", "fast", "redis", "ops", "dev")),
        ],
    )
    def test_all_that_the_project_names_is_locked(self, file: str, extras: tuple[str, ...]) -> None:
        wanted = [
            *PROJECT["dependencies"],
            *(line for extra in extras for line in PROJECT["optional-dependencies"][extra]),
        ]
        names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in wanted}  # type: ignore[index]
        locked = {pin.partition("==")[0] for pin in pins((ROOT / file).read_text())}
        assert names - locked == set()


def pins(lock: str) -> list[str]:
    """Name and version of each package, without the extras that its line names."""
    found = re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?(==[^\s;\\]+)", lock, flags=re.MULTILINE)
    return [name + version for name, version in found]
