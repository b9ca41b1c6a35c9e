"""Ids for the drafts that a document brings: readable, in Latin letters, and free."""

from __future__ import annotations

import re
from itertools import count

from cstokb.fulltext.normalise import fold
from cstokb.records.models import Entry

_LONGEST = 80
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяіўқғңөүұһәӯҳҷӣ"
_SOUNDS = (
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i u q gh ng o u u h a u h j i"
)
_LATIN = dict(zip(_LETTERS, _SOUNDS.replace("-", "_").split(), strict=True))


def latin(text: str) -> str:
    """A text as a part of an id: ``Токаев Касым-Жомарт`` is ``tokaev-kasym-zhomart``; empty where no letter is left."""
    letters = "".join(_LATIN.get(letter, letter) for letter in fold(text)).replace("_", "")
    words = re.findall(r"[a-z0-9]+", letters)
    return "-".join(words)[:_LONGEST].strip("-")


def free(kind: str, wanted: str, taken: set[str]) -> str:
    """``wanted``, with the first number behind it that makes it new where it is taken; it is taken from then on."""
    known = (
        set(Entry.objects.filter(kind=kind, slug__startswith=wanted).values_list("slug", flat=True)) | taken
    )
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    slug = next(name for name in names if name not in known)
    taken.add(slug)
    return slug
