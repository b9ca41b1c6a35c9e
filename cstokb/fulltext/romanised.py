"""Russian in Latin letters: the Russian words that a word typed so may stand for.

The usual ways are read alike: ISO 9 and the scholarly one (zaâvlenie, zajavlenie), BGN/PCGN and that of passports
(zayavleniye, zaiavlenie), GOST 7.79 B (obrashhenie, cz) and what people type (obraschenie, kollektivnyj). Where a group
of letters may stand for several, each gives a reading of its own, the likeliest first. Which of them are words the
index says: a reading is no claim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from heapq import nsmallest

from cstokb.fulltext.folding import APOSTROPHES, fold

#: Readings of one word: a few groups of letters may each be read in two ways.
MOST_READINGS = 12
LONGEST = 40

# Groups of Latin letters with what they stand for wherever they stand, the likeliest first.
_GROUPS: dict[str, Sequence[str]] = {
    **dict.fromkeys(("shch", "šč", "shh", "ŝ"), ("щ",)),
    "sch": ("щ", "сч", "ш"),
    **dict.fromkeys(("zh", "ž"), ("ж",)),
    **dict.fromkeys(("sh", "š"), ("ш",)),
    **dict.fromkeys(("tch", "ch", "č"), ("ч",)),
    **dict.fromkeys(("kh", "h"), ("х",)),
    "x": ("х", "кс"),
    "ts": ("ц", "тс"),
    **dict.fromkeys(("tz", "cz", "c"), ("ц",)),
    **dict.fromkeys(("ya", "ja", "â"), ("я",)),
    "ia": ("я", "иа"),
    **dict.fromkeys(("yu", "ju", "iu", "û"), ("ю",)),
    **dict.fromkeys(("yo", "jo", "ye", "je", "ë"), ("е",)),
    **dict.fromkeys(("e'", "è", "ė"), ("э",)),
    "y'": ("ы",),
    "y": ("ы", "и"),
    "j": ("й", "ж"),
    "'": ("ь", "ъ"),
    **dict.fromkeys(("gh", "g"), ("г",)),
    **dict.fromkeys(("ph", "f"), ("ф",)),
    **dict.fromkeys(("w", "v"), ("в",)),
    **dict.fromkeys(("q", "k"), ("к",)),
    **{latin: (letter,) for latin, letter in zip("abdeilmnoprstuz", "абдеилмнопрстуз", strict=True)},
}
_FIRST: dict[str, Sequence[str]] = {"e": ("э", "е")}
_BEHIND_A_VOWEL: dict[str, Sequence[str]] = {"y": ("й", "и"), "j": ("й",), "i": ("и", "й")}
#: Where a word ends so: kollektivnoi. Armenii ends otherwise.
_LAST_BEHIND_A_VOWEL: dict[str, Sequence[str]] = {**_BEHIND_A_VOWEL, "i": ("й", "и")}
#: Without the sign that parts them (statya), and novye, whose y and e are letters of their own.
_BEHIND_A_CONSONANT: dict[str, Sequence[str]] = {
    **dict.fromkeys(("ya", "ja"), ("я", "ья")),
    **dict.fromkeys(("yu", "ju", "iu"), ("ю", "ью")),
    **dict.fromkeys(("yo", "jo"), ("е", "ье")),
    **dict.fromkeys(("ye", "je"), ("ые", "ье", "ъе", "е")),
}
_LAST_BEHIND_A_CONSONANT: dict[str, Sequence[str]] = {**_BEHIND_A_CONSONANT, "y": ("ы", "ый", "и")}
_CUT = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_LATIN = re.compile(r"[a-zâèëėŝšûžč']*[a-zâèëėŝšûžč][a-zâèëėŝšûžč']*")
_MARKS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | {"ʺ": "'", "ì": "i", "é": "e"})
_VOWELS, _SIGNS = frozenset("аеиоуыэюя"), frozenset("ьъ")
#: Behind these stands и where one would hear ы.
_WITHOUT_Y = re.compile("(?<=[гкхжшчщ])ы")


@lru_cache(maxsize=1024)
def readings(word: str) -> tuple[str, ...]:
    """The likeliest Russian readings of a word as it was typed, folded; none where another alphabet is in it."""
    written = unicodedata.normalize("NFC", word).lower().translate(_MARKS)
    if len(written) > LONGEST or not _LATIN.fullmatch(written):
        return ()
    groups = _CUT.findall(written)
    found: list[tuple[int, str]] = [(0, "")]
    for place, group in enumerate(groups, start=1):
        longer = (
            (doubt + rank, read + letters)
            for doubt, read in found
            for rank, letters in enumerate(_ways(group, read[-1:], last=place == len(groups)))
        )
        found = nsmallest(MOST_READINGS, longer)
    return tuple(dict.fromkeys(fold(_WITHOUT_Y.sub("и", text)) for _doubt, text in found))


def _ways(group: str, behind: str, *, last: bool) -> Sequence[str]:
    """What a group of letters may stand for behind a letter that was read, the likeliest first."""
    if not behind:
        own = _FIRST
    elif behind in _VOWELS:
        own = _LAST_BEHIND_A_VOWEL if last and behind != "и" else _BEHIND_A_VOWEL
    elif behind in _SIGNS:
        own = {}
    else:
        own = _LAST_BEHIND_A_CONSONANT if last else _BEHIND_A_CONSONANT
    return own.get(group) or _GROUPS[group]
