"""Topics of a whole document, by the words of their headings, of their other names and of their definitions.

A word counts for the topics whose headings have it, or, where none has, for those whose definitions have it. Words that
many topics share count for none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cstokb.curation.documents.dates import month_number
from cstokb.curation.documents.gazetteer import Gazetteer, Subject
from cstokb.curation.documents.general_words import ENGLISH, RUSSIAN
from cstokb.curation.documents.model import Finding, FindingKind, Span
from cstokb.curation.documents.names import Read
from cstokb.curation.documents.roots import root
from cstokb.dates import HistoricDate, InvalidDate
from cstokb.fulltext.normalise import fold
from cstokb.fulltext.stems import stem
from cstokb.fulltext.terms import Token, analyse

_GENERAL = frozenset(stem(fold(word)) for word in (ENGLISH + RUSSIAN).split())
_HEADING, _DEFINITION, _PHRASE = 2.0, 1.0, 2.0
_LEAST, _SHARE, MOST_TOPICS, _MOST_COUNTED, _MOST_SHOWN = 4.0, 0.2, 5, 4, 3
_DATED = re.compile(r"^(?P<state>\w+), (?:(?P<month>\w+) )?(?P<year>\d{4})$")
_PIECES = re.compile(r"[,;:]|\band\b|\bи\b")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that speaks for a topic, how strongly, and whether it counts in capitals alone."""

    topic: str
    weight: float
    capitals: bool


def topics(read: Read, names: Gazetteer, findings: Sequence[Finding]) -> list[Finding]:
    """The topics that a text is most about, each with the first words that speak for it."""
    cues = _cues(names)
    spoken: dict[str, list[tuple[float, Span]]] = defaultdict(list)
    within = _within_instruments(findings)
    for token in read.tokens:
        if within and _covered(token, within):
            continue
        for cue in cues.get(root(token.stem), ()):
            if not cue.capitals or read.text[token.start : token.end].isupper():
                spoken[cue.topic].append((cue.weight, (token.start, token.end)))
    for topic, span in _dated(names, findings):
        spoken[topic].append((_LEAST, span))
    scores = {topic: _score(places) for topic, places in spoken.items()}
    best = max(scores.values(), default=0.0)
    chosen = [topic for topic, score in scores.items() if score >= max(_LEAST, _SHARE * best)]
    chosen.sort(key=lambda topic: (-scores[topic], topic))
    return _apart(read.text, chosen[:MOST_TOPICS], spoken, scores, best)


def _score(places: Sequence[tuple[float, Span]]) -> float:
    counted: dict[float, int] = defaultdict(int)
    for weight, _span in places:
        counted[weight] += 1
    return sum(weight * min(times, _MOST_COUNTED) for weight, times in counted.items())


def _apart(
    text: str,
    chosen: Sequence[str],
    spoken: Mapping[str, Sequence[tuple[float, Span]]],
    scores: Mapping[str, float],
    best: float,
) -> list[Finding]:
    """A few places for each topic; a place speaks for one topic alone."""
    used: set[Span] = set()
    found = []
    for topic in chosen:
        spans = [span for _weight, span in spoken[topic] if span not in used][:_MOST_SHOWN]
        used.update(spans)
        score = round(min(1.0, 0.5 + scores[topic] / (2 * best)), 2)
        found += [
            Finding(FindingKind.TOPIC, text[start:end], start, end, topic, score) for start, end in spans
        ]
    return sorted(found, key=lambda one: one.start)


def _cues(names: Gazetteer) -> Mapping[str, Sequence[_Cue]]:
    return _cues_of(names.subjects, names.lands)


@lru_cache(maxsize=4)
def _cues_of(subjects: tuple[Subject, ...], lands: frozenset[str]) -> Mapping[str, Sequence[_Cue]]:
    headings, definitions = (
        _bearers(subjects, lambda one: one.headings),
        _bearers(subjects, lambda one: one.definitions),
    )
    cues: dict[str, list[_Cue]] = defaultdict(list)
    for word, topics_of in headings.items():
        for topic, (capitals, alone) in topics_of.items():
            if word not in lands or alone:
                cues[word].append(_Cue(topic, _HEADING / len(topics_of), capitals))
    for word, topics_of in definitions.items():
        if word in headings or len(topics_of) > 2 or word in lands:
            continue
        for topic, (capitals, _alone) in topics_of.items():
            cues[word].append(_Cue(topic, _DEFINITION / len(topics_of), capitals))
    return cues


def _bearers(subjects: Iterable[Subject], words_of: object) -> dict[str, dict[str, tuple[bool, bool]]]:
    """The topics by their words, with whether a word is an abbreviation and whether it is all of a heading."""
    found: dict[str, dict[str, tuple[bool, bool]]] = defaultdict(dict)
    for one in subjects:
        for text in words_of(one):  # type: ignore[operator]
            tokens = analyse(text).words
            for token in tokens:
                raw = text[token.start : token.end]
                if token.stop or token.stem in _GENERAL or token.form.isdigit() or len(token.form) < 2:
                    continue
                found[root(token.stem)].setdefault(one.record, (raw.isupper(), len(tokens) == 1))
    return found


def _dated(names: Gazetteer, findings: Sequence[Finding]) -> Iterable[tuple[str, Span]]:
    """Topics of a state in a year or a month ("Kazakhstan, January 2022") of which the text has both."""
    for one in names.subjects:
        match = _DATED.match(one.headings[0]) if one.headings else None
        if match is None:
            continue
        began = _edtf(match)
        state = names.state_called(match["state"])
        near = [each for each in findings if each.kind == FindingKind.STATE and each.record == state]
        days = [each for each in findings if each.kind == FindingKind.DATE and each.record.startswith(began)]
        close = (
            (day.start, day.end)
            for day in days
            for land in near
            if abs(land.start - day.start) < _NEAR and day.record != began[:4]
        )
        yield from ((one.record, span) for span in list(dict.fromkeys(close))[:_MOST_SHOWN])


_NEAR = 400


def _edtf(match: re.Match[str]) -> str:
    try:
        month = month_number(match["month"]) if match["month"] else None
        return HistoricDate(int(match["year"]), month).edtf
    except (InvalidDate, StopIteration):
        return match["year"]


def _within_instruments(findings: Sequence[Finding]) -> list[Span]:
    return [one.span for one in findings if one.kind in (FindingKind.INSTRUMENT, FindingKind.ORGAN)]


def _covered(token: Token, spans: Iterable[Span]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)
