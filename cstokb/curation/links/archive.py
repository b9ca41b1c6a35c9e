"""Copies in the public archive of the web, asked of its availability service (archive.org/help/wayback_api.php)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from cstokb.curation.links.web import Web

SERVICE = "https://archive.org/wayback/available?url="
#: Where copies stand; what the service tells of any other place is none.
COPIES = "web.archive.org"
LONGEST = 2000


def copy_of(url: str, web: Web) -> str:
    """Where the archive holds a copy of a page; an empty text where it tells none, or cannot be asked."""
    told = _within(web.json(SERVICE + quote(url, safe="")), "archived_snapshots", "closest")
    if not isinstance(told, dict) or told.get("available") is not True or not _was_there(told.get("status")):
        return ""
    return _place(told.get("url"))


def _within(told: Any, *names: str) -> Any:
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _was_there(status: Any) -> bool:
    """Whether the page was there when it was copied: the archive keeps pages that say "not found", too."""
    return status is None or str(status)[:1] in ("2", "3")


def _place(url: Any) -> str:
    """The address of the copy as it is kept, by https; the service still tells http."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.netloc not in (COPIES, f"{COPIES}:80", f"{COPIES}:443"):
        return ""
    place = parts._replace(scheme="https", netloc=COPIES).geturl()
    return place if len(place) <= LONGEST else ""
