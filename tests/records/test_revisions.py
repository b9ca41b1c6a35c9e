"""Pending changes: four eyes, moved bases, and what a payload may ask for."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cstokb.accounts.models import User
from cstokb.records.models import ChangeEvent, Entry, Evidence, NameForm, Revision
from cstokb.records.payload import change_of, payload_of, stored
from cstokb.records.publish import Change, Conflict, WriteRefused, write
from cstokb.records.revisions import apply, propose, refuse, submit
from members.models import MembershipPeriod, Person, State
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, member, person, source, state, topic

pytestmark = pytest.mark.django_db

LATER = WRITTEN + timedelta(days=1)
REVISIONS = "/admin/records/revision/"


@pytest.fixture
def reviewer() -> User:
    return curator("reviewer")


def proposal(entry: Entry, by: User | None = None, reason: str = "Because.", **values: Any) -> Revision:
    revision = propose(entry, values, at=WRITTEN, by=by, reason=reason)
    assert revision is not None
    return revision


def pending(revision: Revision) -> bool:
    return Revision.objects.get(pk=revision.pk).state == "pending"


class TestProposing:
    def test_the_same_by_the_same_hand_is_proposed_once_even_after_a_refusal(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        first = proposal(kaz.entry, capital_en="Astana")
        refuse(first, by=reviewer, at=LATER, decision="No source.")
        again = {"at": LATER, "by": None, "reason": "Because."}
        assert propose(kaz.entry, {"capital_en": "Astana"}, **again) is None  # type: ignore[arg-type]
        assert propose(kaz.entry, {"capital_en": "Almaty"}, **again) is not None  # type: ignore[arg-type]


class TestApplying:
    def test_it_is_written_with_the_reviewer_and_the_reason_of_the_author(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = proposal(kaz.entry, curator("editor"), capital_en="Astana")
        apply(revision, by=reviewer, at=LATER, decision="Checked.")
        assert State.objects.get().capital_en == "Astana"
        event = ChangeEvent.objects.filter(entry=kaz.entry).last()
        assert event is not None
        assert (event.kind, event.by, event.reason) == ("changed", reviewer, "Because.")
        done = Revision.objects.get()
        assert (done.state, done.reviewer, done.decided_at, done.decision) == (
            *("applied", reviewer),
            *(LATER, "Checked."),
        )

    def test_nobody_applies_their_own(self, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, reviewer, capital_en="Astana")
        with pytest.raises(WriteRefused, match="a proposal of their own"):
            apply(revision, by=reviewer, at=LATER)
        assert pending(revision)
        assert State.objects.get().capital_en == ""

    def test_an_administrator_may_and_the_decision_says_so(self) -> None:
        chief = curator("administrator")
        revision = proposal(state("kaz", "Kazakhstan").entry, chief, capital_en="Astana")
        apply(revision, by=chief, at=LATER, decision="Urgent.")
        assert Revision.objects.get().decision == "Applied by its author, who may override. Urgent."

    def test_it_needs_the_right_to_review(self) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, capital_en="Astana")
        with pytest.raises(WriteRefused, match="right to review"):
            apply(revision, by=curator("editor"), at=LATER)
        assert pending(revision)

    @pytest.mark.parametrize(("wanted", "error"), [("published", "publish"), ("withdrawn", "withdraw")])
    def test_publishing_and_withdrawing_need_their_own_rights(
        self, reviewer: User, wanted: str, error: str
    ) -> None:
        record = state("kaz", "Kazakhstan") if wanted == "withdrawn" else draft(Person(name_en="A"), "a")
        revision = proposal(record.entry, publication=wanted, why="Entered twice.")
        with pytest.raises(WriteRefused, match=f"right to {error}"):
            apply(revision, by=reviewer, at=LATER)
        apply(revision, by=curator("publisher"), at=LATER)
        assert Entry.objects.get(pk=record.pk).publication == wanted

    def test_a_moved_base_is_a_conflict_until_somebody_has_seen_the_new_one(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = proposal(kaz.entry, capital_en="Astana")
        kaz.capital_ru = "Астана"
        write([Change(kaz, "kaz")], at=LATER)
        with pytest.raises(Conflict):
            apply(revision, by=reviewer, at=LATER)
        assert pending(revision)
        apply(revision, by=reviewer, at=LATER, seen=2)
        assert State.objects.values_list("capital_en", "capital_ru").get() == ("Astana", "Астана")

    def test_it_is_decided_once(self, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, capital_en="Astana")
        apply(revision, by=reviewer, at=LATER)
        for again in (apply, refuse):
            with pytest.raises(WriteRefused, match="decided on already"):
                again(revision, by=reviewer, at=LATER, decision="Again.")

    def test_a_refused_write_leaves_the_proposal_in_the_queue(self, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, evidence=[])
        with pytest.raises(WriteRefused, match="without a source"):
            apply(revision, by=reviewer, at=LATER)
        assert pending(revision)

    def test_a_correction_stays_one(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        apply(proposal(kaz.entry, capital_en="Astana", correction=True), by=reviewer, at=LATER)
        assert ChangeEvent.objects.filter(entry=kaz.entry, kind="corrected").count() == 1


class TestRefusing:
    def test_it_needs_words_and_the_right_or_the_author(self, reviewer: User) -> None:
        editor = curator("editor")
        entry = state("kaz", "Kazakhstan").entry
        own, other = proposal(entry, editor, capital_en="A"), proposal(entry, capital_en="B")
        with pytest.raises(WriteRefused, match="needs a reason"):
            refuse(own, by=reviewer, at=LATER, decision=" ")
        with pytest.raises(WriteRefused, match="right to review"):
            refuse(other, by=editor, at=LATER, decision="No.")
        refuse(own, by=editor, at=LATER, decision="I was wrong.")
        refuse(other, by=reviewer, at=LATER, decision="No source.")
        assert set(Revision.objects.values_list("state", "decision")) == {
            ("refused", "I was wrong."),
            ("refused", "No source."),
        }


class TestPayload:
    def test_what_a_change_differs_in_comes_back_as_the_same_change(self) -> None:
        kgz = state("kgz", "Kyrgyzstan")
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        heading = topic("borders", "Borders")
        wanted = stored(period.entry)
        assert isinstance(wanted, MembershipPeriod)
        wanted.state, wanted.began_on = kgz, "2003~"
        spellings = [NameForm(text="Somewhere", kind="former", ended_on="1990")]
        evidence = [Evidence(source=source("00another0"), field="state", quotation="So.")]
        change = Change(wanted, evidence=evidence, names=spellings, topics=[heading.pk])
        payload = payload_of(change)
        assert payload == {
            "state": "kgz",
            "began_on": "2003~",
            "evidence": [
                {
                    "source": "00another0",
                    "field": "state",
                    "quotation": "So.",
                    "stance": "supports",
                    "rank": "normal",
                }
            ],
            "names": [{"text": "Somewhere", "kind": "former", "ended_on": "1990"}],
            "topics": ["borders"],
        }
        write([change_of(period.entry, payload)], at=LATER)
        assert payload_of(change) == {}

    def test_a_value_is_taken_away_with_null_or_an_empty_text(self) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18", "2010", ended_by="withdrawal")
        write([change_of(period.entry, {"ended_on": None, "ended_by": ""})], at=LATER)
        row = MembershipPeriod.objects.get()
        assert (row.ended_on, row.ended_on_max, row.ended_by) == (None, None, "")

    @pytest.mark.parametrize(
        ("payload", "error"),
        [
            ({"nonsense": 1}, "no field nonsense"),
            ({"entry": 7}, "no field entry"),
            ({"state": "zzz"}, "no state zzz"),
            ({"began_on": "2022-02-30"}, "began_on: "),
            ({"topics": ["zzz"]}, "no topic zzz"),
            ({"evidence": [{"source": "zzz"}]}, "no source zzz"),
            ({"evidence": [{"source": "00testsrc0", "uid": "x"}]}, "no field uid"),
            ({"names": [{"text": "x", "own": True}]}, "no field own"),
        ],
    )
    def test_what_cannot_be_is_refused(self, payload: dict[str, Any], error: str) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        with pytest.raises(WriteRefused, match=error):
            change_of(period.entry, payload)


class TestSubmitting:
    def test_who_may_publish_writes_and_who_may_not_proposes(self) -> None:
        for group, written in (("editor", False), ("reviewer", False), ("publisher", True)):
            one = person(f"p-{group}", "Somebody")
            one.name_ru = "Некто"
            done = submit(Change(one, one.public_id, base_version=1), at=LATER, by=curator(group))
            assert (done.changed, done.revision is not None) == (written, not written)

    def test_a_proposal_on_a_moved_base_is_a_conflict(self) -> None:
        one, later = person("somebody", "Somebody"), Person.objects.select_related("entry").get()
        one.name_ru, later.name_ru = "Некто", "Кто-то"
        write([Change(one, "somebody")], at=LATER)
        with pytest.raises(Conflict):
            submit(Change(later, "somebody", base_version=1), at=LATER, by=curator("editor"))
        assert not Revision.objects.exists()


class TestPages:
    def decide(self, client: Client, revision: Revision, verb: str, **values: str) -> Any:
        page = client.get(f"{REVISIONS}{revision.pk}/change/")
        seen = {"seen": str(page.context["revision"].base_version)} if page.context else {}
        return client.post(f"{REVISIONS}{revision.pk}/change/", {verb: "1", **seen, **values})

    def test_the_queue_shows_what_the_loader_proposes_and_why(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        proposal(kaz.entry, reason="From memory; no source seen.", capital_ru="Астана")
        client = signed_in(reviewer)
        page = client.get(REVISIONS, {"state__exact": "pending"})
        assert "From memory; no source seen." in page.text
        assert "Capital (Russian)" in page.text
        assert "starter data" in page.text
        assert client.get(REVISIONS, {"state__exact": "applied"}).context["cl"].result_count == 0

    def test_old_and_proposed_stand_side_by_side_in_words(self, reviewer: User) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        state("kgz", "Kyrgyzstan")
        revision = proposal(period.entry, state="kgz", standing="observer", began_on=None)
        page = signed_in(reviewer).get(f"{REVISIONS}{revision.pk}/change/")
        assert [(line.label, line.old, line.new) for line in page.context["lines"]] == [
            ("State", ["Kazakhstan · kaz"], ["Kyrgyzstan · kgz"]),
            ("Standing", ["member"], ["observer"]),
            ("First day", ["2003-09-18"], ["-"]),
        ]

    def test_of_a_list_only_the_rows_that_differ_are_shown(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        source("00another0")
        rows = [{"source": "00testsrc0"}, {"source": "00another0", "stance": "contradicts"}]
        rows[0] |= {"stance": "supports", "rank": "normal"}
        revision = proposal(kaz.entry, evidence=rows)
        page = signed_in(reviewer).get(f"{REVISIONS}{revision.pk}/change/")
        assert [(line.old, line.new) for line in page.context["lines"]] == [
            (["and 1 alike"], ["A book about it · 00another0 · contradicts", "and 1 alike"])
        ]

    def test_a_reviewer_applies_and_refuses(self, reviewer: User) -> None:
        entry, client = state("kaz", "Kazakhstan").entry, signed_in(reviewer)
        first, second = proposal(entry, capital_ru="Астана"), proposal(entry, capital_ru="Алма-Ата")
        response = self.decide(client, second, "refuse")
        assert response.context["form"].non_field_errors() == ["A refusal needs a reason."]
        assert self.decide(client, second, "refuse", decision="Not now.").status_code == 302
        assert self.decide(client, first, "apply").status_code == 302
        assert State.objects.get().capital_ru == "Астана"
        assert set(Revision.objects.values_list("state", flat=True)) == {"applied", "refused"}

    def test_a_moved_base_shows_both_versions_before_it_is_applied(self, reviewer: User) -> None:
        kaz, client = state("kaz", "Kazakhstan"), signed_in(reviewer)
        revision = proposal(kaz.entry, capital_ru="Астана")
        kaz.capital_ru = "Алма-Ата"
        write([Change(kaz, "kaz")], at=LATER, reason="Another decree.")
        response = self.decide(client, revision, "apply", decision="Checked.")
        assert response.status_code == 409
        assert [(line.old, line.new) for line in response.context["lines"]] == [(["Алма-Ата"], ["Астана"])]
        assert "Another decree." in response.text
        carried = dict(response.context["carried"]) | {k: str(v) for k, v in response.context["carry"]}
        assert client.post(f"{REVISIONS}{revision.pk}/change/", carried).status_code == 302
        assert State.objects.get().capital_ru == "Астана"
        assert Revision.objects.get().decision == "Checked."

    def test_the_author_sees_no_button_to_apply_and_may_take_it_back(self) -> None:
        editor = curator("editor")
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_ru="Астана")
        client = signed_in(editor)
        page = client.get(f"{REVISIONS}{revision.pk}/change/")
        assert (page.context["may_apply"], page.context["may_refuse"]) == (False, True)
        response = self.decide(client, revision, "apply")
        assert response.context["form"].non_field_errors() == [
            "Deciding on proposals needs the right to review."
        ]
        assert self.decide(client, revision, "refuse", decision="Mine.").status_code == 302
