"""Adjectives of states, in English and in Russian: what is said of their people, offices and acts.

They find records that are looked for so (Armenian prime minister), and tell whose office a text speaks of. They are
words of the two languages and nothing that is published of a state; a state that is not among them is found by its
names alone.
"""

from collections.abc import Mapping

#: By the public id of the state.
PEOPLES: Mapping[str, tuple[str, ...]] = {
    "afg": ("Afghan", "афганский"),
    "arm": ("Armenian", "армянский"),
    "aze": ("Azerbaijani", "азербайджанский"),
    "blr": ("Belarusian", "Byelorussian", "белорусский", "беларусский"),
    "chn": ("Chinese", "китайский"),
    "geo": ("Georgian", "грузинский"),
    "ind": ("Indian", "индийский"),
    "irn": ("Iranian", "иранский"),
    "kaz": ("Kazakh", "Kazakhstani", "казахстанский", "казахский"),
    "kgz": ("Kyrgyz", "Kyrgyzstani", "киргизский", "кыргызский", "кыргызстанский"),
    "mng": ("Mongolian", "монгольский"),
    "pak": ("Pakistani", "пакистанский"),
    "rus": ("Russian", "российский"),
    "srb": ("Serbian", "сербский"),
    "tjk": ("Tajik", "Tajikistani", "таджикский", "таджикистанский"),
    "tkm": ("Turkmen", "туркменский", "туркменистанский"),
    "ukr": ("Ukrainian", "украинский"),
    "uzb": ("Uzbek", "Uzbekistani", "узбекский", "узбекистанский"),
}


def adjectives_of(state: str) -> tuple[str, ...]:
    """The adjectives of a state by its public id; none where they are not known here."""
    return PEOPLES.get(state, ())
