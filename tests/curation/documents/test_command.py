"""The command without a dry run writes what is sure enough as drafts, for an account that may, or nothing."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cstokb.curation.models import StoredFile, Upload
from cstokb.records.models import Source
from statements.models import Statement
from tests.curation.documents.press import TEXT
from tests.curation.documents.test_confirm import known
from tests.factories.curators import curator

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    known()
    path = tmp_path / "press.txt"
    path.write_text(TEXT)
    return path


def command(file: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_document", file, stdout=out, **options)
    return out.getvalue()


def nothing_is_kept() -> bool:
    return not (Upload.objects.exists() or StoredFile.objects.exists() or Statement.objects.exists())


def test_a_dry_run_keeps_nothing(file: Path) -> None:
    assert command(file, dry_run=True).endswith("Nothing was written.\n")
    assert nothing_is_kept()


def test_what_is_sure_becomes_drafts_with_the_file(file: Path) -> None:
    curator("editor")
    values = json.loads(command(file, by="editor@example.org", format="json"))
    source = Source.objects.get(entry__slug=values["written"]["source"])
    assert (source.entry.publication, source.file_name) == ("draft", "press.txt")
    assert StoredFile.objects.get(sha256=source.checksum).data == TEXT.encode()
    assert Statement.objects.get().entry.slug == values["written"]["statement"]
    assert values["written"]["passages"] == len(values["quotations"])


def test_the_same_file_again_is_refused_and_changes_nothing(file: Path) -> None:
    curator("editor")
    command(file, by="editor@example.org")
    with pytest.raises(CommandError, match="imported before"):
        command(file, by="editor@example.org")
    assert (Statement.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("", "Say --dry-run, or --by"),
        ("nobody@example.org", "Say --dry-run, or --by"),
        ("reader@example.org", "This account may not import documents."),
    ],
)
def test_nobody_else_writes(file: Path, by: str, said: str) -> None:
    curator("editor", "reader").groups.clear()
    with pytest.raises(CommandError, match=said):
        command(file, by=by)
    assert nothing_is_kept()
