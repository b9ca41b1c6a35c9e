"""Tags and filters of the design system; docs/design-system.md lists them with the partials."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.template.base import FilterExpression
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cstokb.dates import HistoricDate, describe
from cstokb.listing import tongue
from cstokb.pages import drawing, html, shapes, words
from cstokb.pages.addresses import (
    OWN_NAMES,
    SHELVES,
    LanguageLink,
    Link,
    active_language,
    english_path,
    in_language,
)
from cstokb.records.choices import Confidence, Language

register = template.Library()

for tag in (
    html.historic_date,
    html.period,
    html.linked,
    html.mark,
    html.refs,
    html.shown,
    html.sign,
    html.cell,
    html.legend_of,
    html.table_row,
    shapes.ruler_rows,
    shapes.ruler_shapes,
):
    register.simple_tag(tag)


@register.filter
def localised(path: str) -> str:
    """`/states/kaz/` in the language of the page; an empty or foreign address stays as it is."""
    return in_language(path, active_language()) if path.startswith("/") else path


@register.simple_tag(takes_context=True)
def current_shelf(context: Context) -> str:
    """The shelf whose address begins that of the page; empty where none does."""
    here = english_path(_path(context))
    return next((url for url, _label in SHELVES if here.startswith(url)), "")


@register.simple_tag
def shelves(current: str) -> list[Link]:
    """The main navigation, where one shelf or none is current."""
    return [Link(localised(url), str(label), url == current) for url, label in SHELVES]


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """This page in every language: `alternate_url` where the page gives one, else the same address and query."""
    given, now = context.get("alternate_url"), active_language()
    return [
        LanguageLink(
            code,
            OWN_NAMES.get(code, code),
            given if given and code != now else in_language(_path(context), code),
            code == now,
        )
        for code, _label in settings.LANGUAGES
    ]


def _path(context: Context) -> str:
    request = context.get("request")
    return request.get_full_path() if request else "/"


@register.simple_tag(takes_context=True)
def notes_to_reader(context: Context) -> list[Any]:
    """Messages left by the last form; a reader without a cookie has none, and asking would make the page private."""
    request = context.get("request")
    return list(get_messages(request)) if request and request.COOKIES else []


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, also where the list of hashed names is missing: error pages must not fail too."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


class FixedNode(template.Node):
    """A part of a template that says the same on every page in a language and for a value; kept as said first."""

    def __init__(self, nodelist: template.NodeList, by: FilterExpression | None) -> None:
        self.nodelist, self.by = nodelist, by
        self.said: dict[tuple[str, Any], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The part, in the language of the page."""
        key = (active_language(), self.by.resolve(context) if self.by else None)
        if key not in self.said:
            self.said[key] = self.nodelist.render(context)
        return self.said[key]


@register.tag
def fixed(parser: template.base.Parser, token: template.base.Token) -> FixedNode:
    """`{% fixed %} … {% endfixed %}` round what follows from the language alone, such as the foot of every page.

    `{% fixed shelf %}`: from the language and a value, of which there are few.
    """
    _name, *by = token.split_contents()
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist, parser.compile_filter(*by) if by else None)


@register.filter
def complete(rows: Sequence[Mapping[str, Any]] | None, names: str) -> list[dict[str, Any]]:
    """Rows with every one of some names, empty where a row leaves it out: a template looks in vain at great cost."""
    return [{**_empty(names), **row} for row in rows or ()]


@lru_cache(maxsize=64)
def _empty(names: str) -> Mapping[str, str]:
    return dict.fromkeys(names.split(), "")


# -- words ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/badge.html")
def badge(standing: str, label: str = "", *, solid: bool = False, hidden: bool = False) -> dict[str, Any]:
    """A standing by shape and word; `hidden` keeps the word for those who listen (maps and tables with a legend)."""
    shown = words.STANDINGS.get(standing, words.STANDINGS["unknown"])
    return {
        "css": shown.css,
        "symbol": shown.symbol,
        "label": label or shown.label,
        "solid": solid,
        "hidden": hidden,
    }


@register.inclusion_tag("components/confidence.html")
def confidence(level: str, note: str = "") -> dict[str, Any]:
    """How sure the editors are; nothing for a record that does not say."""
    return {"level": level, "label": Confidence(level).label if level else "", "note": note}


@register.filter
def language_name(code: str) -> str:
    """A language by its code, in the language of the page."""
    return Language.name_of(code)


@register.filter
def foreign(text: object) -> str:
    """The language of words whose letters say that it is not that of the page, for their `lang`; else nothing."""
    return tongue.foreign(str(text or ""), active_language())


@register.filter
def sign_word(kind: str) -> str:
    """The word of a sign of a matrix."""
    return str(html.find_sign(kind).label)


# -- drawings ------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/ruler.html")
def ruler(rows: Sequence[Mapping[str, Any]], **options: Any) -> dict[str, Any]:
    """The ruler of years. Options: see components/ruler.html."""
    today: date = options["today"]
    shown: date | None = options.get("shown")
    past = bool(shown and shown != today)
    label = describe(HistoricDate.of_day(shown), active_language()) if shown and past else gettext("today")
    lanes = options.get("lanes", True)
    milestones = options.get("milestones", ())
    chart = drawing.ruler(
        rows, today=today, shown=shown, shown_label=label, milestones=milestones, lanes=lanes
    )
    given = {"name": options.get("name", "ruler"), "lanes": lanes, "table": options.get("table", True)}
    key = options.get("key") or _key(rows)
    texts = {"title": options["title"], "desc": options.get("desc", "")}
    return {
        "rows": rows,
        "chart": chart,
        "key": key,
        "milestone_label": options.get("milestone_label", ""),
        **given,
        **texts,
    }


def _key(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One entry for each kind of spell and mark that is drawn, in the order of the vocabulary."""
    kinds = {str(item["kind"]) for row in rows for part in ("spans", "marks") for item in row.get(part, ())}
    if any(
        drawing.first_day(m["on"]) != drawing.last_day(m["on"]) for row in rows for m in row.get("marks", ())
    ):
        kinds.add("imprecise")
    return [{"kind": kind, "label": label} for kind, label in words.RULER_KINDS.items() if kind in kinds]


@register.inclusion_tag("components/bars.html")
def bars(columns: Sequence[Mapping[str, Any]], **options: Any) -> dict[str, Any]:
    """A bar chart with its table. Options: see components/bars.html."""
    defaults = {
        "name": "bars",
        "label_heading": gettext("Year"),
        "value_heading": gettext("Records"),
        "caption": "",
    }
    return {**defaults, **options, "columns": columns, "drawn": drawing.bars(columns, options.get("maximum"))}


@lru_cache(maxsize=1)
def region() -> dict[str, Any]:
    """Outlines of the region, once read kept."""
    shapes: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "region.json").read_text(encoding="utf-8")
    )
    return shapes


@register.inclusion_tag("components/map.html")
def region_map(standings: Mapping[str, str], **options: Any) -> dict[str, Any]:
    """The map of the region coloured by standing (alpha-3 id to standing). Options: see components/map.html."""
    kinds = {code: standings.get(code, "none") for code in region()["states"]}
    order = sorted(kinds, key=lambda code: (words.MAP_ORDER.index(_layer(kinds[code])), code))
    drawn = region()["states"]
    labels = complete([drawn[code]["label"] for code in order], "on lead")
    states = [
        {"code": code, "css": _layer(kinds[code]), **drawn[code], "label": label}
        for code, label in zip(order, labels, strict=True)
    ]
    shapes = {"land": region()["land"], "open": region()["open"], "view_box": region()["view_box"]}
    return {"name": "map", **options, **shapes, "states": states, "key": _map_key(set(kinds.values()))}


def _map_key(present: set[str]) -> list[dict[str, Any]]:
    """The key of the map; a suspended membership is drawn as a former one and shares its entry."""
    outlined = present & {"former", "suspended"}
    label = words.OUTLINED if len(outlined) == 2 else words.STANDINGS["suspended"].label
    entries = [
        one._asdict() for key, one in words.STANDINGS.items() if key in present - {"none", "suspended"}
    ]
    if "suspended" in outlined:
        entries = [entry for entry in entries if entry["symbol"] != "m-former"]
        entries.append(words.STANDINGS["former"]._asdict() | {"label": label})
    return entries


def _layer(standing: str) -> str:
    """The class of a state on the map; later ones are drawn over earlier ones."""
    if standing in ("observer", "partner", "guest"):
        return "guest"
    return standing if standing in words.MAP_ORDER else "unknown"
