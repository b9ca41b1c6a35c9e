"""How strongly words go together, or belong to some texts: pure functions of counts (docs/corpus-tools.md)."""

from __future__ import annotations

from math import log, log2

#: What stands for no occurrence at all where a ratio needs one (Hardie 2014).
HALF = 0.5
PER = 10_000


def rate(count: int, words: int) -> float | None:
    """Occurrences per 10,000 words; None where there are no words, for which there is no rate."""
    return count * PER / words if words else None


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Dunning's G2 of a table of two by two.

    ``both`` of ``total`` are of the first and of the second sort, ``first`` and ``second`` of each. Nought where the
    counts are what chance would have them.
    """
    table = (
        (both, first * second),
        (first - both, first * (total - second)),
        (second - both, (total - first) * second),
        (total - first - second + both, (total - first) * (total - second)),
    )
    parts = (seen * log(seen * total / margins) for seen, margins in table if seen > 0)
    return max(2 * sum(parts), 0.0)


def expected(first: int, second: int, total: int) -> float:
    """How many would be of both sorts by chance."""
    return first * second / total if total else 0.0


def mutual_information(both: int, first: int, second: int, total: int) -> float:
    """By how many powers of two more are of both sorts than by chance (Church and Hanks 1990)."""
    return log2(both * total / (first * second))


def log_dice(both: int, node: int, other: int) -> float:
    """14 and the binary logarithm of the Dice coefficient (Rychlý 2008); independent of the size of the corpus."""
    return 14 + log2(2 * both / (node + other))


def keyness(here: int, words_here: int, there: int, words_there: int) -> float:
    """Log-likelihood of a word's counts in two bodies of text (Rayson and Garside 2000)."""
    total, words = here + there, words_here + words_there
    parts = (
        seen * log(seen * words / (size * total))
        for seen, size in ((here, words_here), (there, words_there))
        if seen
    )
    return max(2 * sum(parts), 0.0)


def log_ratio(here: int, words_here: int, there: int, words_there: int) -> float:
    """How often a word's rate must be doubled from there to here (Hardie 2014); a half stands for no occurrence."""
    return log2(((here or HALF) / words_here) / ((there or HALF) / words_there))
