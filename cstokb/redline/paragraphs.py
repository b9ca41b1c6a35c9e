"""Which paragraphs of two runs stand for each other, where none of them are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cstokb.redline.words import weight

Paragraph = tuple[str, ...]
#: From which share of common words on two paragraphs are versions of one.
ALIKE = 0.4
#: Which share of each half must stand in a paragraph that was cut in two, or joined of two.
HALF = 0.6
#: Words that may be looked at for pairing; longer runs are compared word by word as a whole.
MOST_WORDS = 400_000

#: How many paragraphs on either side can stand for each other.
_MOVES = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))


class Bead(NamedTuple):
    """Paragraphs from ``old`` up to ``old_end`` that stand for those from ``new`` up to ``new_end``."""

    old: int
    old_end: int
    new: int
    new_end: int


def beads(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Bead]:
    """The paragraphs whose words are to be compared with each other; all others came or went as a whole.

    The pairing keeps the order and holds the most words in common. A paragraph stands for one that is like it, or for
    two that it was cut into; one against one is always compared.
    """
    if not old or not new:
        return []
    work = len(old) * sum(map(len, new)) + len(new) * sum(map(len, old))
    if len(old) == len(new) == 1 or work > MOST_WORDS:
        return [Bead(0, len(old), 0, len(new))]
    return _filled(_best(Bags(old), Bags(new)), len(old), len(new))


class Bags:
    """Paragraphs as bags of words, with their weights."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.bags = [Counter(paragraph) for paragraph in paragraphs]
        self.weights = [weight(paragraph) for paragraph in paragraphs]

    def __len__(self) -> int:
        return len(self.bags)


def _common(one: Counter[str], other: Counter[str]) -> int:
    return weight(list((one & other).elements()))


def _gain(old: Bags, i: int, di: int, new: Bags, j: int, dj: int) -> float:
    """The words that the paragraphs before two places share; nothing where they are no versions of each other."""
    if not di or not dj:
        return 0.0
    if di == dj == 1:
        common = _common(old.bags[i - 1], new.bags[j - 1])
        return common if 2 * common >= ALIKE * (old.weights[i - 1] + new.weights[j - 1]) else 0.0
    whole, parted, end = (old.bags[i - 1], new, j) if di == 1 else (new.bags[j - 1], old, i)
    halves = parted.bags[end - 2 : end]
    if any(
        _common(whole, bag) < HALF * held
        for bag, held in zip(halves, parted.weights[end - 2 : end], strict=True)
    ):
        return 0.0
    return _common(whole, halves[0] + halves[1])


def _best(old: Bags, new: Bags) -> list[Bead]:
    """The beads with the most words in common, in order; those without any are left out."""
    best: dict[tuple[int, int], tuple[float, int, int, bool]] = {(0, 0): (0.0, 0, 0, False)}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            for di, dj in _MOVES:
                if di > i or dj > j:
                    continue
                gain = _gain(old, i, di, new, j, dj)
                if di and dj and not gain:
                    continue
                total = best[i - di, j - dj][0] + gain
                if (i, j) not in best or total > best[i, j][0]:
                    best[i, j] = (total, di, dj, gain > 0)
    found, i, j = [], len(old), len(new)
    while i or j:
        _total, di, dj, pairs = best[i, j]
        if pairs:
            found.append(Bead(i - di, i, j - dj, j))
        i, j = i - di, j - dj
    return found[::-1]


def _filled(found: list[Bead], old_size: int, new_size: int) -> list[Bead]:
    """The beads, and one for each place where one paragraph is left over against one."""
    whole: list[Bead] = []
    at_old = at_new = 0
    for one in (*found, Bead(old_size, old_size, new_size, new_size)):
        if one.old - at_old == 1 and one.new - at_new == 1:
            whole.append(Bead(at_old, one.old, at_new, one.new))
        if one.old < one.old_end:
            whole.append(one)
        at_old, at_new = one.old_end, one.new_end
    return whole
