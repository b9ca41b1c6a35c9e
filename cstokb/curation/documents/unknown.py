"""Names that match no record: words with capitals that look like somebody or something, with the nearest records."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from cstokb.curation.documents import words
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.main_text import MainText
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from cstokb.curation.documents.names import Read
from cstokb.curation.documents.taken import Taken
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.stopwords import STOP_WORDS

_CAPITAL = re.compile(r"[A-ZА-ЯЁ][a-zа-яё’'-]+")
_INITIAL = re.compile(r"(?<!\w)(?:[A-ZА-ЯЁ]\.[ \u00a0]?){1,3}$")
_LINKING = frozenset(("of", "the", "for", "de", "von", "al"))
_LEAST, _MOST = 62.0, 3
#: More names than these are no help to a curator.
MOST_NAMES = 200


def unknown(read: Read, main: MainText, names: Gazetteer, taken: Taken) -> list[Finding]:
    """The names of a text in its order that mean no record, each once, with the nearest ones."""
    found: dict[str, Finding] = {}
    headings = Taken(main.headings)  # English ones write every word with a capital
    at = 0
    while at < len(read.tokens) and len(found) < MOST_NAMES:
        last = _run(read, at)
        span = read.tokens[at].start, read.tokens[last].end
        if _is_name(read, at, last) and not taken.touches(*span) and not headings.holds(*span):
            start, end = _with_initials(read.text, span[0]), span[1]
            text = read.text[start:end]
            if fold(text) not in found:
                near = _nearest(text, names)
                found[fold(text)] = Finding(FindingKind.NAME, text, start, end, candidates=near)
        at = last + 1
    return sorted(found.values(), key=lambda one: one.start)


def _run(read: Read, first: int) -> int:
    """The last of the words with capitals that stand together from a word on."""
    last = at = first
    if not _CAPITAL.fullmatch(read.raw(first)):
        return first
    while at + 1 < len(read.tokens) and read.gap(at + 1) in (" ", "\u00a0", "-", "'", "’"):
        at += 1
        if _CAPITAL.fullmatch(read.raw(at)):
            last = at
        elif read.form(at) not in _LINKING:
            break
    return last


def _is_name(read: Read, first: int, last: int) -> bool:
    """Whether words look like a name: two with capitals, or one within a sentence or with an initial."""
    if not _CAPITAL.fullmatch(read.raw(first)):
        return False
    start = read.tokens[first].start
    initials = _INITIAL.search(read.text[max(0, start - 12) : start]) is not None
    if first == last:
        return initials
    idle = read.form(first) in STOP_WORDS or read.form(first) in words.TITLES
    return not (idle and read.begins_sentence(first))


def _with_initials(text: str, start: int) -> int:
    offset = max(0, start - 12)
    initials = _INITIAL.search(text[offset:start])
    return offset + initials.start() if initials else start


def _nearest(text: str, names: Gazetteer) -> tuple[Candidate, ...]:
    """The records whose names are most like the words."""
    near: dict[tuple[str, str], float] = {}
    matches = process.extract(fold(text), names.folded, scorer=fuzz.WRatio, limit=12, score_cutoff=_LEAST)
    for _choice, score, index in matches:
        name = names.listed[index]
        near.setdefault((name.kind, name.record), round(score / 100, 2))
    return tuple(
        Candidate(record, names.label(kind, record), score)
        for (kind, record), score in list(near.items())[:_MOST]
    )
