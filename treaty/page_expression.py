"""The page of an expression: what it is a text of, how to cite it, and the other texts of the instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from cstokb.records.choices import Language
from treaty.editions import Edition, expression_path
from treaty.listings import INSTRUMENTS
from treaty.page_parts import Item, in_words, language_asked, with_time

#: The formats of an expression, by suffix.
FORMATS = {"xml": "Akoma Ntoso", "json": "JSON", "txt": "TXT"}
#: Those of the work and of a provision: linked data speaks of the work and of all its parts.
WORK_FORMATS = {**FORMATS, "jsonld": "JSON-LD"}


def context(ask: Ask, line: Line, edition: Edition, found: Sequence[Edition]) -> dict[str, Any]:
    """What templates/treaty/expression.html shows beside the instrument."""
    language = language_asked(ask)
    here = expression_path(line.id, Edition(ask.day, None), language)
    label = f"{in_words(ask.day, ask)}, {_language(language)}"
    return {
        "formats": [*formats(ask, here), {"url": "#cite", "label": _("Cite")}],
        "citation": citation(ask, line, edition, language),
        "expressions": expressions(ask, line, found),
        "crumbs": [
            {"label": str(INSTRUMENTS.title), "url": ask.localised(INSTRUMENTS.path)},
            {"label": line.label, "url": ask.localised(f"/treaties/{line.id}/")},
            {"label": label, "url": _address(ask, here)},
        ],
    }


def formats_of_day(ask: Ask, instrument: str, edition: Edition | None) -> list[Item]:
    """An instrument in other formats, on the day and in the language asked for, and its address that lasts.

    The JSON of an instrument is its record, which has no language.
    """
    asked = {"lang": language_asked(ask)} if ask.params.get("lang") else {}
    made = [
        {
            "url": with_time(ask, f"/treaties/{instrument}.{suffix}", **({} if suffix == "json" else asked)),
            "label": label,
        }
        for suffix, label in WORK_FORMATS.items()
    ]
    if edition and edition.first:
        path = expression_path(instrument, edition, language_asked(ask))
        made.append({"url": _address(ask, path), "label": _("Lasting address")})
    return made


def formats(ask: Ask, path: str) -> list[Item]:
    """A text in other formats, under its own address."""
    bare = path.rstrip("/")
    return [{"url": _address(ask, f"{bare}.{suffix}"), "label": label} for suffix, label in FORMATS.items()]


def citation(ask: Ask, line: Line, edition: Edition, language: str) -> Item:
    """A reference to the text as of the day on which it began, which is the same one."""
    day = edition.first or ask.day
    path = expression_path(line.id, Edition(day, None), language)
    words = {"title": line.label, "day": in_words(day, ask), "language": _language(language)}
    return {
        "text": _("%(title)s, as it stood on %(day)s, text in %(language)s.") % words,
        "work": _("CSTO Knowledge Base"),
        "rest": f", {settings.SITE_URL}{ask.localised(path)}",
        "formats": formats(ask, path),
    }


def expressions(ask: Ask, line: Line, found: Iterable[Edition]) -> list[Item]:
    """The texts that are held: the days of each, and a link for each language."""
    return [
        {
            "label": _span(one, ask),
            "links": [
                {
                    "label": _language(code),
                    "url": _address(ask, expression_path(line.id, one, code)),
                }
                for code in one.languages
            ],
        }
        for one in found
        if one.languages
    ]


def _address(ask: Ask, path: str) -> str:
    """An address that says its day itself, in the language of the page and as known on the moment asked for."""
    known_on = ask.params.get("known_on")
    return ask.localised(path) + (f"?{urlencode({'known_on': known_on})}" if known_on else "")


def _span(one: Edition, ask: Ask) -> str:
    first = in_words(one.first, ask) if one.first else ""
    last = in_words(one.last, ask) if one.last else ""
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else _("without a first day")


def _language(code: str) -> str:
    return str(Language(code).label)
