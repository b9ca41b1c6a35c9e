"""One key for the spellings of a name that differ only by alphabet or by way of romanising.

Rules, in order, for each word of the name:

1. Cyrillic letters (Russian, Belarusian, Kazakh, Kyrgyz, Tajik) and Latin groups become one sound each:
   zh, j, dzh, dj, ж, дж, ҷ -> J; sh, ш, щ, sch, shch -> S; ch, tch, ч -> C; ts, tz, ц -> c; kh, h, х, ҳ -> h;
   q, k, қ -> k; gh, g, г, ғ -> g; x, кс -> ks; w, v, в -> v; ph, f, ф -> f; э, е -> e; ы, й, y, i, и, і -> i.
2. Hard and soft signs and apostrophes are silent.
3. An i before a, e, o makes one sound e (Tokayev, Tokaev; Mirziyoyev, Mirziyaev), before u it is silent (Yuri).
4. A sound written twice counts once (Kassym, Касым).
5. A last o is a (Lukashenko, Lukashenka).

Then the words are joined: a hyphen, a space and nothing are the same (Kassym-Jomart, Касым Жомарт).
The key says that two spellings may name one person; whether they do is for a curator to say.
"""

import re
import unicodedata

from cstokb.fulltext.folding import fold

_SOUNDS = {
    **dict.fromkeys(("dzh", "zh", "dj", "j", "дж", "ж", "ҷ", "җ"), "J"),
    **dict.fromkeys(("shch", "sch", "sh", "ш", "щ"), "S"),
    **dict.fromkeys(("tch", "ch", "ч"), "C"),
    **dict.fromkeys(("ts", "tz", "ц"), "c"),
    **dict.fromkeys(("kh", "h", "х", "ҳ", "һ"), "h"),
    **dict.fromkeys(("q", "k", "к", "қ", "ҡ"), "k"),
    **dict.fromkeys(("gh", "g", "г", "ғ", "ґ"), "g"),
    **dict.fromkeys(("ph", "f", "ф"), "f"),
    **dict.fromkeys(("w", "v", "в"), "v"),
    **dict.fromkeys(("y", "i", "и", "й", "і", "ї", "ы", "ӣ"), "i"),
    **dict.fromkeys(("e", "е", "э", "є"), "e"),
    **dict.fromkeys(("a", "а", "ә"), "a"),
    **dict.fromkeys(("o", "о", "ө"), "o"),
    **dict.fromkeys(("u", "у", "ў", "ұ", "ү", "ӯ"), "u"),
    **dict.fromkeys(("ъ", "ь"), ""),
    **dict(zip("бдзлмнңпрст", "bdzlmnnprst", strict=True)),
    "я": "ia",
    "ю": "iu",
    "x": "ks",
}
_GROUPS = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_WITH_MARKS = str.maketrans(
    {"š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ç": "ch", "ž": "zh", "ё": "ио", "ĭ": "i"}
)
_SILENT = re.compile(r"['\"]")
_GLIDE = re.compile(r"i+[aeo]")
_TWICE = re.compile(r"(.)\1+")


def name_key(text: str) -> str:
    """The key that spellings of one name share, "" for a text without letters or digits."""
    written = unicodedata.normalize("NFC", text).casefold().translate(_WITH_MARKS)
    words = re.split(r"[\W_]+", _SILENT.sub("", fold(written)))
    return "".join(map(_word_key, words))


def _word_key(word: str) -> str:
    sounds = _GROUPS.sub(lambda found: _SOUNDS[found.group()], word)
    single = _TWICE.sub(r"\1", re.sub(r"i+u", "u", _GLIDE.sub("e", sounds)))
    return single[:-1] + "a" if single.endswith("o") and len(single) > 1 else single
