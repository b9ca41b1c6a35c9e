"""Two texts passage by passage: what the later one repeats, alters, says anew and no longer says. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from statements.formulas.words import ALIKE, Words, likeness


class Outcome(StrEnum):
    """What became of a passage."""

    REPEATED = "repeated"
    ALTERED = "altered"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Row:
    """A passage of the earlier text, one of the later, or both where they stand for each other, by their places.

    ``share`` is the share of shingles that both hold.
    """

    outcome: Outcome
    old: int | None
    new: int | None
    share: float = 0.0


def align(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """The passages in the order of the later text; what was dropped stands where it stood in the earlier one.

    Passages with the same words are paired first, in order; then those that are alike, the most alike first. A
    passage that says again what another of its text says already has the same partner: nothing in it is new, and
    nothing of the earlier text went.
    """
    before, after = [Words.of(text) for text in old], [Words.of(text) for text in new]
    pairs = _equal(before, after)
    alike = sorted(_alike(before, after), key=lambda one: (-one[2], one[1], one[0]))
    taken = {place for place, _share in pairs.values()}
    for left, right, share in alike:
        if right not in pairs and left not in taken:
            pairs[right] = (left, share)
            taken.add(left)
    for left, right, share in alike:
        pairs.setdefault(right, (left, share))
    merged = taken | {left for left, _right, _share in alike}
    return list(_in_order(pairs, merged, len(old), len(new)))


def _equal(old: Sequence[Words], new: Sequence[Words]) -> dict[int, tuple[int, float]]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(old):
        places[one.words].append(place)
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    pairs: dict[int, tuple[int, float]] = {}
    for place, one in enumerate(new):
        held = places.get(one.words)
        if held:
            pairs[place] = (held[min(seen[one.words], len(held) - 1)], 1.0)
            seen[one.words] += 1
    return pairs


def _alike(old: Sequence[Words], new: Sequence[Words]) -> Iterator[tuple[int, int, float]]:
    """Every two passages that are versions of each other, found by the shingles that both hold."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(old):
        for shingle in one.shingles:
            holders[shingle].append(place)
    for right, one in enumerate(new):
        near = {place for shingle in one.shingles for place in holders.get(shingle, ())}
        for left in sorted(near):
            share = likeness(old[left], one)
            if share >= ALIKE:
                yield left, right, share


def _in_order(
    pairs: dict[int, tuple[int, float]], merged: set[int], old_size: int, new_size: int
) -> Iterator[Row]:
    dropped: dict[int, list[int]] = defaultdict(list)
    behind = {left: right for right, (left, _share) in sorted(pairs.items())}
    last = -1
    for left in range(old_size):
        if left in merged:
            last = behind.get(left, last)
        else:
            dropped[last].append(left)
    for right in range(-1, new_size):
        if right >= 0:
            yield _row(pairs.get(right), right)
        for gone in dropped[right]:
            yield Row(Outcome.DROPPED, gone, None)


def _row(pair: tuple[int, float] | None, right: int) -> Row:
    if pair is None:
        return Row(Outcome.NEW, None, right)
    left, share = pair
    return Row(Outcome.REPEATED if share == 1 else Outcome.ALTERED, left, right, share)
