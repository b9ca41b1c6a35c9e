"""Panels: what other records say of a record, the first few rows of their Listings on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Subquery, Value
from django.http import QueryDict

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Row
from cstokb.listing.evidence import Beside
from cstokb.listing.listing import Line, Listing, Page
from cstokb.listing.together import Wanted, together

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

#: Rows that a panel shows before its list is the better place.
SHOWN = 10


@dataclass(frozen=True)
class Panel:
    """The rows of a Listing whose ``parameter`` is the record, on the record's page.

    The parameter must be a RecordFilter of the Listing. ``table`` shows the lines as components/table.html does;
    without it they are cards. ``limit`` is how many.
    """

    listing: Listing
    parameter: str
    title: StrPromise | str = ""
    limit: int = SHOWN
    table: Callable[[Sequence[Line], Ask], Mapping[str, Any]] | None = None

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

    @property
    def count(self) -> int:
        """How many rows the panel has in all."""
        return int(self.rows[0]["panel_count"])

    def refers(self) -> set[int | None]:
        """Row ids of the records that the rows name."""
        return self.page.refers(self.rows)


def fetch(panels: Sequence[Panel], entry_id: int, ask: Ask) -> list[Shelf]:
    """The panels that have rows for a record, with their counts, in one query for all; names come after."""
    names = Beside.kept(ask).names
    found = together(*(_wanted(panel, entry_id, ask) for panel in panels))
    return [
        Shelf(panel, rows, panel.listing.prepared(rows, ask, names))
        for panel, rows in zip(panels, found, strict=True)
        if rows
    ]


def shown(shelves: Sequence[Shelf], public_id: str, ask: Ask) -> list[dict[str, Any]]:
    """What was fetched, once the names are known, for components/panel.html."""
    return [_shown(shelf, public_id, ask) for shelf in shelves]


def _wanted(panel: Panel, entry_id: int, ask: Ask) -> Wanted:
    rows = _rows(panel, entry_id, ask)
    count = rows.order_by().annotate(panel_one=Value(1)).values("panel_one").annotate(n=Count("pk"))
    order = (key.expression() for key in panel.listing.order_in(ask.language))
    counted = rows.annotate(panel_count=Subquery(count.values("n"))).order_by(*order)
    return Wanted.of(counted, panel.listing.reads(["panel_count"]), panel.limit)


def _shown(shelf: Shelf, public_id: str, ask: Ask) -> dict[str, Any]:
    panel, listing = shelf.panel, shelf.panel.listing
    lines = [shelf.page.line(row) for row in shelf.rows]
    content = {"table": panel.table(lines, ask)} if panel.table else {"records": listing.cards(lines, ask)}
    return {
        "id": panel.id,
        "title": panel.title or listing.title,
        "count": shelf.count,
        "lines": lines,
        "all_url": _all(panel, public_id, ask) if shelf.count > len(lines) else "",
        **content,
    }


def _rows(panel: Panel, entry_id: int, ask: Ask) -> Any:
    plain = Ask(QueryDict(), ask.now, ask.language, ask.base, ask.path, ask.on, ask.scope, memo=ask.memo)
    filterset = panel.listing.filters(plain, panel.listing.rows(plain))
    return filterset.filters[panel.parameter].filter(filterset.queryset, [entry_id])


def _all(panel: Panel, public_id: str, ask: Ask) -> str:
    if not panel.listing.path:
        return ""
    return f"{ask.localised(panel.listing.path)}?{panel.parameter}={public_id}"
