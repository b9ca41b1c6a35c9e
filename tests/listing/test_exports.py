"""Exports and feeds: nothing runs in a spreadsheet, nothing breaks a feed, and originals come back."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cstokb.listing.columns import Text
from cstokb.listing.export import neutral, plain, restored, to_csv, to_xlsx
from members.choices import Standing
from members.listings import STATES
from members.models import Organ
from members.views import StateList
from tests.factories import records as make
from tests.listing.asking import ATOM, ask, body

DANGEROUS = (
    "=1+1",
    "+7 495",
    "-5",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "'=1",
    "''",
    "\n=1",
)


class TestFormulas:
    """B095."""

    @pytest.mark.parametrize("text", DANGEROUS)
    def test_a_text_that_could_be_a_formula_is_made_harmless_and_comes_back(self, text: str) -> None:
        assert neutral(text) == f"'{text}"
        assert restored(neutral(text)) == text

    @pytest.mark.parametrize("text", ["", "Treaty", "a=1", "1992-05", "—dash"])
    def test_other_texts_stay_as_they_are(self, text: str) -> None:
        assert neutral(text) == text

    @given(st.text())
    def test_every_text_comes_back(self, text: str) -> None:
        assert restored(neutral(text)) == text

    def test_a_negative_number_stays_a_number(self) -> None:
        lines = b"".join(to_csv(["n", "text"], iter([{"n": -5, "text": "-5"}]), {})).decode()
        assert lines == "n,text\r\n-5,'-5\r\n"

    def test_cells_of_a_sheet_are_texts_with_the_original_inside(self) -> None:
        records = [{"text": text, "n": -5} for text in DANGEROUS]
        sheet = load_workbook(io.BytesIO(b"".join(to_xlsx(["text", "n"], iter(records), {})))).active
        rows = list(sheet.iter_rows(min_row=2))
        assert {row[0].data_type for row in rows} == {"s"}
        assert [row[0].value.replace("_x000D_", "\r") for row in rows] == list(DANGEROUS)
        assert {(row[1].data_type, row[1].value) for row in rows} == {("n", -5)}

    def test_control_characters_do_not_break_a_sheet(self) -> None:
        content = b"".join(to_xlsx(["text"], iter([{"text": "a\x00\x0bb"}]), {}))
        assert load_workbook(io.BytesIO(content)).active["A2"].value == "ab"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (["a", "b"], "a; b"), ([], ""), ({"a": 1}, '{"a": 1}'), (3, "3")],
)
def test_values_that_are_no_texts_become_texts(value: object, text: str) -> None:
    assert plain(value) == text


@pytest.mark.django_db
class TestSurfaces:
    def test_formats_say_what_they_are(self) -> None:
        make.state("kaz", "Kazakhstan", "Казахстан")
        types = {form: ask(f"/states.{form}")["Content-Type"] for form in ("csv", "ndjson", "json", "atom")}
        assert types == {
            "csv": "text/csv; charset=utf-8",
            "ndjson": "application/x-ndjson",
            "json": "application/json",
            "atom": "application/atom+xml; charset=utf-8",
        }
        assert ask("/states.csv")["Content-Disposition"] == 'attachment; filename="states.csv"'

    def test_imprecise_dates_are_never_completed(self) -> None:
        """B001."""
        make.organ("csc", "Council", established_on="1992-05", dissolved_on="1999")
        (row,) = csv.DictReader(io.StringIO(body(ask("/organs.csv")).decode(), newline=""))
        assert (row["established_on"], row["established_on_precision"]) == ("1992-05", "month")
        assert (row["dissolved_on"], row["dissolved_on_precision"]) == ("1999", "year")
        assert (row["parent"], row["note_en"]) == ("", "")
        assert "1992-05-01" not in body(ask("/organs.json")).decode()

    def test_the_envelope_of_json_is_that_of_the_api(self) -> None:
        make.state("kaz", "Kazakhstan")
        exported, answered = (json.loads(body(ask(url))) for url in ("/states.json", "/api/v1/states/"))
        assert exported == answered
        assert list(exported) == ["count", "next", "previous", "results"]

    def test_fields_choose_columns_and_expand_adds_them(self) -> None:
        make.state("kaz", "Kazakhstan")
        assert (
            body(ask("/states.csv?fields=name_en,alpha2")).decode()
            == "id,alpha2,name_en\r\nkaz,KA,Kazakhstan\r\n"
        )
        (line,) = body(ask("/states.ndjson?fields=name_en&expand=evidence")).decode().splitlines()
        record = json.loads(line)
        assert list(record) == ["id", "name_en", "evidence"]
        assert [item["source_title"] for item in record["evidence"]] == ["A book about it"]

    def test_a_field_that_does_not_exist_is_refused(self) -> None:
        answer = json.loads(body(ask("/states.csv?fields=nam_en", 400)))
        assert (answer["errors"][0]["parameter"], answer["errors"][0]["nearest"]) == ("fields", "name_en")

    def test_control_characters_in_a_title_do_not_break_the_feed(self) -> None:
        """B070: also where they were put in past the writer."""
        make.organ("csc", 'Council <b>&amp; "others"</b>')
        with connection.cursor() as cursor:
            cursor.execute("UPDATE members_organ SET name_en = %s", ['Council \x0b\ufffe & <b>"others"</b>'])
        feed = ElementTree.fromstring(body(ask("/organs.atom")))  # noqa: S314  our own answer
        titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
        assert titles == ['Council  & <b>"others"</b>']

    def test_a_feed_names_the_configured_site_whatever_host_was_asked(self) -> None:
        """B072."""
        make.state("kaz", "Kazakhstan")
        feed = body(ask("/states.atom", host="localhost:9999")).decode()
        assert "9999" not in feed
        assert "<id>http://localhost:8000/api/v1/states/kaz/</id>" in feed
        assert "<updated>2026-01-01T12:00:00Z</updated>" in feed

    def test_a_feed_goes_on_after_two_hundred_entries(self) -> None:
        make.many({f"o-{n:03d}": Organ(name_en=f"Organ {n:03d}", type="working") for n in range(201)})
        feed = ElementTree.fromstring(body(ask("/organs.atom")))  # noqa: S314  our own answer
        assert len(list(feed.iter(f"{ATOM}entry"))) == 200
        (onward,) = [link.attrib["href"] for link in feed.iter(f"{ATOM}link") if link.attrib["rel"] == "next"]
        rest = ElementTree.fromstring(body(ask(onward)))  # noqa: S314  our own answer
        assert len(list(rest.iter(f"{ATOM}entry"))) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "word"), [("/states", "member"), ("/ru/states", "государство-член")])
def test_words_made_while_an_export_is_written_are_in_the_language_of_its_address(
    address: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export is written after the request, when its language is no longer the active one."""
    make.state("kaz", "Kazakhstan")
    said = Text("said", "in words", lambda row, made: str(Standing.MEMBER.label))
    monkeypatch.setattr(StateList, "listing", replace(STATES, columns=(*STATES.columns, said)))
    with override("en"):
        lines = list(csv.DictReader(io.StringIO(body(ask(f"{address}.csv")).decode(), newline="")))
        rows = json.loads(body(ask(f"{address}.json")))["results"]
    assert [one["said"] for one in lines] == [one["said"] for one in rows] == [word]
