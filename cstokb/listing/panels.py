"""Panels: what other records say of a record, the first few rows of their Listings on its page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Subquery, Value
from django.http import QueryDict

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.filterset import Rows, StrictFilterSet
from cstokb.listing.listing import Line, Listing, Page
from cstokb.listing.ordering import Order
from cstokb.listing.prepared import ID, prepared
from cstokb.listing.table import Row
from cstokb.listing.tallies import Counts, counting, told
from cstokb.listing.together import Found, Wanted, together
from cstokb.records.laid_out import laid_out
from cstokb.records.scope import NOW, Scope

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Rows that a panel shows before its list is the better place; and of a Listing without a page, which leads nowhere.
SHOWN, SHOWN_WITHOUT_A_LIST = 10, 200


@dataclass(frozen=True, eq=False)
class Panel:
    """The rows of a Listing whose ``parameter`` is the record, on the record's page.

    The parameter must be a RecordFilter of the Listing. ``table`` shows the lines as components/table.html does;
    without it they are cards. ``limit`` is how many where it is not the usual number, ``order`` another order than
    the Listing's, with the word of ``sort`` for it in the list. ``counts`` names filters of the Listing by which all
    rows are counted.
    """

    listing: Listing
    parameter: str
    title: StrPromise | str = ""
    limit: int = 0
    table: Callable[[Sequence[Line], Ask], Mapping[str, Any]] | None = None
    order: Order | None = None
    sort: str = ""
    counts: tuple[str, ...] = ()

    @property
    def shown(self) -> int:
        """How many rows it shows."""
        return self.limit or (SHOWN if self.listing.path else SHOWN_WITHOUT_A_LIST)

    @property
    def id(self) -> str:
        """The anchor of the panel on a page."""
        return f"{self.listing.api}-{self.parameter}"


@dataclass(frozen=True)
class Shelf:
    """A panel's first rows for one record, and how many there are in all."""

    panel: Panel
    rows: Sequence[Row]
    page: Page
    counts: Counts = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows the panel has in all."""
        return int(self.rows[0]["panel_count"])

    def refers(self) -> set[int | None]:
        """Row ids of the records that the rows name."""
        counted = {int(value) for one in self.counts.values() if one.by_id for value, _n in one.values}
        return self.page.refers(self.rows) | counted


def fetch(panels: Sequence[Panel], entry_id: int, ask: Ask) -> list[Shelf]:
    """The panels that have rows for a record, with their counts, in one query for all; names come after."""
    names = Beside.kept(ask).names
    found = _found(panels, entry_id, ask) if panels else []
    return [
        Shelf(panel, rows, panel.listing.prepared(rows, ask, names), _counts(panel, entry_id, ask))
        for panel, rows in zip(panels, found, strict=True)
        if rows
    ]


def shown(shelves: Sequence[Shelf], public_id: str, ask: Ask) -> list[dict[str, Any]]:
    """What was fetched, once the names are known, for components/panel.html."""
    return [_shown(shelf, public_id, ask) for shelf in shelves]


def _found(panels: Sequence[Panel], entry_id: int, ask: Ask) -> list[Found]:
    if (
        ask.scope.known_on
    ):  # what passages cited at a moment is read in their words, before the rows can be laid out
        return together(*(_wanted(panel, entry_id, ask) for panel in panels))
    day = ask.day if any(panel.listing.tells_day for panel in panels) else None
    return _first_rows(ask.scope, tuple(panels), ask.language, day, entry=entry_id)


@prepared(entry=ID)
def _first_rows(
    scope: Scope, panels: Sequence[Panel], language: str, day: date | None, entry: int
) -> list[Wanted]:
    ask = Ask.laid_out(scope, language, day)
    return [_wanted(panel, entry, ask) for panel in panels]


def _wanted(panel: Panel, entry_id: int, ask: Ask) -> Wanted:
    _filters, rows = _filtered(panel, entry_id, ask)
    count = rows.order_by().annotate(panel_one=Value(1)).values("panel_one").annotate(n=Count("pk"))
    order = (key.expression() for key in panel.listing.order_in(ask.language, panel.order))
    counted = rows.annotate(panel_count=Subquery(count.values("n"))).order_by(*order)
    return Wanted.of(counted, panel.listing.reads(["panel_count"]), panel.shown)


def _shown(shelf: Shelf, public_id: str, ask: Ask) -> dict[str, Any]:
    panel, listing = shelf.panel, shelf.panel.listing
    lines = shelf.page.lines(shelf.rows)
    content = {"table": _table(panel, lines, ask)} if panel.table else {"records": listing.cards(lines, ask)}
    return {
        "id": panel.id,
        "title": panel.title or listing.title,
        "count": shelf.count,
        "lines": lines,
        "all_url": _all(panel, public_id, ask) if shelf.count > len(lines) or panel.counts else "",
        "counts": [
            one.shown(name, shelf.page.names, _all(panel, public_id, ask), ask)
            for name, one in shelf.counts.items()
        ],
        **content,
    }


def _table(panel: Panel, lines: Sequence[Line], ask: Ask) -> Mapping[str, Any]:
    """The panel's table without columns that say nothing, or in every row only whose page it is."""
    if panel.table is None:
        return {}
    table = panel.table(lines, ask)
    own = {ask.localised(named.path) for line in lines if (named := line.refs.get(panel.parameter))}
    by_column = list(zip(*table["rows"], strict=True))
    kept = [place for place, cells in enumerate(by_column) if not _says_nothing(cells, own)]
    if kept[0] != 0 and not all(cell.get("url") for cell in by_column[kept[0]]):
        kept = [0, *kept]  # a row is headed by what names it
    return {
        **table,
        "columns": [table["columns"][place] for place in kept],
        "rows": [[row[place] for place in kept] for row in table["rows"]],
    }


def _says_nothing(cells: Sequence[Mapping[str, Any]], own: Collection[str]) -> bool:
    """Whether a column is empty, or names the record of the page in each of its cells."""
    return all(cell.get("url") in own or not any(cell.values()) for cell in cells)


def _counts(panel: Panel, entry_id: int, ask: Ask) -> Counts:
    if not panel.counts:
        return {}
    base = panel.listing.filters.base_filters
    filters = {name: base[name] for name in panel.counts}
    if ask.scope.known_on:
        return told(filters, _counting(panel, entry_id, ask))
    day = ask.day if panel.listing.tells_day else None
    return told(filters, _counted(panel, ask.language, day, entry=entry_id))


@laid_out(entry=ID)
def _counted(panel: Panel, language: str, day: date | None, entry: int) -> Rows:
    return _counting(panel, entry, Ask.laid_out(NOW, language, day))


def _counting(panel: Panel, entry_id: int, ask: Ask) -> Rows:
    filterset, rows = _filtered(panel, entry_id, ask)
    return counting({name: filterset.filters[name] for name in panel.counts}, rows)


def _filtered(panel: Panel, entry_id: int, ask: Ask) -> tuple[StrictFilterSet, Rows]:
    """The filters of the panel's Listing, and its rows for a record."""
    plain = replace(ask, params=QueryDict())
    filterset = panel.listing.filters(plain, panel.listing.rows(plain))
    return filterset, filterset.filters[panel.parameter].filter(filterset.queryset, [entry_id])


def _all(panel: Panel, public_id: str, ask: Ask) -> str:
    if not panel.listing.path:
        return ""
    sort = f"&sort={panel.sort}" if panel.sort else ""
    return f"{ask.localised(panel.listing.path)}?{panel.parameter}={public_id}{sort}"
