"""Table: many rows by column, so that what is done with a column is done for all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

from django.db.models import QuerySet

from cstokb.records.laid_out import IDS, Layout

Row = Mapping[str, Any]
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Table(Sequence[Row]):
    """Some rows in order. A column is had whole; a row is a mapping, made only where somebody asks for rows."""

    def __init__(self, columns: dict[str, Sequence[Any]], count: int) -> None:
        self._columns, self._count = columns, count

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Table:
        """The rows, however they came."""
        return rows if isinstance(rows, Table) else _Mappings(rows)

    def column(self, name: str) -> Sequence[Any]:
        """The values of a database column, for all rows."""
        return self._columns[name]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows as mappings."""
        names = tuple(self._columns)
        return [dict(zip(names, row, strict=True)) for row in zip(*self._columns.values(), strict=True)]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return self.rows[place]


class _Mappings(Table):
    """Rows that came as mappings."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__({}, len(rows))
        self.rows = rows

    def column(self, name: str) -> Sequence[Any]:
        if name not in self._columns:
            self._columns[name] = [row[name] for row in self.rows]
        return self._columns[name]


class ById:
    """Rows that are asked for by row id, some after others; the question is laid out and compiled once for all."""

    def __init__(self, rows: QuerySet[Any, Any], names: Iterable[str]) -> None:
        meant: QuerySet[Any, Any] = rows.order_by().values_list("pk", *names)
        self._layout = Layout.of(lambda ids: meant.filter(pk__in=ids), {"ids": IDS})
        self._names = list(meant.query.selected or ())

    def of(self, ids: Sequence[int]) -> Table:
        """The rows with these ids, in their order; one that is no longer there is left out."""
        found = {row[0]: row for row in self._layout.rows({"ids": ids})}
        rows = [found[key] for key in ids if key in found]
        columns = list(zip(*rows, strict=True)) or [()] * len(self._names)
        values = (self._read(place, column) for place, column in enumerate(columns))
        return Table(dict(zip(self._names, values, strict=True)), len(rows))

    def _read(self, place: int, values: Sequence[Any]) -> Sequence[Any]:
        """The values of a column as its field reads what the database gives."""
        return each(self._layout.reader(place), values) if place in self._layout.converters else values


def each(make: Callable[[Key], Made], values: Sequence[Key]) -> list[Made]:
    """What a function makes of each value; it is asked once for those that are the same."""
    made = {value: make(value) for value in set(values)}
    return [made[value] for value in values]
