"""The statement that a document reports: "the Statement", where one of its sort was issued on a day of the document."""

from __future__ import annotations

from collections.abc import Iterable

from cstokb.curation.documents.gazetteer import Issued


def issued_then(days: Iterable[str], issued: Iterable[Issued]) -> dict[str, str]:
    """The statements that a document may mean when it names a sort alone, by sort.

    Args:
        days: the days that the document names or was published on, as EDTF.
        issued: statements with their days; of several of a sort the last day counts, and of two on it none is meant.
    """
    named = frozenset(days)
    found: dict[str, tuple[str, str]] = {}
    for one in sorted((one for one in issued if one.day in named), key=lambda one: one.day):
        day, _record = found.get(one.type, ("", ""))
        found[one.type] = (one.day, "" if day == one.day else one.record)
    return {type_: record for type_, (_day, record) in found.items() if record}
