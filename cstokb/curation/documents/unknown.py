"""Names that match no record: words with capitals that look like somebody or something, with the nearest records."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz import fuzz, process

from cstokb.curation.documents import words
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.main_text import MainText
from cstokb.curation.documents.model import Candidate, Finding, FindingKind
from cstokb.curation.documents.names import Read
from cstokb.curation.documents.taken import Taken
from cstokb.fulltext.names import name_key
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.stopwords import STOP_WORDS

_CAPITAL = re.compile(r"[A-ZА-ЯЁ][a-zа-яё’'-]+")
_INITIAL = re.compile(r"(?<!\w)(?:[A-ZА-ЯЁ]\.[ \u00a0]?){1,3}$")
_LINKING = frozenset(("of", "the", "for", "de", "von", "al"))
#: How like a name the words are, of a hundred, to be shown with it, and to be a slip of the pen for it.
_LEAST, _SLIP, _MOST = 62.0, 80.0, 3
_SHORTEST = 4
#: More names than these are no help to a curator.
MOST_NAMES = 200


def unknown(
    read: Read, main: MainText, names: Gazetteer, taken: Taken, known: Collection[int]
) -> list[Finding]:
    """The names of a text in its order that mean no record, each once, with the nearest ones."""
    found: dict[str, Finding] = {}
    headings = Taken(main.headings)  # English ones write every word with a capital
    at = 0
    while at < len(read.tokens) and len(found) < MOST_NAMES:
        last = _run(read, at)
        span = read.tokens[at].start, read.tokens[last].end
        met = at == last and at in known
        if (
            not met
            and _looks_like_name(read, at, last)
            and not taken.touches(*span)
            and not headings.holds(*span)
        ):
            start, end = _with_initials(read.text, span[0]), span[1]
            text = read.text[start:end]
            near = _nearest(text, names)
            slip = bool(near) and near[0].score * 100 >= _SLIP
            if fold(text) not in words.NO_NAMES and (slip or _is_name(read, at, last)):
                found.setdefault(fold(text), Finding(FindingKind.NAME, text, start, end, candidates=near))
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
        elif read.form(at) not in _LINKING or _has_initials(read, first):
            break
    return last


def _looks_like_name(read: Read, first: int, last: int) -> bool:
    """Whether words may be a name: with capitals, and not only because a sentence begins with them."""
    if not _CAPITAL.fullmatch(read.raw(first)):
        return False
    idle = read.form(first) in STOP_WORDS or read.form(first) in words.TITLES
    if first == last and words.PEOPLE.fullmatch(read.raw(first)):
        return False
    return not (read.begins_sentence(first) and (idle or first == last)) or _has_initials(read, first)


def _is_name(read: Read, first: int, last: int) -> bool:
    """Whether words are a name by themselves, of whomever: two with capitals, or one with an initial."""
    return first != last or _has_initials(read, first)


def _has_initials(read: Read, first: int) -> bool:
    start = read.tokens[first].start
    return _INITIAL.search(read.text[max(0, start - 12) : start]) is not None


def _with_initials(text: str, start: int) -> int:
    offset = max(0, start - 12)
    initials = _INITIAL.search(text[offset:start])
    return offset + initials.start() if initials else start


def _nearest(text: str, names: Gazetteer) -> tuple[Candidate, ...]:
    """The records whose names are most like the words, by their letters or, of people, by their sound."""
    near: dict[tuple[str, str], float] = {}
    for said, choices in ((fold(text), names.folded), (name_key(text), names.keys)):
        if len(said) < _SHORTEST:
            continue
        matches = process.extract(said, choices, scorer=fuzz.token_sort_ratio, limit=8, score_cutoff=_LEAST)
        for _choice, score, index in matches:
            name = names.listed[index]
            key = (name.kind, name.record)
            near[key] = max(near.get(key, 0.0), round(score / 100, 2))
    best = sorted(near.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Candidate(record, names.label(kind, record), score) for (kind, record), score in best[:_MOST]
    )
