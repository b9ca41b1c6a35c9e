"""Statements as Akoma Ntoso, plain text, linked data and citations, and language versions side by side."""

import json
import re

import pytest

from members.models import Person
from statements.models import Passage, Statement
from tests.factories import meetings, treaties
from tests.factories import records as make
from tests.listing.asking import ask, body, faults
from tests.treaty.akn import all_of, document, words

pytestmark = pytest.mark.django_db
PAGE = "/statements/2022-05-16-address/"


def text_of(path: str) -> str:
    return body(ask(path)).decode()


def said(path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(path)))


@pytest.fixture(scope="class")
def leader(own_database: None) -> Person:
    leader = make.person("kassym-jomart-tokayev", "Kassym-Jomart Tokayev", "Касым-Жомарт Токаев")
    kaz = make.state("kaz", "Kazakhstan", "Казахстан")
    office = make.office(
        "kaz/president", "President of Kazakhstan", state=kaz, name_ru="Президент Казахстана"
    )
    make.term(leader, office, "2019-03-20")
    former = make.office("kaz/senate", "Chairman of the Senate", state=kaz, role="official")
    make.term(leader, former, "2013-10-16", "2019-03-19")
    return leader


@pytest.fixture(scope="class")
def address(leader: Person) -> Statement:
    """An address in two languages: the third paragraph was put in later, the fourth is held in Russian alone."""
    treaty = treaties.instrument("cst", "Collective Security Treaty")
    treaties.article(treaty, "4")
    one = meetings.statement(
        "2022-05-16-address",
        "2022-05-16",
        type="address",
        issuer="speaker",
        speaker=leader,
        title_en="Address & reply",
        title_ru="Речь",
        languages="en,ru",
    )
    russian = meetings.text(one, "ru", original=True, standing="authentic")
    english = meetings.text(one, "en", original=False, standing="unofficial-translation")
    for number, anchor in enumerate(("p1", "p2", "p2a", "p3"), start=1):
        make.published(
            Passage(
                statement=one, statement_text=russian, anchor=anchor, order=number, text=f"Слова {anchor}."
            ),
            f"2022-05-16-address/ru/{anchor}",
        )
    meetings.passage(english, "p1", "Opening", role="heading", order=1)
    meetings.passage(english, "p2", "By Article 4 of the Treaty.\n\nAnd <so> on.", order=2, speaker=leader)
    meetings.passage(english, "p2a", "Put in later.", order=3)
    return one


@pytest.mark.usefixtures("address")
class TestSideBySide:
    def test_both_versions_stand_passage_by_passage_the_original_first_and_marked(self) -> None:
        shown = re.sub(r"\s+", " ", text_of(PAGE))
        places = re.findall(r'<div class="passage[^"]*" id="(\w+)">(.*?)class="ptools"', shown)
        assert [anchor for anchor, _markup in places] == ["p1", "p2", "p2a", "p3"]
        cells = [re.findall(r'<blockquote class="text" lang="(\w+)">', markup) for _anchor, markup in places]
        assert cells == [["ru", "en"], ["ru", "en"], ["ru", "en"], ["ru"]]
        assert "Not held in this language." in places[3][1]
        heads = re.findall(r'<p class="row"> <b>(\w+)</b>(.*?)</p>', shown)
        assert [(label, "original" in rest) for label, rest in heads] == [
            ("Russian", True),
            ("English", False),
        ]

    def test_one_version_alone_where_it_is_asked_for(self) -> None:
        english = text_of(f"{PAGE}?lang=en")
        assert "Put in later." in english
        assert "Слова" not in english
        assert 'id="p2a"' in english
        assert "There is no text in this language yet: French." in said(f"{PAGE}?lang=fr")

    def test_the_office_is_that_of_the_day_where_the_record_names_none(self) -> None:
        assert "Office on that day President of Kazakhstan" in said(PAGE)
        assert "Chairman of the Senate" not in said(PAGE)
        assert "Президент Казахстана" in said(f"/ru{PAGE}")


@pytest.mark.usefixtures("address")
class TestAkomaNtoso:
    def test_it_is_valid_and_its_paragraphs_are_the_passages(self) -> None:
        root = document("/statements/2022-05-16-address.xml")
        assert all_of(root, "//a:statement/a:mainBody/a:paragraph/@eId") == ["para_1", "para_2", "para_2a"]
        assert words(root, "//a:paragraph[@eId='para_2']/a:content/a:p") == [
            "By Article 4 of the Treaty.",
            "And <so> on.",
        ]
        (reference,) = all_of(root, "//a:paragraph[@eId='para_2']//a:ref")
        assert reference.get("href").endswith("/treaties/cst/art-4/")
        assert reference.text == "Article 4 of the Treaty"
        assert all_of(root, "//a:FRBRWork/a:FRBRuri/@value") == [
            "/akn/xx-csto/statement/address/2022/2022-05-16-address"
        ]
        assert all_of(root, "//a:FRBRExpression/a:FRBRlanguage/@language") == ["eng"]
        assert all_of(root, "//a:FRBRWork/a:FRBRauthor/@href") == ["#kassym-jomart-tokayev"]
        assert all_of(root, "//kb:cites/@id") == ["cst/art-4"]

    def test_the_other_language_is_another_expression_of_the_same_work(self) -> None:
        root = document("/statements/2022-05-16-address.xml?lang=ru")
        assert all_of(root, "//a:FRBRExpression/a:FRBRuri/@value") == [
            "/akn/xx-csto/statement/address/2022/2022-05-16-address/rus@2022-05-16"
        ]
        assert all_of(root, "//a:FRBRExpression/a:FRBRauthoritative/@value") == ["true"]
        assert len(all_of(root, "//a:paragraph")) == 4

    def test_where_no_words_are_held_it_says_so_and_holds_our_summary_as_a_remark(self) -> None:
        meetings.statement("2020-silent", "2020~", summary_en="They \x0b met.", adopted="no")
        root = document("/statements/2020-silent.xml")
        assert all_of(root, "//a:paragraph") == []
        assert words(root, "//a:hcontainer//a:remark")[1] == "They met."
        assert all_of(root, "//a:FRBRWork/a:FRBRdate/@name") == ["issue-earliest"]


@pytest.mark.usefixtures("address")
class TestPlainText:
    def test_passages_have_their_numbers_and_the_foot_says_where_it_is_from(self) -> None:
        response = ask("/statements/2022-05-16-address.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        lines = body(response).decode()
        assert lines.startswith(
            "Address & reply\n===============\n\nAddress. Kassym-Jomart Tokayev, President"
        )
        assert "[2a] Put in later." in lines
        assert "[2] By Article 4 of the Treaty.\n\n    And <so> on." in lines
        assert "/statements/2022-05-16-address/" in lines.splitlines()[-1]
        assert max(len(line) for line in lines.splitlines() if "http" not in line) <= 78

    def test_in_russian(self) -> None:
        assert "[2a] Слова p2a." in text_of("/statements/2022-05-16-address.txt?lang=ru")


@pytest.mark.usefixtures("address")
class TestLinkedData:
    def test_the_page_and_the_file_say_the_same(self) -> None:
        record = json.loads(text_of("/statements/2022-05-16-address.jsonld"))
        assert record["author"][0]["@id"].endswith("/people/kassym-jomart-tokayev/")
        parts = [(one["position"], one["text"]["@value"]) for one in record["hasPart"]]
        assert parts[2] == ("2a", "Put in later.")
        (block,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', text_of(f"{PAGE}?lang=en")
        )
        assert json.loads(block) == record


@pytest.mark.usefixtures("address")
class TestCitations:
    def test_the_panel_says_it_in_both_languages_for_text_and_passage(self) -> None:
        whole = said(PAGE)
        assert "Kassym-Jomart Tokayev. Address &amp; reply (address, 16 May 2022)." in whole
        assert "Касым-Жомарт Токаев. Речь" in whole
        one = said(f"{PAGE}?passage=p2a")
        assert "Cite passage 2a" in one
        assert (
            "passage 2a. CSTO Knowledge Base , http://localhost:8000/statements/2022-05-16-address/#p2a"
            in one
        )

    def test_bibtex_ris_and_csl_name_the_same_passage(self) -> None:
        bib = text_of("/statements/2022-05-16-address.bib?passage=p2a")
        assert "  title = {{Address \\& reply}},\n  author = {{Kassym-Jomart Tokayev}},\n" in bib
        assert "  date = {2022-05-16},\n" in bib
        assert "/statements/2022-05-16-address/#p2a}" in bib
        ris = body(ask("/statements/2022-05-16-address.ris?passage=p2a")).decode()
        assert "TI  - Address & reply\r\n" in ris
        assert "DA  - 2022/05/16/\r\n" in ris
        assert ris.endswith("ER  - \r\n")
        (csl,) = json.loads(text_of("/statements/2022-05-16-address.csl?passage=p2a"))
        assert csl["issued"] == {"date-parts": [[2022, 5, 16]]}
        assert (csl["locator"], csl["author"]) == ("2a", [{"family": "Tokayev", "given": "Kassym-Jomart"}])

    def test_a_passage_that_is_not_there_is_404_and_another_parameter_is_refused(self) -> None:
        ask(f"{PAGE}?passage=p9", 404)
        ask("/statements/2022-05-16-address.bib?passage=p9", 404)
        (fault,) = faults("/statements/2022-05-16-address.xml?on=2020-01-01")
        assert fault["parameter"] == "on"

    def test_a_month_stays_a_month_in_every_format(self) -> None:
        meetings.statement("2022-05-about", "2022-05~")
        (csl,) = json.loads(text_of("/statements/2022-05-about.csl"))
        assert csl["issued"] == {"date-parts": [[2022, 5]], "circa": True}
        assert "  date = {2022-05},\n" in text_of("/statements/2022-05-about.bib")
        assert "DA  - 2022/05//\r\n" in body(ask("/statements/2022-05-about.ris")).decode()


def test_a_state_that_was_no_member_that_day_is_allowed_and_said() -> None:
    make.member(make.state("rus", "Russia"), "2003-09-18")
    uzb = make.state("uzb", "Uzbekistan")
    make.member(uzb, "2006-08-16", "2012-12-18", ended_by="suspension")
    note = "Not a member of the Organization on that day"
    for slug, day, expected in (
        ("2013-01-01-after", "2013-01-01", True),
        ("2010-01-01-within", "2010-01-01", False),
        ("2012-perhaps", "2012", False),
        ("1995-01-01-before", "1995-01-01", False),
    ):
        meetings.stood(meetings.statement(slug, day), uzb)
        assert (note in said(f"/statements/{slug}/")) is expected, slug


def test_the_page_of_a_state_says_which_text_it_did_not_join_first() -> None:
    arm = make.state("arm", "Armenia")
    for slug, day, standing, adopted in (
        ("2024-06-21-third", "2024-06-21", "absent", "yes"),
        ("2022-11-23-first", "2022-11-23", "did-not-join", "no"),
        ("2023-11-22-second", "2023-11-22", "absent", "yes"),
        ("2020-01-01-joined", "2020-01-01", "joined", "yes"),
    ):
        meetings.stood(meetings.statement(slug, day, adopted=adopted), arm, standing)
    shown = text_of("/states/arm/")
    section = shown[shown.index('id="statements-not_joined"') :]
    assert re.findall(r'href="/statements/([^/"]+)/"', section)[:3] == [
        "2022-11-23-first",
        "2023-11-22-second",
        "2024-06-21-third",
    ]
    rows = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section))
    assert "Statement 2022-11-23-first Not adopted, first of all" in rows
    assert "Statement 2023-11-22-second Adopted, first that was adopted without it" in rows
