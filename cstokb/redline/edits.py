"""Edits between two lists of words, and their tidying: what a reader shall see as one change is one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cstokb.redline.matching import Match
from cstokb.redline.words import Words, is_word, parts_paragraphs, weight

#: A kept run of more words than this is never given up, however long the changes round it.
MOST_ISLAND_WORDS = 3
#: How many times as much as an island holds must have changed on either side of it.
ISLAND_RATIO = 2


@dataclass(frozen=True)
class Edit:
    """Words from ``old`` up to ``old_end`` in place of which stand those from ``new`` up to ``new_end``."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def replaces(self) -> bool:
        """Whether words went and words came."""
        return self.old < self.old_end and self.new < self.new_end

    def moved(self, steps: int) -> Edit:
        """The same number of words some places on."""
        return Edit(self.old + steps, self.old_end + steps, self.new + steps, self.new_end + steps)

    def with_(self, other: Edit) -> Edit:
        """One edit of two, with what was kept between them."""
        return Edit(self.old, other.old_end, self.new, other.new_end)


def edits(found: Iterable[Match], old: Words, new: Words) -> list[Edit]:
    """What lies between the matches."""
    end = Match(len(old.words), len(new.words), 0)
    bounds = [Match(0, 0, 0), *found, end]
    changes = (
        Edit(before.old + before.size, after.old, before.new + before.size, after.new)
        for before, after in pairwise(bounds)
    )
    return [one for one in changes if one.old < one.old_end or one.new < one.new_end]


# -- islands -------------------------------------------------------------------------------------------------------


def without_islands(changes: Sequence[Edit], old: Words, new: Words) -> list[Edit]:
    """Edits joined where what was kept between two of them is too little to hold on to.

    A word that two sentences share by chance ("the", a comma) would chop a rewritten passage into confetti. It is
    given up, deleted and inserted again, when it is an island: at most three words within one paragraph, and on both
    sides at least twice as much changed as it holds.
    """
    kept = list(changes)
    while True:
        joined = _pass(kept, old, new)
        if len(joined) == len(kept):
            return joined
        kept = joined


def _pass(changes: Sequence[Edit], old: Words, new: Words) -> list[Edit]:
    done: list[Edit] = []
    for edit in changes:
        current = edit
        while done and _is_island(done[-1], current, old, new):
            current = done.pop().with_(current)
        done.append(current)
    return done


def _is_island(before: Edit, after: Edit, old: Words, new: Words) -> bool:
    start, end = before.old_end, after.old
    if end - start > 2 * MOST_ISLAND_WORDS or sum(map(is_word, old.words[start:end])) > MOST_ISLAND_WORDS:
        return False
    gaps = (*old.gaps[start : end + 1], *new.gaps[before.new_end : after.new + 1])
    if any(parts_paragraphs(gap) for gap in gaps):
        return False
    held = weight(old.words[start:end])
    return ISLAND_RATIO * held <= min(_size(before, old, new), _size(after, old, new))


def _size(edit: Edit, old: Words, new: Words) -> int:
    return max(weight(old.words[edit.old : edit.old_end]), weight(new.words[edit.new : edit.new_end]))


# -- ends ----------------------------------------------------------------------------------------------------------


def at_sentences(changes: Sequence[Edit], old: Words, new: Words) -> list[Edit]:
    """Edits that only take away or only put in, moved to where a reader would set them.

    Between "A. B. C." and "A. C." the same words are taken away whether one cuts "B." or ". B": the edit is moved to
    begin after a paragraph, a sentence or a clause where the words beside it allow.
    """
    done: list[Edit] = []
    beyond = len(old.words) + 1
    for edit, high in zip(changes, [*(one.old for one in changes[1:]), beyond], strict=False):
        low = done[-1].old_end if done else -1
        places = [edit] if edit.replaces else _places(edit, old, new, low, high)
        done.append(max(places, key=lambda one: _fits(one, old, new)))
    return done


def _places(edit: Edit, old: Words, new: Words, low: int, high: int) -> Iterator[Edit]:
    """The edit, and where else it could stand, at least one kept word away from its neighbours."""
    yield edit
    source, first, last = (
        (old.words, edit.old, edit.old_end)
        if edit.old < edit.old_end
        else (new.words, edit.new, edit.new_end)
    )
    steps = 0
    while edit.old + steps - 1 > low and source[first + steps - 1] == source[last + steps - 1]:
        steps -= 1
        yield edit.moved(steps)
    steps = 0
    while edit.old_end + steps + 1 < high and source[first + steps] == source[last + steps]:
        steps += 1
        yield edit.moved(steps)


_SENTENCE, _CLAUSE = frozenset(".!?…"), frozenset(",;:)—–")


def _fits(edit: Edit, old: Words, new: Words) -> int:
    """How well the edit begins and ends: after a paragraph, a sentence, a clause."""
    words, start, end = (
        (old, edit.old, edit.old_end) if edit.old < edit.old_end else (new, edit.new, edit.new_end)
    )
    return _bound(words, start) + _bound(words, end)


def _bound(words: Words, place: int) -> int:
    if place in (0, len(words.words)):
        return 4
    if parts_paragraphs(words.gaps[place]):
        return 4
    before = words.words[place - 1]
    if not words.gaps[place]:
        return 0
    return 3 if before in _SENTENCE else 2 if before in _CLAUSE else 1
