"""Which parameters, beside its filters, each surface of a Listing reads."""

from __future__ import annotations

from collections.abc import Mapping

PAGE = ("page", "page_size", "cursor")
EXPORT = (*PAGE, "fields", "expand")
API = (*EXPORT, "count", "format")
API_RECORD = ("known_on", "fields", "expand", "format")


def api_record(*, tells_day: bool) -> tuple[str, ...]:
    """What a record of the API reads: ``on`` too, where it says something else on another day."""
    return ("on", *API_RECORD) if tells_day else API_RECORD


def is_page(params: Mapping[str, str]) -> bool:
    """Whether one page of a list is asked for."""
    return any(params.get(name) for name in PAGE)
