"""Questions that are laid out once and asked many times: what changes from one asking to the next is given.

To lay out and compile the query for a page takes Django far longer than the database takes to answer it, and comes to
the same text each time. It depends on the code alone: while a question is laid out the database cannot be asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Expression, Field

from cstokb.listing.together import Found, Wanted, sorted_out, union_of
from cstokb.records.scope import NOW, Scope

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
    """Row ids, however many; the query stays the same."""

    def __init__(self) -> None:
        super().__init__(BigIntegerField(), _Ids)

    def written(self, value: Any) -> Any:
        if isinstance(value, _Ids):
            return value
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class _Ids(Expression):
    """Stands in for row ids, behind ``__in``."""

    def __init__(self, number: int) -> None:
        super().__init__(output_field=BigIntegerField())
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT value FROM JSON_EACH(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT UNNEST(%s::bigint[]))", [self]


ID = Given(BigIntegerField(), lambda number: -(10**15) - number)
IDS = _Several()
TEXT = Given(CharField(), lambda number: f"\x7fgiven {number}")
DAY = Given(DateField(), lambda number: date.min + timedelta(days=number))
_MOMENT = Given(DateTimeField(), lambda number: datetime(2, 1, 1, microsecond=number, tzinfo=UTC))
_KNOWN_ON = "known on"

Build = Callable[..., Iterable[Wanted]]
Ask = Callable[..., list[Found]]


def prepared(**given: Given) -> Callable[[Build], Ask]:
    """Makes of a function ``(scope, *shape, **given)`` that lays rows out one ``(scope, *shape, **values)`` that asks.

    All is fetched in one query, as ``together`` does. ``shape`` is whatever else the layout depends on, as values that
    can be compared; with the scope's being of now or of a moment it tells the layouts apart.
    """

    def decorated(build: Build) -> Ask:
        @lru_cache(maxsize=MOST_KEPT)
        def layout(vendor: str, known: bool, *shape: Any) -> _Layout:
            return _Layout.of(build, shape, {**given, _KNOWN_ON: _MOMENT} if known else given)

        def ask(scope: Scope, *shape: Any, **values: Any) -> list[Found]:
            known = scope.known_on is not None
            if known:
                values[_KNOWN_ON] = scope.known_on
            return layout(connection.vendor, known, *shape).ask(values)

        return ask

    return decorated


@dataclass(frozen=True)
class _Layout:
    """A compiled question: where in its parameters which value goes, and what is read of the rows."""

    wanted: Sequence[Wanted]
    given: dict[str, Given]
    sql: str
    params: Sequence[Any]
    places: Sequence[tuple[int, str]]

    @classmethod
    def of(cls, build: Build, shape: Sequence[Any], given: dict[str, Given]) -> _Layout:
        stand_ins = {name: one.stand_in(number) for number, (name, one) in enumerate(given.items())}
        written = {given[name].written(value): name for name, value in stand_ins.items()}
        moment = stand_ins.pop(_KNOWN_ON, None)
        with connection.execute_wrapper(_refuse):
            wanted = tuple(build(Scope(moment) if moment else NOW, *shape, **stand_ins))
            try:
                sql, params = union_of(wanted).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
            except EmptyResultSet:
                sql, params = "", ()
        places = [(place, written[param]) for place, param in enumerate(params) if _known(param, written)]
        return cls(wanted, given, sql, tuple(params), places)

    def ask(self, values: dict[str, Any]) -> list[Found]:
        """The rows of each part, given the values."""
        rows: Sequence[Any] = ()
        if self.sql:
            written = {name: one.written(values[name]) for name, one in self.given.items()}
            params = list(self.params)
            for place, name in self.places:
                params[place] = written[name]
            with connection.cursor() as cursor:
                cursor.execute(self.sql, params)
                rows = cursor.fetchall()
        return sorted_out(
            ((place, number, json.loads(packed)) for place, number, packed in rows), self.wanted
        )


def _known(param: Any, written: Collection[Any]) -> bool:
    return getattr(type(param), "__hash__", None) is not None and param in written


def _refuse(*query: Any) -> Any:
    raise RuntimeError("A question that is laid out once cannot rest on what the database says.")
