"""A query that is a day and nothing else asks what happened on it: the gathering stands before what was said there."""

from __future__ import annotations

from cstokb.dates.written import written_day
from cstokb.fulltext import engine
from cstokb.search.kinds import KINDS
from statements.choices import SPOKEN, StatementKind

#: Kinds of text that states and organs issue together, before those in which somebody speaks for himself.
ISSUED = tuple(kind.value for kind in StatementKind if kind not in SPOKEN)


def foremost(query: engine.Query | None) -> tuple[engine.Filters, ...]:
    """What stands before all else that a query finds: where it is a day, whatever is of that day, in this order.

    Sessions; the texts issued; instruments; everything else but texts, such as operations; speeches and reports.
    """
    day = written_day(query.title) if query else None
    if day is None:
        return ()
    others = tuple(kind for kind in KINDS if kind != "statement")
    return (
        engine.Filters(kinds=("session",), on=day),
        engine.Filters({"kind": ISSUED}, kinds=("statement",), on=day),
        engine.Filters(kinds=("instrument",), on=day),
        engine.Filters(kinds=others, on=day),
        engine.Filters(on=day),
    )
