"""The lasting addresses of texts: a day and a language in the path, in every format."""

import json
import re

import pytest

from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults
from tests.treaty.akn import all_of, parse
from treaty.editions import Edition
from treaty.models import Instrument

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def cst(own_database: None) -> Instrument:
    """Article 1 was amended in 2012; a Russian wording is held of the first text alone."""
    cst = treaties.instrument(
        "cst", "Treaty", title_ru="Договор", signed_on="1992-05-15", in_force_on="1994-04-20"
    )
    one = treaties.article(cst, "1")
    treaties.wording(one, "1994-04-20", "2012-12-18", "Older words.")
    treaties.wording(one, "1994-04-20", "2012-12-18", "Прежние слова.", language="ru")
    treaties.wording(one, "2012-12-19", text="Newer words.")
    return cst


def page(path: str) -> str:
    return re.sub(r"\s+", " ", body(ask(path)).decode())


def canonical(path: str) -> str:
    """The canonical address that the page names in its head, which its header names too."""
    response = ask(path)
    (found,) = re.findall(
        r'<link rel="canonical" href="[^"]*?(/(?:ru/)?treaties/[^"]*)">', body(response).decode()
    )
    assert response["Link"].endswith(f'{found}>; rel="canonical"')
    return str(found)


@pytest.mark.usefixtures("cst")
class TestThePage:
    def test_it_is_the_instrument_read_on_the_day_and_in_the_language(self) -> None:
        older, newer = page("/treaties/cst/2012-12-18/en/"), page("/treaties/cst/2012-12-19/en/")
        assert ("Older words." in older, "Newer words." in older) == (True, False)
        assert ("Older words." in newer, "Newer words." in newer) == (False, True)
        assert "Прежние слова." in page("/treaties/cst/2000-01-01/ru/")
        assert "Статья 1" in page("/ru/treaties/cst/2000-01-01/en/")

    @pytest.mark.parametrize(
        ("asked", "begun"),
        [
            ("/treaties/cst/1992-05-15/en/", "/treaties/cst/1992-05-15/en/"),
            ("/treaties/cst/1994-04-19/en/", "/treaties/cst/1992-05-15/en/"),
            ("/treaties/cst/1994-04-20/ru/", "/treaties/cst/1994-04-20/ru/"),
            ("/treaties/cst/2012-12-18/ru/", "/treaties/cst/1994-04-20/ru/"),
            ("/treaties/cst/2012-12-19/en/", "/treaties/cst/2012-12-19/en/"),
            ("/treaties/cst/2026-01-01/en/", "/treaties/cst/2012-12-19/en/"),
            ("/ru/treaties/cst/2026-01-01/en/", "/ru/treaties/cst/2012-12-19/en/"),
        ],
    )
    def test_a_day_on_which_nothing_began_has_the_address_of_the_day_on_which_it_did(
        self, asked: str, begun: str
    ) -> None:
        assert canonical(asked) == begun

    def test_a_language_in_which_no_wording_is_held_has_the_address_of_the_text_that_is_shown(self) -> None:
        assert "Newer words." in page("/treaties/cst/2015-01-01/ru/")
        assert canonical("/treaties/cst/2015-01-01/ru/") == "/treaties/cst/2012-12-19/en/"

    def test_it_says_how_to_cite_it_and_leads_to_its_formats_and_to_the_other_texts(self) -> None:
        shown = page("/treaties/cst/2015-01-01/en/")
        assert "Treaty, as it stood on 19 December 2012, text in English." in shown.replace("\xa0", " ")
        assert "/treaties/cst/2012-12-19/en/" in shown
        for suffix in ("xml", "json", "txt"):
            assert f'href="/treaties/cst/2012-12-19/en.{suffix}" rel="nofollow"' in shown
            assert f'href="/treaties/cst/2015-01-01/en.{suffix}"' in shown
        assert 'href="/treaties/cst/1994-04-20/ru/"' in shown

    def test_another_day_is_asked_of_the_work(self) -> None:
        assert '<form action="/treaties/cst/">' in page("/treaties/cst/2015-01-01/en/")
        assert '<form action="/ru/treaties/cst/">' in page("/ru/treaties/cst/2015-01-01/en/")

    def test_the_page_of_the_work_leads_to_it(self) -> None:
        assert 'href="/treaties/cst/2012-12-19/en/"' in page("/treaties/cst/")
        assert 'href="/treaties/cst/1994-04-20/ru/"' in page(
            "/treaties/cst/?on=2000-01-01&amp;lang=ru".replace("&amp;", "&")
        )
        assert 'href="/treaties/cst.xml?on=2000-01-01"' in page("/treaties/cst/?on=2000-01-01")

    def test_a_day_alone_leads_to_the_english_text(self) -> None:
        assert ask("/treaties/cst/2015-01-01/", 301)["Location"] == "/treaties/cst/2015-01-01/en/"
        assert ask("/ru/treaties/cst/2015-01-01/", 301)["Location"] == "/ru/treaties/cst/2015-01-01/en/"
        ask("/treaties/none/2015-01-01/", 404)
        ask("/treaties/cst/2015-01-01/?on=2000-01-01", 400)


@pytest.mark.usefixtures("cst")
class TestRefusals:
    @pytest.mark.parametrize("suffix", ["/", ".xml", ".json", ".txt"])
    def test_there_is_no_text_before_the_signature_and_no_day_outside_the_calendar(self, suffix: str) -> None:
        ask(f"/treaties/cst/1992-05-15/en{suffix}")
        for path in ("cst/1992-05-14/en", "cst/2012-02-30/en", "cst/2012-12-19/xx", "none/2012-12-19/en"):
            ask(f"/treaties/{path}{suffix}", 404)

    @pytest.mark.parametrize("suffix", [".xml", ".json", ".txt"])
    def test_parameters_are_strict_and_what_the_path_says_is_not_said_again(self, suffix: str) -> None:
        for query, parameter in (("on=2012-12-19", "on"), ("lang=en", "lang"), ("page=2", "page")):
            asked = f"/treaties/cst/2012-12-19/en{suffix}?{query}"
            assert [one["parameter"] for one in faults(asked)] == [parameter]

    def test_a_page_sets_an_unknown_parameter_aside_but_never_a_day(self) -> None:
        assert "utm_source" in page("/treaties/cst/2012-12-19/en/?utm_source=letter")
        ask("/treaties/cst/2012-12-19/en/?on=2000-01-01", 400)

    def test_what_was_withdrawn_is_gone(self, cst: Instrument) -> None:
        make.withdrawn(cst)
        ask("/treaties/cst/2012-12-19/en/", 410)
        assert data("/treaties/cst/2012-12-19/en.json", 410)["reason"] == "It was a mistake."

    def test_an_instrument_of_another_body_has_no_text_here(self) -> None:
        treaties.instrument("un-charter", external=True, signed_on="1945-06-26")
        ask("/treaties/un-charter/1945-06-26/en/", 404)
        ask("/treaties/un-charter.xml", 404)


@pytest.mark.usefixtures("cst")
class TestFormats:
    def test_each_says_the_same_words(self) -> None:
        record = data("/treaties/cst/2015-01-01/en.json")
        assert [one["text"] for one in record["provisions"]] == ["Newer words."]
        assert record["expression"]["from"] == "2012-12-19"
        assert record["expression"]["uri"] == "/akn/xx-csto/act/treaty/1992/cst/eng@2012-12-19"
        xml = parse(body(ask("/treaties/cst/2015-01-01/en.xml")))
        assert all_of(xml, "//a:article/a:content/a:p/text()") == ["Newer words."]
        assert "Newer words." in body(ask("/treaties/cst/2015-01-01/en.txt")).decode()

    def test_they_are_the_same_as_under_the_address_with_parameters(self) -> None:
        for suffix in ("xml", "txt"):
            by_path = body(ask(f"/treaties/cst/2000-01-01/ru.{suffix}"))
            assert by_path == body(ask(f"/treaties/cst.{suffix}?on=2000-01-01&lang=ru"))

    def test_an_unchanged_text_is_not_sent_again_on_another_day(self) -> None:
        first = ask("/treaties/cst/2012-12-19/en.json")
        ask("/treaties/cst/2012-12-19/en.json", 304, **{"if-none-match": first["ETag"]})
        assert first["ETag"] != ask("/treaties/cst/2012-12-19/en/")["ETag"]

    def test_the_moment_of_knowledge_is_a_parameter(self) -> None:
        assert json.loads(body(ask("/treaties/cst/2012-12-19/en.json?known_on=2026-03-01")))["id"] == "cst"
        ask("/treaties/cst/2012-12-19/en.json?known_on=1990-01-01", 404)


def test_the_api_lists_the_texts_that_are_held(cst: Instrument) -> None:
    told = data("/api/v1/instruments/cst/")["expressions"]
    assert [(one["language"], one["from"], one["to"]) for one in told] == [
        ("en", "1994-04-20", "2012-12-18"),
        ("ru", "1994-04-20", "2012-12-18"),
        ("en", "2012-12-19", None),
    ]
    for one in told:
        ask(one["url"].partition("testserver")[2])


class TestEditions:
    def test_a_text_without_a_day_of_signature_has_no_first_day(self) -> None:
        undated = treaties.instrument("undated", in_force_on="2000-01-01")
        treaties.wording(treaties.article(undated, "1"), "2000-01-01", text="Words.")
        assert canonical("/treaties/undated/1999-12-31/en/") == "/treaties/undated/"
        assert canonical("/treaties/undated/2000-01-02/en/") == "/treaties/undated/2000-01-01/en/"

    def test_what_is_not_known_begins_and_ends_with_the_days_that_it_may_have_been(self) -> None:
        vague = treaties.instrument("vague", signed_on="1999-01-01", in_force_on="2000-02")
        treaties.wording(treaties.article(vague, "1"), "2000-02", text="Words.")
        begun = [
            canonical(f"/treaties/vague/{day}/en/") for day in ("2000-01-31", "2000-02-15", "2000-02-29")
        ]
        assert begun == [
            "/treaties/vague/1999-01-01/en/",
            "/treaties/vague/2000-02-01/en/",
            "/treaties/vague/2000-02-29/en/",
        ]

    def test_an_edition_holds_its_first_and_last_day(self) -> None:
        from datetime import date

        one = Edition(date(2000, 1, 1), date(2000, 12, 31))
        days = (date(1999, 12, 31), date(2000, 1, 1), date(2000, 12, 31), date(2001, 1, 1))
        assert [one.holds(day) for day in days] == [False, True, True, False]
        assert Edition(None, None).holds(date(1, 1, 1))
