"""Documents as they come: encodings, office files, pages; what is found is found in the text that people see."""

import io
import zipfile
from pathlib import Path

import pytest

from cstokb.curation.documents.files import recognised_file
from cstokb.curation.documents.model import Recognised
from cstokb.curation.reading import DocumentRefused
from tests.curation.documents.known import KNOWN
from tests.curation.reading.files import docx, numbering, paragraph, pdf

BODY = (
    "<h1>Заявление Совета коллективной безопасности</h1><p>Государства-члены — Армения, Беларусь и Казахстан — "
    "подтвердили, что статья 4 Договора остаётся в силе, и поручили Секретариату подготовить предложения.</p>"
)
#: What letters become that were decoded wrongly.
DAMAGE = ("\ufffd", "Ð", "ÎÄÊÁ", "пїЅ", "Р—Р°")


def brought(folder: Path, data: bytes, encoding: str = "") -> Recognised:
    path = folder / "file"
    path.write_bytes(data)
    return recognised_file(path, KNOWN, encoding=encoding)


def records(found: Recognised) -> list[str]:
    return [one.record for one in found.findings if one.kind in ("state", "organ", "provision")]


class TestEncodings:
    @pytest.mark.parametrize(
        ("page", "encoding"),
        [
            (f"<html><head><meta charset=windows-1251></head><body>{BODY}</body></html>", "cp1251"),
            (f"<html><body>{BODY}</body></html>", "cp1251"),
            (f"<html><head><meta charset=windows-1251></head><body>{BODY}</body></html>", "utf-8"),
            (f"<html><head><meta charset=utf-8></head><body>{BODY}</body></html>", "cp1251"),
            (BODY, "koi8-r"),
            (BODY, "utf-16"),
            (BODY, "utf-8-sig"),
        ],
    )
    def test_the_right_text_whatever_the_label_says(self, page: str, encoding: str, tmp_path: Path) -> None:
        found = brought(tmp_path, page.encode(encoding, "xmlcharrefreplace"))
        assert found.text.startswith(
            "Заявление Совета коллективной безопасности\n\nГосударства-члены — Армения"
        )
        assert not any(sign in found.text for sign in DAMAGE)
        assert records(found) == ["csc", "arm", "blr", "kaz", "cst/art-4", "secretariat"]

    def test_an_encoding_that_is_asked_for_is_used_and_a_wrong_one_refused(self, tmp_path: Path) -> None:
        data = BODY.encode("cp1251")
        assert brought(tmp_path, data, "cp1251").source.encoding_from == "asked"
        with pytest.raises(DocumentRefused):
            brought(tmp_path, BODY.encode("utf-8"), "cp1251")

    def test_letters_in_two_signs_are_one(self, tmp_path: Path) -> None:
        apart = "Секретариат Российской Федерации".replace("й", "и\u0306")
        assert brought(tmp_path, apart.encode()).text == "Секретариат Российской Федерации"

    def test_numbers_of_entities_and_their_names(self, tmp_path: Path) -> None:
        numbers = "".join(f"&#{ord(letter)};" for letter in "Казахстан")
        page = f"<body><p>The Kyrgyz&nbsp;Republic &amp; Armenia&rsquo;s {numbers}</p></body>"
        assert records(brought(tmp_path, page.encode())) == ["kgz", "arm", "kaz"]


class TestOffice:
    def test_automatic_numbers_are_text(self, tmp_path: Path) -> None:
        lists = numbering([("decimal", "Article %1")], starts={9: 5})
        body = (
            paragraph("of the Treaty speaks of force.", ("1", 0))
            + paragraph("of the Treaty speaks of consultation.", ("1", 0))
            + paragraph("of the Treaty speaks of coordination.", ("9", 0))
        )
        found = brought(tmp_path, docx(body, lists))
        assert records(found) == ["cst/art-1", "cst/art-2", "cst/art-5"]
        assert found.findings[0].text == "Article 1 of the Treaty"

    @pytest.mark.parametrize(
        "part",
        [
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document/>',
            '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><w:document/>',
        ],
    )
    def test_entities_are_refused_and_no_hole_is_left(self, part: str, tmp_path: Path) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("word/document.xml", part)
        with pytest.raises(DocumentRefused, match="DTD"):
            brought(tmp_path, held.getvalue())

    def test_a_page_that_declares_entities_is_refused(self, tmp_path: Path) -> None:
        page = (
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x;</p></body></html>'
        )
        with pytest.raises(DocumentRefused, match="DTD"):
            brought(tmp_path, page.encode())

    def test_what_would_burst_is_refused(self, tmp_path: Path) -> None:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "<w:t>" + "a" * 30_000_000)
        with pytest.raises(DocumentRefused, match="unpack to far more"):
            brought(tmp_path, held.getvalue())


class TestPdf:
    def test_broken_words_are_whole_and_running_titles_are_gone(self, tmp_path: Path) -> None:
        lines = [
            "Бюллетень № 7",
            "",
            "Президент Казахстана и Совет коллективной безопас-",
            "ности обсудили военно-",
            "политический вопрос и работу Секрета-",
            "риата. В Бело-",
            "руссии прошли учения.",
        ]
        again = ["Бюллетень № 7", "", "Армения участвовала в работе Совета министров обо-", "роны."]
        found = brought(tmp_path, pdf(lines, again))
        assert "Бюллетень" not in found.text
        assert "военно-политический" in found.text
        assert records(found) == ["kaz", "csc", "secretariat", "blr", "arm", "cmd"]

    def test_pages_of_pictures_and_fonts_without_letters_are_refused(self, tmp_path: Path) -> None:
        for data, said in ((pdf([]), "pictures without text"), (pdf([", . , , a - ; 1"]), "are letters")):
            with pytest.raises(DocumentRefused, match=said):
                brought(tmp_path, data)
