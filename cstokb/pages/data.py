"""The data page: the whole as one file, every list in every format, and where the API begins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cstokb.listing import registry
from cstokb.listing.ask import Ask
from cstokb.listing.export import FORMATS
from cstokb.listing.listing import Listing
from cstokb.listing.pages import LABELS
from cstokb.pages.plain import PlainPage


class DataPage(PlainPage):
    """Downloads, licence, API."""

    path = "/data/"
    name = "data"
    template_name = "pages/data.html"

    def context(self, ask: Ask) -> dict[str, Any]:
        return {
            "table": downloads(ask),
            "site_url": settings.SITE_URL,
            "example_url": ask.absolute("/api/v1/states/?standing=member"),
        }


def downloads(ask: Ask) -> dict[str, Any]:
    """Every list as a file, for components/table.html."""
    columns = [_("List"), *(LABELS[suffix] for suffix in FORMATS), _("Feed")]
    return {
        "caption": _("Every list as a file"),
        "caption_hidden": True,
        "mode": "run",
        "columns": [{"label": label} for label in columns],
        "rows": [_row(listing, ask) for listing in registry.listings()],
    }


def _row(listing: Listing, ask: Ask) -> list[dict[str, str]]:
    api = f"/api/v1/{listing.api}"
    bare = ask.localised(listing.path).rstrip("/") if listing.path else ""
    page = f"{bare}/" if bare else f"{api}/"
    files = [{"text": LABELS[suffix], "url": f"{bare or api}.{suffix}"} for suffix in FORMATS]
    feed = {"text": LABELS["atom"], "url": f"{bare}.atom"} if bare else {"text": ""}
    return [{"text": str(listing.title), "url": page}, *files, feed]
