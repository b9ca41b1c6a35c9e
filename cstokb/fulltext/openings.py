"""How titles and names open: what somebody may begin to type for a record, in a table that is read by ranges.

Each heading has a row for its beginning and one for each later word that is not a common one. A short heading goes
on from its end to its beginning, so that a family name may be typed before the first name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from cstokb.fulltext.models import Opening
from cstokb.fulltext.names import name_key
from cstokb.fulltext.terms import Analysis, analyse

LONGEST = 60
#: Later words of a long heading than these open nothing.
MOST_WORDS = 16
#: Headings of at most so many words go on from their end to their beginning, and are found by their sound.
FEW_WORDS = 5
LONGEST_TEXT = 300
#: After every letter.
LAST = "\U0010ffff"
_RANGE = """
SELECT record_id, kind, place, start, text FROM (
    SELECT record_id, kind, place, start, text FROM fulltext_opening
    WHERE kind = %s AND place = %s AND {column} >= %s AND {column} < %s ORDER BY {column}, record_id LIMIT %s
) AS part
"""


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


def rows(record_id: int, kind: str, text: str, analysis: Analysis) -> Iterator[Opening]:
    """The openings of one heading."""
    forms = [word.form for word in analysis.words]
    few = len(forms) <= FEW_WORDS
    for at, word in enumerate(analysis.words[:MOST_WORDS]):
        if at and word.stop:
            continue
        ahead = [*forms[at:], *(forms[:at] if few else ())]
        yield Opening(
            record_id=record_id,
            kind=kind,
            place=min(at, 1),
            start=" ".join(ahead)[:LONGEST],
            sound=name_key(" ".join(ahead))[:LONGEST] if few else "",
            text=text[:LONGEST_TEXT],
        )


def opened(asked: Sequence[Asked], each: int) -> list[Opened]:
    """What opens so, in one query: of every question and place at most so many, by the alphabet."""
    parts: list[str] = []
    parameters: list[str | int] = []
    for one in asked:
        sql = _RANGE.format(column="sound" if one.sound else "start")
        for place in (0, 1):
            parts.append(sql)
            parameters += [one.kind, place, one.text, one.text + LAST, each]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return [Opened(*row) for row in cursor.fetchall()]
