"""Records are found by their id and by every spelling of their name, and by nothing that is not public."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records.models import NameForm
from cstokb.records.naming import Wanted, find, nearest, other_forms
from cstokb.records.scope import NOW, Scope
from members.models import Person
from tests.factories import records as make

pytestmark = pytest.mark.django_db


def form(text: str, language: str = "en", kind: str = "alias") -> NameForm:
    return NameForm(text=text, language=language, kind=kind)


@pytest.fixture
def tokayev() -> Person:
    names = [form("Токаев", "ru"), form("Tokaev"), form("Kassym-Zhomart Tokayev", kind="romanisation")]
    return make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", names=names)


def ids(text: str, *, last_word: bool = False, scope: Scope = NOW) -> tuple[int, ...]:
    wanted = Wanted("person", text, last_word)
    return find([wanted], scope)[wanted]


@pytest.mark.parametrize(
    "text",
    [
        "kassym-jomart-tokayev",
        "KASSYM-JOMART-TOKAYEV",
        "Kassym-Jomart Tokayev",
        "kassym\u2011jomart  tokayev",
        "Токаев",
        "ТОКАЕВ",
        "касым-жомарт токаев",
        "tokaev",
    ],
)
def test_an_id_and_every_spelling_name_the_record(tokayev: Person, text: str) -> None:
    assert ids(text) == (tokayev.pk,)


@pytest.mark.parametrize("text", ["Tokaye", "okaev", "Kassym-Jomart", "%", "_okaev", ""])
def test_a_part_of_a_name_names_nothing(tokayev: Person, text: str) -> None:
    assert ids(text) == ()


def test_a_family_name_alone_counts_where_it_is_asked_for(tokayev: Person) -> None:
    assert ids("Tokayev") == ()
    assert ids("Tokayev", last_word=True) == (tokayev.pk,)
    assert ids("jomart tokayev", last_word=True) == ()


def test_several_records_may_bear_a_name(tokayev: Person) -> None:
    other = make.person("another-tokayev", "Tokaev")
    assert ids("Tokaev") == tuple(sorted((tokayev.pk, other.pk)))


def test_a_record_of_another_kind_is_not_meant(tokayev: Person) -> None:
    wanted = Wanted("state", "Tokaev")
    assert find([wanted], NOW) == {wanted: ()}


def test_a_draft_is_not_named_nor_nearest_nor_expanded() -> None:
    make.draft(Person(name_en="Zqxov"), "zqxov")
    assert ids("Zqxov") == ()
    assert nearest("person", "Zqxo", NOW) is None
    assert other_forms(["zqxov", "zqx*"]) == {}


def test_what_was_published_later_was_not_known_before(tokayev: Person) -> None:
    assert ids("Tokaev", scope=Scope(datetime(2025, 12, 31, tzinfo=UTC))) == ()
    assert ids("Tokaev", scope=Scope(datetime(2026, 1, 2, tzinfo=UTC))) == (tokayev.pk,)


def test_the_nearest_is_the_id_of_what_is_spelled_most_alike(tokayev: Person) -> None:
    make.person("emomali-rahmon", "Emomali Rahmon")
    assert nearest("person", "Tokajev", NOW) == "kassym-jomart-tokayev"
    assert nearest("person", "Emomali Rakhmon", NOW) == "emomali-rahmon"
    assert nearest("person", "zzzz", NOW) is None


def test_all_texts_are_looked_up_in_one_query(tokayev: Person) -> None:
    wanted = [Wanted("person", text) for text in ("Tokaev", "Токаев", "nobody")] + [Wanted("state", "kaz")]
    with CaptureQueriesContext(connection) as queries:
        found = find(wanted, NOW)
    assert len(queries) == 1
    assert [bool(found[one]) for one in wanted] == [True, True, False, False]
    with CaptureQueriesContext(connection) as queries:
        assert find([], NOW) == {}
    assert len(queries) == 0


def test_a_name_means_the_other_forms_of_its_record(tokayev: Person) -> None:
    forms = other_forms(["tokaev", "kassym-z*", "nobody"])
    assert set(forms) == {"tokaev", "kassym-z*"}
    assert {"Токаев", "Kassym-Jomart Tokayev"} <= set(forms["tokaev"])
    assert "Tokaev" not in forms["tokaev"]
    assert "Токаев" in forms["kassym-z*"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's plans")
@pytest.mark.parametrize(("keys", "scanned"), [(["tokaev"], 0), (["tokaev", "kassym-z*"], 1)])
@pytest.mark.usefixtures("tokayev")
def test_a_name_is_found_by_its_index_and_only_a_beginning_reads_every_name(
    keys: list[str], scanned: int
) -> None:
    plans: list[str] = []

    def explained(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        execute(f"EXPLAIN QUERY PLAN {sql}", params, many, context)
        plans.extend(row[3] for row in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        other_forms(keys)
    assert len([step for step in plans if step.startswith("SCAN V0")]) == scanned
    assert any(step.startswith("SEARCH records_nameform") for step in plans)


@pytest.mark.parametrize("text", ["\x00", "tokaev\x00", "kassym-jomart\x00-tokayev"])
def test_a_text_with_a_nul_names_nothing(text: str, tokayev: Person) -> None:
    """B055; beside it, one that can be a name is still found."""
    nul, sound = Wanted("person", text), Wanted("person", "Tokaev")
    assert find([nul, sound], NOW) == {nul: (), sound: (tokayev.pk,)}
    assert find([nul], NOW) == {nul: ()}
