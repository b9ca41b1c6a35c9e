"""The wrong keyboard layout: what was typed on an English keyboard with Russian in mind, and the other way round.

The two layouts are the common ones, QWERTY and ЙЦУКЕН: each key stands for the letter of the other layout.
"""

from __future__ import annotations

# The keys from the top row down; their letters on the two layouts.
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LETTERS = dict(zip(_LATIN, _CYRILLIC, strict=True))
_SHIFTED = dict(zip(_LATIN.upper(), _CYRILLIC.upper(), strict=True)) | dict(
    zip("~{}:<>", "ЁХЪЖБЮ", strict=True)
)
_TO_CYRILLIC = str.maketrans(_SHIFTED | _LETTERS)
_TO_LATIN = str.maketrans({letter: key for key, letter in (_LETTERS | _SHIFTED).items()})


def other_layout(text: str) -> str:
    """The same keys on the other layout; empty where the text has letters of both alphabets, or of neither."""
    cyrillic = any(letter in _CYRILLIC for letter in text.lower())
    latin = any("a" <= letter <= "z" for letter in text.lower())
    if cyrillic == latin:
        return ""
    return text.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)
