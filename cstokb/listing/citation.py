"""How a text is cited: in words in both languages, as BibTeX, RIS and CSL-JSON. Pure: no database, no clock.

One Cited says everything; every format is a view of it, so that the panel of a page and any address that gives
citations say the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe

_SITE = {"en": "CSTO Knowledge Base", "ru": "База знаний ОДКБ"}
_LATIN = re.compile(r"[^A-Za-z0-9]+")
_TEX = {"\\": r"\textbackslash{}", **{letter: f"\\{letter}" for letter in "{}%$&#_"}}
_TEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Cited:
    """What is cited: a text or a place in it.

    ``authors`` are names in the order in which they stand over the text: (English, Russian, whether a person's).
    ``pin`` is the anchor of a passage, empty for the whole; ``url`` the English address with it; ``seen`` the day on
    which it was read.
    """

    key: str
    title: Mapping[str, str]
    kind: Mapping[str, str]
    authors: tuple[tuple[str, str, bool], ...]
    issued: HistoricDate | None
    url: str
    url_ru: str
    seen: date
    pin: str = ""

    def author(self, language: str) -> str:
        """Who stands over the text."""
        return ", ".join(
            (russian if language == "ru" else "") or english for english, russian, _own in self.authors
        )

    def address(self, language: str) -> str:
        """Where it stands, in a language."""
        return self.url_ru if language == "ru" else self.url

    def named(self, language: str) -> str:
        """The title, in English where the other is missing."""
        return self.title.get(language) or self.title["en"]


def words(of: Cited, language: str) -> dict[str, str]:
    """The citation in words: before the name of this work, the name, and after it."""
    with translation.override(language):
        kind = of.kind.get(language) or of.kind["en"]
        day = describe(of.issued, _spoken(language)) if of.issued else _("not dated")
        passage = _("passage %(number)s") % {"number": of.pin.removeprefix("p")} if of.pin else ""
        said = [of.author(language), f"{of.named(language)} ({kind}, {day})", passage]
        seen = _("read on %(day)s") % {"day": describe(HistoricDate.of_day(of.seen), _spoken(language))}
        before = ". ".join(one for one in said[:2] if one) + (f", {passage}" if passage else "") + "."
        return {
            "text": before,
            "work": _SITE[_spoken(language)],
            "rest": f", {of.address(language)} ({seen}).",
        }


def plain(of: Cited, language: str) -> str:
    """The citation in words, as one line."""
    said = words(of, language)
    return f"{said['text']} {said['work']}{said['rest']}"


def _spoken(language: str) -> Any:
    return language if language in _SITE else "en"


def bibtex(of: Cited) -> str:
    """An entry for BibTeX; a day that is not known exactly has a year alone."""
    fields = {
        "title": f"{{{_tex(of.named('en'))}}}",
        "author": " and ".join(f"{{{_tex(one[0])}}}" for one in of.authors),
        "year": f"{of.issued.year:04d}" if of.issued and of.issued.year else "",
        "date": _iso(of.issued),
        "type": _tex(of.kind["en"]),
        "howpublished": _SITE["en"],
        "note": _tex(f"Passage {of.pin.removeprefix('p')}") if of.pin else "",
        "url": of.url,
        "urldate": of.seen.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(of)},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))


def _key(of: Cited) -> str:
    return f"{of.key}-{of.pin}" if of.pin else of.key


def ris(of: Cited) -> str:
    """A record in RIS, which ends each line with CR LF; unknown parts of a date are left empty."""
    rows = [("TY", "GEN"), ("ID", _key(of)), ("TI", of.named("en"))]
    rows += [("TT", of.title["ru"])] if of.title.get("ru") else []
    rows += [("AU", one[0]) for one in of.authors]
    if of.issued and of.issued.year:
        known = _iso(of.issued).split("-")
        rows += [("PY", known[0]), ("DA", "/".join([*known, "", ""][:3]) + "/")]
    rows += [("M3", of.kind["en"]), ("PB", _SITE["en"])]
    rows += [("SE", f"passage {of.pin.removeprefix('p')}")] if of.pin else []
    rows += [("UR", of.url), ("Y2", f"{of.seen:%Y/%m/%d}/"), ("ER", "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows)


def csl(of: Cited) -> dict[str, Any]:
    """An item of CSL-JSON."""
    known = [int(part) for part in _iso(of.issued).split("-") if part]
    record = {
        "id": _key(of),
        "type": "document",
        "title": of.named("en"),
        "genre": of.kind["en"],
        "author": [_person(one[0]) if one[2] else {"literal": one[0]} for one in of.authors],
        "issued": {"date-parts": [known], **_circa(of)} if known else None,
        "container-title": _SITE["en"],
        "locator": of.pin.removeprefix("p"),
        "label": "paragraph" if of.pin else "",
        "URL": of.url,
        "accessed": {"date-parts": [[of.seen.year, of.seen.month, of.seen.day]]},
        "language": "en",
    }
    return {name: value for name, value in record.items() if value}


def _circa(of: Cited) -> dict[str, bool]:
    return {"circa": True} if of.issued and of.issued.approximate else {}


def _person(name: str) -> dict[str, str]:
    given, _space, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"family": family}


def _iso(value: HistoricDate | None) -> str:
    """The date as far as it is known: a day, a month or a year; empty where not even that is."""
    if value is None or value.year is None:
        return ""
    parts = (f"{value.year:04d}", *(f"{part:02d}" for part in (value.month, value.day) if part is not None))
    return "-".join(parts)


def _line(text: str) -> str:
    """A text on one line, without characters that end a field."""
    kept = (letter for letter in text if unicodedata.category(letter) != "Cc" or letter.isspace())
    return " ".join("".join(kept).split())


#: Formats by suffix: how they are written, their media type, and what they are called.
FORMATS: dict[str, tuple[Callable[[Cited], str], str, str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8", "BibTeX"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8", "RIS"),
    "csl": (
        lambda of: json.dumps([csl(of)], ensure_ascii=False, indent=1),
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
    ),
}


def panel(of: Cited, addresses: Mapping[str, str]) -> dict[str, Any]:
    """What components show: the words in both languages, and the formats with their addresses by suffix."""
    formats: Iterable[dict[str, str]] = (
        {"url": addresses[suffix], "label": label} for suffix, (_write, _type, label) in FORMATS.items()
    )
    return {
        "words": [{"lang": language, **words(of, language)} for language in ("en", "ru")],
        "pin": of.pin.removeprefix("p"),
        "formats": list(formats),
    }
