"""The form of a record: what is written at once, what is proposed, and what comes back."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from cstokb.records.models import ChangeEvent, Entry, Evidence, NameForm, Revision
from cstokb.records.publish import Change, write
from members.models import MembershipPeriod, Person, State
from tests.factories.curators import curator, row, sent_back, signed_in
from tests.factories.records import WRITTEN, draft, member, person, source, state, topic

pytestmark = pytest.mark.django_db

STATES = "/admin/members/state/"
PEOPLE = "/admin/members/person/"


@pytest.fixture
def editor() -> Client:
    return signed_in(curator("editor"))


def test_lists_and_forms_are_headed_by_the_kind_itself_which_needs_no_case(editor: Client) -> None:
    kaz = state("kaz", "Kazakhstan", "Казахстан")
    headings = [
        editor.get(f"/ru{STATES}{path}").context["title"] for path in ("", f"{kaz.pk}/change/", "add/")
    ]
    assert headings[:2] == ["Государства", "Государство"]
    assert headings[2].startswith("Государство: ")
    breadcrumbs = editor.get(f"/ru{STATES}{kaz.pk}/change/").content.decode().partition("breadcrumbs")[2]
    assert "Казахстан" in breadcrumbs.partition("</div>")[0]


@pytest.fixture
def publisher() -> Client:
    return signed_in(curator("publisher"))


def form_of(client: Client, record: Any) -> Any:
    meta = record._meta
    response = client.get(f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/")
    assert response.status_code == 200
    return response


def save(client: Client, record: Any, **changed: Any) -> Any:
    """Open a record's form, change some values and send it."""
    page = form_of(client, record)
    return client.post(page.request["PATH_INFO"], sent_back(page, **changed))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestAdding:
    def add(self, client: Client, **values: Any) -> Any:
        page = client.get(f"{PEOPLE}add/")
        return client.post(f"{PEOPLE}add/", sent_back(page, **values))

    def test_an_editor_makes_a_draft_at_once(self, editor: Client) -> None:
        evidence = row("evidence", 0, source=source().pk, stance="supports", rank="normal", quotation="So.")
        spelling = row("names", 0, text="Сомбоди", kind="alias", language="ru")
        response = self.add(editor, public_id="somebody", name_en="Somebody", **evidence, **spelling)
        assert response.status_code == 302
        entry = Entry.objects.get(kind="person", slug="somebody")
        assert (entry.publication, entry.visibility) == ("draft", "hidden")
        assert Evidence.objects.get(entry=entry).quotation == "So."
        assert NameForm.objects.filter(entry=entry, own=False).get().folded == "сомбоди"
        event = ChangeEvent.objects.get(entry=entry)
        assert (event.kind, str(event.by)) == ("created", "editor@example.org")
        assert not Revision.objects.exists()

    def test_an_editor_who_publishes_makes_a_draft_and_asks(self, editor: Client) -> None:
        evidence = row("evidence", 0, source=source().pk, stance="supports", rank="normal")
        response = self.add(
            editor, public_id="somebody", name_en="Somebody", publication="published", **evidence
        )
        entry = Entry.objects.get(slug="somebody")
        assert entry.publication == "draft"
        assert Revision.objects.get(entry=entry).payload == {"publication": "published", "why": ""}
        assert "waits for a person who may publish" in said(response)[0]

    def test_a_publisher_publishes_at_once(self, publisher: Client) -> None:
        evidence = row("evidence", 0, source=source().pk, stance="supports", rank="normal")
        self.add(publisher, public_id="somebody", name_en="Somebody", publication="published", **evidence)
        assert Entry.objects.get(slug="somebody").is_public

    def test_publishing_without_a_source_comes_back_with_everything_typed(self, publisher: Client) -> None:
        response = self.add(publisher, public_id="somebody", name_en="Somebody", publication="published")
        assert errors(response) == {"__all__": ["person somebody cannot be published without a source."]}
        assert response.context["adminform"].form["name_en"].value() == "Somebody"
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        ("where", "typed", "error"),
        [
            (PEOPLE, "Some Body", "Small Latin letters"),
            (PEOPLE, "somebody/", "Small Latin letters"),
            (PEOPLE, "Договор о безопасности", "Small Latin letters"),
            (PEOPLE, "...", "Small Latin letters"),
            (PEOPLE, "", "This field is required"),
            (PEOPLE, "a" * 241, "at most 240 characters"),
            (PEOPLE, "some\x00body", "Null characters"),
            (PEOPLE, "taken", "There is a record with this id already"),
            ("/admin/treaty/instrument/", "2022-05-16", "may not look like a day"),
            ("/admin/treaty/instrument/", "1992", "may not look like a day"),
            ("/admin/treaty/instrument/", "status", "“status” is the name of a page"),
            ("/admin/summits/session/", "attendance", "“attendance” is the name of a page"),
        ],
    )
    def test_an_id_that_cannot_be_is_refused_at_its_field(
        self, editor: Client, where: str, typed: str, error: str
    ) -> None:
        """B077: no id is made of a title, so that none is empty and no two are alike."""
        person("taken", "Taken")
        page = editor.get(f"{where}add/")
        response = editor.post(f"{where}add/", sent_back(page, public_id=typed))
        assert error in errors(response)["public_id"][0]

    @pytest.mark.parametrize("typed", ["csc-2022", "2022-05-16-moscow", "kgz-2010-06"])
    def test_an_id_that_comes_near_is_taken(self, editor: Client, typed: str) -> None:
        page = editor.get("/admin/summits/session/add/")
        response = editor.post("/admin/summits/session/add/", sent_back(page, public_id=typed))
        assert "public_id" not in errors(response)

    def test_the_id_of_a_part_begins_with_that_of_the_whole(self, editor: Client) -> None:
        kaz, url = state("kaz", "Kazakhstan"), "/admin/members/membershipperiod/add/"
        values = {"state": kaz.pk, "standing": "member", "began_on": "2003-09-18"}
        response = editor.post(url, sent_back(editor.get(url), public_id="kgz/member/2003", **values))
        assert errors(response)["public_id"] == ["The id begins with kaz/."]
        response = editor.post(url, sent_back(editor.get(url), public_id="kaz/member/2003", **values))
        assert response.status_code == 302
        assert MembershipPeriod.objects.get().began_on.edtf == "2003-09-18"  # type: ignore[union-attr]


class TestEditorOnAPublishedRecord:
    def test_a_change_becomes_a_proposal_and_readers_see_nothing(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        response = save(editor, kaz, capital_en="Astana", change_reason="Named in the decree.")
        revision = Revision.objects.get()
        assert (revision.entry_id, revision.payload) == (kaz.pk, {"capital_en": "Astana"})
        assert (revision.base_version, revision.state) == (1, "pending")
        assert (str(revision.author), revision.reason) == ("editor@example.org", "Named in the decree.")
        assert State.objects.get().capital_en == ""
        assert Entry.objects.get(pk=kaz.pk).version == 1
        assert "waits in the queue" in said(response)[0]
        standing = form_of(editor, kaz).context["standing"]
        assert standing.state == "published · change proposed"
        assert [(one.pk, waits) for one, waits in standing.proposals] == [
            (
                revision.pk,
                f"Proposed by you, {revision.created_at:%Y-%m-%d %H:%M} UTC. Another person who may review decides.",
            )
        ]

    def test_a_proposal_holds_whole_lists_and_references_as_ids(self, editor: Client) -> None:
        kaz, heading = state("kaz", "Kazakhstan"), topic("borders", "Borders")
        other = source("00another0")
        evidence = row("evidence", 1, source=other.pk, stance="contradicts", rank="normal", value="Almaty")
        save(
            editor, kaz, topics=[str(heading.pk)], **evidence, **row("names", 0, text="Kazakh", kind="alias")
        )
        assert Revision.objects.get().payload == {
            "evidence": [
                {"source": "00testsrc0", "stance": "supports", "rank": "normal"},
                {"source": "00another0", "value": "Almaty", "stance": "contradicts", "rank": "normal"},
            ],
            "names": [{"text": "Kazakh", "kind": "alias"}],
            "topics": ["borders"],
        }
        assert Evidence.objects.filter(entry=kaz.entry).count() == 1

    def test_a_reference_and_a_date_are_proposed_as_id_and_edtf(self, editor: Client) -> None:
        period = member(state("kaz", "Kazakhstan"), "2003-09-18")
        kgz = state("kgz", "Kyrgyzstan")
        save(editor, period, state=str(kgz.pk), began_on="2003-09")
        assert Revision.objects.get().payload == {"state": "kgz", "began_on": "2003-09"}

    def test_a_withdrawal_is_asked_for_with_its_reason(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        response = save(editor, kaz, publication="withdrawn", why="")
        assert "A withdrawal needs a reason" in errors(response)["why"][0]
        save(editor, kaz, publication="withdrawn", why="Entered twice.")
        assert Revision.objects.get().payload == {"publication": "withdrawn", "why": "Entered twice."}
        assert Entry.objects.get(pk=kaz.pk).is_public

    def test_nothing_changed_proposes_nothing(self, editor: Client) -> None:
        response = save(editor, state("kaz", "Kazakhstan"))
        assert said(response) == ["Nothing was changed, or the same was proposed before."]
        assert not Revision.objects.exists()

    def test_a_draft_is_written_at_once(self, editor: Client) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        save(editor, hidden, name_en="Somebody else", why="Still to be read.")
        assert Person.objects.get().name_en == "Somebody else"
        assert Entry.objects.get(pk=hidden.pk).reason == "Still to be read."
        assert not Revision.objects.exists()


class TestPublisherOnAPublishedRecord:
    def test_a_change_is_written_with_history_and_event(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        save(publisher, kaz, capital_en="Astana", change_reason="Decree.", correction="on")
        event = ChangeEvent.objects.filter(entry=kaz.entry).last()
        assert event is not None
        assert (event.kind, event.reason, str(event.by)) == ("corrected", "Decree.", "publisher@example.org")
        assert event.changes == [{"field": "capital_en", "old": "", "new": "Astana"}]
        assert State.history.filter(entry_id=kaz.pk).count() == 2

    def test_a_form_sent_back_unchanged_writes_nothing(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")])
        response = save(publisher, kaz)
        assert said(response) == ["Nothing was changed, or the same was proposed before."]
        assert (
            Entry.objects.get(pk=kaz.pk).version,
            ChangeEvent.objects.filter(entry=kaz.entry).count(),
        ) == (1, 1)

    def test_a_row_of_a_list_is_taken_out(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")])
        save(publisher, kaz, **{"names-0-DELETE": "on"})
        assert list(NameForm.objects.filter(entry=kaz.entry).values_list("text", flat=True)) == ["Kazakhstan"]

    def test_the_same_evidence_twice_is_refused_at_its_row(self, publisher: Client) -> None:
        again = row("evidence", 1, source=source().pk, stance="supports", rank="normal", quotation="Again.")
        response = save(publisher, state("kaz", "Kazakhstan"), **again)
        assert response.status_code == 200
        assert "This stands in the list already." in response.text
        assert Evidence.objects.filter(quotation="Again.").count() == 0

    @pytest.mark.parametrize(
        ("field", "typed", "error"),
        [
            ("began_on", "2022-02-30", "day"),
            ("began_on", "01.01.0000", ""),
            ("state", "99999999999999999999", "valid choice"),
            ("state", "\x00", "valid choice"),
            ("standing", "\x00", "valid choice"),
            ("ended_on", "2001", "before the beginning"),
        ],
    )
    def test_a_bad_value_is_an_error_of_its_field(
        self, publisher: Client, field: str, typed: str, error: str
    ) -> None:
        response = save(publisher, member(state("kaz", "Kazakhstan"), "2003-09-18"), **{field: typed})
        assert error in errors(response)[field][0]

    def test_a_law_that_the_row_breaks_is_said_on_the_form(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        member(kaz, "2003-09-18", "2010", ended_by="withdrawal")
        later = member(kaz, "2012")
        response = save(publisher, later, began_on="2005")
        assert "overlaps kaz/member/2003-09-18" in errors(response)["__all__"][0]


class TestConflict:
    def changed_meanwhile(self, page: Any, kaz: State) -> None:
        assert page.status_code == 200
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=WRITTEN, reason="Decree.")

    @pytest.mark.parametrize("group", ["editor", "publisher"])
    def test_both_versions_are_shown_and_nothing_is_lost(self, group: str) -> None:
        """B096."""
        client, kaz = signed_in(curator(group)), state("kaz", "Kazakhstan")
        page = form_of(client, kaz)
        self.changed_meanwhile(page, kaz)
        mine = sent_back(page, capital_ru="Алма-Ата", capital_en="Almaty")
        response = client.post(page.request["PATH_INFO"], mine)
        assert response.status_code == 409
        lines = [(line.label, line.old, line.new) for line in response.context["lines"]]
        assert lines == [("Capital", ["Astana"], ["Almaty"]), ("Capital (Russian)", ["-"], ["Алма-Ата"])]
        assert "Decree." in response.text
        assert State.objects.values_list("capital_en", "capital_ru").get() == ("Astana", "")
        assert not Revision.objects.exists()
        again = dict(response.context["carried"]) | {k: str(v) for k, v in response.context["carry"]}
        form = client.post(page.request["PATH_INFO"], again)
        assert form.context["adminform"].form["capital_ru"].value() == "Алма-Ата"
        assert "Your values stand in the form again" in errors(form)["__all__"][0]
        client.post(page.request["PATH_INFO"], sent_back(form))
        if group == "publisher":
            assert State.objects.get().capital_ru == "Алма-Ата"
        else:
            assert Revision.objects.get().payload == {"capital_en": "Almaty", "capital_ru": "Алма-Ата"}

    def test_a_row_that_somebody_took_away_meanwhile_is_still_in_the_form(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan", names=[NameForm(text="Qazaqstan", kind="alias")])
        page = form_of(publisher, kaz)
        write([Change(kaz, "kaz", names=[])], at=WRITTEN)
        response = publisher.post(page.request["PATH_INFO"], sent_back(page))
        assert response.status_code == 409
        assert [(line.label, line.old) for line in response.context["lines"]] == [("Names", ["-"])]

    def test_a_form_without_a_version_is_a_conflict(self, publisher: Client) -> None:
        page = form_of(publisher, state("kaz", "Kazakhstan"))
        values = sent_back(page, capital_en="Astana")
        del values["base_version"]
        assert publisher.post(page.request["PATH_INFO"], values).status_code == 409
        assert State.objects.get().capital_en == ""


class TestReading:
    def test_the_history_says_who_when_why_and_what(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        save(publisher, kaz, capital_en="Astana", change_reason="Decree.")
        save(
            publisher,
            kaz,
            **row("evidence", 1, source=source("00another0").pk, stance="supports", rank="normal"),
        )
        page = publisher.get(f"{STATES}{kaz.pk}/history/")
        found = [
            [(line.label, line.old, line.new) for line in item["lines"]] for item in page.context["events"]
        ]
        assert found[1:] == [[("Capital", ["-"], ["Astana"])], []]
        assert found[0][0][0] == "Evidence"
        assert "A book about it" in found[0][0][2][0]
        assert "Decree." in page.text
        assert "publisher@example.org" in page.text

    def test_a_record_says_what_refers_to_it(self, editor: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        member(kaz, "2003-09-18")
        (reference,) = form_of(editor, kaz).context["references"]
        assert (reference["count"], reference["url"]) == (
            1,
            f"/admin/members/membershipperiod/?state={kaz.pk}",
        )
        assert "kaz/member/2003-09-18" in editor.get(reference["url"]).text

    def test_somebody_who_may_only_look_sees_the_record_and_no_form(self) -> None:
        from django.contrib.auth.models import Permission

        looker = curator("editor")
        looker.groups.clear()
        looker.user_permissions.set(Permission.objects.filter(codename="view_state"))
        client, kaz = signed_in(looker), state("kaz", "Kazakhstan")
        page = form_of(client, kaz)
        assert "Kazakhstan" in page.text
        assert 'name="name_en"' not in page.text
        assert client.post(f"{STATES}{kaz.pk}/change/", {"name_en": "X"}).status_code == 403
