"""Panels: what other records say of a record, the first few rows of their Listings on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Value
from django.http import QueryDict

from cstokb.listing.ask import Ask
from cstokb.listing.columns import Row
from cstokb.listing.filters import TEXT
from cstokb.listing.listing import Line, Listing
from cstokb.listing.names import Names, names_of

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


def shown(panels: Sequence[Panel], entry_id: int, public_id: str, ask: Ask) -> list[dict[str, Any]]:
    """The panels that have rows for a record, for components/panel.html.

    A query for each that has any, one for all counts, and one for the names of all that their rows refer to.
    """
    if not panels:
        return []
    counts = _counts(panels, entry_id, ask)
    found = [
        (panel, counts[n], _fetched(panel, entry_id, ask)) for n, panel in enumerate(panels) if counts.get(n)
    ]
    names = names_of((key for _panel, _count, rows in found for key in _references(rows)), ask.scope)
    return [_shown(panel, count, rows, names, public_id, ask) for panel, count, rows in found]


def _fetched(panel: Panel, entry_id: int, ask: Ask) -> list[Row]:
    order = (key.expression() for key in panel.listing.order_in(ask.language))
    return list(panel.listing.fetch(_rows(panel, entry_id, ask).order_by(*order))[: panel.limit])


def _references(rows: Sequence[Row]) -> Iterator[int | None]:
    """Row ids of the records that rows refer to in columns of their own."""
    for row in rows:
        yield from (value for name, value in row.items() if name.endswith("_id") and name != "entry_id")


def _shown(
    panel: Panel, count: int, rows: Sequence[Row], names: Names, public_id: str, ask: Ask
) -> dict[str, Any]:
    listing = panel.listing
    lines = listing.lines(rows, ask, known=names)
    content = {"table": panel.table(lines, ask)} if panel.table else {"records": listing.cards(lines, ask)}
    return {
        "id": panel.id,
        "title": panel.title or listing.title,
        "count": count,
        "lines": lines,
        "all_url": _all(panel, public_id, ask) if count > len(lines) else "",
        **content,
    }


def _rows(panel: Panel, entry_id: int, ask: Ask) -> Any:
    plain = Ask(QueryDict(), ask.now, ask.language, ask.base, ask.path, ask.on, ask.scope, memo=ask.memo)
    filterset = panel.listing.filters(plain, panel.listing.rows(plain))
    return filterset.filters[panel.parameter].filter(filterset.queryset, [entry_id])


def _counts(panels: Sequence[Panel], entry_id: int, ask: Ask) -> Mapping[int, int]:
    """How many rows each panel has in all, by its place, in one query."""
    counted = [
        _rows(panel, entry_id, ask)
        .order_by()
        .annotate(panel_place=Value(str(number), TEXT))
        .values("panel_place")
        .annotate(n=Count("pk"))
        .values_list("panel_place", "n")
        for number, panel in enumerate(panels)
    ]
    return {int(value): n for value, n in counted[0].union(*counted[1:], all=True)}


def _all(panel: Panel, public_id: str, ask: Ask) -> str:
    if not panel.listing.path:
        return ""
    return f"{ask.localised(panel.listing.path)}?{panel.parameter}={public_id}"
