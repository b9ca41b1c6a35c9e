"""The words of a passage as the index keeps them: folded, in order, so that they are counted without being read anew.

Words stand apart by a blank; those that also make one word together ("Kassym-Jomart") by a hyphen, which no folded
word holds. Their places are those of `analyse(text).words`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cstokb.fulltext.terms import LONGEST_FORM, Analysis


def packed(found: Analysis) -> str:
    """The words of a text as one text."""
    if not found.compounds:
        return " ".join([word.form for word in found.words])
    joined = {index for group in found.compounds for index in range(group.first + 1, group.last + 1)}
    parts = [("-" if index in joined else " ") + word.form for index, word in enumerate(found.words)]
    return "".join(parts)[1:]


def unpacked(forms: str) -> list[str]:
    """Every word in order."""
    return forms.replace("-", " ").split()


def compounds(forms: str) -> Iterator[tuple[int, int, str]]:
    """The words that make one together: the first and last place, and that one word."""
    if "-" not in forms:
        return
    at = 0
    for piece in forms.split():
        parts = piece.split("-")
        if len(parts) > 1:
            yield at, at + len(parts) - 1, "".join(parts)[:LONGEST_FORM]
        at += len(parts)
