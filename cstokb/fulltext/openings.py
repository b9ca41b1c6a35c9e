"""How titles and names open: what somebody may begin to type for a record, in a table that is read by ranges.

Each heading has a row for its beginning and one for each later word that is not a common one. A short heading goes
on from its end to its beginning, so that a family name may be typed before the first name. Roles open under kinds of
their own: those of the last who are known to hold them, and apart from these of who came before, ever more of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cstokb.fulltext.backends import backend
from cstokb.fulltext.backends.base import Range
from cstokb.fulltext.names import name_key
from cstokb.fulltext.terms import Analysis, analyse

#: The kinds under which the roles of records stand.
HELD, LEFT = "role", "role left"
LONGEST = 60
#: Later words of a long heading than these open nothing.
MOST_WORDS = 16
#: Headings of at most so many words go on from their end to their beginning, and are found by their sound.
FEW_WORDS = 5
LONGEST_TEXT = 300
#: After every letter.
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Opened:
    """A heading that opens with what was typed: at its beginning (``place`` 0) or at a later word (1)."""

    record_id: int
    kind: str
    place: int
    start: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Records of a kind whose headings open so; by sound where ``sound`` is said, else as written."""

    kind: str
    text: str
    sound: bool = False


def typed(text: str) -> str:
    """What somebody typed as openings are written: folded words, one blank between two."""
    return " ".join(word.form for word in analyse(text).words)[:LONGEST]


class Row(NamedTuple):
    """An opening as its table keeps it."""

    record_id: int
    kind: str
    place: int
    start: str
    sound: str
    text: str


def rows(record_id: int, kind: str, text: str, analysis: Analysis) -> Iterator[Row]:
    """The openings of one heading."""
    forms = [word.form for word in analysis.words]
    few = len(forms) <= FEW_WORDS
    for at, word in enumerate(analysis.words[:MOST_WORDS]):
        if at and word.stop:
            continue
        ahead = [*forms[at:], *(forms[:at] if few else ())]
        yield Row(
            record_id=record_id,
            kind=kind,
            place=min(at, 1),
            start=" ".join(ahead)[:LONGEST],
            sound=name_key(" ".join(ahead))[:LONGEST] if few else "",
            text=text[:LONGEST_TEXT],
        )


def opened(asked: Sequence[Asked], each: int) -> list[Opened]:
    """What opens so, in one query: of every question and place at most so many, by the alphabet."""
    ranges = [
        Range("sound" if one.sound else "start", one.kind, place, one.text, one.text + LAST)
        for one in asked
        for place in (0, 1)
    ]
    return [Opened(*row) for row in backend().opened(ranges, each)] if ranges else []
