"""Panels, the registry, chunks of an export, and what a row is called."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cstokb import catalogue
from cstokb.dates import HistoricDate
from cstokb.listing import export, panels, registry, selection
from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.panels import Panel
from cstokb.listing.shape import Shape
from cstokb.listing.table import Table
from cstokb.records.models import Entry, Record
from members.listings import MEMBERSHIPS, ORGANS, STATES, TERMS
from members.models import Organ, Term
from tests.factories import records as make

pytestmark = pytest.mark.django_db


def asked(query: str = "", language: str = "en") -> Ask:
    return Ask.about(QueryDict(query), now=timezone.now(), language=language, base="http://kb")


def shown(wanted: list[Panel], entry_id: int, public_id: str, ask: Ask) -> list[dict[str, Any]]:
    """Panels as a page shows them: fetched, then named, then shown."""
    shelves = panels.fetch(wanted, entry_id, ask)
    Beside.kept(ask).fetch(names={key for shelf in shelves for key in shelf.refers()})
    return panels.shown(shelves, public_id, ask)


class TestPanels:
    def test_a_panel_shows_the_first_rows_the_count_and_the_way_to_all(self) -> None:
        parent = make.organ("csc", "Council")
        make.many(
            {f"o-{n:02d}": Organ(name_en=f"Organ {n:02d}", type="working", parent=parent) for n in range(12)}
        )
        (panel,) = shown([Panel(ORGANS, "parent", "Below it")], parent.pk, "csc", asked())
        assert (panel["title"], panel["count"], len(panel["lines"])) == ("Below it", 12, 10)
        assert panel["all_url"] == "/organs/?parent=csc"

    def test_a_panel_of_a_list_without_a_page_shows_them_all_since_it_leads_to_no_more(self) -> None:
        state = make.state("kaz", "Kazakhstan")
        office = make.office("kaz/president", "President", state=state)
        terms: dict[str, Record] = {
            f"t-{n:02d}": Term(
                person=make.person(f"p-{n:02d}", f"Person {n:02d}"),
                office=office,
                began_on=HistoricDate.parse(f"{1990 + n}"),
                ended_on=HistoricDate.parse(f"{1990 + n}"),
            )
            for n in range(12)
        }
        make.many(terms)
        (panel,) = shown([Panel(TERMS, "state")], state.pk, "kaz", asked())
        assert (panel["count"], len(panel["lines"]), panel["all_url"]) == (12, 12, "")

    def test_a_panel_without_rows_is_not_shown(self) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        assert shown([Panel(MEMBERSHIPS, "state"), Panel(TERMS, "state")], kaz.pk, "kaz", asked()) == []
        assert shown([], kaz.pk, "kaz", asked()) == []

    def test_panels_cost_one_query_for_rows_and_counts_and_one_for_names(self) -> None:
        kaz = make.state("kaz", "Kazakhstan")
        make.member(kaz, "2003-09-18")
        with CaptureQueriesContext(connection) as queries:
            found = shown([Panel(MEMBERSHIPS, "state"), Panel(TERMS, "state")], kaz.pk, "kaz", asked())
        assert [one["count"] for one in found] == [1]
        assert len(queries) == 2

    def test_a_draft_is_in_no_panel_and_no_count(self) -> None:
        parent = make.organ("csc", "Council")
        make.draft(Organ(name_en="Hidden", type="working", parent=parent), "hidden")
        assert shown([Panel(ORGANS, "parent")], parent.pk, "csc", asked()) == []


class TestRegistry:
    def test_a_list_is_found_by_its_resource(self) -> None:
        catalogue.fill()
        assert registry.listing("states") is STATES
        with pytest.raises(LookupError, match="nothing"):
            registry.listing("nothing")

    def test_two_lists_cannot_have_one_name(self) -> None:
        registry.register(STATES)

        with pytest.raises(ValueError, match="states"):
            registry.register(replace(STATES, path="/other/"))


class TestChunks:
    def test_an_export_is_told_a_chunk_at_a_time_and_asks_names_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(export, "CHUNK", 3)
        parent = make.organ("csc", "Council")
        make.many({f"o-{n}": Organ(name_en=f"Organ {n}", type="working", parent=parent) for n in range(8)})
        ask = asked()
        blocks = export.all_blocks(ORGANS.select(ask), Shape.read(ask.params, ORGANS))
        with CaptureQueriesContext(connection) as first:
            told = [next(blocks).columns["id"]]
        with CaptureQueriesContext(connection) as rest:
            later = list(blocks)
        told += [block.columns["id"] for block in later]
        assert told == [["csc", "o-0", "o-1"], ["o-2", "o-3", "o-4"], ["o-5", "o-6", "o-7"]]
        assert [name for block in later for name in block.columns["parent"]] == ["csc"] * 6
        assert (len(first), len(rest)) == (2, 2)

    def test_the_first_chunk_is_small_and_what_a_chunk_needs_is_not_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(selection, "FIRST", 2)
        make.many({f"o-{n}": Organ(name_en=f"Organ {n}", type="working") for n in range(5)})
        ask = asked()
        kept: list[Ask] = []

        def prepare(rows: Any, chunk: Ask) -> None:
            chunk.memo[rows] = rows
            kept.append(chunk)

        organs = replace(ORGANS, prepare=prepare)
        blocks = list(export.all_blocks(organs.select(ask), Shape.read(ask.params, organs)))
        assert [len(block) for block in blocks] == [2, 3]
        assert [sum(isinstance(key, Table) for key in one.memo) for one in kept] == [1, 1]
        assert not any(isinstance(key, Table) for key in ask.memo)

    def test_a_row_that_is_gone_when_its_chunk_is_read_is_left_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(export, "CHUNK", 2)
        make.many({f"o-{n}": Organ(name_en=f"Organ {n}", type="working") for n in range(4)})
        ask = asked()
        blocks = export.all_blocks(ORGANS.select(ask), Shape.read(ask.params, ORGANS))
        told = list(next(blocks).columns["id"])
        Entry.objects.filter(slug="o-2").update(visibility="hidden")
        told += [one for block in blocks for one in block.columns["id"]]
        assert told == ["o-0", "o-1", "o-3"]


class TestLines:
    def test_a_row_is_called_by_its_own_name_in_the_language_of_the_page(self) -> None:
        make.state("kaz", "Kazakhstan", "Казахстан")
        make.state("aut", "Austria")
        names = {
            language: [
                line.label
                for line in STATES.lines(
                    list(STATES.select(asked("", language)).fetched()), asked("", language)
                )
            ]
            for language in ("en", "ru")
        }
        assert names == {"en": ["Austria", "Kazakhstan"], "ru": ["Austria", "Казахстан"]}

    def test_rows_without_a_page_lead_to_that_of_their_record(self) -> None:
        make.member(make.state("kaz", "Kazakhstan"), "2003-09-18")
        (record,) = MEMBERSHIPS.describe(list(MEMBERSHIPS.select(asked()).fetched()), asked())
        assert record["html_url"] == "http://kb/states/kaz/"
        assert record["url"] == "http://kb/api/v1/memberships/kaz/member/2003-09-18/"
