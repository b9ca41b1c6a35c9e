"""What stands beside a hit, and how lines are put in order by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from cstokb.corpus.questions import Extent
from cstokb.fulltext.terms import Token, analyse

#: By how many words outward from the keyword lines are put in order.
SORTED_BY = 10
#: Lines in memory at a time while all of them are put in order.
MOST_IN_MEMORY = 50_000

Line = tuple[Any, ...]


class Context(NamedTuple):
    """A hit as it is written: together the three are a part of the passage, letter for letter."""

    left: str
    keyword: str
    right: str


def around(text: str, first: int, last: int, extent: Extent) -> Context:
    """The words from ``first`` to ``last`` with what stands on either side, cut between words."""
    words = analyse(text).words
    start, end = words[first].start, words[last].end
    if extent.of_words:
        begin, finish = _by_words(text, words, first, last, extent.size)
    else:
        begin, finish = _by_letters(text, words, first, last, extent.size)
    return Context(text[begin:start], text[start:end], text[end:finish])


def _by_words(text: str, words: Sequence[Token], first: int, last: int, size: int) -> tuple[int, int]:
    """The signs before the first word of a text and after its last belong to it."""
    begin = words[first - size].start if first > size else 0
    finish = words[last + size].end if last + size < len(words) - 1 else len(text)
    return begin, finish


def _by_letters(text: str, words: Sequence[Token], first: int, last: int, size: int) -> tuple[int, int]:
    start, end = words[first].start, words[last].end
    begin = next((word.start for word in words[:first] if start - word.start <= size), start)
    finish = next((word.end for word in reversed(words[last + 1 :]) if word.end - end <= size), end)
    return 0 if start <= size else begin, len(text) if len(text) - end <= size else finish


def outward(words: Sequence[str], first: int, last: int, side: str) -> tuple[str, ...]:
    """The folded words from the keyword outward on one side."""
    if side == "left":
        return tuple(reversed(words[max(first - SORTED_BY, 0) : first]))
    return tuple(words[last + 1 : last + 1 + SORTED_BY])


def in_order(lines: Iterator[Line], most: int = MOST_IN_MEMORY) -> Iterator[Line]:
    """All lines in order, with at most so many in memory: sorted parts are laid aside in files and merged."""
    part = sorted(islice(lines, most))
    if len(part) < most:
        yield from part
        return
    files: list[Any] = []
    while part:
        file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it lives as long as the merge
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in part)
        file.seek(0)
        files.append(file)
        part = sorted(islice(lines, most))
    try:
        yield from merge(*(map(_line, file) for file in files))
    finally:
        for file in files:
            file.close()


def _line(text: str) -> Line:
    return tuple(tuple(one) if isinstance(one, list) else one for one in json.loads(text))
