"""The pages of the table import: who opens them, what they show, and that nothing is written before it is confirmed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cstokb.curation import work
from cstokb.curation.models import State as UploadState
from cstokb.curation.models import StoredFile, Upload
from cstokb.curation.tables import batches, shown
from cstokb.curation.tables.carry import prepare
from cstokb.curation.tables.reading import read_table
from cstokb.records.models import ChangeEvent, Entry, Revision
from members.models import State
from tests.curation.tables.files import workbook
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, rewritten, state

pytestmark = pytest.mark.django_db

PAGE = "/admin/import/table/"
TABLE = "id;alpha2;name_en;name_ru\r\narm;AR;Armenia;Армения\r\nblr;BL;Belarus;Беларусь\r\n"
WRONG = TABLE + "kaz;KAZ;Kazakhstan;Казахстан\r\n"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "launch", lambda job: job())


@pytest.fixture
def publisher() -> Client:
    return signed_in(curator("publisher"))


def brought(client: Client, table: str | bytes = TABLE, **changed: Any) -> str:
    """The address of the dry run of a table."""
    data = table.encode() if isinstance(table, str) else table
    values = {"kind": "state", "file": SimpleUploadedFile("states.csv", data), **changed}
    response = client.post(PAGE, values)
    assert response.status_code == 302, response.context["form"].errors
    return str(response["Location"])


def written(client: Client, address: str, *lines: int, **changed: Any) -> Any:
    """The page after the ticked lines were confirmed."""
    return client.post(address, {"act": "write", "take": lines, **changed}, follow=True)


def rows(response: Any) -> list[tuple[int, str, str]]:
    return [(row["number"], row["id"], row["state"]) for row in response.context["found"]["lines"]]


class TestWho:
    @pytest.mark.parametrize("group", ["editor", "reviewer", "publisher", "administrator"])
    def test_curators_may(self, group: str) -> None:
        client = signed_in(curator(group))
        assert client.get(PAGE).status_code == 200
        assert f'href="{PAGE}"' in client.get("/admin/").text

    def test_nobody_else_may(self) -> None:
        user = curator("editor")
        user.groups.clear()
        client = signed_in(user)
        for address in (PAGE, f"{PAGE}batches/", f"{PAGE}state/template.csv", f"{PAGE}state/records.xlsx"):
            assert client.get(address).status_code == 403
            assert Client().get(address).status_code == 302
        assert client.post(PAGE, {"kind": "state", "text": TABLE}).status_code == 403

    def test_a_table_that_waits_is_its_owners_alone(self, publisher: Client) -> None:
        """B087."""
        address = brought(publisher)
        other = signed_in(curator("administrator"))
        for response in (other.get(address), other.post(address, {"act": "write", "take": [2]})):
            assert response.status_code == 404
            assert "Armenia" not in response.text
        assert not State.objects.exists()

    @pytest.mark.parametrize("path", ["../../etc/passwd", "etc/passwd/", "%2e%2e%2fetc/passwd", "1/"])
    def test_no_path_leads_to_a_file(self, publisher: Client, path: str) -> None:
        """B087."""
        assert publisher.post(PAGE + path, {"act": "write"}).status_code == 404


class TestBringing:
    def test_nothing_and_both_are_told(self, publisher: Client) -> None:
        assert publisher.post(PAGE, {"kind": "state"}).context["form"].errors == {
            "file": ["Bring a file or paste a table."]
        }
        file = SimpleUploadedFile("a.csv", TABLE.encode())
        both = publisher.post(PAGE, {"kind": "state", "file": file, "text": TABLE})
        assert both.context["form"].errors == {"text": ["Bring a file or paste a table, not both."]}
        assert "kind" in publisher.post(PAGE, {"kind": "nothing", "text": TABLE}).context["form"].errors

    def test_a_file_above_the_limit_is_refused_before_it_is_read(
        self, publisher: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """B094."""
        monkeypatch.setattr("cstokb.curation.tables.forms.LARGEST", 10)
        response = publisher.post(
            PAGE, {"kind": "state", "file": SimpleUploadedFile("a.csv", TABLE.encode())}
        )
        assert response.status_code == 413
        assert not StoredFile.objects.exists()

    def test_a_pasted_table(self, publisher: Client) -> None:
        response = publisher.post(PAGE, {"kind": "state", "text": TABLE.replace(";", "\t")}, follow=True)
        assert rows(response) == [(2, "arm", "new"), (3, "blr", "new")]

    def test_what_cannot_be_read_says_why_and_can_be_read_otherwise(self, publisher: Client) -> None:
        address = brought(publisher, "name_en\nArmenia\n")
        page = publisher.get(address)
        assert "The table has one column only." in page.text
        assert publisher.post(address, {"act": "write"}).status_code == 200
        assert not State.objects.exists()

    def test_encoding_and_delimiter_are_shown_and_can_be_chosen(self, publisher: Client) -> None:
        """B079."""
        address = brought(publisher, TABLE.encode("cp1251"))
        text = " ".join(publisher.get(address).text.split())
        assert "cp1251 (guessed from its letters), between the cells: semicolon" in text
        assert "Армения" in text
        again = publisher.post(address, {"act": "read", "encoding": "cp866", "delimiter": ";"}, follow=True)
        assert "cp866 (as chosen)" in " ".join(again.text.split())
        wrong = publisher.post(address, {"act": "read", "encoding": "cp1251", "delimiter": "|"}, follow=True)
        assert "one column only" in wrong.text
        tab = publisher.post(address, {"act": "read", "encoding": "cp1251", "delimiter": "\t"}, follow=True)
        assert "one column only" in tab.text

    def test_another_sheet_can_be_chosen(self, publisher: Client) -> None:
        address = brought(publisher, workbook([["id", "alpha2", "name_en"], ["arm", "AM", "Armenia"]]))
        page = publisher.get(address)
        assert (rows(page), page.context["found"]["sheets"]) == ([(2, "arm", "new")], ["Sheet"])
        assert 'name="sheet"' in page.text
        assert 'name="encoding"' not in page.text


class TestConfirming:
    def test_nothing_is_written_before_and_everything_after(self, publisher: Client) -> None:
        address = brought(publisher)
        assert rows(publisher.get(address)) == [(2, "arm", "new"), (3, "blr", "new")]
        assert not State.objects.exists()
        page = written(publisher, address, 2, 3, reason="A list")
        assert State.objects.count() == 2
        assert set(ChangeEvent.objects.values_list("reason", flat=True)) == {"A list"}
        assert [(label, count) for label, count, _rows in page.context["groups"]] == [("new drafts", 2)]
        assert [
            row["id"] for row in (publisher.get(address).context.get("found") or {}).get("lines", [])
        ] == []

    def test_a_second_confirmation_writes_nothing(self, publisher: Client) -> None:
        address = brought(publisher)
        written(publisher, address, 2, 3)
        events = ChangeEvent.objects.count()
        written(publisher, address, 2, 3)
        assert (State.objects.count(), ChangeEvent.objects.count()) == (2, events)

    def test_one_wrong_row_stops_all_until_it_is_ticked_off(self, publisher: Client) -> None:
        address = brought(publisher, WRONG)
        assert rows(publisher.get(address))[0] == (4, "kaz", "wrong")
        page = written(publisher, address, 2, 3, 4)
        assert "Nothing was written. Correct these lines or tick them off: 4." in page.text
        assert not State.objects.exists()
        page = written(publisher, address, 2)
        assert list(Entry.objects.filter(kind="state").values_list("slug", flat=True)) == ["arm"]
        assert page.context["result"]["left_out"] == 2

    def test_what_was_ticked_off_stays_so(self, publisher: Client) -> None:
        address = brought(publisher, WRONG)
        page = written(publisher, address, 2, 4)
        ticked = re.findall(r'name="take"\s+value="(\d+)"[^>]*\s(checked)?>', page.text)
        assert sorted(ticked) == [("2", "checked"), ("3", ""), ("4", "checked")]

    def test_a_record_that_moved_on_is_a_conflict_and_is_shown(self, publisher: Client) -> None:
        arm = state("arm", "Armenia")
        address = brought(publisher, "id,name_ru\narm,Армения\n")
        arm.capital_en = "Yerevan"
        rewritten(arm, at=WRITTEN + timedelta(days=1))
        page = written(publisher, address, 2)
        assert rows(page) == [(2, "arm", "conflict")]
        assert "The record has been changed since the table was shown." in page.text
        assert State.objects.get().name_ru == ""

    def test_an_editor_is_told_of_proposals(self) -> None:
        state("arm", "Armenia")
        client = signed_in(curator("editor"))
        address = brought(client, "id,name_ru\narm,Армения\n")
        assert "1 change of a published record becomes a proposal." in client.get(address).text
        page = written(client, address, 2)
        assert [(label, count) for label, count, _rows in page.context["groups"]] == [("proposals", 1)]
        assert Revision.objects.count() == 1

    @pytest.mark.parametrize(("least", "told"), [(2, True), (3, False)])
    def test_how_long_others_wait_for_many_changes_is_told_before_and_of_few_it_is_not(
        self, publisher: Client, monkeypatch: pytest.MonkeyPatch, least: int, *, told: bool
    ) -> None:
        monkeypatch.setattr(shown, "LONG_STEP", least)
        state("arm", "Armenia")
        state("blr", "Belarus")
        address = brought(publisher, "id,name_ru\narm,Армения\nblr,Беларусь\n")
        assert (
            "The 2 changes are written in one step of about 0 seconds" in publisher.get(address).text
        ) is told

    def test_a_table_that_is_not_wanted_leaves_nothing(self, publisher: Client) -> None:
        address = brought(publisher)
        page = publisher.post(address, {"act": "refuse"}, follow=True)
        assert "The table was let go. Nothing was written." in page.text
        assert not Upload.objects.exists()
        assert not StoredFile.objects.exists()

    def test_one_that_waited_too_long_is_asked_for_again(self, publisher: Client) -> None:
        """B086."""
        address = brought(publisher)
        Upload.objects.all().clear(at=timezone.now() + timedelta(days=15))
        page = publisher.post(address, {"act": "write", "take": [2]}, follow=True)
        assert "Please upload it again." in page.text
        assert not State.objects.exists()

    def test_work_shows_how_far_it_is(self, publisher: Client) -> None:
        address = brought(publisher)
        Upload.objects.get().tell("Comparing rows", at=timezone.now(), done=1_000, total=50_000)
        page = publisher.get(address)
        assert '<progress max="50000" value="1000"' in page.text
        Upload.objects.get().tell("Comparing rows", at=timezone.now() - timedelta(hours=1))
        assert "The work was cut off." in publisher.get(address).text


class TestBatches:
    def test_they_say_who_when_and_how_much(self, publisher: Client) -> None:
        written(publisher, brought(publisher), 2, 3)
        page = signed_in(curator("editor")).get(f"{PAGE}batches/")
        assert [(kind, counts) for _upload, kind, counts in page.context["rows"]] == [("States", [2, 0, 0])]
        assert "publisher@example.org" in page.text

    def test_one_is_undone_by_who_imported_it(self, publisher: Client) -> None:
        address = brought(publisher)
        written(publisher, address, 2, 3)
        assert publisher.post(address, {"act": "undo"}).context["form"].errors == {
            "reason": ["This field is required."]
        }
        page = publisher.post(address, {"act": "undo", "reason": "The wrong list"}, follow=True)
        assert "Undone by publisher@example.org" in page.text
        assert not State.objects.exists()
        assert Upload.objects.get().state == UploadState.UNDONE

    def test_what_stands_in_the_way_is_listed(self, publisher: Client) -> None:
        address = brought(publisher)
        written(publisher, address, 2, 3)
        written(publisher, brought(publisher, "id,capital_en\narm,Yerevan\n"), 2)
        page = publisher.post(address, {"act": "undo", "reason": "The wrong list"}, follow=True)
        assert "arm was changed since, by publisher@example.org." in page.text
        assert State.objects.count() == 2

    def test_another_editor_undoes_nothing_and_a_reviewer_may(self, publisher: Client) -> None:
        address = brought(publisher)
        written(publisher, address, 2, 3)
        editor = signed_in(curator("editor"))
        assert "Undo the import" not in editor.get(address).text
        assert editor.post(address, {"act": "undo", "reason": "x"}).status_code == 403
        signed_in(curator("reviewer")).post(address, {"act": "undo", "reason": "x"})
        assert not State.objects.exists()


class TestCutShort:
    """A large table of which a part stands, and nobody is at work on it."""

    @pytest.fixture
    def address(self, publisher: Client) -> str:
        address = brought(publisher)
        upload = Upload.objects.get()
        order = {"at": WRITTEN.isoformat(), "reason": "A list", "left_out": [], "correction": False}
        prepare(batches.planned(upload), at=WRITTEN, by=upload.owner, left_out=(3,)).finish()
        upload.note_portion("state", ["arm"])
        upload.decide(UploadState.WRITING, at=WRITTEN, result=order)
        upload.rest()
        return address

    def test_no_page_shows_it_as_whole(self, publisher: Client, address: str) -> None:
        page = publisher.get(address)
        assert "this import is not whole. 1 draft of it stands; no reader sees it." in page.text
        assert (page.context["groups"], "Undo the import" in page.text) == ([], False)
        batch = publisher.get(f"{PAGE}batches/")
        assert [counts for _upload, _kind, counts in batch.context["rows"]] == [[1, 0, 0]]
        assert "being written" in batch.text
        assert address in publisher.get("/admin/desk/imports/").text

    def test_its_progress_is_told_while_somebody_is_at_it(self, publisher: Client, address: str) -> None:
        Upload.objects.get().tell("Writing drafts", at=timezone.now(), done=1, total=2)
        assert '<progress max="2" value="1"' in publisher.get(address).text

    def test_its_owner_goes_on(self, publisher: Client, address: str) -> None:
        page = publisher.post(address, {"act": "go_on"}, follow=True)
        assert [(label, count) for label, count, _rows in page.context["groups"]] == [("new drafts", 2)]
        assert set(Entry.objects.values_list("slug", flat=True)) == {"arm", "blr"}

    def test_or_takes_back_what_stands(self, publisher: Client, address: str) -> None:
        page = publisher.post(address, {"act": "give_up"}, follow=True)
        assert rows(page) == [(2, "arm", "new"), (3, "blr", "new")]
        assert not State.objects.exists()

    def test_another_editor_does_neither_and_a_reviewer_may(self, publisher: Client, address: str) -> None:
        editor = signed_in(curator("editor"))
        assert "Go on" not in editor.get(address).text
        assert editor.post(address, {"act": "give_up"}).status_code == 403
        assert State.objects.count() == 1
        signed_in(curator("reviewer")).post(address, {"act": "give_up"})
        assert not State.objects.exists()

    def test_undoing_goes_on_to_its_end(self, publisher: Client, address: str) -> None:
        upload = Upload.objects.get()
        upload.decide(UploadState.UNDOING, at=WRITTEN, result={"undone": {"reason": "Wrong"}})
        page = publisher.get(address)
        assert "this import is being undone, and 1 draft of it still stands." in page.text
        assert "Take back" not in page.text
        publisher.post(address, {"act": "go_on"})
        assert not State.objects.exists()
        assert Upload.objects.get().state == UploadState.UNDONE


class TestDownloads:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_template_has_the_columns_and_nothing_else(self, publisher: Client, form: str) -> None:
        response = publisher.get(f"{PAGE}state/template.{form}")
        grid = read_table(b"".join(response.streaming_content))  # type: ignore[attr-defined]
        assert grid.header[:4] == ("id", "alpha2", "name_en", "name_ru")
        assert (len(grid.rows), "evidence_source" in grid.header) == (0, True)
        assert response["Content-Disposition"] == f'attachment; filename="state-template.{form}"'

    def test_its_second_sheet_says_what_each_column_is(self, publisher: Client) -> None:
        response = publisher.get(f"{PAGE}organ/template.xlsx")
        notes = read_table(b"".join(response.streaming_content), sheet="notes")  # type: ignore[attr-defined]
        told = {str(row.cells[0]): row.cells[1:] for row in notes.rows}
        assert told["type"][:1] == ("kind",)
        assert "statutory (" in str(told["type"][1])
        assert told["type"][2] == "yes"
        assert "1992-05" in str(told["established_on"][1])

    def test_an_unknown_kind(self, publisher: Client) -> None:
        assert publisher.get(f"{PAGE}nothing/template.csv").status_code == 404

    def test_records_come_with_their_versions_drafts_included(self, publisher: Client) -> None:
        state("arm", "Armenia")
        state("kaz", "Kazakhstan", publication="draft")
        response = publisher.get(f"{PAGE}state/records.csv")
        grid = read_table(b"".join(response.streaming_content))  # type: ignore[attr-defined]
        assert grid.header[:4] == ("id", "version", "publication", "alpha2")
        assert [row.cells[:3] for row in grid.rows] == [("arm", "1", "published"), ("kaz", "1", "draft")]

    @pytest.mark.parametrize(
        ("action", "form"), [("table_of_chosen_xlsx", "xlsx"), ("table_of_chosen_csv", "csv")]
    )
    def test_chosen_records_of_a_list(self, publisher: Client, action: str, form: str) -> None:
        arm = state("arm", "Armenia")
        state("kaz", "Kazakhstan")
        response = publisher.post("/admin/members/state/", {"action": action, "_selected_action": [arm.pk]})
        grid = read_table(b"".join(response.streaming_content))  # type: ignore[attr-defined]
        assert (grid.format, [row.cells[0] for row in grid.rows]) == (form, ["arm"])
