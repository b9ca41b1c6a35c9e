"""Taking records away in the admin: drafts are deleted, the rest is withdrawn, and nothing cascades."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from cstokb.records.models import ChangeEvent, Entry
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
    response = publisher.post(f"{PEOPLE}{hidden.pk}/delete/")
    assert (response.status_code, response["Location"]) == (302, PEOPLE)
    assert not Entry.objects.filter(slug="somebody").exists()


def test_a_state_with_many_references_is_refused_with_their_number_and_ten_of_them(publisher: Client) -> None:
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
    assert response.text.count("(membership qqq/partner/") == 10
    assert State.objects.count() == 1
    assert MembershipPeriod.objects.count() == 25


def test_what_was_published_is_not_deleted_and_the_page_offers_to_withdraw_it(publisher: Client) -> None:
    kaz = state("kaz", "Kazakhstan")
    response = publisher.post(f"{STATES}{kaz.pk}/delete/")
    assert response.status_code == 409
    assert f"{STATES}{kaz.pk}/withdraw/" in response.text
    assert State.objects.count() == 1


class TestWithdrawing:
    def test_it_asks_for_the_reason_that_readers_see(self, publisher: Client) -> None:
        kaz = state("kaz", "Kazakhstan")
        response = publisher.post(f"{STATES}{kaz.pk}/withdraw/", {"why": " "})
        assert response.context["form"].errors == {"why": ["This field is required."]}
        assert Entry.objects.get(pk=kaz.pk).is_public
        publisher.post(f"{STATES}{kaz.pk}/withdraw/", {"why": "Entered twice."})
        entry = Entry.objects.get(pk=kaz.pk)
        assert (entry.publication, entry.visibility, entry.reason) == (
            "withdrawn",
            "withheld",
            "Entered twice.",
        )
        event = ChangeEvent.objects.filter(entry=entry).last()
        assert event is not None
        assert (event.kind, str(event.by)) == ("withdrawn", "publisher@example.org")

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
        assert actions == ["", "delete_drafts"]
        values = {"action": "delete_selected", "_selected_action": [str(kaz.pk)], "post": "yes"}
        publisher.post(STATES, values)
        assert State.objects.count() == 1

    def test_an_editor_has_no_such_action(self) -> None:
        hidden = draft(Person(name_en="Ann"), "ann")
        self.delete(signed_in(curator("editor")), hidden)
        assert Person.objects.count() == 1
