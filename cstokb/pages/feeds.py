"""The page that lists the feeds: one for every list, with the same filters."""

from __future__ import annotations

from typing import Any

from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.pages.plain import PlainPage


class FeedsPage(PlainPage):
    """Every feed."""

    path = "/feeds/"
    name = "feeds"
    template_name = "pages/feeds.html"

    def context(self, ask: Ask) -> dict[str, Any]:
        return {
            "entries": [
                {
                    "url": f"{ask.localised(listing.path).rstrip('/')}.atom",
                    "label": str(listing.title),
                    "text": str(listing.description),
                }
                for listing in registry.listings()
                if listing.path
            ]
        }
