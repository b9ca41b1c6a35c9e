"""The closing table of a load: what became of every input record, and what stands by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from cstokb.curation.loader.load import LoadReport

FATES = ("published", "draft", "merged", "refused")


def ledger_table(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One line for each part of the input: how many records were published, drafted, merged and refused."""
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        parts["/".join(row["input"].split("/")[:2])][row["as"]] += 1
    yield _line("input", [*FATES, "records"])
    total: Counter[str] = Counter()
    for part, counts in sorted(parts.items()):
        yield _line(part, [*(str(counts[fate]) for fate in FATES), str(counts.total())])
        total += counts
    yield _line("all", [*(str(total[fate]) for fate in FATES), str(total.total())])


def reasons(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One line for each input record that was not simply published, with the reason."""
    for row in rows:
        if row["as"] != "published":
            yield f"{row['input']}: {row['as']} ({row['why']})"


def kinds_table(report: LoadReport) -> Iterator[str]:
    """One line for each kind of record: how many were loaded as published and as drafts."""
    yield _line("kind", ["published", "draft"])
    for kind, counts in sorted(report.kinds.items()):
        yield _line(kind, [str(counts["published"]), str(counts["draft"])])


def _line(name: str, cells: list[str]) -> str:
    return f"{name:<36}" + "".join(f"{cell:>11}" for cell in cells)
