"""Whether two rows would say the same once they refer to the same record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import UniqueConstraint

from cstokb.records.models import Record
from cstokb.records.payload import record_fields

if TYPE_CHECKING:
    from cstokb.records.merging.plan import Moved

#: The column that says where a row stands among its like. It says nothing of what the row is.
PLACE = "order"
#: What the editors think of a row, rather than what it says.
BESIDE = frozenset({"confidence", "note_en", "note_ru"})


@cache
def own_once(model: type[Record]) -> tuple[tuple[str, ...], ...]:
    """The fields of a model that may hold the same values once."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    alone = [(f.name,) for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    return (*(tuple(rule.fields) for rule in rules), *alone)


def same(moved: Moved, other: Record) -> bool:
    """Whether a row, as it will be, is another row: what may stand once is equal, or everything it says."""
    row = moved.record
    if row.pk == other.pk:
        return False
    for names in own_once(type(row)):
        columns = [row._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]  # no relation back
        if PLACE in names or moved.was.keys().isdisjoint(columns):
            continue
        values = [getattr(row, column) for column in columns]
        if None not in values and values == [getattr(other, column) for column in columns]:
            return True
    return _words(row) == _words(other)


def _words(row: Record) -> list[Any]:
    return [getattr(row, f.attname) for f in said_by(type(row)) if f.name != PLACE]


def said_by(model: type[Record]) -> list[Any]:
    """The fields in which a row says something."""
    return [f for f in record_fields(model) if f.name not in BESIDE]


def differing(loser: Record, winner: Record, pairs: dict[int, int]) -> Iterator[tuple[str, Any, Any]]:
    """Columns in which a merged record says something that the one that stays does not: name and both values.

    What may stand once, such as the address of a source, cannot be said by both and is never taken over where the one
    that stays is silent; it is told as different then.
    """
    once = {name for names in own_once(type(loser)) for name in names if len(names) == 1}
    for one in record_fields(type(loser)):
        mine, theirs = getattr(loser, one.attname), getattr(winner, one.attname)
        mine = pairs.get(mine, mine) if one.is_relation else mine
        if mine in (None, "") or mine == theirs or one.name == PLACE:
            continue
        yield one.attname, mine, ("-" if one.name in once and theirs in (None, "") else theirs)
