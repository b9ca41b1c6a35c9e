"""Bytes of tables become rows with their places: encodings, delimiters, line ends, dates and formulas of workbooks."""

import random
from typing import Any

import pytest

from cstokb.curation.reading import DocumentRefused
from cstokb.curation.tables.reading import Broken, Dated, letter_of, read_table
from tests.curation.tables.files import day, repacked, sheet_replaced, workbook

HEADER = ("id", "name_en", "name_ru")
ARMENIA = ("arm", "Armenia", "Армения")
TEXT = "id,name_en,name_ru\narm,Armenia,Армения\n"


def rows(data: bytes, **options: Any) -> list[tuple[int, tuple[Any, ...]]]:
    return [(row.number, row.cells) for row in read_table(data, **options).rows]


def refusal(data: bytes, **options: Any) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_table(data, **options)
    return str(caught.value)


class TestEncodings:
    """B078, B079: marks, code pages and line ends."""

    @pytest.mark.parametrize(
        "mark", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"]
    )
    def test_the_header_is_clean_in_each(self, mark: str) -> None:
        text = TEXT + "blr,Belarus,Беларусь\nkaz,Kazakhstan,Казахстан\n"
        grid = read_table(text.encode(mark))
        assert grid.header == HEADER
        assert grid.rows[0].cells == ARMENIA

    @pytest.mark.parametrize(("bytes_", "named"), [("fffe", "utf-16"), ("feff", "utf-16")])
    def test_marks_of_both_orders(self, bytes_: str, named: str) -> None:
        order = "utf-16-le" if bytes_ == "fffe" else "utf-16-be"
        grid = read_table(bytes.fromhex(bytes_) + TEXT.encode(order))
        assert (grid.header, grid.encoding, grid.encoding_from) == (HEADER, named, "mark")

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_line_ends(self, end: str) -> None:
        data = TEXT.replace("\n", end).encode()
        assert rows(data) == [(2, ARMENIA)]

    def test_mixed_line_ends_and_a_quoted_first_header(self) -> None:
        data = '\ufeff"id","name_en",name_ru\r\narm,Armenia,Армения\rblr,Belarus,\nkaz,Kazakhstan,'.encode()
        assert read_table(data).header == HEADER
        assert rows(data) == [(2, ARMENIA), (3, ("blr", "Belarus", None)), (4, ("kaz", "Kazakhstan", None))]

    def test_a_chosen_encoding_is_taken_and_a_wrong_one_refused(self) -> None:
        data = TEXT.encode("cp866")
        assert read_table(data, encoding="cp866").rows[0].cells == ARMENIA
        assert refusal(data, encoding="utf-8") == "The file is not in the encoding utf-8. Choose another."


class TestDelimiters:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_each_is_found(self, delimiter: str) -> None:
        grid = read_table(TEXT.replace(",", delimiter).encode())
        assert (grid.header, grid.delimiter, grid.delimiter_from) == (HEADER, delimiter, "found")

    def test_a_russian_spreadsheet(self) -> None:
        data = "iso;name;name_ru\r\nKG;Kyrgyzstan;Кыргызстан\r\nBY;Belarus;Беларусь\r\n".encode("cp1251")
        grid = read_table(data)
        assert (grid.delimiter, grid.encoding, grid.rows[0].cells) == (
            ";",
            "cp1251",
            ("KG", "Kyrgyzstan", "Кыргызстан"),
        )

    def test_a_delimiter_inside_quotation_marks_is_text(self) -> None:
        assert rows(b'id,name\na,"x, y, z"\nb,"say ""so"""\n') == [
            (2, ("a", "x, y, z")),
            (3, ("b", 'say "so"')),
        ]

    def test_commas_in_texts_do_not_win_over_the_semicolons_between_them(self) -> None:
        assert read_table(b"id;text\na;one, two, three\nb;four, five\n").delimiter == ";"

    def test_one_column_is_never_taken_silently(self) -> None:
        assert refusal(b"name\nArmenia\nBelarus\n").startswith("The table has one column only.")
        assert refusal(b"id,name\na,b\n", delimiter=";").startswith("The table has one column only.")
        assert read_table(b"id,name\na,b\n", delimiter=",").delimiter_from == "asked"

    def test_a_broken_quotation_names_its_line(self) -> None:
        assert "line 3" in refusal(b'id,name\na,b\nb,"c\nd,e\n')


class TestRows:
    def test_a_row_stands_where_it_begins(self) -> None:
        data = b'id,text\na,"one\r\ntwo\nthree"\n\n,\nb,x\n'
        grid = read_table(data)
        assert [(row.number, row.cells) for row in grid.rows] == [
            (2, ("a", "one\r\ntwo\nthree")),
            (7, ("b", "x")),
        ]
        assert grid.empty == 2

    def test_letters(self) -> None:
        assert [letter_of(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
            *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
        ]

    @pytest.mark.parametrize("data", [b"", b" \n\n", b",,\n,,\n"])
    def test_nothing_is_refused(self, data: bytes) -> None:
        assert refusal(data)

    def test_an_old_workbook_is_named(self) -> None:
        assert refusal(b"\xd0\xcf\x11\xe0" + bytes(600)).startswith("XLS files are not read.")


class TestWorkbooks:
    """B081, B082."""

    def test_values_keep_their_kind(self) -> None:
        data = workbook([["id", "order", "flag", "part", "text"], ["a", 7, True, 1992.05, "2022"]])
        assert rows(data) == [(2, ("a", 7, True, 1992.05, "2022"))]
        assert (read_table(data).exact, read_table(data).sheets) == (True, ("Sheet",))

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ("yyyy-mm-dd", "1992-05-15"),
            ("dd.mm.yyyy", "1992-05-15"),
            ('d" мая "yyyy', "1992-05-15"),
            ("[$-409]mmm-yy", "1992-05"),
            ("mmmm yyyy", "1992-05"),
            ("yyyy", "1992"),
        ],
    )
    def test_a_date_is_as_exact_as_it_is_shown(self, form: str, said: str) -> None:
        data = workbook([["id", "day"], ["a", day("1992-05-15")]], formats={"B2": form})
        assert rows(data)[0][1][1] == Dated(said)

    def test_a_workbook_that_counts_from_1904(self) -> None:
        data = workbook(
            [["id", "day"], ["a", day("1992-05-15")]], epoch_1904=True, formats={"B2": "yyyy-mm-dd"}
        )
        assert rows(data)[0][1][1] == Dated("1992-05-15")
        assert str(read_table(data).epoch) == "1904-01-01"

    def test_a_time_of_day_is_no_date(self) -> None:
        data = workbook([["id", "day"], ["a", day("1992-05-15T10:00")]], formats={"B2": "yyyy-mm-dd hh:mm"})
        assert rows(data)[0][1][1] == Broken("The cell holds a date with a time of day; leave the time out.")

    def test_a_formula_is_its_stored_value_or_an_error_that_names_the_cell(self) -> None:
        data = workbook([["id", "name", "order"], ["a", '=B1&"x"', "=1+1"], ["b", "plain", 3]])
        said = b'<c r="B2"><f>B1&amp;"x"</f><v></v></c>'
        stored = sheet_replaced(data, said, b'<c r="B2" t="str"><f>B1&amp;"x"</f><v>namex</v></c>')
        first, second = rows(stored)
        assert first[1][:2] == ("a", "namex")
        assert first[1][2] == Broken(
            "The formula in C2 has no stored value. Open the file in a spreadsheet and save it."
        )
        assert second == (3, ("b", "plain", 3))

    def test_a_formula_whose_stored_value_is_an_empty_text_is_an_empty_cell(self) -> None:
        data = workbook([["id", "name"], ["a", '=""']])
        said = b'<c r="B2"><f>""</f><v></v></c>'
        assert rows(sheet_replaced(data, said, said.replace(b'"B2"', b'"B2" t="str"'))) == [(2, ("a", None))]
        assert isinstance(rows(data)[0][1][1], Broken)

    def test_an_error_of_the_spreadsheet(self) -> None:
        data = workbook([["id", "name"], ["a", "#REF!"]])
        assert rows(data)[0][1][1] == Broken("The cell holds the error #REF! of the spreadsheet.")

    def test_a_sheet_can_be_chosen(self) -> None:
        data = workbook([["id", "name"], ["a", "b"]])
        assert read_table(data, sheet="Sheet").sheet == "Sheet"
        assert refusal(data, sheet="Other") == "The workbook has no sheet “Other”."


class TestBombs:
    """B088, B089."""

    DATA = workbook([["id", "name"], ["a", "b"]])

    def test_a_sheet_that_bursts(self) -> None:
        rows_ = b"<row><c t='inlineStr'><is><t>" + b"a" * 3_000_000 + b"</t></is></c></row>"
        assert "unpack" in refusal(sheet_replaced(self.DATA, b"</sheetData>", rows_ + b"</sheetData>"))

    def test_very_many_parts(self) -> None:
        extra = {f"xl/media/{number}.bin": b"" for number in range(2_001)}
        assert "too many parts" in refusal(repacked(self.DATA, lambda _name, part: part, extra))

    def test_an_archive_in_the_archive(self) -> None:
        extra = {"xl/embeddings/inner.zip": self.DATA}
        assert "another archive" in refusal(repacked(self.DATA, lambda _name, part: part, extra))

    @pytest.mark.parametrize(
        "before", [b"", b"<!--" + random.Random(1).randbytes(800_000).hex().encode() + b"-->"]
    )
    def test_entities(self, before: bytes) -> None:
        bomb = before + b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'

        def change(name: str, part: bytes) -> bytes:
            return bomb + part if name == "xl/worksheets/sheet1.xml" else part

        assert "declares entities" in refusal(repacked(self.DATA, change))

    def test_a_dimension_that_lies_costs_nothing(self) -> None:
        lying = sheet_replaced(self.DATA, b'<dimension ref="A1:B2"/>', b'<dimension ref="A1:XFD1048576"/>')
        assert rows(lying) == [(2, ("a", "b"))]

    def test_a_row_at_the_end_of_the_sheet_is_too_far(self) -> None:
        far = sheet_replaced(self.DATA, b'<row r="2"', b'<row r="1048576"')
        assert "rows" in refusal(far)

    def test_a_document_of_another_kind(self) -> None:
        def change(name: str, part: bytes) -> bytes:
            return part

        other = repacked(self.DATA, change).replace(b"xl/workbook.xml", b"xl/workbooc.xml")
        assert refusal(other)
