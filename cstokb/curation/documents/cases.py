"""What the endings of Russian names and offices say of their part in a sentence."""

from __future__ import annotations

import re

NOMINATIVE, GENITIVE, DATIVE, INSTRUMENTAL, PREPOSITIONAL = (
    "nominative",
    "genitive",
    "dative",
    "instrumental",
    "prepositional",
)
_ENDINGS = (
    (re.compile(r"(?:дзе|швили|жа|ко|хно|их|ых)$"), NOMINATIVE),
    (re.compile(r"(?:ого|его)$"), GENITIVE),
    (re.compile(r"(?:ому|ему)$"), DATIVE),
    (re.compile(r"(?:ый|ий|ая|яя)$"), NOMINATIVE),
    (
        re.compile(r"(?:(?:ов|ев|ин|ын|ск|ц|н|щ)[ыи]м|[бвгдзклмнпрстфхцчшщж]ом|[чжшщцьлдрнс]ем|ой|ою)$"),
        INSTRUMENTAL,
    ),
    (re.compile(r"[ая]$"), GENITIVE),
    (re.compile(r"[ую]$"), DATIVE),
    (re.compile(r"е$"), PREPOSITIONAL),
    (re.compile(r"ы$"), GENITIVE),
)
_FIRST_DECLENSION = re.compile(r"(?:глав|коллег|замминистр)(а|ы|е|у|ой)$")
_OF_FIRST = {"а": NOMINATIVE, "ы": GENITIVE, "е": DATIVE, "у": "accusative", "ой": INSTRUMENTAL}
_FEMININE = re.compile(r"(?:[оеё]ва|ина|ына|ская|цкая)$")
_CYRILLIC = re.compile("[а-я]")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def case_of_office(low: str) -> str:
    """The case of an office by the first word of its phrase, empty for languages without cases."""
    word = _WORDS.search(low)
    if word is None or not _CYRILLIC.search(word[0]):
        return ""
    if first := _FIRST_DECLENSION.match(word[0]):
        return _OF_FIRST[first[1]]
    return _by_ending(word[0])


def case_of_name(low: str) -> str:
    """The case of a name by its last word; what ends like a woman's name in the nominative is called genitive."""
    words = _WORDS.findall(low)
    return _by_ending(words[-1]) if words and _CYRILLIC.search(words[-1]) else ""


def is_feminine(low: str) -> bool:
    """Whether a name may be a woman's in the nominative."""
    words = _WORDS.findall(low)
    return bool(words) and (
        bool(_FEMININE.search(words[-1])) or words[-1].endswith(("ova", "eva", "yeva", "ina", "skaya"))
    )


def _by_ending(word: str) -> str:
    return next((case for ending, case in _ENDINGS if ending.search(word)), NOMINATIVE)
