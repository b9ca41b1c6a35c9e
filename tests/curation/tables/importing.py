"""Shorthands: a table as text, what it would do, and what it does."""

from datetime import datetime
from typing import Any

from cstokb.accounts.models import User
from cstokb.curation.tables.carry import Report, prepare
from cstokb.curation.tables.compare import plan
from cstokb.curation.tables.layout import layout_of
from cstokb.curation.tables.plan import Plan
from cstokb.curation.tables.reading import read_table
from tests.factories.records import WRITTEN


def planned(kind: str, table: str | bytes, by: User, **options: Any) -> Plan:
    """What a table would do."""
    data = table.encode() if isinstance(table, str) else table
    return plan(read_table(data, **options), layout_of(kind), by=by)


def imported(kind: str, table: str | bytes, by: User, *, at: datetime = WRITTEN, **options: Any) -> Report:
    """What a table did."""
    return prepare(planned(kind, table, by), at=at, by=by, **options).finish()


def states(made: Plan) -> list[tuple[int, str, str]]:
    """Line, id and state of each row."""
    return [(line.number, line.slug, line.state.value) for line in made.lines]


def faults(made: Plan) -> list[tuple[int, str, str, str]]:
    """Line, letter, column and reason of each fault."""
    return [(one.line, one.letter, one.column, one.reason) for line in made.lines for one in line.faults]
