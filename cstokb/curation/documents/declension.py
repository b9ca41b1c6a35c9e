"""The forms that a Russian noun or adjective takes in its cases, from the one that dictionaries give.

More forms are given than are spoken, none of them an adjective's for a noun: «Минска» is Minsk, «минские» is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CYRILLIC = re.compile(r"[а-я]+")
_ADJECTIVE = "ого ому ым ом ая ой ую ою ое ые ых ыми"
_SOFT_ADJECTIVE = "ого его ому ему им ом ем ая яя ой ей ую юю ое ее ие их ими"
#: The end of a word, how many letters of it change, and what stands in their place in other cases.
_RULES: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(ending), cut, others)
    for ending, cut, others in (
        ("[^аеиоуы]ый$", 2, _ADJECTIVE),
        ("[кгхжчшщн]ий$", 2, _SOFT_ADJECTIVE),
        ("[кгхжчшщнтрсвд]ая$", 2, "ой ую ою ые ие ых их"),
        ("ия$", 1, "и ю ей ею ях ям ями"),
        ("ие$", 1, "я ю ем и й ям ях"),
        ("(?:ов|ев|ин|ын)$", 0, "а у ым ом е ы ых"),
        ("(?:ова|ева|ина|ына)$", 1, "ой у ы е ою"),
        ("[кгхжчшщ]а$", 1, "и е у ой ею ей"),
        ("ца$", 1, "ы е у ей ой"),
        ("а$", 1, "ы е у ой ою"),
        ("я$", 1, "и е ю ей ею"),
        ("ь$", 1, "я ю ем е и ью"),
        ("й$", 1, "я ю ем е"),
        ("[^аеиоуы]ец$", 2, "ца цу цем цом це цы"),
        ("[бвгджзклмнпрстфхцчшщ]$", 0, "а у ом ем е"),
    )
)


@lru_cache(maxsize=8192)
def forms(word: str) -> frozenset[str]:
    """The folded word with its forms in other cases; a word that is not Russian stays alone."""
    if not _CYRILLIC.fullmatch(word) or len(word) < 3:
        return frozenset((word,))
    for ending, cut, others in _RULES:
        if ending.search(word):
            stem = word[: len(word) - cut]
            return frozenset((word, *(stem + other for other in others.split())))
    return frozenset((word,))
