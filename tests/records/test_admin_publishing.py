"""Drafts are published together, all or none, with one reason; nothing that moved meanwhile goes with them unseen."""

from typing import Any

import pytest
from django.test import Client

from cstokb.records.models import ChangeEvent, Entry, Revision
from cstokb.records.publish import Change, write
from members.models import Person
from tests.factories.curators import curator, signed_in
from tests.factories.records import WRITTEN, draft, person

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/members/person/"


def drafts(*names: str) -> list[Person]:
    return [draft(Person(name_en=name), name.lower()) for name in names]


def opened(client: Client, records: list[Person]) -> Any:
    selected = [str(one.pk) for one in records]
    return client.post(PEOPLE, {"action": "publish_drafts", "_selected_action": selected})


def confirm(client: Client, page: Any, reason: str = "Read over.") -> Any:
    told = [record for record, _said in page.context["told"]]
    values: dict[str, Any] = {f"version-{one.pk}": str(one.entry.version) for one in told}
    values |= {"action": "publish_drafts", "confirmed": "1", "reason": reason}
    return client.post(PEOPLE, values | {"_selected_action": [str(one.pk) for one in told]})


def public() -> set[str]:
    return set(Entry.objects.public().filter(kind="person").values_list("slug", flat=True))


def test_a_publisher_publishes_them_with_one_event_each() -> None:
    """B097."""
    publisher, records = curator("publisher"), drafts("Ann", "Bob", "Cid")
    client = signed_in(publisher)
    page = opened(client, records[:2])
    assert [said for _record, said in page.context["told"]] == [[], []]
    assert public() == set()
    assert confirm(client, page).status_code == 302
    assert public() == {"ann", "bob"}
    events = ChangeEvent.objects.filter(by=publisher, reason="Read over.")
    assert sorted(events.values_list("entry__slug", flat=True)) == ["ann", "bob"]


def test_an_editor_asks_for_each() -> None:
    client = signed_in(curator("editor"))
    assert confirm(client, opened(client, drafts("Ann", "Bob"))).status_code == 302
    assert public() == set()
    assert [one.payload for one in Revision.objects.all()] == [{"publication": "published", "why": ""}] * 2


def test_one_that_lacks_a_source_keeps_them_all_and_says_so_before() -> None:
    client, records = signed_in(curator("publisher")), drafts("Ann")
    bare = Person(name_en="Bob")
    write([Change(bare, "bob", "draft", "")], at=WRITTEN)
    page = opened(client, [*records, bare])
    assert "A source is missing: without evidence it cannot be published." in page.text
    page = confirm(client, page)
    assert (page.status_code, public()) == (409, set())
    assert page.context["form"].non_field_errors() == ["person bob cannot be published without a source."]
    assert page.context["form"]["reason"].value() == "Read over."


def test_one_that_was_changed_meanwhile_keeps_them_all() -> None:
    client, records = signed_in(curator("publisher")), drafts("Ann", "Bob")
    page = opened(client, records)
    records[0].name_ru = "Анна"
    write([Change(records[0], "ann")], at=WRITTEN)
    answer = confirm(client, page)
    assert (answer.status_code, public()) == (409, set())
    assert "has been changed meanwhile" in answer.text
    assert confirm(client, answer).status_code == 302
    assert public() == {"ann", "bob"}


def test_what_is_no_draft_is_left_as_it_is_and_a_reason_is_asked_for() -> None:
    client, records = signed_in(curator("publisher")), [*drafts("Ann"), person("dan", "Dan")]
    page = opened(client, records)
    assert "It is no draft, and is left as it is." in page.text
    assert confirm(client, page, reason=" ").context["form"].errors["reason"] == ["This field is required."]
    confirm(client, page)
    assert public() == {"ann", "dan"}
    assert Entry.objects.get(slug="dan").version == 1
