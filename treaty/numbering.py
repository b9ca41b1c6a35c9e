"""Numbers of provisions: one canonical form, one order, and the name a reader says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from treaty.choices import ProvisionKind

_NUMBER = re.compile(r"^(\d{1,4})(?:([A-Z])|(bis|ter|quater|quinquies)|-(\d{1,3}))?$")
_LATIN = ("", "bis", "ter", "quater", "quinquies")
_ROMAN = re.compile(r"^(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT_TAIL = re.compile(r"^(\d+)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")

_NAMES = {
    ProvisionKind.PREAMBLE: ("Preamble", "Преамбула"),
    ProvisionKind.CHAPTER: ("Chapter", "Глава"),
    ProvisionKind.ARTICLE: ("Article", "Статья"),
    ProvisionKind.PARAGRAPH: ("Paragraph", "Пункт"),
    ProvisionKind.ANNEX: ("Annex", "Приложение"),
}


class InvalidNumber(ValueError):
    """A text that is no number of a provision."""


def canonical(text: str) -> str:
    """The one form of a number: ``4 BIS``, ``4bis.`` and ``4-bis`` are ``4bis``; ``4.1`` and ``4¹`` are ``4-1``.

    Raises:
        InvalidNumber: when the text is no arabic number with an optional suffix and no roman one.
    """
    raw = text.strip()[:40]
    tail = _SUPERSCRIPT_TAIL.match(raw)
    if tail:
        raw = f"{tail[1]}-{tail[2].translate(_SUPERSCRIPTS)}"
    plain = unicodedata.normalize("NFKC", raw).replace(" ", "").rstrip(".)")
    plain = plain.replace("–", "-").replace("‑", "-").replace("−", "-").replace(".", "-")
    if _ROMAN.match(plain.upper()) and not plain.isdigit():
        return plain.upper()
    body = re.sub(r"^(\d+)-?([A-Za-z]+)$", _joined_suffix, plain)
    match = _NUMBER.match(body)
    if not match or int(match[1]) == 0:
        raise InvalidNumber("a number of a provision looks like 4, 4bis, 7A, 4-1 or IV")
    return str(int(match[1])) + body[len(match[1]) :]


def _joined_suffix(match: re.Match[str]) -> str:
    suffix = match[2]
    return match[1] + (suffix.lower() if suffix.lower() in _LATIN else suffix.upper())


def order_key(number: str) -> tuple[int, int, int]:
    """A key under which 4 < 4-1 < 4bis < 4A < 5 and 9 < 10; roman numbers by their value.

    Raises:
        InvalidNumber: when the number is not canonical.
    """
    match = _NUMBER.match(number)
    if match:
        suffix = int(match[4] or 0) or (_LATIN.index(match[3]) + 1000 if match[3] else 0)
        return int(match[1]), suffix or (ord(match[2]) + 2000 if match[2] else 0), 0
    if number and _ROMAN.match(number):
        return _roman_value(number), 0, 1
    raise InvalidNumber("the number is not in canonical form")


def _roman_value(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


@dataclass(frozen=True)
class ProvisionName:
    """A provision's kind and number, as a reader says them."""

    type: str
    number: str

    def text(self, language: str) -> str:
        """ "Article 4" or «Статья 4»; the kind alone where there is no number."""
        english, russian = _NAMES[ProvisionKind(self.type)]
        word = russian if language == "ru" else english
        return f"{word} {self.number}".strip()

    @property
    def anchor(self) -> str:
        """Its address in the instrument: ``art-4``, ``ch-4`` (roman chapters by value), ``preamble``."""
        prefix = {
            ProvisionKind.PREAMBLE: "preamble",
            ProvisionKind.CHAPTER: "ch",
            ProvisionKind.ARTICLE: "art",
            ProvisionKind.PARAGRAPH: "p",
            ProvisionKind.ANNEX: "annex",
        }[ProvisionKind(self.type)]
        if not self.number:
            return prefix
        roman = _ROMAN.match(self.number) and not self.number.isdigit()
        return f"{prefix}-{_roman_value(self.number) if roman else self.number.lower()}"
