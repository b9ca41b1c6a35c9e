"""How the fields of a record stand on its form: both languages and both ends of a period side by side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cstokb.records.models import Record
from cstokb.records.payload import record_fields

SHARED = ("confidence", "note_en", "note_ru")
PAIRS = (("_en", "_ru"), ("began_on", "ended_on"))


def fieldsets(model: type[Record], *, published: bool = False, to_read: bool = False) -> tuple[Any, ...]:
    """The parts of the form: the record, what the editors think of it, and its publication."""
    names = [f.name for f in record_fields(model) if f.name not in SHARED]
    asked = ("change_reason", *(("correction",) if published else ()), "base_version")
    topics = () if to_read else ("topics",)
    return (
        (None, {"fields": ("public_id", *in_pairs(names), *topics)}),
        (_("Confidence and note"), {"fields": ("confidence", ("note_en", "note_ru"))}),
        (_("Publication"), {"fields": ("publication", "why", *(() if to_read else asked))}),
    )


def in_pairs(names: list[str]) -> list[str | tuple[str, str]]:
    """Names in their order; one that belongs to its neighbour stands in a line with it."""
    rows: list[str | tuple[str, str]] = []
    for name in names:
        before = rows[-1] if rows else None
        if isinstance(before, str) and _are_pair(before, name):
            rows[-1] = (before, name)
        else:
            rows.append(name)
    return rows


def _are_pair(one: str, other: str) -> bool:
    return any(
        one.endswith(first) and other.endswith(second) and one[: -len(first)] == other[: -len(second)]
        for first, second in PAIRS
    )
