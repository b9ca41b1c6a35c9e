"""DOCX and PDF: real files, made here."""

import io
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from cstokb.curation.reading import Document, DocumentRefused, read
from tests.curation.reading.files import W, docx, numbering, paragraph, pdf


def words(document: Document) -> list[str]:
    return [block.words for block in document.blocks]


def with_relation(data: bytes, name: str) -> bytes:
    """A DOCX file whose document refers to another part by its kind."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="{kind}/{name}" Target="{name}.xml"/></Relationships>',
        )
    return held.getvalue()


class TestDocx:
    def test_headings_paragraphs_and_tables_keep_their_kind(self) -> None:
        styles = (
            f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        )
        styles += "</w:styles>"
        cell = "<w:tc><w:tcPr>{0}</w:tcPr><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc>"
        table = "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>".format(
            cell.format('<w:vMerge w:val="restart"/>', "merged"),
            cell.format("", "one"),
            cell.format("<w:vMerge/>", ""),
            cell.format("", "two"),
        )
        body = paragraph("Title", style="H") + paragraph("Text.") + table
        document = read(with_relation(docx(body, word_styles=styles), "styles"))
        assert [(block.kind.value, block.text) for block in document.blocks] == [
            ("heading", "Title"),
            ("paragraph", "Text."),
            ("cell", "merged"),
            ("cell", "one"),
            ("cell", "two"),
        ]
        assert document.format == "docx"

    def test_numbers_that_the_program_sets_are_kept(self) -> None:
        lists = numbering(
            [("decimal", "Статья %1."), ("decimal", "%1.%2."), ("russianLower", "%3)")],
            [("upperRoman", "%1."), ("bullet", "•")],
            starts={9: 5},
        )
        body = (
            paragraph("one", ("1", 0))
            + paragraph("below", ("1", 1))
            + paragraph("letter", ("1", 2))
            + paragraph("letter", ("1", 2))
            + paragraph("below again", ("1", 1))
            + paragraph("two", ("1", 0))
            + paragraph("below two", ("1", 1))
            + paragraph("restarted", ("9", 0))
            + paragraph("goes on", ("9", 0))
            + paragraph("roman", ("2", 0))
            + paragraph("point", ("2", 1))
            + paragraph("plain")
        )
        assert words(read(docx(body, lists))) == [
            "Статья 1. one",
            "1.1. below",
            "а) letter",
            "б) letter",
            "1.2. below again",
            "Статья 2. two",
            "2.1. below two",
            "Статья 5. restarted",
            "Статья 6. goes on",
            "I. roman",
            "point",
            "plain",
        ]

    def test_a_style_may_bring_the_numbers(self) -> None:
        styles = (
            f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="Article"/><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
        )
        body = paragraph("one", style="A") + paragraph("text") + paragraph("two", style="A")
        data = with_relation(
            docx(body, numbering([("decimal", "Article %1.")]), word_styles=styles), "styles"
        )
        assert words(read(data)) == ["Article 1. one", "text", "Article 2. two"]

    def test_a_deleted_item_is_neither_shown_nor_counted(self) -> None:
        deleted = (
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            '<w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
            '<w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
        )
        body = paragraph("one", ("1", 0)) + deleted + paragraph("two", ("1", 0))
        assert words(read(docx(body, numbering([("decimal", "%1.")])))) == ["1. one", "2. two"]

    def test_footnotes_stand_at_the_end_behind_their_marks(self) -> None:
        note = '<w:footnote w:id="1"><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote>'
        notes = f"<w:footnotes {W}>{note}</w:footnotes>"
        body = (
            '<w:p><w:r><w:t>The Parties</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
            "<w:r><w:t> help.</w:t></w:r></w:p>"
        )
        data = with_relation(docx(body, word_footnotes=notes), "footnotes")
        assert words(read(data)) == ["The Parties¹ help.", "¹ The note."]

    def test_a_sign_that_marks_labels_inside_cannot_be_brought_from_outside(self) -> None:
        assert words(read(docx(paragraph("\ue0009\ue001text")))) == ["9text"]

    @pytest.mark.parametrize(
        ("part", "said"),
        [
            ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document/>', "DTD"),
            ('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><w:document/>', "DTD"),
            ("<w:document", "damaged"),
            ("<x>" * 400 + "</x>" * 400, "damaged"),
        ],
    )
    def test_parts_with_entities_or_without_sense_are_refused(self, part: str, said: str) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("word/document.xml", part)
        with pytest.raises(DocumentRefused, match=said):
            read(held.getvalue())

    def test_what_would_burst_is_refused_at_once(self) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "<w:t>" + "a" * 50_000_000)
        begun = time.perf_counter()
        with pytest.raises(DocumentRefused, match="unpack to far more"):
            read(held.getvalue())
        assert time.perf_counter() - begun < 1

    def test_an_archive_of_thousands_is_refused(self) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for number in range(2001):
                archive.writestr(f"{number}", "")
        with pytest.raises(DocumentRefused, match="too many parts"):
            read(held.getvalue())

    def test_another_archive_and_a_cut_one_are_refused(self) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("xl/workbook.xml", "<x/>")
        with pytest.raises(DocumentRefused, match="no DOCX document"):
            read(held.getvalue())
        with pytest.raises(DocumentRefused, match="damaged"):
            read(docx(paragraph("text"))[:200])


class TestPdf:
    def test_lines_become_paragraphs_over_pages_without_running_titles(self) -> None:
        document = read(
            pdf(
                [
                    "Сборник договоров                                          1",
                    "",
                    "Статья 1",
                    "Государства обязуются обеспечивать коллективную безопас-",
                    "ность в военно-",
                    "политической области и взаимную помощь сторон в деле.",
                    "Статья 2",
                    "Стороны проводят консультации по всем вопросам, которые за-",
                ],
                [
                    "Сборник договоров                                          2",
                    "",
                    "трагивают их интересы.",
                    "Статья 3",
                    "Стороны создают Совет.",
                ],
            )
        )
        assert words(document) == [
            "Статья 1",
            (
                "Государства обязуются обеспечивать коллективную безопасность в военно-политической области и взаимную"
                " помощь сторон в деле."
            ),
            "Статья 2",
            "Стороны проводят консультации по всем вопросам, которые затрагивают их интересы.",
            "Статья 3",
            "Стороны создают Совет.",
        ]
        assert (document.format, document.language) == ("pdf", "ru")

    def test_a_label_on_top_of_every_page_is_no_running_title(self) -> None:
        pages = [
            [f"Article {number}", "", f"The words of the page {number} stand here."] for number in (1, 2, 3)
        ]
        assert words(read(pdf(*pages)))[::2] == ["Article 1", "Article 2", "Article 3"]

    def test_numbers_of_pages_at_the_foot_go(self) -> None:
        pages = [
            [f"Here are words of a page, the {name} one.", "", f"- {number} -"]
            for number, name in ((4, "first"), (5, "second"), (6, "third"))
        ]
        assert [text[-10:] for text in words(read(pdf(*pages)))] == ["first one.", "econd one.", "third one."]

    def test_several_threads_may_read_at_once(self) -> None:
        files = [pdf([f"The words of the file {number} stand here."]) for number in range(12)]
        with ThreadPoolExecutor(4) as pool:
            found = [words(document) for document in pool.map(read, files)]
        assert found == [[f"The words of the file {number} stand here."] for number in range(12)]

    def test_pages_without_text_are_refused(self) -> None:
        with pytest.raises(DocumentRefused, match="pictures without text"):
            read(pdf([]))

    def test_signs_without_letters_are_refused_with_their_share(self) -> None:
        with pytest.raises(DocumentRefused, match="only 12 of 100 signs are letters"):
            read(pdf([", . , , a - ; 1"]))

    @pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.4\n" + b"\xff" * 100, pdf(["text"])[:300]])
    def test_a_broken_file_is_refused(self, data: bytes) -> None:
        with pytest.raises(DocumentRefused):
            read(data)
