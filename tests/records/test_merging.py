"""Two records that are one: everything moves, both addresses lead on, and everything can come back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import ForeignKey

from cstokb.accounts.models import User
from cstokb.curation.checks import broken_laws
from cstokb.records.merging.merge import hindrances, merge, rehearse, undo
from cstokb.records.models import (
    ChangeEvent,
    Entry,
    EntryTopic,
    Evidence,
    Kept,
    Merge,
    NameForm,
    Record,
    Source,
)
from cstokb.records.publish import Change, WriteRefused, erase, write
from cstokb.records.registry import record_models
from cstokb.records.revisions import apply, propose
from members.models import Organ, Person
from statements.models import Joined
from summits.models import AgendaItem, Attendance
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.factories.curators import curator
from tests.listing.asking import ask, body, data, ids_in
from treaty.models import InstrumentRelation, Provision

pytestmark = pytest.mark.django_db

THEN = datetime(2026, 2, 1, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=1)
BETWEEN = "2026-01-20"


def publisher() -> User:
    return curator("publisher")


def entry(kind: str, slug: str) -> Entry:
    return Entry.objects.get(kind=kind, slug=slug)


def merged(kind: str, loser: str, winner: str, at: datetime = THEN, by: User | None = None) -> Merge:
    user = by or User.objects.filter(email="publisher@example.org").first() or publisher()
    return merge(entry(kind, loser), entry(kind, winner), at=at, by=user, reason="The same.")


def refusal(kind: str, loser: str, winner: str) -> str:
    with pytest.raises(WriteRefused) as refused:
        merged(kind, loser, winner)
    return str(refused.value)


def everything() -> dict[tuple[str, int], dict[str, Any]]:
    """Every column of every record, list and identity, but the count of its versions and the moment of the last."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    models: tuple[Any, ...] = (*record_models().values(), Evidence, NameForm, EntryTopic, Entry)
    for model in models:
        for row in model._base_manager.values():
            if model is Entry:
                del row["version"], row["changed_at"]
            found[model.__name__, row.get("id") or row["entry_id"]] = row
    return found


def laws() -> list[str]:
    return [str(one) for one in broken_laws(date(2026, 11, 25))]


@pytest.fixture(scope="class")
def two_people(own_database: None) -> None:
    """One person under two ids, with everything that can hang on a person."""
    native = {"text": "Qasym-Jomart Toqaev", "kind": "native", "language": "kk"}
    romanised = NameForm(text="Kassym-Jomart Tokaev", kind="romanisation", language="en")
    both = [make.topic("war", "War").pk, make.topic("peace", "Peace").pk]
    one = make.person(
        "tokaev", "Kassym Tokaev", "Касым Токаев", names=[romanised, NameForm(**native)], topics=both
    )
    other = make.person("tokayev", "Kassym-Jomart Tokayev", names=[NameForm(**native)], topics=both[1:])
    further = Evidence(source=make.source("00other000"), field="name_en", value="Tokaev")
    write([Change(one, "tokaev", evidence=[Evidence(source=make.source()), further])], at=make.WRITTEN)
    kaz = make.state("kaz", "Kazakhstan")
    president = make.office("kaz/president", "President", state=kaz)
    make.term(one, president, "2019-06-12")
    make.term(other, president, "2019-03-20", "2019-06-12", acting=True)
    session = meetings.session("2022-05-16", "2022-05-16", chair_person=one)
    meetings.seat(session, kaz, one)
    spoken = meetings.statement("speech", "2022-05-16", issuer="speaker", speaker=one)
    meetings.passage(meetings.text(spoken), "p1", "We met.", speaker=one)
    make.person("somebody", "Somebody Else")
    publisher()


@pytest.mark.usefixtures("two_people")
class TestTwoPeople:
    """One person under two ids becomes one."""

    def test_what_refers_to_the_one_refers_to_the_other(self) -> None:
        merged("person", "tokaev", "tokayev")
        winner = Person.objects.get(entry__slug="tokayev")
        assert [term.public_id for term in winner.terms.order_by("began_on_min")] == [
            "kaz/president/tokayev/2019-03-20",
            "kaz/president/tokaev/2019-06-12",
        ]
        assert (winner.passages.count(), winner.attendances.count()) == (1, 1)
        gone = Person.objects.get(entry__slug="tokaev")
        fields = [one.remote_field for one in Person._meta.related_objects]
        left = [f for f in fields if f.model._base_manager.filter(**{f.attname: gone.pk}).exists()]
        assert left == []

    def test_evidence_names_and_headings_go_over_and_none_twice(self) -> None:
        merged("person", "tokaev", "tokayev")
        winner = entry("person", "tokayev")
        found = sorted(winner.evidence.values_list("source__entry__slug", "field", "value"))
        assert found == [("00other000", "name_en", "Tokaev"), ("00testsrc0", "", "")]
        assert sorted(winner.names.values_list("text", "kind", "language")) == [
            ("Kassym Tokaev", "alias", "en"),
            ("Kassym-Jomart Tokaev", "romanisation", "en"),
            ("Kassym-Jomart Tokayev", "short", "en"),
            ("Qasym-Jomart Toqaev", "native", "kk"),
            ("Касым Токаев", "short", "ru"),
        ]
        assert sorted(winner.topic_links.values_list("topic__entry__slug", flat=True)) == ["peace", "war"]

    def test_evidence_keeps_its_id(self) -> None:
        uid = Evidence.objects.get(field="name_en").uid
        merged("person", "tokaev", "tokayev")
        assert Evidence.objects.get(uid=uid).entry.slug == "tokayev"
        assert data(f"/api/v1/evidence/{uid}/")["id"] == uid

    def test_what_the_one_that_stays_had_left_empty_is_filled(self) -> None:
        merged("person", "tokaev", "tokayev")
        winner = Person.objects.get(entry__slug="tokayev")
        assert (winner.name_en, winner.name_ru) == ("Kassym-Jomart Tokayev", "Касым Токаев")

    def test_both_addresses_lead_to_the_one_that_stays(self) -> None:
        merged("person", "tokaev", "tokayev")
        assert ask("/people/tokaev/", 301)["Location"] == "/people/tokayev/"
        assert ask("/ru/people/tokaev/", 301)["Location"] == "/ru/people/tokayev/"
        assert ask("/people/tokaev.json", 301)["Location"] == "/people/tokayev.json"
        moved = ask("/api/v1/people/tokaev/", 301)
        assert moved["Location"] == "http://testserver/api/v1/people/tokayev/"
        ask("/people/tokayev/"), ask("/people/somebody/")

    def test_lists_feeds_and_the_search_know_the_one_alone(self) -> None:
        merged("person", "tokaev", "tokayev")
        people = {"tokayev", "somebody"}
        assert set(ids_in("/api/v1/people/")) == set(ids_in("/people.atom")) == people
        assert set(ids_in("/people.csv")) == people
        found = data("/api/v1/search/?q=Касым+Токаев&type=person")["results"]
        assert [one["id"] for one in found] == ["tokayev"]
        assert "/people/tokayev/" in body(ask("/people/")).decode()
        assert "/people/tokaev/" not in body(ask("/people/")).decode()

    def test_an_earlier_moment_answers_as_it_did(self) -> None:
        before = ids_in(f"/api/v1/people/?known_on={BETWEEN}")
        page = data(f"/api/v1/people/tokaev/?known_on={BETWEEN}&expand=evidence,names")
        seat = data(f"/api/v1/attendances/?known_on={BETWEEN}")["results"]
        merged("person", "tokaev", "tokayev")
        assert ids_in(f"/api/v1/people/?known_on={BETWEEN}") == before
        assert "tokaev" in before
        assert data(f"/api/v1/people/tokaev/?known_on={BETWEEN}&expand=evidence,names") == page
        assert data(f"/api/v1/attendances/?known_on={BETWEEN}")["results"] == seat

    def test_readers_are_told_what_became_of_it(self) -> None:
        merged("person", "tokaev", "tokayev")
        event = ChangeEvent.objects.get(entry__slug="tokaev", kind="merged")
        assert (event.public, event.reason, bool(event.chain)) == (True, "The same.", True)
        told = data("/api/v1/changes/?kind=merged")["results"]
        assert [(one["id"], one["changes"], one["reason"]) for one in told] == [
            ("tokaev", [{"field": "merged_into", "old": None, "new": "tokayev"}], "The same.")
        ]

    def test_no_law_is_broken_by_it_or_by_undoing_it(self) -> None:
        kept = merged("person", "tokaev", "tokayev")
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="They were two.")
        assert laws() == []

    def test_undoing_brings_everything_back(self) -> None:
        before = everything()
        kept = merged("person", "tokaev", "tokayev")
        assert everything() != before
        undo(kept, at=LATER, by=kept.by, reason="They were two.")
        assert everything() == before
        ask("/people/tokaev/")
        assert set(ids_in("/api/v1/people/")) == {"tokaev", "tokayev", "somebody"}
        assert ids_in("/api/v1/people/?known_on=2026-02-01T18:00:00Z") != ids_in("/api/v1/people/")

    def test_a_rehearsal_tells_everything_and_changes_nothing(self) -> None:
        before = everything()
        events = ChangeEvent.objects.count()
        told = rehearse(entry("person", "tokaev"), entry("person", "tokayev"), at=THEN, by=publisher_of())
        assert told.obstacles == []
        assert sorted(one.record.kind for one in told.plan.moved.values()) == [
            *("attendance", "passage", "session", "statement", "term")
        ]
        assert dict(told.lists.taken) == {"evidence": 1, "names": 2, "topics": 1}
        assert {name: len(rows) for name, rows in told.lists.dropped.items()} == {
            "evidence": 1,
            "names": 1,
            "topics": 1,
        }
        assert (everything(), ChangeEvent.objects.count()) == (before, events)

    @pytest.mark.parametrize("moved_on", ["tokaev", "tokayev", "kaz/president/tokaev/2019-06-12"])
    def test_undoing_is_refused_when_a_record_has_moved_on(self, moved_on: str) -> None:
        kept = merged("person", "tokaev", "tokayev")
        changed = Entry.objects.get(slug=moved_on)
        record = record_models()[changed.kind]._base_manager.get(pk=changed.pk)
        record.note_en = "Another hand."
        write([Change(record, moved_on)], at=LATER)
        now = Entry.objects.get(pk=changed.pk).version
        said = f"{changed.kind} {moved_on} has been changed since: it is at version {now}, not {now - 1}."
        assert hindrances(kept) == [said]
        before = everything()
        with pytest.raises(WriteRefused, match="has been changed since"):
            undo(kept, at=LATER, by=kept.by, reason="")
        assert everything() == before

    def test_undoing_needs_no_word_of_records_that_it_did_not_touch(self) -> None:
        kept = merged("person", "tokaev", "tokayev")
        write([Change(Person(name_en="Somebody New"), "somebody")], at=LATER)
        undo(kept, at=LATER, by=kept.by, reason="")
        with pytest.raises(WriteRefused, match="undone already"):
            undo(kept, at=LATER, by=kept.by, reason="")

    def test_merges_in_a_row_lead_to_the_last_and_come_back_one_by_one(self) -> None:
        before = everything()
        first = merged("person", "tokaev", "tokayev")
        second = merged("person", "tokayev", "somebody", at=LATER)
        assert ask("/people/tokaev/", 301)["Location"] == "/people/somebody/"
        assert laws() == []
        assert hindrances(first) != []
        undo(second, at=LATER + timedelta(1), by=second.by, reason="")
        assert ask("/people/tokaev/", 301)["Location"] == "/people/tokayev/"
        first.refresh_from_db()
        undo(first, at=LATER + timedelta(2), by=first.by, reason="")
        assert everything() == before

    def test_a_merged_record_is_not_published_again_by_hand(self) -> None:
        merged("person", "tokaev", "tokayev")
        gone = Person.objects.get(entry__slug="tokaev")
        with pytest.raises(WriteRefused, match="is merged into tokayev: undo the merge first"):
            write([Change(gone, "tokaev", publication="published")], at=LATER)

    def test_what_is_withdrawn_afterwards_is_withheld_under_both_ids_at_every_moment(self) -> None:
        kept = merged("person", "tokaev", "tokayev")
        ask(f"/people/tokaev/?known_on={BETWEEN}")
        make.withdrawn(Person.objects.get(entry__slug="tokayev"), at=LATER)
        for path in ("/people/tokaev/", "/people/tokayev/", f"/people/tokaev/?known_on={BETWEEN}"):
            assert "Toka" not in body(ask(path, 410)).decode()
        assert ids_in(f"/api/v1/people/?known_on={BETWEEN}") == ["somebody"]
        assert laws() == []
        assert hindrances(kept) != []

    def test_a_proposal_that_names_the_merged_one_means_the_one_that_stays(self) -> None:
        session = entry("session", "2022-05-16")
        revision = propose(session, {"chair_person": "tokaev"}, at=THEN, by=None, reason="")
        assert revision is not None
        merged("person", "tokaev", "tokayev")
        apply(revision, by=publisher_of(), at=LATER, seen=Entry.objects.get(pk=session.pk).version)
        assert data("/api/v1/sessions/2022-05-16/")["chair_person"] == "tokayev"


def publisher_of() -> User:
    return User.objects.get(email="publisher@example.org")


class TestWhatStandsInTheWay:
    @pytest.fixture(autouse=True)
    def two(self) -> None:
        make.person("one", "One Person"), make.person("other", "Other Person")

    def test_records_of_two_kinds(self) -> None:
        make.state("kaz", "Kazakhstan")
        with pytest.raises(WriteRefused, match="Only records of one kind"):
            merge(entry("person", "one"), entry("state", "kaz"), at=THEN, by=publisher(), reason="x")

    def test_a_record_and_itself(self) -> None:
        assert refusal("person", "one", "one") == "A record cannot be merged into itself."

    def test_one_that_is_withdrawn_or_merged(self) -> None:
        make.person("third", "Third Person")
        merged("person", "third", "other")
        make.withdrawn(Person.objects.get(entry__slug="one"))
        assert refusal("person", "one", "other") == "one is withdrawn."
        assert refusal("person", "other", "third").startswith("third is merged already.")

    def test_a_public_record_does_not_become_a_draft(self) -> None:
        make.draft(Person(name_en="One"), "draft")
        assert "is public, and what it would become is not" in refusal("person", "one", "draft")
        merged("person", "draft", "one")
        ask("/people/draft/", 404)  # nobody had ever seen it

    def test_changes_that_wait(self) -> None:
        revision = propose(entry("person", "one"), {"name_ru": "Один"}, at=THEN, by=None, reason="")
        assert revision is not None
        assert refusal("person", "one", "other").startswith("Changes of one wait for a decision.")
        merged("person", "other", "one")

    @pytest.mark.parametrize(
        ("group", "allowed"),
        [("editor", False), ("reviewer", False), ("publisher", True), ("administrator", True)],
    )
    def test_who_may_not_publish_and_withdraw(self, group: str, allowed: bool) -> None:
        user = curator(group)
        if allowed:
            kept = merged("person", "one", "other", by=user)
            undo(kept, at=LATER, by=user, reason="")
            return
        with pytest.raises(WriteRefused, match="needs the rights"):
            merged("person", "one", "other", by=user)
        assert rehearse(entry("person", "one"), entry("person", "other"), at=THEN, by=user).obstacles == []

    def test_no_reason(self) -> None:
        with pytest.raises(WriteRefused, match="needs a reason"):
            merge(entry("person", "one"), entry("person", "other"), at=THEN, by=publisher(), reason=" ")

    def test_a_version_that_nobody_looked_at(self) -> None:
        one, other = entry("person", "one"), entry("person", "other")
        with pytest.raises(WriteRefused, match="changed meanwhile"):
            merge(one, other, at=THEN, by=publisher(), reason="x", seen=(one.version, other.version + 1))

    def test_a_record_that_refers_to_the_other(self) -> None:
        parent = make.organ("parent", "Parent")
        make.organ("child", "Child", parent=parent)
        assert refusal("organ", "parent", "child") == (
            "child refers to the other record (higher organ), and would refer to itself."
        )
        merged("organ", "child", "parent")
        assert Organ.objects.get(entry__slug="parent").parent is None

    def test_terms_that_would_overlap(self) -> None:
        office = make.office("x/president", "President", state=make.state("xxx", "X"))
        for slug, began in (("one", "2001-01-01"), ("other", "2002-01-01")):
            make.term(Person.objects.get(entry__slug=slug), office, began, "2005-01-01")
        before = everything()
        assert "The term overlaps" in refusal("person", "one", "other")
        assert everything() == before

    def test_a_draft_that_is_part_of_a_merge_is_not_deleted_before_that_is_undone(self) -> None:
        draft = make.draft(Person(name_en="One"), "draft")
        kept = merged("person", "draft", "one")
        with pytest.raises(WriteRefused, match="undo the merge first"):
            erase(Person.objects.get(pk=draft.pk), at=LATER, by=None)
        undo(kept, at=LATER, by=kept.by, reason="")
        erase(Person.objects.get(pk=draft.pk), at=LATER, by=None)
        assert not Entry.objects.filter(slug="draft").exists()
        assert not Merge.objects.exists()


class TestRowsThatBecomeOne:
    """Where a row may stand once, that of the merged record becomes that of the one that stays."""

    @pytest.fixture(autouse=True)
    def two(self) -> None:
        self.one, self.other = make.state("one", "One"), make.state("two", "Two")
        self.text = meetings.statement("text", "2020-01-01")

    def test_equal_ones(self) -> None:
        meetings.stood(self.text, self.one), meetings.stood(self.text, self.other)
        before = everything()
        kept = merged("state", "one", "two")
        assert Joined.objects.published().get().public_id == "text/two"
        assert entry("joined", "text/one").merged_into == entry("joined", "text/two")
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="")
        assert everything() == before

    def test_what_the_one_leaves_open_the_other_fills(self) -> None:
        meetings.stood(self.text, self.one, reason_en="By letter."), meetings.stood(self.text, self.other)
        merged("state", "one", "two")
        assert Joined.objects.published().get().reason_en == "By letter."

    def test_ones_that_differ_are_refused_by_name_and_nothing_is_lost(self) -> None:
        meetings.stood(self.text, self.one, "absent"), meetings.stood(self.text, self.other)
        assert refusal("state", "one", "two") == (
            "text/one and text/two would be one, and differ in: standing. Make them say the same first."
        )
        assert Joined.objects.published().count() == 2

    def test_two_sessions_that_are_one(self) -> None:
        here, there = meetings.session("here", "2020-01-01"), meetings.session("there", "2020-01-01")
        meetings.seat(here, self.one), meetings.seat(there, self.one), meetings.seat(here, self.other)
        for of, words in ((here, "Chair"), (here, "Budget"), (there, "Budget"), (there, "Talks")):
            meetings.point(of, of.agenda.count() + 1, words)
        kept = merged("session", "here", "there")
        agenda = AgendaItem.objects.published().order_by("order").values_list("order", "text_en")
        assert list(agenda) == [(1, "Budget"), (2, "Talks"), (3, "Chair")]
        assert set(Attendance.objects.published().values_list("entry__slug", flat=True)) == {
            "there/one",
            "here/two",
        }
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="")
        first = AgendaItem.objects.published().filter(session__entry__slug="here").order_by("order")
        assert list(first.values_list("order", "text_en")) == [(1, "Chair"), (2, "Budget")]

    def test_two_instruments_with_the_same_article(self) -> None:
        one, other = treaties.instrument("i-one"), treaties.instrument("i-two")
        shared, own = treaties.article(one, "4"), treaties.article(one, "5")
        treaties.article(other, "4")
        treaties.wording(shared, "2001-01-01", "2002-01-01")
        third = treaties.instrument("i-three")
        treaties.relation(third, "amends", one), treaties.relation(third, "amends", other)
        before = everything()
        kept = merged("instrument", "i-one", "i-two")
        assert Provision.objects.get(pk=own.pk).instrument.public_id == "i-two"
        assert InstrumentRelation.objects.published().count() == 1
        assert ask("/treaties/i-one/art-4/", 301)["Location"] == "/treaties/i-two/art-4/"
        assert ask("/treaties/i-one/", 301)["Location"] == "/treaties/i-two/"
        ask("/treaties/i-one/art-5/")  # no other provision has its id, which never changes
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="")
        assert everything() == before
        ask("/treaties/i-one/art-5/"), ask("/treaties/i-one/art-4/")


class TestSourcesAndHeadings:
    def test_evidence_from_a_merged_source_comes_from_the_one_that_stays(self) -> None:
        one, other = make.source("aaaaaaaaaa"), make.source("bbbbbbbbbb")
        kaz = make.state("kaz", "Kazakhstan")
        rows = [
            Evidence(source=one, field="capital_en", value="Almaty"),
            Evidence(source=one, locator="p. 3"),
            Evidence(source=other, locator="p. 3"),
        ]
        write([Change(kaz, "kaz", evidence=rows)], at=make.WRITTEN)
        before, order = everything(), list(Evidence.objects.filter(entry=kaz.entry))
        kept = merged("source", "aaaaaaaaaa", "bbbbbbbbbb")
        found = Evidence.objects.filter(entry=kaz.entry).values_list(
            "source__entry__slug", "field", "locator"
        )
        assert sorted(found) == [("bbbbbbbbbb", "", "p. 3"), ("bbbbbbbbbb", "capital_en", "")]
        assert data(f"/api/v1/states/kaz/?known_on={BETWEEN}&expand=evidence")["evidence"][0]["source"] in {
            "aaaaaaaaaa",
            "bbbbbbbbbb",
        }
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="")
        assert everything() == before
        assert list(Evidence.objects.filter(entry=kaz.entry)) == order

    def test_each_source_keeps_its_address(self) -> None:
        make.source("aaaaaaaaaa"), make.source("bbbbbbbbbb")
        merged("source", "aaaaaaaaaa", "bbbbbbbbbb")
        assert Source.objects.get(entry__slug="bbbbbbbbbb").url == "https://example.org/bbbbbbbbbb"
        assert ask("/sources/aaaaaaaaaa/", 301)["Location"] == "/sources/bbbbbbbbbb/"

    def test_records_under_a_merged_heading_stand_under_the_one_that_stays(self) -> None:
        war, conflict = make.topic("war", "War"), make.topic("conflict", "Conflict")
        make.topic("cold-war", "Cold war", war)
        make.person("one", "One", topics=[war.pk]), make.person("both", "Both", topics=[war.pk, conflict.pk])
        before = everything()
        kept = merged("topic", "war", "conflict")
        links = EntryTopic.objects.values_list("entry__slug", "topic__entry__slug")
        assert sorted(links) == [("both", "conflict"), ("one", "conflict")]
        assert set(ids_in("/api/v1/people/?topic=conflict")) == {"one", "both"}
        assert laws() == []
        undo(kept, at=LATER, by=kept.by, reason="")
        assert everything() == before


#: Relations to records that no merge moves, and why.
LEFT = {
    ("records.Address", "entry"): "both addresses lead on",
    ("records.ChangeEvent", "entry"): "what happened to it",
    ("records.EntryFace", "entry"): "what it was called",
    ("records.Revision", "entry"): "decided ones; those that wait are in the way",
    ("records.Revision", "merged_into"): "it means what that record became",
    ("records.Apart", "one"): "who is not whom",
    ("records.Apart", "other"): "who is not whom",
    ("records.LinkCheck", "entry"): "whether its own address answered",
    ("records.Merge", "loser"): "what was merged when",
    ("records.Merge", "winner"): "what was merged when",
}
#: Made anew from public records whenever these change.
DERIVED = {"treaty.DetectedReference", "statements.DetectedCitation", "statements.Saying"}


def test_every_relation_to_a_record_moves_or_is_known_to_stay() -> None:
    moving = {"records.Evidence", "records.NameForm", "records.EntryTopic"}
    unknown = []
    for model in apps.get_models():
        if issubclass(model, Record) or model.__name__.startswith("Historical"):
            continue  # references of records are found by the registry
        for field in model._meta.concrete_fields:
            target = field.related_model
            to_record = isinstance(target, type) and (target is Entry or issubclass(target, Record))
            name = model._meta.label
            if not isinstance(field, ForeignKey) or not to_record or name in moving | DERIVED:
                continue
            if (name, field.name) not in LEFT and model is not Entry:
                unknown.append((name, field.name))
    assert unknown == []


def test_publishers_hold_the_rights_on_merges() -> None:
    held = Permission.objects.filter(group__name="publisher", content_type__model="merge")
    assert "view_merge" in held.values_list("codename", flat=True)
    assert issubclass(Evidence, Kept)
