"""Where sentences begin and end, with abbreviations and initials in them."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"»”’)]*\s+(?=[\"«“„‘(—–-]*\s*[A-ZА-ЯЁ0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:(?<!\w)(?:[A-ZА-ЯЁ]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|St|No|vs|art|arts|г|гг|им|ст|пп?|т\.\s?е|т\.\s?д|т\.\s?п|см|др|тыс|млн"
    r"|млрд|и\.\s?о|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|cf|св))\.\s+$"
)
_FARTHEST = 700
#: So many characters show that a sentence begins.
_AHEAD = 4


def sentence_start(text: str, floor: int, place: int) -> int:
    """Where the sentence begins in which a place stands, not before ``floor``."""
    start = max(floor, place - _FARTHEST)
    for match in _END.finditer(text, start, min(len(text), place + _AHEAD)):
        if match.end() <= place and not _ABBREVIATED.search(text, max(floor, match.end() - 12), match.end()):
            start = match.end()
    return start


def sentence_end(text: str, place: int, ceiling: int) -> int:
    """Where the sentence ends that goes on at a place, not after ``ceiling``."""
    for match in _END.finditer(text, place, min(ceiling, place + _FARTHEST)):
        if not _ABBREVIATED.search(text, max(place, match.end() - 12), match.end()):
            return match.end()
    return min(ceiling, place + _FARTHEST)
