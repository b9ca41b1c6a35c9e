"""Full text as others use it: put documents in, take them out, find them, show what was found."""

from cstokb.fulltext.errors import BadValue, FieldValueError, QueryError, QueryTooLong, is_lost
from cstokb.fulltext.matching import match
from cstokb.fulltext.passages import EACH, Excerpt, Shown, highlight, passages, shown
from cstokb.fulltext.query import Query, parse
from cstokb.fulltext.ranking import RELEVANCE, SORTS, FacetCount, Filters, Hit, Result, count, keep, search
from cstokb.fulltext.writing import (
    DocumentTooLarge,
    clear,
    facets_of,
    index,
    indexed_ids,
    is_empty,
    is_readable,
    is_whole,
    note,
    put,
    read,
    remove,
)

__all__ = [
    "EACH",
    "RELEVANCE",
    "SORTS",
    "BadValue",
    "DocumentTooLarge",
    "Excerpt",
    "FacetCount",
    "FieldValueError",
    "Filters",
    "Hit",
    "Query",
    "QueryError",
    "QueryTooLong",
    "Result",
    "Shown",
    "clear",
    "count",
    "facets_of",
    "highlight",
    "index",
    "indexed_ids",
    "is_empty",
    "is_lost",
    "is_readable",
    "is_whole",
    "keep",
    "match",
    "note",
    "parse",
    "passages",
    "put",
    "read",
    "remove",
    "search",
    "shown",
]
