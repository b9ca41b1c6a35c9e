"""Rows of several models in one query: all that a page shows beside its record costs one, not one for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import (
    AutoField,
    CharField,
    F,
    FloatField,
    ForeignKey,
    Func,
    IntegerField,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import JSONArray, RowNumber
from django.utils.timezone import is_naive

if TYPE_CHECKING:
    from cstokb.listing.filterset import Rows

Found = list[dict[str, Any]]
#: PostgreSQL's functions take at most a hundred arguments.
MOST_COLUMNS = 100
#: How fields read what JSON has as it is: texts and numbers.
_PLAIN = frozenset(
    field.to_python for field in (AutoField, CharField, FloatField, ForeignKey, IntegerField, TextField)
)


class Packed(JSONArray):
    """The columns of a row as one value. Django would first ask each SQLite connection whether it knows JSON."""

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        return Func.as_sql(self, compiler, connection, *args, **context)


@dataclass(frozen=True)
class Wanted:
    """Some rows in their order, and the columns to read of each."""

    rows: Rows
    columns: tuple[str, ...]

    @classmethod
    def of(cls, rows: Rows, columns: Iterable[str], limit: int | None = None) -> Wanted:
        """The rows, or the first few of them."""
        if limit is not None:
            rows = rows.filter(pk__in=rows.values("pk")[:limit])
        return cls(rows, tuple(dict.fromkeys(columns)))

    def packed(self, place: int) -> Rows:
        """The rows as ``(place, number, values)``, in which form rows of any model stand in one answer."""
        order: Any = self.rows.query.order_by or ("pk",)
        packed: Rows = (
            self.rows.order_by()
            .annotate(
                together_place=Value(place, IntegerField()),
                together_number=Window(RowNumber(), order_by=order),
                together_values=Packed(*(F(name) for name in self.columns)),
            )
            .values_list("together_place", "together_number", "together_values")
        )
        return packed

    def read(self, values: Sequence[Any]) -> dict[str, Any]:
        """A row as ``values`` would have given it."""
        row = dict(zip(self.columns, values, strict=True))
        for name, read in self._readers:
            if row[name] is not None:
                row[name] = read(row[name])
        return row

    @cached_property
    def _readers(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """What makes of a value in JSON the value of its column, where that is another one."""
        query = self.rows.query.chain()
        fields = ((name, F(name).resolve_expression(query).output_field) for name in self.columns)
        return [(name, _reader(field)) for name, field in fields if type(field).to_python not in _PLAIN]


def together(*wanted: Wanted) -> list[Found]:
    """The rows of each, as ``values`` would have given them, all in one query."""
    return sorted_out(union_of(wanted), wanted) if wanted else []


def union_of(wanted: Sequence[Wanted]) -> Rows:
    """The rows of each, packed, as one question."""
    first, *others = (one.packed(place) for place, one in enumerate(wanted))
    return first.union(*others, all=True).order_by() if others else first


def sorted_out(packed: Iterable[tuple[int, int, Sequence[Any]]], wanted: Sequence[Wanted]) -> list[Found]:
    """What came packed together, by part and in order."""
    found: list[Found] = [[] for _one in wanted]
    for place, _number, values in sorted(packed, key=lambda row: row[:2]):
        found[place].append(wanted[place].read(values))
    return found


def _reader(field: Any) -> Callable[[Any], Any]:
    return lambda value: _moment(field.to_python(value))


def _moment(value: Any) -> Any:
    """A moment with its zone, which SQLite does not write down."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and is_naive(value) else value
