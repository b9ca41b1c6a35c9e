"""Citations by the rules of each style: what is recorded is said in the style's order, and nothing is invented."""

from datetime import date
from typing import Any

import pytest

from cstokb.dates import HistoricDate
from cstokb.listing.citation import Act, Cited, bibtex, csl, ris
from cstokb.listing.citation_styles import STYLES

TOKAYEV = ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев", True)
COUNCIL = ("Collective Security Council", "Совет коллективной безопасности", False)
SITE = "https://kb.example/statements/one/"


def of(issued: str | None = "2022-05-16", **fields: Any) -> Cited:
    values: dict[str, Any] = {
        "key": "one",
        "title": {"en": "The mechanism", "ru": "Механизм"},
        "kind": {"en": "address", "ru": "обращение"},
        "authors": (TOKAYEV,),
        "issued": HistoricDate.parse(issued) if issued else None,
        "url": SITE,
        "url_ru": SITE.replace("/statements", "/ru/statements"),
        "seen": date(2026, 3, 5),
    }
    return Cited(**{**values, **fields})


def said(one: Cited, style: str, language: str = "en") -> str:
    return "".join(run.text for run in STYLES[style][1](one, language)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("style", "language", "expected"),
    [
        (
            "house",
            "en",
            (
                "Kassym-Jomart Tokayev. The mechanism (address, 16 May 2022). CSTO Knowledge Base, "
                f"{SITE} (read on 5 March 2026)."
            ),
        ),
        (
            "chicago",
            "en",
            (
                "Tokayev, Kassym-Jomart. “The mechanism.” CSTO Knowledge Base. May 16, 2022. "
                f"Accessed March 5, 2026. {SITE}."
            ),
        ),
        (
            "apa",
            "en",
            (
                "Tokayev, K.-J. (2022, May 16). The mechanism [Address]. CSTO Knowledge Base. "
                f"Retrieved March 5, 2026, from {SITE}"
            ),
        ),
        (
            "oscola",
            "en",
            (
                "Kassym-Jomart Tokayev, ‘The mechanism’ (CSTO Knowledge Base, 16 May 2022) "
                f"<{SITE}> accessed 5 March 2026"
            ),
        ),
        (
            "gost",
            "ru",
            (
                "Токаев, К.-Ж. Механизм : обращение / К.-Ж. Токаев. – Текст : электронный // База знаний ОДКБ : сайт. "
                "– 2022. – 16 мая. – URL: https://kb.example/ru/statements/one/ (дата обращения: 05.03.2026)."
            ),
        ),
        (
            "chicago",
            "ru",
            (
                "Токаев, Касым-Жомарт. «Механизм». База знаний ОДКБ. 16 мая 2022. "
                "Дата обращения: 5 марта 2026. https://kb.example/ru/statements/one/."
            ),
        ),
        (
            "apa",
            "ru",
            (
                "Токаев, К.-Ж. (2022, 16 мая). Механизм [Обращение]. База знаний ОДКБ. "
                "Дата обращения: 5 марта 2026. https://kb.example/ru/statements/one/"
            ),
        ),
        (
            "oscola",
            "ru",
            (
                "Касым-Жомарт Токаев, «Механизм» (База знаний ОДКБ, 16 мая 2022) "
                "<https://kb.example/ru/statements/one/> дата обращения: 5 марта 2026"
            ),
        ),
    ],
)
def test_each_style_says_author_title_date_and_address_in_its_order(
    style: str, language: str, expected: str
) -> None:
    assert said(of(), style, language) == expected


def test_gost_stays_russian_on_an_english_page() -> None:
    assert said(of(), "gost", "en") == said(of(), "gost", "ru")


@pytest.mark.parametrize(
    ("style", "begin"),
    [
        ("house", "The mechanism (address, 16 May 2022)."),
        ("chicago", "“The mechanism.” CSTO"),
        ("apa", "The mechanism [Address]. (2022, May 16). CSTO"),
        ("oscola", "‘The mechanism’ (CSTO"),
        ("gost", "Механизм : обращение. – Текст"),
    ],
)
def test_without_an_author_the_title_stands_first(style: str, begin: str) -> None:
    assert said(of(authors=()), style).startswith(begin)


@pytest.mark.parametrize(
    ("style", "part"),
    [
        ("chicago", "Collective Security Council. “The mechanism.”"),
        ("apa", "Collective Security Council. (2022, May 16)."),
        ("oscola", "Collective Security Council, ‘The mechanism’"),
        ("gost", "Механизм : обращение / Совет коллективной безопасности. –"),
    ],
)
def test_the_name_of_a_body_is_not_turned_round_as_that_of_a_person_is(style: str, part: str) -> None:
    assert said(of(authors=(COUNCIL,)), style).startswith(part)


@pytest.mark.parametrize(
    ("style", "undated", "year", "month", "about"),
    [
        ("house", "not dated", "(address, 2022)", "(address, May 2022)", "(address, about May 2022)"),
        ("chicago", "n.d.", "Base. 2022.", "Base. May 2022.", "Base. ca. May 2022."),
        ("apa", "(n.d.)", "(2022)", "(2022, May)", "(ca. 2022)"),
        ("oscola", "(CSTO Knowledge Base)", "Base, 2022)", "Base, May 2022)", "Base, ca. May 2022)"),
        ("gost", "– [б. г.]. –", "– 2022. – URL", "– 2022. – Май. –", "– [ок. 2022]. –"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(
    style: str, undated: str, year: str, month: str, about: str
) -> None:
    assert undated in said(of(None), style)
    assert "2022" not in said(of(None), style)
    assert year in said(of("2022"), style)
    assert month in said(of("2022-05"), style)
    assert about in said(of("2022-05~"), style)


def test_what_has_no_date_by_its_nature_is_not_called_undated() -> None:
    assert "(state)" in said(of(None, kind={"en": "state"}, dated=False), "house")
    assert "(state, not dated)" in said(of(None, kind={"en": "state"}), "house")


@pytest.mark.parametrize("style", STYLES)
def test_passage_day_and_moment_are_part_of_what_is_cited(style: str) -> None:
    at = {"en": "at the end of 1 March 2026 (UTC)", "ru": "на конец 1 марта 2026 (UTC)"}
    whole = said(of(pin="p7a", on=date(2012, 12, 19), moment=at), style)
    told = {
        "chicago": "passage 7a, as it stood on December 19, 2012, as this knowledge base said at the end of",
        "apa": "passage 7a, as it stood on December 19, 2012, as this knowledge base said at the end of",
        "gost": "абзац 7a, по состоянию на 19 декабря 2012, как утверждала эта база знаний на конец",
    }
    english = "passage 7a, as it stood on 19 December 2012, as this knowledge base said at the end of"
    assert told.get(style, english) in whole
    assert told.get(style, english)[:7] not in said(of(), style)


def test_where_a_document_was_made_stands_beside_its_date() -> None:
    place = {"en": "Tashkent", "ru": "Ташкент"}
    treaty = of("1992-05-15", authors=(), at=place)
    assert "The mechanism (Tashkent, 15 May 1992)." in said(treaty, "house")
    assert "“The mechanism.” Tashkent, May 15, 1992. CSTO Knowledge Base." in said(treaty, "chicago")
    assert "CSTO Knowledge Base. n.d." in said(of(None, authors=(), at=place), "chicago")


CHARTER = {"en": "Charter", "ru": "Устав"}
ARTICLE = {"en": "Article 7", "ru": "Статья 7"}


@pytest.mark.parametrize(
    ("act", "issued", "oscola", "chicago", "apa"),
    [
        (
            Act(CHARTER, True, HistoricDate.parse("2003-09-18"), "39775", "2235"),
            "2002-10-07",
            "Charter (signed 7 October 2002, entered into force 18 September 2003) 2235 UNTS reg no 39775 <",
            "7, 2002. United Nations Treaty Series 2235, no. 39775. CSTO",
            "Charter, October 7, 2002, 2235 U.N.T.S. No. 39775. CSTO",
        ),
        (
            Act(CHARTER, True, None, "", "2235", ARTICLE),
            "2002-10",
            "Charter (signed October 2002) 2235 UNTS art 7 <",
            "October 2002. United Nations Treaty Series 2235. CSTO",
            "Charter, October 2002, 2235 U.N.T.S., Article 7. CSTO",
        ),
        (
            Act(CHARTER, False, None, part={"en": "Preamble"}),
            "2002~",
            "Charter (adopted ca. 2002) preamble <",
            "Moscow, ca. 2002. CSTO",
            "Charter, ca. 2002, Preamble. CSTO",
        ),
        (
            Act(CHARTER, True),
            None,
            f"Charter <{SITE}> accessed",
            "CSTO Knowledge Base. n.d.",
            "Charter, n.d. CSTO",
        ),
    ],
)
def test_an_act_is_cited_by_its_days_and_the_treaty_series_as_far_as_they_are_known(
    act: Act, issued: str | None, oscola: str, chicago: str, apa: str
) -> None:
    cited = of(issued, authors=(), at={"en": "Moscow"}, act=act)
    assert said(cited, "oscola").startswith(oscola)
    assert chicago in said(cited, "chicago")
    assert said(cited, "apa").startswith(apa)
    assert csl(cited)["type"] == ("treaty" if act.signed else "document")


def test_an_act_is_cited_in_russian_and_from_a_passage_on_as_on_its_day() -> None:
    act = Act(CHARTER, True, HistoricDate.parse("2003-09-18"), "39775", "", ARTICLE)
    whole = said(of("2002-10-07", authors=(), act=act, on=date(2012, 12, 19)), "oscola", "ru")
    assert whole == (
        "Устав (подписание: 7 октября 2002, вступление в силу: 18 сентября 2003) UNTS рег. № 39775 ст. 7, "
        "по состоянию на 19 декабря 2012 <https://kb.example/ru/statements/one/> дата обращения: 5 марта 2026"
    )


def test_a_speech_says_at_which_meeting_it_was_given_where_that_is_known() -> None:
    summit = of(event={"en": "Summit in Moscow", "ru": "Саммит в Москве"})
    begin = "Kassym-Jomart Tokayev, ‘The mechanism’"
    assert said(summit, "oscola").startswith(
        f"{begin} (Address at Summit in Moscow, 16 May 2022) CSTO Knowledge Base <"
    )
    assert "(Обращение: Саммит в Москве, 16 мая 2022)" in said(summit, "oscola", "ru")
    assert "“The mechanism.” Address at Summit in Moscow, May 16, 2022. CSTO" in said(summit, "chicago")
    assert said(of(event={}), "oscola").startswith(f"{begin} (Address, 16 May 2022) CSTO")
    assert said(of(), "oscola").startswith(f"{begin} (CSTO Knowledge Base, 16 May 2022) <")
    assert (csl(summit)["type"], csl(summit)["event-title"]) == ("speech", "Summit in Moscow")
    assert (csl(of())["type"], "event-title" in csl(of())) == ("document", False)


def test_marks_of_the_title_are_kept_apart_from_those_of_the_style() -> None:
    title = {"en": "The “Rock” exercise?", "ru": "Учение «Скала»"}
    assert "“The ‘Rock’ exercise?” CSTO" in said(of(title=title), "chicago")
    assert "«Учение „Скала“». База" in said(of(title=title), "chicago", "ru")
    assert "“It isn’t so.”" in said(of(title={"en": "It isn’t so"}), "chicago")


def test_a_name_of_one_word_and_several_given_names_are_read() -> None:
    one, many = ("Rahmon", "", True), ("Anna Maria Berg", "", True)
    assert said(of(authors=(one,)), "apa").startswith("Rahmon. (2022")
    assert said(of(authors=(many,)), "apa").startswith("Berg, A. M. (2022")
    assert said(of(authors=(one, many)), "oscola").startswith("Rahmon and Anna Maria Berg, ‘")
    assert said(of(authors=(one, many)), "apa").startswith("Rahmon & Berg, A. M. (2022")


def test_titles_are_set_in_italics_where_a_style_has_it_so() -> None:
    italics = {
        name: [run.text for run in write(of(), "en") if run.italic]
        for name, (_l, write, _o) in STYLES.items()
    }
    assert italics == {
        "house": ["CSTO Knowledge Base"],
        "chicago": [],
        "apa": ["The mechanism"],
        "oscola": ["CSTO Knowledge Base"],
        "gost": [],
    }


def test_the_formats_say_the_day_and_the_place_and_nothing_where_there_is_none() -> None:
    asked = of(on=date(2012, 12, 19), at={"en": "Tashkent"})
    day = "As it stood on 19 December 2012"
    assert (
        f"  location = {{Tashkent}},\n  howpublished = {{CSTO Knowledge Base}},\n  note = {{{day}}},\n"
        in (bibtex(asked).replace("\u00a0", " "))
    )
    assert "CY  - Tashkent\r\nPB  - CSTO Knowledge Base\r\nN1  - " + day in ris(asked).replace("\u00a0", " ")
    assert (csl(asked)["publisher-place"], csl(asked)["note"].replace("\u00a0", " ")) == ("Tashkent", day)
    bare = of(None, kind={}, authors=())
    assert "note" not in bibtex(bare) + ris(bare)
    assert "type =" not in bibtex(bare)
    assert "M3" not in ris(bare)
    assert "issued" not in csl(bare)
