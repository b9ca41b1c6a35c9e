"""Taking records away in the admin: drafts are deleted, the rest is withdrawn, and nothing cascades."""

import pytest
from django.apps import apps
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.db.models import CASCADE, Model, ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.accounts.models import ApiToken, Scope
from cstokb.records.models import ChangeEvent, Entry, EntryTopic, Evidence, Topic
from cstokb.records.models.base import Kept
from cstokb.records.publish import Change, write
from members.models import MembershipPeriod, Person, State
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, member, person, state

pytestmark = pytest.mark.django_db

STATES = "/admin/members/state/"
PEOPLE = "/admin/members/person/"


@pytest.fixture
def publisher() -> Client:
    return signed_in(curator("publisher"))


def test_a_draft_to_which_nobody_refers_is_deleted_after_a_question(publisher: Client) -> None:
    hidden = draft(Person(name_en="Somebody"), "somebody")
    assert "Delete the draft" in publisher.get(f"{PEOPLE}{hidden.pk}/delete/").text
    assert Person.objects.exists()
    response = publisher.post(f"{PEOPLE}{hidden.pk}/delete/", {"base_version": "1"})
    assert (response.status_code, response["Location"]) == (302, PEOPLE)
    assert not Entry.objects.filter(slug="somebody").exists()


@pytest.mark.parametrize("sent", [{}, {"base_version": ""}, {"base_version": "one"}, {"base_version": "2"}])
def test_a_draft_of_which_nobody_saw_this_version_stays(publisher: Client, sent: dict[str, str]) -> None:
    hidden = draft(Person(name_en="Somebody"), "somebody")
    response = publisher.post(f"{PEOPLE}{hidden.pk}/delete/", sent)
    assert response.status_code == 409
    said = [str(one) for one in response.context["messages"]]
    unseen = "The form does not say which version of Somebody · somebody · draft you saw: look at it and ask again."
    moved = "person somebody has been changed meanwhile: it is at version 1, not 2."
    assert said == [moved if sent.get("base_version") == "2" else unseen]
    assert response.context["base_version"] == 1
    assert Person.objects.exists()


def test_a_state_with_many_references_is_refused_with_their_number_and_ten_of_them(publisher: Client) -> None:
    """B099."""
    hidden = draft(State(alpha2="QQ", name_en="Somewhere"), "qqq")
    periods = [
        Change(
            MembershipPeriod(
                state=hidden, standing="partner", began_on=str(1900 + n), ended_on=str(1900 + n)
            ),
            f"qqq/partner/{1900 + n}",
        )
        for n in range(25)
    ]
    write(periods, at=WRITTEN)
    response = publisher.post(f"{STATES}{hidden.pk}/delete/")
    assert response.status_code == 409
    assert "25 records refer to it" in response.text
    assert response.text.count("(membership period qqq/partner/") == 10
    assert State.objects.count() == 1
    assert MembershipPeriod.objects.count() == 25


def partners(of: State, first: int, last: int) -> None:
    """Rows that refer to a state, put in at once."""
    keys = [f"qqq/partner/many-{number}" for number in range(first, last)]
    made = {"kind": "membership", "created_at": WRITTEN, "changed_at": WRITTEN}
    entries = Entry.objects.bulk_create([Entry(slug=key, **made) for key in keys])
    rows = [MembershipPeriod(entry=one, state=of, standing="partner", began_on="1900") for one in entries]
    MembershipPeriod.objects.bulk_create(rows)


def test_five_thousand_references_cost_no_more_than_twenty_and_ten_are_named(publisher: Client) -> None:
    """B099."""
    hidden = draft(State(alpha2="QQ", name_en="Somewhere"), "qqq")
    publisher.get(STATES)  # that somebody was seen is noted with the first page
    costs = []
    for first, last in ((0, 20), (20, 5000)):
        partners(hidden, first, last)
        with CaptureQueriesContext(connection) as queries:
            page = publisher.get(f"{STATES}{hidden.pk}/delete/")
        costs.append(len(queries))
        assert page.text.count("(membership period qqq/partner/") == 10
    assert "5000 records refer to it" in page.text.replace(",", "").replace("\xa0", "")
    assert costs[0] == costs[1]


def test_what_was_published_is_not_deleted_and_the_page_offers_to_withdraw_it(publisher: Client) -> None:
    kaz = state("kaz", "Kazakhstan")
    response = publisher.post(f"{STATES}{kaz.pk}/delete/")
    assert response.status_code == 409
    assert f"{STATES}{kaz.pk}/withdraw/" in response.text
    assert State.objects.count() == 1


class TestWithdrawing:
    def test_it_asks_for_the_reason_that_readers_see(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        response = publisher.post(f"{STATES}{kaz.pk}/withdraw/", {"why": " ", "base_version": "1"})
        assert response.status_code == 200
        assert response.context["form"].errors == {"why": ["This field is required."]}
        assert Entry.objects.get(pk=kaz.pk).is_public
        publisher.post(f"{STATES}{kaz.pk}/withdraw/", {"why": "Entered twice.", "base_version": "1"})
        entry = Entry.objects.get(pk=kaz.pk)
        assert (entry.publication, entry.visibility, entry.reason) == (
            "withdrawn",
            "withheld",
            "Entered twice.",
        )
        event = ChangeEvent.objects.filter(entry=entry).last()
        assert event is not None
        assert (event.kind, str(event.by)) == ("withdrawn", "publisher@example.org")

    def test_one_that_moved_on_since_the_page_was_shown_stays(self, publisher: Client) -> None:
        """B096."""
        kaz = state("kaz", "Kazakhstan")
        kaz.capital_en = "Astana"
        write([Change(kaz, "kaz")], at=WRITTEN)
        path = f"{STATES}{kaz.pk}/withdraw/"
        page = publisher.post(path, {"why": "Entered twice.", "base_version": "1"})
        assert page.status_code == 409
        assert "it is at version 2, not 1" in page.text
        assert Entry.objects.get(pk=kaz.pk).is_public
        shown = str(page.context["base_version"])
        assert shown == "2"
        publisher.post(path, {"why": "Entered twice.", "base_version": shown})
        assert not Entry.objects.get(pk=kaz.pk).is_public

    def test_one_of_which_no_version_was_seen_stays(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        page = publisher.post(f"{STATES}{kaz.pk}/withdraw/", {"why": "Entered twice."})
        assert page.status_code == 409
        assert "which version of Kazakhstan · kaz you saw" in page.text
        assert Entry.objects.get(pk=kaz.pk).is_public

    def test_what_is_no_longer_published_cannot_be_withdrawn(self, publisher: Client) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        assert publisher.get(f"{PEOPLE}{hidden.pk}/withdraw/").status_code == 403

    @pytest.mark.parametrize("group", ["editor", "reviewer"])
    def test_it_needs_the_right_to(self, group: str) -> None:
        kaz, client = state("kaz", "Kazakhstan"), signed_in(curator(group))
        assert client.post(f"{STATES}{kaz.pk}/withdraw/", {"why": "No."}).status_code == 403
        assert f"{STATES}{kaz.pk}/withdraw/" not in client.get(f"{STATES}{kaz.pk}/change/").text
        assert Entry.objects.get(pk=kaz.pk).is_public


class TestSeveralAtOnce:
    def delete(self, client: Client, *records: Person | State, confirmed: bool = True) -> object:
        values = {"action": "delete_drafts", "_selected_action": [str(one.pk) for one in records]}
        values |= {f"version-{one.pk}": "1" for one in records}
        path = PEOPLE if isinstance(records[0], Person) else STATES
        return client.post(path, values | ({"confirmed": "1"} if confirmed else {}))

    def test_drafts_are_deleted_after_a_question(self, publisher: Client) -> None:
        some = [draft(Person(name_en=name), name.lower()) for name in ("Ann", "Bob")]
        page = self.delete(publisher, *some, confirmed=False)
        assert "Delete the drafts" in page.text  # type: ignore[attr-defined]
        assert Person.objects.count() == 2
        response = self.delete(publisher, *some)
        assert not Person.objects.exists()
        request = response.wsgi_request  # type: ignore[attr-defined]
        assert [str(one) for one in get_messages(request)] == ["2 drafts have been deleted."]

    def test_one_that_moved_on_since_the_question_keeps_them_all(self, publisher: Client) -> None:
        """B096."""
        some = [draft(Person(name_en=name), name.lower()) for name in ("Ann", "Bob")]
        some[1].name_en = "Bobby"
        write([Change(some[1], "bob")], at=WRITTEN)
        values = {"action": "delete_drafts", "confirmed": "1", "_selected_action": [str(o.pk) for o in some]}
        values[f"version-{some[0].pk}"] = "1"
        page = publisher.post(PEOPLE, values | {f"version-{some[1].pk}": "1"})
        assert page.status_code == 409
        assert "it is at version 2, not 1" in page.text
        assert [one.entry.version for one in page.context["records"]] == [1, 2]
        assert sorted(Person.objects.values_list("name_en", flat=True)) == ["Ann", "Bobby"]
        assert not LogEntry.objects.filter(action_flag=DELETION).exists()
        publisher.post(PEOPLE, values | {f"version-{some[1].pk}": "2"})
        assert not Person.objects.exists()
        assert LogEntry.objects.filter(action_flag=DELETION).count() == 2

    @pytest.mark.parametrize("sent", ["", "?", "2"])
    def test_one_of_which_nobody_saw_this_version_keeps_them_all(self, publisher: Client, sent: str) -> None:
        ann, bob = [draft(Person(name_en=name), name.lower()) for name in ("Ann", "Bob")]
        values = {"action": "delete_drafts", "confirmed": "1", "_selected_action": [str(ann.pk), str(bob.pk)]}
        page = publisher.post(PEOPLE, values | {f"version-{ann.pk}": "1", f"version-{bob.pk}": sent})
        assert page.status_code == 409
        (said,) = page.context["messages"]
        assert ("bob" in str(said), "ann" in str(said)) == (True, False)
        assert Person.objects.count() == 2
        assert not LogEntry.objects.filter(action_flag=DELETION).exists()

    def test_one_that_was_published_keeps_them_all(self, publisher: Client) -> None:
        some = [draft(Person(name_en="Ann"), "ann"), person("bob", "Bob")]
        response = self.delete(publisher, *some)
        assert response.status_code == 409  # type: ignore[attr-defined]
        assert "so it can only be withdrawn" in response.text  # type: ignore[attr-defined]
        assert Person.objects.count() == 2

    def test_one_that_is_referred_to_keeps_them_all(self, publisher: Client) -> None:
        some = [draft(State(alpha2=code.upper(), name_en=code), code * 2) for code in ("aa", "bb")]
        member(some[1], "2003", publication="draft")
        response = self.delete(publisher, *some)
        assert response.status_code == 409  # type: ignore[attr-defined]
        assert "bbbb/member/2003" in response.text  # type: ignore[attr-defined]
        assert State.objects.count() == 2

    def test_the_deletion_of_django_which_cascades_is_not_there(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        page = publisher.get(STATES)
        actions = [name for name, _label in page.context["action_form"].fields["action"].choices]
        tables = ["table_of_chosen_xlsx", "table_of_chosen_csv"]
        assert actions == ["", "publish_drafts", "delete_drafts", *tables]
        values = {"action": "delete_selected", "_selected_action": [str(kaz.pk)], "post": "yes"}
        publisher.post(STATES, values)
        assert State.objects.count() == 1

    def test_an_editor_has_no_such_action(self) -> None:
        hidden = draft(Person(name_en="Ann"), "ann")
        self.delete(signed_in(curator("editor")), hidden)
        assert Person.objects.count() == 1


class TestPastTheAdmin:
    """B099: whoever deletes otherwise than by the writer is stopped where others refer to the row."""

    @pytest.fixture
    def kgz(self) -> State:
        one = state("kgz", "Kyrgyzstan")
        member(one, "2003-09-18")
        return one

    def standing(self) -> tuple[int, int, int]:
        return State.objects.count(), MembershipPeriod.objects.count(), Evidence.objects.count()

    def test_a_shell_cannot_delete_a_state_to_which_others_refer(self, kgz: State) -> None:
        before = self.standing()
        with pytest.raises(ProtectedError):
            State.objects.filter(pk=kgz.pk).delete()
        with pytest.raises(ProtectedError):
            kgz.delete()
        assert self.standing() == before

    def test_nor_can_a_statement_of_sql(self, kgz: State) -> None:
        before = self.standing()
        with pytest.raises(IntegrityError), transaction.atomic():
            delete_row(kgz.pk)
        assert self.standing() == before

    def test_nor_can_a_program(self, kgz: State) -> None:
        """Nobody, and an administrator's token with every scope: the API takes nothing away."""
        text = ApiToken.objects.issue(curator("administrator"), "x", scopes=list(Scope.values))[1]
        for headers in ({}, {"authorization": f"Bearer {text}"}):
            answer = Client().delete("/api/v1/states/kgz/", headers=headers)
            assert answer.status_code in (401, 403, 405)
        assert Client().get("/api/v1/states/kgz/").status_code == 200

    def test_a_link_to_a_topic_is_a_reference_like_any_other(self, publisher: Client, kgz: State) -> None:
        heading = draft(Topic(label_en="Borders"), "borders")
        write([Change(kgz, "kgz", topics=[heading.pk])], at=WRITTEN)
        response = publisher.post(f"/admin/records/topic/{heading.pk}/delete/")
        assert (response.status_code, "1 record refers to it" in response.text) == (409, True)
        with pytest.raises(ProtectedError):
            heading.delete()
        assert EntryTopic.objects.count() == 1
        write([Change(kgz, "kgz", topics=[])], at=WRITTEN)
        publisher.post(f"/admin/records/topic/{heading.pk}/delete/", {"base_version": "1"})
        assert not Topic.objects.exists()

    def test_no_reference_to_a_record_cascades_but_those_that_are_found_anew_in_texts(self) -> None:
        cascading = {
            f"{model._meta.label}.{field.name}"
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.remote_field and field.remote_field.on_delete is CASCADE
            if issubclass(field.remote_field.model, Kept | Entry)
        }
        derived = {"treaty.DetectedReference", "statements.DetectedCitation", "statements.Saying"}
        assert {name.rpartition(".")[0] for name in cascading} == derived

    def test_no_record_has_a_list_of_others_that_empties_itself(self) -> None:
        lists = [model for model in apps.get_models() if issubclass(model, Kept) and many_to_many(model)]
        assert lists == []


def delete_row(key: int) -> None:
    """Delete a state with a bare statement, and let the database hold it against its constraints."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM members_state WHERE entry_id = %s", [key])
    connection.check_constraints()


def many_to_many(model: type[Model]) -> bool:
    """Whether a model has links that Django would take away without asking."""
    return bool(model._meta.many_to_many)
