"""In which encoding bytes are: what was asked, what a mark or a label says, and what the letters tell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cstokb.curation.reading.document import DocumentRefused

#: What a curator may choose where the detection is wrong.
CHOICES = ("utf-8", "utf-16", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp1252")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LABEL = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=|<\?xml[^>]{0,100}?encoding\s*=)\s*["']?([\w.:-]{1,40})""", re.I
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
#: How often a letter stands in Russian, in parts of a thousand; the rarest are worth least.
_COMMON = {
    **dict(zip("оеаинтсрвл", (110, 84, 80, 74, 67, 63, 55, 47, 45, 44), strict=True)),
    **dict(zip("кмдпуяыьгз", (35, 32, 30, 28, 26, 20, 19, 17, 17, 16), strict=True)),
    **dict(zip("бчйхжшюцщэфё", (16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 2), strict=True)),
}
_SAMPLE = 60_000


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was in, and how that became known: asked, mark, label, bytes or guess."""

    text: str
    encoding: str
    known_from: str


def decode(data: bytes, asked: str = "") -> Decoded:
    """The text of bytes.

    Raises:
        DocumentRefused: when the encoding that was asked does not fit, or none does.
    """
    if asked:
        return _asked(data, asked)
    for found in _ways(data):
        if found is not None:
            return found
    raise DocumentRefused(_("The encoding of the file is not known. Choose it and send the file again."))


def _asked(data: bytes, name: str) -> Decoded:
    text = _try(data, name)
    if text is None:
        said = _("The file is not in the encoding %(name)s. Choose another.")
        raise DocumentRefused(said % {"name": name[:40]})
    return Decoded(text, _known_as(name), "asked")


def _ways(data: bytes) -> Iterator[Decoded | None]:
    yield _by_mark(data)
    yield _by_zeros(data)
    yield _as_utf8(data)
    yield _by_label(data)
    yield _by_letters(data)
    yield _by_library(data)


def _try(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)  # a codec that is no encoding of text (zip, hex) is a LookupError here
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError):
        return None
    return text.removeprefix("\ufeff")


def _known_as(name: str) -> str:
    plain = codecs.lookup(name).name
    return "utf-8" if plain == "utf-8-sig" else plain


def _by_mark(data: bytes) -> Decoded | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _try(data, name)
            if text is None:
                said = _("The file says that it is %(name)s and is not; it is damaged or was cut.")
                raise DocumentRefused(said % {"name": _known_as(name)})
            return Decoded(text, _known_as(name), "mark")
    return None


def _by_zeros(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: the upper bytes of Latin and Cyrillic letters are 0 and 4 throughout."""
    head = data[: _SAMPLE - _SAMPLE % 2]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        upper = head[start::2]
        if upper and sum(upper.count(byte) for byte in (0, 4)) > 0.8 * len(upper) and b"\x00" in head:
            text = _try(data[: len(data) - len(data) % 2], name)
            return None if text is None else Decoded(text, name, "bytes")
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    text = _try(data, "utf-8")
    return None if text is None else Decoded(text, "utf-8", "bytes")


def _by_label(data: bytes) -> Decoded | None:
    """What the page says of itself, unless its letters speak plainly for another encoding."""
    label = _LABEL.search(data[:4096])
    if label is None:
        return None
    name = label[1].decode("ascii", "replace")
    text = _try(data, name)
    if text is None or _known_as(name).startswith(("utf-", "utf_")):
        return None
    guessed = _by_letters(data)
    if guessed and guessed.encoding != _known_as(name) and worth(guessed.text) > worth(text) + 0.25:
        return guessed
    return Decoded(text, _known_as(name), "label")


def _by_letters(data: bytes) -> Decoded | None:
    texts = ((name, _try(data, name)) for name in (*_CYRILLIC, "cp1252"))
    weighed = [(worth(text), name, text) for name, text in texts if text is not None]
    best = max(weighed, default=None)
    if best is None or best[0] < 0.45:
        return None
    return Decoded(best[2], best[1], "guess")


def _by_library(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # asked last, and installed only where files are read

    best = from_bytes(data[:_SAMPLE]).best()
    text = None if best is None else _try(data, best.encoding)
    return None if best is None or text is None else Decoded(text, best.encoding, "guess")


def worth(text: str) -> float:
    """How much the letters beyond ASCII look like words of Cyrillic or Western text, up to 1.

    A letter is worth its frequency; a capital after a small letter, a letter beside one of another script, and a sign
    where a letter should be cost.
    """
    sample = text[:_SAMPLE]
    beyond = sum(letter > "\x7f" for letter in sample)
    if not beyond:
        return 1.0
    pairs = zip(" " + sample, sample, strict=False)
    return sum(_worth(before, letter) for before, letter in pairs if letter > "\x7f") / beyond


def _worth(before: str, letter: str) -> float:
    if letter in "«»„“”’–—№ \u00a0…§°":
        return 0.5
    if not letter.isalpha():
        return -1.0
    small = letter.lower()
    western = small < "\u0250"
    if before.isalpha() and ((before < "\u0250") != western or (before.islower() and letter.isupper())):
        return -1.0
    if western:
        return 0.9 if before.isascii() and small in "éèàùâêîôûçäöüßëïœñáíóú" else -0.6
    return min(1.0, 0.35 + _COMMON.get(small, 0) / 60) if small in _COMMON else -0.5
