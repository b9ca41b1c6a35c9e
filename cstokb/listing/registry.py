"""Which Listings exist; cstokb/catalogue.py fills it, and routers, sitemap, exports and tests read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstokb.listing.listing import Listing
    from cstokb.listing.panels import Panel

_LISTINGS: dict[str, Listing] = {}
_PANELS: dict[str, list[Panel]] = {}


def register(*listings: Listing) -> None:
    """Enter Listings under the names of their API resources.

    Raises:
        ValueError: when another Listing has the name.
    """
    for listing in listings:
        if _LISTINGS.setdefault(listing.api, listing) is not listing:
            raise ValueError(f"two Listings are called {listing.api!r}")


def listings() -> tuple[Listing, ...]:
    """Every Listing, in the order of registration."""
    return tuple(_LISTINGS.values())


def listing(api: str) -> Listing:
    """The Listing of an API resource. Raises LookupError."""
    try:
        return _LISTINGS[api]
    except KeyError:
        raise LookupError(f"there is no Listing {api!r}") from None


def column_label(kind: str, name: str) -> str:
    """The label of a column of a list of some kind; empty where there is none of the name."""
    lists = (one for one in _LISTINGS.values() if one.kind == kind)
    found = (column for one in lists for column in (*one.columns, *one.details) if column.name == name)
    return next((str(column.label) for column in found), "")


def register_panels(kind: str, panels: Iterable[Panel]) -> None:
    """Add parts to the pages of the records of a kind, in the order given."""
    standing = _PANELS.setdefault(kind, [])
    standing += [panel for panel in panels if panel not in standing]


def panels(kind: str) -> tuple[Panel, ...]:
    """The parts of the pages of the records of a kind."""
    return tuple(_PANELS.get(kind, ()))
