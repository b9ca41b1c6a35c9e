"""The page that lists the feeds: one for every list, with the same filters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.pages.plain import PlainPage


class FeedsPage(PlainPage):
    """Every feed."""

    path = "/feeds/"
    name = "feeds"
    template_name = "pages/feeds.html"

    def context(self, ask: Ask) -> dict[str, Any]:
        corrections = {
            "url": f"{ask.localised('/corrections')}.atom",
            "label": _("Corrections"),
            "text": _("What was published and had been wrong; of one record with ?record=state/kaz."),
        }
        lists = [
            {
                "url": f"{ask.localised(listing.path).rstrip('/')}.atom",
                "label": str(listing.title),
                "text": str(listing.description),
            }
            for listing in registry.listings()
            if listing.path
        ]
        return {"entries": [*lists, corrections]}
