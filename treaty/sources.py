"""The evidence of several records as one numbered list, in which each line stands once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.evidence import Beside
from cstokb.listing.readings import value_words
from cstokb.listing.record_pages import evidence_notes
from cstokb.records.registry import model_of

#: What makes two pieces of evidence the same line: what is said, by whom, and how it is weighed.
SAID = ("source", "value", "locator", "quotation", "stance", "rank", "note_en")


class Sources:
    """Evidence of records given as (row id, what a line about it backs), in the order of the list."""

    def __init__(
        self, ask: Ask, evidence: Mapping[int, Sequence[Mapping[str, Any]]], backed: Iterable[tuple[int, str]]
    ) -> None:
        self._ask = ask
        self._lines: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._numbers: dict[int, dict[int, None]] = {}
        for key, label in backed:
            for item in evidence.get(key, ()):
                self._add(key, item, label)

    def _add(self, key: int, item: Mapping[str, Any], label: str) -> None:
        item = {**item, "value": self._in_words(key, item)}
        mark = tuple(item[name] for name in SAID)
        line = self._lines.setdefault(
            mark, {**item, "field": None, "number": len(self._lines) + 1, "backs": {}}
        )
        if label:
            line["backs"][label] = None
        self._numbers.setdefault(key, {})[line["number"]] = None

    def _in_words(self, key: int, item: Mapping[str, Any]) -> str | None:
        """The reading that a source gives, as a reader says it."""
        kind = Beside.of(self._ask).kinds.get(key)
        if not kind:
            return str(item["value"] or "") or None
        return value_words(model_of(kind), item["field"], item["value"], {}, self._ask.language) or None

    def numbers(self, entry_id: int) -> list[int]:
        """The lines that back a record."""
        return list(self._numbers.get(entry_id, ()))

    def notes(self) -> list[dict[str, Any]]:
        """The list as components/evidence.html shows it."""
        lines = list(self._lines.values())
        shown = evidence_notes(lines, self._ask)
        for note, line in zip(shown, lines, strict=True):
            note["backs"] = ": ".join(part for part in (", ".join(line["backs"]), note["backs"]) if part)
        return shown
