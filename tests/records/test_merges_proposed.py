"""A merge by two people: one proposes it, another who may merge decides; what was proposed is shown and done once."""

from typing import Any

import pytest
from django.test import Client

from cstokb.accounts.models import User
from cstokb.curation.desk.desk import BY_WORD
from cstokb.curation.desk.items import Asker
from cstokb.records.choices import RevisionState
from cstokb.records.decisions import apply, request_changes, schedule
from cstokb.records.models import Entry, Merge, Revision
from cstokb.records.publish import Change, WriteRefused, erase, write
from cstokb.records.revisions import make_one, propose_merge
from members.models import Person, Term
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
from tests.records.test_merging import LATER
from tests.records.test_merging_pages import address, merged, rehearsed, two

__all__ = ["two"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return curator("editor")


def proposed(two: Any, by: User, reason: str = "The same.") -> Revision:
    return propose_merge(two[0].entry, two[1].entry, at=LATER, by=by, reason=reason)


def page_of(revision: Revision) -> str:
    return f"/admin/records/revision/{revision.pk}/change/"


def decide(client: Client, revision: Revision, button: str, **more: str) -> Any:
    """Press a button of the proposal's page, with what the page sends along."""
    shown = client.get(page_of(revision)).context
    sent = {"seen": shown["revision"].entry.version, "steps": len(shown["steps"])}
    sent |= {"stays": shown["winner"].version}
    return client.post(page_of(revision), {**sent, button: "1", **more})


class TestRoles:
    @pytest.mark.parametrize("group", ["editor", "reviewer"])
    def test_who_may_not_merge_proposes(self, two: Any, group: str) -> None:
        client = signed_in(curator(group))
        assert 'value="Propose the merge"' in rehearsed(client, two[0]).text
        answer = merged(client, two[0])
        made = Revision.objects.get()
        assert answer["Location"] == page_of(made)
        assert (made.entry_id, made.merged_into_id, made.reason) == (two[0].pk, two[1].pk, "The same.")
        assert (made.payload, made.state, made.base_version) == ({}, "pending", 1)
        assert not Merge.objects.exists()
        assert Entry.objects.get(pk=two[0].pk).publication == "published"

    def test_who_may_merge_merges(self, two: Any) -> None:
        page = rehearsed(signed_in(curator("publisher")), two[0]).text
        assert ['value="Merge"' in page, "Propose the merge" in page] == [True, False]

    @pytest.mark.parametrize(("group", "buttons"), [("editor", []), ("reviewer", ["return", "refuse"])])
    def test_who_may_not_merge_does_not_apply(self, two: Any, group: str, buttons: list[str]) -> None:
        revision = proposed(two, curator("editor", "another"))
        client = signed_in(curator(group))
        page = client.get(page_of(revision)).text
        named = ("apply", "schedule", "return", "refuse")
        assert [name for name in named if f'name="{name}"' in page] == buttons
        client.post(page_of(revision), {"apply": "1", "steps": "0", "seen": "1", "stays": "1"})
        assert not Merge.objects.exists()

    def test_a_reviewer_is_told_which_right_is_missing(self, two: Any, editor: User) -> None:
        with pytest.raises(WriteRefused, match="rights to publish and to withdraw"):
            apply(proposed(two, editor), by=curator("reviewer"), at=LATER)

    def test_a_publisher_decides_and_the_merge_holds_as_any_other(self, two: Any, editor: User) -> None:
        revision, publisher = proposed(two, editor), curator("publisher")
        page = signed_in(publisher).get(page_of(revision)).text
        assert "Terms of office (1)" in page
        assert decide(signed_in(publisher), revision, "apply", decision="Indeed.").status_code == 302
        kept = Merge.objects.get()
        assert (kept.loser_id, kept.winner_id, kept.by, kept.reason) == (
            *(two[0].pk, two[1].pk),
            publisher,
            "The same.",
        )
        assert Term.objects.get().person_id == two[1].pk
        revision.refresh_from_db()
        assert (revision.state, revision.reviewer, revision.decision) == ("applied", publisher, "Indeed.")

    def test_nobody_merges_what_they_proposed_administrators_apart(self, two: Any) -> None:
        publisher = curator("publisher")
        revision = proposed(two, publisher)
        with pytest.raises(WriteRefused, match="another person decides"):
            apply(revision, by=publisher, at=LATER)
        Revision.objects.update(author=curator("administrator"))
        apply(revision, by=User.objects.get(email="administrator@example.org"), at=LATER)
        assert Merge.objects.exists()


class TestWay:
    def test_it_needs_a_reason_and_what_could_not_be_merged_is_refused_now(
        self, two: Any, editor: User
    ) -> None:
        with pytest.raises(WriteRefused, match="needs a reason"):
            proposed(two, editor, " ")
        make.withdrawn(two[1])
        with pytest.raises(WriteRefused, match="other is withdrawn"):
            proposed(two, editor)
        assert not Revision.objects.exists()

    def test_records_that_moved_on_since_the_page_was_shown(self, two: Any, editor: User) -> None:
        client = signed_in(editor)
        assert "changed meanwhile" in merged(client, two[0], seen_winner=9).text
        revision = proposed(two, editor)
        publisher = signed_in(curator("publisher"))
        sent = {"apply": "1", "steps": "0", "seen": "1", "stays": "1"}
        write([Change(Person(name_en="Another"), "other")], at=LATER)
        assert "changed meanwhile" in publisher.post(page_of(revision), sent).text
        assert not Merge.objects.exists()
        assert decide(publisher, revision, "apply").status_code == 302
        assert Merge.objects.exists()

    def test_the_same_is_proposed_once(self, two: Any, editor: User) -> None:
        proposed(two, editor)
        with pytest.raises(WriteRefused, match="proposed already"):
            proposed(two, curator("reviewer"))
        assert Revision.objects.count() == 1

    def test_returned_it_is_handed_in_again_on_the_page_of_the_merge(self, two: Any, editor: User) -> None:
        revision = proposed(two, editor)
        request_changes(revision, by=curator("reviewer"), at=LATER, words="Why?")
        shown = signed_in(editor).get(page_of(revision))
        assert shown.context["revise_url"] == f"{address(two[0])}?into=other&stays=other"
        merged(signed_in(editor), two[0], reason="One birthday.")
        revision.refresh_from_db()
        assert (revision.state, revision.reason) == ("pending", "One birthday.")
        assert [step.kind for step in revision.steps.all()] == ["returned", "resubmitted"]

    def test_it_is_not_scheduled(self, two: Any, editor: User) -> None:
        with pytest.raises(WriteRefused, match="at once"):
            schedule(
                proposed(two, editor),
                by=curator("publisher"),
                at=LATER,
                moment=LATER,
                zone=None,  # type: ignore[arg-type]  # not reached
            )

    def test_merging_at_once_settles_it_and_another_merge_of_the_same_record(
        self, two: Any, editor: User
    ) -> None:
        third = make.person("third", "Third")
        first = proposed(two, editor)
        second = propose_merge(two[0].entry, third.entry, at=LATER, by=editor, reason="Or this.")
        make_one(two[0].entry, two[1].entry, at=LATER, by=curator("publisher"), reason="The same.")
        states = Revision.objects.in_bulk([first.pk, second.pk])
        assert [one.state for one in states.values()] == [RevisionState.SUPERSEDED] * 2

    def test_what_was_to_stay_is_merged_itself_meanwhile(self, two: Any, editor: User) -> None:
        third = make.person("third", "Third")
        revision = proposed(two, editor)
        make_one(two[1].entry, third.entry, at=LATER, by=curator("publisher"), reason="The same.")
        apply(revision, by=curator("publisher", "second"), at=LATER)
        assert Entry.objects.get(pk=two[0].pk).merged_into_id == third.pk

    def test_other_values_of_the_record_leave_it_open(self, two: Any, editor: User) -> None:
        revision = proposed(two, editor)
        client = signed_in(editor)
        assert client.get(f"/admin/members/person/{two[0].pk}/change/?revision={revision.pk}").status_code
        write([Change(Person(name_en="Another"), "one")], at=LATER)
        revision.refresh_from_db()
        assert revision.state == "pending"

    def test_a_draft_goes_with_the_merges_that_were_proposed_of_it(self, two: Any, editor: User) -> None:
        hidden = make.draft(Person(name_en="Hidden"), "hidden")
        propose_merge(two[0].entry, two[1].entry, at=LATER, by=editor, reason="The same.")
        loser = make.draft(Person(name_en="Loser"), "loser")
        propose_merge(loser.entry, hidden.entry, at=LATER, by=editor, reason="The same.")
        erase(hidden, at=LATER, by=None)
        assert [one.entry_id for one in Revision.objects.all()] == [two[0].pk]


def test_it_lies_on_the_desk_of_those_who_decide_and_returned_of_its_author(two: Any, editor: User) -> None:
    revision = proposed(two, editor)

    def lying(word: str, user: User) -> list[tuple[str, str]]:
        shelf = BY_WORD[word]
        return [(one.says, one.url) for one in shelf.items(Asker(user, LATER), 0, 9)]

    said = "editor@example.org proposes to merge it into “Касым Токаев”."
    assert lying("review", curator("publisher")) == [(said, page_of(revision))]
    assert lying("review", editor) == []
    request_changes(revision, by=curator("reviewer"), at=LATER, words="Why?")
    url = f"{address(two[0])}?into=other&stays=other"
    assert lying("returned", editor) == [("Changes were requested: Why?", url)]


def test_the_form_of_the_record_and_the_list_say_so(two: Any, editor: User) -> None:
    proposed(two, editor)
    client = signed_in(curator("publisher"))
    form = client.get(f"/admin/members/person/{two[0].pk}/change/").text
    assert "Another person who may publish decides." in form
    assert "merge into Касым Токаев" in client.get("/admin/records/revision/").text
