"""Decision 10: rows of records are written by records.publish alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.contract

#: Code that could reach records and must leave writing to the writer.
WATCHED = (
    *("members", "treaty", "summits", "statements"),
    *("cstokb/curation", "cstokb/api", "cstokb/search", "cstokb/pages", "cstokb/listing"),
    *("cstokb/records", "cstokb/operations"),
)
#: The writer itself.
WRITER = ("cstokb/records/publish.py", "cstokb/records/writer/")
WRITES = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "create", "delete"}
#: Rows that are no records: the note of a finished load; a workbook that is written to a file; the head of the chain of
#: events; proposals, which are no history until the writer applies them; the rights of groups; what texts refer to
#: and which formulas they say, which is derived from them by the writer's own call; that an index is being made anew;
#: the head of an invented corpus, in a database of its own; files and uploads that wait for a confirmation;
#: the note of a merge, and that two records are not one; what asking an address found.
ALLOWED = {
    ("cstokb/curation/links/check.py", "update_or_create"),
    ("cstokb/curation/loader/load.py", "update_or_create"),
    ("cstokb/curation/models/files.py", "delete"),
    ("cstokb/curation/models/files.py", "get_or_create"),
    ("cstokb/curation/models/files.py", "save"),
    ("cstokb/curation/models/progress.py", "save"),
    ("cstokb/curation/models/tasks.py", "create"),
    ("cstokb/curation/models/tasks.py", "save"),
    ("cstokb/curation/models/uploads.py", "create"),
    ("cstokb/curation/models/uploads.py", "delete"),
    ("cstokb/curation/models/uploads.py", "save"),
    ("cstokb/listing/export.py", "save"),
    ("cstokb/records/models/events.py", "get_or_create"),
    ("cstokb/operations/benchmark/loading.py", "update"),
    ("cstokb/records/admin/merging.py", "get_or_create"),
    ("cstokb/records/merging/merge.py", "save"),
    ("cstokb/records/rebuilding.py", "create"),
    ("cstokb/records/rebuilding.py", "delete"),
    ("cstokb/records/decisions.py", "create"),
    ("cstokb/records/decisions.py", "save"),
    ("cstokb/records/revisions.py", "create"),
    ("cstokb/records/rights.py", "get_or_create"),
    ("statements/formulas/table.py", "bulk_create"),
    ("statements/formulas/table.py", "delete"),
    ("treaty/detection.py", "bulk_create"),
    ("treaty/detection.py", "delete"),
    ("statements/detection.py", "bulk_create"),
    ("statements/detection.py", "delete"),
}


def writes_in(text: str) -> Iterator[str]:
    """The calls in a source text that write rows past the writer."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, receiver = node.func.attr, ast.unparse(node.func.value)
        on_rows = any(word in receiver for word in ("objects", "_manager", "filter(", "rows", "queryset"))
        if name in WRITES or (name == "update" and on_rows):
            yield name


def sources() -> Iterator[Path]:
    for folder in WATCHED:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py")):
            own = path.relative_to(settings.BASE_DIR).as_posix().startswith(WRITER)
            if "migrations" not in path.parts and not own:
                yield path


def test_nothing_outside_the_writer_writes_a_record() -> None:
    """B097: what goes past the writer leaves no history."""
    found = {
        (path.relative_to(settings.BASE_DIR).as_posix(), name)
        for path in sources()
        for name in writes_in(path.read_text(encoding="utf-8"))
    }
    assert found - ALLOWED == set()
    assert found >= ALLOWED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("State.objects.filter(pk=1).update(name_en='x')", ["update"]),
        ("state.save()", ["save"]),
        ("State.objects.bulk_update(states, ['name_en'])", ["bulk_update"]),
        ("State._base_manager.bulk_create(states)", ["bulk_create"]),
        ("queryset.delete()", ["delete"]),
        ("context.update(more)", []),
        ("write([Change(state)], at=now)", []),
    ],
)
def test_the_check_sees_what_it_should(text: str, found: list[str]) -> None:
    assert list(writes_in(text)) == found
