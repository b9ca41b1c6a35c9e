"""Undoing an import: everything is put back, nothing where a record has moved on, and what it settled waits again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.accounts.models import User
from cstokb.curation.tables.undo import CannotUndo, undo
from cstokb.records.choices import RevisionState
from cstokb.records.decisions import apply, request_changes, schedule
from cstokb.records.models import Entry, Evidence, NameForm, Revision, Source, Topic
from cstokb.records.revisions import propose
from members.models import Organ, Person, State
from tests.curation.tables.importing import imported
from tests.factories.curators import curator
from tests.factories.records import WRITTEN, person, source, state, topic

pytestmark = pytest.mark.django_db
NEXT, LATER = WRITTEN + timedelta(hours=1), WRITTEN + timedelta(days=1)
HEAD = "id,alpha2,name_en,name_ru\n"


@pytest.fixture
def publisher() -> User:
    return curator("publisher")


@pytest.fixture
def editor() -> User:
    return curator("editor")


class TestUndo:
    def test_everything_is_put_back(self, publisher: User) -> None:
        state("blr", "Belarus", "Беларусь")
        table = HEAD.replace("\n", ",evidence_source\n") + (
            "blr,BL,Belarus,Белоруссия,https://example.org/new\nkaz,KZ,Kazakhstan,,https://example.org/new\n"
        )
        report = imported("state", table, publisher)
        undo("state", report.as_json(), at=LATER, by=publisher)
        assert State.objects.get().name_ru == "Беларусь"
        assert not Entry.objects.filter(slug="kaz").exists()
        assert [row.source.title for row in Evidence.objects.filter(entry__slug="blr")] == ["A book about it"]
        assert not Source.objects.filter(url="https://example.org/new").exists()
        assert Entry.objects.get(slug="blr").version == 3

    def test_not_when_a_record_has_moved_on(self, publisher: User) -> None:
        state("blr", "Belarus", "Беларусь")
        report = imported("state", HEAD + "blr,BL,Belarus,Белоруссия\nkaz,KZ,Kazakhstan,\n", publisher)
        imported("state", "id,capital_en\nblr,Minsk\n", publisher, at=LATER)
        with pytest.raises(CannotUndo) as caught:
            undo("state", report.as_json(), at=LATER, by=publisher)
        assert caught.value.reasons == ("blr was changed since, by publisher@example.org.",)
        assert Entry.objects.filter(slug="kaz").exists()

    def test_not_when_a_draft_is_referred_to(self, publisher: User) -> None:
        report = imported("state", HEAD + "kaz,KZ,Kazakhstan,\n", publisher)
        imported("pause", "id,state,began_on\nkaz/pause/2024,kaz,2024\n", publisher)
        with pytest.raises(CannotUndo) as caught:
            undo("state", report.as_json(), at=LATER, by=publisher)
        assert caught.value.reasons == ("kaz is referred to by pause kaz/pause/2024.",)

    def test_drafts_that_refer_to_each_other_go_together(self, publisher: User) -> None:
        report = imported(
            "organ", "id,name_en,type,parent\na,A,working,\nb,B,working,a\nc,C,working,b\n", publisher
        )
        undo("organ", report.as_json(), at=LATER, by=publisher)
        assert not Organ.objects.exists()

    def test_what_the_import_changed_lets_go_of_its_drafts_first(self, publisher: User) -> None:
        one = topic("one", "One")
        report = imported("topic", "id,label_en,parent\none,One,new\nnew,New,\n", publisher)
        assert Topic.objects.get(pk=one.pk).parent is not None
        undo("topic", report.as_json(), at=LATER, by=publisher)
        assert [(row.label_en, row.parent) for row in Topic.objects.all()] == [("One", None)]

    def test_proposals_are_taken_back_and_applied_ones_are_not(self, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        report = imported("state", "id,name_ru\nblr,Белоруссия\n", editor)
        undo("state", report.as_json(), at=LATER, by=editor)
        assert Revision.objects.get().state == RevisionState.REFUSED
        again = imported("state", "id,name_ru\nblr,Белорусь\n", editor)
        apply(Revision.objects.latest("pk"), by=curator("reviewer"), at=LATER)
        with pytest.raises(CannotUndo):
            undo("state", again.as_json(), at=LATER, by=editor)

    def test_published_records_are_put_back_by_who_may_publish(self, publisher: User, editor: User) -> None:
        person("a-person", "A Person")
        report = imported("person", "id,name_ru\na-person,Человек\n", publisher)
        with pytest.raises(CannotUndo):
            undo("person", report.as_json(), at=LATER, by=editor)


class TestSettled:
    """Proposals that the import closed, because what they asked for stood then."""

    TABLE = "id,name_ru\nblr,Белоруссия\n"

    def proposed(self, by: User, name: str = "Белоруссия") -> Revision:
        entry = Entry.objects.get(slug="blr")
        made = propose(entry, {"name_ru": name}, at=WRITTEN, by=by, reason="As in the Constitution.")
        assert made is not None
        return made

    def test_they_wait_again_and_the_way_says_so(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        proposal, other = self.proposed(editor), self.proposed(editor, "Белорусь")
        report = imported("state", self.TABLE, publisher, at=NEXT)
        assert report.settled == [(proposal.pk, RevisionState.PENDING)]
        undo("state", report.as_json(), at=LATER, by=publisher, reason="The wrong file.")
        for one in (proposal, other):
            one.refresh_from_db()
            assert (one.state, one.reviewer, one.decided_at, one.decision) == ("pending", None, None, "")
        ways = [[(step.kind, step.words) for step in one.steps.all()] for one in (proposal, other)]
        assert ways == [
            [("superseded", "What it asks for stands already."), ("taken-up", "The wrong file.")],
            [],
        ]

    def test_and_can_be_applied_then(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        proposal = self.proposed(editor)
        report = imported("state", self.TABLE, publisher, at=NEXT)
        undo("state", report.as_json(), at=LATER, by=publisher)
        version = Entry.objects.get(slug="blr").version
        apply(proposal, by=curator("reviewer"), at=LATER, seen=version)
        assert State.objects.get().name_ru == "Белоруссия"

    def test_what_was_with_its_author_is_with_the_author_again(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        proposal = self.proposed(editor)
        request_changes(proposal, by=curator("reviewer"), at=WRITTEN, words="Which source?")
        report = imported("state", self.TABLE, publisher, at=NEXT)
        undo("state", report.as_json(), at=LATER, by=publisher)
        assert Revision.objects.get().state == RevisionState.RETURNED

    def test_a_schedule_is_not_taken_up_but_waits_for_a_decision(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        proposal, moment = self.proposed(editor), LATER + timedelta(days=30)
        schedule(proposal, by=curator("reviewer"), at=WRITTEN, moment=moment, zone=ZoneInfo("UTC"))
        report = imported("state", self.TABLE, publisher, at=NEXT)
        undo("state", report.as_json(), at=LATER, by=publisher)
        assert Revision.objects.values_list("state", "publish_at").get() == ("pending", None)

    def test_what_asks_for_the_way_back_is_done_by_undoing(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        report = imported("state", self.TABLE, publisher, at=NEXT)
        proposal, other = self.proposed(editor, "Беларусь"), self.proposed(editor, "Белорусь")
        undo("state", report.as_json(), at=LATER, by=publisher)
        proposal.refresh_from_db()
        other.refresh_from_db()
        assert (proposal.state, other.state) == ("superseded", "pending")

    def test_reports_of_earlier_releases_name_none(self, publisher: User, editor: User) -> None:
        state("blr", "Belarus", "Беларусь")
        self.proposed(editor)
        kept = imported("state", self.TABLE, publisher, at=NEXT).as_json()
        del kept["settled"]
        undo("state", kept, at=LATER, by=publisher)
        assert Revision.objects.get().state == RevisionState.SUPERSEDED


class TestTogether:
    """Drafts are erased in parts, never one by one."""

    @pytest.mark.parametrize("rows", [2, 90])
    def test_the_same_number_of_queries_for_few_and_for_many(self, publisher: User, rows: int) -> None:
        known = source().public_id
        lines = (f"p-{number},Person {number},{known}\n" for number in range(rows))
        report = imported("person", "id,name_en,evidence_source\n" + "".join(lines), publisher)
        with CaptureQueriesContext(connection) as queries:
            undo("person", report.as_json(), at=LATER, by=publisher)
        assert len(queries) == 103
        assert not Person.objects.exists()
        assert not Evidence.objects.exclude(entry__kind="source").exists()

    def test_every_row_keeps_its_history_and_its_span_ends(self, publisher: User) -> None:
        known = source().public_id
        table = f"id,name_en,evidence_source\na,A Person,{known}\nb,B Person,{known}\n"
        report = imported("person", table, publisher)
        undo("person", report.as_json(), at=LATER, by=publisher)
        for model in (Person, Evidence, NameForm):
            spans = model.history.filter(valid_from=WRITTEN).exclude(valid_to=None)
            assert [span.valid_to for span in spans] == [LATER, LATER], model

    def test_sources_that_somebody_uses_since_stay(self, publisher: User) -> None:
        new = "https://example.org/{}"
        table = f"id,name_en,evidence_source\na,A Person,{new.format(1)}\nb,B Person,{new.format(2)}\n"
        report = imported("person", table, publisher)
        imported("person", f"id,name_en,evidence_source\nc,C Person,{new.format(2)}\n", publisher)
        undo("person", report.as_json(), at=LATER, by=publisher)
        assert [one.url for one in Source.objects.filter(url__startswith="https://example.org/")] == [
            new.format(2)
        ]
