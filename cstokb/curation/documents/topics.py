"""Topics of a whole document: those to which sentences of it are devoted, told by phrases that speak for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cstokb.curation.documents.gazetteer import Gazetteer, Subject
from cstokb.curation.documents.model import Finding, FindingKind, Span
from cstokb.curation.documents.names import Read
from cstokb.curation.documents.taken import Taken
from cstokb.curation.documents.topic_cues import CUES
from cstokb.fulltext.terms import Token, analyse

_EVENT, _STRONG, _WEAK, _MORE = 3.0, 2.0, 1.0, 0.5
#: What a topic must reach in a short text, and how many characters more ask for one more.
_LEAST, _SHORT, _ONE_MORE = 2.0, 2500, 6000
MOST_TOPICS, _MOST_SHOWN = 10, 3
_BREAK = re.compile(r"[.!?…]+[»”\")]*\s|\n")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A phrase by the stems of its words, the topic that it speaks for, and how strongly."""

    stems: tuple[str, ...]
    topic: str
    weight: float
    capitals: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A phrase in the text: where, in which sentence, for which topic."""

    topic: str
    weight: float
    sentence: int
    span: Span


def topics(read: Read, names: Gazetteer, findings: Sequence[Finding]) -> list[Finding]:
    """The topics that a text is most about, each with the first phrases that speak for it."""
    spoken: dict[str, list[_Place]] = defaultdict(list)
    for place in _places(read, names, findings):
        spoken[place.topic].append(place)
    least = _LEAST + max(0, len(read.text) - _SHORT) / _ONE_MORE
    scores = {topic: _score(places) for topic, places in spoken.items()}
    chosen = sorted(
        (topic for topic, score in scores.items() if score >= least), key=lambda one: (-scores[one], one)
    )
    return _shown(read.text, chosen[:MOST_TOPICS], spoken, scores)


def _score(places: Iterable[_Place]) -> float:
    """A sentence counts by its strongest phrase, and a little more where it has several."""
    by_sentence: dict[int, list[_Place]] = defaultdict(list)
    for one in places:
        by_sentence[one.sentence].append(one)
    return sum(
        max(one.weight for one in held) + _MORE * (len({one.span for one in held}) > 1)
        for held in by_sentence.values()
    )


def _shown(
    text: str, chosen: Sequence[str], spoken: Mapping[str, Sequence[_Place]], scores: Mapping[str, float]
) -> list[Finding]:
    """A few places for each topic; a place speaks for one topic alone, and every topic has one."""
    used = Taken()
    found: list[Finding] = []
    for most in (1, _MOST_SHOWN):
        for topic in sorted(
            chosen, key=lambda one: len(spoken[one])
        ):  # who has one place alone chooses first
            shown = sum(one.record == topic for one in found)
            for place in sorted(spoken[topic], key=lambda one: (one.span[1] - one.span[0], one.span)):
                start, end = place.span
                if shown < most and used.take(start, end):
                    score = round(scores[topic] / (scores[topic] + _LEAST), 2)
                    found.append(Finding(FindingKind.TOPIC, text[start:end], start, end, topic, score))
                    shown += 1
    return sorted(found, key=lambda one: one.start)


def _places(read: Read, names: Gazetteer, findings: Sequence[Finding]) -> Iterator[_Place]:
    cues = _cues(names.subjects, names.states)
    words = [one for one in read.tokens if not one.stop]
    stems = [one.stem for one in words]
    breaks = [match.start() for match in _BREAK.finditer(read.text)]
    sentence = 0
    organs = Taken(one.span for one in findings if one.kind == FindingKind.ORGAN)
    titles = Taken(one.span for one in findings if one.kind == FindingKind.INSTRUMENT)
    for at, token in enumerate(words):
        while sentence < len(breaks) and breaks[sentence] < token.start:
            sentence += 1
        for cue in cues.get(stems[at], ()):
            last = at + len(cue.stems) - 1
            if tuple(stems[at : last + 1]) != cue.stems or organs.holds(token.start, words[last].end):
                continue
            if cue.capitals and not read.text[token.start : token.end].isupper():
                continue
            if last == at or not _BREAK.search(read.text, token.end, words[last].start):
                titled = min(cue.weight, _WEAK) if titles.holds(token.start, words[last].end) else cue.weight
                yield _Place(cue.topic, titled, sentence, (token.start, words[last].end))


@lru_cache(maxsize=4)
def _cues(subjects: tuple[Subject, ...], states: frozenset[str]) -> Mapping[str, Sequence[_Cue]]:
    """The phrases by their first stems."""
    cues: dict[str, list[_Cue]] = defaultdict(list)
    for subject in subjects:
        for said in (*subject.headings, *CUES.get(subject.record, "").split(";")):
            phrase = " ".join(said.split())
            weight = {"~": _WEAK, "!": _EVENT}.get(phrase[:1], _heading_weight(phrase, subject, states))
            words: list[Token] = [one for one in analyse(phrase).words if not one.stop]
            if words:
                stems = tuple(one.stem for one in words)
                capitals = phrase.lstrip("~!").isupper()
                cues[stems[0]].append(_Cue(stems, subject.record, weight, capitals))
    return cues


def _heading_weight(phrase: str, subject: Subject, states: frozenset[str]) -> float:
    """A state that is a topic is named for other reasons too."""
    return _WEAK if phrase in subject.headings and phrase in states else _STRONG
