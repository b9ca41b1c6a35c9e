"""Points: the numbers and letters of paragraphs, and how deep each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cstokb.curation.outline.model import Paragraph

_POINT = re.compile(
    r"^(?P<label>\((?P<a>\d{1,3}|[IVXL]{1,6}|[ivxl]{1,6}|[a-zа-яё])\)|(?P<b>\d{1,3}|[IVXLІХ]{1,6}"
    r"|[ivxl]{1,6}|[a-zа-яёA-ZА-ЯЁ])"
    r"(?P<close>[.)]))\s*(?=\S)(?P<rest>.*)$",
    re.S,
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: Letters as Russian lists use them; ё and й are passed over.
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
#: Letters of one alphabet that look like another's: "с)" may be typed in either.
_TWINS = dict(zip("асеорх", "aceopx", strict=True))
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_CAPITAL_TWINS = str.maketrans("ІХ", "IX")


@dataclass(frozen=True)
class Point:
    """A label at the head of a paragraph: as written, its kind (number or letter), its sign, and what it may count."""

    label: str
    kind: str
    ordinals: tuple[int, ...]
    rest: str

    @property
    def style(self) -> str:
        """Points of one style stand on one level: "1." and "I." do, "1." and "a)" do not."""
        sign = "()" if self.label.startswith("(") else self.label[-1]
        return self.kind if self.kind == "letter" else f"{self.kind} {sign}"


def point_of(text: str) -> Point | None:
    """The point with which a paragraph begins, or None."""
    match = _POINT.match(text)
    if match is None:
        return None
    sign = match["a"] or match["b"]
    kind, ordinals = ("number", (int(sign),)) if sign.isdigit() else _lettered(sign)
    if match["close"] == "." and kind == "letter" and sign.isupper():
        return None  # an initial: "N. Nazarov"
    return Point(match["label"], kind, ordinals, match["rest"].strip()) if ordinals else None


def _lettered(sign: str) -> tuple[str, tuple[int, ...]]:
    roman = _roman(sign.translate(_CAPITAL_TWINS).lower())
    if roman and (sign.isupper() or len(sign) > 1):
        return "number", (roman,)
    if len(sign) > 1:
        return "letter", ()
    small = sign.lower()
    found = [alphabet.index(one) + 1 for alphabet, one in _readings(small) if one in alphabet]
    return "letter", tuple(dict.fromkeys([*found, *([roman] if roman else [])]))


def _readings(letter: str) -> list[tuple[str, str]]:
    backwards = {latin: cyrillic for cyrillic, latin in _TWINS.items()}
    own, other = (_CYRILLIC, _LATIN) if letter > "\x7f" else (_LATIN, _CYRILLIC)
    twin = _TWINS.get(letter) or backwards.get(letter, "")
    return [(own, letter), *([(other, twin)] if twin else [])]


def _roman(sign: str) -> int:
    if not sign or set(sign) - _ROMAN.keys():
        return 0
    values = [_ROMAN[letter] for letter in sign]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


class Counter:
    """Follows the points of one part: which style stands on which level, and which number is next."""

    def __init__(self) -> None:
        self._levels: list[tuple[str, int]] = []

    def take(self, text: str) -> Paragraph:
        """A paragraph with its label, ordinal and level; a label that cannot follow is text."""
        point = point_of(text)
        if point is None:
            return Paragraph(text)
        for depth, (style, last) in reversed(list(enumerate(self._levels))):
            if style == point.style and last + 1 in point.ordinals:
                self._levels[depth:] = [(style, last + 1)]
                return Paragraph(point.rest, point.label, last + 1, depth + 1)
        if 1 in point.ordinals:
            self._levels.append((point.style, 1))
            return Paragraph(point.rest, point.label, 1, len(self._levels))
        return self._out_of_order(point, text)

    def _out_of_order(self, point: Point, text: str) -> Paragraph:
        """A number that skips some is still a point where its style is known; elsewhere it is text."""
        for depth, (style, last) in reversed(list(enumerate(self._levels))):
            if style == point.style and point.ordinals[0] > last:
                self._levels[depth:] = [(style, point.ordinals[0])]
                return Paragraph(point.rest, point.label, point.ordinals[0], depth + 1)
        return Paragraph(text)
