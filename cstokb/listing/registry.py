"""Which Listings exist; cstokb/catalogue.py fills it, and routers, sitemap, exports and tests read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from cstokb.dates import HistoricDate
    from cstokb.listing.ask import Ask
    from cstokb.listing.listing import Line, Listing
    from cstokb.listing.panels import Panel

    #: What records of another app say of a record over the years, for the ruler; None where they say nothing.
    Timeline = Callable[[Line, Ask], Mapping[str, Any] | None]
    #: By which records of another app something began on a day, by the row id of the record that it began for.
    Reasons = Callable[[Mapping[int, HistoricDate | None], Ask], Mapping[int, Sequence[Mapping[str, Any]]]]

_LISTINGS: dict[str, Listing] = {}
_PANELS: dict[str, list[Panel]] = {}
_TIMELINES: dict[str, list[Timeline]] = {}
_REASONS: dict[str, Reasons] = {}


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


def register_timelines(kind: str, timelines: Iterable[Timeline]) -> None:
    """Add rulers of years to the pages of the records of a kind, in the order given."""
    standing = _TIMELINES.setdefault(kind, [])
    standing += [one for one in timelines if one not in standing]


def timelines(line: Line, kind: str, ask: Ask) -> list[Mapping[str, Any]]:
    """What the rulers of a record of a kind show: ``id``, ``title``, ``rows`` and ``key``, or a ``template``."""
    told = (timeline(line, ask) for timeline in _TIMELINES.get(kind, ()))
    return [one for one in told if one]


def register_reasons(kind: str, reasons: Reasons) -> None:
    """Say who knows by which act the standing of a record of a kind began."""
    _REASONS[kind] = reasons


def reasons(
    kind: str, days: Mapping[int, HistoricDate | None], ask: Ask
) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    """What began on the day of each of some records, as cells of a table; nothing where nobody knows."""
    return _REASONS[kind](days, ask) if kind in _REASONS else {}
