"""Spellings: the findings that say the same in the same words, so that a curator decides on them once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from cstokb.curation.documents.model import Candidate, Finding, FindingKind, Recognised

#: Findings whose ``record`` is the public id of a record of that kind.
RECORD_KINDS = frozenset(
    {
        FindingKind.STATE,
        FindingKind.PERSON,
        FindingKind.ORGAN,
        FindingKind.INSTRUMENT,
        FindingKind.PROVISION,
        FindingKind.TOPIC,
        FindingKind.SESSION,
        FindingKind.SOURCE,
    }
)


@dataclass(frozen=True)
class Spelling:
    """Words that stand once or several times in a document and were taken for one and the same.

    ``index`` is its place among all spellings of the document, by which choices name it. ``score`` is that of its
    weakest place.
    """

    index: int
    kind: FindingKind
    text: str
    record: str
    places: tuple[Finding, ...]

    @property
    def score(self) -> float:
        return min(place.score for place in self.places)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The nearest records of any of its places, best first, each once."""
        best: dict[str, Candidate] = {}
        for candidate in (one for place in self.places for one in place.candidates):
            known = best.get(candidate.record)
            if known is None or candidate.score > known.score:
                best[candidate.record] = candidate
        return tuple(sorted(best.values(), key=lambda one: (-one.score, one.record)))

    @property
    def names_a_record(self) -> bool:
        """Whether its record is one of the knowledge base, not a day or a place."""
        return self.kind in RECORD_KINDS

    @property
    def is_known(self) -> bool:
        """Whether anything was recognised in it."""
        return bool(self.record)


def spellings(found: Recognised) -> list[Spelling]:
    """The spellings of a document in the order of their first places; those not recognised last."""
    groups: dict[tuple[FindingKind, str, str], list[Finding]] = {}
    for one in (*_in_order(found.findings), *_in_order(found.not_recognised)):
        groups.setdefault((one.kind, one.record, one.text), []).append(one)
    return [
        Spelling(index, kind, text, record, tuple(places))
        for index, ((kind, record, text), places) in enumerate(groups.items())
    ]


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: one.span)


def paragraph_of(found: Recognised, place: int) -> int:
    """The number of the paragraph in which a character stands, from 1; 0 before the first."""
    return bisect_right([start for start, _end in found.paragraphs], place)
