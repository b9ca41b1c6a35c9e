"""Folding: one form for all ways of writing the same letters. Stored text is never folded, only index and query."""

import re
import unicodedata

# Written but not read: soft hyphen, joiners, marks of direction, byte order mark, variation selectors.
IGNORABLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
DOUBLE_QUOTES = "«»“”„‟″〝〞〟＂❝❞"
APOSTROPHES = "’‘‚‛ʼʹˈ`´′＇"

_IGNORED = re.compile(f"[{IGNORABLE}]")
_SPACES = re.compile(r"\s+")
_LETTERS = {
    **{ord(mark): "-" for mark in DASHES},
    **{ord(mark): '"' for mark in DOUBLE_QUOTES},
    **{ord(mark): "'" for mark in APOSTROPHES},
}
_LETTERED = re.compile("[" + re.escape("".join(map(chr, _LETTERS))) + "]")
_MOST_LETTERS = 8192
# Letters without a decomposition that readers type as their plain neighbours.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ё": "е",
        "ѐ": "е",
        "ѝ": "и",
    }
)


def fold(text: str) -> str:
    """One form for all ways of writing `text`; for comparing, never for showing.

    Case, compatibility forms, ё, Latin diacritics, dashes, quotes, apostrophes, kinds of space and marks
    that are not read make no difference afterwards. й stays й. Folding twice changes nothing.
    """
    once = _fold_once(text)
    # Removing a mark may bring two letters together that Unicode composes: settle in a second round.
    return once if once.isascii() else _fold_once(once)


def _fold_once(text: str) -> str:
    if text.isascii():  # nothing to compose, to take apart or to leave out; of _LETTERS it can hold but one
        return _SPACES.sub(" ", text.replace("`", "'").lower()).strip()
    whole = unicodedata.normalize("NFC", text)
    # Seldom any: to look is quicker than to put one letter for another throughout.
    shown = _IGNORED.sub("", whole.translate(_LETTERS) if _LETTERED.search(whole) else whole)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold())
    return _SPACES.sub(" ", folded.translate(_BARE)).strip()


class _Bare(dict[int, str]):
    """What is left of each letter that was ever met: of a few thousand at most, of others it is told anew."""

    def __missing__(self, number: int) -> str:
        letter = chr(number).translate(_LETTERS)
        bare = _IGNORED.sub("", _without_marks(letter).translate(_PLAIN))
        if len(self) < _MOST_LETTERS:
            self[number] = bare
        return bare


_BARE = _Bare()


def _without_marks(letter: str) -> str:
    """A Latin or Greek letter without its diacritics, nothing for a mark alone; other scripts keep theirs."""
    if letter.isascii():
        return letter
    if unicodedata.combining(letter):
        return ""
    if unicodedata.name(letter, "").startswith(("LATIN", "GREEK")):
        return "".join(
            mark for mark in unicodedata.normalize("NFD", letter) if not unicodedata.combining(mark)
        )
    return letter


def sort_key(text: str) -> str:
    """A stored key that sorts titles and names by plain code points (collation C).

    Case, diacritics and punctuation do not count; ё stands after all that begins with е and before ж.
    """
    # fold() makes ё an е; a letter that sorts after all Cyrillic ones behind е keeps it apart.
    kept = unicodedata.normalize("NFC", text).casefold().replace("ё", "е\ue000")
    letters = (mark if mark.isalnum() or mark == "\ue000" else " " for mark in fold(kept))
    return _SPACES.sub(" ", "".join(letters)).strip().replace("\ue000", "\u04ff")
