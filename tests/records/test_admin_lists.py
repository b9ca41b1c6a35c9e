"""The lists of the admin: search in both languages, filters, no query for a row, and any query string."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import Entry, NameForm, Record
from cstokb.records.registry import record_models
from members.models import Person, State
from tests.factories import records as make
from tests.factories.curators import curator, signed_in
from tests.factories.meetings import seat, session
from tests.factories.records import draft, many, member, person, state
from tests.factories.treaties import instrument

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/members/person/"
HOSTILE = (
    "9999",
    "0",
    "-1",
    "99999999999999999999",
    "%00",
    "a%00b",
    "abc",
    "'",
    "1e309",
    "%ff",
    "2022-02-30",
)
NAMES = (
    *("q", "p", "o", "all", "e", "_to_field", "_popup", "_changelist_filters", "_facets", "%00", "nonsense"),
    *("entry__publication__exact", "entry__changed_at__year", "entry__version", "confidence__exact"),
    *("state", "state__entry__exact", "began_on", "began_on_min__year", "created_at__year", "russian"),
)


@pytest.fixture
def editor() -> Client:
    return signed_in(curator("editor"))


def found(client: Client, path: str, **query: str) -> list[str]:
    """The ids of the records in a list, in its order."""
    response = client.get(path, query)
    assert response.status_code == 200
    rows = response.context["cl"].result_list
    return [row.slug if isinstance(row, Entry) else row.entry.slug for row in rows]


class TestSearch:
    @pytest.fixture(autouse=True)
    def people(self) -> None:
        spellings = [NameForm(text="Kassym-Zhomart Tokaev", kind="romanisation")]
        person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", names=spellings)
        person("mikhail-gorbachev", "Mikhail Gorbachev", "Михаил Горбачёв")
        draft(Person(name_en="Tokyo Resident"), "tokyo-resident")

    @pytest.mark.parametrize(
        "typed", ["токаев", "ТОКАЕВ", "Токаев", "ток касым", "tokaev", "Zhomart", "kassym-jomart", "«Токаев»"]
    )
    def test_any_spelling_in_any_case_finds_the_person(self, editor: Client, typed: str) -> None:
        assert found(editor, PEOPLE, q=typed) == ["kassym-jomart-tokayev"]

    @pytest.mark.parametrize("typed", ["горбачев", "ГОРБАЧЁВ", "горбачёв"])
    def test_yo_is_e(self, editor: Client, typed: str) -> None:
        assert found(editor, PEOPLE, q=typed) == ["mikhail-gorbachev"]

    def test_every_word_must_be_there(self, editor: Client) -> None:
        assert found(editor, PEOPLE, q="tok") == ["tokyo-resident", "kassym-jomart-tokayev"]
        assert found(editor, PEOPLE, q="tok gorbachev") == []

    @pytest.mark.parametrize("typed", ["%", "_", "...", "\\"])
    def test_signs_are_no_wildcards(self, editor: Client, typed: str) -> None:
        assert found(editor, PEOPLE, q=typed) == []

    @pytest.mark.parametrize(
        "typed",
        ["договор", "ДОГОВОР", "Договор о коллективной безопасности", "дого", "cst", "treaty security"],
    )
    def test_a_title_is_found_in_both_languages_and_by_its_id(self, editor: Client, typed: str) -> None:
        instrument("cst", "Collective Security Treaty", title_ru="Договор о коллективной безопасности")
        instrument("charter", "Charter", title_ru="Устав")
        assert found(editor, "/admin/treaty/instrument/", q=typed) == ["cst"]
        assert found(editor, "/admin/records/entry/", q=typed) == ["cst"]

    def test_evidence_events_and_revisions_are_found_by_their_record(self, editor: Client) -> None:
        for page in ("evidence", "changeevent", "nameform", "address"):
            slugs = set(found(editor, f"/admin/records/{page}/", q="горбачев"))
            assert slugs == {"mikhail-gorbachev"}


class TestFilters:
    def test_drafts_come_with_their_reason(self, editor: Client) -> None:
        hidden = draft(Person(name_en="Somebody"), "somebody")
        Entry.objects.filter(pk=hidden.pk).update(reason="From memory.")
        person("other", "Other")
        assert found(editor, PEOPLE, entry__publication__exact="draft") == ["somebody"]
        assert "From memory." in editor.get(PEOPLE, {"entry__publication__exact": "draft"}).text
        assert found(editor, "/admin/records/entry/", publication__exact="draft") == ["somebody"]
        assert "From memory." in editor.get("/admin/records/entry/", {"publication__exact": "draft"}).text

    def test_missing_russian_is_a_name_that_repeats_the_english_one(self, editor: Client) -> None:
        person("one", "One"), person("other", "Other", "Другой")
        member(state("kaz", "Kazakhstan", "Казахстан"), "2003-09-18")
        assert found(editor, PEOPLE, russian="missing") == ["one"]
        assert found(editor, "/admin/records/entry/", russian="missing") == ["one"]

    def test_a_list_is_narrowed_by_choices_and_references(self, editor: Client) -> None:
        kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
        member(kaz, "2003-09-18"), member(kgz, "2003-09-18"), member(kgz, "2001", "2002", standing="observer")
        path = "/admin/members/membershipperiod/"
        assert found(editor, path, state__entry__exact=str(kaz.pk)) == ["kaz/member/2003-09-18"]
        assert found(editor, path, standing__exact="observer") == ["kgz/observer/2001"]

    def test_an_address_narrows_also_where_there_are_too_many_records_to_choose_from(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cstokb.records.admin.filters.MOST_CHOICES", 1)
        kaz, kgz = state("kaz", "Kazakhstan"), state("kgz", "Kyrgyzstan")
        member(kaz, "2003-09-18"), member(kgz, "2003-09-18")
        path = "/admin/members/membershipperiod/"
        assert found(editor, path, state__entry__exact=str(kaz.pk)) == ["kaz/member/2003-09-18"]
        shown = editor.get(path, {"state__entry__exact": str(kaz.pk)}).text
        assert f"state__entry__exact={kgz.pk}" not in shown
        assert f"state__entry__exact={kgz.pk}" not in editor.get(path).text
        for odd in ("9" * 30, "x", "-1", "\x00"):
            assert editor.get(path, {"state__entry__exact": odd}).status_code in (200, 302), odd

    def test_the_site_in_russian_names_and_sorts_in_russian(self, editor: Client) -> None:
        state("blr", "Zeta", "Альфа"), state("arm", "Beta", "Вега")
        assert found(editor, "/ru/admin/members/state/") == ["blr", "arm"]
        assert found(editor, "/admin/members/state/") == ["arm", "blr"]
        assert "Альфа" in editor.get("/ru/admin/members/state/").text


class TestFinder:
    URL = "/admin/autocomplete/"

    def ask(self, client: Client, model: str, field: str, term: str = "") -> object:
        app, name = model.split(".")
        return client.get(self.URL, {"app_label": app, "model_name": name, "field_name": field, "term": term})

    def test_it_answers_labels_ids_and_publication(self, editor: Client) -> None:
        person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
        draft(Person(name_en="Tokyo Resident"), "tokyo-resident")
        response = self.ask(editor, "members.term", "person", "ТОКАЕВ")
        (one,) = response.json()["results"]  # type: ignore[attr-defined]
        assert one["text"] == "Kassym-Jomart Tokayev · kassym-jomart-tokayev"
        (two,) = self.ask(editor, "members.term", "person", "tokyo").json()["results"]  # type: ignore[attr-defined]
        assert two["text"] == "Tokyo Resident · tokyo-resident · draft"

    @pytest.mark.parametrize("group", ["nobody", "editor", "reviewer", "publisher", "administrator"])
    def test_every_box_answers_those_who_may_see_its_records_and_nobody_else(self, group: str) -> None:
        """B052: each model and each of its references."""
        user = curator("editor" if group == "nobody" else group)
        if group == "nobody":
            user.groups.clear()
        client = signed_in(user)
        found = {
            (model, field): self.ask(client, model, field).status_code  # type: ignore[attr-defined]
            for model, field in boxes()
        }
        assert set(found.values()) == {403 if group == "nobody" else 200}
        assert len(found) > 60

    def test_the_right_to_see_one_kind_opens_the_boxes_of_that_kind_alone(self) -> None:
        """B052."""
        looker = curator("editor")
        looker.groups.clear()
        looker.user_permissions.set(Permission.objects.filter(codename="view_person"))
        client = signed_in(looker)
        for field, status in (("person", 200), ("office", 403)):
            assert self.ask(client, "members.term", field).status_code == status  # type: ignore[attr-defined]

    def test_without_the_right_to_see_the_target_it_is_forbidden(self) -> None:
        """B052."""
        nobody = curator("editor")
        nobody.groups.clear()
        client = signed_in(nobody)
        for field in ("person", "office"):
            assert self.ask(client, "members.term", field).status_code == 403  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("model", "field"),
        [
            ("nope.term", "person"),
            ("members.nope", "person"),
            ("members.term", "nope"),
            ("members.state", "name_en"),
            ("members.state", "memberships"),
            ("accounts.apitoken", "user"),
            ("records.revision", "author"),
            ("\x00.\x00", "\x00"),
        ],
    )
    def test_what_is_unknown_looks_like_what_is_forbidden(
        self, editor: Client, model: str, field: str
    ) -> None:
        """B052."""
        forbidden = self.ask(editor, "accounts.apitoken", "user")
        response = self.ask(editor, model, field)
        assert response.status_code == 403  # type: ignore[attr-defined]
        pages = [re.sub(r'href="[^"]*"', "", one.text) for one in (response, forbidden)]  # type: ignore[attr-defined]
        assert pages[0] == pages[1]  # but for the page's own address in its links

    def test_a_hostile_page_or_term_is_no_fault(self, editor: Client) -> None:
        values = {"app_label": "members", "model_name": "term", "field_name": "person"}
        for extra in (
            {"term": "\x00"},
            {"term": "x" * 10_000},
            {"page": "99999999999999999999"},
            {"page": "\x00"},
        ):
            assert editor.get(self.URL, values | extra).status_code in {200, 404}


def boxes() -> list[tuple[str, str]]:
    """Every reference of a kind of record to another kind: model and field."""
    return [
        (model._meta.label_lower, field.name)
        for model in record_models().values()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and issubclass(field.remote_field.model, Record)
    ]


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


class TestQueries:
    def test_a_list_of_records_costs_the_same_for_20_and_200(self, editor: Client) -> None:
        """B100."""

        def add(first: int, last: int) -> None:
            people: dict[str, Record] = {f"p-{n}": Person(name_en=f"Person {n}") for n in range(first, last)}
            many(people)

        add(0, 20)
        assert queries(editor, PEOPLE) == 7  # the first page notes who is there
        assert queries(editor, PEOPLE) == 6
        add(20, 200)
        assert queries(editor, PEOPLE) == 6
        assert queries(editor, f"{PEOPLE}?q=person") == 6
        assert queries(editor, "/admin/records/entry/") == queries(editor, "/admin/records/changeevent/") == 6
        assert queries(editor, "/admin/records/evidence/") == 6

    def test_columns_that_name_other_records_cost_no_query(self, editor: Client) -> None:
        meeting = session("2022-05-16-moscow", "2022-05-16")
        for n in range(3):
            who = draft(State(alpha2=f"s{n}", name_en=f"State {n}"), f"s{n:02}")
            seat(meeting, who, person(f"p-{n}", f"P {n}"))
        queries(editor, "/admin/summits/attendance/")  # the first page notes who is there
        few = queries(editor, "/admin/summits/attendance/")
        for n in range(3, 20):
            draft(State(alpha2=f"{n:02}", name_en=f"State {n}"), f"t{n:02}")
        for number, one in enumerate(State.objects.filter(entry__slug__startswith="t")):
            seat(meeting, one, person(f"q-{number}", f"Q {number}"))
        assert queries(editor, "/admin/summits/attendance/") == few == 8

    def test_a_form_with_much_evidence_costs_no_query_for_each(self, editor: Client) -> None:
        from cstokb.records.models import Evidence
        from cstokb.records.publish import Change, write

        kaz = state("kaz", "Kazakhstan")
        path = f"/admin/members/state/{kaz.pk}/change/"
        queries(editor, path)  # the first one also meets what Django keeps afterwards
        few = queries(editor, path)
        rows = [Evidence(source=make.source(f"{n:010}")) for n in range(20)]
        write([Change(kaz, "kaz", evidence=rows)], at=make.WRITTEN)
        assert queries(editor, path) == few


@pytest.mark.parametrize("path", ["/admin/members/membershipperiod/", "/admin/records/entry/"])
def test_no_query_string_breaks_a_list(editor: Client, path: str) -> None:
    member(state("kaz", "Kazakhstan"), "2003-09-18")
    statuses = {editor.get(f"{path}?{name}={value}").status_code for name in NAMES for value in HOSTILE}
    assert statuses <= {200, 302, 400}


@pytest.mark.parametrize("page", ["change", "delete", "withdraw", "history"])
@pytest.mark.parametrize("key", ["0", "99999999999999999999", "%00", "abc", "-1", "%F0%9F%98%80"])
def test_no_key_breaks_a_page(page: str, key: str) -> None:
    client = signed_in(curator("publisher"))
    assert client.get(f"/admin/members/state/{key}/{page}/").status_code in {302, 404}


@pytest.mark.parametrize(
    "hidden", ["entry__events__by__password__startswith", "entry__revisions__author__email"]
)
def test_hidden_columns_are_no_filters(editor: Client, hidden: str) -> None:
    """B051."""
    assert editor.get(PEOPLE, {hidden: "p"}).status_code == 400


def test_no_list_is_edited_in_place() -> None:
    """B096: what is saved from a list without a version would overwrite what others saved meanwhile."""
    assert [shown for shown in admin.site._registry.values() if shown.list_editable] == []


def test_every_kind_of_record_has_its_list_and_form(editor: Client) -> None:
    for model in record_models().values():
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert [editor.get(path).status_code, editor.get(f"{path}add/").status_code] == [200, 200]
