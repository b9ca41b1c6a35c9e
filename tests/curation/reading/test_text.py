"""Plain text and HTML: encodings, paragraphs, the main text of a page."""

import time

import pytest

from cstokb.curation.reading import Block, BlockKind, Document, DocumentRefused, joined, read, read_text
from cstokb.curation.reading.encodings import CHOICES

RUSSIAN = "Заявление Совета о мире.\n\nСтороны подтверждают, что объём помощи ещё не определён."
PARAGRAPHS = ["Заявление Совета о мире.", "Стороны подтверждают, что объём помощи ещё не определён."]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str, str]]:
    return [(block.kind.value, block.number, block.text) for block in document.blocks]


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "named", "known_from"),
        [
            ("utf-8", "utf-8", "bytes"),
            ("utf-8-sig", "utf-8", "mark"),
            ("utf-16", "utf-16", "mark"),
            ("utf-16-le", "utf-16-le", "bytes"),
            ("utf-16-be", "utf-16-be", "bytes"),
            ("cp1251", "cp1251", "guess"),
            ("koi8-r", "koi8-r", "guess"),
            ("cp866", "cp866", "guess"),
            ("iso8859-5", "iso8859-5", "guess"),
            ("mac-cyrillic", "mac-cyrillic", "guess"),
        ],
    )
    def test_a_russian_text_is_read_in_any_of_them_and_it_is_said_which(
        self, encoding: str, named: str, known_from: str
    ) -> None:
        document = read(RUSSIAN.encode(encoding))
        assert texts(document) == PARAGRAPHS
        assert (document.encoding, document.encoding_from, document.language) == (named, known_from, "ru")

    def test_french_in_the_western_page(self) -> None:
        document = read("Les États parties ont décidé de régler les différends à l'amiable.".encode("cp1252"))
        assert texts(document) == ["Les États parties ont décidé de régler les différends à l'amiable."]
        assert (document.encoding, document.language) == ("cp1252", "fr")

    def test_a_chosen_encoding_goes_before_what_is_detected(self) -> None:
        document = read("Совет".encode("koi8-r"), encoding="koi8-r")
        assert (texts(document), document.encoding_from) == (["Совет"], "asked")

    @pytest.mark.parametrize("name", ["utf-8", "no-such", "hex", "rot13", "zip", "\x00", "idna", "undefined"])
    def test_a_chosen_encoding_that_does_not_fit_is_refused(self, name: str) -> None:
        with pytest.raises(DocumentRefused, match="is not in the encoding"):
            read(b"\xd1\xff\xfe text", encoding=name)

    def test_every_encoding_on_offer_exists(self) -> None:
        assert [name for name in CHOICES if "text".encode(name).decode(name) != "text"] == []

    @pytest.mark.parametrize("label", ["windows-1251", "utf-8", "koi8-r", "no-such-page"])
    def test_a_wrong_label_does_not_spoil_the_letters(self, label: str) -> None:
        page = f'<html><head><meta charset="{label}"></head><body><p>Заявление Совета министров</p></body></html>'
        assert texts(read(page.encode("cp1251"))) == ["Заявление Совета министров"]
        assert texts(read(page.encode("utf-8"))) == ["Заявление Совета министров"]

    def test_a_right_label_is_believed(self) -> None:
        page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Заявление</p>'
        document = read(page.encode("cp1251"))
        assert (document.encoding, document.encoding_from) == ("cp1251", "label")

    @pytest.mark.parametrize(
        "damaged",
        [
            "Совет коллективной безопасности".encode().decode("cp1251", "ignore"),
            "Совет коллективной безопасности".encode().decode("cp1252", "ignore"),
            "Сов\ufffdт коллективной безопасности",
            "пїЅпїЅпїЅ коллективной безопасности",
        ],
    )
    def test_a_text_that_was_damaged_before_is_refused_with_its_first_place(self, damaged: str) -> None:
        with pytest.raises(DocumentRefused, match=r"damaged.*near"):
            read(damaged.encode())


class TestCleaning:
    def test_letters_are_composed_and_what_is_no_text_is_dropped(self) -> None:
        document = read_text(
            "Росс\u0438\u0438\u0306скои\u0306\u00a0\u00adсто\u00adрон\u200b\u202eы\x00\x07\x1b. Конец\ue000\ud800"
        )
        assert texts(document) == ["Российской стороны. Конец"]

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
    def test_line_ends_of_every_system(self, end: str) -> None:
        assert texts(read_text(f"One.{end}{end}Two.")) == ["One.", "Two."]

    def test_no_space_before_a_mark_but_in_french(self) -> None:
        assert texts(read_text("договорились о нижеследующем : « да » .")) == [
            "договорились о нижеследующем: « да»."
        ]
        assert texts(read_text("Les États : la paix ; et la sécurité !")) == [
            "Les États : la paix ; et la sécurité !"
        ]

    def test_letters_of_a_broken_font_are_put_back(self) -> None:
        document = read_text("Совет êоллеêтивной безопасности определяет пóти ê мирó и помощь ãосударствам")
        assert texts(document) == [
            "Совет коллективной безопасности определяет пути к миру и помощь государствам"
        ]
        assert [note.code for note in document.notes] == ["letters-put-back"]

    def test_accents_of_a_western_text_stay(self) -> None:
        document = read_text("L'État, the rôle of the café; слово «мир» and Ñandú")
        assert texts(document) == ["L'État, the rôle of the café; слово «мир» and Ñandú"]
        assert document.notes == ()


class TestPlainText:
    def test_wrapped_lines_join_and_broken_words_heal(self) -> None:
        page = (
            "Article 1\n"
            "The Parties shall consult on each question of their common secu-\n"
            "rity, and in the military-political field they shall act at each\n"
            "phase\n"
            "insufficiency notwithstanding.\n"
            "Article 2\n"
            "The Parties set up a Council, which decides on the help that a\n"
            "Party may ask for, on non-\n"
            "military measures too.\n"
        )
        assert texts(read_text(page)) == [
            "Article 1",
            (
                "The Parties shall consult on each question of their common security, and in the"
                " military-political field they shall act at each phase insufficiency notwithstanding."
            ),
            "Article 2",
            (
                "The Parties set up a Council, which decides on the help that a Party may ask for,"
                " on non-military measures too."
            ),
        ]

    def test_indents_mark_paragraphs(self) -> None:
        page = "\n".join(
            [
                "    The first paragraph begins with an indent and goes on for",
                "two lines of text. It has a second sentence that begins right",
                "there. Then it ends.",
                "    The second paragraph is set in the same way and has a line",
                "that ends with a full stop at the right margin of the page now.",
                "This goes on. And ends here with a few more words for the page.",
                "    The third one is short.",
                "    The fourth one too.",
            ]
        )
        found = texts(read_text(page))
        assert [text[:10] for text in found] == ["The first ", "The second", "The third ", "The fourth"]

    def test_long_lines_are_paragraphs(self) -> None:
        line = "This line is as long as its author wanted it to be, since no machine wrapped it, " * 2
        assert len(texts(read_text(f"{line}\n{line}\nshort"))) == 3

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "The file is empty"),
            (b" \n\t ", "The file is empty"),
            (b"\x00\x01\x02\x03" * 40, "no text that can be read"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "DOC files are not read"),
            (b"{\\rtf1 text}", "RTF files are not read"),
            (b"\x89PNG\r\n", "PNG files are not read"),
            (b"\xff\xfe\x00", "says that it is utf-16 and is not"),
            (b"\xef\xbb\xbf\xff", "says that it is utf-8 and is not"),
            (b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
        ],
    )
    def test_what_is_no_text_is_refused_in_a_sentence(self, data: bytes, said: str) -> None:
        with pytest.raises(DocumentRefused, match=said):
            read(data)


class TestHtml:
    PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1.dtd">
    <html><head><title>Text &amp; title</title><style>p {}</style></head><body>
    <header><a href="/">Home</a></header><nav><ul><li><a href="/a">A</a></ul></nav>
    <div class="breadcrumbs">You are here</div>
    <h1>The text</h1>
    <div class="wrap"><div class="text">
      <p>First&nbsp;paragraph &laquo;quoted&raquo; &#1058;.<script>alert(1)</script></p>
      <p>Second<br>with a line, and <b>bold</b> words<br><br>Third</p>
      <ol start="3"><li>three</li><li value="7">seven<ol type="a"><li>inside</li></ol></li><li>eight</li></ol>
      <table><tr><td>cell one</td><td rowspan="2">cell two</td></tr></table>
      <p hidden>not seen</p><div style="display: none">nor this</div>
      <ul><li><a href="1">Link one</a></li><li><a href="2">Link two</a></li><li><a href="3">Link three</a></li></ul>
      <p>Article 4<sup>1</sup> and so on, with enough words that it counts as the text of the page.</p>
    </div><div class="share">Share this</div></div>
    <footer>All rights reserved</footer></body></html>"""

    def test_the_main_text_of_a_page_is_found_and_its_furniture_dropped(self) -> None:
        document = read(self.PAGE.encode())
        assert kinds(document) == [
            ("heading", "", "The text"),
            ("paragraph", "", "First paragraph «quoted» Т."),
            ("paragraph", "", "Second\nwith a line, and bold words"),
            ("paragraph", "", "Third"),
            ("item", "3.", "three"),
            ("item", "7.", "seven"),
            ("item", "a.", "inside"),
            ("item", "8.", "eight"),
            ("cell", "", "cell one"),
            ("cell", "", "cell two"),
            (
                "paragraph",
                "",
                "Article 4¹ and so on, with enough words that it counts as the text of the page.",
            ),
        ]
        assert (document.format, document.title, document.encoding) == ("html", "Text & title", "utf-8")

    def test_a_page_laid_out_with_tables_is_read_as_paragraphs(self) -> None:
        page = (
            "<table><tr><td><a href=1>News</a></td><td><table><tr><td><p>One.</p><p>Two, which is long enough to weigh"
            " more than all the rest of it.</p><table><tr><td>a</td><td>b</td></tr></table></td></tr></table></td></tr>"
        )
        assert kinds(read(page.encode())) == [
            ("paragraph", "", "One."),
            ("paragraph", "", "Two, which is long enough to weigh more than all the rest of it."),
            ("cell", "", "a"),
            ("cell", "", "b"),
        ]

    @pytest.mark.parametrize(
        ("raised", "text"), [("1", "a¹"), ("[12]", "a¹²"), ("1)", "a¹⁾"), ("th", "ath"), ("*", "a*")]
    )
    def test_raised_figures_are_marks_and_raised_letters_letters(self, raised: str, text: str) -> None:
        assert texts(read(f"<p>a<sup>{raised}</sup></p>".encode())) == [text]

    def test_the_number_of_an_item_stands_with_its_first_paragraph(self) -> None:
        page = "<ol><li><p>one</p><p>more</p></li><li><ul><li>inside</li></ul></li><li>three</li></ol>"
        assert kinds(read(page.encode())) == [
            ("item", "1.", "one"),
            ("item", "", "more"),
            ("item", "", "inside"),
            ("item", "3.", "three"),
        ]

    def test_named_main_text_wins(self) -> None:
        page = f"<div><p>{'Aside. ' * 10}</p></div><main><p>{'Main. ' * 12}</p></main>"
        assert texts(read(page.encode())) == ["Main. " * 11 + "Main."]

    def test_words_that_a_page_sets_off_as_those_of_others_say_so(self) -> None:
        page = (
            "<article><p>The Secretary General said to the ministers at the meeting:</p>"
            "<blockquote><p>We are ready to help.</p><p>Nobody is left alone.</p></blockquote>"
            "<p>He called it <q>a clear case</q>.</p></article>"
        )
        assert [(block.text, block.quoted) for block in read(page.encode()).blocks] == [
            ("The Secretary General said to the ministers at the meeting:", False),
            ("We are ready to help.", True),
            ("Nobody is left alone.", True),
            ("He called it “a clear case”.", False),
        ]

    def test_preformatted_text_is_unwrapped(self) -> None:
        page = "<pre>The Parties shall consult on every question of their common secu-\nrity and other things.</pre>"
        assert texts(read(page.encode())) == [
            "The Parties shall consult on every question of their common security and other things."
        ]

    @pytest.mark.parametrize(
        "page",
        [
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>&x;</body></html>',
            '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "b">]><html><body><p>&a;</p></body></html>',
        ],
    )
    def test_entities_of_its_own_are_refused(self, page: str) -> None:
        with pytest.raises(DocumentRefused, match="DTD"):
            read(page.encode())

    def test_a_page_nested_beyond_reason_is_refused(self) -> None:
        with pytest.raises(DocumentRefused, match="nested too deeply"):
            read(("<html>" + "<div>" * 230 + "text").encode())

    @pytest.mark.parametrize(
        "page",
        [
            "<p>a" * 70_000,
            "<ol>" + "<li>a" * 70_000,
            "<html>" + "a " * 3_100_000,
        ],
        ids=["paragraphs", "items", "words"],
    )
    def test_a_page_too_long_to_be_a_text_is_refused_at_once(self, page: str) -> None:
        begun = time.perf_counter()
        with pytest.raises(DocumentRefused):
            read(page.encode())
        assert time.perf_counter() - begun < 5

    def test_pictures_inside_of_a_page_do_not_count(self) -> None:
        page = f'<p>Text<img src="data:image/png;base64,{"A" * 7_000_000}">.</p>'
        assert texts(read(page.encode())) == ["Text."]

    def test_a_page_without_words_is_refused(self) -> None:
        with pytest.raises(DocumentRefused, match="no text that can be read"):
            read(b"<html><body><img src=x></body></html>")


class TestSavedPages:
    HEAD = (
        "From: <Saved by a browser>\r\nSubject: Page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B--"\r\n\r\n'
    )

    def test_the_page_in_a_file_of_many_parts_is_read(self) -> None:
        body = (
            "----B--\r\nContent-Type: text/html; charset=windows-1251\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            "<html><p>=D1=EE=E2=E5=F2</p></html>\r\n----B--\r\nContent-Type: image/png\r\n\r\nx\r\n----B----\r\n"
        )
        document = read((self.HEAD + body).encode())
        assert (texts(document), document.format, document.encoding) == (["Совет"], "html", "cp1251")

    def test_without_a_page_it_is_refused(self) -> None:
        with pytest.raises(DocumentRefused, match="saved page holds no text"):
            read((self.HEAD + "----B--\r\nContent-Type: image/png\r\n\r\nx\r\n----B----\r\n").encode())


def test_pages_that_are_one_text_are_joined_in_order() -> None:
    first, second = read_text("One."), read_text("Two.")
    assert texts(joined([first, second])) == ["One.", "Two."]


def test_a_document_survives_its_way_through_json() -> None:
    document = read(TestHtml.PAGE.encode())
    assert Document.from_json(document.as_json()) == document
    assert Block(BlockKind.ITEM, "text", "3.").words == "3. text"
