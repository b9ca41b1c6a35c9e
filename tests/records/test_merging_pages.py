"""The curators' pages on which two records are merged, said to be two, and brought back."""

from typing import Any

import pytest
from django.test import Client

from cstokb.records.models import Apart, Entry, Merge
from cstokb.records.publish import Change, write
from members.models import Person
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
from tests.records.test_merging import LATER

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Person, Person]:
    one, other = make.person("one", "Kassym Tokayev"), make.person("other", "Касым Токаев", "Касым Токаев")
    office = make.office("kaz/president", "President", state=make.state("kaz", "Kazakhstan"))
    make.term(one, office, "2019-06-12")
    return one, other


def address(one: Person) -> str:
    return f"/admin/members/person/{one.pk}/merge/"


def rehearsed(client: Client, one: Person, stays: str = "other") -> Any:
    return client.get(address(one), {"into": "other", "stays": stays})


def merged(client: Client, one: Person, **changed: Any) -> Any:
    form = rehearsed(client, one).context["form"]
    values = {"reason": "The same.", "seen_loser": form["seen_loser"].value()}
    values |= {"seen_winner": form["seen_winner"].value()} | changed
    return client.post(f"{address(one)}?into=other&stays=other", values)


def test_what_may_be_the_same_is_offered_and_everything_that_would_move_is_shown(two: Any) -> None:
    client = signed_in(curator("publisher"))
    page = client.get(address(two[0])).text
    assert 'href="?into=other&amp;stays=other"' in page
    page = rehearsed(client, two[0]).text
    assert "Terms of office (1)" in page
    assert "Kassym Tokayev" in page
    assert Merge.objects.count() == 0


def test_a_publisher_merges_and_undoes(two: Any) -> None:
    client = signed_in(curator("publisher"))
    answer = merged(client, two[0])
    kept = Merge.objects.get()
    assert (kept.loser_id, kept.winner_id, kept.reason) == (two[0].pk, two[1].pk, "The same.")
    assert answer["Location"] == f"/admin/records/merge/{kept.pk}/change/"
    form = client.get(f"/admin/members/person/{two[0].pk}/change/").text
    assert "It was merged into" in form
    client.post(answer["Location"], {"reason": "They were two."})
    kept.refresh_from_db()
    assert kept.undone_at is not None
    assert Entry.objects.get(pk=two[0].pk).merged_into is None


def test_the_other_way_round(two: Any) -> None:
    page = rehearsed(signed_in(curator("publisher")), two[0], stays="this")
    assert (page.context["loser"].slug, page.context["winner"].slug) == ("other", "one")


def test_somebody_without_rights_sees_nothing(two: Any) -> None:
    user = curator("editor")
    user.groups.clear()
    assert signed_in(user).get(address(two[0])).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"reason": ""}, "This field is required."), ({"seen_winner": 9}, "changed meanwhile")],
)
def test_what_is_refused_comes_back_with_a_sentence(two: Any, changed: dict[str, Any], said: str) -> None:
    page = merged(signed_in(curator("publisher")), two[0], **changed)
    assert page.status_code == 200
    assert said in page.text
    assert not Merge.objects.exists()


def test_obstacles_are_told_before(two: Any) -> None:
    make.withdrawn(two[1])
    page = rehearsed(signed_in(curator("publisher")), two[0]).text
    assert "other is withdrawn." in page
    assert 'value="Merge"' not in page


@pytest.mark.parametrize("into", ["nobody", "", "kaz"])
def test_an_id_that_names_no_record_of_the_kind(two: Any, into: str) -> None:
    page = signed_in(curator("publisher")).get(address(two[0]), {"into": into, "stays": "other"})
    assert page.status_code == 200
    assert page.context["choice"].errors.keys() == {"into"}


def test_an_undoing_that_is_too_late_says_why(two: Any) -> None:
    client = signed_in(curator("publisher"))
    page = merged(client, two[0])["Location"]
    write([Change(Person(name_en="Another"), "other")], at=LATER)
    assert "has been changed since" in client.get(page).text
    assert "has been changed since" in client.post(page, {"reason": "x"}).text
    assert Merge.objects.get().undone_at is None


def test_two_that_are_two_are_kept_so_once(two: Any) -> None:
    client = signed_in(curator("editor"))
    for _time in range(2):
        client.post(f"{address(two[1])}?into=one&stays=other", {"apart": "1"})
    assert [(one.one_id, one.other_id) for one in Apart.objects.all()] == [(two[0].pk, two[1].pk)]


def test_the_list_of_merges(two: Any) -> None:
    client = signed_in(curator("publisher"))
    merged(client, two[0])
    page = client.get("/admin/records/merge/")
    assert page.context["cl"].result_count == 1
    assert "The same." in page.text
    assert client.get("/admin/records/merge/add/").status_code == 403
    assert signed_in(curator("editor")).get("/admin/records/merge/").status_code == 200
