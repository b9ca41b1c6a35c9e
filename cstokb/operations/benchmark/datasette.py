"""Datasette beside the product: an environment of its own, a copy of the documents as it wants them, and a process."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from cstokb.operations.benchmark.places import FOLDER, Place
from cstokb.operations.benchmark.questions import Asked

VERSION = "0.65.5"
#: It gives up on slow facets and slow statements unless it is told to wait; here it has to answer in full.
_DRIVER = """
import asyncio, csv, io, json, sys, time
from datasette.app import Datasette

async def main():
    patient = {"sql_time_limit_ms": 600000, "facet_time_limit_ms": 600000, "max_csv_mb": 0}
    asked = Datasette([sys.argv[1]], settings=patient)
    for line in sys.stdin:
        began = time.process_time()
        answer = await asked.client.get(json.loads(line))
        spent = time.process_time() - began
        if ".json" in line:
            count = answer.json().get("filtered_table_rows_count")
        else:
            count = sum(1 for row in csv.reader(io.StringIO(answer.text, newline=""))) - 1
        print(json.dumps([spent, answer.status_code, count]), flush=True)

asyncio.run(main())
"""
_COPY = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, title TEXT, day TEXT, type TEXT, year TEXT, state TEXT, text TEXT);
INSERT INTO documents
SELECT s.entry_id, s.title_en, s.issued_on_min, s.type, substr(s.issued_on_min, 1, 4), e.slug,
       (SELECT group_concat(p.text, char(10)) FROM corpus.statements_passage p WHERE p.statement_id = s.entry_id)
FROM corpus.statements_statement s LEFT JOIN corpus.records_entry e ON e.id = s.speaker_state_id
WHERE s.entry_id >= 1000000;
CREATE INDEX documents_type ON documents(type);
CREATE INDEX documents_year ON documents(year);
CREATE INDEX documents_state ON documents(state);
CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content="documents", content_rowid="id", tokenize="porter");
INSERT INTO documents_fts(documents_fts) VALUES ('rebuild');
"""


def environment() -> Path | None:
    """Its Python, installed on first use; None where it cannot be."""
    folder = FOLDER / "datasette"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "datasette").exists():
        commands = (
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "-q", f"datasette=={VERSION}"],
        )
        for command in commands:
            if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603 - our own words
                return None
    return python


def copy(place: Place) -> Path:
    """The documents of a corpus in one table with an FTS5 index, as its guide advises."""
    target = FOLDER / f"datasette-{place.size}.db"
    if not target.exists():
        building = target.with_suffix(".building")
        building.unlink(missing_ok=True)
        with closing(sqlite3.connect(building)) as base:
            base.execute("ATTACH DATABASE ? AS corpus", [place.name])
            base.executescript(_COPY)
        building.rename(target)
    return target


class Process:
    """A running Datasette over one file."""

    def __init__(self, python: Path, file: Path) -> None:
        self.base = file.stem
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            [str(python), "-c", _DRIVER, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def get(self, path: str) -> tuple[float, int]:
        """How much of the processor it took, all its threads together, and how many it found."""
        if not self.process.stdin or not self.process.stdout:
            raise RuntimeError("Datasette was not started with pipes.")
        self.process.stdin.write(json.dumps(path) + "\n")
        self.process.stdin.flush()
        spent, status, count = json.loads(self.process.stdout.readline())
        if status != 200:
            raise RuntimeError(f"Datasette: {status} for {path}")
        return float(spent), int(count or 0)

    def close(self) -> None:
        """End it."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


class Datasette:
    """Its search with the three facets, with or without the suggestions that it makes by itself."""

    def __init__(self, process: Process, *, suggestions: bool) -> None:
        self.process, self.suggestions = process, suggestions
        self.name = "Datasette" if suggestions else "Datasette without suggestions"

    def timed(self, asked: Asked) -> tuple[float, int]:
        """How long a search takes, and what it finds."""
        from urllib.parse import urlencode

        query: list[tuple[str, Any]] = [("_search", asked.text), ("_size", 20)]
        query += [("_facet", facet) for facet in ("type", "year", "state")]
        if asked.text.endswith("*"):
            query.append(("_searchmode", "raw"))
        if not self.suggestions:
            query.append(("_nosuggest", 1))
        return self.process.get(f"/{self.process.base}/documents.json?{urlencode(query)}")
