"""How well the project's own documents are recognised, and the commands that say so."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.curation.documents.files import recognised_file
from cstokb.curation.documents.gazetteer import Gazetteer, gazetteer_now
from cstokb.curation.documents.report import Report, pairs_in, report
from cstokb.records.models import Entry
from tests.curation.documents.test_totality import require_sound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    "state",
    "person",
    "organ",
    "instrument",
    "provision",
    "date",
    "topic",
    "quotation",
    "speaker",
    "text",
}


@pytest.fixture(scope="module")
def names(starter: None, django_db_blocker: pytest.FixtureRequest) -> Gazetteer:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return gazetteer_now()


@pytest.fixture(scope="module")
def made(names: Gazetteer) -> Report:
    return report(pairs_in(CORPUS), names)


def test_the_aims_are_met(made: Report) -> None:
    assert len(made.documents) >= 15
    assert set(made.whole.tallies) == KINDS
    assert made.whole.below == []


def test_no_kind_is_without_examples(made: Report) -> None:
    assert min(tally.expected for tally in made.whole.tallies.values()) >= 20


def test_what_is_no_text_is_left_out_and_every_day_and_language_is_right(made: Report) -> None:
    misses = [miss for one in made.documents.values() for miss in one.misses if miss.kind == "text"]
    assert misses == []


def test_records_that_are_expected_exist() -> None:
    ids = {"date": set[str]()}
    for kind, slug in Entry.objects.values_list("kind", "slug"):
        ids.setdefault(kind, set()).add(slug)
    for path in sorted(CORPUS.glob("*.expected.json")):
        values = json.loads(path.read_text())
        for kind, mentions in values["findings"].items():
            unknown = {record for _words, record in mentions} - ids[kind]
            assert kind == "date" or not unknown, path.name
        assert set(values["topics"]) <= ids["topic"], path.name


def test_every_finding_of_every_document_is_sound(names: Gazetteer) -> None:
    for pair in pairs_in(CORPUS):
        require_sound(recognised_file(pair.document, names))


def test_names_are_fetched_in_few_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        gazetteer_now()
    assert len(asked) == 8


class TestImportDocument:
    def said(self, *args: str) -> str:
        out = StringIO()
        call_command("import_document", *args, stdout=out)
        return out.getvalue()

    def test_one_json_object_and_nothing_else(self) -> None:
        said = self.said(str(CORPUS / "en-video-session.html"), "--dry-run", "--format", "json")
        values = json.loads(said)
        assert list(values) == ["source", "language", "findings", "quotations", "warnings"]
        assert values["source"]["file"] == "en-video-session.html"
        assert values["source"]["published"] == "2022-01-10"
        assert set(values["findings"][0]) == {"kind", "text", "start", "end", "record", "score"}
        assert [one["record"] for one in values["findings"] if one["kind"] == "provision"] == ["cst/art-4"]

    def test_for_people(self) -> None:
        said = self.said(str(CORPUS / "ru-observers.txt"), "--dry-run")
        assert said.startswith("Наблюдатели при Парламентской Ассамблее (text, utf-16, ru, 2013-12-12)")
        assert "organ pa 1.00: Парламентской Ассамблее" in said
        assert said.endswith("Nothing was written.\n")

    @pytest.mark.parametrize(
        "data", [b"", b"\x89PNG\r\n", b"%PDF-1.4 nothing", b"PK\x03\x04broken", b"\x00" * 99]
    )
    def test_a_file_that_cannot_be_read_is_one_sentence(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_bytes(data)
        out = StringIO()
        with pytest.raises(CommandError, match=r"^\S[^\n]+\.$"):
            call_command("import_document", str(path), "--dry-run", "--format", "json", stdout=out)
        assert out.getvalue() == ""

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="No such file"):
            self.said(str(tmp_path / "none"), "--dry-run")


class TestImportReport:
    def test_a_folder_as_json(self) -> None:
        out = StringIO()
        call_command("import_report", str(CORPUS), "--format", "json", stdout=out)
        values = json.loads(out.getvalue())
        assert values["below"] == []
        assert values["whole"]["state"]["precision"] >= 0.95

    def test_below_the_aims_ends_with_1_and_names_each_miss(self, tmp_path: Path) -> None:
        document = tmp_path / "a.txt"
        document.write_text("Armenia and Belarus met. Stanislav Zas came.")
        expected = {
            "language": "en",
            "findings": {"state": [["Armenia", "arm"], ["Belarus", "kaz"]]},
            "topics": [],
        }
        (tmp_path / "a.expected.json").write_text(json.dumps(expected))
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("import_report", str(tmp_path), stdout=out)
        assert ended.value.code == 1
        said = out.getvalue()
        assert "state not found: Belarus kaz" in said
        assert "state wrongly found: Belarus blr" in said
        assert "person wrongly found: Stanislav Zas stanislav-zas" in said
        assert "below the aim: state precision 0.500 < 0.95" in said

    def test_expectations_named_apart(self, tmp_path: Path) -> None:
        document, expected = tmp_path / "a.txt", tmp_path / "other.json"
        document.write_text("Armenia and Belarus are states; the two are neighbours of others.")
        values = {"language": "en", "findings": {"state": [["Armenia", "arm"], ["Belarus", "blr"]]}}
        expected.write_text(json.dumps(values))
        call_command("import_report", str(document), "--expected", str(expected), stdout=StringIO())

    @pytest.mark.parametrize(
        "written", ["{", "[]", '{"language": "en"}', '{"language": "en", "findings": {"x": []}}']
    )
    def test_bad_expectations(self, written: str, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Armenia")
        (tmp_path / "a.expected.json").write_text(written)
        with pytest.raises(CommandError, match=r"^a\.expected\.json: "):
            call_command("import_report", str(tmp_path), stdout=StringIO())

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no document"):
            call_command("import_report", str(tmp_path), stdout=StringIO())
