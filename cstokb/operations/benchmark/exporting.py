"""Whole lists as files: the product's NDJSON beside Datasette's streamed CSV of the same rows with the same values.

What a reader meets is a file, which `manage.py keep_answers` made after the last publication since somebody had asked
for the list before; beside it is measured what it takes to make a list that nobody has asked for.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from cstokb.listing.downloads import LEAST
from cstokb.listing.remaking import make_anew
from cstokb.operations.benchmark import datasette
from cstokb.operations.benchmark.clock import now
from cstokb.operations.benchmark.memory import Growth
from cstokb.operations.benchmark.places import FOLDER, Place
from cstokb.operations.benchmark.rivals import answer

ROUNDS = 3
#: In so many seconds a list is made anew.
LONGEST_MAKING = 3600
LISTS = {"statements": "/statements.ndjson", "passages": "/statements/passages.ndjson"}
Figures = dict[str, Any]


class Streamed(NamedTuple):
    """One export: seconds, of these to the first byte, and by how many megabytes the process grew at most."""

    seconds: float
    first: float
    rows: int
    bytes: int
    memory: float


def streamed(client: Client, path: str) -> Streamed:
    """Ask for an export and take it piece by piece, keeping none."""
    gc.collect()
    growth, began = Growth(), now()
    first, rows, size = 0.0, 0, 0
    for piece in answer(client, path).streaming_content:
        first = first or now() - began
        rows, size = rows + piece.count(b"\n"), size + len(piece)
        growth.look()
    return Streamed(now() - began, first, rows, size, growth.most)


def exports(
    client: Client, place: Place, python: Path | None, say: Callable[[str], None]
) -> dict[str, Figures]:
    """Every list in turn, three times, each by the product and, where it is installed, by Datasette."""
    figures: dict[str, Figures] = {}
    with _rival(client, place, python) as rival:
        for name, path in LISTS.items():
            made: list[Streamed] = []
            others: list[float] = []
            with override_settings(DOWNLOADS_KEPT=0):
                for _ in range(ROUNDS):
                    made.append(streamed(client, path))
                    others += [rival(name, made[0].rows)] if rival else []
            figures[name] = _medians(kept_ready(client, path, made[0]), made, others)
            say(f"  export of {name}: {made[0].rows:,} rows")
    return figures


def kept_ready(client: Client, path: str, like: Streamed) -> list[Streamed]:
    """A list that somebody asked for in one state, and that was made anew in the next, as its readers meet it there.

    Raises RuntimeError where they are not sent a file that holds as much.
    """
    with (
        TemporaryDirectory() as folder,
        override_settings(DOWNLOADS_DIR=folder, DOWNLOADS_KEPT=2 * max(like.bytes, LEAST)),
    ):
        streamed(client, path)
        with override_settings(RELEASE="the next"):
            number = make_anew(timezone.now(), LONGEST_MAKING)
            ready = [streamed(client, path) for _ in range(ROUNDS)]
    if number != (like.bytes >= LEAST) or any(one.bytes != like.bytes for one in ready):
        raise RuntimeError(f"{path} is not sent as it was made.")
    return ready


def _medians(ready: list[Streamed], made: list[Streamed], others: list[float]) -> Figures:
    figures: Figures = {
        "rows": made[0].rows,
        "bytes": made[0].bytes,
        "seconds, kept ready": statistics.median(one.seconds for one in ready),
        "first byte, kept ready, seconds": statistics.median(one.first for one in ready),
        "seconds, made for the first time": statistics.median(one.seconds for one in made),
        "first byte, made for the first time, seconds": statistics.median(one.first for one in made),
        "memory, megabytes": max(one.memory for one in (*ready, *made)),
    }
    return {**figures, "seconds, Datasette": statistics.median(others)} if others else figures


Rival = Callable[[str, int], float]


@contextmanager
def _rival(client: Client, place: Place, python: Path | None) -> Iterator[Rival | None]:
    """How long Datasette takes for a list of so many rows; None where it is not installed."""
    if python is None:
        yield None
        return
    process = datasette.Process(python, _same(client, place))

    def seconds(name: str, rows: int) -> float:
        spent, sent = process.get(f"/{process.base}/{name}.csv?_stream=on&_size=max")
        if sent != rows:
            raise RuntimeError(f"Datasette sent {sent} of {rows} rows of {name}.")
        return spent

    yield seconds
    process.close()


def _same(client: Client, place: Place) -> Path:
    """What the product exports, as tables with a column for each value."""
    target = FOLDER / f"same-{place.size}.db"
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as base:
        for name, path in LISTS.items():
            records = map(json.loads, _lines(answer(client, path).streaming_content))
            first = next(records)
            columns = ", ".join(f'"{key}"' for key in first)
            marks = ", ".join("?" * len(first))
            base.execute(f"CREATE TABLE {name} ({columns})")
            sql = f"INSERT INTO {name} VALUES ({marks})"  # noqa: S608 - names of ours
            base.execute(sql, _cells(first))
            base.executemany(sql, map(_cells, records))
        base.commit()
    return target


def _cells(record: dict[str, Any]) -> list[Any]:
    return [
        json.dumps(one, ensure_ascii=False) if isinstance(one, list | dict) else one
        for one in record.values()
    ]


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
