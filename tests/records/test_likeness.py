"""Is it here already: names in any script, titles in nearly the same words, one address; told while somebody types."""

from datetime import UTC, datetime
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.likeness import WHOLE, alike, bare_address, called, score, twins
from cstokb.records.models import Apart, Entry, NameForm, Source
from cstokb.records.publish import Change, write
from members.models import Person
from tests.factories import records as make
from tests.factories.curators import curator, sent_back, signed_in

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Alexander Lukashenko", "Aleksandr Lukashenka"),
        ("Nikol Pashinyan", "Pashinyan, Nikol"),
        ("Nikol Pashinyan", "Пашинян Никол"),
        ("Emomali Rahmon", "Emomali Rakhmon"),
    ],
)
def test_names_of_one_person_are_alike_in_any_script_and_order(one: str, other: str) -> None:
    assert score("person", called(one), called(other)) >= 88


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sadyr Japarov", "Akylbek Japarov"),
        ("Kurmanbek Bakiyev", "Askar Akayev"),
        ("Person 1", "Person 2"),
        ("", ""),
        ("Li", "Lu"),
    ],
)
def test_those_of_two_are_not(one: str, other: str) -> None:
    assert score("person", called(one), called(other)) == 0


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Statement on the situation in Syria", "Statement on the situation in Syria.", True),
        ("Statement on the situation in Syria", "On the situation in Syria: statement", True),
        ("Statement of 4 May 2011 on Syria", "Statement of 5 May 2011 on Syria", False),
        ("Statement on Syria", "Statement on Libya", False),
        ("Statement on Syria", "Заявление по Сирии", False),
    ],
)
def test_titles(one: str, other: str, are_alike: bool) -> None:
    assert bool(score("statement", called(one), called(other))) == are_alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.odkb-csto.org/a/", "http://odkb-csto.org/a", True),
        ("https://a.example/x?utm_source=mail&id=2", "https://a.example/x?id=2#part", True),
        ("https://a.example/x?id=2", "https://a.example/x?id=3", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("http://[::1/", "", True),
    ],
)
def test_addresses(one: str, other: str, same: bool) -> None:
    assert (bare_address(one) == bare_address(other)) == same


@pytest.mark.django_db
class TestFinding:
    def found(self, kind: str, *texts: str, **options: Any) -> list[tuple[str, int]]:
        return [(one.entry.slug, one.score) for one in alike(kind, texts, **options)]

    def test_by_any_spelling_drafts_included_and_by_the_likest_first(self) -> None:
        names = [NameForm(text="Hero of the Nation", language="en")]
        make.person("rahmon", "Emomali Rahmon", names=names)
        make.draft(Person(name_en="Emomalii Rahmonn"), "draft")
        make.person("other", "Nikol Pashinyan")
        assert self.found("person", "Эмомали Рахмон") == [("rahmon", WHOLE), ("draft", WHOLE)]
        assert self.found("person", "Hero of the Nation") == [("rahmon", WHOLE)]
        assert self.found("person", "Somebody Else") == self.found("person", "", " ") == []

    def test_what_is_withdrawn_merged_or_itself_is_left_out(self) -> None:
        one = make.person("one", "Emomali Rahmon")
        other = make.person("other", "Emomali Rakhmon")
        assert self.found("person", "Emomali Rahmon", but=one.pk) == [("other", WHOLE)]
        Apart.objects.create(one=one.entry, other=other.entry, by=curator("editor"), at=NOW)
        assert self.found("person", "Emomali Rahmon", but=one.pk) == []
        assert self.found("person", "Emomali Rahmon", but=other.pk) == []
        make.withdrawn(other)
        assert self.found("person", "Emomali Rahmon") == [("one", WHOLE)]

    def test_a_source_by_its_address(self) -> None:
        one = Source(title="First", url="https://www.a.example/x/")
        write([Change(one, "aaaaaaaaaa", "published")], at=make.WRITTEN)
        assert self.found("source", "Second", url="http://a.example/x") == [("aaaaaaaaaa", WHOLE)]
        assert self.found("source", "Second", url="http://a.example/y") == []

    def test_kinds_without_names_are_like_nothing(self) -> None:
        assert alike("attendance", ["Anything"]) == []

    @pytest.mark.parametrize("rows", [1, 20, 200])
    def test_it_costs_the_same_however_many_there_are(self, rows: int) -> None:
        make.bare({f"p-{number}": Person(name_en=f"Person {number}") for number in range(rows)})
        with CaptureQueriesContext(connection) as asked:
            assert self.found("person", "Person 0")[0] == ("p-0", WHOLE)
        assert len(asked) == 3

    def test_pairs_among_many(self) -> None:
        chance = Random(7)
        names = [
            " ".join("".join(chance.choices(ascii_lowercase, k=9)) for _word in "ab") for _one in range(300)
        ]
        make.bare({f"p-{number}": Person(name_en=name) for number, name in enumerate(names)})
        one, other = make.person("one", "Kassym Tokayev"), make.person("other", "Касым Токаев")
        assert twins("person") == [(one.pk, other.pk, WHOLE)]


@pytest.mark.django_db
class TestForms:
    ADD = "/admin/members/person/add/"

    def values(self, client: Any, **changed: Any) -> dict[str, Any]:
        return sent_back(client.get(self.ADD), public_id="new", name_en="Nikol Pashinian", **changed)

    def test_a_similar_record_is_shown_once_and_saved_with_a_tick(self) -> None:
        standing = make.person("nikol-pashinyan", "Nikol Pashinyan")
        client = signed_in(curator("editor"))
        page = client.post(self.ADD, self.values(client))
        assert not Entry.objects.filter(slug="new").exists()
        assert "A similar record stands already." in page.text
        assert f'<a href="/admin/members/person/{standing.pk}/change/">' in page.text
        assert 'name="save_anyway"' in page.text
        assert page.context["adminform"].form["name_en"].value() == "Nikol Pashinian"
        assert client.post(self.ADD, self.values(client, save_anyway="1")).status_code == 302
        assert Entry.objects.get(slug="new").label_en == "Nikol Pashinian"

    def test_another_name_is_saved_at_once(self) -> None:
        make.person("nikol-pashinyan", "Nikol Pashinyan")
        client = signed_in(curator("editor"))
        assert client.post(self.ADD, self.values(client) | {"name_en": "Sadyr Japarov"}).status_code == 302

    def test_a_record_is_not_like_itself_and_is_looked_at_only_where_its_name_is_new(self) -> None:
        one = make.draft(Person(name_en="Nikol Pashinyan"), "one")
        make.person("other", "Nikol Pashinian")
        client, address = signed_in(curator("editor")), f"/admin/members/person/{one.pk}/change/"
        saved = client.post(address, sent_back(client.get(address), note_en="A note."))
        assert saved.status_code == 302
        renamed = client.post(address, sent_back(client.get(address), name_en="Nikol Pashinyann"))
        assert "A similar record stands already." in renamed.text

    def test_the_script_is_answered_in_json(self) -> None:
        standing = make.person("nikol-pashinyan", "Nikol Pashinyan")
        client = signed_in(curator("editor"))
        answer = client.get("/admin/members/person/similar/?name_ru=Никол+Пашинян")
        assert answer.json() == {
            "similar": [
                {
                    "label": "Nikol Pashinyan · nikol-pashinyan",
                    "url": f"/admin/members/person/{standing.pk}/change/",
                    "why": "the same",
                }
            ]
        }
        assert "no-store" in answer["Cache-Control"]
        asked = f"/admin/members/person/similar/?name_en=Nikol+Pashinyan&record={standing.pk}"
        assert client.get(asked).json() == {"similar": []}

    @pytest.mark.parametrize(
        "question", ["", "?name_en=%00", "?name_en=x&record=x", "?name_en=" + "x" * 5000]
    )
    def test_no_question_breaks_it(self, question: str) -> None:
        client = signed_in(curator("editor"))
        assert client.get(f"/admin/members/person/similar/{question}").json() == {"similar": []}

    def test_only_who_may_enter_records_is_answered(self) -> None:
        user = curator("editor")
        user.groups.clear()
        assert signed_in(user).get("/admin/members/person/similar/?name_en=x").status_code == 403

    @pytest.mark.parametrize(
        ("path", "there"),
        [
            ("/admin/members/person/add/", True),
            ("/admin/records/source/add/", True),
            ("/admin/statements/statement/add/", True),
            ("/admin/members/organ/add/", True),
            ("/admin/treaty/instrument/add/", True),
            ("/admin/members/state/add/", True),
            ("/admin/summits/attendance/add/", False),
        ],
    )
    def test_the_panel_stands_on_the_forms_of_what_has_a_name(self, path: str, there: bool) -> None:
        page = signed_in(curator("editor")).get(path).text
        assert ('role="status"' in page) == there
        assert ("js/similar.js" in page) == there
