"""Parts, numbers and warnings of an outline, and what no text may do to it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstokb.curation.outline import parse
from cstokb.curation.outline.labels import label_of
from cstokb.curation.outline.model import Paragraph
from cstokb.curation.outline.points import Counter, point_of
from cstokb.curation.reading import Block, BlockKind, Document, read
from tests.curation.outline.shown import outline_of, shown

HEAD = "Treaty on Mutual Help\nThe States Parties have agreed as follows:\n"


def anchors(text: str) -> list[str]:
    return [part.anchor for part in outline_of(HEAD + text).parts[1:]]


def warnings(text: str) -> list[tuple[str, str, str]]:
    return [(one.code.value, one.place, one.detail) for one in outline_of(HEAD + text).warnings]


class TestLabels:
    @pytest.mark.parametrize(
        ("line", "kind", "number", "rest"),
        [
            ("Article 4", "article", "4", ""),
            ("ARTICLE 4.", "article", "4", ""),
            ("Art. 4", "article", "4", ""),
            ("Статья 4.", "article", "4", ""),
            ("СТАТЬЯ 4", "article", "4", ""),
            ("Ст. 4", "article", "4", ""),
            ("Article 4bis", "article", "4bis", ""),
            ("Article 4 BIS.", "article", "4bis", ""),
            ("Статья 7А", "article", "7A", ""),
            ("Article 4¹", "article", "4-1", ""),
            ("Статья 4.1.", "article", "4-1", ""),
            ("Статья 4-1", "article", "4-1", ""),
            ("Article IV", "article", "IV", ""),
            ("Article premier", "article", "1", ""),
            ("Article 1er", "article", "1", ""),
            ("Статья первая", "article", "1", ""),
            ("25-modda", "article", "25", ""),
            ("25-modda. Matn", "article", "25", "Matn"),
            ("25-модда", "article", "25", ""),
            ("4-бап", "article", "4", ""),
            ("4-берене", "article", "4", ""),
            ("Моддаи 9.", "article", "9", ""),
            ("Հոդված 4", "article", "4", ""),
            ("Артыкул 4", "article", "4", ""),
            ("მუხლი 4", "article", "4", ""),
            ("Maddə 4", "article", "4", ""),
            ("Article 4. The Parties help.", "article", "4", "The Parties help."),
            ("Article 4: “Help”", "article", "4", "“Help”"),
            ("ARTICLE 4 MUTUAL HELP", "article", "4", "MUTUAL HELP"),
            ("Chapter IV", "chapter", "IV", ""),
            ("ГЛАВА ІІ", "chapter", "II", ""),
            ("Глава 2. Цели", "chapter", "2", "Цели"),
            ("Chapter II of the Purpose", "chapter", "II", "of the Purpose"),
            ("CHAPITRE PREMIER. FONDATION", "chapter", "1", "FONDATION"),
            ("II bob", "chapter", "II", ""),
            ("Annex", "annex", "", ""),
            ("Приложение № 2", "annex", "2", ""),
            ("Приложение к Протоколу", "annex", "", "к Протоколу"),
            ("Преамбула", "preamble", "", ""),
        ],
    )
    def test_a_label_in_each_form(self, line: str, kind: str, number: str, rest: str) -> None:
        label = label_of(line)
        assert label is not None
        assert (label.kind.value, label.number, label.rest) == (kind, number, rest)

    @pytest.mark.parametrize(
        "line",
        [
            "Article 4 of the Treaty provides for help.",
            "Article 4, paragraph 2, is deleted.",
            "article 4",
            "статью 4 изложить в новой редакции:",
            "Статья 4 Договора",
            "Articles 4 and 5",
            "Article",
            "Article of 4",
            "Articled 4",
            "моддаи 9 Оиннома",
            "1-moddaga muvofiq yordam beradi",
            "Chapter II provides for help.",
            "Приложение является частью Договора.",
            "Приложения 1 и 2",
            "Preamble and articles",
            "IV",
            "4",
        ],
    )
    def test_a_reference_is_no_label(self, line: str) -> None:
        assert label_of(line) is None

    def test_a_heading_of_the_document_needs_no_sign_after_the_number(self) -> None:
        assert label_of("Статья 4 Помощь") is None
        found = label_of("Статья 4 Помощь", heading=True)
        assert found is not None
        assert (found.number, found.rest) == ("4", "Помощь")


class TestNumbers:
    def test_inserted_articles_follow_their_own(self) -> None:
        text = "Article 1\nA.\nArticle 2\nB.\nArticle 2¹\nC.\nArticle 2bis\nD.\nArticle 2A\nE.\nArticle 3\nF."
        assert anchors(text) == ["art-1", "art-2", "art-2-1", "art-2bis", "art-2a", "art-3"]
        assert warnings(text) == []

    def test_a_raised_figure_at_the_next_number_is_the_mark_of_a_footnote(self) -> None:
        outline = outline_of(HEAD + "Article 1\nA.\nArticle 2¹\nB.\nArticle 3\nC.")
        assert [(part.anchor, part.marks) for part in outline.parts[1:]] == [
            ("art-1", []),
            ("art-2", ["1"]),
            ("art-3", []),
        ]
        assert [one.code for one in outline.warnings] == ["footnote"]

    def test_a_fused_mark_without_a_bracket_is_seen_by_what_follows(self) -> None:
        assert anchors("Article 1\nA.\nArticle 2\nB.\nArticle 31\nC.\nArticle 4\nD.") == [
            "art-1",
            "art-2",
            "art-3",
            "art-4",
        ]

    def test_a_great_number_that_goes_on_is_a_gap_and_no_slip(self) -> None:
        text = "Article 1\nA.\nArticle 2\nB.\nArticle 31\nC.\nArticle 32\nD."
        assert anchors(text) == ["art-1", "art-2", "art-31", "art-32"]
        assert warnings(text) == [("gap", "art-31", "3–30")]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Article 1\nA.\nArticle 3\nB.", [("gap", "art-3", "2")]),
            ("Article 2\nA.", [("gap", "art-2", "1")]),
            ("Article 1\nA.\nArticle 2\nB.\nArticle 1\nC.", [("doubled", "art-1", "1")]),
            ("Article 1\nA.\nArticle 3\nB.\nArticle 2\nC.", [("gap", "art-3", "2"), ("order", "art-2", "3")]),
            ("Article 1\nArticle 2\nB.", [("empty", "art-1", "Article 1")]),
            ("Article 1\nA.\nArticle 2\nThe Parties shall", [("cut", "art-2", "The Parties shall")]),
            (
                "Chapter I\nHelp\nThe Parties help at all times.\nArticle 1\nA.",
                [("unassigned", "ch-1", "The Parties help at all times.")],
            ),
            ("Article 1\nThe word is: “help.\nArticle 2\nB.", [("unclosed", "", "“help.")]),
            ("Chapter I\nX\nArticle 1\nA.\nChapter III\nY\nArticle 2\nB.", [("gap", "ch-3", "2")]),
        ],
    )
    def test_what_is_wrong_is_told_at_its_place(
        self, text: str, expected: list[tuple[str, str, str]]
    ) -> None:
        assert warnings(text) == expected

    def test_a_warning_is_a_sentence(self) -> None:
        (one,) = outline_of(HEAD + "Article 1\nA.\nArticle 3\nB.").warnings
        assert one.sentence == "Missing before it: 2."


class TestParts:
    def test_a_whole_treaty(self) -> None:
        outline = outline_of(
            """
            TREATY
            on Mutual Help
            Capital, 5 May 1991
            The States Parties, wishing to help,
            recalling the Charter of the United Nations,
            have agreed as follows:
            Chapter I. General
            Article 1. Aims
            1. The Parties:
            a) help;
            b) consult:
            - at once;
            c) report.
            2. They meet.
            Article 2
            Means
            The Parties use their means.
            Chapter II
            Final
            Article 3
            The Treaty enters into force on ratification.
            In witness whereof the undersigned have signed it.
            Done at Capital on 5 May 1991 in one copy.
            For the Republic of One
            Annex 1
            List of means
            Article 1
            Trucks.
            """
        )
        assert shown(outline) == [
            "title: TREATY on Mutual Help",
            (
                "preamble: The States Parties, wishing to help, / recalling the Charter of the"
                " United Nations, / have agreed as"
                " follows:"
            ),
            "ch-1 [General]",
            "art-1 [Aims]: 1. The Parties: / a) help; / b) consult: / - at once; / c) report. / 2. They meet.",
            "art-2 [Means]: The Parties use their means.",
            "ch-2 [Final]",
            "art-3: The Treaty enters into force on ratification.",
            "annex-1: List of means / Article 1 / Trucks.",
            "dates: 5 May 1991",
            "dropped: Capital, 5 May 1991",
            "closing: In witness whereof the undersigned have signed it.",
            "closing: Done at Capital on 5 May 1991 in one copy.",
            "closing: For the Republic of One",
        ]
        assert [part.parent for part in outline.parts] == ["", "", "ch-1", "ch-1", "", "ch-2", ""]

    def test_numbers_that_the_document_sets_by_itself_are_labels(self) -> None:
        blocks = (
            Block(BlockKind.HEADING, "Протокол о помощи", level=1),
            Block(BlockKind.PARAGRAPH, "Государства договорились о нижеследующем:"),
            Block(BlockKind.ITEM, "Внести изменения.", "Статья 1."),
            Block(BlockKind.ITEM, "Вступает в силу.", "Статья 2."),
        )
        assert shown(parse(Document(blocks, language="ru")))[2:] == [
            "art-1: Внести изменения.",
            "art-2: Вступает в силу.",
        ]

    def test_a_preamble_may_have_a_label(self) -> None:
        outline = outline_of(
            "Договор о помощи\nПреамбула\nСтороны, желая помогать,\nГлава I\nЦели\nСтатья 1\nСтороны помогают."
        )
        assert shown(outline)[1:4] == [
            "preamble: Стороны, желая помогать,",
            "ch-1 [Цели]",
            "art-1: Стороны помогают.",
        ]

    def test_a_page_of_html_with_furniture(self) -> None:
        page = (
            "<html><body><nav><a href=/>Home</a> <a href=/n>News</a></nav><div><h1>Charter of the Union</h1>"
            "<p>24.04.2024</p><p>The States Parties<br>have agreed as follows:</p><p><b>Chapter I</b></p>"
            "<p>Founding of<br>the Union</p><p>Article 1</p><p>The Parties found the Union.</p></div></body></html>"
        )
        assert shown(parse(read(page.encode()))) == [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "ch-1 [Founding of the Union]",
            "art-1: The Parties found the Union.",
            "dates: 24.04.2024",
            "dropped: 24.04.2024",
        ]

    def test_a_decision_counts_its_points_and_has_an_annex(self) -> None:
        outline = outline_of(
            """
            Решение Совета о помощи
            Совет решил:
            1. Утвердить Положение о помощи (прилагается).
            2. Поручить Секретариату:
            а) доложить.
            Приложение
            к Решению Совета
            1. Помощь оказывается.
            """
        )
        assert shown(outline) == [
            "title: Решение Совета о помощи",
            "preamble: Совет решил:",
            "p-1: Утвердить Положение о помощи (прилагается).",
            "p-2: Поручить Секретариату: / а) доложить.",
            "annex: к Решению Совета / 1. Помощь оказывается.",
        ]

    def test_roman_titles_among_arabic_points_are_chapters(self) -> None:
        outline = outline_of(
            """
            Стратегия безопасности на период до 2025 года
            I. Общие положения
            1. Стратегия является документом.
            2. Правовую основу составляют договоры.
            II. Цели
            3. Целью является мир.
            """
        )
        assert shown(outline)[1:] == [
            "ch-1 [Общие положения]",
            "p-1: Стратегия является документом.",
            "p-2: Правовую основу составляют договоры.",
            "ch-2 [Цели]",
            "p-3: Целью является мир.",
        ]
        assert [part.parent for part in outline.parts] == ["", "ch-1", "ch-1", "", "ch-2"]

    def test_a_short_first_line_is_a_heading_only_where_most_articles_have_one(self) -> None:
        one = "Article 1\nThe Parties\nThey help.\nArticle 2\nThey consult.\nArticle 3\nThey report."
        assert [part.heading for part in outline_of(HEAD + one).parts[1:]] == ["", "", ""]
        most = "Article 1\nHelp\nThey help.\nArticle 2\nTalk\nThey consult.\nArticle 3\nThey report."
        assert [part.heading for part in outline_of(HEAD + most).parts[1:]] == ["Help", "Talk", ""]

    @pytest.mark.parametrize(
        ("line", "text", "changes"),
        [
            ("Help. (as amended by the Protocol of 2010)", "Help.", ["as amended by the Protocol of 2010"]),
            ("Исключена. (Протокол от 10.12.2010)", "Исключена.", ["Протокол от 10.12.2010"]),
            ("[в редакции Протокола 2010 года] Союз.", "Союз.", ["в редакции Протокола 2010 года"]),
            ("Help (an armed attack of 1990).", "Help (an armed attack of 1990).", []),
            ("(an attack) is amended by 2 states.", "(an attack) is amended by 2 states.", []),
            ("They may (as amended in 2010) help.", "They may (as amended in 2010) help.", []),
        ],
    )
    def test_remarks_are_taken_off_the_ends_of_a_sentence_alone(
        self, line: str, text: str, changes: list[str]
    ) -> None:
        (part,) = outline_of(f"{HEAD}Article 1\n{line}").parts[1:]
        assert (part.text, part.all_changes) == (text, changes)

    def test_notes_below_a_rule_belong_to_their_marks(self) -> None:
        text = "Article 1\nA.\nArticle 2*\nB.\nArticle 3 1)\nC.\n_____\n* To the second.\n1) To the third."
        outline = outline_of(HEAD + text)
        assert [(part.text, part.marks) for part in outline.parts[1:]] == [
            ("A.", []),
            ("B.", ["*"]),
            ("C.", ["1"]),
        ]
        assert outline.footnotes == {"*": "To the second.", "1": "To the third."}

    def test_raised_marks_in_the_text_go_with_their_notes(self) -> None:
        text = "Article 1\nThe Parties¹ help on 5 km².\nDone at Kant.\n¹ All of them."
        outline = outline_of(HEAD + text)
        assert (outline.parts[1].text, outline.footnotes) == (
            "The Parties help on 5 km².",
            {"1": "All of them."},
        )

    def test_it_is_json(self) -> None:
        said = outline_of(HEAD + "Article 1. The Parties help.").as_json()
        assert said["title"] == "Treaty on Mutual Help"
        assert said["parts"][1] == {
            "kind": "article",
            "number": "1",
            "anchor": "art-1",
            "label": "Article 1.",
            "heading": "",
            "parent": "",
            "text": "The Parties help.",
            "changes": [],
            "notes": [],
            "instructions": [],
        }


#: A page as databases of laws made them once: laid out with tables, parted by line breaks, in the code page of Windows.
OLD_PAGE = """<HTML><HEAD><TITLE>Док</TITLE>
<META http-equiv=Content-Type content="text/html; charset=windows-1251"></HEAD><BODY>
<TABLE width=100%><TR><TD colspan=2><A href=/>Главная</A> | <A href=/n>Новости</A> | <A href=/d>Документы</A></TD></TR>
<TR><TD width=150><A href=1>Раздел 1</A><BR><A href=2>Раздел 2</A><BR>Реклама</TD><TD>
<P align=center><B>УСТАВ<BR>Союза взаимной помощи</B><BR><I>(с изменениями от 10 декабря 2010 года)</I></P>
Государства - участники Договора (далее - государства-члены),<BR>действуя согласно обязательствам,
<BR>договорились о нижеследующем:<BR><BR>
<CENTER><B>ГЛАВА I<BR>УЧРЕЖДЕНИЕ СОЮЗА</B></CENTER><BR>
<CENTER>Статья 1</CENTER><BR>
&nbsp;&nbsp;&nbsp;Государства-члены учреждают Союз взаимной помощи.<BR>
&nbsp;&nbsp;&nbsp;Союз действует открыто.<BR><BR>
<CENTER>Статья 2</CENTER><BR>
&nbsp;&nbsp;1. Договор обязателен.<BR>&nbsp;&nbsp;2. Цели Союза:<BR>а) мир;<BR>б) помощь.<BR>
(статья 2 в ред. Протокола от 10.12.2010)<BR><BR>
<CENTER>ГЛАВА II<BR>ОРГАНЫ</CENTER><BR><CENTER>Статья 3</CENTER>
Высшим органом является Совет.<BR>
<BR>Совершено в городе Столице 7 октября 2002 года в одном экземпляре на русском языке.<BR>
<TABLE><TR><TD>За Республику Одну</TD><TD>За Республику Вторую</TD></TR></TABLE>
</TD></TR><TR><TD>© 2005</TD></TR></TABLE></BODY></HTML>"""


def test_an_old_page_of_a_database() -> None:
    document = read(OLD_PAGE.encode("cp1251"))
    assert (document.encoding, document.encoding_from, document.language) == ("cp1251", "label", "ru")
    outline = parse(document)
    assert [(part.anchor, part.heading, part.parent) for part in outline.parts] == [
        ("preamble", "", ""),
        ("ch-1", "УЧРЕЖДЕНИЕ СОЮЗА", ""),
        ("art-1", "", "ch-1"),
        ("art-2", "", "ch-1"),
        ("ch-2", "ОРГАНЫ", ""),
        ("art-3", "", "ch-2"),
    ]
    assert outline.title == "УСТАВ Союза взаимной помощи"
    assert (
        outline.part("art-1").text
        == "Государства-члены учреждают Союз взаимной помощи.\n\nСоюз действует открыто."
    )
    assert outline.part("art-2").text == "1. Договор обязателен.\n\n2. Цели Союза:\n\nа) мир;\n\nб) помощь."
    assert outline.part("art-2").all_changes == ["статья 2 в ред. Протокола от 10.12.2010"]
    assert outline.amendments == ["(с изменениями от 10 декабря 2010 года)"]
    assert outline.closing[1:] == ["За Республику Одну", "За Республику Вторую"]
    assert outline.warnings == []


def counted(texts: list[str]) -> list[Paragraph]:
    """Paragraphs as one counter takes them, one after the other."""
    counter = Counter()
    return [counter.take(text) for text in texts]


class TestPoints:
    def test_levels_follow_the_order_of_their_styles(self) -> None:
        found = counted(["1. A", "(1) b", "a) c", "б) d", "(2) e", "2. f", "II. g", "text", "3. h", "7) no"])
        assert [(one.label, one.ordinal, one.level) for one in found] == [
            ("1.", 1, 1),
            ("(1)", 1, 2),
            ("a)", 1, 3),
            ("б)", 2, 3),
            ("(2)", 2, 2),
            ("2.", 2, 1),
            ("", 0, 0),
            ("", 0, 0),
            ("3.", 3, 1),
            ("", 0, 0),
        ]

    @pytest.mark.parametrize(
        "text", ["N. Nazarov", "1991 was a year", "a letter", "1.", "", "1,5 per cent", "(see 1) so"]
    )
    def test_what_is_no_point(self, text: str) -> None:
        assert point_of(text) is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Article 1",
                "Статья 31)",
                "Chapter II",
                "«",
                "“Article 4",
                "»;",
                "(as amended by Protocol 2)",
                "1. a",
                "б) b",
            ]
        )
        | st.text(max_size=40),
        max_size=20,
    )
)
def test_no_text_breaks_it(lines: list[str]) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines if line.strip())
    outline = parse(Document(blocks))
    assert outline.as_json()["parts"] == [part.as_json() for part in outline.parts]


@pytest.mark.parametrize(
    "text",
    [
        "Article " + "1," * 20_000,
        "(" * 40_000,
        "0" * 40_000,
        "1 bis " * 8_000,
        "« " * 20_000,
        "А" * 40_000,
        "слова «" * 6_000,
        "A. " * 13_000,
    ],
    ids=["article", "brackets", "zeros", "bis", "quotes", "capitals", "words", "ends"],
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    parse(Document((Block(BlockKind.PARAGRAPH, text), Block(BlockKind.PARAGRAPH, text))))
    assert time.perf_counter() - begun < 3
