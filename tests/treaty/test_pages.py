"""The pages of instruments and provisions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


def page(path: str) -> str:
    """The text of a page with its white space made single."""
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        body(ask(path))
    return len(asked)


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    return treaties.instrument(
        "cst",
        "Treaty",
        title_ru="Договор",
        signed_on="1992-05-15",
        in_force_on="1994-04-20",
        official_url="https://example.org/treaty",
    )


@pytest.fixture(scope="class")
def text(cst: Instrument) -> Instrument:
    """Articles 4 to 6: amended, ended without a verified successor, not amended."""
    protocol = treaties.instrument("protocol", "Protocol of 2010", kind="protocol", in_force_on="2012-12-19")
    treaties.relation(protocol, "amends", cst)
    four = treaties.article(cst, "4", heading_en="Mutual assistance")
    treaties.wording(four, "1994-04-20", "2012-12-18", "The older words.")
    treaties.wording(
        four, "2012-12-19", text="The newer words.", made_by=protocol, change_en="Help must be asked for."
    )
    treaties.wording(treaties.article(cst, "5"), "1994-04-20", "2012-12-18", "Words of five.")
    treaties.wording(treaties.article(cst, "6"), "1994-04-20", text="Words of six.")
    treaties.reference(
        four, treaties.article(treaties.instrument("un-charter", external=True), "51"), "Self-defence"
    )
    return cst


@pytest.mark.usefixtures("text")
class TestATextReadWhole:
    def test_every_article_stands_under_its_name_and_anchor(self) -> None:
        shown = page("/treaties/cst/")
        for number in ("4", "5", "6"):
            assert f'id="art-{number}"' in shown
            assert f">Article {number}</a>" in shown
        assert shown.index('id="art-4"') < shown.index('id="art-5"') < shown.index('id="art-6"')

    def test_the_wording_is_that_of_the_day(self) -> None:
        today, before = page("/treaties/cst/"), page("/treaties/cst/?on=2012-12-18")
        assert ("The newer words." in today, "The older words." in today) == (True, False)
        assert ("The newer words." in before, "The older words." in before) == (False, True)

    def test_a_change_names_its_maker_and_what_it_did(self) -> None:
        shown = page("/treaties/cst/")
        assert "Changed from 19 December 2012" in shown
        assert "Help must be asked for." in shown
        assert 'href="/treaties/protocol/"' in shown
        assert "Help must be asked for." not in page("/treaties/cst/?on=2012-12-18")

    def test_a_wording_not_verified_says_so_and_leads_to_the_last_one(self) -> None:
        shown = page("/treaties/cst/")
        assert "The wording of Article 5 on" in shown
        assert "is not yet verified" in shown
        assert 'href="/treaties/cst/art-5/?on=2012-12-18"' in shown
        assert "is not yet verified" not in page("/treaties/cst/?on=2012-12-18")

    def test_before_its_entry_nothing_is_in_force(self) -> None:
        shown = page("/treaties/cst/?on=1994-04-19")
        assert shown.count("is not yet in force") == 3
        assert "Words of six." not in shown

    def test_restatements_are_marked_beside_the_way_to_the_official_text(self) -> None:
        shown = page("/treaties/cst/")
        assert "What is told in our own words has no legal force." in shown
        assert 'href="https://example.org/treaty"' in shown

    def test_relations_are_said_from_both_sides(self) -> None:
        assert re.search(r"Amended by</dt> <dd>.*?Protocol of 2010", page("/treaties/cst/"))
        assert re.search(r"Amends</dt> <dd>.*?Treaty", page("/treaties/protocol/"))

    def test_links_within_the_text_keep_the_day(self) -> None:
        shown = page("/treaties/cst/?on=2012-12-18")
        assert 'href="/treaties/cst/art-4/?on=2012-12-18"' in shown
        assert 'href="/treaties/cst/parties/?on=2012-12-18"' in shown

    def test_the_days_of_change_are_offered(self) -> None:
        shown = page("/treaties/cst/")
        assert ">1994 in force</a>" in shown
        assert 'href="/treaties/cst/?on=2012-12-19">2012 amended</a>' in shown

    def test_one_of_another_body_is_named_without_a_link(self) -> None:
        assert "Article 51, UN-CHARTER" in page("/treaties/cst/")
        assert "/treaties/un-charter/" not in page("/treaties/cst/")

    def test_in_russian_the_articles_bear_their_russian_name(self) -> None:
        shown = page("/ru/treaties/cst/")
        assert ">Статья 4</a>" in shown
        assert "<h1 >Договор</h1>" in shown
        assert 'lang="en"' in shown

    def test_a_language_that_is_not_known_is_refused(self) -> None:
        ask("/treaties/cst/?lang=en")
        ask("/treaties/cst/?lang=xx", 400)

    def test_a_draft_provision_and_a_draft_wording_show_nowhere(self, text: Instrument) -> None:
        treaties.article(text, "7", publication="draft")
        five = text.provisions.get(number="5")
        treaties.wording(five, "2012-12-19", text="Unverified words.", publication="draft")
        shown = page("/treaties/cst/")
        assert "Unverified words." not in shown
        assert "Article 7" not in shown
        ask("/treaties/cst/art-7/", 404)
        assert "Unverified words." not in page("/treaties/cst/art-5/")


@pytest.mark.usefixtures("text")
class TestAProvision:
    def test_the_wording_of_the_day_comes_first_and_the_others_follow(self) -> None:
        today = page("/treaties/cst/art-4/")
        assert today.index("The newer words.") < today.index("The older words.")
        before = page("/treaties/cst/art-4/?on=2000-01-01")
        assert before.index("The older words.") < before.index("The newer words.")

    def test_a_day_before_entry_holds_the_words_not_yet_in_force(self) -> None:
        assert "is not yet in force" in page("/treaties/cst/art-4/?on=1994-04-19")
        assert "not yet in force" not in page("/treaties/cst/art-4/?on=1994-04-20")

    def test_references_stand_on_both_ends(self, text: Instrument) -> None:
        treaties.reference(text.provisions.get(number="6"), text.provisions.get(number="4"), "Who decides")
        four = page("/treaties/cst/art-4/")
        assert "Self-defence" in four
        assert "Referred to by" in four
        assert "Who decides" in four
        assert "Referred to by" not in page("/treaties/cst/art-6/")

    def test_each_wording_names_the_sources_that_back_it(self) -> None:
        backs = "wording from 20 April 1994, wording from 19 December 2012"
        assert backs in page("/treaties/cst/art-4/")

    def test_it_is_json_under_the_same_address(self) -> None:
        record = data("/treaties/cst/art-4.json?on=2010-01-01")
        assert (record["id"], [one["text"] for one in record["texts"]]) == ("cst/art-4", ["The older words."])

    def test_neighbours_are_a_link_away(self) -> None:
        shown = page("/treaties/cst/art-5/")
        assert re.search(r'href="/treaties/cst/art-4/" rel="prev"\s*>Article 4<', shown)
        assert re.search(r'href="/treaties/cst/art-6/" rel="next"\s*>Article 6<', shown)

    def test_what_does_not_exist_is_not_found(self) -> None:
        ask("/treaties/cst/art-40/", 404)
        ask("/treaties/cst/matters/", 404)


class TestChapters:
    def test_a_chapter_heads_its_articles_and_has_a_page(self, cst: Instrument) -> None:
        chapter = treaties.article(cst, "IV", kind="chapter", order=30, heading_en="Organs")
        treaties.wording(treaties.article(cst, "11", parent=chapter), "1994-04-20")
        whole = page("/treaties/cst/")
        assert whole.index('id="ch-4"') < whole.index('id="art-11"')
        assert "not yet verified" not in whole
        shown = page("/treaties/cst/ch-4/")
        assert "<h1 >Chapter IV</h1>" in shown
        assert 'href="/treaties/cst/art-11/">Article 11</a>' in shown


class TestRenumbering:
    """An amendment of 2010 takes 5 out and numbers 6 anew as 5; the ids stay."""

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def renumbered(cls, cst: Instrument) -> None:
        five, six = treaties.article(cst, "5"), treaties.article(cst, "5", eid="art-6", order=60)
        treaties.wording(five, "1994-04-20", "2010-12-09", "Words of the old five.")
        treaties.number(five, "5", "1994-04-20", "2010-12-09")
        treaties.wording(six, "1994-04-20", text="Words of six.")
        treaties.number(six, "6", "1994-04-20", "2010-12-09")
        treaties.number(six, "5", "2010-12-10")

    def test_it_bears_its_number_of_the_day(self) -> None:
        assert "<h1 >Article 6</h1>" in page("/treaties/cst/art-6/?on=2009-01-01")
        assert "<h1 >Article 5</h1>" in page("/treaties/cst/art-6/")

    def test_the_number_that_passed_on_leads_to_who_bears_it(self) -> None:
        gone = page("/treaties/cst/art-5/")
        assert "is no longer in force" in gone
        assert "Words of the old five." in gone
        assert "This number has passed" in gone
        assert 'href="/treaties/cst/art-6/"' in gone
        assert 'href="/treaties/cst/art-5/"' in page("/treaties/cst/art-6/")
        assert "This number has passed" not in page("/treaties/cst/art-5/?on=2009-01-01")

    def test_the_numbers_over_time_are_listed(self) -> None:
        assert "Numbers over time" in page("/treaties/cst/art-6/")
        assert [one["number"] for one in data("/api/v1/provisions/cst/art-6/")["numbers"]] == ["6", "5"]


def test_a_withdrawn_instrument_answers_gone_with_its_tombstone(cst: Instrument) -> None:
    make.withdrawn(cst)
    assert data("/treaties/cst.json", 410)["reason"] == "It was a mistake."
    ask("/treaties/cst/parties.json", 410)


def test_pages_cost_the_same_for_one_article_and_for_many(text: Instrument) -> None:
    few = {path: cost(path) for path in ("/treaties/cst/", "/treaties/cst/art-4/", "/treaties/cst/parties/")}
    state = make.state("kaz", "Kazakhstan")
    treaties.act(text, state, "signature", "1992-05-15")
    for number in range(20, 40):
        treaties.wording(treaties.article(text, str(number)), "1994-04-20")
    assert {path: cost(path) for path in few} == few | {
        "/treaties/cst/parties/": few["/treaties/cst/parties/"] + 2
    }
    assert few == {"/treaties/cst/": 5, "/treaties/cst/art-4/": 5, "/treaties/cst/parties/": 5}
