"""The figures as a page of the documentation: ratios first, since a machine has no share in them."""

from __future__ import annotations

import math
import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import django
from django.utils import timezone

from cstokb.operations.benchmark.measuring import Figures, quantile

NOTHING_KEPT = "product, nothing kept"
VENDORS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_HEAD = """\
# How quick it is

Written by `manage.py benchmark`, which makes its corpora of invented statements in both languages itself (the same ones
every time), asks every question of every contender in turn, three times, each time beginning with another, and takes
the median. **One search** is the twenty best documents with title, date and best passage marked, the exact total, and
facets; the product goes the whole way of a request to the API and counts all its facets, the others count three. Thirty
questions: five each of rare word, common word, two words, phrase, prefix, Russian. On SQLite, where each contender is
one process, its processor time counts, so that other work on the machine does not; on PostgreSQL the clock on the wall.

- **product**: what a reader meets unless something was published in the last minute. The answers to everything and to
  the words that most records hold are kept ready (ADR 22); how many of the thirty these are stands below.
- **product, nothing kept**: the same from a publication until `manage.py keep_answers` has run.
- **tuned SQL**: four statements by hand over the product's own tables, ranked by bm25 or ts_rank.
- **icontains**: Django REST framework's SearchFilter over titles and passages, with three facets by the ORM.
- **Datasette**: one table with FTS5 and three indexed facets, given all the time it needs; a process of its own.

Numbers of rows and facets of a list are counted once by each process until something is published (ADR 25); **counted
anew** is what the first reader waits for. Queries are counted as the first reader's.

**An export** is a whole list as NDJSON, taken piece by piece; Datasette streams as CSV a table that holds the same rows
with a column for each of their values. What a reader meets is a file: the list is **kept ready** by
`manage.py keep_answers` where somebody has downloaded it in the last thirty days, unless something was published in the
last minute (ADR 24). Beside it stands a list **made for the first time**, for which whoever asks first waits. Memory is
what the process holds of its own at most, so that pages of the mapped file do not count. **An insert** is the rows of
one document, then the same with its index, each in a transaction that is taken back. **A rebuild** makes the
index of search anew (`rebuild_search_index --alone`) while a search after each batch is answered from the earlier one.

Who takes longer than 1.5 s for a question is asked it once, and who takes longer than 5 s no other of its sort; ratios
are over the questions that both were asked. Beyond 10,000 documents a corpus is the first 10,000 again and again.
"""


def page(every: Sequence[Figures]) -> str:
    """The page, of all that was measured."""
    return "\n".join(line for part in _parts(every) for line in part)


def _parts(every: Sequence[Figures]) -> Iterator[Iterable[str]]:
    yield [_HEAD, f"Measured {timezone.now():%Y-%m-%d} on {machine()}.", ""]
    for vendor, name in VENDORS.items():
        own = sorted((one for one in every if one["vendor"] == vendor), key=lambda one: one["size"])
        if own:
            yield [f"## {name}", ""]
            yield _searches(own)
            yield _goals(own)
            yield _sorts(own[-1])
            yield _pages(own)
            yield _moving(own)


def machine() -> str:
    """What the figures were made on; neither its name nor where anything is kept."""
    cores = os.cpu_count() or 1
    made = f"Python {platform.python_version()}, Django {django.__version__}, SQLite {sqlite3.sqlite_version}"
    return f"{cores} cores {platform.machine()}, {made}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, figures to the right."""
    marks = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, marks, *rows)] + [""]


def _times(figures: Figures, name: str, like: str = "") -> list[float]:
    """What a contender took, of the questions that another was asked too."""
    every = (one["seconds"] for one in figures["searches"])
    return [taken[name] for taken in every if name in taken and (not like or like in taken)]


def _names(figures: Figures) -> list[str]:
    return list(figures["searches"][0]["seconds"])


def _searches(own: Sequence[Figures]) -> list[str]:
    rows = []
    for figures in own:
        for name in _names(figures):
            taken = _times(figures, name)
            half, most = (quantile(taken, part) for part in (0.5, 0.95))
            ratios = [_ratio(figures, name, part) for part in (0.5, 0.95)]
            shown = ["", ""] if name == "product" else [f"{one:.1f}" for one in ratios]
            size = f"{figures['size']:,}" if name == "product" else ""
            rows.append([size, name, _ms(half), _ms(most), *shown])
    return table(["documents", "", "p50, ms", "p95, ms", "p50, times the product", "p95, times"], rows)


def _ms(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:,.1f}"


def _ratio(figures: Figures, name: str, part: float) -> float:
    return quantile(_times(figures, name), part) / quantile(_times(figures, "product", name), part)


def _goals(own: Sequence[Figures]) -> list[str]:
    """The goals for what was measured, and whether each is met."""
    rows: list[Sequence[str]] = []
    by_size = {figures["size"]: figures for figures in own}
    for size, name, part, goal in GOALS:
        figures = by_size.get(size)
        if figures and name in _names(figures):
            got = _ratio(figures, name, part)
            rows.append(
                [f"{name}, p{part * 100:.0f}, {size:,}", f"≥ {goal:.2f}", f"{got:.2f}", _met(got >= goal)]
            )
    rows += list(_growth(own))
    rows += list(scanned(own[-1]))
    pages = own[-1]["pages"]
    for first, second, goal in PAGES:
        got = pages[first] / pages[second]
        rows.append([f"{first} beside {second}", f"≤ {goal:.1f}", f"{got:.2f}", _met(got <= goal)])
    moving = [figures for figures in own if "exports" in figures]
    rows += list(moved(moving[-1])) if moving else []
    return table(["goal (times the product; times each other)", "goal", "measured", ""], rows)


#: What each contender takes at least, as a multiple of the product, at a size and a quantile.
GOALS = (
    (10_000, "tuned SQL", 0.95, 1 / 1.5),
    (100_000, "tuned SQL", 0.95, 1 / 1.2),
    (10_000, "Datasette", 0.5, 30.0),
    (10_000, "Datasette without suggestions", 0.5, 6.0),
    (100_000, "Datasette", 0.5, 30.0),
    (100_000, "Datasette without suggestions", 0.5, 6.0),
    (100_000, "Datasette", 0.95, 10.0),
    (10_000, "icontains", 0.5, 12.0),
    (10_000, "icontains", 0.95, 8.0),
    (100_000, "icontains", 0.5, 30.0),
    (100_000, "icontains", 0.95, 10.0),
)
PAGES = (
    ("list, API", "list, bare view", 1.8),
    ("list, last numbered page", "list, API", 1.2),
    ("list, behind it by cursor", "list, API", 1.2),
    ("record, page", "record, bare view", 4.0),
    ("search, page", "search, API", 1.5),
)


#: How many times as long as an export Datasette takes for its own, by how many megabytes an export may grow, which part
#: of an export may pass before its first byte, and how many times an insert an insert with its index takes.
EXPORTED, GROWN, FIRST_BYTE, INDEXED = 6.0, 20.0, 0.1, 5.0


def moved(last: Figures) -> Iterator[Sequence[str]]:
    """The goals for exports, inserts and rebuilding, at the largest size."""
    for name, taken in last["exports"].items():
        yield from _exported(name, taken)
    plain, whole = (last["writing"][f"an insert of its rows{more}, ms"] for more in ("", " and its index"))
    got = whole / plain
    yield ["insert with index beside insert", f"≤ {INDEXED:.1f}", f"{got:.2f}", _met(got <= INDEXED)]
    holds = {
        "published and found in one transaction": last["writing"]["published and found in one transaction"]
    }
    if rebuild := last.get("rebuild"):
        searches, reports = rebuild["searches meanwhile, answered as before"], rebuild["reports of progress"]
        holds["found after a rebuild as before"] = rebuild["found afterwards as before"]
        holds["searches during a rebuild answered as before"] = searches == reports
    for name, yes in holds.items():
        yield [name, "yes", "yes" if yes else "no", _met(yes)]


def _exported(name: str, taken: Figures) -> Iterator[Sequence[str]]:
    first = "made for the first time"
    if theirs := taken.get("seconds, Datasette"):
        got = theirs / taken["seconds, kept ready"]
        yield [f"all {name}, Datasette's CSV", f"≥ {EXPORTED:.2f}", f"{got:.2f}", _met(got >= EXPORTED)]
        yield [f"all {name}, Datasette's CSV, {first}", "", f"{theirs / taken[f'seconds, {first}']:.2f}", ""]
    got = taken["memory, megabytes"]
    yield [f"all {name}, growth in megabytes", f"≤ {GROWN:.0f}", f"{got:.1f}", _met(got <= GROWN)]
    got = taken[f"first byte, {first}, seconds"] / taken[f"seconds, {first}"]
    said = f"all {name}, part before the first byte, {first}"
    yield [said, f"≤ {FIRST_BYTE}", f"{got:.2f}", _met(got <= FIRST_BYTE)]


#: From so many documents on no statement may read a large table from end to end.
SCANNED_FROM = 100_000


def scanned(last: Figures) -> Iterator[Sequence[str]]:
    """The goal for plans, where the database counts what they read, at the largest size."""
    for name, tables in last.get("scans", {}).items() if last["size"] >= SCANNED_FROM else ():
        got = sum(tables.values())
        yield [f"{name}: rows read by scans of whole tables", "≤ 0", f"{got:,}", _met(got == 0)]


def _growth(own: Sequence[Figures]) -> Iterator[Sequence[str]]:
    """The slope of the time over the size, both as logarithms: 1 is as fast as the corpus grows, 0 is flat."""
    first, last = own[0], own[-1]
    if first["size"] == last["size"]:
        return
    span = math.log(last["size"] / first["size"])
    sizes = f"from {first['size']:,} to {last['size']:,}"
    for part, goal in ((0.5, 0.5), (0.95, 0.6)):
        slope = _slope(own, "product", part)
        yield [f"growth of p{part * 100:.0f} {sizes}", f"≤ {goal}", f"{slope:.2f}", _met(slope <= goal)]
    for part in (0.5, 0.95) if all(NOTHING_KEPT in _names(one) for one in (first, last)) else ():
        slope = _slope(own, NOTHING_KEPT, part)
        yield [f"growth of p{part * 100:.0f} {sizes}, nothing kept", "", f"{slope:.2f}", ""]
    for name in ("list, API", "list, page", "record, page", "article, page"):
        slope = math.log(last["pages"][name] / first["pages"][name]) / span
        yield [f"growth of {name} {sizes}", "≤ 0.1", f"{slope:.2f}", _met(slope <= 0.1)]


def _slope(own: Sequence[Figures], name: str, part: float) -> float:
    first, last = own[0], own[-1]
    times = [quantile(_times(figures, name), part) for figures in (first, last)]
    return math.log(times[1] / times[0]) / math.log(last["size"] / first["size"])


def _met(yes: bool) -> str:
    return "met" if yes else "**missed**"


def _sorts(figures: Figures) -> list[str]:
    names = _names(figures)
    rows = [
        [
            one["text"],
            one["sort"],
            f"{one['found']['product']:,}",
            *(_ms(one["seconds"].get(name)) for name in names),
        ]
        for one in figures["searches"]
    ]
    head = ["question", "sort", "found", *(f"{name}, ms" for name in names)]
    return [
        f"Every question at {figures['size']:,} documents, {figures['passages']:,} passages:",
        "",
        *table(head, rows),
    ]


def _pages(own: Sequence[Figures]) -> list[str]:
    rows = [[name, *(_ms(one["pages"][name]) for one in own)] for name in own[0]["pages"]]
    times = table(["address, ms", *(f"{one['size']:,}" for one in own)], rows)
    counted = [[name, *(str(one["queries"][name]) for one in own)] for name in own[0]["queries"]]
    return [*times, *table(["queries", *(f"{one['size']:,}" for one in own)], counted), *_scans(own)]


def _scans(own: Sequence[Figures]) -> list[str]:
    """Which tables were read from end to end, at the sizes at which the database counted that."""
    own = [one for one in own if one.get("scans")]
    if not own:
        return []
    rows = [[name, *(_tables(one["scans"].get(name, {})) for one in own)] for name in own[-1]["scans"]]
    return table(["rows read by scans of whole tables", *(f"{one['size']:,}" for one in own)], rows)


def _tables(tables: Mapping[str, int]) -> str:
    return ", ".join(f"{rows:,} {name}" for name, rows in sorted(tables.items())) or "0"


def _moving(own: Sequence[Figures]) -> list[str]:
    """What goes out whole, and what writing costs, at the sizes at which it was measured."""
    lines = _by_size("the commonest answers", own, [one.get("kept", {}) for one in own])
    own = [figures for figures in own if "exports" in figures]
    if not own:
        return lines
    for name in own[-1]["exports"]:
        lines += _by_size(f"all {name} as NDJSON", own, [one["exports"].get(name, {}) for one in own])
    lines += _by_size("one document", own, [one["writing"] for one in own])
    own = [figures for figures in own if "rebuild" in figures]
    return lines + (_by_size("the index made anew", own, [one["rebuild"] for one in own]) if own else [])


def _by_size(title: str, own: Sequence[Figures], figures: Sequence[Figures]) -> list[str]:
    kinds = list(dict.fromkeys(name for one in figures for name in one))
    rows = [[name, *(_figure(one.get(name)) for one in figures)] for name in kinds]
    return table([title, *(f"{one['size']:,}" for one in own)], rows)


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "**no**"
    return "" if value is None else f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
