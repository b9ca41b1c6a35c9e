"""Evidence in a row: groups of columns, ``evidence_…`` for the first piece and ``evidence2_…`` for the second.

What a row says is added to the evidence that stands; nothing is taken away by a table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstokb.curation.tables.columns import Choice, Column, Text, alike
from cstokb.records.choices import Rank, Stance

#: By which a piece of evidence is the same; the rest of it may change.
KEY = ("source", "field", "value", "stance", "locator")
DEFAULTS = {"stance": Stance.SUPPORTS.value, "rank": Rank.NORMAL.value}
_NAME = re.compile(r"evidence([2-9]|[1-9][0-9])?_([a-z_]+)")
_PARTS: tuple[tuple[str, Any, Any], ...] = (
    (
        "source",
        gettext_lazy("source"),
        gettext_lazy("Id of a source, or its address; an address that is not known becomes a new source."),
    ),
    ("title", gettext_lazy("title of the source"), gettext_lazy("For a new source alone.")),
    ("locator", gettext_lazy("place in the source"), ""),
    ("quotation", gettext_lazy("short quotation"), ""),
    ("field", gettext_lazy("field"), gettext_lazy("The column that it backs; empty: the whole record.")),
    ("value", gettext_lazy("reading"), gettext_lazy("What the source gives where it differs.")),
    ("stance", gettext_lazy("stance"), ""),
    ("rank", gettext_lazy("rank"), ""),
    ("note_en", gettext_lazy("note"), ""),
    ("note_ru", gettext_lazy("note (Russian)"), ""),
)
_WORDS = {"stance": Stance, "rank": Rank}
LONGEST = {"locator": 200, "value": 500}


def prefix(number: int) -> str:
    """How the columns of a piece of evidence begin, counted from 1."""
    return "evidence_" if number == 1 else f"evidence{number}_"


def columns(number: int) -> list[Column]:
    """The columns of a piece of evidence, counted from 1."""
    made: list[Column] = []
    for part, label, told in _PARTS:
        said: dict[str, Any] = {"name": prefix(number) + part, "label": label, "help": told}
        words = _WORDS.get(part)
        made.append(Choice(**said, choices=tuple(words.choices)) if words else Text(**said))
    return made


def column(name: str) -> Column | None:
    """The column of a name such as ``evidence2_locator``; None for another."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return next((one for one in columns(int(found[1] or 1)) if one.name == name), None)


def pieces(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pieces of evidence that the cells of a row say, by their parts; those without a source are left out."""
    groups: dict[int, dict[str, Any]] = defaultdict(dict)
    for name, value in values.items():
        if found := _NAME.fullmatch(name):
            groups[int(found[1] or 1)][found[2]] = value
    return [group for _number, group in sorted(groups.items()) if group.get("source")]


def without_source(values: Mapping[str, Any]) -> str:
    """The first column that says something of a piece of evidence whose source is empty; empty for none."""
    for name, value in values.items():
        found = _NAME.fullmatch(name)
        if (
            found
            and value
            and found[2] not in DEFAULTS
            and not values.get(f"evidence{found[1] or ''}_source")
        ):
            return name
    return ""


def added(standing: Sequence[dict[str, Any]], said: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The whole list of evidence when what is said stands beside what stood."""
    rows = {_key(row): dict(row) for row in standing}
    for piece in said:
        row = {name: value for name, value in piece.items() if name != "title"}
        asked = {name: value or DEFAULTS.get(name, "") for name, value in row.items()}
        before = _standing(rows.values(), asked)
        kept = {name for name in asked if before and alike(before.get(name, "")) == alike(asked[name])}
        new = {name: value for name, value in asked.items() if name not in kept}
        merged = {**DEFAULTS, **(before or {}), **new}
        if before is not None:
            del rows[_key(before)]
        rows[_key(merged)] = {name: value for name, value in merged.items() if value}
    return list(rows.values())


def alphabetical(rows: Iterable[Mapping[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Pieces of evidence in an order of their own, for comparing whole lists."""
    return sorted(sorted(row.items()) for row in rows)


def _standing(rows: Iterable[Mapping[str, Any]], asked: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The piece that is meant: the same by every part of the key that the row says."""
    said = [name for name in KEY if name in asked]
    for row in rows:
        whole = {**DEFAULTS, **row}
        if all(alike(whole.get(name, "")) == alike(asked[name]) for name in said):
            return row
    return None


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or DEFAULTS.get(name, "")) for name in KEY)


def trouble(
    standing: Sequence[dict[str, Any]], wanted: Iterable[Mapping[str, Any]], fields: Iterable[str]
) -> str:
    """What is wrong with the pieces of evidence that are new; empty for nothing."""
    known = set(fields)
    for piece in wanted:
        if piece in standing:
            continue
        if piece.get("field") and piece["field"] not in known:
            return _("Evidence backs no field %(name)s.") % {"name": piece["field"][:60]}
        for name, most in LONGEST.items():
            if len(piece.get(name) or "") > most:
                return _("%(name)s is longer than %(most)d characters.") % {"name": name, "most": most}
    return ""
