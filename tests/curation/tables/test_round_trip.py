"""What we write comes back as it was: tables of curators, lists that readers download, texts like formulas."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cstokb.accounts.models import User
from cstokb.curation.tables import export
from cstokb.curation.tables.columns import Circumstances, Text
from cstokb.curation.tables.compare import plan
from cstokb.curation.tables.layout import layout_of
from cstokb.curation.tables.plan import Plan
from cstokb.curation.tables.reading import read_table
from cstokb.listing import registry as lists
from cstokb.listing.export import to_csv, to_xlsx
from cstokb.listing.listing import Listing
from cstokb.records.registry import load_order, record_models
from tests.factories.curators import curator

FORMS = ("csv", "xlsx")
#: Every record of the starter data; the workbooks take longer.
FORMS_OF_ALL = ("csv", pytest.param("xlsx", marks=pytest.mark.slow))
#: B095.
TRAPS = (
    *("=1+1", "+7 495", "-5", "@SUM(1)", "\t=1", "\r=1", "＝1+1"),
    *("'", "''=1", "'quoted'", "a\r\nb", 'a,b;c\td"e'),
)
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))


def table(form: str, rows: list[dict[str, Any]]) -> bytes:
    write = {"csv": to_csv, "xlsx": to_xlsx}[form]
    return b"".join(write(["id", "text"], iter(rows), {}))


def came_back(data: bytes) -> list[Any]:
    grid = read_table(data)
    told = Circumstances(grid.epoch, grid.exact)
    return [Text("text", "").read(row.cell(1), told) for row in grid.rows]


def is_kept(text: str) -> bool:
    """Whether the reader takes a text as it is: blanks around it are none of it."""
    return text.strip(" \u00a0") == text and "\ufffd" not in text and "_x000D_" not in text


class TestFormulas:
    """B095: cells that a spreadsheet would compute are made harmless in exports, and are the originals again."""

    @pytest.mark.parametrize("form", FORMS)
    def test_each_trap(self, form: str) -> None:
        rows = [{"id": str(number), "text": text} for number, text in enumerate(TRAPS)]
        assert came_back(table(form, rows)) == list(TRAPS)

    @pytest.mark.parametrize("form", FORMS)
    def test_a_number_stays_a_number(self, form: str) -> None:
        grid = read_table(table(form, [{"id": "a", "text": -5}]))
        assert grid.rows[0].cell(1) == ("-5" if form == "csv" else -5)

    @pytest.mark.parametrize("form", FORMS)
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(text=st.text(LETTERS, min_size=1).filter(is_kept))
    @example(text="''")
    def test_any_text(self, form: str, text: str) -> None:
        assert came_back(table(form, [{"id": "a", "text": text}])) == [unicodedata.normalize("NFC", text)]


@pytest.mark.django_db
class TestStarterData:
    """Every record of the starter data, exported and brought back: nothing is new, changed or wrong."""

    @pytest.fixture(autouse=True)
    def with_data(self, starter: None) -> None:
        get_resolver().url_patterns  # noqa: B018  # fills the registry of lists

    @pytest.fixture
    def publisher(self) -> User:
        return curator("publisher")

    @pytest.mark.parametrize("form", FORMS_OF_ALL)
    def test_the_curators_tables(self, publisher: User, form: str) -> None:
        told: dict[str, list[Any]] = {}
        for kind in load_order():
            layout = layout_of(kind)
            data = b"".join(export.records(layout, None, form))
            told[kind] = changes(plan(read_table(data), layout, by=publisher))
        assert {kind: found for kind, found in told.items() if found} == {}
        assert len(told) > 30

    @pytest.mark.parametrize("form", FORMS_OF_ALL)
    def test_the_lists_of_readers(self, publisher: User, form: str) -> None:
        told: dict[str, list[Any]] = {}
        counts: dict[str, int] = {}
        for listing, data in downloads(form):
            made = plan(read_table(data), layout_of(listing.kind), by=publisher)
            told[listing.api] = [*changes(made), *(one for one in made.binding.unread if one.strange)]
            counts[listing.api] = len(made.lines)
        assert {api: found for api, found in told.items() if found} == {}
        assert len(told) >= 20
        assert min(counts.values()) > 0

    def test_a_changed_cell_of_a_list_of_readers_is_one_change(self, publisher: User) -> None:
        data = next(data for one, data in downloads("csv") if one.api == "states").decode()
        changed = data.replace("Yerevan", "Erevan")
        made = plan(read_table(changed.encode()), layout_of("state"), by=publisher)
        assert changes(made) == [("arm", "changed", ["capital_en"])]

    def test_a_list_of_readers_from_before_the_last_change_overwrites_nothing(self, publisher: User) -> None:
        data = next(data for one, data in downloads("csv") if one.api == "states").decode()
        stale = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "2020-01-01T00:00:00Z", data.replace("Yerevan", "Erevan"))
        made = plan(read_table(stale.encode()), layout_of("state"), by=publisher)
        assert changes(made) == [("arm", "conflict", ["capital_en"])]


def changes(made: Plan) -> list[tuple[str, str, list[str]]]:
    return [
        (line.slug, line.state.value, [one.name for one in line.differences])
        for line in made.lines
        if line.state.value != "unchanged"
    ]


def downloads(form: str) -> Iterator[tuple[Listing, bytes]]:
    client = Client()
    for listing in lists.listings():
        if listing.kind in record_models():
            path = f"{listing.path.rstrip('/')}.{form}" if listing.path else f"/api/v1/{listing.api}.{form}"
            response: Any = client.get(path)
            assert response.status_code == 200, path
            yield listing, b"".join(response.streaming_content)
