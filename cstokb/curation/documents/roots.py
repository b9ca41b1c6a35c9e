"""Roots: what a noun, an adjective and the word for a person have in common, beyond the stem that their cases share."""

from __future__ import annotations

import re
from functools import lru_cache

#: What endings of stems have in common: миротворческий, миротворчество; террорист, терроризм.
_DERIVED = re.compile(
    r"(?:истическ|ическ|ческ|честв|истск|изм|ист|ств|ац|ик|ц|ism|ist|ships?|er|ing|ation|ed)$"
)
_LEAST_ROOT = 4


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """What words made of one another have in common."""
    cut = _DERIVED.sub("", word)
    return cut if len(cut) >= _LEAST_ROOT else word
