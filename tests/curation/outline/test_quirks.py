"""How official pages, databases and scans deviate from the plain form of a treaty, each kind with what is made of it.

The texts are of our own making, in the shape in which such pages come.
"""

import pytest

from cstokb.curation.outline import parse
from cstokb.curation.outline.front import recitals
from cstokb.curation.reading import joined, read, read_text
from tests.curation.outline.shown import outline_of, shown

#: By kind of deviation: the lines of the text, and everything that its outline holds.
QUIRKS: dict[str, tuple[str, list[str]]] = {
    "articles have a number and no heading": (
        """
        Treaty on Mutual Help
        The States Parties to this Treaty, wishing to help each other, have agreed as follows:
        Article 1
        The Parties shall help each other.
        They shall consult.
        Article 2
        This Treaty enters into force when it is ratified.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The States Parties to this Treaty, wishing to help each other, have agreed as follows:",
            "art-1: The Parties shall help each other. / They shall consult.",
            "art-2: This Treaty enters into force when it is ratified.",
        ],
    ),
    "a chapter's title is broken over lines": (
        """
        Charter of the Union
        The States Parties have agreed as follows:
        Chapter I
        Founding of the
        Union of Help
        Article 1
        The Parties found the Union.
        Chapter II
        Help
        Article 2
        The Union helps.
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "ch-1 [Founding of the Union of Help]",
            "art-1: The Parties found the Union.",
            "ch-2 [Help]",
            "art-2: The Union helps.",
        ],
    ),
    "remarks on amendments stand as paragraphs of their own": (
        """
        Charter of the Union
        The States Parties have agreed as follows:
        Article 1
        The Parties found the Union.
        (the article is as amended by the Protocol of 10 December 2001)
        Article 2
        The Union (an association of states) helps.
        (paragraph two was added by the Protocol of 10 December 2001)
        It reports.
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties found the Union.",
            "  change: the article is as amended by the Protocol of 10 December 2001",
            "art-2: The Union (an association of states) helps. / It reports.",
            "  change: paragraph two was added by the Protocol of 10 December 2001",
        ],
    ),
    "a remark is glued in front of the next sentence": (
        """
        Ittifoq Ustavi
        Ishtirokchi davlatlar quyidagilar to‘g‘risida kelishib oldilar:
        1-modda
        Ittifoqning byudjeti bor.
        (10.12.2001 yildagi Bayonnoma tahrirdagi bandi). Byudjet a’zolarning ulushlaridan tuziladi.
        """,
        [
            "title: Ittifoq Ustavi",
            "preamble: Ishtirokchi davlatlar quyidagilar to‘g‘risida kelishib oldilar:",
            "art-1: Ittifoqning byudjeti bor. / Byudjet a’zolarning ulushlaridan tuziladi.",
            "  change: 10.12.2001 yildagi Bayonnoma tahrirdagi bandi",
        ],
    ),
    "the mark of a footnote is fused with the number of an article": (
        """
        Treaty on Mutual Help
        The States Parties have agreed as follows:
        Article 1
        The Parties help.
        Article 2
        They consult.
        Article 31)
        They set up a Council.
        Article 4
        They report.
        Done at Kant on 1 May 1991.
        1) As the Protocol words it.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties help.",
            "art-2: They consult.",
            "art-3 ^1: They set up a Council.",
            "art-4: They report.",
            "dates: 1 May 1991",
            "closing: Done at Kant on 1 May 1991.",
            "footnote 1: As the Protocol words it.",
            "! footnote art-3 Article 31)",
        ],
    ),
    "a word of a definition was left untranslated and fused": (
        """
        Charter of the Union
        The States Parties have agreed as follows:
        Article 1
        The Parties found the Union of Help (daleeunion).
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties found the Union of Help (daleeunion).",
            "terms: union",
            "! machine-translation art-1 union",
        ],
    ),
    "number and title of a chapter stand on one line, with traces of a machine": (
        """
        Charter of the Union
        The States Parties have agreed as follows:
        Chapter I Establishment of the Union
        Article 1
        The Parties found the Union.
        Chapter II of the Purpose and the Principles
        Article 2
        The Union helps, as Chapter I provides.
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "ch-1 [Establishment of the Union]",
            "art-1: The Parties found the Union.",
            "ch-2 [of the Purpose and the Principles]",
            "art-2: The Union helps, as Chapter I provides.",
            "! machine-translation ch-2 of the Purpose and the Principles",
        ],
    ),
    "the instrument goes by another title": (
        """
        Articles of organization of the Agreement on Mutual Help
        The States Parties have agreed as follows:
        Article 1
        The Parties help.
        """,
        [
            "title: Articles of organization of the Agreement on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties help.",
        ],
    ),
    "the recitals run together in one paragraph": (
        """
        Treaty on Mutual Help
        The Parties, being guided by their declarations, striving for peace, have agreed as follows:
        Article 1
        The Parties help.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The Parties, being guided by their declarations, striving for peace, have agreed as follows:",
            "art-1: The Parties help.",
        ],
    ),
    "a note on who signed stands between title and preamble": (
        """
        Charter of the Union
        Signed by President of Oneland A. One and President of Twoland B. Two
        The States Parties, guided by good will, have agreed as follows:
        Article 1
        The Parties found the Union.
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties, guided by good will, have agreed as follows:",
            "art-1: The Parties found the Union.",
            "dropped: Signed by President of Oneland A. One and President of Twoland B. Two",
        ],
    ),
    "the date of the page is not that of the signature": (
        """
        October 6, 2002
        Charter of the Union
        The States Parties have agreed as follows:
        Article 1
        The Parties found the Union.
        Done at Kant on 7 October 2002 in one copy.
        """,
        [
            "title: Charter of the Union",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties found the Union.",
            "dates: October 6, 2002",
            "dates: 7 October 2002",
            "dropped: October 6, 2002",
            "closing: Done at Kant on 7 October 2002 in one copy.",
        ],
    ),
    "quotation marks are reversed, and controls of the page stand before the text": (
        """
        View settings
        Font size: small large
        Устав Союза помощи
        Государства-участники (далее - »Стороны«) договорились о нижеследующем:
        Статья 1
        Стороны учреждают »Союз«.
        """,
        [
            "title: Устав Союза помощи",
            "preamble: Государства-участники (далее - «Стороны») договорились о нижеследующем:",
            "art-1: Стороны учреждают «Союз».",
            "dropped: View settings",
            "dropped: Font size: small large",
            "terms: Стороны",
        ],
    ),
    "dated news stand before the text, and a day of posting below its title": (
        """
        24.04.2024
        Ministers met in the capital
        Treaty on Mutual Help
        15.05.2012
        The States Parties have agreed as follows:
        Article 1
        The Parties help.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties help.",
            "dates: 24.04.2024",
            "dates: 15.05.2012",
            "dropped: 24.04.2024",
            "dropped: Ministers met in the capital",
            "dropped: 15.05.2012",
        ],
    ),
    "the label of an article is repeated": (
        """
        Договор о взаимной помощи
        Государства-участники договорились о нижеследующем:
        Статья 1.
        Статья 1.
        Стороны помогают друг другу.
        Статья 2.
        Статья 2.
        Стороны проводят консультации.
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники договорились о нижеследующем:",
            "art-1: Стороны помогают друг другу.",
            "art-2: Стороны проводят консультации.",
        ],
    ),
    "hyphened terms are written with spaces": (
        """
        Договор о взаимной помощи
        Государства - участники и государства - наблюдатели договорились о нижеследующем:
        Статья 1
        Государства - участники помогают военно - медицинской службе; военно-медицинской службе нужна помощь - всегда.
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники и государства-наблюдатели договорились о нижеследующем:",
            (
                "art-1: Государства-участники помогают военно-медицинской службе;"
                " военно-медицинской службе нужна помощь -"
                " всегда."
            ),
        ],
    ),
    "a scan breaks words and sets spaces before marks": (
        """
        Договор о взаимной помощи
        Государства-участники дого-ворились о нижеследующем :
        Статья 1
        Стороны оказывают помощь , и по-мощь эта безвозмездна .
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники договорились о нижеследующем:",
            "art-1: Стороны оказывают помощь, и помощь эта безвозмездна.",
        ],
    ),
    "letters of a broken font": (
        """
        Договор о взаимной помощи
        Госóдарства-óчастниêи договорились о нижеследующем:
        Статья 1
        Стороны оêазывают помощь ãосóдарствам.
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники договорились о нижеследующем:",
            "art-1: Стороны оказывают помощь государствам.",
        ],
    ),
    "labels run in at the head of a paragraph": (
        """
        Treaty on Mutual Help
        The States Parties have agreed as follows:
        Article 1. The States Parties shall help each other, as Article 2 provides.
        Article 2. They shall consult.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The States Parties shall help each other, as Article 2 provides.",
            "art-2: They shall consult.",
        ],
    ),
    "a new article with its label is quoted in a point of a protocol": (
        """
        Protocol on Changes to the Treaty on Mutual Help
        The States Parties have agreed as follows:
        Article 1
        The following changes shall be made to the Treaty:
        a) the words “in time” shall be deleted in article 3;
        c) article 4 should be worded as follows: “Article 4
        The Parties shall help at once.
        Article 5
        They shall report.”
        Article 2
        This Protocol enters into force on ratification.
        """,
        [
            "title: Protocol on Changes to the Treaty on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            (
                "art-1: The following changes shall be made to the Treaty: / a) the words “in"
                " time” shall be deleted in"
                " article 3; / c) article 4 should be worded as follows: “Article 4 / The"
                " Parties shall help at once. /"
                " Article 5 / They shall report.”"
            ),
            "  orders: delete in time > ",
            "  orders: reword  > ",
            "art-2: This Protocol enters into force on ratification.",
        ],
    ),
    "a new article is quoted in Russian, with quotations inside": (
        """
        Протокол о внесении изменений в Договор
        Государства-участники договорились о нижеследующем:
        Статья 1
        Внести в Договор следующие изменения:
        статью 4 изложить в следующей редакции:
        «Статья 4
        Стороны (далее - «Участники») помогают сразу.
        Помощь оказывает «Союз»;
        Статья 2
        Протокол вступает в силу после ратификации.
        """,
        [
            "title: Протокол о внесении изменений в Договор",
            "preamble: Государства-участники договорились о нижеследующем:",
            (
                "art-1: Внести в Договор следующие изменения: / статью 4 изложить в следующей редакции: / «Статья 4 /"
                " Стороны (далее - «Участники») помогают сразу. / Помощь оказывает «Союз»;"
            ),
            "  orders: reword  > ",
            "art-2: Протокол вступает в силу после ратификации.",
            "terms: Участники",
            "! cut art-1 Помощь оказывает «Союз»;",
        ],
    ),
    "changes come as replacements of words": (
        """
        Protocol on Changes to the Charter
        The States Parties have agreed as follows:
        1. In the preamble replace the words “(hereinafter the Parties)” with the words “(hereinafter the Members)”.
        2. В статье 5 слова «скорая помощь» заменить словами «любая помощь».
        """,
        [
            "title: Protocol on Changes to the Charter",
            "preamble: The States Parties have agreed as follows:",
            (
                "p-1: In the preamble replace the words “(hereinafter the Parties)” with the words “(hereinafter the"
                " Members)”."
            ),
            "  orders: replace (hereinafter the Parties) > (hereinafter the Members)",
            "p-2: В статье 5 слова «скорая помощь» заменить словами «любая помощь».",
            "  orders: replace скорая помощь > любая помощь",
        ],
    ),
    "a whole protocol is one paragraph, its title in capitals with a letter code after the date": (
        (
            "ПРОТОКОЛ О ВНЕСЕНИИ ИЗМЕНЕНИЙ В УСТАВ СОЮЗА ПОМОЩИ 10 декабря 2001 года (Д)"
            " Государства - члены Союза помощи,"
            " желая обновить свой союз, договорились о нижеследующем: 1. Внести в Устав"
            " изменения: а) изложить абзац второй"
            " статьи 2 в новой редакции; б) слова «скорая помощь» заменить словами «любая"
            " помощь». 2. Настоящий Протокол"
            " подлежит ратификации и вступает в силу в день сдачи последней грамоты. 3."
            " Протокол совершен в одном экземпляре."
        ),
        [
            "title: ПРОТОКОЛ О ВНЕСЕНИИ ИЗМЕНЕНИЙ В УСТАВ СОЮЗА ПОМОЩИ",
            "preamble: Государства-члены Союза помощи, желая обновить свой союз, договорились о нижеследующем:",
            (
                "p-1: Внести в Устав изменения: / а) изложить абзац второй статьи 2 в новой"
                " редакции; / б) слова «скорая"
                " помощь» заменить словами «любая помощь»."
            ),
            "  orders: reword  > ",
            "  orders: replace скорая помощь > любая помощь",
            "p-2: Настоящий Протокол подлежит ратификации и вступает в силу в день сдачи последней грамоты.",
            "p-3: Протокол совершен в одном экземпляре.",
            "dates: 10 декабря 2001",
            "dropped: 10 декабря 2001 года (Д)",
        ],
    ),
    "a label says that the edition is an old one": (
        """
        (СТАРАЯ РЕДАКЦИЯ)
        Действовала до 1 мая 2010 года
        Договор о взаимной помощи
        Государства-участники договорились о нижеследующем:
        Статья 1
        Стороны помогают.
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники договорились о нижеследующем:",
            "art-1: Стороны помогают.",
            "dates: 1 мая 2010",
            "versions: СТАРАЯ РЕДАКЦИЯ",
            "versions: Действовала до 1 мая 2010 года",
            "! old-edition  СТАРАЯ РЕДАКЦИЯ",
            "! old-edition  Действовала до 1 мая 2010 года",
        ],
    ),
    "a database shows a day of validity": (
        """
        Оинномаи Иттиҳод
        Санаи амалкуни: 10.12.2001
        Давлатҳои аъзо ба мувофиқа расиданд:
        Моддаи 1.
        Иттиҳод таъсис дода мешавад, чунон ки дар моддаи 9 омадааст.
        """,
        [
            "title: Оинномаи Иттиҳод",
            "preamble: Давлатҳои аъзо ба мувофиқа расиданд:",
            "art-1: Иттиҳод таъсис дода мешавад, чунон ки дар моддаи 9 омадааст.",
            "dates: 10.12.2001",
            "versions: Санаи амалкуни: 10.12.2001",
            "! validity  Санаи амалкуни: 10.12.2001",
        ],
    ),
    "advertising and a national law of ratification stand before the text": (
        """
        Payment for services is made by card
        Vote for our party
        Law of the Republic on the ratification of the Protocol
        Article 1. Ratify the Protocol signed in the capital on 5 May 1991.
        Article 2. This Law enters into force at once.
        Protocol on Mutual Help
        The States Parties have agreed as follows:
        Article 1
        The Parties help.
        """,
        [
            "title: Protocol on Mutual Help",
            "preamble: The States Parties have agreed as follows:",
            "art-1: The Parties help.",
            "dates: 5 May 1991",
            "dropped: Payment for services is made by card",
            "dropped: Vote for our party",
            "dropped: Law of the Republic on the ratification of the Protocol",
            "dropped: Article 1. Ratify the Protocol signed in the capital on 5 May 1991.",
            "dropped: Article 2. This Law enters into force at once.",
            "! other-act  Law of the Republic on the ratification of the Protocol",
        ],
    ),
    "footnotes on national amendments are printed as text": (
        """
        Agreement on Secrets
        The States Parties have agreed as follows:
        The footnote. The preamble as amended by the Law of the Republic.
        Article 1
        The Parties keep secrets.
        The footnote. Article 1 is in the wording of the Law of 5 May 1991.
        """,
        [
            "title: Agreement on Secrets",
            "preamble: The States Parties have agreed as follows:",
            "  note: The footnote. The preamble as amended by the Law of the Republic.",
            "art-1: The Parties keep secrets.",
            "  note: The footnote. Article 1 is in the wording of the Law of 5 May 1991.",
        ],
    ),
    "the list of amending acts stands between rules of underscores": (
        """
        _________________________
        Документ с изменениями, внесенными:
        Протоколом N 2 о порядке встпления в силу;
        Протоколом N 3.
        _________________________
        Устав Союза помощи
        Государства-члены договорились о нижеследующем:
        Статья 1
        Учреждается Союз.
        """,
        [
            "title: Устав Союза помощи",
            "preamble: Государства-члены договорились о нижеследующем:",
            "art-1: Учреждается Союз.",
            "amendments: Документ с изменениями, внесенными:",
            "amendments: Протоколом N 2 о порядке встпления в силу;",
            "amendments: Протоколом N 3.",
        ],
    ),
    "French counts the first in words and sets titles in capitals": (
        """
        Charte de l'Union d'entraide
        Les États parties sont convenus de ce qui suit :
        CHAPITRE PREMIER. FONDATION DE L'UNION
        Article premier
        Les États parties fondent l'Union.
        CHAPITRE II BUTS ET PRINCIPES
        Article 2
        L'Union aide.
        """,
        [
            "title: Charte de l'Union d'entraide",
            "preamble: Les États parties sont convenus de ce qui suit :",
            "ch-1 [FONDATION DE L'UNION]",
            "art-1: Les États parties fondent l'Union.",
            "ch-2 [BUTS ET PRINCIPES]",
            "art-2: L'Union aide.",
        ],
    ),
    "the number stands before the word for article in Uzbek": (
        """
        Ittifoq Ustavi
        Ishtirokchi davlatlar quyidagilar to‘g‘risida kelishib oldilar:
        I bob. Umumiy qoidalar
        1-modda
        Ittifoq tuziladi.
        2-modda. Ittifoq 1-moddaga muvofiq yordam beradi.
        """,
        [
            "title: Ittifoq Ustavi",
            "preamble: Ishtirokchi davlatlar quyidagilar to‘g‘risida kelishib oldilar:",
            "ch-1 [Umumiy qoidalar]",
            "art-1: Ittifoq tuziladi.",
            "art-2: Ittifoq 1-moddaga muvofiq yordam beradi.",
        ],
    ),
    "a term has several renderings; the text keeps its own": (
        """
        Treaty on Mutual Help
        The Participating States have agreed as follows:
        Article 1
        The Participating States help the States Parties.
        """,
        [
            "title: Treaty on Mutual Help",
            "preamble: The Participating States have agreed as follows:",
            "art-1: The Participating States help the States Parties.",
        ],
    ),
    "a pointer to another card stands in brackets in the title": (
        """
        Договор о взаимной помощи ( Дополнительно см. Статус Договора от 07.05.1992 )
        Государства-участники договорились о нижеследующем:
        Статья 1
        Стороны помогают.
        """,
        [
            "title: Договор о взаимной помощи",
            "preamble: Государства-участники договорились о нижеследующем:",
            "art-1: Стороны помогают.",
            "dates: 07.05.1992",
            "pointers: Дополнительно см. Статус Договора от 07.05.1992",
        ],
    ),
    "a page only quotes an article": (
        """
        The Union is thirty years old
        Article 4 of the Treaty says: “If one of the Parties is attacked by any state, the others help.”
        The presidents met in the capital.
        """,
        [
            "dropped: The Union is thirty years old",
            (
                "dropped: Article 4 of the Treaty says: “If one of the Parties is attacked by any state, the others"
                " help.”"
            ),
            "dropped: The presidents met in the capital.",
            "! nothing",
        ],
    ),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_quirk(quirk: str) -> None:
    text, expected = QUIRKS[quirk]
    assert shown(outline_of(text)) == expected


def test_clauses_count_in_roman_or_arabic_and_letters_in_either_alphabet() -> None:
    roman = (
        "Протокол о помощи\nГосударства договорились о нижеследующем:\nI. Внести изменения:\nа) первое;\nб) второе;\n"
        "в) третье.\nII. Протокол вступает в силу."
    )
    arabic = (
        "Protocol on Help\nThe States have agreed as follows:\n1. Make changes:\na) one;\nb) two;\nс) three.\n"
        "2. The Protocol enters into force."
    )
    for text in (roman, arabic):
        first, second = [part for part in outline_of(text).parts if part.kind == "paragraph"]
        assert (first.anchor, second.anchor) == ("p-1", "p-2")
        assert [(one.ordinal, one.level) for one in first.paragraphs] == [(0, 0), (1, 1), (2, 1), (3, 1)]


def test_recitals_are_parted_for_display_only() -> None:
    text = "The Parties, being guided by law, striving for peace, have agreed as follows:"
    assert list(recitals(text)) == [
        "The Parties,",
        "being guided by law,",
        "striving for peace, have agreed as follows:",
    ]


def test_a_text_on_several_pages_is_joined_before_it_is_read() -> None:
    first = read_text(
        "Договор о взаимной помощи\n\nГосударства договорились о"
        " нижеследующем:\n\nСтатья 6\n\nРешение принимает Совет."
    )
    second = read_text(
        "Договор о взаимной помощи\n\nИспользование сил за пределами решается так же.\n\nСтатья 7\n\nСтороны строят."
    )
    assert shown(parse(joined([first, second]))) == [
        "title: Договор о взаимной помощи",
        "preamble: Государства договорились о нижеследующем:",
        "art-6: Решение принимает Совет. / Использование сил за пределами решается так же.",
        "art-7: Стороны строят.",
        "! gap art-6 1–5",
    ]
    assert shown(parse(second)) == [
        "title: Договор о взаимной помощи",
        "art-7: Стороны строят.",
        "dropped: Использование сил за пределами решается так же.",
        "! unassigned  Использование сил за пределами решается так же.",
        "! gap art-7 1–6",
    ]


def test_words_broken_at_line_ends_of_a_printed_page_are_whole() -> None:
    page = (
        "Treaty on Mutual Help\n\nThe States Parties have agreed as follows:\n\n"
        "Article 1. The States Parties shall refrain from any threat of for-\n"
        "ce and shall help each other in every way that is open to them all\n"
        "at any time and in any place.\n\nArticle 2. They shall consult.\n"
    )
    assert shown(parse(read(page.encode())))[2:] == [
        (
            "art-1: The States Parties shall refrain from any threat of force and shall help"
            " each other in every way that"
            " is open to them all at any time and in any place."
        ),
        "art-2: They shall consult.",
    ]
