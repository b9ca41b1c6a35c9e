"""Fields of the query language (`state:kaz`, `year:2010..2022`): each reads its value into a node of the tree.

The caller gives a registry of names to fields. A field raises FieldValueError for a value it cannot take.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from cstokb.dates.historic import InvalidDate
from cstokb.dates.parameters import Side, bound_day
from cstokb.fulltext.errors import FieldValueError
from cstokb.fulltext.tree import Dated, HasFacet, Node


class Field(Protocol):
    """Reads the text after the colon. `shown` is the whole `field:value` as it is shown again."""

    def read(self, value: str, shown: str) -> Node:
        """The node for a value; raises FieldValueError."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field over one facet. `resolve` turns the text into the facet's values, any of which will do."""

    facet: str
    resolve: Callable[[str], Sequence[str]]

    def read(self, value: str, shown: str) -> Node:
        """Records with any of the values."""
        return HasFacet(self.facet, tuple(self.resolve(value)), shown)


@dataclass(frozen=True, slots=True)
class DateField:
    """`after:` or `before:` a day, month or year, which is included."""

    side: Side

    def read(self, value: str, shown: str) -> Node:
        """Records that may be of the day or later (earlier)."""
        day = _day(value, self.side)
        return Dated(day, None, shown) if self.side == "after" else Dated(None, day, shown)


@dataclass(frozen=True, slots=True)
class PeriodField:
    """`year:2022`, `year:2010..2022`, `year:2010..`: a day, month or year, or a range of them."""

    def read(self, value: str, shown: str) -> Node:
        """Records that may be of a day in the range."""
        first, dots, last = value.partition("..")
        if not (first or last):
            raise FieldValueError(_("Write a year, or a range of years: 2022, 2010..2022, 2010.. or ..2022."))
        after = _day(first, "after") if first else None
        until = last if dots else first
        before = _day(until, "before") if until else None
        if after and before and after > before:
            raise FieldValueError(_("The range ends before it begins."))
        return Dated(after, before, shown)


def choices(*allowed: str) -> Callable[[str], Sequence[str]]:
    """A resolver for a facet with few fixed values, written in any case."""

    def resolve(value: str) -> Sequence[str]:
        if value.casefold() not in allowed:
            raise FieldValueError(_("Write one of: %(words)s.") % {"words": ", ".join(allowed)}, allowed)
        return (value.casefold(),)

    return resolve


def _day(text: str, side: Side) -> date:
    try:
        return bound_day(text, side)
    except InvalidDate as error:
        raise FieldValueError(str(error)) from None
