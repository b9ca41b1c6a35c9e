"""Whether two copies of a wording say the same."""

from __future__ import annotations

import re

_NO_LETTERS = re.compile(r"[\W_]+")


def essence(text: str) -> str:
    """The letters and figures of a text alone: copies differ in spaces, marks and capitals, and ё is often е."""
    return _NO_LETTERS.sub("", text.casefold().replace("ё", "е"))


def same_words(one: str, other: str) -> bool:
    """Whether two copies hold the same letters and figures, however these are spaced and marked."""
    return essence(one) == essence(other)
