"""Rounds of imports against edits on every way of bringing something in: nothing that either wrote is lost."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cstokb.accounts.models import User
from cstokb.curation.documents.choices import Choices, Decision, Do, suggested
from cstokb.curation.documents.confirm import confirm, refuse
from cstokb.curation.documents.model import Recognised
from cstokb.curation.loader.load import load
from cstokb.curation.models import State, Upload
from cstokb.curation.tables import batches
from cstokb.records.models import Entry, Evidence, NameForm, Revision
from cstokb.records.payload import stored
from cstokb.records.publish import Change
from cstokb.records.revisions import apply
from statements.models import Statement
from tests.curation.documents.press import brought, press
from tests.curation.documents.test_confirm import index_of, known
from tests.factories.curators import curator, signed_in
from tests.factories.records import person, source
from tests.factories.rounds import ROUNDS, Told, both, moment, submitted, told
from tests.factories.treaties import article, instrument, wording


@pytest.fixture
def ann(transactional_db: None) -> User:
    source()
    return curator("publisher", "ann")


@pytest.fixture
def bob(ann: User) -> User:
    return curator("publisher", "bob")


def standing(kind: str, slug: str) -> Any:
    return stored(Entry.objects.get(kind=kind, slug=slug))


def edit(by: User, number: int, kind: str, slug: str, **values: str) -> Callable[[], Told]:
    """What somebody writes into a record as it stands while this is said."""
    row = standing(kind, slug)
    for name, value in values.items():
        setattr(row, name, value)
    return partial(submitted, Change(row, slug, base_version=row.entry.version), by, number)


class TestTables:
    """The dry run is what is written: a record that moved since keeps the table, and who comes later is told."""

    def table(self, owner: User, number: int, rows: str) -> Upload:
        upload = batches.bring(
            owner, rows.encode(), name="people.csv", at=moment(number), choices={"kind": "person"}
        )
        batches.compare(upload)
        return upload

    def confirm(self, upload: Upload, number: int) -> Told:
        mine: Any = Upload.objects.get(pk=upload.pk)
        return told(
            lambda: batches.confirm(mine, at=moment(number), left_out=(), reason="", correction=False)
        )

    def take_back(self, upload: Upload, number: int) -> Told:
        mine = Upload.objects.get(pk=upload.pk)
        return told(lambda: batches.take_back(mine, at=moment(number), by=mine.owner, reason="Wrong."))

    @ROUNDS
    def test_a_table_and_the_form(self, ann: User, bob: User, rounds: int) -> None:
        person("somebody", "Somebody")
        for number in range(rounds):
            upload = self.table(ann, number, f"id,note_en\nsomebody,{number}\n")
            taken, edited = both(
                partial(self.confirm, upload, number),
                edit(bob, number, "person", "somebody", note_ru=f"{number}"),
            )
            assert sorted([taken[0] == "written", edited[0] == "written"]) == [False, True]
            if taken[0] == "written":
                assert edit(bob, number, "person", "somebody", note_ru=f"{number}")()[0] == "written"
            else:
                upload.refresh_from_db()
                batches.compare(upload)
                assert self.confirm(upload, number)[0] == "written"
            row = standing("person", "somebody")
            assert (row.note_en, row.note_ru) == (f"{number}", f"{number}")
        assert standing("person", "somebody").entry.version == 1 + 2 * rounds

    @ROUNDS
    def test_a_table_that_is_confirmed_twice_at_once(self, ann: User, rounds: int) -> None:
        """Two tabs of one person: the drafts are made once."""
        for number in range(rounds):
            upload = self.table(ann, number, f"id,name_en\nnew-{number},New\n")
            confirmed = both(*[partial(self.confirm, upload, number)] * 2)
            assert sorted(word for word, _done in confirmed) in (
                ["refused", "written"],
                ["conflict", "written"],
            )
            assert standing("person", f"new-{number}").entry.version == 1
        assert Upload.objects.filter(state=State.CONFIRMED).count() == rounds

    @ROUNDS
    def test_the_undoing_of_a_table_and_the_form(self, ann: User, bob: User, rounds: int) -> None:
        """What was changed since is never put back with the rest."""
        for number in range(rounds):
            slug = f"somebody-{number}"
            person(slug, "Somebody")
            upload = self.table(ann, number, f"id,note_en\n{slug},Imported.\n")
            assert self.confirm(upload, number)[0] == "written"
            undone, edited = both(
                partial(self.take_back, upload, number),
                edit(bob, number, "person", slug, note_ru="Mine."),
            )
            row = standing("person", slug)
            assert (undone[0], edited[0], row.note_en, row.note_ru) in (
                ("written", "conflict", "", ""),
                ("refused", "written", "Imported.", "Mine."),
            )
            state = Upload.objects.get(pk=upload.pk).state
            assert state == (State.UNDONE if undone[0] == "written" else State.CONFIRMED)


class TestDocuments:
    def upload(self, owner: User, number: int) -> tuple[Upload, Choices]:
        """A text that names somebody whose record gets a name and evidence from it."""
        found: Recognised = press(source=replace(press().source, title=f"Text {number}"))
        ticked = Decision(Do.ACCEPT, "tokayev", "person", remember=True, backs=True)
        choices = suggested(found)
        spellings = choices.spellings | {index_of("Qasym Toqayev"): ticked}
        return brought(owner, found, f"file {number}".encode()), replace(
            choices, again=True, spellings=spellings
        )

    def confirm(self, upload: Upload, choices: Choices, number: int) -> Told:
        return told(lambda: confirm(upload, choices, at=moment(number), by=upload.owner))

    @ROUNDS
    def test_a_document_and_the_form(self, ann: User, bob: User, rounds: int) -> None:
        """A document adds to what stands when it is written; who saves the form afterwards is told."""
        known()
        for number in range(rounds):
            upload, choices = self.upload(ann, number)
            written, edited = both(
                partial(self.confirm, upload, choices, number),
                edit(bob, number, "person", "tokayev", note_en=f"{number}"),
            )
            assert written[0] == "written"
            if edited[0] == "conflict":
                edited = edit(bob, number, "person", "tokayev", note_en=f"{number}")()
            assert (edited[0], standing("person", "tokayev").note_en) == ("written", f"{number}")
            assert Evidence.objects.filter(entry__slug="tokayev").count() == 2 + number
        assert NameForm.objects.filter(entry__slug="tokayev", text="Qasym Toqayev").count() == 1

    @ROUNDS
    def test_a_document_that_is_confirmed_and_refused_at_once(self, ann: User, rounds: int) -> None:
        """All of it stands, or none."""
        known()
        for number in range(rounds):
            upload, choices = self.upload(ann, number)
            written, refused = both(
                partial(self.confirm, upload, choices, number),
                partial(told, partial(refuse, upload)),
            )
            stands = Statement.objects.filter(entry__slug=f"2022-05-17-text-{number}").exists()
            waits = Upload.objects.filter(pk=upload.pk).values_list("state", flat=True)
            assert (written[0], refused[0], stands, list(waits)) in (
                ("written", "refused", True, [State.CONFIRMED]),
                ("refused", "written", False, []),
            )


class TestTreaties:
    PAGE = "/admin/import/treaty/"

    def preview(self, client: Client, number: int) -> dict[str, Any]:
        """What the page of the preview sends back, with what it ticks."""
        values = {"instrument": str(Entry.objects.get(kind="instrument", slug="help").pk), "language": "en"}
        values |= {"standing": "official-translation", "began_on": "1994-04-20", "type": "official"}
        values |= {
            "url": "https://example.org/treaty",
            "text": f"Article 1\n\nThe Parties help {number} times.",
        }
        return self.again(client.post(self.PAGE, values))

    def again(self, page: Any) -> dict[str, Any]:
        sealed = re.search(r'name="sealed" value="([^"]+)"', page.text)
        assert sealed is not None
        ticked = [str(row["item"].index) for row in page.context["rows"] if row["ticked"]]
        return {"sealed": sealed[1], "take": ticked}

    @ROUNDS
    @pytest.mark.parametrize("publication", ["draft", "published"])
    def test_the_text_of_a_treaty_and_the_form(
        self, ann: User, bob: User, rounds: int, publication: str
    ) -> None:
        """A draft is written once both have looked; of what is published the words wait, and the edit stands."""
        client, slug = signed_in(ann), "help/art-1/en/1994-04-20"
        help_ = article(instrument("help"), "1")
        wording(help_, "1994-04-20", text="Old.", standing="official-translation", publication=publication)
        for number in range(rounds):
            sent = self.preview(client, number)

            def take(sent: Any = sent) -> Told:
                page = client.post(self.PAGE, sent)
                return ("written" if page.status_code == 302 else "refused"), page

            taken, edited = both(take, edit(bob, number, "provision-text", slug, change_en=f"{number}"))
            assert "written" in (taken[0], edited[0])
            if taken[0] == "refused":
                assert take(self.again(taken[1]))[0] == "written"
            if edited[0] == "conflict":
                assert edit(bob, number, "provision-text", slug, change_en=f"{number}")()[0] == "written"
            if publication == "published":
                proposal = Revision.objects.get(state="pending")
                seen = standing("provision-text", slug).entry.version
                apply(proposal, by=bob, at=moment(number), seen=seen)
            row = standing("provision-text", slug)
            assert (row.text, row.change_en) == (f"The Parties help {number} times.", f"{number}")


class TestStarterData:
    @ROUNDS
    def test_a_load_and_the_form(self, ann: User, tmp_path: Path, rounds: int) -> None:
        """A record that somebody edits meanwhile is left alone, or the load came first and they are told."""
        for number in range(rounds):
            slug = f"somebody-{number}"
            person(slug, "Somebody")
            says: dict[str, Any] = {"kind": "person", "id": slug, "name_en": "Somebody", "name_ru": "Некто"}
            says |= {"evidence": [{"source": "00testsrc0"}]}
            (tmp_path / "people.json").write_text(json.dumps([says]), encoding="utf-8")
            loaded, edited = both(
                partial(
                    told, partial(load, tmp_path, at=moment(number), progress=lambda _kind, _count: None)
                ),
                edit(ann, number, "person", slug, note_en="Mine."),
            )
            row = standing("person", slug)
            assert (loaded[0], edited[0], row.name_ru, row.note_en) in (
                ("written", "conflict", "Некто", ""),
                ("written", "written", "", "Mine."),
            )
