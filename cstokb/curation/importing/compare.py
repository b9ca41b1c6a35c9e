"""Whether two copies of a wording say the same, and what they refer to."""

from __future__ import annotations

import re

_NO_LETTERS = re.compile(r"[\W_]+")
_CITED = re.compile(
    r"\b(?:articles?|art\.|стать[а-я]+|ст\.)\s+(\d+\w*(?:(?:\s*,\s*|\s+and\s+|\s+и\s+|\s*[–-]\s*)\d+\w*)*)",
    re.I,
)
_FIGURES = re.compile(r"\d+\w*")


def essence(text: str) -> str:
    """The letters and figures of a text alone: copies differ in spaces, marks and capitals, and ё is often е."""
    return _NO_LETTERS.sub("", text.casefold().replace("ё", "е"))


def same_words(one: str, other: str) -> bool:
    """Whether two copies hold the same letters and figures, however these are spaced and marked."""
    return essence(one) == essence(other)


def cited_articles(text: str) -> frozenset[str]:
    """The numbers of articles that a text refers to."""
    return frozenset(number for match in _CITED.finditer(text) for number in _FIGURES.findall(match[1]))
