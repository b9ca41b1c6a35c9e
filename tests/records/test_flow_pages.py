"""The pages of the flow: where a record stands, what may be done next and by whom, and what was typed stays."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from cstokb.accounts.models import User
from cstokb.records.models import Entry, Evidence, NameForm, Revision
from cstokb.records.publish import Change, write
from cstokb.records.revisions import propose
from members.models import Person, State
from tests.factories.curators import curator, sent_back, signed_in
from tests.factories.records import WRITTEN, draft, member, source, state, topic, withdrawn
from tests.factories.treaties import instrument
from treaty.models import Provision

pytestmark = pytest.mark.django_db

QUEUE = "/admin/records/revision/"


@pytest.fixture
def editor() -> User:
    return curator("editor")


@pytest.fixture
def reviewer() -> User:
    return curator("reviewer")


@pytest.fixture(autouse=True)
def yerevan(settings: Any, moment: datetime) -> None:
    settings.EDITORS_TIME_ZONE = ZoneInfo("Asia/Yerevan")


def proposal(entry: Entry, by: User | None, **values: Any) -> Revision:
    revision = propose(entry, values, at=WRITTEN, by=by, reason="Because.")
    assert revision is not None
    return revision


def form_of(client: Client, record: Any, query: str = "") -> Any:
    meta = record._meta
    return client.get(f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/{query}")


def decide(client: Client, revision: Revision, verb: str, **values: str) -> Any:
    where = f"{QUEUE}{revision.pk}/change/"
    page = client.get(where)
    seen = {"seen": str(page.context["revision"].base_version), "steps": str(len(page.context["steps"]))}
    return client.post(where, {verb: "1", **seen, **values})


class TestStanding:
    def standing(self, client: Client, record: Any) -> Any:
        return form_of(client, record).context["standing"]

    def test_a_draft_says_who_may_publish_it_and_what_it_lacks(self, editor: User) -> None:
        one = Person(name_en="Somebody")
        write([Change(one, "somebody", "draft", "")], at=WRITTEN)
        mine = self.standing(signed_in(editor), one)
        assert mine.state == "draft"
        assert "a person who may publish decides" in mine.next
        assert mine.lacks == ["A source is missing: without evidence it cannot be published."]
        publishers = self.standing(signed_in(curator("publisher")), one)
        assert publishers.next == "Readers see nothing of it. You may publish it."
        write([Change(one, "somebody", evidence=[Evidence(source=source())])], at=WRITTEN)
        assert self.standing(signed_in(editor), one).lacks == []

    def test_a_part_says_which_whole_keeps_it_from_readers(self, editor: User) -> None:
        treaty = draft(instrument("cst"), "other")
        part = draft(
            Provision(instrument=treaty, type="article", number="4", eid="art-4", order=4), "other/art-4"
        )
        assert self.standing(signed_in(editor), part).lacks == [
            f"Readers will not see it before {treaty.label('en')} is published."
        ]

    def test_a_draft_in_review_names_who_asked_and_who_decides(self, editor: User, reviewer: User) -> None:
        one = draft(Person(name_en="Somebody"), "somebody")
        revision = proposal(one.entry, editor, publication="published", why="")
        standing = self.standing(signed_in(reviewer), one)
        assert standing.state == "draft · in review"
        assert standing.proposals == [
            (
                revision,
                "Proposed by editor@example.org, 2026-01-01 12:00 UTC. Another person who may publish decides.",
            )
        ]

    def test_a_withdrawn_record_says_that_two_bring_it_back(self, reviewer: User) -> None:
        kaz = state("kaz", "Kazakhstan")
        withdrawn(kaz)
        assert "by two people" in self.standing(signed_in(reviewer), kaz).next

    def test_the_lists_show_and_filter_by_it(self, editor: User, reviewer: User) -> None:
        kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
        proposal(kaz.entry, editor, capital_en="Astana")
        hidden = draft(State(alpha2="UZ", name_en="Uzbekistan"), "uzb")
        proposal(hidden.entry, editor, publication="published", why="")
        client = signed_in(reviewer)
        told = {
            ("pending", hidden.pk): "draft · in review",
            ("change", kaz.pk): "published · change proposed",
        }
        for where, shown in (("/admin/members/state/", "publication"), ("/admin/records/entry/", "standing")):
            for (review, key), words in told.items():
                page = client.get(where, {"review": review})
                rows = list(page.context["cl"].result_list)
                assert [row.pk for row in rows] == [key]
                assert getattr(page.context["cl"].model_admin, shown)(rows[0]) == words
                assert words in page.text
            assert client.get(where, {"review": "scheduled"}).context["cl"].result_count == 0
        assert kgz.pk in [row.pk for row in client.get("/admin/members/state/").context["cl"].result_list]


class TestScheduling:
    def test_a_moment_is_typed_in_the_editors_zone_and_utc_stands_beside_it(
        self, editor: User, reviewer: User
    ) -> None:
        """B101: 1 December 2026, midnight in Yerevan, is 20:00 UTC on the day before."""
        kaz, client = state("kaz", "Kazakhstan"), signed_in(reviewer)
        revision = proposal(kaz.entry, editor, capital_en="Astana")
        page = client.get(f"{QUEUE}{revision.pk}/change/")
        assert "In the zone Asia/Yerevan" in page.text
        assert "2026-03-05 14:30 Asia/Yerevan (2026-03-05 10:30 UTC)" in page.text
        assert decide(client, revision, "schedule", moment="2026-12-01T00:00").status_code == 302
        revision = Revision.objects.get()
        assert (revision.state, revision.publish_at) == ("scheduled", datetime(2026, 11, 30, 20, tzinfo=UTC))
        assert State.objects.get().capital_en == ""
        told = "2026-12-01 00:00 Asia/Yerevan (2026-11-30 20:00 UTC)"
        assert told in client.get(QUEUE, {"state__exact": "scheduled"}).text
        assert told in client.get(f"{QUEUE}{revision.pk}/change/").text
        standing = form_of(client, kaz).context["standing"]
        assert standing.proposals[0][1] == f"Approved by reviewer@example.org for {told}."

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("", "is no moment"),
            ("2026-03-05T14:30", "has passed"),
            ("2036-01-01T00:00", "more than five years"),
        ],
    )
    def test_what_is_no_moment_to_come_is_told_at_its_field(
        self, editor: User, reviewer: User, typed: str, why: str
    ) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="Astana")
        page = decide(signed_in(reviewer), revision, "schedule", moment=typed, decision="Seen.")
        assert why in page.context["form"].errors["moment"][0]
        assert page.context["form"]["decision"].value() == "Seen."
        assert Revision.objects.get().state == "pending"

    def test_a_moment_is_not_lost_by_the_wrong_button(self, editor: User, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="Astana")
        page = decide(signed_in(reviewer), revision, "apply", moment="2026-12-01T00:00")
        assert "Take the moment away" in page.context["form"].errors["moment"][0]
        assert State.objects.get().capital_en == ""

    def test_a_moved_base_shows_both_versions_and_keeps_the_moment(
        self, editor: User, reviewer: User
    ) -> None:
        kaz, client = state("kaz", "Kazakhstan"), signed_in(reviewer)
        revision = proposal(kaz.entry, editor, capital_en="Astana")
        kaz.capital_en = "Almaty"
        write([Change(kaz, "kaz")], at=WRITTEN)
        page = decide(client, revision, "schedule", moment="2026-12-01T00:00")
        assert (page.status_code, page.context["carry_label"]) == (409, "Approve it for what stands now")
        carried = dict(page.context["carried"]) | {name: str(value) for name, value in page.context["carry"]}
        assert client.post(f"{QUEUE}{revision.pk}/change/", carried).status_code == 302
        assert (Revision.objects.get().state, Revision.objects.get().base_version) == ("scheduled", 2)

    def test_its_schedule_is_lifted_by_a_button(self, editor: User, reviewer: User) -> None:
        revision = proposal(state("kaz", "Kazakhstan").entry, editor, capital_en="Astana")
        client = signed_in(reviewer)
        decide(client, revision, "schedule", moment="2026-12-01T00:00")
        assert decide(client, revision, "unschedule").status_code == 302
        assert Revision.objects.get().state == "pending"


class TestRevising:
    def test_a_request_for_changes_needs_words_and_the_author_reads_them(
        self, editor: User, reviewer: User
    ) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = proposal(kaz.entry, editor, capital_en="Almaty")
        client = signed_in(reviewer)
        page = decide(client, revision, "return")
        assert page.context["form"].non_field_errors() == ["Say in words what should be changed."]
        assert decide(client, revision, "return", decision="Since 1997?").status_code == 302
        page = signed_in(editor).get(f"{QUEUE}{revision.pk}/change/")
        assert page.context["waits_for"] == (
            "You were asked to change it: “Since 1997?” Revise it and hand it in again."
        )
        assert (page.context["may_revise"], page.context["may_apply"]) == (True, False)

    def test_its_values_stand_in_the_form_and_come_back_as_the_same_proposal(
        self, editor: User, reviewer: User
    ) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")])
        heading, other = topic("borders", "Borders"), source("00another0")
        revision = proposal(
            kaz.entry,
            editor,
            capital_en="Almaty",
            names=[{"text": "Kazakhstania", "kind": "alias", "language": "en"}],
            topics=["borders"],
            evidence=[
                {"source": "00testsrc0", "stance": "supports", "rank": "normal"},
                {"source": "00another0", "field": "capital_en", "stance": "supports", "rank": "normal"},
            ],
            correction=True,
        )
        decide(signed_in(reviewer), revision, "return", decision="Since 1997?")
        client = signed_in(editor)
        page = form_of(client, kaz, f"?revision={revision.pk}")
        form = page.context["adminform"].form
        assert form.non_field_errors() == [
            "The values of your proposal stand in the form. Change them, then save."
        ]
        assert (form["capital_en"].value(), form["name_en"].value()) == ("Almaty", "Kazakhstan")
        assert (form["change_reason"].value(), form["correction"].value()) == ("Because.", True)
        assert [str(key) for key in form["topics"].value()] == [str(heading.pk)]
        assert str(other.pk) in page.text
        where = f"{page.request['PATH_INFO']}?revision={revision.pk}"
        sent = sent_back(page, capital_en="Astana", change_reason="The decree.")
        assert client.post(where, sent).status_code == 302
        again = Revision.objects.get()
        assert (again.pk, again.state, again.reason) == (revision.pk, "pending", "The decree.")
        assert again.payload == revision.payload | {"capital_en": "Astana"}
        assert State.objects.get().capital_en == ""

    def test_a_reference_and_a_date_come_back_too(self, editor: User) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        state("kgz", "Kyrgyzstan")
        revision = proposal(period.entry, editor, state="kgz", began_on="2003~")
        client = signed_in(editor)
        page = form_of(client, period, f"?revision={revision.pk}")
        where = f"{page.request['PATH_INFO']}?revision={revision.pk}"
        assert client.post(where, sent_back(page, note_en="So.")).status_code == 302
        assert Revision.objects.get().payload == {"state": "kgz", "began_on": "2003~", "note_en": "So."}

    def test_a_returned_draft_is_edited_and_asked_for_again(self, editor: User, reviewer: User) -> None:
        one = draft(Person(name_en="Somebody"), "somebody")
        revision = proposal(one.entry, editor, publication="published", why="")
        decide(signed_in(reviewer), revision, "return", decision="In Russian too.")
        client = signed_in(editor)
        page = form_of(client, one, f"?revision={revision.pk}")
        assert page.context["adminform"].form["publication"].value() == "published"
        client.post(page.request["PATH_INFO"], sent_back(page, name_ru="Некто", change_reason="Done."))
        again = Revision.objects.get()
        assert (again.pk, again.state, again.base_version) == (revision.pk, "pending", 2)
        assert Person.objects.get().name_ru == "Некто"

    @pytest.mark.parametrize("who", ["another", "decided", "nonsense"])
    def test_nobody_elses_and_nothing_that_was_decided_stands_in_it(
        self, editor: User, reviewer: User, who: str
    ) -> None:
        kaz = state("kaz", "Kazakhstan")
        revision = proposal(kaz.entry, reviewer if who == "another" else editor, capital_en="Astana")
        if who == "decided":
            decide(signed_in(reviewer), revision, "refuse", decision="No.")
        key = "1\x00" if who == "nonsense" else revision.pk
        page = form_of(signed_in(editor), kaz, f"?revision={key}")
        assert page.context["adminform"].form["capital_en"].value() == ""
        assert "There is no open proposal of yours for this record." in page.text
