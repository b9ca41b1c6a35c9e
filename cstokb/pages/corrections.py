"""The register of corrections: what had been wrong, what it says now, when and why it was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing.ask import Ask
from cstokb.listing.changes import described, public_events
from cstokb.listing.errors import NothingHere
from cstokb.listing.moments import about_the_moment
from cstokb.listing.names import Names, names_of
from cstokb.listing.pagination import Wish
from cstokb.pages.plain import PlainPage
from cstokb.records.choices import ChangeKind, Visibility
from cstokb.records.models import ChangeEvent

#: How much of a text is shown where it was long.
SHOWN = 200


class Corrections(PlainPage):
    """Corrections of what had been published, the latest first."""

    path = "/corrections/"
    name = "corrections"
    template_name = "pages/corrections.html"
    parameters = ("page", "known_on")

    def context(self, ask: Ask) -> dict[str, Any]:
        wish = Wish.read(ask.params)
        events = public_events(ask).filter(kind=ChangeKind.CORRECTED, entry__visibility=Visibility.PUBLIC)
        count, start = events.count(), ((wish.page or 1) - 1) * wish.size
        if start and start >= count:
            raise NothingHere(_("There is no such page."))
        rows = list(events.select_related("entry").order_by("-id")[start : start + wish.size])
        names = names_of((event.entry_id for event in rows), ask.scope)
        told = zip(rows, described(rows, ask), strict=True)
        return {
            "notices": about_the_moment(ask),
            "corrections": [_shown(event, one, names, ask) for event, one in told],
            "pager": _pager(ask, wish, start, count),
        }


def _shown(event: ChangeEvent, told: Mapping[str, Any], names: Names, ask: Ask) -> dict[str, Any]:
    entry = names.get(event.entry_id)
    return {
        "label": entry.label(ask.language) if entry else event.entry.slug,
        "url": ask.localised(entry.path) if entry and entry.path else "",
        "at": event.at.date(),
        "reason": told["reason"],
        "changes": [
            {**change, "old": _short(change["old"]), "new": _short(change["new"])}
            for change in told["changes"]
        ],
    }


def _short(value: Any) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def _pager(ask: Ask, wish: Wish, start: int, count: int) -> dict[str, Any]:
    page, last = wish.page or 1, min(start + wish.size, count)
    return {
        "first": start + 1 if count else 0,
        "last": last,
        "count": count,
        "size": wish.size,
        "previous_url": f"{ask.path}?page={page - 1}" if page > 1 else "",
        "next_url": f"{ask.path}?page={page + 1}" if last < count else "",
    }
