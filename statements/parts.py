"""What hangs on a statement, fetched once for a question and shared by page and API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cstokb.listing.ask import Ask
from cstokb.listing.together import Wanted, together
from statements.models import Joined, Passage, PassageReference, StatementText

Row = Mapping[str, Any]
Part = dict[str, Any]

TEXT = ("entry_id", "entry__slug", "language", "original", "standing", "complete", "note_en", "note_ru")
STOOD = ("entry_id", "entry__slug", "state_id", "standing", "reason_en", "reason_ru", "entry__sort_en")
PASSAGE = (
    *("entry_id", "entry__slug", "anchor", "role", "text", "speaker_id", "speaker_office_en"),
    *("speaker_office_ru", "quotes_id", "quotes_en", "quotes_ru", "note_en", "note_ru"),
)
REFERENCE = ("entry_id", "passage_id", "provision_id", "instrument_id", "basis", "note_en", "note_ru")


@dataclass(frozen=True)
class StatementParts:
    """Language versions of a statement, the original first, and how each state stood to it, by name."""

    texts: Sequence[Part]
    stood: Sequence[Part]

    def text_in(self, language: str) -> Part | None:
        """The version to show: in the language, else in English, else the first."""
        worth = {language: 0, "en": 1}
        return min(self.texts, key=lambda text: worth.get(text["language"], 2), default=None)


def statement_parts(row: Row, ask: Ask) -> StatementParts:
    """The parts of the statement in a row."""
    return ask.once(("statement parts", row["entry_id"]), lambda: _statement_parts(row["entry_id"], ask))


def _statement_parts(key: int, ask: Ask) -> StatementParts:
    texts = ask.scope.rows(StatementText).filter(statement_id=key).order_by("-original", "language")
    stood = ask.scope.rows(Joined).filter(statement_id=key)
    held, joined = together(Wanted.of(texts, TEXT), Wanted.of(stood, STOOD))
    return StatementParts(held, sorted(joined, key=lambda one: str(one["entry__sort_en"])))


@dataclass(frozen=True)
class Reading:
    """The passages of one language version in order, and what each cites."""

    passages: Sequence[Part] = ()
    references: Mapping[int, Sequence[Part]] | None = None

    def cited(self, passage: Part) -> Sequence[Part]:
        """The references of a passage."""
        return (self.references or {}).get(passage["entry_id"], ())

    def names(self) -> Iterable[int | None]:
        """Row ids of every record that the passages name."""
        for passage in self.passages:
            yield from (passage["speaker_id"], passage["quotes_id"])
            for one in self.cited(passage):
                yield from (one["provision_id"], one["instrument_id"])


def reading(text: Part | None, ask: Ask) -> Reading:
    """The passages of a language version; none for a text that is not held."""
    if text is None:
        return Reading()
    return ask.once(("reading", text["entry_id"]), lambda: _reading(text["entry_id"], ask))


def _reading(text: int, ask: Ask) -> Reading:
    rows = ask.scope.rows(Passage).filter(statement_text_id=text)
    cited = ask.scope.rows(PassageReference).filter(passage_id__in=rows.values("entry_id"))
    passages, references = together(
        Wanted.of(rows.order_by("order"), PASSAGE), Wanted.of(cited.order_by("entry_id"), REFERENCE)
    )
    return Reading(passages, _by_passage(references))


def references_of(passages: Sequence[int], ask: Ask) -> Mapping[int, Sequence[Part]]:
    """What each of some passages cites, in the order in which it was entered."""
    rows = ask.scope.rows(PassageReference).filter(passage_id__in=passages).order_by("entry_id")
    return _by_passage(rows.values(*REFERENCE))


def _by_passage(references: Iterable[Part]) -> Mapping[int, Sequence[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for row in references:
        found[row["passage_id"]].append(row)
    return found
