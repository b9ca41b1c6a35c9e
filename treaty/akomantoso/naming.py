"""Names in Akoma Ntoso: addresses of works and expressions, and eIds of provisions.

They follow the Akoma Ntoso Naming Convention 1.0. ISO 3166 has no code for an alliance of states, so the country is XX,
which the standard leaves to its users, and the body follows it, as the registers of the African Union and OHADA do it
(``aa-au``, ``aa-ohada``). The year of signature is enough, since the number is a stable id of our own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cstokb.dates import HistoricDate

COUNTRY = "xx-csto"
#: ISO 639-2, as the convention asks for it.
LANGUAGES = {
    "en": "eng",
    "ru": "rus",
    "hy": "hye",
    "az": "aze",
    "be": "bel",
    "ka": "kat",
    "kk": "kaz",
    "ky": "kir",
    "tg": "tgk",
    "uz": "uzb",
    "fr": "fra",
}
#: The beginnings of our eids, and what the convention calls such elements.
_ELEMENTS = {"ch": "chp", "art": "art", "p": "para", "annex": "annex", "preamble": "preamble"}
_UNDATED = "undated"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class WorkName:
    """What names a work: its kind, its public id, and the day it was signed or adopted, as well as that is known."""

    type: str
    id: str
    signed_on: HistoricDate | None = None

    @property
    def uri(self) -> str:
        """The address of the work: ``/akn/xx-csto/act/treaty/1992/cst``."""
        year = self.signed_on.year if self.signed_on else None
        return f"/akn/{COUNTRY}/act/{self.type}/{f'{year:04d}' if year else _UNDATED}/{self.id}"

    def expression(self, language: str, first: date | None) -> str:
        """The address of an expression, which begins on its first day; without one it is the original."""
        return f"{self.uri}/{language_code(language)}@{first.isoformat() if first else ''}"


def language_code(language: str) -> str:
    """The three letters of a language; ``und`` for one that has none here."""
    return LANGUAGES.get(language, "und")


def eid(anchor: str) -> str:
    """An eId from an address within an instrument: ``art-4/p-2`` is ``art_4__para_2``, ``preamble`` itself."""
    return "__".join(_element(part) for part in anchor.split("/"))


def _element(part: str) -> str:
    kind, _dash, number = part.partition("-")
    name = _ELEMENTS.get(kind, kind)
    return f"{name}_{number}" if number else name


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
