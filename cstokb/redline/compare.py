"""The redline of two texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from cstokb.redline.edits import Edit, at_sentences, edits, without_islands
from cstokb.redline.matching import Budget, Match, matches
from cstokb.redline.paragraphs import beads
from cstokb.redline.pieces import Kind, Redline, joined
from cstokb.redline.words import Words, parts_paragraphs

Told = Iterator[tuple[Kind, str]]


def redline(old: str, new: str) -> Redline:
    """What was kept, deleted and inserted between two texts, in whole words.

    Paragraphs that are equal are matched first, then the words of what lies between them. White space is no word: it
    goes with the words round it, and counts as changed by itself only where both sides of it were kept.
    """
    if old == new:
        return Redline(joined([(Kind.KEPT, old)]))
    before, after = Words.of(old), Words.of(new)
    found = edits(_matched(before, after), before, after)
    changes = at_sentences(without_islands(found, before, after), before, after)
    return Redline(joined(_told(changes, before, after)))


def _matched(old: Words, new: Words) -> list[Match]:
    """The words that stand for each other: those of equal paragraphs, and in between of paragraphs that are alike."""
    budget = Budget()
    old_bounds, new_bounds = _bounds(old), _bounds(new)
    old_parts, new_parts = _paragraphs(old, old_bounds), _paragraphs(new, new_bounds)
    found: list[Match] = []
    at_old = at_new = 0
    for one in (*matches(old_parts, new_parts, budget), Match(len(old_parts), len(new_parts), 0)):
        for bead in beads(old_parts[at_old : one.old], new_parts[at_new : one.new]):
            from_old, to_old = old_bounds[at_old + bead.old], old_bounds[at_old + bead.old_end]
            from_new, to_new = new_bounds[at_new + bead.new], new_bounds[at_new + bead.new_end]
            between = matches(old.words[from_old:to_old], new.words[from_new:to_new], budget)
            found += [Match(from_old + part.old, from_new + part.new, part.size) for part in between]
        at_old, at_new = one.old + one.size, one.new + one.size
        start, size = old_bounds[one.old], old_bounds[at_old] - old_bounds[one.old]
        found += [Match(start, new_bounds[one.new], size)] if size else []
    return found


def _bounds(words: Words) -> list[int]:
    """The places of the words with which paragraphs begin, and of the end."""
    starts = [place for place in range(1, len(words.words)) if parts_paragraphs(words.gaps[place])]
    return [0, *starts, len(words.words)]


def _paragraphs(words: Words, bounds: list[int]) -> list[tuple[str, ...]]:
    return [tuple(words.words[start:end]) for start, end in pairwise(bounds)]


def _told(changes: list[Edit], old: Words, new: Words) -> Told:
    """The pieces: kept runs word by word, and edits with the white space that goes with them."""
    ends = Edit(len(old.words), len(old.words), len(new.words), len(new.words))
    at_old = at_new = 0
    open_gap = True  # whether the white space before the next word is still to be told
    for edit in chain(changes, [ends]):
        for place in range(edit.old - at_old):
            if open_gap:
                yield from _gap(old.gaps[at_old + place], new.gaps[at_new + place])
            yield Kind.KEPT, old.words[at_old + place]
            open_gap = True
        if edit is ends:
            if open_gap:
                yield from _gap(old.gaps[-1], new.gaps[-1])
            return
        yield from _edit(edit, old, new)
        at_old, at_new, open_gap = edit.old_end, edit.new_end, False


def _gap(old: str, new: str) -> Told:
    if old == new:
        yield Kind.KEPT, old
    else:
        yield Kind.DELETED, old
        yield Kind.INSERTED, new


def _edit(edit: Edit, old: Words, new: Words) -> Told:
    """An edit with the white space on both its sides."""
    went, came = old.inner(edit.old, edit.old_end), new.inner(edit.new, edit.new_end)
    if edit.replaces:
        yield from _gap(old.gaps[edit.old], new.gaps[edit.new])
        yield Kind.DELETED, went
        yield Kind.INSERTED, came
        yield from _gap(old.gaps[edit.old_end], new.gaps[edit.new_end])
    elif went:
        left, right, only = old.gaps[edit.old], old.gaps[edit.old_end], new.gaps[edit.new]
        yield from _one_sided(Kind.DELETED, (left, went, right), Kind.INSERTED, only)
    else:
        left, right, only = new.gaps[edit.new], new.gaps[edit.new_end], old.gaps[edit.old]
        yield from _one_sided(Kind.INSERTED, (left, came, right), Kind.DELETED, only)


def _one_sided(kind: Kind, run: tuple[str, str, str], other: Kind, only: str) -> Told:
    """Words that stand in one text alone: of the white space on their sides, one is that of the other text."""
    left, words, right = run
    if left == only:
        yield Kind.KEPT, only
        yield kind, words + right
    elif right == only:
        yield kind, left + words
        yield Kind.KEPT, only
    else:
        yield kind, left + words + right
        yield other, only
