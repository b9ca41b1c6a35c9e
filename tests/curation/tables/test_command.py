"""manage.py import_table: one JSON object, exit 1 with nothing written, and a batch that the page knows."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cstokb.curation.models import State as UploadState
from cstokb.curation.models import StoredFile, Upload
from members.models import State
from tests.factories.curators import curator
from tests.factories.records import state

pytestmark = pytest.mark.django_db
TABLE = "id;alpha2;name_en;standing\narm;AR;Armenia;member\nkaz;KZ;Kazakhstan;member\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "states.csv"
    path.write_text(TABLE)
    return path


def said(kind: str, file: Path, *options: str, by: str = "publisher@example.org") -> Any:
    out = io.StringIO()
    call_command("import_table", kind, str(file), "--by", by, *options, stdout=out)
    return out.getvalue()


def test_a_dry_run_prints_one_json_object_and_writes_nothing(file: Path) -> None:
    curator("publisher")
    state("arm", "Armenia")
    told = json.loads(said("state", file, "--dry-run", "--format", "json"))
    assert (told["rows"], told["delimiter"], told["counts"]["new"], told["result"]) == (2, ";", 1, None)
    assert told["not_read"] == [{"column": "standing", "letter": "D", "why": "the list computes it"}]
    assert [(line["line"], line["id"], line["state"]) for line in told["lines"]] == [(3, "kaz", "new")]
    assert State.objects.count() == 1
    assert not Upload.objects.exists()


def test_it_writes_a_batch_that_the_page_shows(file: Path) -> None:
    curator("publisher")
    told = json.loads(said("state", file, "--format", "json", "--reason", "A list"))
    assert told["result"]["created"] == [["arm", 1], ["kaz", 1]]
    upload = Upload.objects.get()
    assert (upload.state, str(upload.file), upload.moved_at) == (UploadState.CONFIRMED, "states.csv", None)
    assert "2 unchanged" in said("state", file, "--dry-run")


def test_a_wrong_row_stops_all_and_leaves_nothing_behind(file: Path) -> None:
    curator("publisher")
    file.write_text(TABLE.replace("KZ", "KAZ"))
    with pytest.raises(CommandError, match="line 3, alpha2"):
        said("state", file)
    assert not State.objects.exists()
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()
    said("state", file, "--leave-out", "3")
    assert State.objects.count() == 1


@pytest.mark.parametrize(
    ("by", "why"), [("nobody@example.org", "no account"), ("visitor@example.org", "may not import state")]
)
def test_who_may_not(file: Path, by: str, why: str) -> None:
    curator("editor", "visitor").groups.clear()
    with pytest.raises(CommandError, match=why):
        said("state", file, by=by)


def test_a_file_that_cannot_be_read(file: Path) -> None:
    curator("publisher")
    with pytest.raises(CommandError, match="one column only"):
        said("state", file, "--delimiter", "TAB")
    with pytest.raises(CommandError, match="No such file"):
        said("state", file.with_name("other.csv"))
