"""The status matrix: one answer on screen and in every export, filters, the strip of days, and what it costs."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cstokb.pages.words import CELLS
from members.models import State
from tests.factories import records as make
from tests.factories import treaties
from tests.listing.asking import ask, body, data, faults
from treaty.choices import PartyStatus
from treaty.models import Instrument, TreatyAction
from treaty.page_status import SIGNS

pytestmark = pytest.mark.django_db

#: What each sign says, by which a cell on screen is read back.
WORDS = {str(CELLS[sign].label): status.value for status, sign in SIGNS.items()}
CELL = re.compile(r"<td [^>]*>.*?<span class=\"vh\">(.*?)</span></td>", re.DOTALL)


@pytest.fixture(scope="class")
def told(own_database: None) -> None:
    """Six states that stand in six ways to a treaty, and two protocols upon which few acted."""
    rus, kaz, uzb, geo, blr, arm = (
        make.state(slug, slug.title()) for slug in ("rus", "kaz", "uzb", "geo", "blr", "arm")
    )
    cst = treaties.instrument("cst", signed_on="1992-05-15", in_force_on="1994-04-20")
    for state in (rus, kaz, uzb, blr):
        treaties.act(cst, state, "signature", "1992-05-15")
    treaties.act(cst, rus, "ratification", "1993-01-10", "1994-04-20")
    treaties.act(cst, kaz, "ratification", "1993-01-10", "1994-04-20")
    treaties.act(cst, uzb, "ratification", "1993-01-10", "1994-04-20")
    treaties.act(cst, uzb, "suspension", None, "2012-12-19")
    treaties.act(cst, geo, "accession", "1993-12-09", "1994-04-20")
    treaties.act(cst, geo, "lapse", None, "1999-04-20")
    treaties.act(cst, blr, "ratification", "1999-04", "1999-04")
    treaties.act(cst, arm, "provisional-application", "1992-06-01")
    one = treaties.instrument("protocol-one", kind="protocol", signed_on="2010-12-10")
    treaties.act(one, rus, "signature", "2010-12-10")
    treaties.act(one, kaz, "ratification", "2011-05-01")
    other = treaties.instrument("protocol-two", kind="protocol", signed_on="2012-12-19")
    treaties.act(other, kaz, "signature", "2012-12-19")
    treaties.instrument("nobody-acted", signed_on="2013-01-01")


def rows(query: str = "") -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in data(f"/treaties/status.json{query}")["results"]}


STATES = ("arm", "blr", "geo", "kaz", "rus", "uzb")


def statuses(instrument: str, query: str) -> list[str | None]:
    return [rows(query)[instrument][state] for state in STATES]


@pytest.mark.usefixtures("told")
class TestOneAnswer:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("1992-05-14", [None, None, None, None, None, None]),
            ("1992-05-15", [None, "signatory", None, "signatory", "signatory", "signatory"]),
            (
                "1994-04-19",
                ["provisional", "signatory", "contracting", "contracting", "contracting", "contracting"],
            ),
            ("1999-04-15", ["provisional", "unknown", "party", "party", "party", "party"]),
            ("1999-04-21", ["provisional", "unknown", "former", "party", "party", "party"]),
            ("2012-12-18", ["provisional", "party", "former", "party", "party", "party"]),
            ("2012-12-19", ["provisional", "party", "former", "party", "party", "suspended"]),
        ],
    )
    def test_each_state_stands_as_its_acts_have_it_on_the_day(
        self, day: str, expected: list[str | None]
    ) -> None:
        assert statuses("cst", f"?on={day}") == expected

    def test_screen_csv_xlsx_and_json_say_the_same(self) -> None:
        for query in (
            "?on=1999-04-15",
            "?on=2012-12-19",
            "",
            "?type=protocol&on=2011-01-01",
            "?state=kaz&state=uzb",
        ):
            json_rows = list(rows(query).values())
            states = [name for name in STATES if name in json_rows[0]]
            expected = [(one["id"], *(one[state] for state in states)) for one in json_rows]
            lines = csv.DictReader(
                io.StringIO(body(ask(f"/treaties/status.csv{query}")).decode(), newline="")
            )
            assert [(one["id"], *(one[state] or None for state in states)) for one in lines] == expected
            assert in_sheet(query, states) == expected
            assert on_screen(query) == [tuple(one[1:]) for one in expected]

    def test_an_instrument_upon_which_nobody_acted_is_no_row(self) -> None:
        assert list(rows()) == ["protocol-two", "protocol-one", "cst"]

    def test_in_russian_the_words_are_russian_and_the_export_says_the_same(self) -> None:
        assert data("/ru/treaties/status.json?on=2012-12-19")["results"][0]["uzb"] is None
        page = body(ask("/ru/treaties/status/?on=2012-12-19")).decode()
        assert 'lang="ru"' in page
        assert "consented, not yet in force" not in page.split("<main", 1)[1]


def in_sheet(query: str, states: list[str]) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(body(ask(f"/treaties/status.xlsx{query}")))).active
    head, *lines = sheet.iter_rows(values_only=True)
    return [(line[0], *(line[head.index(state)] or None for state in states)) for line in lines]


def on_screen(query: str) -> list[tuple[str | None, ...]]:
    """The cells of each row, by the states' codes, read from their words."""
    page = body(ask(f"/treaties/status/{query}")).decode()
    head, *table = page.split('<tbody role="rowgroup">')
    codes = re.findall(
        r'<th scope="col" class="st" role="columnheader">.*?<abbr title="[^"]*">(\w+)</abbr>', head, re.DOTALL
    )
    lines = [CELL.findall(row) for row in table[0].split("</tr>") if "<td" in row]
    found = [{code: WORDS[word] for code, word in zip(codes, cells, strict=True)} for cells in lines]
    return [tuple(None if row[code] == "none" else row[code] for code in sorted(row)) for row in found]


@pytest.mark.usefixtures("told")
class TestFilters:
    def test_kind_state_and_status_narrow_the_rows(self) -> None:
        assert list(rows("?type=protocol")) == ["protocol-two", "protocol-one"]
        assert list(rows("?state=geo")) == ["cst"]
        assert list(rows("?on=2012-12-19&status=suspended")) == ["cst"]
        assert list(rows("?on=2012-12-18&status=suspended")) == []
        assert list(rows("?on=2013-01-01&status=signatory")) == ["protocol-two", "protocol-one"]
        assert list(rows("?on=2013-01-01&status=signatory&state=rus")) == ["protocol-one"]

    def test_only_the_states_that_were_asked_for_have_a_column(self) -> None:
        assert set(rows("?state=geo&state=uzb")["cst"]) & set(STATES) == {"geo", "uzb"}

    def test_rows_whose_status_is_not_known_stand_aside_with_the_act(self) -> None:
        answer = data("/treaties/status.json?on=1999-04-15&status=former")
        assert (answer["count"], answer["unknown"]) == (
            0,
            [{"id": "cst", "blocked_by": ["cst/blr/ratification/1999-04"]}],
        )
        assert data("/treaties/status.json?on=1999-04-15&status=former&state=kaz")["unknown"] == []

    def test_a_word_that_is_none_is_refused(self) -> None:
        found = faults("/treaties/status.json?status=partty")
        assert [(one["parameter"], one["nearest"]) for one in found] == [("status", "party")]
        assert faults("/treaties/status.json?on=1999-13-01")[0]["parameter"] == "on"


@pytest.mark.usefixtures("told")
class TestPage:
    def test_every_status_has_a_sign_and_words_of_its_own(self) -> None:
        drawn = [(CELLS[sign].css, CELLS[sign].symbol or CELLS[sign].text) for sign in SIGNS.values()]
        assert len(set(drawn)) == len(WORDS) == len(PartyStatus)
        page = body(ask("/treaties/status/")).decode()
        legend = page.split('class="legend"', 1)[1].split("</ul>", 1)[0]
        assert [word for word in WORDS if word not in legend] == []
        assert "not known: an act or its day is not settled" in legend
        assert "no act recorded in our sources" in legend

    def test_the_years_are_links_that_need_no_script_and_keep_the_filters(self) -> None:
        page = body(ask("/treaties/status/?on=2012-12-18&type=treaty")).decode()
        strip = page.split('class="strip"', 1)[1].split("</nav>", 1)[0]
        assert re.findall(r'href="([^"]*)"[^>]*aria-current', strip) == [
            "/treaties/status/?type=treaty&amp;on=2012-12-31"
        ]
        assert 'rel="prev"' in strip
        following = re.findall(r'href="([^"]*)" rel="next"', strip)
        assert following == ["/treaties/status/?type=treaty&amp;on=2012-12-19"]
        assert 'type="date"' in page

    def test_the_slider_goes_from_the_first_change_to_today_and_keeps_the_filters(self) -> None:
        page = body(ask("/treaties/status/?on=2012-12-18&type=treaty")).decode()
        form = re.sub(r"\s+", " ", page.split('<form class="slide"', 1)[1].split("</form>", 1)[0])
        assert f'name="on_year" min="1992" max="{timezone.now().year}" value="2012"' in form
        assert re.findall(r'name="([^"]*)" value="([^"]*)">', form) == [("type", "treaty")]
        for sent in ("on_year=2012&type=treaty", "type=treaty&on_year=2012&on=2001-01-01"):
            assert (
                ask(f"/treaties/status/?{sent}", 302)["Location"]
                == "/treaties/status/?type=treaty&on=2012-12-31"
            )
        assert [one["parameter"] for one in faults("/treaties/status.csv?on_year=2012")] == ["on_year"]

    def test_a_day_before_everything_shows_that_no_act_is_recorded(self) -> None:
        assert set(on_screen("?on=1990-01-01")[0]) == {None}


@pytest.mark.usefixtures("told")
def test_a_draft_of_an_act_changes_nothing() -> None:
    before = body(ask("/treaties/status.csv?on=2013-01-01"))
    cst = Instrument.objects.get(entry__slug="cst")
    rus = State.objects.get(entry__slug="rus")
    treaties.act(cst, rus, "withdrawal", None, "2005-01-01", publication="draft")
    assert body(ask("/treaties/status.csv?on=2013-01-01")) == before


@pytest.mark.parametrize(("instruments", "states"), [(1, 1), (20, 6), (100, 30)])
def test_the_matrix_costs_the_same_whatever_its_size(instruments: int, states: int) -> None:
    codes = [f"{a}{b}x" for a in "abcdef" for b in "abcde"][:states]
    who = {code: State(alpha2=f"{code[0]}{code[1]}".upper(), name_en=code.title()) for code in codes}
    make.many(dict(who))
    texts = {
        f"text-{n}": Instrument(title_en=f"Text {n}", type="treaty", signed_on="1992-05-15")
        for n in range(instruments)
    }
    make.many(dict(texts))
    make.bare(
        {
            f"{slug}/{code}/signature/1992-05-15": TreatyAction(
                instrument=text, state=state, type="signature", done_on="1992-05-15"
            )
            for slug, text in texts.items()
            for code, state in who.items()
        }
    )
    for url in ("/treaties/status/", "/treaties/status/?on=2000-01-01&status=signatory"):
        with CaptureQueriesContext(connection) as queries:
            page = body(ask(url)).decode()
        assert page.count('<th scope="row" role="rowheader">') == instruments
        assert len(queries) == (7 if "status=" not in url else 8), [one["sql"][:90] for one in queries]
    with CaptureQueriesContext(connection) as queries:
        lines = body(ask("/treaties/status.csv?on=2000-01-01")).decode().splitlines()
    assert len(lines) == instruments + 1
    assert len(queries) == 6
