"""Did you mean: another way of writing a query that finds nothing, or next to nothing. It is offered, never asked."""

from __future__ import annotations

from dataclasses import dataclass

from cstokb.fulltext import engine
from cstokb.fulltext.correction import corrected
from cstokb.search.filters import FIELD_NAMES, SearchFilters

#: A query that finds more records than these has found what it asked for.
FEW = 2


@dataclass(frozen=True)
class Meant:
    """A query with its misspelt words put right, and how many records it finds."""

    query: str
    count: int


def meant_instead(filters: SearchFilters, count: int) -> Meant | None:
    """What may have been meant, where it finds more than the ``count`` records that were found.

    Asks nothing where enough was found, unless a word joined by OR may have found none of it.
    """
    query = filters.query
    if query is None or query.tree is None or (count > FEW and " OR " not in query.text):
        return None
    text = corrected(query.text, FIELD_NAMES, rare=count <= FEW)
    if not text:
        return None
    try:
        found = engine.count(filters.read_instead(text), filters.narrowing)
    except engine.QueryError:
        return None
    return Meant(text, found) if found > count else None
