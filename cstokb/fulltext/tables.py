"""The tables of the index, written and read without laying out a query: they are the same few for every document.

An instance of a model for each row, and a query of the ORM for each table, took longer than the database takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db.models import AutoField, Model

from cstokb.fulltext.backends import backend
from cstokb.fulltext.backends.base import Row

__all__ = ["Row", "delete", "rows", "write", "write_new"]


@cache
def _columns(model: type[Model]) -> tuple[str, ...]:
    """The columns of a model in its order, but not the one that the database numbers."""
    fields = (one for one in model._meta.concrete_fields if not isinstance(one, AutoField))
    return tuple(str(one.column) for one in fields)


def write(model: type[Model], rows: Iterable[Row]) -> None:
    """Write rows: the values of all columns in the order of the model, but not of one that the database numbers."""
    if held := list(rows):
        backend().write(model._meta.db_table, _columns(model), held)


def write_new(model: type[Model], rows: Sequence[Row]) -> None:
    """Write those of the rows that stand there under no unique key yet; see ``write``."""
    if rows:
        backend().write_new(model._meta.db_table, _columns(model), rows)


def rows(model: type[Model], columns: Sequence[str], key: str, values: Sequence[Any]) -> list[Row]:
    """Some columns of the rows whose key is among the values, in no order."""
    return backend().read(model._meta.db_table, columns, key, values) if values else []


def delete(model: type[Model], ids: Sequence[int]) -> None:
    """Delete the rows of some records."""
    backend().delete(model._meta.db_table, "record_id", ids)
