"""Clean text: one normal form, no control characters, letters of a broken font put back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from cstokb.curation.reading.document import Block, DocumentRefused, Note

_SPACES = re.compile(r"[^\S\n]+")
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: More different characters than the languages here are written with.
_MOST_KNOWN = 4_000
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_AROUND_BREAKS = re.compile(r" ?\n ?")
#: Marks that are set without a space before them, except in French.
_BEFORE_MARKS = re.compile(r"(?<=[\w»”)]) +(?=[.,;:!?)»](?:[\s.,;:)]|$))")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SHIFTED = re.compile(r"[\u00c0-\u00ff\u00b8\u00a8]")
_LATIN = re.compile(r"[A-Za-z]")
_SHIFTED_WORD = re.compile(r"[^\W\d_¸¨]*[\u00c0-\u00ff\u00b8\u00a8][\w¸¨]*")


def _second_bytes(encoding: str) -> str:
    letters = (bytes([byte]).decode(encoding, "ignore") for byte in range(0x80, 0xC0))
    return "".join(re.escape(letter) for letter in letters if letter.isprintable() and not letter.isspace())


#: What is left when UTF-8 was taken for another encoding before it was saved: pairs that no language writes.
_TWICE = re.compile(
    rf"(?:[ÐÑ][{_second_bytes('cp1252')}]){{3,}}|(?:[РС][{_second_bytes('cp1251')}]){{4,}}|пїЅ"
)


class _Kept(dict[int, int | None]):
    """What becomes of a character: itself, or nothing for what is no text; found out once for each."""

    def __missing__(self, place: int) -> int | None:
        """Dropped are controls, format signs (soft hyphen, direction), half, private and unassigned characters."""
        dropped = place != 0x0A and unicodedata.category(chr(place)) in _NO_TEXT
        found = None if dropped else place
        if len(self) < _MOST_KNOWN:
            self[place] = found
        return found


_KEPT = _Kept()


def clean(text: str) -> str:
    """NFC, plain spaces, and no character that is no text: controls, marks of direction, soft hyphens, private ones."""
    spread = with_line_feeds(text).replace("\t", " ")
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", spread.translate(_KEPT)))
    return _AROUND_BREAKS.sub("\n", spaced).strip()


def with_line_feeds(text: str) -> str:
    """A text whose lines end as ours do, whatever system set them."""
    return _LINE_ENDS.sub("\n", text)


def tidy(text: str, language: str) -> str:
    """Clean text without spaces before marks; French sets them, and keeps them."""
    return text if language == "fr" else _BEFORE_MARKS.sub("", text)


def put_letters_back(blocks: Sequence[Block]) -> tuple[list[Block], list[Note]]:
    """Cyrillic letters that a broken font shows as Latin ones with accents (ê for к) become themselves again.

    The accents are the bytes of the Cyrillic code page read as Western. A word is mended when it mixes both, or when
    it has accents only and the text around is Cyrillic; a French word in an English text is left alone.
    """
    whole = " ".join(block.text for block in blocks)
    if not _is_cyrillic(whole) or not _SHIFTED.search(whole):
        return list(blocks), []
    mended = [replace(block, text=_SHIFTED_WORD.sub(_mended_word, block.text)) for block in blocks]
    if mended == list(blocks):
        return mended, []
    said = _("Cyrillic letters that a broken font shows as Latin ones were put back. Compare with the page.")
    return mended, [Note("letters-put-back", said)]


def _is_cyrillic(text: str) -> bool:
    ours, theirs = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    return ours > 4 * theirs and ours > 20


def _mended_word(match: re.Match[str]) -> str:
    word = match[0]
    if _LATIN.search(word):
        return word
    return "".join(_mended_letter(letter) for letter in word)


def _mended_letter(letter: str) -> str:
    return letter.encode("latin-1").decode("cp1251") if _SHIFTED.match(letter) else letter


def require_whole(blocks: Iterable[Block]) -> None:
    """Refuse a text that was damaged before it came here.

    Raises:
        DocumentRefused: when characters are lost, or were decoded twice; the sentence shows the first place.
    """
    for block in blocks:
        place = block.text.find("\ufffd")
        if place < 0 and (twice := _TWICE.search(block.text)):
            place = twice.start()
        if place >= 0:
            near = block.text[max(0, place - 30) : place + 30]
            said = _("The text is damaged: letters were lost or decoded wrongly, first near “%(near)s”.")
            raise DocumentRefused(
                said % {"near": near} + " " + _("Choose another encoding, or another copy of the text.")
            )


def share_of_letters(text: str) -> float:
    """How many of the characters that are no spaces are letters, from 0 to 1."""
    shown = sum(not letter.isspace() for letter in text)
    return sum(letter.isalpha() for letter in text) / shown if shown else 0.0


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(text))
