"""The catalogue: which Listings exist, and what other records say of a record on its page.

Routers, sitemap, downloads and search labels read the registry that is filled here. ``cstokb.urls`` calls ``fill``
before it names any address; whoever reads the registry without loading the addresses calls it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from django.utils.translation import gettext_lazy as _

import members.listings
import statements.formulas.listings
import statements.listings
import summits.listings
import summits.representation
import treaty.listings
import treaty.timeline
from cstokb.listing import registry, shared
from cstokb.listing.ask import Ask
from cstokb.listing.listing import Line, Listing
from cstokb.listing.panels import Panel
from cstokb.listing.readings import field_words, value_words
from cstokb.records.choices import Rank, Stance
from cstokb.records.registry import model_of

APPS = (
    members.listings,
    treaty.listings,
    summits.listings,
    statements.listings,
    statements.formulas.listings,
)


def fill() -> None:
    """Enter every Listing and every panel; a second call changes nothing."""
    for app in APPS:
        registry.register(*app.LISTINGS)
    registry.register(*shared.LISTINGS)
    for app in APPS:
        for kind, panels in getattr(app, "PANELS", {}).items():
            registry.register_panels(kind, panels)
    for told in (treaty.timeline.TIMELINES, summits.representation.TIMELINES):
        for kind, timelines in told.items():
            registry.register_timelines(kind, timelines)
    registry.register_reasons("state", treaty.timeline.acts_of_the_day)
    registry.register_panels("topic", _under_a_topic(registry.listings()))
    registry.register_panels("source", (BACKED,))


@cache
def _under_a_topic(listings: Sequence[Listing]) -> Sequence[Panel]:
    """Everything that can stand under a heading, list by list; the same panels each time, so that they enter once."""
    return [Panel(listing, "topic") for listing in listings if "topic" in listing.filters.base_filters]


def backed_table(lines: Iterable[Line], ask: Ask) -> Mapping[str, object]:
    """Evidence from one source as a table: the record, what is said of it, and how."""
    columns = (_("Record"), _("What it says"), _("Stance"), _("Place"))
    return {
        "caption": _("Records and what this source says of them"),
        "caption_hidden": True,
        "columns": [{"label": label} for label in columns],
        "rows": [_backed_row(line, ask) for line in lines],
    }


def _backed_row(line: Line, ask: Ask) -> list[dict[str, object]]:
    values = line.values
    model, name = model_of(values["kind"]), values["field"]
    value = value_words(model, name, values["value"], {}, ask.language)
    said = ": ".join(part for part in (field_words(model, name), value or values["quotation"]) if part)
    stance = str(Stance(values["stance"]).label)
    if values["rank"] != Rank.NORMAL:
        stance = f"{stance}, {Rank(values['rank']).label}"
    record = values["record_name_ru" if ask.language == "ru" else "record_name_en"] or line.label
    return [
        {"text": record, "url": line.url},
        {"text": said or _("the record as a whole"), "lead": True},
        {"text": stance},
        {"text": values["locator"] or ""},
    ]


BACKED = Panel(shared.EVIDENCE, "source", _("Records that rest on it"), limit=200, table=backed_table)
