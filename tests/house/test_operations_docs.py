"""docs/operations.md names every setting, with the default that the code has."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
READERS = {
    "text",
    "flag",
    "debug",
    "number",
    "words",
    "choice",
    "secret",
    "hosts",
    "site_url",
    "database",
    "cache",
    "mailer",
    "zone",
}
# Read outside the settings: the mode itself, the server's own, and what the Makefile and the test lanes take.
ELSEWHERE = {"DJANGO_ENV", "BIND", "WEB_WORKERS", "WEB_THREADS"}


def variables_of_the_code() -> set[str]:
    tree = ast.parse((ROOT / "cstokb" / "settings.py").read_text())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    named = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in READERS]
    return {str(call.args[0].value) for call in named if isinstance(call.args[0], ast.Constant)} | ELSEWHERE


def variables_of_the_docs() -> set[str]:
    text = (ROOT / "docs" / "operations.md").read_text()
    table = text.partition("## Settings")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z_]+)`", table, flags=re.MULTILINE))


def test_every_variable_is_documented_and_none_is_made_up() -> None:
    assert variables_of_the_docs() == variables_of_the_code()


def test_the_servers_own_variables_are_read_by_its_configuration() -> None:
    text = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    assert {
        name for name in ("BIND", "WEB_WORKERS", "WEB_THREADS", "PORT") if f'"{name}"' not in text
    } == set()


def test_every_command_of_the_makefile_is_explained() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    text = "".join(
        (ROOT / name).read_text() for name in ("README.md", "docs/operations.md", "CONTRIBUTING.md")
    )
    explained = set(re.findall(r"\bmake ([a-z-]+)", text))
    assert targets - {"help"} - explained == set()
