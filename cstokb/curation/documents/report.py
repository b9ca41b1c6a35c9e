"""The report of how well a collection of documents is recognised, document by document and as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cstokb.curation.documents.files import recognised_file
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.measure import BadExpectation, Expectation, Measured, measure

EXPECTED = ".expected.json"
FORMATS = (".html", ".htm", ".txt", ".docx", ".pdf")


@dataclass(frozen=True)
class Pair:
    """A document and what a reader wrote down of it."""

    document: Path
    expected: Path


@dataclass
class Report:
    """What was measured of each document, by its file name, and of all."""

    documents: dict[str, Measured] = field(default_factory=dict)

    @property
    def whole(self) -> Measured:
        """The tallies of all documents together."""
        whole = Measured()
        for one in self.documents.values():
            whole.add(one)
        return whole

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values."""
        whole = self.whole
        return {
            "documents": {name: _as_json(one) for name, one in self.documents.items()},
            "whole": {kind: tally.as_json() for kind, tally in whole.tallies.items()},
            "below": whole.below,
        }


def _as_json(one: Measured) -> dict[str, Any]:
    return {
        "kinds": {kind: tally.as_json() for kind, tally in one.tallies.items()},
        "misses": [miss.as_json() for miss in one.misses],
    }


def report(pairs: Iterable[Pair], names: Gazetteer) -> Report:
    """The report of documents.

    Raises:
        BadExpectation: when what is written beside a document cannot be read; the message names the file.
        DocumentRefused: when a document cannot be read.
        OSError: when a file cannot be opened.
    """
    made = Report()
    for pair in pairs:
        expectation = _expectation(pair.expected)
        made.documents[pair.document.name] = measure(recognised_file(pair.document, names), expectation)
    return made


def _expectation(path: Path) -> Expectation:
    try:
        return Expectation.of(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, BadExpectation) as error:
        raise BadExpectation(f"{path.name}: {error}") from error


def pairs_in(folder: Path) -> Iterator[Pair]:
    """The documents of a folder that have expectations beside them, in the order of their names."""
    for expected in sorted(folder.glob(f"*{EXPECTED}")):
        yield beside(expected)


def beside(expected: Path) -> Pair:
    """The document beside its expectations.

    Raises:
        BadExpectation: when there is none.
    """
    name = expected.name.removesuffix(EXPECTED)
    for suffix in FORMATS:
        if (document := expected.with_name(name + suffix)).is_file():
            return Pair(document, expected)
    raise BadExpectation(f"{expected.name}: there is no document beside it.")
