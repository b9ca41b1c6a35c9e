"""Travelling formulas: what three years of declarations keep, alter, drop and say anew, on every surface."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstokb.records import indexing
from statements.choices import KinKind
from statements.consistency import formulas_match_the_passages
from statements.formulas import table
from statements.formulas.table import FOLLOWER
from statements.formulas.travels import Travelled, travels_of
from statements.models import (
    Formula,
    FormulaKinship,
    FormulaShingle,
    Passage,
    Saying,
    Statement,
    StatementText,
)
from tests.factories import meetings
from tests.factories import records as make
from tests.listing.asking import ask, body, data, faults

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)

WE = "We, the heads of state of the members of the Collective Security Treaty Organization, declare as follows."
PEACE = "The member states hold that force must never be used against the territorial integrity of any state."
TERROR = "The member states condemn terrorism in all its forms and will go on acting together against it."
DRUGS = "The fight against the illicit traffic in narcotic drugs from Afghanistan remains a common task of all members."
VACCINE = (
    "Recovery of the economies after the pandemic calls for mutual recognition of vaccines between members."
)
DIGITAL = "Members intend to agree rules of conduct of states in the field of information security within two years."

DECLARATIONS = {
    "2019-11-28-declaration": (WE, PEACE, TERROR, DRUGS),
    "2020-12-02-declaration": (WE, PEACE, TERROR.replace("condemn", "resolutely condemn"), VACCINE),
    "2021-09-16-declaration": (
        f"«{WE}»",
        TERROR.replace("condemn", "resolutely and unanimously condemn"),
        DIGITAL,
        DRUGS,
    ),
}


def declaration(slug: str, passages: Sequence[str], language: str = "en", **fields: object) -> StatementText:
    one = Statement.objects.filter(entry__slug=slug).first() or meetings.statement(
        slug, slug[:10], type="declaration", title_en=f"Declaration {slug[:4]}", **fields
    )
    text = meetings.text(one, language)
    for number, words in enumerate(passages, start=1):
        row = Passage(statement=one, statement_text=text, anchor=f"p{number}", order=number, text=words)
        make.published(row, f"{slug}/{'' if language == 'en' else f'{language}/'}p{number}")
    return text


def page(path: str, status: int = 200) -> str:
    return re.sub(r"\s+", " ", body(ask(path, status)).decode())


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(path)))


def travelled(public_id: str) -> Travelled:
    (found,) = travels_of([Passage.objects.get(entry__slug=public_id).pk]).values()
    return found


def ids(keys: Sequence[int | None]) -> list[str]:
    return [Passage.objects.get(pk=key).public_id for key in keys if key]


@pytest.fixture(scope="class")
def three_years(own_database: None) -> None:
    for slug, passages in DECLARATIONS.items():
        declaration(slug, passages)
    meetings.statement("2018-11-08-declaration", "2018-11-08", type="declaration", title_en="Declaration 2018",
                       title_ru="Декларация 2018", summary_en="Speaks of peace.", summary_basis="title")  # fmt: skip


BOTH_NEW = ("new - p3", "new - p4")


@pytest.mark.usefixtures("three_years")
class TestThreeYears:
    def test_each_passage_is_new_kept_or_altered(self) -> None:
        said = {
            row["id"]: (row["said"], row["earlier"])
            for row in data("/api/v1/formulas/?page_size=50")["results"]
        }
        first, second, third = DECLARATIONS
        assert said == {
            **{f"{first}/p{number}": ("new", None) for number in (1, 2, 3, 4)},
            f"{second}/p1": ("repeated", f"{first}/p1"),
            f"{second}/p2": ("repeated", f"{first}/p2"),
            f"{second}/p3": ("altered", f"{first}/p3"),
            f"{second}/p4": ("new", None),
            f"{third}/p1": ("repeated", f"{second}/p1"),
            f"{third}/p2": ("altered", f"{second}/p3"),
            f"{third}/p3": ("new", None),
            f"{third}/p4": ("repeated", f"{first}/p4"),
        }

    def test_first_said_last_said_and_never_again(self) -> None:
        rows = {row["id"]: row for row in data("/api/v1/formulas/?page_size=50")["results"]}
        first, second, third = DECLARATIONS

        def told(public_id: str) -> tuple[str, str, int, bool]:
            row = rows[public_id]
            return row["first_said"], row["last_said"], row["times"], row["said_again"]

        assert told(f"{first}/p3") == (f"{first}/p3", f"{third}/p2", 3, True)
        assert told(f"{second}/p2") == (f"{first}/p2", f"{second}/p2", 2, False)
        assert told(f"{first}/p4") == (f"{first}/p4", f"{third}/p4", 2, True)
        assert told(f"{second}/p4") == (f"{second}/p4", f"{second}/p4", 1, False)

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ("2019", "2020", ["repeated p1 p1", "repeated p2 p2", "altered p3 p3", "new - p4", "dropped p4 -"]),
            ("2020", "2021", ["repeated p1 p1", "dropped p2 -", "altered p3 p2", "dropped p4 -", *BOTH_NEW]),
            ("2019", "2021", ["repeated p1 p1", "dropped p2 -", "altered p3 p2", "new - p3", "repeated p4 p4"]),
        ],
    )  # fmt: skip
    def test_two_of_them_side_by_side_say_the_same_everywhere(
        self, a: str, b: str, expected: list[str]
    ) -> None:
        named = {slug[:4]: slug for slug in DECLARATIONS}
        asked = f"a={named[a]}&b={named[b]}"
        told = data(f"/statements/compare.json?{asked}")
        rows = [f"{row['outcome']} {row['a'] or '-'} {row['b'] or '-'}" for row in told["passages"]]
        assert sorted(rows) == sorted(expected)
        assert data(f"/api/v1/statement-comparison/?{asked}") == told
        lines = list(csv.DictReader(io.StringIO(body(ask(f"/statements/compare.csv?{asked}")).decode())))
        assert [f"{row['outcome']} {row['a'] or '-'} {row['b'] or '-'}" for row in lines] == rows
        shown = re.findall(r'<span class="became">(\w+)', page(f"/statements/compare/?{asked}"))
        assert [word.lower() for word in shown] == [row.split()[0] for row in rows]

    def test_what_was_altered_is_shown_word_by_word(self) -> None:
        shown = page("/statements/compare/?a=2019-11-28-declaration&b=2020-12-02-declaration")
        assert re.search(r"<ins>.*?resolutely", shown)
        assert "<del>" not in shown
        assert 'href="/statements/2020-12-02-declaration/#p3"' in shown

    def test_later_before_earlier_is_said(self) -> None:
        asked = "a=2021-09-16-declaration&b=2019-11-28-declaration"
        assert "The first is the later text" in words(f"/statements/compare/?{asked}")

    def test_the_panel_of_the_statement(self) -> None:
        said = words("/statements/2021-09-16-declaration/")
        assert "Beside the earlier texts held in its language: 2 repeated, 1 altered, 1 new." in said
        assert "2 passages of the text before it in its series are neither repeated nor altered here." in said
        assert PEACE in said
        shown = page("/statements/2021-09-16-declaration/")
        assert 'href="/statements/2019-11-28-declaration/#p4"' in shown
        assert "a=2020-12-02-declaration&amp;b=2021-09-16-declaration" in shown

    def test_where_a_text_is_not_held_the_summaries_stand_side_by_side(self) -> None:
        asked = "a=2018-11-08-declaration&b=2019-11-28-declaration"
        said = words(f"/statements/compare/?{asked}")
        assert "The text of Declaration 2018 is not held." in said
        assert "Restatement our summary; it rests on the title and reports of it Speaks of peace." in said
        assert "There is no summary of it yet." in said
        assert "Декларация 2018" in words(f"/ru/statements/compare/?{asked}")
        told = data(f"/statements/compare.json?{asked}")
        assert (told["lang"], told["passages"], told["a"]["held"], told["b"]["held"]) == (
            None,
            [],
            False,
            True,
        )

    def test_the_list_narrows_by_what_a_passage_does(self) -> None:
        first, second, third = DECLARATIONS
        altered = data("/api/v1/formulas/?said=altered")["results"]
        assert [row["id"] for row in altered] == [f"{third}/p2", f"{second}/p3"]
        never = data(f"/api/v1/formulas/?again=no&statement={first}")["results"]
        assert [row["id"] for row in never] == []
        gone = data(f"/api/v1/formulas/?again=no&statement={second}")["results"]
        assert [row["id"] for row in gone] == [f"{second}/p2", f"{second}/p4"]
        lines = list(csv.DictReader(io.StringIO(body(ask("/statements/formulas.csv?said=altered")).decode())))
        assert [row["id"] for row in lines] == [row["id"] for row in altered]
        assert "Altered from: Declaration 2020, p3" in words("/statements/formulas/?said=altered")

    def test_an_earlier_moment_compares_what_was_known_then_and_the_list_refuses_it(self) -> None:
        asked = "a=2019-11-28-declaration&b=2020-12-02-declaration"
        before = words(f"/statements/compare/?{asked}&known_on=2026-01-02")
        assert "Repeated: 2 · Altered: 1 · New: 1 · Dropped: 1" in before
        ask(f"/statements/compare/?{asked}&known_on=2025-12-31", 400)
        (fault,) = faults("/api/v1/formulas/?known_on=2026-01-02")
        assert fault["parameter"] == "known_on"
        said = words("/statements/2020-12-02-declaration/?known_on=2026-01-02")
        assert "What a text repeats and alters of earlier texts is known for the present only." in said
        assert "Dropped since the text before" not in said

    def test_a_corrected_text_is_compared_as_it_was_known(self) -> None:
        passage = Passage.objects.get(entry__slug="2020-12-02-declaration/p2")
        passage.text = DIGITAL
        make.rewritten(passage, at=LATER)
        asked = "a=2019-11-28-declaration&b=2020-12-02-declaration"
        assert data(f"/statements/compare.json?{asked}")["counts"]["dropped"] == 2
        assert data(f"/statements/compare.json?{asked}&known_on=2026-01-15")["counts"]["dropped"] == 1

    def test_a_question_that_names_nothing_is_refused(self) -> None:
        (fault,) = faults("/statements/compare.json?a=2019-11-28-declaration")
        assert (fault["parameter"], fault["code"]) == ("b", "required")
        (fault,) = faults("/statements/compare.json?a=2019-11-28-declaration&b=2020-12-02-declaratio")
        assert (fault["code"], fault["nearest"]) == ("names_nothing", "2020-12-02-declaration")
        assert "Name two statements" in words("/statements/compare/")


class TestTables:
    def test_a_draft_says_nothing_and_what_is_withdrawn_says_it_no_more(self) -> None:
        text = declaration("2019-11-28-declaration", [WE, PEACE])
        meetings.passage(text, "p3", TERROR, publication="draft")
        assert Saying.objects.count() == 2
        make.withdrawn(Passage.objects.get(entry__slug="2019-11-28-declaration/p2"))
        assert Saying.objects.count() == Formula.objects.count() == 1
        make.withdrawn(text.statement)
        assert not Saying.objects.exists()
        assert not Formula.objects.exists()

    def test_two_languages_have_nothing_in_common(self) -> None:
        declaration("2019-11-28-declaration", [WE])
        declaration("2020-12-02-declaration", [WE], "fr")
        assert travelled("2020-12-02-declaration/fr/p1").said == "new"

    def test_russian_texts_are_compared_like_english_ones(self) -> None:
        said = (
            "Государства-члены осуждают терроризм во всех его проявлениях и намерены бороться с ним сообща."
        )
        declaration("2019-11-28-declaration", [said], "ru")
        declaration("2020-12-02-declaration", [said.replace("осуждают", "решительно осуждают")], "ru")
        found = travelled("2020-12-02-declaration/ru/p1")
        assert (found.said, ids([found.earlier])) == ("altered", ["2019-11-28-declaration/ru/p1"])
        asked = "a=2019-11-28-declaration&b=2020-12-02-declaration"
        assert data(f"/statements/compare.json?{asked}")["lang"] == "ru"
        declaration("2021-09-16-declaration", [PEACE])
        said_so = words("/statements/compare/?a=2019-11-28-declaration&b=2021-09-16-declaration")
        assert "No language is held of both" in said_so

    def test_texts_of_one_day_and_undated_ones_are_no_earlier_ones(self) -> None:
        declaration("2019-11-28-declaration", [WE])
        declaration("2019-11-28-other", [WE])
        assert travelled("2019-11-28-other/p1").said == "new"
        undated = meetings.text(meetings.statement("undated"))
        meetings.passage(undated, "p1", WE)
        assert travelled("undated/p1").said is None
        vague = meetings.text(meetings.statement("vague", "2019-11"))
        meetings.passage(vague, "p1", WE)
        assert travelled("vague/p1").said == "new"
        known = meetings.text(meetings.statement("known", "2019-12-01"))
        meetings.passage(known, "p1", WE)
        assert travelled("known/p1").said == "repeated"

    def test_a_long_run_of_another_text_is_a_quotation(self) -> None:
        declaration("2019-11-28-declaration", [PEACE])
        speech = (
            "Let me recall to this distinguished audience, which knows our region better than I ever could, "
            f"what was declared: {PEACE} Nothing that has happened since then, however painful, gives us any reason "
            "to take back a single word of it, and I am grateful to all who have kept to it in hard times."
        )
        meetings.passage(meetings.text(meetings.statement("speech", "2020-01-01")), "p1", speech)
        found = travelled("speech/p1")
        assert (found.said, ids(found.quotes)) == ("new", ["2019-11-28-declaration/p1"])
        assert "Quotes" in words("/statements/speech/")

    def test_a_new_day_of_a_statement_changes_who_said_it_first(self) -> None:
        declaration("2019-11-28-declaration", [WE])
        declaration("2020-12-02-declaration", [WE])
        early = Statement.objects.get(entry__slug="2020-12-02-declaration")
        early.issued_on = "2018-01-01"
        make.rewritten(early, at=LATER)
        assert travelled("2020-12-02-declaration/p1").said == "new"
        assert travelled("2019-11-28-declaration/p1").said == "repeated"

    def test_they_are_made_anew_and_the_check_tells_what_is_wrong(self) -> None:
        for slug, passages in DECLARATIONS.items():
            declaration(slug, passages)

        def kept() -> tuple[int, ...]:
            return tuple(model.objects.count() for model in (Saying, Formula, FormulaKinship))

        before = kept()
        list(FOLLOWER.rebuild())
        assert kept() == before == (12, 8, 6)
        assert all(follower.is_complete() for follower in indexing.followers())
        today = date(2026, 3, 5)
        assert list(formulas_match_the_passages(today)) == []
        Saying.objects.filter(passage__entry__slug="2019-11-28-declaration/p1").delete()
        (broken,) = formulas_match_the_passages(today)
        assert broken.id == "2019-11-28-declaration/p1"

    def test_made_anew_portion_by_portion_they_are_mended_and_never_empty(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for slug, passages in DECLARATIONS.items():
            declaration(slug, passages)

        def rows() -> list[set[tuple[object, ...]]]:
            return [
                set(Saying.objects.values_list("passage_id", "formula__digest", "earliest", "latest")),
                set(FormulaShingle.objects.values_list("formula__digest", "value")),
                set(FormulaKinship.objects.values_list("one__digest", "other__digest", "kin", "share")),
            ]

        right = rows()
        one, other = Formula.objects.exclude(pk__in=FormulaKinship.objects.values("one_id"))[:2]
        FormulaKinship.objects.create(one=one, other=other, kin=KinKind.ALTERED, share=1)
        FormulaKinship.objects.filter(share__lt=1).update(share=0.125)
        FormulaShingle.objects.filter(formula=one).delete()
        Formula.objects.create(language="en", digest="said by nobody", words=8)
        assert rows() != right
        monkeypatch.setattr(table, "BATCH", 2)
        said = [(str(step.what), step.done, step.total) for step in FOLLOWER.rebuild() if all(rows())]
        assert rows() == right
        assert not Formula.objects.filter(digest="said by nobody").exists()
        assert [row for row in said if row[0] == "Reading what passages repeat"] == [
            ("Reading what passages repeat", done, 12) for done in (2, 4, 6, 8, 10, 12)
        ]
        assert said[6:11] == [("Comparing what passages repeat", done, 9) for done in (2, 4, 6, 8, 9)]

    def test_few_passages_and_many_cost_the_same(self) -> None:
        def cost(path: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                body(ask(path))
            return len(asked)

        declaration("2019-11-28-declaration", [WE])
        declaration("2020-12-02-declaration", [WE])
        paths = (
            "/statements/2020-12-02-declaration/",
            "/statements/compare/?a=2019-11-28-declaration&b=2020-12-02-declaration",
            "/statements/formulas/",
        )
        few = [cost(path) for path in paths]
        text = StatementText.objects.get(entry__slug="2020-12-02-declaration/en")
        for number in range(2, 12):
            meetings.passage(text, f"p{number}", f"{PEACE} {number}")
        assert [cost(path) for path in paths] == few == [STATEMENT, COMPARED, LISTED]

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's plans")
    def test_the_text_before_is_looked_for_in_its_series_alone(self) -> None:
        declaration("2019-11-28-declaration", [WE])
        declaration("2020-12-02-declaration", [WE])
        with CaptureQueriesContext(connection) as captured:
            ask("/statements/2020-12-02-declaration/")
        (asked,) = [one["sql"] for one in captured if "statements_saying" in one["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "statement_by_series" in plan, plan


#: One more than a statement whose text is not held costs: its formulas and the text before it.
STATEMENT = 7
#: Revision, two statements, their texts and passages, and names.
COMPARED = 5
#: Revision, count and facets, rows, formulas, and names.
LISTED = 5
