"""Numbers in their order: slips that a footnote mark makes are put right, gaps and doubles are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cstokb.curation.outline.labels import RAISED, Label
from cstokb.curation.outline.model import Trouble
from treaty.numbering import order_key

_FIGURES = str.maketrans(RAISED, "0123456789")
_RAISED_TAIL = re.compile(rf"^(\d+)([{RAISED}]+)$")
Tell = Callable[[Trouble, str, str], None]


@dataclass(frozen=True)
class Numbered:
    """A label with the number that it bears in its sequence, and the footnote mark at it."""

    label: Label
    number: str
    mark: str = ""


def in_sequence(labels: Sequence[Label]) -> list[Numbered]:
    """The labels of one kind with their numbers, given that numbers rise by one."""
    found: list[Numbered] = []
    main = 0
    for place, label in enumerate(labels):
        following = labels[place + 1] if place + 1 < len(labels) else None
        one = _read(label, main, following)
        found.append(one)
        main = order_key(one.number)[0]
    return found


def _read(label: Label, main: int, following: Label | None) -> Numbered:
    expected = str(main + 1)
    mark = label.mark.replace("⁽", "").replace("⁾", "").strip(")")
    if tail := _RAISED_TAIL.match(label.raw):
        if (int(tail[1]) == main + 1 and main + 1 != 1) or (main == 0 and tail[1] == "1"):
            return Numbered(label, tail[1], tail[2].translate(_FIGURES))
        return Numbered(label, label.number)
    if _slipped(label, expected, following):
        return Numbered(label, expected, label.raw[len(expected) :])
    return Numbered(label, label.number, mark.translate(_FIGURES))


def _slipped(label: Label, expected: str, following: Label | None) -> bool:
    """Whether a number is the expected one with the mark of a footnote fused to it."""
    raw = label.raw
    if not raw.isdigit() or raw == expected or not raw.startswith(expected) or len(raw) > len(expected) + 2:
        return False
    after = str(int(expected) + 1)
    goes_on = (
        following is not None
        and following.raw.startswith(after)
        and int(raw) + 1 != _first_number(following.raw)
    )
    return ")" in label.mark or "⁾" in label.mark or goes_on


def _first_number(raw: str) -> int:
    figures = re.match(r"\d+", raw)
    return int(figures[0]) if figures else 0


def tell_troubles(numbered: Sequence[Numbered], anchor: Callable[[Numbered], str], tell: Tell) -> None:
    """Tell what is wrong with a sequence: gaps, doubles, numbers against the order, marks that were read off."""
    seen: set[str] = set()
    highest: tuple[int, int, int] = (0, 0, 0)
    last = ""
    for one in numbered:
        key, place = order_key(one.number), anchor(one)
        if one.number in seen:
            tell(Trouble.DOUBLED, place, one.number)
        elif key < highest:
            tell(Trouble.ORDER, place, last)
        elif missing := range(highest[0] + 1, key[0]):
            tell(Trouble.GAP, place, _named(missing))
        if one.mark and one.label.raw != one.number:
            tell(Trouble.FOOTNOTE, place, one.label.written)
        seen.add(one.number)
        if key > highest:
            highest, last = key, one.number


def _named(missing: range) -> str:
    return str(missing[0]) if len(missing) == 1 else f"{missing[0]}–{missing[-1]}"
