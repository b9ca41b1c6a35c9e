"""SQL that is laid out once and asked many times: what changes from one asking to the next is given.

To lay out and compile a query takes Django far longer than the database takes to answer it, and comes to the same text
each time. It depends on the code alone: while a question is laid out the database cannot be asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    Model,
    QuerySet,
)

#: Layouts of one question that are kept: one for each language, day and whatever else tells them apart.
MOST_KEPT = 128


class Given:
    """A value that each asking gives: while the question is laid out something stands in that is nobody's value."""

    def __init__(self, field: Field[Any, Any], stand_in: Callable[[int], Any]) -> None:
        self._field, self.stand_in = field, stand_in

    def written(self, value: Any) -> Any:
        """The value as the database takes it."""
        return self._field.get_db_prep_value(value, connection)


class _Several(Given):
    """Values of one type, however many; the query stays the same."""

    def __init__(self, field: Field[Any, Any], type_name: str) -> None:
        super().__init__(field, lambda number: _Any(number, field, type_name))

    def written(self, value: Any) -> Any:
        if isinstance(value, _Any):
            return value
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class _Any(Expression):
    """Stands in for several values, behind ``__in``; PostgreSQL is told their type."""

    def __init__(self, number: int, field: Field[Any, Any], type_name: str) -> None:
        super().__init__(output_field=field)
        self.number, self.type_name = number, type_name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT value FROM JSON_EACH(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return f"(SELECT UNNEST(%s::{self.type_name}[]) AS value)", [self]


ID = Given(BigIntegerField(), lambda number: -(10**15) - number)
IDS = _Several(BigIntegerField(), "bigint")
TEXT = Given(CharField(), lambda number: f"\x7fgiven {number}")
TEXTS = _Several(CharField(), "text")
DAY = Given(DateField(), lambda number: date.min + timedelta(days=number))
MOMENT = Given(DateTimeField(), lambda number: datetime(2, 1, 1, microsecond=number, tzinfo=UTC))


class Begins(Expression):
    """Whether a column's text begins with any of several texts that are given."""

    conditional = True

    def __init__(self, column: str, beginnings: Expression) -> None:
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.beginnings = beginnings

    def get_source_expressions(self) -> list[Any]:
        return [self.column, self.beginnings]

    def set_source_expressions(self, expressions: Sequence[Any]) -> None:
        self.column, self.beginnings = expressions

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        (column, own), (several, given) = map(compiler.compile, (self.column, self.beginnings))
        found = f"EXISTS (SELECT 1 FROM {several} AS one WHERE SUBSTR({column}, 1, LENGTH(one.value)) = one.value)"  # noqa: S608 - columns of ours
        return found, [*given, *own]


@dataclass(frozen=True)
class Layout:
    """A compiled question: where in its parameters which value goes, and how the values of its columns are read."""

    given: Mapping[str, Given]
    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, str]]
    converters: Mapping[int, Any]

    @classmethod
    def of(cls, build: Callable[..., QuerySet[Any, Any]], given: Mapping[str, Given]) -> Layout:
        """Lay out what ``build`` makes of stand-ins. Raises RuntimeError where it asks the database for that."""
        stand_ins = {name: one.stand_in(number) for number, (name, one) in enumerate(given.items())}
        written = {given[name].written(value): name for name, value in stand_ins.items()}
        with connection.execute_wrapper(_refuse):
            compiler = build(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return cls(given, "", (), (), {})
            read = compiler.get_converters([column[0] for column in compiler.select or ()])
        places = [(place, written[param]) for place, param in enumerate(params) if _known(param, written)]
        return cls(given, sql, tuple(params), places, read)

    def rows(self, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """The rows as the database gives them."""
        if not self.sql:
            return ()
        written = {name: one.written(values[name]) for name, one in self.given.items()}
        params = list(self.params)
        for place, name in self.places:
            params[place] = written[name]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
        return rows

    def read(self, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows with every value as its column reads it."""
        readers = {place: self.reader(place) for place in self.converters}
        for row in self.rows(values):
            told = list(row)
            for place, read in readers.items():
                told[place] = read(told[place])
            yield tuple(told)

    def reader(self, place: int) -> Callable[[Any], Any]:
        """What makes of the database's value in a column what its field reads; only of one with converters."""
        converters, expression = self.converters[place]

        def read(value: Any) -> Any:
            for convert in converters:
                value = convert(value, expression, connection)
            return value

        return read


Build = Callable[..., "QuerySet[Model, Any]"]


def laid_out(**given: Given) -> Callable[[Build], Callable[..., list[tuple[Any, ...]]]]:
    """Makes of a function ``(*shape, **given)`` that lays out ``values_list`` one ``(*shape, **values)`` that asks it.

    ``shape`` is whatever else the layout depends on, as values that can be compared.
    """

    def decorated(build: Build) -> Callable[..., list[tuple[Any, ...]]]:
        @lru_cache(maxsize=MOST_KEPT)
        def layout(vendor: str, *shape: Any) -> Layout:
            return Layout.of(lambda **stand_ins: build(*shape, **stand_ins), given)

        def ask(*shape: Any, **values: Any) -> list[tuple[Any, ...]]:
            return list(layout(connection.vendor, *shape).read(values))

        return ask

    return decorated


def _known(param: Any, written: Collection[Any]) -> bool:
    return getattr(type(param), "__hash__", None) is not None and param in written


def _refuse(*query: Any) -> Any:
    raise RuntimeError("A question that is laid out once cannot rest on what the database says.")
