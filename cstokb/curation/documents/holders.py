"""Offices that a text names ("the President of Kazakhstan"), and who held them on the day of the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cstokb.curation.documents import words
from cstokb.curation.documents.gazetteer import Gazetteer
from cstokb.curation.documents.taken import Taken
from members.choices import OfficeRole

_ROLE = "|".join(rf"(?P<{role.name}>{said})" for role, said in words.ROLES)
_S = r"[ \u00a0\n]"
_BEFORE = re.compile(rf"(?<![\w-])(?:{_ROLE}){_S}(?:of{_S}(?:the{_S})?)?$", re.I)
_AFTER = re.compile(rf"(?:['’]s?)?{_S}(?:{_ROLE})(?![\w-])(?!{_S}of\b)", re.I)
_BY_PEOPLE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<{state}>{said})' for state, said in words.PEOPLES.items())}){_S}(?:{_ROLE})"
    r"(?![\w-])",
    re.I,
)
_CHIEF_WORDS = "|".join(f"(?P<of_{at}>{said})" for at, (said, _organs) in enumerate(words.CHIEFS))
_CHIEF = re.compile(
    rf"(?<![\w-])(?i:{words.ROLES[2][1]})(?:{_S}(?:of{_S})?(?:the{_S})?(?:{_CHIEF_WORDS})(?![\w-]))?"
)
_CHIEF_AFTER = re.compile(rf"(?<![\w-])(?:{_CHIEF_WORDS})(?:['’]s?)?{_S}(?i:{words.ROLES[2][1]})(?![\w-])")
#: What is looked at before a name of a state: no longer title is known.
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """An office named in a text: where, and the ids of the offices that it may be."""

    start: int
    end: int
    offices: tuple[str, ...]


def offices(text: str, states: Iterable[tuple[int, int, str]], names: Gazetteer) -> list[Mention]:
    """The offices that a text names, in its order; ``states`` are the spans of states with their ids."""
    found = [*_by_states(text, states, names), *_by_people(text, names), *_chiefs(text, names)]
    taken, kept = Taken(), []
    for one in sorted(found, key=lambda one: (-(one.end - one.start), one.start)):
        theirs = words.NOT_THE_HOLDER.search(text[max(0, one.start - 40) : one.start])
        if one.offices and not theirs and taken.take(one.start, one.end):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _by_states(text: str, states: Iterable[tuple[int, int, str]], names: Gazetteer) -> Iterator[Mention]:
    for start, end, state in states:
        near = text[max(0, start - _WIDEST) : start]
        before = _BEFORE.search(near)
        if before is not None:
            first = start - len(near) + before.start()
            yield Mention(first, end, _ids(names, state, _role(before)))
        after = _AFTER.match(text, end)
        if after is not None:
            yield Mention(start, after.end(), _ids(names, state, _role(after)))


def _by_people(text: str, names: Gazetteer) -> Iterator[Mention]:
    for match in _BY_PEOPLE.finditer(text):
        state = next(name for name in words.PEOPLES if match[name])
        yield Mention(match.start(), match.end(), _ids(names, state, _role(match)))


def _chiefs(text: str, names: Gazetteer) -> Iterator[Mention]:
    for pattern in (_CHIEF, _CHIEF_AFTER):
        for match in pattern.finditer(text):
            organs = next(
                (organs for at, (_said, organs) in enumerate(words.CHIEFS) if match[f"of_{at}"]), None
            )
            if organs is None and not _stands_alone(text, match):
                continue
            ids = [
                post.record
                for organ in organs or words.CHIEFS[0][1]
                for post in names.posts
                if post.of == organ and "first" not in post.record and "secretary-general" in post.record
            ]
            yield Mention(match.start(), match.end(), tuple(ids))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a Secretary General is one of no other body that is named beside it."""
    after = words.AFTER_OTHERS.match(text, match.end())
    before = words.BEFORE_OTHERS.search(text[max(0, match.start() - _WIDEST) : match.start()])
    return after is None and before is None and not re.match(rf"{_S}of\b", text[match.end() :][:4])


def _role(match: re.Match[str]) -> OfficeRole:
    return next(role for role, _said in words.ROLES if match[role.name])


def _ids(names: Gazetteer, state: str, role: OfficeRole) -> tuple[str, ...]:
    return tuple(post.record for post in names.posts_of(state, role))


def beside(mention: Mention, text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a name stands beside an office, so that the office says nobody else; ``spans`` are names in order."""
    at = bisect_left(spans, (mention.start,))
    after = next((start for start, _end in spans[at : at + 2] if start >= mention.end), None)
    if after is not None and after - mention.end <= 3 and _joins(text[mention.end : after]):
        return True
    before = spans[at - 1][1] if at else None
    near = before is not None and 0 <= mention.start - before <= 12
    return near and _apposes(text[before : mention.start])


def _joins(between: str) -> bool:
    return re.fullmatch(r"[\s,–—(-]{0,3}", between) is not None


def _apposes(between: str) -> bool:
    """Whether an office follows a name: "Nikol Pashinyan, the Prime Minister of Armenia"."""
    return re.fullmatch(r"\s?[,(–—-]\s?(?:the\s)?", between) is not None
