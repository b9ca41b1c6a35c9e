"""Which words of two texts stand for each other, in a time that is bounded for any two texts.

Words are matched by `difflib.SequenceMatcher` without its guesses about junk, whose work is the number of pairs of
equal words, again for each match it finds. Common words make nearly all pairs, so where there are more of them than
``MOST_PAIRS`` the rarest words are matched first, as many as fit, and what lies between two matches is compared again
by itself. All comparisons of two texts share one ``Budget`` of work, of which prose uses a part only: articles take
milliseconds, two treaties of 60,000 words some seconds, and texts made to be slow are told coarsely rather than late.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

#: Pairs of equal words that one comparison may weigh. Two articles of 1,500 words each stay below it.
MOST_PAIRS = 60_000
#: How often what lies between two matches is compared again before it counts as replaced.
DEEPEST = 8

#: Pairs of equal words that may be looked at while two texts are compared.
MOST_WORK = 5_000_000

Tokens = Sequence[Hashable]


@dataclass
class Budget:
    """The work that is left. When there is none, what was not matched yet counts as replaced."""

    left: int = MOST_WORK

    def spend(self, work: int) -> bool:
        """Whether there was enough left."""
        self.left -= work
        return self.left >= 0


class Match(NamedTuple):
    """``size`` tokens that are equal in both, from the places ``old`` and ``new`` on."""

    old: int
    new: int
    size: int


def matches(old: Tokens, new: Tokens, budget: Budget) -> list[Match]:
    """The runs of equal tokens, in order, none of them touching the next in both texts."""
    return _united(_matches(old, new, DEEPEST, budget))


def _matches(old: Tokens, new: Tokens, depth: int, budget: Budget) -> Iterator[Match]:
    """The matches of two runs, after their equal ends are set aside."""
    head = _equal_head(old, new)
    tail = _equal_head(old[head:][::-1], new[head:][::-1])
    if head:
        yield Match(0, 0, head)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for one in _inner(inner_old, inner_new, depth, budget):
        yield Match(head + one.old, head + one.new, one.size)
    if tail:
        yield Match(len(old) - tail, len(new) - tail, tail)


def _equal_head(old: Tokens, new: Tokens) -> int:
    pairs = zip(old, new, strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(old), len(new)))


def _inner(old: Tokens, new: Tokens, depth: int, budget: Budget) -> Iterator[Match]:
    if not old or not new or not depth:
        return
    rare = _rare(old, new)
    if rare is None:
        yield from _by_difflib(old, new, budget)
        return
    old_places = [place for place, token in enumerate(old) if token in rare]
    new_places = [place for place, token in enumerate(new) if token in rare]
    found = _by_difflib([old[place] for place in old_places], [new[place] for place in new_places], budget)
    anchors = [(old_places[one.old + n], new_places[one.new + n]) for one in found for n in range(one.size)]
    if anchors:
        yield from _between(old, new, anchors, depth, budget)


def _between(
    old: Tokens, new: Tokens, anchors: Sequence[tuple[int, int]], depth: int, budget: Budget
) -> Iterator[Match]:
    """The anchors, and the matches of what lies before, between and after them."""
    from_old = from_new = 0
    for to_old, to_new in (*anchors, (len(old), len(new))):
        for one in _matches(old[from_old:to_old], new[from_new:to_new], depth - 1, budget):
            yield Match(from_old + one.old, from_new + one.new, one.size)
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


def _by_difflib(old: Tokens, new: Tokens, budget: Budget) -> list[Match]:
    return [Match(*block) for block in _Bounded(old, new, budget).get_matching_blocks() if block.size]


class _Bounded(SequenceMatcher[Hashable]):
    """A matcher that finds nothing more when the budget is spent."""

    def __init__(self, old: Tokens, new: Tokens, budget: Budget) -> None:
        super().__init__(None, old, new, autojunk=False)
        counts = Counter(new)
        self._budget = budget
        #: How many pairs the tokens up to each place of the older text make.
        self._pairs = [0, *accumulate(counts[token] for token in old)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        """The longest run of equal tokens between the given places; an empty one when the budget is spent."""
        end = len(self._pairs) - 1 if ahi is None else ahi
        if not self._budget.spend(self._pairs[end] - self._pairs[alo] + end - alo):
            return difflib.Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


def _united(found: Iterator[Match]) -> list[Match]:
    whole: list[Match] = []
    for one in found:
        last = whole[-1] if whole else None
        if last and last.old + last.size == one.old and last.new + last.size == one.new:
            whole[-1] = last._replace(size=last.size + one.size)
        else:
            whole.append(one)
    return whole
