"""References in running text: which provisions of which instruments, with exact spans, in English and Russian."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treaty.citations import Book, Citation, Context, Doubt, Found, Holding, Kind, Slip, Step, find, pieces

BOOK = Book.of(
    (
        Holding(
            "cst",
            "treaty",
            (
                *("Collective Security Treaty", "CST", "Tashkent Treaty", "Treaty on Collective Security"),
                *("Договор о коллективной безопасности", "ДКБ", "Ташкентский договор"),
            ),
            signed_on="1992-05-15",
        ),
        Holding(
            "charter",
            "charter",
            (
                *(
                    "Charter of the Collective Security Treaty Organization",
                    "CSTO Charter",
                    "Charter of the CSTO",
                ),
                *(
                    "Устав Организации Договора о коллективной безопасности",
                    "Устав ОДКБ",
                    "Устав Организации",
                ),
            ),
            signed_on="2002-10-07",
        ),
        Holding(
            "un-charter",
            "charter",
            ("Charter of the United Nations", "UN Charter", "Устав ООН"),
            own=False,
            signed_on="1945-06-26",
        ),
        Holding(
            "protocol-1993",
            "protocol",
            ("Protocol of 24 December 1993 to the Treaty",),
            signed_on="1993-12-24",
        ),
        Holding(
            "protocol-2018",
            "protocol",
            ("Second Protocol to the Charter, 2018", "Второй протокол к Уставу, 2018"),
            signed_on="2018-11-08",
        ),
        Holding("npt", "treaty", ("Treaty on the Non-Proliferation of Nuclear Weapons", "NPT"), own=False),
    )
)
TREATY = Context("cst", (Step(Kind.ARTICLE, "4"),))


def said(text: str, context: Context = Context()) -> list[str]:  # noqa: B008 (it is frozen)
    """Each citation as its words, what they mean, and whether that is certain."""
    return [f"{text[one.start : one.end]} > {meaning(one)}" for one in find(text, BOOK, context).citations]


def meaning(one: Citation) -> str:
    """The instruments that may be meant, and the ways into them."""
    ways = ",".join("/".join(f"{step.kind[:3]}{step.number}" for step in way) for way in one.places)
    return f"{'|'.join(one.instruments)}{f' {ways}' if ways else ''}"


def targets(text: str, context: Context = Context()) -> list[str]:  # noqa: B008 (it is frozen)
    return [meaning(one) for one in find(text, BOOK, context).citations]


class TestListsAndRanges:
    """B019."""

    def test_a_list_and_a_range_in_english(self) -> None:
        assert said("Articles 4 and 7–9 of the Charter") == [
            "Articles 4 > charter art4",
            "7 > charter art7",
            "– > charter art8",
            "9 > charter art9",
        ]

    def test_a_list_and_a_range_in_russian(self) -> None:
        assert said("статьями 4, 7 и 9–11 Устава") == [
            "статьями 4 > charter art4",
            "7 > charter art7",
            "9 > charter art9",
            "– > charter art10",
            "11 > charter art11",
        ]

    def test_the_dash_of_a_long_range_stands_for_all_between(self) -> None:
        assert targets("Articles 4–8 of the Charter")[1] == "charter art5,art6,art7"
        assert targets("Articles 4–5 of the Charter") == ["charter art4", "charter art5"]

    @pytest.mark.parametrize("dash", ["-", "\u2011", "–", "—", " – ", " to ", "\u00a0–\u00a0"])
    def test_any_dash_makes_a_range(self, dash: str) -> None:
        assert [one.split()[1] for one in targets(f"Articles 7{dash}9 of the Charter")] == [
            "art7",
            "art8",
            "art9",
        ]

    def test_a_range_that_runs_backwards_links_nothing_and_warns(self) -> None:
        text = "Articles 4 and 9–7 of the Charter"
        found = find(text, BOOK)
        assert said(text) == ["Articles 4 > charter art4"]
        assert [(text[one.start : one.end], one.slip) for one in found.warnings] == [("9–7", Slip.BACKWARDS)]
        assert find("Articles 9–7 of the Charter", BOOK).citations == ()

    def test_of_a_range_too_wide_only_the_ends_are_linked(self) -> None:
        found = find("Articles 1–900 of the Charter", BOOK)
        assert [meaning(one) for one in found.citations] == ["charter art1", "charter art900"]
        assert [one.slip for one in found.warnings] == [Slip.TOO_WIDE]

    def test_what_follows_one_article_is_no_list(self) -> None:
        assert targets("Article 4 of the Treaty and 5 states") == ["cst art4"]
        assert targets("Article 4, 10 December 2010", TREATY) == ["cst art4"]
        assert targets("статья 4, 10 декабря 2010 года", TREATY) == ["cst art4"]
        assert targets("статьи 4 и 10 декабря", TREATY) == ["cst art4"]


class TestWhichInstrument:
    def test_each_article_to_its_own_instrument(self) -> None:
        assert said("Article 3 of the Treaty and Article 5 of the Charter") == [
            "Article 3 of the Treaty > cst art3",
            "Article 5 of the Charter > charter art5",
        ]
        assert targets("статья 3 Договора и статья 5 Устава") == ["cst art3", "charter art5"]

    @pytest.mark.parametrize("context", [Context(), TREATY])
    def test_two_links_where_the_second_names_no_instrument(self, context: Context) -> None:
        """B021."""
        assert said("Article 4 of the Treaty, Article 4", context) == [
            "Article 4 of the Treaty > cst art4",
            "Article 4 > cst art4",
        ]

    def test_articles_before_the_one_that_names_the_instrument(self) -> None:
        assert targets("Article 3, Article 5 and Article 7 of the Charter") == [
            "charter art3",
            "charter art5",
            "charter art7",
        ]

    def test_in_a_text_of_its_own_instrument_that_is_not_clear(self) -> None:
        first, second = find("Article 3 and Article 5 of the Charter", BOOK, TREATY).citations
        assert (first.instruments, first.doubt) == (("charter", "cst"), Doubt.EITHER)
        assert (second.instruments, second.doubt) == (("charter",), None)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "Article 51 of the UN Charter",
                "Статья 51 Устава ООН",
                "Article 51 of the United Nations Charter",
            ),
            *(
                "статьи 51 Устава Организации Объединенных Наций",
                "статье 51 Устава Организации Объединённых Наций",
            ),
            *("Article 51 of the Charter of the United Nations", "article 51 of the Charter of the UN"),
        ],
    )
    @pytest.mark.parametrize("context", [Context(), TREATY])
    def test_the_charter_of_the_united_nations(self, text: str, context: Context) -> None:
        assert said(text, context) == [f"{text} > un-charter art51"]

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "Article 5 of the Charter",
                "статьи 5 Устава",
                "Article 5 of the CSTO Charter",
                "статья 5 Устава ОДКБ",
            ),
            *(
                "Article 5 of the Charter of the Collective Security Treaty Organisation",
                "статья 5 Устава Организации Договора о коллективной безопасности",
            ),
        ],
    )
    def test_the_charter_of_the_organization(self, text: str) -> None:
        assert said(text) == [f"{text} > charter art5"]

    def test_the_charter_after_another_charter_was_named_is_not_clear_outside_our_own_texts(self) -> None:
        text = "In line with the UN Charter they meet; Article 51 of the Charter gives the right."
        assert targets(text)[1] == "charter|un-charter art51"
        assert targets(text, TREATY)[1] == "charter art51"

    @pytest.mark.parametrize("form", ["Договор", "Договора", "Договору", "Договором", "Договоре"])
    def test_a_kind_alone_in_any_case(self, form: str) -> None:
        assert said(f"по статье 4 {form}") == [f"статье 4 {form} > cst art4"]
        assert said(f"с {form}, которым") == [f"{form} > cst"]

    @pytest.mark.parametrize(
        "form", ["Ташкентский договор", "Ташкентского договора", "Ташкентским договором"]
    )
    def test_a_title_in_any_case(self, form: str) -> None:
        assert said(f"с {form}") == [f"{form} > cst"]
        assert said("Вторым протоколом к Уставу") == ["Вторым протоколом к Уставу > protocol-2018"]

    def test_the_name_of_the_organization_names_no_treaty(self) -> None:
        assert said("the Collective Security Treaty Organization") == []
        assert said("Организации Договора о коллективной безопасности") == []
        assert said("the Collective Security Treaty") == ["Collective Security Treaty > cst"]

    def test_one_name_of_several_instruments_is_ambiguous(self) -> None:
        (one,) = find("Article 2 of the Protocol", BOOK).citations
        assert (one.instruments, one.doubt) == (("protocol-1993", "protocol-2018"), Doubt.SEVERAL)
        assert targets("the Protocol") == ["protocol-1993|protocol-2018"]

    def test_its_date_says_which_it_is(self) -> None:
        assert said("the Protocol of 24 December 1993") == ["Protocol of 24 December 1993 > protocol-1993"]
        assert said("Протокола от 8 ноября 2018 года") == ["Протокола от 8 ноября 2018 года > protocol-2018"]
        assert said("the Protocol of 1 January 1999") == []

    def test_an_article_alone_may_be_of_any(self) -> None:
        (one,) = find("Article 4 applies", BOOK).citations
        assert one.doubt is Doubt.NO_INSTRUMENT
        assert set(one.instruments) == {"cst", "charter", "protocol-1993", "protocol-2018"}

    def test_an_article_in_an_instrument_that_amends_another_may_be_of_either(self) -> None:
        (one,) = find("Article 4 is deleted", BOOK, Context("protocol-2018", amends=("charter",))).citations
        assert (one.instruments, one.doubt) == (("protocol-2018", "charter"), Doubt.SEVERAL)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "Article 5 of the North Atlantic Treaty",
                "Article 4 of the Constitution",
                "Article 2 of Annexation",
            ),
            *("статья 15 Конституции Российской Федерации", "статьи 5 Североатлантического договора"),
            *(
                "Article 3 of the Treaty on Friendship",
                "статья 3 Договора о дружбе",
                "Договор между сторонами",
            ),
            *("статья 205 Уголовного кодекса", "the Treaty on Friendship", "статья 3 Федерального закона"),
        ],
    )
    @pytest.mark.parametrize("context", [Context(), TREATY])
    def test_what_is_of_no_instrument_held_is_passed_over(self, text: str, context: Context) -> None:
        assert said(text, context) == []

    def test_a_longer_title_is_another_instrument(self) -> None:
        assert said("Второй протокол к Уставу международной палаты") == ["Уставу > charter"]
        assert said("Протокол международной палаты") == []
        assert said("Протокол подписан") == ["Протокол > protocol-1993|protocol-2018"]
        assert said("Договор каждой стороны") == ["Договор > cst"]
        assert said("Устав ОДКБ, Устав ОДКБ которых") == ["Устав ОДКБ > charter"] * 2

    def test_a_word_that_is_no_name(self) -> None:
        assert said("a charter flight, the treaty law, Положения, решения") == []
        assert said("Положения Договора") == ["Договора > cst"]


class TestThis:
    def test_this_article_and_this_treaty(self) -> None:
        assert said("this Article of this Treaty", TREATY)[0] == "this Article > cst art4"
        assert said("under this Treaty", TREATY) == ["this Treaty > cst"]
        assert said("настоящей статьи", TREATY) == ["настоящей статьи > cst art4"]
        assert said("настоящего Договора", TREATY) == ["настоящего Договора > cst"]
        assert said("статьей 3 настоящего Договора", TREATY) == ["статьей 3 настоящего Договора > cst art3"]
        assert said("Article 3 of the present Treaty", TREATY) == [
            "Article 3 of the present Treaty > cst art3"
        ]

    def test_without_a_context_it_is_not_known(self) -> None:
        assert said("this Article") == []
        (one,) = find("this Treaty", BOOK).citations
        assert one.doubt is Doubt.NO_INSTRUMENT

    def test_paragraphs_of_the_text_s_own_article(self) -> None:
        assert said("paragraph 2 of this Article", TREATY) == ["paragraph 2 of this Article > cst art4/par2"]
        assert said("пункт 2 настоящей статьи", TREATY) == ["пункт 2 настоящей статьи > cst art4/par2"]
        assert said("under paragraph 2", TREATY) == ["paragraph 2 > cst art4/par2"]
        assert said("under paragraph 2") == []


class TestPartsOfArticles:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("Art. 8(a)(vi) of the Charter", "charter art8/poia/poivi"),
            ("Article 8 (1) (a) of the Charter", "charter art8/par1/poia"),
            ("Article 8, paragraph 2 of the Charter", "charter art8/par2"),
            ("paragraph 2 of Article 8 of the Charter", "charter art8/par2"),
            ("point (a) of paragraph 2 of Article 8 of the Charter", "charter art8/par2/poia"),
            ("second paragraph of Article 11 of the Treaty", "cst art11/par2"),
            ("пункт 2 статьи 8 Устава", "charter art8/par2"),
            ("подпунктом «а» пункта 2 статьи 8 Устава", "charter art8/par2/poiа"),
            ("абзац второй статьи 11 Договора", "cst art11/par2"),
            ("части 2 статьи 8 Устава", "charter art8/par2"),
            ("п. 2 ст. 8 Устава", "charter art8/par2"),
            ("CST art. 4 para 2", "cst art4/par2"),
            ("Chapter IV of the Charter", "charter chaIV"),
            ("глава IV Устава", "charter chaIV"),
            ("Preamble of the Treaty", "cst pre"),
            ("преамбуле Устава", "charter pre"),
            ("Article 4.1 of the Charter", "charter art4/par1"),
            ("Article 4 of Chapter II of the Charter", "charter art4"),
        ],
    )
    def test_a_part(self, text: str, meant: str) -> None:
        assert said(text) == [f"{text} > {meant}"]

    def test_several_parts(self) -> None:
        assert said("paragraphs 1 and 2 of Article 8 of the Charter") == [
            "paragraphs 1 > charter art8/par1",
            "2 > charter art8/par2",
        ]
        assert targets("Article 8, paragraph 2 and Article 9 of the Charter") == [
            "charter art8/par2",
            "charter art9",
        ]
        assert targets("Articles 4(1) and 7 of the Charter") == ["charter art4/par1", "charter art7"]
        assert said("Article 8(1) and (2)(a) of the Charter") == [
            "Article 8(1) > charter art8/par1",
            "(2)(a) > charter art8/par2/poia",
        ]


class TestNumbers:
    """B016, B017, B020, B030."""

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            *(
                ("ст. 4", "4"),
                ("Art. 4", "4"),
                ("§ 4", "4"),
                ("§4", "4"),
                ("ст.4", "4"),
                ("Article 40", "40"),
            ),
            *(("статья\u00a04", "4"), ("Article\n4", "4"), ("статья 4¹", "4-1"), ("статья 4.1", "4-1")),
            *(
                ("статья 4-1", "4-1"),
                ("Article 4bis", "4bis"),
                ("Article 4 bis", "4bis"),
                ("Article 4-bis", "4bis"),
            ),
            *(("статья 4 бис", "4bis"), ("Article 7A", "7A"), ("статья 7А", "7A"), ("Article 7a", "7A")),
            *(
                ("Article IV", "IV"),
                ("Стат\u00adья 4", "4"),
                ("Статья\u200b\u00a04", "4"),
                ("Article 04", "4"),
            ),
        ],
    )
    def test_one_canonical_number(self, text: str, number: str) -> None:
        assert said(text, TREATY) == [f"{text} > cst art{number}"]

    def test_decomposed_letters_and_unseen_marks(self) -> None:
        text = unicodedata.normalize("NFD", "настоящей статьёй и статьей 4 Дого\u00adвора")
        assert said(text, TREATY)[-1].removesuffix(" > cst art4") == unicodedata.normalize(
            "NFD", "статьей 4 Дого\u00adвора"
        )

    @pytest.mark.parametrize(
        "text",
        ["Article", "ст.", "Article 0", "Article 99999", "Article 4th", "статья 5км", "art of 4", "§ four"],
    )
    def test_no_number(self, text: str) -> None:
        assert said(text, TREATY) == []

    def test_a_blank_line_parts_a_word_from_its_number(self) -> None:
        assert said("Article\n\n4", TREATY) == []
        assert said("Article 4\n\nof the Charter", TREATY) == ["Article 4 > cst art4", "Charter > charter"]


def test_the_stretch_of_a_list_holds_its_instrument() -> None:
    text = "Under Articles 4 and 7–9 of the Charter, or Article 3 of the Treaty."
    found = find(text, BOOK)
    assert [text[start:end] for start, end in found.stretches] == [
        "Articles 4 and 7–9 of the Charter",
        "Article 3 of the Treaty",
    ]


class TestBeforeTheArticle:
    def test_an_instrument_before_its_article(self) -> None:
        assert said("Charter, Article 7", Context(loose=True)) == ["Charter, Article 7 > charter art7"]
        assert said("the Charter's Article 7") == ["Charter's Article 7 > charter art7"]
        assert said("Договора (статья 4)") == ["Договора > cst", "статья 4 > cst art4"]
        assert said("under the Treaty. Article 7 is new")[0] == "Treaty > cst"
        assert targets("under the Treaty. Article 7 is new", TREATY) == ["cst", "cst art7"]

    @pytest.mark.parametrize(
        "text", ["ст. 4 договора", "cst art. 4", "§ 4 cst", "договор, статья 4", "art 4 treaty"]
    )
    def test_as_readers_type_it(self, text: str) -> None:
        assert targets(text, Context(loose=True)) == ["cst art4"]


WORDS = (
    *("Article ", "Articles ", "ст. ", "статьями ", "4", "7", "9", "–", "-", ",", " and ", " и ", " of the "),
    *(
        "Charter",
        "Treaty",
        " Устава",
        "ООН",
        "(",
        ")",
        "a",
        "vi",
        "bis",
        "¹",
        "\n\n",
        "\u00ad",
        "\u00a0",
        "\u0306",
    ),
    *(
        "this ",
        "настоящей ",
        "Организации ",
        "Договора ",
        "о ",
        "коллективной ",
        "безопасности",
        "paragraph ",
    ),
    *(".", "UN ", "Protocol", "второй ", "'s ", "§", "\x00", "\U0001f600", "İ", "ß"),
)
ALPHABET = st.sampled_from(WORDS)


class TestAnyText:
    @settings(max_examples=300, deadline=None)
    @given(st.one_of(st.text(max_size=60), st.lists(ALPHABET, max_size=30).map("".join)), st.booleans())
    def test_spans_are_in_order_and_leave_the_text_as_it_is(self, text: str, own: bool) -> None:
        found = find(text, BOOK, TREATY if own else Context())
        assert_sound(text, found)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "text",
        [
            *(
                "Article " + "1," * 50_000,
                "(" * 200_000,
                "0" * 200_000,
                "bis " * 50_000,
                "Article 4 of " * 8_000,
            ),
            *(
                "Organization of the " * 10_000,
                "the Treaty, " * 8_000,
                "paragraph 1 of " * 7_000,
                " " * 200_000,
            ),
            *(
                "Collective Security " * 10_000,
                "Организации Договора о " * 4_500,
                "и\u0306" * 100_000,
                "§" * 100_000,
            ),
            *(
                "Article 1 and " * 7_000,
                "статьи 1-2," * 5_000,
                "Article 4" + "(a)" * 60_000,
                "Article" + "\n" * 200_000,
            ),
            *("Protocol of 24 December " * 4_000, "настоящей статьи и " * 5_000),
        ],
        ids=lambda text: text[:20].strip(),
    )
    def test_time_is_linear(self, text: str) -> None:
        """B104: four times as long takes about four times as long and never sixteen times, whatever nearly matches.

        What takes sixteen times as long does so in every try; a busy machine does not disturb them all.
        """
        quarter = text[: len(text) // 4]
        assert any(timed(text) < 9 * timed(quarter) + 0.3 for _ in range(5))


def timed(text: str) -> float:
    """The seconds of work that reading a text takes, in the best of three runs: others share the machine."""
    return min(once(text) for _ in range(3))


def once(text: str) -> float:
    begun = time.process_time()
    find(text, BOOK, TREATY)
    return time.process_time() - begun


def assert_sound(text: str, found: Found) -> None:
    at = 0
    for one in found.citations:
        assert at <= one.start < one.end <= len(text)
        assert one.instruments
        assert one.places
        at = one.end
    assert "".join(piece for piece, _one in pieces(text, found.citations)) == text
