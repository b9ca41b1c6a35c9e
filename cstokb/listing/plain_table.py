"""A table of a page, for components/table.html, without columns that say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def plain_table(
    caption: object, heads: Sequence[object], rows: Sequence[Sequence[Any]], mode: str = "fold"
) -> dict[str, Any]:
    """A table whose caption only those who listen need, since a heading stands above it.

    A column without a word in any row is left out, but never the first, which heads the rows.
    """
    kept = [place for place in range(len(heads)) if not place or any(_says(row[place]) for row in rows)]
    return {
        "caption": caption,
        "caption_hidden": True,
        "mode": mode,
        "columns": [{"label": heads[place]} for place in kept],
        "rows": [[row[place] for place in kept] for row in rows],
    }


def _says(cell: Any) -> bool:
    """Whether a cell has anything but its place in the row."""
    return any(value for name, value in cell.items() if name != "lead")
