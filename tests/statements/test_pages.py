"""The page of a statement, and what others' pages show of statements."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Person, State
from statements.models import Statement
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, faults

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def words(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(path)))


@pytest.fixture(scope="class")
def states(own_database: None) -> dict[str, State]:
    return {slug: make.state(slug, name) for slug, name in (("arm", "Armenia"), ("kaz", "Kazakhstan"))}


@pytest.fixture(scope="class")
def leader(own_database: None) -> Person:
    return make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev")


@pytest.fixture(scope="class")
def joint(states: dict[str, State]) -> Statement:
    """A collective text of which no words are held."""
    one = meetings.statement(
        "2025-06-30-joint",
        "2025-06-30",
        title_en="On the Middle East",
        title_is_ours=True,
        summary_en="Condemns the strikes.",
        summary_basis="title",
        languages="en,ru",
    )
    meetings.stood(one, states["arm"], "did-not-join", reason_en="of its own will")
    meetings.stood(one, states["kaz"])
    return one


@pytest.fixture(scope="class")
def report(leader: Person, joint: Statement) -> Statement:
    """A press report with a quotation of a speaker and one of the joint text, which cites an article."""
    treaty = treaties.instrument("cst", short_en="Collective Security Treaty")
    one = meetings.statement(
        "2022-05-report", "2022-05~", type="report", issuer="press", title_en="Mechanism"
    )
    text = meetings.text(one, standing="unofficial-translation", complete=False, original=True)
    meetings.passage(
        text,
        "p1",
        "We stand <together>.",
        role="quotation",
        speaker=leader,
        speaker_office_en="President of Kazakhstan",
    )
    cited = meetings.passage(text, "p2a", "If one is attacked", order=2, role="quotation", quotes=joint)
    meetings.reference(cited, provision=treaties.article(treaty, "4"), note_en="The older wording.")
    meetings.reference(cited, 2, provision=treaties.article(treaty, "7"), basis="tagged")
    return one


@pytest.mark.usefixtures("joint")
class TestTextNotHeld:
    def test_it_says_so_and_shows_a_summary_marked_ours_with_its_basis(self) -> None:
        said = words("/statements/2025-06-30-joint/")
        assert "Text not held The text of this statement is not held." in said
        assert (
            "Restatement our summary; it rests on the title and reports of it Condemns the strikes." in said
        )
        assert "The title is in our words." in said
        assert "Languages known English, Russian" in said
        assert 'class="passage"' not in page("/statements/2025-06-30-joint/")

    def test_how_each_state_stood_to_it(self) -> None:
        said = words("/statements/2025-06-30-joint/")
        assert "Armenia did not join of its own will Kazakhstan joined" in said

    def test_the_list_says_how_many_texts_are_held(self) -> None:
        held = meetings.text(meetings.statement("2020-01-01-held", "2020-01-01"))
        meetings.passage(held, "p1")
        said = words("/statements/")
        assert "Texts held, whole or in part: 1 of 2." in said
        assert "Statement · Collective Security Council · Text not held" in said

    def test_a_text_that_was_not_adopted_says_so(self) -> None:
        meetings.statement("2022-11-23-draft", "2022-11-23", adopted="no", title_en="Draft declaration")
        assert "Not adopted · Statement · Collective Security Council" in words(
            "/statements/2022-11-23-draft/"
        )
        assert "Not adopted" not in words("/statements/2025-06-30-joint/")


@pytest.mark.usefixtures("report")
class TestTextHeld:
    def test_each_passage_has_its_anchor_number_and_speaker(self) -> None:
        shown = page("/statements/2022-05-report/")
        assert re.findall(r'<div class="passage" id="(\w+)"> <a class="pn" href="#(\w+)"', shown) == [
            ("p1", "p1"),
            ("p2a", "p2a"),
        ]
        assert 'aria-label="Passage 2a"' in shown
        assert "We stand &lt;together&gt;." in shown
        said = words("/statements/2022-05-report/")
        assert "Kassym-Jomart Tokayev , President of Kazakhstan" in said
        assert "from: On the Middle East" in said

    def test_what_a_passage_cites_and_leans_on(self) -> None:
        said = words("/statements/2022-05-report/")
        assert "Cites: Article 4, Collective Security Treaty . The older wording." in said
        assert "Leans on: Article 7, Collective Security Treaty" in said
        assert 'href="/treaties/cst/art-4/"' in page("/statements/2022-05-report/")

    def test_whose_words_they_are_and_that_not_all_are_held(self) -> None:
        said = words("/statements/2022-05-report/")
        assert "Quotation only some passages are held" in said
        assert "Text Only some passages held" in said

    def test_the_article_shows_the_passages_that_cite_it(self) -> None:
        shown = page("/treaties/cst/art-4/")
        assert 'id="passages-cites"' in shown
        assert 'href="/statements/2022-05-report/#p2a"' in shown
        assert "If one is attacked" in shown
        assert "passages-cites" not in page("/treaties/cst/")

    def test_the_quoted_text_shows_where_it_is_quoted(self) -> None:
        said = words("/statements/2025-06-30-joint/")
        assert re.search(r"Quoted in 1 .* p2a If one is attacked", said)

    def test_the_speaker_shows_the_report(self) -> None:
        assert 'href="/statements/2022-05-report/"' in page("/people/kassym-jomart-tokayev/")

    def test_a_language_that_is_not_held_is_said_and_another_shown(self) -> None:
        said = words("/statements/2022-05-report/?lang=ru")
        assert "There is no text in this language yet: Russian." in said
        assert "There is no text" not in words("/statements/2022-05-report/")
        ask("/statements/2022-05-report/?lang=xx", 400)

    def test_each_language_version_has_the_same_anchors(self, report: Statement) -> None:
        russian = meetings.text(report, "ru", standing="authentic", complete=True)
        meetings.reference(
            make.published(
                russian.passages.model(
                    statement=report, statement_text=russian, anchor="p1", order=1, text="Мы вместе."
                ),
                "2022-05-report/ru/p1",
            ),
            instrument=treaties.instrument("charter"),
        )
        shown = page("/statements/2022-05-report/?lang=ru")
        assert "Мы вместе." in shown
        assert "We stand" not in shown
        assert 'href="?lang=en"' in shown
        assert "We stand" in page("/statements/2022-05-report/")


def test_an_unknown_parameter_is_refused_in_json() -> None:
    meetings.statement("2020-01-01-one", "2020-01-01")
    (fault,) = faults("/statements/2020-01-01-one.json?foo=1")
    assert fault["parameter"] == "foo"


def test_a_statement_costs_the_same_with_few_passages_and_with_many(states: dict[str, State]) -> None:
    costs = []
    for number, many in enumerate((1, 12)):
        one = meetings.statement(f"2020-01-0{number + 1}-text", f"2020-01-0{number + 1}")
        text = meetings.text(one)
        for place in range(many):
            meetings.passage(text, f"p{place + 1}")
        for state in states.values():
            meetings.stood(one, state)
        with CaptureQueriesContext(connection) as queries:
            ask(f"/statements/2020-01-0{number + 1}-text/")
        costs.append(len(queries))
    assert costs == [STATEMENT, STATEMENT]


#: Revision, row, texts and states, passages and what they cite, panels, formulas with the text before, and names with
#: evidence, spellings and topics.
STATEMENT = 7
