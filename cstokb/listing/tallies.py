"""Tallies: the rows of a panel counted by filters of their list, for a chart and for lists with numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.days import Year
from cstokb.listing.filterset import Question, Rows
from cstokb.listing.names import Names
from cstokb.listing.values import constant


@dataclass(frozen=True)
class Counted:
    """All rows of a panel counted by a filter: each value with its number, the largest first, years in their order."""

    label: str
    by_id: bool
    years: bool
    values: Sequence[tuple[str, int]]

    def shown(self, name: str, names: Names, address: str, ask: Ask) -> dict[str, Any]:
        """For components/counts.html: the label, and for each value its words, number and the way to its rows."""
        rows = [
            {"label": label, "value": n, "url": f"{address}&{name}={key}" if address and n else ""}
            for key, label, n in self._named(names, ask)
        ]
        return {"name": name, "label": self.label, "rows": rows, "years": self.years}

    def _named(self, names: Names, ask: Ask) -> Iterator[tuple[str, str, int]]:
        for value, n in self.values:
            if not self.by_id:
                yield value, value, n
            elif int(value) in names:
                yield names[int(value)].id, names[int(value)].label(ask.language), n


Counts = Mapping[str, Counted]
#: Years without rows stand in a chart too, up to so many.
MOST_YEARS = 80
#: A chart has at least so many years, so that one bar does not fill it.
LEAST_YEARS = 10


def counting(filters: Mapping[str, Question], rows: Rows) -> Rows:
    """The question that counts rows by some filters, as the facets of their list count them: (filter, value, n)."""
    parts = [constant(part, name) for name, one in filters.items() for part in one.facet_parts(rows)]
    counted: Rows = parts[0].union(*parts[1:], all=True).order_by()
    return counted


def told(filters: Mapping[str, Question], rows: Iterable[tuple[str, str, int]]) -> Counts:
    """What ``counting`` found, as panels say it."""
    counted: dict[str, list[tuple[str, int]]] = {name: [] for name in filters}
    for name, value, n in rows:
        counted[name].append((value, n))
    return {name: _count(one, counted[name]) for name, one in filters.items()}


def _count(one: Question, counted: Iterable[tuple[str, int]]) -> Counted:
    values = dict(one.facet_values(one.facet_sums(counted)))
    if not isinstance(one, Year):
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        return Counted(str(one.label), one.by_id, years=False, values=ordered)
    years = sorted(int(value) for value in values)
    every: Iterable[int] = years
    if years and years[-1] - years[0] < MOST_YEARS:
        every = range(min(years[0], years[-1] - LEAST_YEARS + 1), years[-1] + 1)
    return Counted(
        str(one.label),
        by_id=False,
        years=True,
        values=[(f"{y:04d}", values.get(f"{y:04d}", 0)) for y in every],
    )
