"""What is wrong with a query, where, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import DatabaseError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class QueryError(ValueError):
    """A query that has no answer. `start` and `end` are positions in the query; `allowed` would be valid.

    `written` is the piece of the query that holds the value, such as a field with it.
    """

    code = "query"

    def __init__(
        self,
        message: StrOrPromise,
        *,
        start: int = 0,
        end: int = 0,
        value: str = "",
        allowed: Sequence[str] = (),
        nearest: str | None = None,
        written: str = "",
    ) -> None:
        super().__init__(message)
        self.message, self.start, self.end = message, start, end
        self.value, self.allowed, self.nearest = value, tuple(allowed), nearest
        self.written = written or value


class QueryTooLong(QueryError):
    """More characters, words or nesting than one query may have."""

    code = "query-too-long"


class BadValue(QueryError):
    """A field or an operator with a value it cannot have."""

    code = "bad-value"


class FieldValueError(ValueError):
    """Raised by a field's reader: the value, as a sentence says, is none of those it can take."""

    def __init__(
        self, message: StrOrPromise, allowed: Sequence[str] = (), nearest: str | None = None
    ) -> None:
        super().__init__(message)
        self.message, self.allowed, self.nearest = message, tuple(allowed), nearest


#: What SQLite says of a file whose pages cannot be right, and what PostgreSQL's codes for that begin with.
_DAMAGED, _DAMAGED_CODES = ("malformed", "SQL logic error"), "XX"


def is_lost(error: DatabaseError) -> bool:
    """Whether a statement failed because tables of the index are lost or damaged."""
    code = str(getattr(error.__cause__, "sqlstate", None) or "")
    said = str(error)
    return "fulltext_" in said or code.startswith(_DAMAGED_CODES) or any(word in said for word in _DAMAGED)
