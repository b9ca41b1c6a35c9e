"""The way of a proposal: returned and handed in again, approved for a moment, applied when it is due, never lost."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from cstokb.accounts.models import User
from cstokb.records.decisions import apply, refuse, request_changes, schedule, unschedule
from cstokb.records.models import ChangeEvent, Entry, Evidence, Head, Revision, RevisionStep
from cstokb.records.payload import stored
from cstokb.records.publish import Change, Conflict, WriteRefused, write
from cstokb.records.revisions import propose, resubmit, submit, take_off
from cstokb.records.schedule import apply_due
from members.models import Person, State
from tests.factories.curators import curator
from tests.factories.records import WRITTEN, draft, published, source, state, withdrawn

pytestmark = pytest.mark.django_db

YEREVAN = ZoneInfo("Asia/Yerevan")
LATER, DUE, AFTER = (WRITTEN + timedelta(hours=hours) for hours in (1, 24, 27))


@pytest.fixture
def editor() -> User:
    return curator("editor")


@pytest.fixture
def reviewer() -> User:
    return curator("reviewer")


@pytest.fixture
def publisher() -> User:
    return curator("publisher")


def proposal(entry: Entry, by: User | None, **values: Any) -> Revision:
    revision = propose(entry, values, at=WRITTEN, by=by, reason="Because.")
    assert revision is not None
    return revision


def planned(revision: Revision, by: User, at: datetime = DUE, **more: Any) -> Revision:
    schedule(revision, by=by, at=LATER, moment=at, zone=YEREVAN, **more)
    return now(revision)


def now(revision: Revision) -> Revision:
    return Revision.objects.select_related("entry").get(pk=revision.pk)


def steps(revision: Revision) -> list[tuple[str, str | None, str]]:
    rows = RevisionStep.objects.filter(revision=revision).select_related("by")
    return [(row.kind, str(row.by).partition("@")[0] if row.by else None, row.words) for row in rows]


def capital() -> str:
    return State.objects.get(entry__slug="kaz").capital_en


class TestRequestedChanges:
    def test_it_goes_back_with_words_and_comes_again_from_its_author(
        self, editor: User, reviewer: User
    ) -> None:
        entry = state("kaz", "Kazakhstan").entry
        revision = proposal(entry, editor, capital_en="Almaty")
        request_changes(revision, by=reviewer, at=LATER, words="Since 1997 it is another one.")
        assert now(revision).state == "returned"
        with pytest.raises(WriteRefused, match="is with its author"):
            apply(revision, by=reviewer, at=LATER)
        again = resubmit(revision, {"capital_en": "Astana"}, at=DUE, by=editor, reason="The decree.")
        assert (again.pk, again.state, again.reason) == (revision.pk, "pending", "The decree.")
        apply(again, by=reviewer, at=AFTER)
        assert capital() == "Astana"
        assert steps(revision) == [
            ("returned", "reviewer", "Since 1997 it is another one."),
            ("resubmitted", "editor", "The decree."),
            ("applied", "reviewer", ""),
        ]

    def test_what_is_proposed_again_in_the_same_words_goes_back_to_review(
        self, editor: User, reviewer: User
    ) -> None:
        entry = state("kaz", "Kazakhstan").entry
        revision = proposal(entry, editor, capital_en="Astana")
        request_changes(revision, by=reviewer, at=LATER, words="Look again.")
        again = propose(entry, {"capital_en": "Astana"}, at=DUE, by=editor, reason="I looked.")
        assert again is not None
        assert (again.pk, again.state) == (revision.pk, "pending")
        assert propose(entry, {"capital_en": "Astana"}, at=DUE, by=editor, reason="I looked.") is None

    def test_a_refused_one_comes_again_when_the_record_has_moved_on(
        self, editor: User, reviewer: User
    ) -> None:
        kaz = state("kaz", "Kazakhstan")
        refuse(proposal(kaz.entry, editor, capital_en="Astana"), by=reviewer, at=LATER, decision="No.")
        again: dict[str, Any] = {"at": DUE, "by": editor, "reason": "Because."}
        assert propose(kaz.entry, {"capital_en": "Astana"}, **again) is None
        kaz.capital_ru = "Астана"
        write([Change(kaz, "kaz")], at=DUE)
        assert propose(stored(kaz.entry).entry, {"capital_en": "Astana"}, **again) is not None

    def test_it_needs_words_the_right_and_an_author(self, editor: User, reviewer: User) -> None:
        entry = state("kaz", "Kazakhstan").entry
        own, loaded = proposal(entry, editor, capital_en="A"), proposal(entry, None, capital_en="B")
        for revision, by, words, error in (
            (own, reviewer, " ", "in words what"),
            (own, editor, "Mine.", "right to review"),
            (loaded, reviewer, "Why?", "starter data cannot"),
        ):
            with pytest.raises(WriteRefused, match=error):
                request_changes(revision, by=by, at=LATER, words=words)
        assert not RevisionStep.objects.exists()

    def test_only_its_author_hands_it_in_again_and_only_while_it_is_open(
        self, editor: User, reviewer: User
    ) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="A")
        with pytest.raises(WriteRefused, match="Only its author"):
            resubmit(revision, {"capital_en": "B"}, at=LATER, by=reviewer, reason="")
        refuse(revision, by=editor, at=LATER, decision="Mine.")
        with pytest.raises(WriteRefused, match="decided on already"):
            resubmit(revision, {"capital_en": "B"}, at=LATER, by=editor, reason="")

    def test_a_decision_on_what_was_changed_unseen_is_refused(self, editor: User, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="A")
        resubmit(revision, {"capital_en": "B"}, at=LATER, by=editor, reason="")
        with pytest.raises(WriteRefused, match="since you opened it"):
            apply(revision, by=reviewer, at=LATER, steps=0)
        apply(revision, by=reviewer, at=LATER, steps=1)
        assert capital() == "B"


class TestScheduling:
    def test_before_its_moment_the_old_text_stays_and_then_it_is_applied_once(
        self, editor: User, reviewer: User
    ) -> None:
        """B101: also when the run comes three hours late, and when it comes twice."""
        kaz = state("kaz", "Kazakhstan")
        revision = planned(proposal(kaz.entry, editor, capital_en="Astana"), reviewer, decision="Seen.")
        assert (revision.state, revision.publish_at, revision.reviewer) == ("scheduled", DUE, reviewer)
        chain = Head.objects.get().chain
        assert apply_due(at=DUE - timedelta(seconds=1)).applied == []
        assert (capital(), Head.objects.get().chain) == ("", chain)
        assert [one.pk for one in apply_due(at=AFTER).applied] == [revision.pk]
        assert apply_due(at=AFTER).applied == []
        event = ChangeEvent.objects.filter(entry=kaz.entry).latest("pk")
        assert (capital(), event.by, event.at, event.reason) == ("Astana", reviewer, AFTER, "Because.")
        assert ChangeEvent.objects.filter(entry=kaz.entry).count() == 2
        assert steps(revision) == [
            (
                "scheduled",
                "reviewer",
                "2026-01-02 16:00 Asia/Yerevan (2026-01-02 12:00 UTC) · Seen.",
            ),
            ("applied", None, "As it was scheduled."),
        ]

    def test_a_draft_is_published_at_its_moment(self, editor: User, publisher: User) -> None:
        one = draft(Person(name_en="Somebody"), "somebody")
        planned(proposal(one.entry, editor, publication="published", why=""), publisher)
        assert not Entry.objects.get(pk=one.pk).is_public
        apply_due(at=DUE)
        entry = Entry.objects.get(pk=one.pk)
        assert (entry.is_public, entry.published_at) == (True, DUE)

    def test_who_may_not_apply_may_not_schedule(self, editor: User, reviewer: User, publisher: User) -> None:
        one = draft(Person(name_en="Somebody"), "somebody")
        own = proposal(one.entry, publisher, publication="published", why="")
        for by, error in (
            (publisher, "of their own"),
            (reviewer, "right to publish"),
            (editor, "right to review"),
        ):
            with pytest.raises(WriteRefused, match=error):
                planned(own, by)
        assert now(own).state == "pending"

    def test_what_lacks_a_source_or_lies_in_the_past_is_refused_at_once(
        self, editor: User, publisher: User
    ) -> None:
        one = Person(name_en="Somebody")
        write([Change(one, "somebody", "draft", "")], at=WRITTEN)
        revision = proposal(one.entry, editor, publication="published", why="")
        with pytest.raises(WriteRefused, match="without a source"):
            planned(revision, publisher)
        write([Change(one, "somebody", evidence=[Evidence(source=source())])], at=LATER)
        with pytest.raises(WriteRefused, match="has passed"):
            planned(revision, publisher, LATER, seen=2)
        with pytest.raises(Conflict):
            planned(revision, publisher)
        assert planned(revision, publisher, seen=2).base_version == 2
        assert not ChangeEvent.objects.filter(entry=one.entry, public=True).exists()

    def test_applying_by_hand_before_the_moment_ends_the_schedule(self, editor: User, reviewer: User) -> None:
        revision = planned(proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="Astana"), reviewer)
        apply(revision, by=reviewer, at=LATER)
        assert [(kind, words) for kind, _by, words in steps(revision)[1:]] == [
            ("unscheduled", "Applied before its moment."),
            ("applied", ""),
        ]
        assert apply_due(at=AFTER).applied == []

    def test_publishing_by_hand_in_the_form_settles_what_was_scheduled(
        self, editor: User, publisher: User
    ) -> None:
        """B101: a later manual publication cancels the schedule, and says so."""
        one = draft(Person(name_en="Somebody"), "somebody")
        revision = planned(proposal(one.entry, editor, publication="published", why=""), publisher)
        submit(Change(one, "somebody", "published", ""), at=LATER, by=publisher)
        assert now(revision).state == "superseded"
        assert steps(revision)[1:] == [("superseded", "publisher", "What it asks for stands already.")]

    def test_a_change_by_hand_lifts_the_schedule_and_it_waits_again(
        self, editor: User, publisher: User
    ) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = planned(proposal(kaz.entry, editor, capital_en="Astana"), publisher)
        kaz.capital_ru = "Астана"
        submit(Change(kaz, "kaz"), at=LATER, by=publisher)
        assert (now(revision).state, now(revision).publish_at) == ("pending", None)
        assert steps(revision)[1:] == [
            ("unscheduled", "publisher", "The record was changed by hand before its moment.")
        ]

    def test_the_author_or_a_reviewer_lifts_it(self, editor: User, reviewer: User) -> None:
        revision = planned(proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="Astana"), reviewer)
        with pytest.raises(WriteRefused, match="right to review"):
            unschedule(revision, by=curator("editor", "other"), at=LATER)
        unschedule(revision, by=editor, at=LATER, decision="A slip.")
        assert (now(revision).state, steps(revision)[1:]) == (
            "pending",
            [("unscheduled", "editor", "A slip.")],
        )
        with pytest.raises(WriteRefused, match="not scheduled"):
            unschedule(revision, by=editor, at=LATER)


class TestWhatCannotBeAppliedWhenDue:
    def test_a_moved_base_goes_back_to_the_reviewers(self, editor: User, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = planned(proposal(kaz.entry, editor, capital_en="Astana"), reviewer)
        kaz.capital_ru = "Астана"
        write([Change(kaz, "kaz")], at=LATER)  # the loader, which knows of no schedule
        run = apply_due(at=DUE)
        assert (run.applied, [one.pk for one, _why in run.failed]) == ([], [revision.pk])
        assert (now(revision).state, now(revision).publish_at, capital()) == ("failed", None, "")
        assert steps(revision)[1:] == [
            ("failed", None, "state kaz has been changed meanwhile: it is at version 2, not 1.")
        ]
        assert apply_due(at=AFTER).failed == []
        apply(revision, by=reviewer, at=AFTER, seen=2)
        assert capital() == "Astana"

    def test_so_does_the_approval_of_somebody_who_may_no_longer(self, editor: User, reviewer: User) -> None:
        entry = state("kaz", "Kazakhstan").entry
        first = planned(proposal(entry, editor, capital_en="Astana"), reviewer)
        reviewer.is_active = False
        reviewer.save()
        assert [why for _one, why in apply_due(at=DUE).failed] == ["Who approved it has no account any more."]
        second = planned(proposal(entry, editor, capital_ru="Астана"), other := curator("reviewer", "other"))
        other.groups.clear()
        assert [why for _one, why in apply_due(at=DUE).failed] == [
            "Deciding on proposals needs the right to review."
        ]
        assert {now(first).state, now(second).state} == {"failed"}

    def test_one_that_fails_does_not_keep_the_others(self, editor: User, reviewer: User) -> None:
        kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
        planned(proposal(kaz.entry, editor, capital_en="Astana"), reviewer)
        write([Change(kaz, "kaz", topics=[]), Change(kgz, "kgz")], at=LATER)
        kaz.note_en = "Moved."
        write([Change(kaz, "kaz")], at=LATER)
        planned(proposal(kgz.entry, editor, capital_en="Bishkek"), reviewer, DUE + timedelta(minutes=1))
        run = apply_due(at=AFTER)
        assert (len(run.failed), len(run.applied)) == (1, 1)
        assert State.objects.get(entry__slug="kgz").capital_en == "Bishkek"

    def test_the_command_says_what_it_did(
        self, editor: User, reviewer: User, moment: datetime, capsys: pytest.CaptureFixture[str]
    ) -> None:
        kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
        first = planned(proposal(kaz.entry, editor, capital_en="Astana"), reviewer)
        second = planned(proposal(kgz.entry, editor, capital_en="Bishkek"), reviewer)
        kgz.note_en = "Moved."
        write([Change(kgz, "kgz")], at=LATER)
        call_command("publish_due")
        told = capsys.readouterr()
        assert told.out == f"applied: proposal {first.pk}, state kaz\n"
        assert told.err == (
            f"back to the reviewers: proposal {second.pk}, state kgz: "
            "state kgz has been changed meanwhile: it is at version 2, not 1.\n"
        )
        call_command("publish_due")
        assert capsys.readouterr().out == ""


class TestReinstating:
    """What was taken off for a reason comes back by two people."""

    def test_a_publisher_asks_and_another_one_decides(self, publisher: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz)
        record = stored(kaz.entry)
        done = submit(Change(record, "kaz", "published", ""), at=LATER, by=publisher, reason="It was right.")
        assert done.written is None
        assert done.revision is not None
        assert Entry.objects.get(pk=kaz.pk).publication == "withdrawn"
        with pytest.raises(WriteRefused, match="of their own"):
            apply(done.revision, by=publisher, at=LATER)
        apply(done.revision, by=curator("publisher", "second"), at=LATER)
        assert Entry.objects.get(pk=kaz.pk).is_public

    def test_an_administrator_alone_overrides_and_it_is_noted(self) -> None:
        chief, kaz = curator("administrator"), state("kaz", "Kazakhstan")
        withdrawn(kaz)
        done = submit(Change(stored(kaz.entry), "kaz", "published", ""), at=LATER, by=chief)
        assert done.revision is not None
        apply(done.revision, by=chief, at=LATER)
        assert steps(done.revision) == [
            ("applied", "administrator", "Applied by its author, who may override.")
        ]

    def test_a_withdrawn_record_may_still_be_mended_by_one(self, publisher: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz)
        record: Any = stored(kaz.entry)
        record.capital_en = "Astana"
        assert submit(Change(record, "kaz", "withdrawn", "It was a mistake."), at=LATER, by=publisher).changed

    def test_withdrawing_settles_what_asked_for_it(self, editor: User, publisher: User) -> None:
        kaz = published(State(alpha2="KA", name_en="Kazakhstan"), "kaz")
        asked = proposal(kaz.entry, editor, publication="withdrawn", why="Twice.")
        other = planned(proposal(kaz.entry, editor, capital_en="Astana"), publisher)
        take_off(stored(kaz.entry), at=LATER, by=publisher, why="Twice.")
        assert (now(asked).state, now(other).state) == ("superseded", "pending")
