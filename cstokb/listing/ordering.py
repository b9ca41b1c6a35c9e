"""Orders that are total, state where NULLs go, and can be continued after any row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual


@dataclass(frozen=True)
class Key:
    """One sort key: a column path, its direction, and whether it may be NULL (NULLs come last, or first if said).

    ``text`` marks columns of letters, which sort by code point on both databases: their texts are folded when they
    are stored, and the databases' own collations differ.
    """

    path: str
    descending: bool = False
    nullable: bool = False
    nulls_first: bool = False
    text: bool = False

    def reversed(self) -> Key:
        """The same key, the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def flipped(self) -> Key:
        """The other direction, with NULLs staying where they are."""
        return replace(self, descending=not self.descending)

    def expression(self) -> OrderBy:
        """The key for ``order_by``."""
        # Absent, not False: Django refuses False here and takes None for "not said".
        nulls = {"nulls_first" if self.nulls_first else "nulls_last": True} if self.nullable else {}
        return OrderBy(self._column(), descending=self.descending, **nulls)

    def same(self, value: Any) -> Q:
        """Rows that stand level with a row."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any) -> Q | None:
        """Rows that come after a row by this key alone; None where none can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if self.nulls_first else None
        later = self.strictly_beyond(value)
        return (
            later | Q(**{f"{self.path}__isnull": True}) if self.nullable and not self.nulls_first else later
        )

    def strictly_beyond(self, value: Any) -> Q:
        """Rows with a value that comes after this one."""
        compare = LessThan if self.descending else GreaterThan
        return Q(compare(self._column(), value))

    def reaching(self, value: Any) -> Q:
        """Rows that stand level with a value or after it, those without one left aside: a range of an index."""
        compare = LessThanOrEqual if self.descending else GreaterThanOrEqual
        return Q(compare(self._column(), value))

    def _column(self) -> Any:
        """The column, by code point where it holds letters."""
        if self.text and connection.vendor == "postgresql":
            return Collate(F(self.path), "C")
        return F(self.path)


Order = tuple[Key, ...]


# The bounds of a date are both there or both missing, so that only the first of them has to say where NULLs go.


def oldest_first(field: str) -> Order:
    """By first possible day, the less precise date first; rows without a known day last."""
    return Key(f"{field}_min", nullable=True), Key(f"{field}_max", descending=True)


def newest_first(field: str) -> Order:
    """By first possible day, latest first; rows without a known day last."""
    return Key(f"{field}_min", descending=True, nullable=True), Key(f"{field}_max")


def backwards(order: Order) -> Order:
    """The other direction of an order that readers choose: NULLs stay last."""
    return tuple(key.flipped() for key in order)


def mirror(order: Order) -> Order:
    """The exact mirror of an order, NULLs included, for walking back."""
    return tuple(key.reversed() for key in order)


def stretches(order: Order, values: Sequence[Any]) -> list[Q]:
    """Rows that come after the row with these key values, in parts of which each comes after the one before.

    Each is a single range of the first key, so that an index begins there to read: of "less, or not known" no database
    makes a range, and the whole list up to the row would be passed over.
    """
    first, value = order[0], values[0]
    level = after(order[1:], values[1:])
    known, unknown = (Q(**{f"{first.path}__isnull": one}) for one in (False, True))
    if value is None:
        return [unknown & level, known] if first.nulls_first else [unknown & level]
    begun = first.reaching(value) & (first.strictly_beyond(value) | level)
    return [begun, unknown] if first.nullable and not first.nulls_first else [begun]


def after(order: Order, values: Sequence[Any]) -> Q:
    """Rows that come after the row with these key values; the last key is unique, so none is skipped or repeated."""
    rows, level = Q(pk__in=[]), Q()
    for key, value in zip(order, values, strict=True):
        beyond = key.beyond(value)
        if beyond is not None:
            rows |= level & beyond
        level &= key.same(value)
    return rows
