"""What the page of an instrument says of it before its text: a sentence and a table of facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line
from treaty.choices import InstrumentKind
from treaty.page_parts import Item, in_words, own


def lede(line: Line, ask: Ask) -> str:
    """When and where it was signed, and from when to when it is in force, in one sentence each."""
    return " ".join(part for part in (_signed(line, ask), _in_force(line, ask)) if part)


def _signed(line: Line, ask: Ask) -> str:
    signed, place = line.dates["signed_on"], own(line.values, "place", ask)
    adopted = line.values["type"] in (
        InstrumentKind.DECISION,
        InstrumentKind.STRATEGY,
        InstrumentKind.REGULATION,
    )
    if signed is None:
        return ""
    words = {"day": in_words(signed, ask), "place": place}
    if adopted:
        return _("Adopted on %(day)s, %(place)s.") % words if place else _("Adopted on %(day)s.") % words
    return _("Signed on %(day)s, %(place)s.") % words if place else _("Signed on %(day)s.") % words


def _in_force(line: Line, ask: Ask) -> str:
    began, ended = line.dates["in_force_on"], line.dates["ended_on"]
    if began and ended:
        return _("In force from %(began)s to %(ended)s.") % {
            "began": in_words(began, ask, after_since=True),
            "ended": in_words(ended, ask),
        }
    if began:
        return _("In force since %(began)s.") % {"began": in_words(began, ask, after_since=True)}
    return _("No longer in force after %(ended)s.") % {"ended": in_words(ended, ask)} if ended else ""


def facts(line: Line, ask: Ask) -> list[Item]:
    """The facts of an instrument; those that are not known are left out by the component."""
    values, dates = line.values, line.dates
    volume = values["unts_volume"]
    unts = _("No. %(number)s, vol. %(volume)s") if volume else _("No. %(number)s")
    official = {"label": _("read it at its publisher"), "url": values["official_url"]}
    numbers = {"number": values["unts_number"], "volume": volume}
    return [
        {"label": _("Signed or adopted"), "date": dates["signed_on"], "note": own(values, "place", ask)},
        {
            "label": _("In force from"),
            "date": dates["in_force_on"],
            "note": own(values, "in_force_basis", ask),
        },
        {"label": _("Last day in force"), "date": dates["ended_on"]},
        {"label": _("Registered with the UN"), "date": dates["registered_on"]},
        {"label": _("UN Treaty Series"), "text": unts % numbers if values["unts_number"] else ""},
        {"label": _("Official text"), "links": [official] if values["official_url"] else []},
        {"label": _("Title"), "text": _title_note(values, ask)},
    ]


def _title_note(values: Mapping[str, Any], ask: Ask) -> str:
    language = "ru" if ask.language == "ru" and values["title_ru"] else "en"
    return _("our wording; the official title was not seen") if values[f"title_{language}_is_ours"] else ""
