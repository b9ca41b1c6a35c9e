"""How something is cited: in the house's words in both languages, as BibTeX, RIS and CSL-JSON. No database, no clock.

One Cited says everything; every format is a view of it, so that the panel of a page and any address that gives
citations say the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cstokb.dates import HistoricDate, describe

SITE = {"en": "CSTO Knowledge Base", "ru": "База знаний ОДКБ"}
# Tables and no message catalogue, as for dates: the caller names the language.
_PASSAGE = {"en": "passage {}", "ru": "абзац {}"}
_STOOD = {"en": "as it stood on {}", "ru": "по состоянию на {}"}
_SAID = {"en": "as this knowledge base said {}", "ru": "как утверждала эта база знаний {}"}
_LATIN = re.compile(r"[^A-Za-z0-9]+")
_TEX = {"\\": r"\textbackslash{}", **{letter: f"\\{letter}" for letter in "{}%$&#_"}}
_TEX |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Act:
    """A legal act, which styles cite by its own title and days; a part of it stands behind these.

    ``title`` and ``part`` are by language, the latter empty for the whole; ``signed`` is false for what an organ
    adopted. ``number`` and ``volume`` are those of the United Nations Treaty Series, empty where they are not known.
    """

    title: Mapping[str, str]
    signed: bool
    in_force_on: HistoricDate | None = None
    number: str = ""
    volume: str = ""
    part: Mapping[str, str] = field(default_factory=dict)

    def named(self, language: str) -> str:
        """The title, in English where the other is missing."""
        return self.title.get(language) or self.title["en"]


@dataclass(frozen=True)
class Cited:
    """What is cited: a record, a place in it, or another page.

    ``authors`` are names in the order in which they stand over the text: (English, Russian, whether a person's).
    ``pin`` is the anchor of a passage, empty for the whole; ``url`` the English address with it; ``seen`` the day on
    which it was read. ``at`` is the place where it was signed or said. ``on`` is the day whose state is cited and
    ``moment``, in words, when this knowledge base said so; both are empty where the page was asked without them.
    ``dated`` is false where things of its kind have no date, so that none is missed. ``act`` is what a legal act says
    beyond that. ``event`` is where a speech was given, by language: empty where that is not known, None for no speech.
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
    at: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None
    moment: Mapping[str, str] = field(default_factory=dict)
    dated: bool = True
    act: Act | None = None
    event: Mapping[str, str] | None = None

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

    def sort(self, language: str) -> str:
        """What it is, in a language; empty for a page that is no record."""
        return self.kind.get(language) or self.kind.get("en", "")

    def narrowed(self, language: str, said: Callable[[HistoricDate], str] | None = None) -> list[str]:
        """What of it is cited, in words: the passage, the day, the moment. ``said`` says days as a style does."""
        spoken = _spoken(language)
        told = [_PASSAGE[spoken].format(self.pin.removeprefix("p"))] if self.pin else []
        if self.on:
            day = HistoricDate.of_day(self.on)
            told.append(_STOOD[spoken].format(said(day) if said else describe(day, spoken)))
        return [*told, _SAID[spoken].format(self.moment[spoken])] if self.moment else told


def words(of: Cited, language: str) -> dict[str, str]:
    """The citation in words: before the name of this work, the name, and after it."""
    with translation.override(language):
        undated = _("not dated") if of.dated else ""
        day = describe(of.issued, _spoken(language)) if of.issued else undated
        where = of.at.get(language) or of.at.get("en") or of.sort(language)
        told = ", ".join(one for one in (where, day) if one)
        beside = f" ({told})" if told else ""
        said = [of.author(language), f"{of.named(language)}{beside}"]
        seen = _("read on %(day)s") % {"day": describe(HistoricDate.of_day(of.seen), _spoken(language))}
        before = ", ".join([". ".join(one for one in said if one), *of.narrowed(language)]) + "."
        return {
            "text": before,
            "work": SITE[_spoken(language)],
            "rest": f", {of.address(language)} ({seen}).",
        }


def plain(of: Cited, language: str) -> str:
    """The citation in words, as one line."""
    said = words(of, language)
    return f"{said['text']} {said['work']}{said['rest']}"


def _spoken(language: str) -> Any:
    return language if language in SITE else "en"


def bibtex(of: Cited) -> str:
    """An entry for BibTeX; a day that is not known exactly has a year alone."""
    fields = {
        "title": f"{{{_tex(of.named('en'))}}}",
        "author": " and ".join(f"{{{_tex(one[0])}}}" for one in of.authors),
        "year": f"{of.issued.year:04d}" if of.issued and of.issued.year else "",
        "date": _iso(of.issued),
        "type": _tex(of.sort("en")),
        "location": _tex(of.at.get("en", "")),
        "howpublished": SITE["en"],
        "note": _tex(_note(of)),
        "url": of.url,
        "urldate": of.seen.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(of)},\n" + ",\n".join(lines) + "\n}\n"


def _note(of: Cited) -> str:
    """What of it is cited, as a sentence."""
    said = ", ".join(of.narrowed("en"))
    return said[:1].upper() + said[1:]


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
    rows += [("M3", of.sort("en"))] if of.sort("en") else []
    rows += [("CY", of.at["en"])] if of.at.get("en") else []
    rows += [("PB", SITE["en"])]
    rows += [("SE", f"passage {of.pin.removeprefix('p')}")] if of.pin else []
    rows += [("N1", _note(of))] if of.on or of.moment else []
    rows += [("UR", of.url), ("Y2", f"{of.seen:%Y/%m/%d}/"), ("ER", "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows)


def csl(of: Cited) -> dict[str, Any]:
    """An item of CSL-JSON."""
    known = [int(part) for part in _iso(of.issued).split("-") if part]
    record = {
        "id": _key(of),
        "type": "treaty" if of.act and of.act.signed else "speech" if of.event is not None else "document",
        "title": of.named("en"),
        "genre": of.sort("en"),
        "author": [person(one[0]) if one[2] else {"literal": one[0]} for one in of.authors],
        "issued": {"date-parts": [known], **_circa(of)} if known else None,
        "publisher-place": of.at.get("en", ""),
        "event-title": (of.event or {}).get("en", ""),
        "container-title": SITE["en"],
        "locator": of.pin.removeprefix("p"),
        "label": "paragraph" if of.pin else "",
        "URL": of.url,
        "accessed": {"date-parts": [[of.seen.year, of.seen.month, of.seen.day]]},
        "language": "en",
        "note": _note(of) if of.on or of.moment else "",
    }
    return {name: value for name, value in record.items() if value}


def _circa(of: Cited) -> dict[str, bool]:
    return {"circa": True} if of.issued and of.issued.approximate else {}


def person(name: str) -> dict[str, str]:
    """A person's name as given and family name."""
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
