"""Which words of two texts stand for each other, in a time that is bounded for any two texts.

Words are matched by `difflib.SequenceMatcher` without its guesses about junk, whose cost is the number of pairs of
equal words. Common words make nearly all of these, so where there are more pairs than ``MOST_PAIRS`` the rarest words
are matched first, as many as fit, and what lies between two matches is compared again by itself. Each comparison so
weighs at most that many pairs for each match it finds: articles of usual length take milliseconds, two treaties of
60,000 words some seconds, whether they share all their words or hardly any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

#: Pairs of equal words that one comparison may weigh. Two articles of 1,500 words each stay below it.
MOST_PAIRS = 60_000
#: How often what lies between two matches is compared again before it counts as replaced.
DEEPEST = 8

Tokens = Sequence[Hashable]


class Match(NamedTuple):
    """``size`` tokens that are equal in both, from the places ``old`` and ``new`` on."""

    old: int
    new: int
    size: int


def matches(old: Tokens, new: Tokens) -> list[Match]:
    """The runs of equal tokens, in order, none of them touching the next in both texts."""
    return _united(_matches(old, new, 0, 0, DEEPEST))


def _matches(old: Tokens, new: Tokens, at_old: int, at_new: int, depth: int) -> Iterator[Match]:
    """The matches of two runs that begin at the given places, after their equal ends are set aside."""
    head = _equal_head(old, new)
    tail = _equal_head(old[head:][::-1], new[head:][::-1])
    if head:
        yield Match(at_old, at_new, head)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for one in _inner(inner_old, inner_new, depth):
        yield Match(at_old + head + one.old, at_new + head + one.new, one.size)
    if tail:
        yield Match(at_old + len(old) - tail, at_new + len(new) - tail, tail)


def _equal_head(old: Tokens, new: Tokens) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(old), len(new)))


def _inner(old: Tokens, new: Tokens, depth: int) -> Iterator[Match]:
    if not old or not new or not depth:
        return
    rare = _rare(old, new)
    if rare is None:
        yield from _by_difflib(old, new)
        return
    old_places = [place for place, token in enumerate(old) if token in rare]
    new_places = [place for place, token in enumerate(new) if token in rare]
    found = _by_difflib([old[place] for place in old_places], [new[place] for place in new_places])
    anchors = [(old_places[one.old + n], new_places[one.new + n]) for one in found for n in range(one.size)]
    if anchors:
        yield from _between(old, new, anchors, depth)


def _between(old: Tokens, new: Tokens, anchors: Sequence[tuple[int, int]], depth: int) -> Iterator[Match]:
    """The anchors, and the matches of what lies before, between and after them."""
    from_old = from_new = 0
    for to_old, to_new in (*anchors, (len(old), len(new))):
        yield from _matches(old[from_old:to_old], new[from_new:to_new], from_old, from_new, depth - 1)
        if to_old < len(old) and to_new < len(new):
            yield Match(to_old, to_new, 1)
        from_old, from_new = to_old + 1, to_new + 1


def _rare(old: Tokens, new: Tokens) -> set[Hashable] | None:
    """The tokens that are matched first, the rarest, as many as fit; None where all of them do."""
    in_old, in_new = Counter(old), Counter(new)
    pairs = {token: count * in_new[token] for token, count in in_old.items() if token in in_new}
    if sum(pairs.values()) <= MOST_PAIRS:
        return None
    rare, total = set(), 0
    for token in sorted(pairs, key=pairs.__getitem__):
        total += pairs[token]
        if total > MOST_PAIRS:
            break
        rare.add(token)
    return rare


def _by_difflib(old: Tokens, new: Tokens) -> list[Match]:
    matcher: SequenceMatcher[Hashable] = SequenceMatcher(None, old, new, autojunk=False)
    return [Match(*block) for block in matcher.get_matching_blocks() if block.size]


def _united(found: Iterator[Match]) -> list[Match]:
    whole: list[Match] = []
    for one in found:
        last = whole[-1] if whole else None
        if last and last.old + last.size == one.old and last.new + last.size == one.new:
            whole[-1] = last._replace(size=last.size + one.size)
        else:
            whole.append(one)
    return whole
