"""Two people changed one record: what each changed is kept, and what both changed is told.

The version that a person saw, what they made of it, and what stands now are compared field by field, and lists row by
row. What only one of them touched is not at issue.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cstokb.records.models import ChangeEvent, Entry
from cstokb.records.payload import satellites
from cstokb.records.publish import WriteRefused
from cstokb.records.versions import version_at

#: By which values rows of the lists are the same row.
KEYS = {
    "evidence": ("source", "field", "value", "stance", "locator"),
    "names": ("text", "kind", "language"),
}


@dataclass
class Merged:
    """What a person's payload asks for beside what others did meanwhile; ``both`` names what both sides changed."""

    payload: dict[str, Any]
    both: list[str] = field(default_factory=list)


def merged(entry: Entry, payload: Mapping[str, Any], base_version: int) -> Merged:
    """A payload that was made on an earlier version of a record, as it is to be written on what stands now.

    Where the earlier version was not kept, the payload stays as it is and everything in it counts as changed by both.
    """
    base = _base(entry, base_version)
    if base is None:
        return Merged(dict(payload), list(payload))
    found, now = Merged({}), satellites(entry)
    for name, mine in payload.items():
        if name in now:
            _merge_list(found, name, base.get(name, now[name]), mine, now[name])
        elif name not in base:
            found.payload[name] = mine
        elif mine != base[name]:
            found.payload[name] = mine
            found.both.append(name)
    if "publication" not in found.payload and base.get("publication"):
        found.payload.pop("why", None)  # it goes with a change of publication alone
    return found


def _base(entry: Entry, base_version: int) -> dict[str, Any] | None:
    """The values that the earlier version had where it differs from what stands; None where it was not kept."""
    events = list(ChangeEvent.objects.filter(entry=entry).order_by("pk"))
    if not 0 < base_version <= len(events) == entry.version:
        return None
    try:
        base = version_at(entry, events[base_version - 1].at).payload
    except WriteRefused:
        return None
    for event in events[base_version:]:
        for change in event.changes:
            if change["field"] == "publication":
                base.setdefault("publication", change["old"])
    return base


def _merge_list(
    found: Merged, name: str, base: Sequence[Any], mine: Sequence[Any], now: Sequence[Any]
) -> None:
    rows, clash = three_way(base, mine, now, KEYS.get(name, ()))
    if sorted(map(str, rows)) != sorted(map(str, now)):
        found.payload[name] = rows
    if clash:
        found.both.append(name)


def three_way(
    base: Sequence[Any], mine: Sequence[Any], now: Sequence[Any], key: Sequence[str] = ()
) -> tuple[list[Any], bool]:
    """The rows that stand now, with what I added, took away or changed since ``base``.

    Args:
        base: the rows that I saw.
        mine: the rows as I want them.
        now: the rows as they stand.
        key: the names of the values by which two rows are the same; none for rows that are plain words.

    Returns:
        The rows, and whether others changed or took away a row that I changed, or changed one that I took away.
    """

    def of(row: Any) -> Hashable:
        return tuple(row.get(name, "") for name in key) if key else str(row)

    before, wanted, standing = ({of(row): row for row in rows} for rows in (base, mine, now))
    clash = False
    for one in (*before, *(one for one in wanted if one not in before)):
        if wanted.get(one) == before.get(one):
            continue  # I did not touch it
        clash = clash or standing.get(one) not in (before.get(one), wanted.get(one))
        if one in wanted:
            standing[one] = wanted[one]
        else:
            standing.pop(one, None)
    return list(standing.values()), clash
