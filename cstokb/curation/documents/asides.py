"""The words of the author within the words of a speaker: «Мы готовы, — сказал Президент, — идти дальше»."""

from __future__ import annotations

import re
from itertools import islice

from cstokb.curation.documents.model import Span
from cstokb.curation.documents.sayings import ACCORDING, ACCORDING_TO_HIM, VERB

_BEGINS = re.compile(r"[,!?….][»”\"]?\s*(?:—|–|--?|−)\s+(?=[^\W\d_A-ZА-ЯЁ])")
_ENDS = re.compile(r"[.,:;!?…]\s*(?:—|–|--?|−)\s+")
_STOP = re.compile(r"[.!?…]\s+(?=[^\W\d_a-zа-яё])")
_WORD = re.compile(r"[\w-]+")
_LONGEST = 260
_WORDS_TO_VERB = 4


def asides(low: str, text: str, start: int, end: int) -> list[Span]:
    """The author's words in a stretch of speech, each with the dashes around it.

    The last may reach to the end of the stretch, where nothing is spoken after it.
    """
    found: list[Span] = []
    place = start
    while begins := _BEGINS.search(text, place, end):
        place = begins.end()
        if not _speaks(low, begins.end(), min(end, begins.end() + _LONGEST)):
            continue
        ends = _ENDS.search(text, begins.end(), min(end, begins.end() + _LONGEST))
        if ends is None:
            if not _STOP.search(text, begins.end(), end) and end - begins.end() < _LONGEST:
                found.append((begins.start() + 1, end))
            return found
        found.append((begins.start() + 1, ends.end()))
        place = ends.end()
    return found


def _speaks(low: str, start: int, end: int) -> bool:
    """Whether a verb of saying stands among the first words."""
    if ACCORDING.match(low, start) or ACCORDING_TO_HIM.match(low, start):
        return True
    words = (match.start() for match in islice(_WORD.finditer(low, start, end), _WORDS_TO_VERB))
    return any(VERB.match(low, at) for at in words)


def pieces(text: str, start: int, end: int, cuts: list[Span]) -> list[Span]:
    """What is left of a stretch when the author's words are cut out, without the blanks around."""
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    parts = zip(edges[::2], edges[1::2], strict=True)
    return [solid for part in parts if (solid := without_blanks(text, part)) is not None]


def without_blanks(text: str, span: Span) -> Span | None:
    """A stretch of a text without the blanks around, None where nothing else is in it."""
    start, end = max(0, span[0]), min(span[1], len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
