"""Numbers that a program sets before the items of a list."""

from __future__ import annotations

from typing import Any

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MOST = 3999


def numbers_of(numbered: Any) -> dict[Any, str]:
    """The labels ("3.", "b.") of the items of an ``ol`` element."""
    number = _whole(numbered.get("start")) or 1
    found = {}
    for item in numbered.iterchildren("li"):
        number = _whole(item.get("value")) or number
        found[item] = f"{formed(number, item.get('type') or numbered.get('type') or '1')}."
        number += 1
    return found


def _whole(text: str | None) -> int | None:
    said = (text or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else None


def formed(number: int, form: str) -> str:
    """A number in the form that HTML calls 1, a, A, i or I."""
    if not 0 < number <= MOST:
        return str(number)
    if form in {"a", "A"}:
        said = letters(number, "abcdefghijklmnopqrstuvwxyz")
    elif form in {"i", "I"}:
        said = roman(number)
    else:
        return str(number)
    return said.upper() if form.isupper() else said


def letters(number: int, alphabet: str) -> str:
    """A number counted in letters: a to z, then aa to zz as word processors do."""
    rounds, rest = divmod(number - 1, len(alphabet))
    return alphabet[rest] * min(rounds + 1, 20)


def roman(number: int) -> str:
    """A number in small Roman figures."""
    said = "m" * (number // 1000)
    rest = number % 1000
    for value, figure in ((900, "cm"), (500, "d"), (400, "cd"), *_ROMAN):
        said += figure * (rest // value)
        rest %= value
    return said
